import { type Call, type Diagnosis, type Harness, type Latency, type Settled, type Words, test } from "interleave";
import { ErrorGroup } from "./exercise.ts";

/** What a task does: some work, and perhaps it starts others, when it begins or when its work has succeeded. */
interface Plan {
  readonly ms: Latency;
  /** It always fails, with this. */
  readonly fails?: { readonly error: unknown };
  /** Whether it fails is a choice of the schedule. */
  readonly mayFailWith?: Error;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  readonly first?: readonly string[];
  readonly then?: readonly string[];
}

type Plans = Readonly<Record<string, Latency | Plan>>;

interface Task {
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
  readonly by: "error" | "parent";
}

const ms = (at: number | undefined): string => String(at ?? "?");

/** A group, the tasks that it is given, and all that they do to the outside. */
class Rig {
  readonly t: Harness;
  readonly group: ErrorGroup;
  readonly limit: number;
  /** When the parent was aborted, and with what; a test that uses another signal than `t.signal` says so itself. */
  abortedAt: number | undefined;
  reason: unknown;
  /** When somebody began to wait. */
  waitedAt = 0;
  readonly #plans: ReadonlyMap<string, Plan>;
  /** The calls of `go`, in order; those that came too late are not among them. */
  readonly #asked: { readonly name: string; readonly at: number }[] = [];
  readonly #started: { readonly name: string; readonly work: number }[] = [];

  constructor(t: Harness, plans: Plans, limit = Infinity, parent: Harness["signal"] = t.signal) {
    this.t = t;
    this.limit = limit;
    this.#plans = new Map(
      Object.entries(plans).map(([name, plan]) => [
        name,
        typeof plan === "number" || "length" in plan ? { ms: plan } : plan,
      ]),
    );
    this.group = new ErrorGroup(parent as unknown as AbortSignal);
    t.check(this.group.signal instanceof AbortSignal, "wrong-result", {
      en: "A group has a `signal`, an AbortSignal, from the beginning.",
      "zh-cn": "组从一开始就应当有 signal，它是一个 AbortSignal。",
    });
    if (limit < Infinity) this.group.setLimit(limit);
  }

  go(...names: readonly string[]): void {
    for (const name of names) {
      const late = this.group.signal.aborted;
      if (!late) this.#asked.push({ name, at: this.t.now });
      this.group.go((signal) => this.#task(name, signal, late));
    }
  }

  async #task(name: string, signal: AbortSignal, late: boolean): Promise<void> {
    const t: Harness = this.t;
    this.#judgeStart(name, signal, late);
    const plan = this.#plans.get(name) ?? { ms: 0 };
    this.#started.push({ name, work: t.works.length });
    const { ms: latency, fails, obeysSignal = true, cleanupMs = 0, mayFailWith } = plan;
    const answer = (): void => {
      if (fails !== undefined) throw fails.error;
    };
    const passed = signal as unknown as Harness["signal"];
    const label = `task ${name}`;
    const faults = mayFailWith === undefined ? {} : { mayFailWith };
    const work = t.work({ label, latency, signal: passed, answer, obeysSignal, cleanupMs, ...faults });
    this.go(...(plan.first ?? []));
    await work;
    this.go(...(plan.then ?? []));
  }

  #judgeStart(name: string, signal: AbortSignal, late: boolean): void {
    const t: Harness = this.t;
    t.check(signal instanceof AbortSignal, "signal-not-passed-on", {
      en: "A task must be given an AbortSignal, so that it can be told to stop.",
      "zh-cn": "任务应当得到一个 AbortSignal，这样才能叫停它。",
    });
    t.check(!late, "aborted-signal-unchecked", {
      en: `\`go\` was called when the group's signal had already aborted, and yet task ${name} was started.`,
      "zh-cn": `调用 go 时组的 signal 早已中止，任务 ${name} 却仍然启动了。`,
    });
    t.check(!this.group.signal.aborted, "work-still-running", {
      en: `Task ${name} stood in line when the group's signal aborted, and yet it was started afterwards. Those in line are dropped.`,
      "zh-cn": `组的 signal 中止时任务 ${name} 还在排队，之后却被启动了。排队的应当丢弃。`,
    });
    const again = this.#started.some((task) => task.name === name);
    t.check(!again, "wrong-result", {
      en: `Task ${name} was started twice.`,
      "zh-cn": `任务 ${name} 启动了两次。`,
    });
    const open = this.tasks.filter(isOpen).length;
    t.check(open < this.limit, "limit-exceeded", {
      en: `Task ${name} was started while ${String(open)} others were at work; the limit is ${String(this.limit)}.`,
      "zh-cn": `启动任务 ${name} 时已有 ${String(open)} 个在进行，而上限是 ${String(this.limit)}。`,
    });
    const next = this.#asked[this.#started.length]?.name;
    t.check(this.limit === Infinity || next === name, "order-lost", {
      en: `Task ${name} was started before task ${String(next)}, which had come earlier. Those in line start in the order in which they came.`,
      "zh-cn": `任务 ${String(next)} 来得更早，任务 ${name} 却先启动了。排队的应当按先来后到启动。`,
    });
  }

  get tasks(): readonly Task[] {
    const { works } = this.t;
    return this.#started.map(({ name, work }) => {
      const record = works[work];
      const plan = this.#plans.get(name);
      if (record === undefined || plan === undefined) throw new Error(`no work for ${name}`);
      const { startedAt, endedAt, state, signal } = record;
      return { name, plan, startedAt, endedAt, state, signal };
    });
  }

  /** Begins to wait. The caller's signal is `t.signal` unless the test uses another. */
  wait(signal: Harness["signal"] = this.t.signal): Call<void> {
    this.waitedAt = this.t.now;
    return this.t.call("wait", () => this.group.wait(), { signal, drains: true });
  }

  /** Judges how `wait` settled from what the outside saw. */
  judge(settled: Settled<void>): void {
    if (this.t.abortedAt !== undefined) [this.abortedAt, this.reason] = [this.t.abortedAt, this.t.reason];
    const { tasks } = this;
    const stops = this.#stops(tasks, settled.at);
    const stopAt = Math.min(...stops.map((stop) => stop.at));
    const first = stops.filter((stop) => stop.at === stopAt);
    this.#judgeSignals(tasks, stopAt, first);
    this.#judgeStarts(tasks, stopAt);
    this.#judgeOutcome(tasks, settled, stopAt, first);
  }

  #stops(tasks: readonly Task[], until: number): readonly Stop[] {
    const stops = tasks
      .filter(({ state, endedAt = Infinity }) => state === "failed" && endedAt <= until)
      .map(({ endedAt, plan }): Stop => {
        const error: unknown = plan.fails === undefined ? plan.mayFailWith : plan.fails.error;
        return { at: endedAt ?? 0, error, by: "error" };
      });
    const { abortedAt } = this;
    if (abortedAt !== undefined && abortedAt <= until) stops.push({ at: abortedAt, error: this.reason, by: "parent" });
    return stops;
  }

  #judgeSignals(tasks: readonly Task[], stopAt: number, first: readonly Stop[]): void {
    const t: Harness = this.t;
    const early = tasks.find(({ state, endedAt = Infinity, plan }) => {
      return state === "aborted" && endedAt - (plan.cleanupMs ?? 0) < stopAt;
    });
    t.check(early === undefined, "one-cancels-all", {
      en: `Task ${early?.name ?? ""} was aborted, although no task had failed and the parent had not aborted.`,
      "zh-cn": `任务 ${early?.name ?? ""} 被中止了，可没有任务失败，父 signal 也没有中止。`,
    });
    if (stopAt === Infinity) return;
    const [cause] = first;
    const byParent = cause?.by === "parent";
    const deaf = tasks.find((task) => isDeaf(task, stopAt));
    t.check(deaf === undefined && this.group.signal.aborted, byParent ? "signal-not-passed-on" : "work-still-running", {
      en: `${causeEn(cause)} at ${ms(stopAt)} ms, but ${deaf === undefined ? "the group's signal was not aborted" : `task ${deaf.name}, which was at work, was not told to stop in that instant`}.`,
      "zh-cn": `${ms(stopAt)} 毫秒时${causeZh(cause)}，${deaf === undefined ? "组的 signal 却没有中止" : `正在进行的任务 ${deaf.name} 却没有在那一刻被叫停`}。`,
    });
    if (first.some((stop) => Object.is(stop.error, this.group.signal.reason)) || byParent) return;
    t.equal(this.group.signal.reason, cause?.error, "reason-replaced", {
      en: "The group's signal must abort with the first error as its reason, the identical value.",
      "zh-cn": "组的 signal 中止时，reason 应当就是第一个错误，同一个值。",
    });
  }

  /** Until the stop every task starts in the instant in which there is room for it. */
  #judgeStarts(tasks: readonly Task[], stopAt: number): void {
    const t: Harness = this.t;
    const ends = tasks.map(({ endedAt = Infinity }) => endedAt).sort((one, other) => one - other);
    const before = ends.filter((end) => end < stopAt).length;
    const together = tasks.filter(({ state, endedAt }) => state === "completed" && endedAt === stopAt).length;
    t.check(tasks.length <= this.limit + before + together, "work-still-running", {
      en: `When a task failed at ${ms(stopAt)} ms, its place went to the next in line. From an error on no task starts any more.`,
      "zh-cn": `${ms(stopAt)} 毫秒时有任务失败，它的名额却给了队首。出错之后不应再启动任何任务。`,
    });
    for (const [place, { name, at }] of this.#asked.entries()) {
      const room = place < this.limit ? 0 : (ends[place - this.limit] ?? Infinity);
      const due = Math.max(at, room);
      if (due >= stopAt || due === Infinity) continue;
      const task = tasks.find((candidate) => candidate.name === name);
      if (task?.startedAt !== due) t.fail(this.#whySlow(tasks, place, due, task), slow(name, due, task));
    }
  }

  #whySlow(tasks: readonly Task[], place: number, due: number, task: Task | undefined): Diagnosis {
    const openAt = (at: number): number =>
      tasks.filter(({ startedAt, endedAt = Infinity }) => startedAt < at && endedAt > at).length;
    if (place < this.limit) return place === 1 && due === 0 ? "serial-not-parallel" : "limit-not-reached";
    return task !== undefined && openAt(task.startedAt) === 0 ? "batched-not-sliding" : "limit-not-reached";
  }

  #judgeOutcome(tasks: readonly Task[], settled: Settled<void>, stopAt: number, first: readonly Stop[]): void {
    const t: Harness = this.t;
    const dropped = stopAt < Infinity;
    const open = tasks.some(isOpen) || (!dropped && tasks.length < this.#asked.length);
    t.check(!open, "settled-before-cleanup", {
      en: `\`wait\` settled at ${ms(settled.at)} ms, but not every task that the group was given had ended by then. It waits for all that were started, also for those that other tasks have added.`,
      "zh-cn": `wait 在 ${ms(settled.at)} 毫秒时就结束了，可组里的任务还没有全部结束。它要等所有启动了的任务，包括别的任务后来加进来的。`,
    });
    const ended = Math.max(this.waitedAt, ...tasks.map(({ endedAt = 0 }) => endedAt));
    const until = dropped ? Math.max(stopAt, ended) : ended;
    // Everything had succeeded in the very instant in which the parent aborted.
    const [only] = first;
    const complete = tasks.length === this.#asked.length && tasks.every(({ state }) => state === "completed");
    const either = complete && first.length === 1 && only?.by === "parent" && ended === stopAt;
    if (dropped && !(either && settled.status === "fulfilled")) this.#judgeFailure(settled, first);
    else {
      t.check(settled.status === "fulfilled", "wrong-result", {
        en: "Every task succeeded and nobody gave up, yet `wait` rejected.",
        "zh-cn": "每个任务都成功了，也没有人放弃，wait 却拒绝了。",
      });
    }
    t.equal(settled.at, until, dropped ? "late-after-abort" : "wrong-result", {
      en: "`wait` must settle in the instant in which the last task has ended.",
      "zh-cn": "最后一个任务结束的那一刻，wait 就应当结束。",
    });
  }

  #judgeFailure(settled: Settled<void>, first: readonly Stop[]): void {
    const t: Harness = this.t;
    const [cause] = first;
    const byParent = first.every((stop) => stop.by === "parent");
    t.check(settled.status === "rejected", byParent ? "abort-swallowed" : "error-swallowed", {
      en: `${causeEn(cause)} at ${ms(cause?.at)} ms, but \`wait\` resolved as if all had gone well.`,
      "zh-cn": `${ms(cause?.at)} 毫秒时${causeZh(cause)}，wait 却像一切顺利一样完成了。`,
    });
    if (first.some((stop) => Object.is(stop.error, settled.reason))) return;
    t.equal(settled.reason, cause?.error, byParent ? "reason-replaced" : "first-error-lost", {
      en: `${causeEn(cause)} at ${ms(cause?.at)} ms, and that came first: \`wait\` must reject with ${byParent ? "the parent's own reason" : "that very error"}, the identical value.`,
      "zh-cn": `${ms(cause?.at)} 毫秒时${causeZh(cause)}，这是最先发生的：wait 应当以${byParent ? "父 signal 自己的 reason" : "这个错误本身"}拒绝，必须是同一个值。`,
    });
  }
}

function slow(name: string, due: number, task: Task | undefined): Words {
  const [en, zh] =
    task === undefined
      ? ["never", "却一直没有启动"]
      : [`only at ${ms(task.startedAt)} ms`, `却到 ${ms(task.startedAt)} 毫秒才启动`];
  return {
    en: `There was room for task ${name} at ${ms(due)} ms, but it was started ${en}.`,
    "zh-cn": `${ms(due)} 毫秒时任务 ${name} 已经可以启动，${zh}。`,
  };
}

function isOpen({ state }: Task): boolean {
  return state === "running" || state === "cleaning-up";
}

/** Whether it was at work when everything stopped and did not hear of it there and then. */
function isDeaf({ plan, startedAt, endedAt = Infinity, state, signal }: Task, stopAt: number): boolean {
  if (startedAt > stopAt || endedAt <= stopAt) return false;
  if (signal?.aborted !== true) return true;
  if (plan.obeysSignal === false || state === "cleaning-up") return false;
  return endedAt !== stopAt + (plan.cleanupMs ?? 0);
}

function causeEn(cause: Stop | undefined): string {
  return cause?.by === "parent" ? "The parent aborted" : "A task failed";
}

function causeZh(cause: Stop | undefined): string {
  return cause?.by === "parent" ? "父 signal 中止了" : "有一个任务失败了";
}

/** The rig judges what an abort does: an error may have come before it. */
const withoutL5 = { except: ["L5"] } as const;

test(
  "runs-tasks-and-waits",
  { title: { en: "runs all tasks at once and waits for them", "zh-cn": "同时运行所有任务，并等它们结束" } },
  async (t) => {
    const rig = new Rig(t, { a: 20, b: 30, c: 10 });
    rig.go("a", "b", "c");
    rig.judge(await rig.wait());
  },
);

test(
  "nothing-to-wait-for",
  { title: { en: "without tasks there is nothing to wait for", "zh-cn": "没有任务，就没有什么可等" } },
  async (t) => {
    const rig = new Rig(t, {});
    rig.judge(await rig.wait());
  },
);

test(
  "tasks-of-tasks",
  { title: { en: "waits for tasks that tasks have added", "zh-cn": "任务加进来的任务，也要等" } },
  async (t) => {
    const rig = new Rig(t, { a: { ms: 10, first: ["b"], then: ["c"] }, b: 30, c: { ms: 5, then: ["d"] }, d: 40 });
    rig.go("a");
    rig.judge(await rig.wait());
  },
);

test(
  "limit-reached-and-kept",
  { title: { en: "as many at a time as the limit, and no more", "zh-cn": "同时进行的恰好到上限，不多也不少" } },
  async (t) => {
    // At best: a 0-50, b 0-10, c 0-25, d 10-20, e 20-40, f 25-35.
    const rig = new Rig(t, { a: 50, b: 10, c: 25, d: 10, e: 20, f: 10 }, 3);
    rig.go("a", "b", "c", "d", "e", "f");
    rig.judge(await rig.wait());
  },
);

test(
  "limit-and-tasks-of-tasks",
  { title: { en: "tasks that tasks add stand in line as well", "zh-cn": "任务加进来的任务也要排队" } },
  async (t) => {
    const alone = new Rig(t, { a: { ms: 10, first: ["b", "c"] }, b: { ms: 10, then: ["d"] }, c: 10, d: 10 }, 1);
    alone.go("a");
    alone.judge(await alone.wait());
    const two = new Rig(t, { a: { ms: 30, first: ["d"], then: ["e"] }, b: 20, c: 15, d: 5, e: 10 }, 2);
    two.go("a", "b", "c");
    two.judge(await two.wait());
  },
);

test("a-long-line", { title: { en: "two hundred stand in line", "zh-cn": "两百个任务排队" } }, async (t) => {
  const group = new ErrorGroup(t.signal as unknown as AbortSignal);
  group.setLimit(2);
  const names = Array.from({ length: 200 }, (_, index) => index);
  const started: number[] = [];
  for (const name of names) {
    group.go(() => {
      started.push(name);
      return Promise.resolve();
    });
  }
  await t.call("wait", () => group.wait());
  t.equal(started, names, started.length < names.length ? "never-settles" : "order-lost", {
    en: `Two hundred tasks were given to the group, with a limit of 2. Each must be started, in the order of \`go\`; ${String(started.length)} were.`,
    "zh-cn": `给了组两百个任务，上限是 2。每个都应当启动，按 go 的次序；实际启动了 ${String(started.length)} 个。`,
  });
});

test(
  "two-groups-at-once",
  { title: { en: "two groups know nothing of each other", "zh-cn": "两个组互不相干" }, oracle: withoutL5 },
  async (t) => {
    const parent = t.controller("the parent of both");
    const fails = { error: new Error("b failed") };
    const failing = new Rig(t, { a: 500, b: { ms: 20, fails }, c: 10 }, 2, parent.signal);
    const other = new Rig(t, { a: 30, b: 40, c: 500, d: 500 }, 3, parent.signal);
    failing.go("a", "b", "c");
    other.go("a", "b", "c", "d");
    const calls = [failing.wait(parent.signal), other.wait(parent.signal)] as const;
    failing.judge(await calls[0]);
    await t.sleep(50);
    other.abortedAt = t.now;
    other.reason = new Error("the parent gave up");
    parent.abort(other.reason);
    other.judge(await calls[1]);
  },
);

test(
  "added-as-another-ends",
  {
    title: {
      en: "a task is added in the very turn in which another ends",
      "zh-cn": "一个任务结束的同一轮里，又加进一个任务",
    },
  },
  async (t) => {
    for (const turns of [0, 1, 2, 3, 4, 5, 6]) {
      const group = new ErrorGroup(t.signal as unknown as AbortSignal);
      group.setLimit(1);
      const gate = t.work({ label: "the only task", latency: 10, answer: () => undefined });
      let added = false;
      group.go(() => gate);
      await gate;
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      group.go(() => {
        added = true;
        return Promise.resolve();
      });
      await t.idle();
      t.check(added, "permit-lost", {
        en: "A task was added in the turn in which the only other one ended. It was put in line, but the place that came free was never given to it.",
        "zh-cn": "唯一的任务结束的同一轮里，又加进了一个任务。它排进了队，空出来的名额却没有给它。",
      });
      await t.call("wait", () => group.wait());
    }
  },
);

test("every-order", { title: { en: "tasks end in every order", "zh-cn": "任务以任意次序结束" } }, async (t) => {
  const range = [10, 90] as const;
  const rig = new Rig(t, { a: range, b: { ms: range, then: ["e"] }, c: range, d: range, e: range }, 2);
  rig.go("a", "b", "c", "d");
  rig.judge(await rig.wait());
});

test(
  "first-error-stops-all",
  { title: { en: "the first error stops the others", "zh-cn": "第一个错误会叫停其余" } },
  async (t) => {
    const error = new Error("b failed");
    const rig = new Rig(t, { a: 500, b: { ms: 20, fails: { error } }, c: 10, d: 300 });
    rig.go("a", "b", "c", "d");
    rig.judge(await rig.wait());
  },
);

test("waits-for-clean-up", { title: { en: "waits for tasks that clean up", "zh-cn": "等任务收尾完毕" } }, async (t) => {
  const error = new Error("b failed");
  const rig = new Rig(t, {
    a: { ms: 500, cleanupMs: 30 },
    b: { ms: 20, fails: { error } },
    c: { ms: 90, obeysSignal: false },
  });
  rig.go("a", "b", "c");
  rig.judge(await rig.wait());
});

test(
  "first-error-counts",
  { title: { en: "the first error counts, whatever it is", "zh-cn": "第一个错误算数，不管它是什么" } },
  async (t) => {
    const rig = new Rig(t, {
      a: { ms: 30, obeysSignal: false, fails: { error: new Error("a failed later") } },
      b: { ms: 20, fails: { error: new Error("b failed first") } },
      c: { ms: 40, obeysSignal: false, fails: { error: new Error("c failed last") } },
    });
    rig.go("a", "b", "c");
    rig.judge(await rig.wait());
    // An error can be any value, also the AbortError of something that the task itself had given up.
    for (const error of [0, "", null, new DOMException("the task stopped itself", "AbortError")]) {
      const odd = new Rig(t, { a: { ms: 20, fails: { error } }, b: 50 });
      odd.go("a", "b");
      odd.judge(await odd.wait());
    }
  },
);

test(
  "error-before-wait",
  { title: { en: "an error that comes before anybody waits", "zh-cn": "还没有人等，错误就来了" } },
  async (t) => {
    const rig = new Rig(t, {
      a: { ms: 10, fails: { error: new Error("a failed") } },
      b: 500,
      c: { ms: 500, cleanupMs: 5 },
    });
    rig.go("a", "b", "c");
    await t.sleep(50);
    rig.judge(await rig.wait());
  },
);

test(
  "line-is-dropped",
  { title: { en: "after an error no task starts any more", "zh-cn": "出错之后不再启动任何任务" } },
  async (t) => {
    const error = new Error("b failed");
    const rig = new Rig(t, { a: { ms: 500, cleanupMs: 20 }, b: { ms: 20, fails: { error } }, c: 10, d: 10, e: 10 }, 2);
    rig.go("a", "b", "c", "d");
    const call = rig.wait();
    await t.sleep(25);
    rig.go("e");
    rig.judge(await call);
  },
);

test(
  "go-after-an-error",
  { title: { en: "`go` after an error starts nothing", "zh-cn": "出错之后的 go 不启动任何任务" } },
  async (t) => {
    const error = new Error("a failed");
    const rig = new Rig(t, {
      a: { ms: 20, fails: { error } },
      b: { ms: 60, obeysSignal: false, then: ["c"] },
      c: 10,
      d: 10,
    });
    rig.go("a", "b");
    const call = rig.wait();
    await t.sleep(30);
    rig.go("d");
    rig.judge(await call);
  },
);

/** A task that must not be started any more. */
function expectNotStarted(t: Harness, group: ErrorGroup): void {
  group.go(() =>
    t.fail("aborted-signal-unchecked", {
      en: "`go` was called when the group's signal had already aborted, and yet the task was started.",
      "zh-cn": "调用 go 时组的 signal 早已中止，任务却仍然启动了。",
    }),
  );
}

test(
  "everybody-who-waits",
  { title: { en: "everybody who waits is told, also later", "zh-cn": "每个在等的人都有结果，后来的也一样" } },
  async (t) => {
    for (const error of [undefined, new Error("a failed")]) {
      const rig = new Rig(t, { a: { ms: 20, ...(error && { fails: { error } }) }, b: 10 });
      rig.go("a", "b");
      const calls = [rig.wait(), rig.wait()];
      await t.sleep(30);
      await t.idle();
      calls.push(rig.wait());
      await t.idle();
      for (const { settled } of calls) {
        t.check(settled !== undefined, "never-settles", {
          en: "Every task has ended, and somebody still waits: `wait` was called more than once, and each call must settle.",
          "zh-cn": "任务都结束了，却还有人在等：wait 调用了不止一次，每一次都应当有结果。",
        });
        t.check(settled?.status === "rejected" || error === undefined, "error-swallowed", {
          en: "A task had failed, but one of several calls of `wait` resolved. The error is for everybody who asks, also later.",
          "zh-cn": "有任务失败了，几次 wait 当中却有一次正常完成。谁来问都要得到这个错误，后来的也一样。",
        });
        t.equal(settled?.reason, error, "first-error-lost", {
          en: "Every call of `wait` must settle alike: with the first error, or well if there was none.",
          "zh-cn": "每一次 wait 的结果都应当一样：有错就是第一个错误，没有就正常完成。",
        });
      }
      if (error === undefined) continue;
      expectNotStarted(t, rig.group);
      await t.idle();
    }
  },
);

test(
  "go-from-an-abort-listener",
  { title: { en: "a listener to the abort calls `go`", "zh-cn": "监听中止的人调用 go" }, oracle: withoutL5 },
  async (t) => {
    for (const by of ["error", "parent"] as const) {
      const parent = t.controller("the parent");
      const group = new ErrorGroup(parent.signal as unknown as AbortSignal);
      let heard = false;
      group.signal.addEventListener("abort", () => {
        heard = true;
        expectNotStarted(t, group);
      });
      const signal = group.signal as unknown as Harness["signal"];
      group.go(() => t.work({ label: "the other task", latency: 50, signal, answer: () => undefined }));
      group.go(() => (by === "error" ? Promise.reject(new Error("failed")) : Promise.resolve()));
      await t.idle();
      if (by === "parent") parent.abort(new Error("the parent gave up"));
      await t.call("wait", () => group.wait(), { signal: parent.signal });
      t.check(heard, by === "error" ? "work-still-running" : "signal-not-passed-on", {
        en: "The group's signal has not aborted.",
        "zh-cn": "组的 signal 没有中止。",
      });
    }
  },
);

test(
  "any-may-fail",
  { title: { en: "any task may fail, in every order", "zh-cn": "任何任务都可能失败，任意次序" } },
  async (t) => {
    const range = [10, 90] as const;
    const rig = new Rig(
      t,
      {
        a: { ms: range, mayFailWith: new Error("a failed") },
        b: { ms: range, mayFailWith: new Error("b failed"), cleanupMs: 20, then: ["d"] },
        c: { ms: range, mayFailWith: new Error("c failed") },
        d: 10,
      },
      2,
    );
    rig.go("a", "b", "c");
    rig.judge(await rig.wait());
  },
);

test(
  "parent-gives-up",
  { title: { en: "the parent's abort stops everything", "zh-cn": "父 signal 的中止会叫停一切" }, oracle: withoutL5 },
  async (t) => {
    const rig = new Rig(t, { a: 500, b: 10, c: { ms: 200, cleanupMs: 30 }, d: 10, e: 10 }, 2);
    rig.go("a", "b", "c", "d");
    t.after(40, () => {
      t.abort();
    });
    const call = rig.wait();
    await t.sleep(50);
    rig.go("e");
    rig.judge(await call);
  },
);

test(
  "abort-in-the-turn-of-go",
  {
    title: { en: "the parent aborts in the turn of `go`", "zh-cn": "go 之后的同一轮里父 signal 就中止" },
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, { a: 500, b: 500, c: 500 }, 2);
    rig.go("a", "b", "c");
    t.abort();
    rig.judge(await rig.wait());
  },
);

test(
  "any-reason",
  {
    title: {
      en: "a parent may abort for any reason, with or without tasks",
      "zh-cn": "父 signal 的 reason 可以是任何值，有没有任务都一样",
    },
    oracle: withoutL5,
  },
  async (t) => {
    for (const reason of [0, "", null, false]) {
      for (const names of [["a", "b"], []]) {
        const parent = t.controller("the parent");
        const rig = new Rig(t, { a: 500, b: 500 }, 2, parent.signal);
        rig.go(...names);
        await t.sleep(10);
        parent.abort(reason);
        [rig.abortedAt, rig.reason] = [t.now, reason];
        t.check(rig.group.signal.aborted, "signal-not-passed-on", {
          en: "The parent aborted, but the group's signal did not: it follows from the beginning, also while there is no task.",
          "zh-cn": "父 signal 中止了，组的 signal 却没有：从一开始就要跟随，还没有任务时也一样。",
        });
        rig.judge(await rig.wait(parent.signal));
        const late = new ErrorGroup(parent.signal as unknown as AbortSignal);
        t.check(late.signal.aborted, "aborted-signal-unchecked", {
          en: `The parent had aborted before the group was made, with ${String(reason)} as the reason, but the group's signal is not aborted. Ask \`aborted\`, not the reason.`,
          "zh-cn": `建组之前父 signal 就已中止（reason 是 ${String(reason)}），组的 signal 却没有中止。要看 aborted，而不是看 reason。`,
        });
        expectNotStarted(t, late);
        const settled = await t.call("wait", () => late.wait(), { signal: parent.signal });
        t.equal(settled.reason, reason, "reason-replaced", {
          en: "Below an aborted parent `wait` must reject with the parent's own reason, the identical value.",
          "zh-cn": "父 signal 已经中止，wait 应当以它自己的 reason 拒绝，同一个值。",
        });
      }
    }
  },
);

test(
  "idle-in-between",
  {
    title: { en: "a group that was idle still follows its parent", "zh-cn": "闲过一阵的组仍然跟随父 signal" },
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, { a: 10, b: 500 });
    rig.go("a");
    await t.sleep(20);
    rig.go("b");
    t.after(20, () => {
      t.abort();
    });
    rig.judge(await rig.wait());
  },
);

test(
  "abort-that-nobody-heeds",
  {
    title: { en: "an abort counts also where all succeed", "zh-cn": "即使全都成功，中止也算数" },
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(t, { a: { ms: 50, obeysSignal: false }, b: { ms: 60, obeysSignal: false } });
    rig.go("a", "b");
    t.after(40, () => {
      t.abort();
    });
    rig.judge(await rig.wait());
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the parent aborts at every possible moment", "zh-cn": "父 signal 在每一个可能的时刻中止" },
    cancel: "everywhere",
    oracle: withoutL5,
  },
  async (t) => {
    const rig = new Rig(
      t,
      {
        a: { ms: [10, 40], first: ["c"] },
        b: { ms: [10, 40], cleanupMs: 15 },
        c: { ms: 20, mayFailWith: new Error("c failed"), obeysSignal: false, then: ["d"] },
        d: 5,
      },
      2,
    );
    rig.go("a", "b");
    rig.judge(await rig.wait());
  },
);

test(
  "abort-and-error-in-turn",
  {
    title: { en: "an abort after an error, an error after an abort", "zh-cn": "出错之后中止，中止之后出错" },
    oracle: withoutL5,
  },
  async (t) => {
    const stubborn: Plan = { ms: 50, obeysSignal: false, fails: { error: new Error("failed") } };
    for (const [failsAt, abortsAt] of [
      [10, 30],
      [30, 10],
    ] as const) {
      const parent = t.controller("the parent");
      const rig = new Rig(t, { a: { ...stubborn, ms: failsAt }, b: stubborn }, 2, parent.signal);
      rig.go("a", "b");
      const call = rig.wait(parent.signal);
      await t.sleep(abortsAt);
      rig.abortedAt = t.now;
      rig.reason = 0;
      parent.abort(rig.reason);
      rig.judge(await call);
    }
  },
);

test(
  "aborted-parent",
  { title: { en: "below an aborted parent no task starts", "zh-cn": "父 signal 已经中止：不启动任何任务" } },
  async (t) => {
    t.abort();
    const rig = new Rig(t, { a: 10, b: 10 });
    rig.go("a", "b");
    await t.idle();
    t.check(rig.group.signal.aborted, "aborted-signal-unchecked", {
      en: "The parent had aborted before the group was made, but the group's signal is not aborted.",
      "zh-cn": "建组之前父 signal 就已中止，组的 signal 却没有中止。",
    });
    rig.judge(await rig.wait());
  },
);

test(
  "many-groups-on-one-parent",
  { title: { en: "many groups on one parent, aborted at last", "zh-cn": "许多组共用一个父 signal，最后才中止" } },
  async (t) => {
    const fails = { error: new Error("failed") };
    for (const plans of [{ a: 10, b: 20 }, { a: 20, b: { ms: 10, fails } }, {}] as readonly Plans[]) {
      const rig = new Rig(t, plans, 2);
      rig.go(...Object.keys(plans));
      const settled = await rig.wait();
      t.checkLeaks("wait");
      rig.judge(settled);
    }
    t.abort();
    await t.idle();
  },
);
