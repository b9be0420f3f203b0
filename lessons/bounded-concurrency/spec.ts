import { type Call, type Diagnosis, type Harness, type Latency, type Settled, type Words, test } from "interleave";
import { mapLimit } from "./exercise.ts";

/** What happens when `fn` is called for an item. */
interface Plan {
  readonly ms: Latency;
  /** It always fails, with this. */
  readonly fails?: { readonly error: unknown };
  /** Whether it fails is a choice of the schedule. */
  readonly mayFailWith?: Error;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
}

/** By the name of the item; the names are the items, in this order. */
type Jobs = Readonly<Record<string, Latency | Plan>>;

interface Job {
  readonly name: string;
  readonly plan: Plan;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly state: "running" | "cleaning-up" | "completed" | "failed" | "aborted";
  readonly signal: { readonly aborted: boolean } | undefined;
}

/** What ends the whole before its time. */
interface Stop {
  readonly at: number;
  readonly error: unknown;
  readonly by: "failure" | "abort" | "source";
}

const ms = (at: number | undefined): string => String(at ?? "?");

/** One call of the exercise, with all that it does to the outside taken down. */
class Rig {
  readonly t: Harness;
  readonly names: readonly string[];
  readonly limit: number;
  /** Virtual ms at which an item was pulled, the source was closed, and the source threw. */
  readonly pulls: number[] = [];
  readonly closings: number[] = [];
  threwAt: number | undefined;
  sourceError: unknown = new Error("the source broke");
  abortedAt: number | undefined;
  reason: unknown;
  #calledAt = 0;
  #exhausted = false;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #started: { readonly name: string; readonly work: number }[] = [];

  constructor(t: Harness, limit: number, jobs: Jobs) {
    this.t = t;
    this.limit = limit;
    this.names = Object.keys(jobs);
    this.#plans = new Map(
      Object.entries(jobs).map(([name, job]) => [name, typeof job === "number" || "length" in job ? { ms: job } : job]),
    );
  }

  /** An iterator of the items that counts what is done to it. It can be walked through once, like a generator. */
  source(throwsAfter?: number): Iterable<string> {
    const iterator: IterableIterator<string> = {
      next: () => {
        if (this.closings.length > 0 || this.threwAt !== undefined) return { done: true, value: undefined };
        if (this.pulls.length === throwsAfter) {
          this.threwAt = this.t.now;
          throw this.sourceError;
        }
        const name = this.names[this.pulls.length];
        this.#exhausted = name === undefined;
        if (name === undefined) return { done: true, value: undefined };
        this.#judgePull();
        this.pulls.push(this.t.now);
        return { done: false, value: name };
      },
      return: () => {
        this.closings.push(this.t.now);
        return { done: true, value: undefined };
      },
      [Symbol.iterator]: () => iterator,
    };
    return iterator;
  }

  #judgePull(): void {
    const t: Harness = this.t;
    const open = this.pulls.length - this.#started.length + this.jobs.filter(isOpen).length;
    t.check(open < this.limit, "backpressure-ignored", {
      en: `Item ${String(this.pulls.length + 1)} was pulled while ${String(open)} of ${String(this.limit)} slots were taken. Pull an item only when it can be started.`,
      "zh-cn": `${String(this.limit)} 个名额里已经占了 ${String(open)} 个，却又取了第 ${String(this.pulls.length + 1)} 项。只有能马上启动时才取下一项。`,
    });
  }

  readonly fn = (name: string, signal: AbortSignal): Promise<string> => {
    const t: Harness = this.t;
    t.check(signal instanceof AbortSignal, "signal-not-passed-on", {
      en: "`fn` must be given an AbortSignal as its second argument, so that it can be told to stop.",
      "zh-cn": "fn 的第二个参数应当是一个 AbortSignal，这样才能叫停它。",
    });
    const plan = this.#plans.get(name);
    if (plan === undefined) {
      return t.fail("wrong-result", {
        en: "`fn` was called with something that is none of the items.",
        "zh-cn": "调用 fn 时传入的东西不是任何一项。",
      });
    }
    const again = this.#started.some((job) => job.name === name);
    t.check(!again, "wrong-result", {
      en: `fn was called with item ${name} for a second time.`,
      "zh-cn": `同一项 ${name} 第二次传给了 fn。`,
    });
    const open = this.jobs.filter(isOpen).length;
    t.check(open < this.limit, "limit-exceeded", {
      en: `fn(${name}) was called while ${String(open)} others were at work; the limit is ${String(this.limit)}.`,
      "zh-cn": `调用 fn(${name}) 时已有 ${String(open)} 项在进行，而上限是 ${String(this.limit)}。`,
    });
    this.#started.push({ name, work: t.works.length });
    const { ms: latency, fails, ...rest } = plan;
    const answer = (): string => {
      if (fails !== undefined) throw fails.error;
      return resultOf(name);
    };
    const passed = signal as unknown as Harness["signal"];
    return t.work({ label: `fn(${name})`, latency, signal: passed, answer, ...rest });
  };

  get jobs(): readonly Job[] {
    const { works } = this.t;
    return this.#started.map(({ name, work }) => {
      const record = works[work];
      const plan = this.#plans.get(name);
      if (record === undefined || plan === undefined) throw new Error(`no work for ${name}`);
      const { startedAt, endedAt, state, signal } = record;
      return { name, plan, startedAt, endedAt, state, signal };
    });
  }

  /** Calls the exercise, without a signal unless one is given. */
  call(items: Iterable<string> = this.source(), signal?: Harness["signal"]): Call<string[]> {
    this.#calledAt = this.t.now;
    if (signal === undefined) return this.t.call("mapLimit", () => mapLimit(items, this.limit, this.fn));
    const options = { signal: signal as unknown as AbortSignal };
    return this.t.call("mapLimit", () => mapLimit(items, this.limit, this.fn, options), { signal, drains: true });
  }

  /** Judges a call from what the outside saw: what ended it, what became of everything in flight, what came of it. */
  judge(settled: Settled<string[]>): void {
    if (this.t.abortedAt !== undefined) [this.abortedAt, this.reason] = [this.t.abortedAt, this.t.reason];
    const { jobs } = this;
    const stops = this.#stops(jobs, settled.at);
    const stopAt = Math.min(...stops.map((stop) => stop.at));
    const first = stops.filter((stop) => stop.at === stopAt);
    this.#judgeSignals(jobs, stopAt, first);
    this.#judgeStarts(jobs, stopAt);
    this.#judgeOutcome(jobs, settled, stopAt, first);
  }

  /** The same for a source that is not the rig's own: what it was asked is not known. */
  judgeOutcomeOf(settled: Settled<string[]>): void {
    const { jobs } = this;
    const stops = this.#stops(jobs, settled.at);
    const stopAt = Math.min(...stops.map((stop) => stop.at));
    const first = stops.filter((stop) => stop.at === stopAt);
    this.#judgeOutcome(jobs, settled, stopAt, first);
  }

  #stops(jobs: readonly Job[], until: number): readonly Stop[] {
    const stops = jobs
      .filter(({ state, endedAt = Infinity }) => state === "failed" && endedAt <= until)
      .map(({ endedAt, plan }): Stop => {
        const error: unknown = plan.fails === undefined ? plan.mayFailWith : plan.fails.error;
        return { at: endedAt ?? 0, error, by: "failure" };
      });
    const { abortedAt, threwAt } = this;
    if (abortedAt !== undefined && abortedAt <= until) stops.push({ at: abortedAt, error: this.reason, by: "abort" });
    if (threwAt !== undefined && threwAt <= until) stops.push({ at: threwAt, error: this.sourceError, by: "source" });
    return stops;
  }

  /** Nobody is told to stop without cause; from the stop on everybody is, in the same instant. */
  #judgeSignals(jobs: readonly Job[], stopAt: number, first: readonly Stop[]): void {
    const t: Harness = this.t;
    const early = jobs.find(({ state, endedAt = Infinity, plan }) => {
      return state === "aborted" && endedAt - (plan.cleanupMs ?? 0) < stopAt;
    });
    t.check(early === undefined, "one-cancels-all", {
      en: `The signal of fn(${early?.name ?? ""}) was aborted at ${ms(early?.endedAt)} ms, although nothing had failed and nobody had given up.`,
      "zh-cn": `fn(${early?.name ?? ""}) 的 signal 在 ${ms(early?.endedAt)} 毫秒时被中止，可并没有谁失败，也没有谁放弃。`,
    });
    const deaf = jobs.find((job) => isDeaf(job, stopAt));
    if (deaf === undefined) return;
    const [cause] = first;
    const byAbort = cause?.by === "abort";
    const en = `${causeEn(cause)} at ${ms(stopAt)} ms while fn(${deaf.name}) was at work, but its signal was not aborted in that instant.`;
    const zh = `${ms(stopAt)} 毫秒时${causeZh(cause)}，fn(${deaf.name}) 还在进行，它的 signal 却没有在那一刻中止。`;
    t.fail(byAbort ? "signal-not-passed-on" : "work-still-running", { en, "zh-cn": zh });
  }

  /** Up to the stop every slot is taken again in the instant in which it comes free; after it, none is. */
  #judgeStarts(jobs: readonly Job[], stopAt: number): void {
    const t: Harness = this.t;
    const ends = jobs.map(({ endedAt = Infinity }) => endedAt).sort((one, other) => one - other);
    const before = ends.filter((end) => end < stopAt).length;
    const together = jobs.filter(({ state, endedAt }) => state === "completed" && endedAt === stopAt).length;
    const most = Math.min(this.names.length, this.limit + before + together);
    const late = jobs.length > most || jobs.some(({ startedAt }) => startedAt > stopAt);
    t.check(!late, "work-still-running", {
      en: `Something had failed, or the caller had given up, at ${ms(stopAt)} ms, and yet another item was started. Start no more from then on.`,
      "zh-cn": `${ms(stopAt)} 毫秒时已经有一项失败（或调用方已放弃），却又启动了新的一项。从那一刻起不应再启动。`,
    });
    const pulledLate = this.pulls.length > most || this.pulls.some((at) => at > stopAt);
    t.check(!pulledLate, "backpressure-ignored", {
      en: `It was all over at ${ms(stopAt)} ms, and yet another item was pulled from the source, which nobody will get. Pull an item only when it can be started.`,
      "zh-cn": `${ms(stopAt)} 毫秒时已经结束了，却又从源里取走一项，谁也得不到它。只有能马上启动时才取下一项。`,
    });
    const least = stopAt === this.#calledAt ? 0 : Math.min(this.names.length, this.limit + before);
    for (let place = 0; place < least; place++) {
      const due = place < this.limit ? this.#calledAt : (ends[place - this.limit] ?? 0);
      if (jobs[place]?.startedAt === due) continue;
      this.#failSlow(jobs, place, due);
    }
  }

  /** A slot was free at `due`, an item was left, and it was started later or not at all. */
  #failSlow(jobs: readonly Job[], place: number, due: number): never {
    const t: Harness = this.t;
    const startedAt = jobs[place]?.startedAt ?? Infinity;
    const others = jobs.filter((job) => job.startedAt < startedAt && (job.endedAt ?? Infinity) > startedAt).length;
    if (place < this.limit) {
      t.fail(place === 1 ? "serial-not-parallel" : "limit-not-reached", {
        en: `With a limit of ${String(this.limit)} and items left, only ${String(place)} at work at the start. Fill every slot at once.`,
        "zh-cn": `上限是 ${String(this.limit)}，也还有剩下的项，一开始却只有 ${String(place)} 项在进行。应当立刻把名额用满。`,
      });
    }
    t.fail(others === 0 && startedAt < Infinity ? "batched-not-sliding" : "limit-not-reached", {
      en: `A slot came free at ${ms(due)} ms, but the next item was started ${startedAt < Infinity ? `only at ${ms(startedAt)} ms` : "never"}. The next starts in the instant in which one ends.`,
      "zh-cn": `${ms(due)} 毫秒时空出一个名额，下一项${startedAt < Infinity ? `到 ${ms(startedAt)} 毫秒才启动` : "却一直没有启动"}。一项结束的那一刻，下一项就该启动。`,
    });
  }

  #judgeOutcome(jobs: readonly Job[], settled: Settled<string[]>, stopAt: number, first: readonly Stop[]): void {
    const t: Harness = this.t;
    const drained = Math.max(this.#calledAt, ...jobs.map(({ endedAt = Infinity }) => endedAt));
    const complete = jobs.filter(({ state }) => state === "completed").length === this.names.length;
    // Everything had succeeded in the very instant in which the caller gave up.
    const either = complete && first.length === 1 && first[0]?.by === "abort" && drained === stopAt;
    if (first.length === 0 || (either && settled.status === "fulfilled")) this.#judgeSuccess(settled, drained);
    else this.#judgeFailure(settled, Math.max(stopAt, drained), first);
  }

  #judgeSuccess(settled: Settled<string[]>, drained: number): void {
    const t: Harness = this.t;
    t.check(settled.status === "fulfilled", "wrong-result", {
      en: "Every item succeeded and nobody gave up, yet mapLimit rejected.",
      "zh-cn": "每一项都成功了，也没有人放弃，mapLimit 却拒绝了。",
    });
    equalResults(t, settled.value, this.names.map(resultOf));
    t.equal(settled.at, drained, "wrong-result", {
      en: "mapLimit must resolve in the instant in which the last item ends.",
      "zh-cn": "最后一项结束的那一刻，mapLimit 就应当完成。",
    });
  }

  #judgeFailure(settled: Settled<string[]>, drained: number, first: readonly Stop[]): void {
    const t: Harness = this.t;
    const [cause] = first;
    const aborted = first.every((stop) => stop.by === "abort");
    t.check(settled.status === "rejected", aborted ? "abort-swallowed" : "error-swallowed", {
      en: `${causeEn(cause)} at ${ms(cause?.at)} ms, but mapLimit resolved as if nothing had happened.`,
      "zh-cn": `${ms(cause?.at)} 毫秒时${causeZh(cause)}，mapLimit 却像什么都没发生一样正常完成了。`,
    });
    t.check(settled.at >= drained, "settled-before-cleanup", {
      en: `mapLimit rejected at ${ms(settled.at)} ms, while work that it had started was still going on. Wait for everything in flight to settle, then reject.`,
      "zh-cn": `mapLimit 在 ${ms(settled.at)} 毫秒时就拒绝了，可它启动的工作还没有结束。先等进行中的全部结束，再拒绝。`,
    });
    const known = first.some((stop) => Object.is(stop.error, settled.reason));
    if (!known) {
      t.equal(settled.reason, cause?.error, aborted ? "reason-replaced" : "first-error-lost", {
        en: `${causeEn(cause)} at ${ms(cause?.at)} ms, and that came first: mapLimit must reject with ${aborted ? "the caller's own reason" : "that very error"}, the identical value.`,
        "zh-cn": `${ms(cause?.at)} 毫秒时${causeZh(cause)}，这是最先发生的：mapLimit 应当以${aborted ? "调用方自己的 reason" : "这个错误本身"}拒绝，必须是同一个值。`,
      });
    }
    t.equal(settled.at, drained, aborted ? "late-after-abort" : "wrong-result", {
      en: "Once everything in flight has settled, mapLimit must reject in that same instant.",
      "zh-cn": "进行中的全部结束之后，mapLimit 应当在同一时刻拒绝。",
    });
    this.#judgeClosing();
  }

  #judgeClosing(): void {
    const t: Harness = this.t;
    t.check(this.threwAt === undefined || this.closings.length === 0, "wrong-result", {
      en: "The source's own `next` threw, so the source is over already: do not call its `return` as well.",
      "zh-cn": "源自己的 next 抛了错，它已经结束了：不要再调用它的 return。",
    });
    if (this.#exhausted || this.threwAt !== undefined || this.pulls.length === 0) return;
    t.check(this.closings.length > 0, "resource-not-released", {
      en: "mapLimit stopped before the source had ended and did not close it. Call the iterator's `return`: it may hold a file or a cursor.",
      "zh-cn": "源还没有取完，mapLimit 就停了，却没有关闭它。应当调用迭代器的 return：它可能占着文件或游标。",
    });
  }
}

function isOpen({ state }: Job): boolean {
  return state === "running" || state === "cleaning-up";
}

/** Whether it was at work when everything stopped and did not hear of it there and then. */
function isDeaf({ plan, startedAt, endedAt = Infinity, state, signal }: Job, stopAt: number): boolean {
  if (startedAt > stopAt || endedAt <= stopAt) return false;
  if (signal?.aborted !== true) return true;
  if (plan.obeysSignal === false || state === "cleaning-up") return false;
  return endedAt !== stopAt + (plan.cleanupMs ?? 0);
}

function causeEn(cause: Stop | undefined): string {
  if (cause?.by === "abort") return "The caller gave up";
  return cause?.by === "source" ? "The source threw" : "An item failed";
}

function causeZh(cause: Stop | undefined): string {
  if (cause?.by === "abort") return "调用方放弃了";
  return cause?.by === "source" ? "源抛了错" : "有一项失败了";
}

function resultOf(name: string): string {
  return name.toUpperCase();
}

function equalResults(t: Harness, actual: unknown, expected: readonly unknown[]): void {
  const values: readonly unknown[] = Array.isArray(actual) ? actual : [];
  const sameSet = values.length === expected.length && expected.every((value) => values.includes(value));
  const diagnosis: Diagnosis = sameSet ? "order-lost" : "wrong-result";
  const message: Words = sameSet
    ? {
        en: "Every result is there, but not at the place of its item: results come in the order of the items.",
        "zh-cn": "结果都在，却没有放在各自那一项的位置上：结果要按输入的顺序排列。",
      }
    : {
        en: "mapLimit must resolve with one result for each item.",
        "zh-cn": "mapLimit 应当给出每一项的结果，一项一个。",
      };
  t.equal(actual, expected, diagnosis, message);
}

/** The rig judges what an abort does: a failure may have come before it. */
const withoutL5 = { except: ["L5"] } as const;

test("maps-every-item", { title: { en: "maps every item", "zh-cn": "处理每一项" } }, async (t) => {
  const rig = new Rig(t, 3, { a: 10, b: 20, c: 30, d: 10 });
  rig.judge(await rig.call(rig.names));
});

test(
  "results-in-input-order",
  { title: { en: "results in the order of the items", "zh-cn": "结果按输入的顺序排列" } },
  async (t) => {
    const rig = new Rig(t, 3, { a: 30, b: 20, c: 10 });
    rig.judge(await rig.call(rig.names));
  },
);

test(
  "next-starts-as-one-ends",
  {
    title: { en: "the next starts as soon as one ends", "zh-cn": "一项结束，下一项马上开始" },
  },
  async (t) => {
    // At best: a 0-50, b 0-10, c 0-20, d 10-40, e 20-30, f 30-70, g 40-50.
    const rig = new Rig(t, 3, { a: 50, b: 10, c: 20, d: 30, e: 10, f: 40, g: 10 });
    const settled = await rig.call(rig.names);
    rig.judge(settled);
    t.equal(settled.at, 70, "limit-not-reached", {
      en: "With three at a time these items take 70 ms.",
      "zh-cn": "每次三项，这些项共需 70 毫秒。",
    });
  },
);

test(
  "limit-around-the-items",
  { title: { en: "a limit of one, and one above the number of items", "zh-cn": "上限为 1，以及上限比项数还多" } },
  async (t) => {
    const one = new Rig(t, 1, { a: 20, b: 10, c: 10 });
    one.judge(await one.call(one.names));
    await t.sleep(10);
    const started = t.now;
    const many = t.call("mapLimit", () =>
      mapLimit(["a", "b"], 50, (name) => t.work({ label: name, latency: 10, answer: () => name })),
    );
    const settled = await many;
    equalResults(t, settled.value, ["a", "b"]);
    t.equal(settled.at, started + 10, "limit-not-reached", {
      en: "Two items with a limit of 50 run side by side.",
      "zh-cn": "上限 50，两项应当并排进行。",
    });
  },
);

test(
  "any-iterable",
  { title: { en: "any iterable, any values, also none", "zh-cn": "任何可迭代对象，任何值，也可以一项都没有" } },
  async (t) => {
    const values = [0, "", undefined, null, false, "last"];
    const given: readonly Iterable<unknown>[] = [values, new Set(values), once(values)];
    for (const items of given) {
      const { value } = await t.call("mapLimit", () => mapLimit(items, 2, (item) => Promise.resolve(item)));
      equalResults(t, value, values);
    }
    const nothing = await t.call("mapLimit", () => mapLimit(["a", "b"], 2, () => Promise.resolve(undefined)));
    equalResults(t, nothing.value, [undefined, undefined]);
    const before = t.now;
    const { value, at } = await t.call("mapLimit", () => mapLimit([], 2, () => Promise.resolve(1)));
    equalResults(t, value, []);
    t.equal(at, before, "wrong-result", {
      en: "Without items there is nothing to wait for: resolve at once.",
      "zh-cn": "一项都没有，就没有什么可等：应当立刻完成。",
    });
  },
);

/** What it returns at its end is none of its items. */
function* once<T>(values: readonly T[]): Generator<T, string> {
  yield* values;
  return "the end";
}

test(
  "pulls-what-it-can-start",
  { title: { en: "pulls an item only when it can start it", "zh-cn": "能启动时才取下一项" } },
  async (t) => {
    const rig = new Rig(t, 2, { a: 30, b: 10, c: 30, d: 10, e: 10 });
    rig.judge(await rig.call());
  },
);

test("every-order", { title: { en: "five items end in every order", "zh-cn": "五项以任意次序结束" } }, async (t) => {
  const range = [10, 90] as const;
  const rig = new Rig(t, 2, { a: range, b: range, c: range, d: range, e: range });
  rig.judge(await rig.call());
});

test(
  "limits-that-are-none",
  { title: { en: "a limit that is none is a RangeError", "zh-cn": "不成立的上限是 RangeError" } },
  async (t) => {
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      for (const jobs of [{ a: 10, b: 10, c: 10 }, {}] as readonly Jobs[]) {
        const rig = new Rig(t, limit, jobs);
        const call = rig.call(rig.names, t.signal);
        await t.idle();
        t.check(!call.pending && call.settled?.reason instanceof RangeError, "wrong-result", {
          en: `A limit of ${String(limit)} makes no sense, whatever the items: mapLimit must fail with a RangeError.`,
          "zh-cn": `上限为 ${String(limit)} 没有意义，不管有没有项：mapLimit 应当以 RangeError 失败。`,
        });
        t.checkLeaks("mapLimit");
      }
    }
  },
);

test(
  "first-failure-stops-all",
  { title: { en: "the first failure stops the others", "zh-cn": "第一个失败会叫停其余" } },
  async (t) => {
    const error = new Error("b failed");
    const rig = new Rig(t, 3, { a: 500, b: { ms: 20, fails: { error } }, c: 10, d: 300, e: 10, f: 10, g: 10 });
    rig.judge(await rig.call(rig.names));
  },
);

test(
  "waits-for-those-in-flight",
  { title: { en: "rejects once those in flight have settled", "zh-cn": "进行中的都结束了才拒绝" } },
  async (t) => {
    const error = new Error("b failed");
    const rig = new Rig(t, 3, {
      a: { ms: 500, cleanupMs: 30 },
      b: { ms: 20, fails: { error } },
      c: { ms: 90, obeysSignal: false },
      d: 10,
      e: 10,
    });
    rig.judge(await rig.call(rig.names));
  },
);

test(
  "first-error-counts",
  { title: { en: "the first error counts, whatever it is", "zh-cn": "第一个错误算数，不管它是什么" } },
  async (t) => {
    const rig = new Rig(t, 3, {
      a: { ms: 30, obeysSignal: false, fails: { error: new Error("a failed later") } },
      b: { ms: 20, fails: { error: new Error("b failed first") } },
      c: { ms: 40, obeysSignal: false, fails: { error: new Error("c failed last") } },
      d: 10,
    });
    rig.judge(await rig.call(rig.names));
    for (const error of [0, "", null, undefined]) {
      const odd = new Rig(t, 2, { a: 50, b: { ms: 20, fails: { error } } });
      odd.judge(await odd.call(odd.names));
    }
  },
);

test(
  "closes-a-source-left-early",
  { title: { en: "closes a source that it leaves early", "zh-cn": "提前离开时关闭源" } },
  async (t) => {
    const rig = new Rig(t, 2, { a: 500, b: { ms: 20, fails: { error: new Error("b failed") } }, c: 10, d: 10 });
    rig.judge(await rig.call());
    let closed = false;
    function* names(): Generator<string> {
      try {
        yield* ["a", "b", "c", "d"];
      } finally {
        closed = true;
      }
    }
    const generated = new Rig(t, 2, { a: 500, b: { ms: 20, fails: { error: new Error("b failed") } }, c: 10, d: 10 });
    const settled = await generated.call(names());
    t.check(closed, "resource-not-released", {
      en: "mapLimit left a generator early, and its `finally` has not run: its `return` was not called, or not as a method of it.",
      "zh-cn":
        "mapLimit 提前离开了一个生成器，它的 finally 却没有执行：没有调用它的 return，或者没有作为它的方法来调用。",
    });
    generated.judgeOutcomeOf(settled);
  },
);

test(
  "source-that-throws",
  { title: { en: "a source that throws stops the others", "zh-cn": "源抛错会叫停其余" } },
  async (t) => {
    const atOnce = new Rig(t, 2, { a: 10 });
    const settled = await t.call("mapLimit", () => mapLimit(atOnce.source(0), 2, atOnce.fn));
    t.equal(settled.reason, atOnce.sourceError, "error-swallowed", {
      en: "The source threw at its first item: mapLimit must reject with that error.",
      "zh-cn": "取第一项时源就抛了错：mapLimit 应当以这个错误拒绝。",
    });
    const late = new Rig(t, 2, { a: { ms: 500, cleanupMs: 5 }, b: 20, c: 10 });
    late.judge(await late.call(late.source(2)));
    for (const error of [undefined, null, 0]) {
      const odd = new Rig(t, 2, { a: 30, b: 20, c: 10 });
      odd.sourceError = error;
      odd.judge(await odd.call(odd.source(2)));
    }
  },
);

test(
  "two-calls-at-once",
  { title: { en: "two calls know nothing of each other", "zh-cn": "同时的两次调用互不相干" } },
  async (t) => {
    const error = new Error("b failed");
    const failing = new Rig(t, 2, { a: 500, b: { ms: 20, fails: { error } }, c: 10 });
    const other = new Rig(t, 3, { a: 30, b: 40, c: 50, d: 20 });
    const calls = [failing.call(), other.call()] as const;
    failing.judge(await calls[0]);
    other.judge(await calls[1]);
  },
);

test(
  "any-may-fail",
  { title: { en: "any of four may fail, in every order", "zh-cn": "四项中任何一项都可能失败，任意次序" } },
  async (t) => {
    const range = [10, 90] as const;
    const rig = new Rig(t, 2, {
      a: { ms: range, mayFailWith: new Error("a failed") },
      b: { ms: range, mayFailWith: new Error("b failed"), cleanupMs: 20 },
      c: { ms: range, mayFailWith: new Error("c failed") },
      d: 10,
    });
    rig.judge(await rig.call());
  },
);

test(
  "caller-gives-up",
  {
    title: { en: "the caller's abort stops everything", "zh-cn": "调用方的中止会叫停一切" },
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, 2, { a: 500, b: 10, c: { ms: 200, cleanupMs: 30 }, d: 10, e: 10 });
    t.after(40, () => {
      t.abort();
    });
    rig.judge(await rig.call(rig.source(), t.signal));
  },
);

test(
  "abort-in-the-turn-of-the-call",
  {
    title: { en: "the caller gives up in the turn of the call", "zh-cn": "调用之后的同一轮里就放弃" },
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, 2, { a: 500, b: 500, c: 10 });
    const call = rig.call(rig.source(), t.signal);
    t.abort();
    rig.judge(await call);
  },
);

test(
  "abort-from-inside",
  {
    title: {
      en: "an item gives up for the caller while the first ones start",
      "zh-cn": "开头几项还在启动，其中一项就替调用方放弃",
    },
    oracle: withoutL5,
  },
  async (t) => {
    let started = 0;
    const fn = (name: string, signal: AbortSignal): Promise<string> => {
      started++;
      if (name === "b") t.abort();
      const passed = signal as unknown as Harness["signal"];
      return t.work({ label: `fn(${name})`, latency: 50, signal: passed, answer: () => name });
    };
    const signal = t.signal as unknown as AbortSignal;
    const settled = await t.call("mapLimit", () => mapLimit(["a", "b", "c", "d"], 3, fn, { signal }));
    t.check(started === 2, "work-still-running", {
      en: "The second item aborted the caller's signal as it was started, and yet another one was started after it. Look before each start.",
      "zh-cn": "第二项启动时就中止了调用方的 signal，之后却又启动了别的项。每次启动之前都要看一看。",
    });
    t.check(settled.status === "rejected", "abort-swallowed", {
      en: "The caller's signal aborted while the first items were started, but mapLimit resolved.",
      "zh-cn": "开头几项启动时调用方的 signal 就中止了，mapLimit 却正常完成了。",
    });
    t.equal(settled.reason, t.reason, "reason-replaced", {
      en: "mapLimit must reject with the caller's own reason, the identical object.",
      "zh-cn": "mapLimit 应当以调用方自己的 reason 拒绝，同一个对象。",
    });
  },
);

test(
  "abort-that-nobody-heeds",
  {
    title: { en: "an abort counts also where all succeed", "zh-cn": "即使全都成功，中止也算数" },
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, 2, { a: { ms: 50, obeysSignal: false }, b: { ms: 60, obeysSignal: false } });
    t.after(40, () => {
      t.abort();
    });
    rig.judge(await rig.call(rig.source(), t.signal));
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, 2, {
      a: [10, 40],
      b: { ms: [10, 40], cleanupMs: 15 },
      c: { ms: 20, mayFailWith: new Error("c failed"), obeysSignal: false },
    });
    rig.judge(await rig.call(rig.source(), t.signal));
  },
);

test(
  "abort-and-failure-in-turn",
  {
    title: { en: "an abort after a failure, a failure after an abort", "zh-cn": "失败之后中止，中止之后失败" },
    oracle: withoutL5,
  },
  async (t) => {
    const stubborn: Plan = { ms: 50, obeysSignal: false, fails: { error: new Error("failed") } };
    for (const [failsAt, abortsAt] of [
      [10, 30],
      [30, 10],
    ] as const) {
      const rig = new Rig(t, 2, { a: { ...stubborn, ms: failsAt }, b: stubborn, c: 10 });
      const caller = t.controller("the caller's signal");
      const call = rig.call(rig.source(), caller.signal);
      await t.sleep(abortsAt);
      rig.abortedAt = t.now;
      rig.reason = 0;
      caller.abort(rig.reason);
      rig.judge(await call);
    }
  },
);

test(
  "already-aborted",
  { title: { en: "an aborted signal: starts nothing", "zh-cn": "signal 已经中止：什么都不启动" } },
  async (t) => {
    t.abort();
    const rig = new Rig(t, 2, { a: 10, b: 10 });
    const settled = await rig.call(rig.source(), t.signal);
    t.check(rig.pulls.length === 0, "aborted-signal-unchecked", {
      en: "The caller's signal was aborted before the call, yet an item was pulled from the source.",
      "zh-cn": "调用之前 signal 就已中止，却仍然从源里取走了一项。",
    });
    t.equal(settled.reason, t.reason, "reason-replaced", {
      en: "mapLimit must reject with the caller's own reason, the identical object.",
      "zh-cn": "mapLimit 应当以调用方自己的 reason 拒绝，同一个对象。",
    });
  },
);

test(
  "any-reason",
  { title: { en: "a reason may be any value", "zh-cn": "reason 可以是任何值" }, oracle: withoutL5 },
  async (t) => {
    for (const reason of [0, "", null, false]) {
      const caller = t.controller("the caller's signal");
      const rig = new Rig(t, 2, { a: 500, b: 500, c: 10 });
      const call = rig.call(rig.source(), caller.signal);
      await t.sleep(10);
      rig.abortedAt = t.now;
      rig.reason = reason;
      caller.abort(reason);
      rig.judge(await call);
      const late = new Rig(t, 2, { a: 10, b: 10 });
      const { status, reason: told } = await late.call(late.source(), caller.signal);
      t.check(late.pulls.length === 0 && status === "rejected", "aborted-signal-unchecked", {
        en: `The caller's signal was aborted before the call, with ${String(reason)} as the reason, yet mapLimit went to work. Ask \`aborted\`, not the reason.`,
        "zh-cn": `调用之前 signal 就已中止（reason 是 ${String(reason)}），mapLimit 却照样动工。要看 aborted，而不是看 reason。`,
      });
      t.equal(told, reason, "reason-replaced", {
        en: "mapLimit must reject with the caller's own reason, the identical value, whatever it is.",
        "zh-cn": "mapLimit 应当以调用方自己的 reason 拒绝，不管是什么，都是同一个值。",
      });
    }
  },
);

test(
  "one-signal-many-calls",
  { title: { en: "one signal for many calls, aborted at last", "zh-cn": "一个 signal 用于多次调用，最后才中止" } },
  async (t) => {
    const fails = { error: new Error("failed") };
    const many: readonly Jobs[] = [{ a: 10, b: 10, c: 10 }, { a: 20, b: { ms: 10, fails }, c: 10 }, {}];
    for (const jobs of many) {
      const rig = new Rig(t, 2, jobs);
      const settled = await rig.call(rig.source(), t.signal);
      t.checkLeaks("mapLimit");
      rig.judge(settled);
    }
    const broken = new Rig(t, 2, { a: 10, b: 10 });
    const settled = await broken.call(broken.source(1), t.signal);
    t.checkLeaks("mapLimit");
    broken.judge(settled);
    t.abort();
    await t.idle();
  },
);
