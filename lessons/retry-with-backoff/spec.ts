import { type Call, type Harness, type Latency, type WorkRecord, type Words, test } from "interleave";
import { retry } from "./exercise.ts";

/** What an attempt failed with, or what the caller gave up for: told apart by identity. */
class Trouble extends Error {
  override readonly name = "Trouble";
}

/** How one attempt goes. With no error it succeeds. */
interface AttemptPlan {
  readonly latency: Latency;
  readonly value?: unknown;
  readonly error?: unknown;
  readonly mayFailWith?: Error;
  readonly mayHang?: boolean;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  /** The caller gives up while the operation is being called: before it has returned its promise. */
  readonly abortsAtStart?: boolean;
  /** The caller gives up so many microtasks after the attempt has settled. */
  readonly abortsAfter?: number;
}

interface RetryOptions {
  readonly name?: string;
  readonly maxAttempts?: number;
  readonly baseMs?: number;
  readonly maxDelayMs?: number;
  /** Errors that another attempt would not mend. Given, it stands behind `isRetryable`. */
  readonly hopeless?: readonly unknown[];
  /** The caller gives up while `isRetryable` is being asked. */
  readonly abortsWhenAsked?: boolean;
  /** A signal of its own, which `abort` strikes. Default: the caller's. */
  readonly own?: boolean;
  /** Others draw random numbers at the same time, so none can be said to be this one's. */
  readonly sharesRandoms?: boolean;
}

/** Waits that are long, whatever Math.random gives, so that an abort meets them and the dice do not decide how. */
const long = { baseMs: 1e7, maxDelayMs: 1e8 };

/** An attempt that fails, with whatever is given: undefined is an error, too. */
function fails(latency: Latency, ...given: readonly unknown[]): AttemptPlan {
  return { latency, error: given.length > 0 ? given[0] : new Trouble("no answer") };
}

/** One call of `retry`. It plays the attempts as planned, judges each as it starts, and the outcome at the end. */
class Retried {
  readonly t: Harness;
  readonly name: string;
  readonly call: Call<unknown>;
  readonly #plans: readonly AttemptPlan[];
  readonly #options: RetryOptions;
  readonly #limits: { readonly maxAttempts: number; readonly baseMs: number; readonly maxDelayMs: number };
  readonly #own: ReturnType<Harness["controller"]> | undefined;
  readonly #startedAt: number;
  readonly #drawnBefore: number;
  /** Where its attempts stand among all works. */
  readonly #places: number[] = [];
  #ownAbortedAt: number | undefined;

  constructor(t: Harness, plans: readonly AttemptPlan[], options: RetryOptions = {}) {
    const { name = "retry", maxAttempts = 5, baseMs = 100, maxDelayMs = 1000, hopeless } = options;
    this.t = t;
    this.name = name;
    this.#plans = plans;
    this.#options = options;
    this.#limits = { maxAttempts, baseMs, maxDelayMs };
    this.#own = options.own === true ? t.controller(`the signal of ${name}`) : undefined;
    this.#startedAt = t.now;
    this.#drawnBefore = t.randoms.length;
    const signal = this.#own?.signal ?? t.signal;
    const isRetryable = (error: unknown): boolean => {
      if (options.abortsWhenAsked === true) this.abort(new Trouble("not that one"));
      return hopeless?.includes(error) !== true;
    };
    const judge = hopeless && { isRetryable };
    const run = (): Promise<unknown> =>
      retry((attempt, given) => this.#attempt(attempt, given), { ...this.#limits, signal, ...judge });
    this.call = t.call(name, run, { signal });
  }

  get attempts(): readonly WorkRecord[] {
    const { works } = this.t;
    return this.#places.flatMap((place) => works[place] ?? []);
  }

  get reason(): unknown {
    return this.#own === undefined ? this.t.reason : this.#own.signal.reason;
  }

  get abortedAt(): number | undefined {
    return this.#own === undefined ? this.t.abortedAt : this.#ownAbortedAt;
  }

  /** Aborts its own signal. */
  abort(reason: unknown): void {
    this.#ownAbortedAt = this.t.now;
    this.#own?.abort(reason);
  }

  #attempt(attempt: number, signal: AbortSignal): Promise<unknown> {
    const { t } = this;
    const place = this.#places.length;
    const before = this.attempts.at(-1);
    if (before === undefined) this.#judgeFirst();
    else this.#judgeAnother(place, before);
    t.equal(attempt, place + 1, "wrong-result", {
      en: `This is attempt ${String(place + 1)}, counted from 1, but the operation was told ${String(attempt)}.`,
      "zh-cn": `这是第 ${String(place + 1)} 次尝试，从 1 数起，传给操作的却是 ${String(attempt)}。`,
    });
    const plan = this.#plans[place] ?? { latency: 10 };
    this.#places.push(t.works.length);
    const working = t.work({
      label: `attempt ${String(place + 1)} of ${this.name}`,
      latency: plan.latency,
      signal,
      obeysSignal: plan.obeysSignal ?? true,
      cleanupMs: plan.cleanupMs ?? 0,
      mayHang: plan.mayHang ?? false,
      ...(plan.mayFailWith === undefined ? {} : { mayFailWith: plan.mayFailWith }),
      answer: () => {
        if (plan.abortsAfter !== undefined) void this.#abortSoon(plan.abortsAfter);
        if ("error" in plan) throw plan.error;
        return plan.value;
      },
    });
    if (plan.abortsAtStart === true) this.abort(new Trouble("on second thoughts"));
    return working;
  }

  async #abortSoon(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    this.abort(new Trouble("on second thoughts"));
  }

  #judgeFirst(): void {
    const { t } = this;
    t.check(t.now === this.#startedAt, "wrong-result", {
      en: "The first attempt has to start at once: there is nothing to wait for yet.",
      "zh-cn": "第一次尝试应当立刻开始：还没有什么要等的。",
    });
  }

  /** Another attempt starts: the one before must have failed in a way that is worth it, and the wait must be over. */
  #judgeAnother(place: number, before: WorkRecord): void {
    const { t, abortedAt } = this;
    const number = String(place + 1);
    const { state, endedAt } = before;
    const early = abortedAt === t.now && (state !== "failed" || t.now < this.#dueAt(place, endedAt ?? 0));
    t.check(abortedAt === undefined || (abortedAt === t.now && !early), "retried-after-abort", {
      en: `The caller gave up at ${String(abortedAt)} ms, and still attempt ${number} starts. An abort is never retried.`,
      "zh-cn": `调用方在 ${String(abortedAt)} 毫秒时放弃了，第 ${number} 次尝试却还是开始了。中止绝不重试。`,
    });
    t.check(endedAt !== undefined, "overlapping-runs", {
      en: `Attempt ${number} starts while the one before it is still at work.`,
      "zh-cn": `前一次尝试还没结束，第 ${number} 次就开始了。`,
    });
    t.check(state === "failed", "wrong-result", {
      en: `Attempt ${String(place)} succeeded, whatever value that gave, and still attempt ${number} starts.`,
      "zh-cn": `第 ${String(place)} 次尝试已经成功，不论给出什么值，可是第 ${number} 次尝试又开始了。`,
    });
    const { maxAttempts } = this.#limits;
    t.check(place < maxAttempts, "limit-exceeded", {
      en: `maxAttempts is ${String(maxAttempts)}, the first one included, and still attempt ${number} starts.`,
      "zh-cn": `maxAttempts 是 ${String(maxAttempts)}，第一次也算在内，可是第 ${number} 次尝试又开始了。`,
    });
    t.check(!this.#isHopeless(place - 1), "wrong-result", {
      en: `isRetryable said no to the error of attempt ${String(place)}, and still attempt ${number} starts.`,
      "zh-cn": `isRetryable 对第 ${String(place)} 次尝试的错误说了不，第 ${number} 次尝试却还是开始了。`,
    });
    this.#judgeWait(place, endedAt ?? 0);
  }

  #isHopeless(place: number): boolean {
    return this.#options.hopeless?.includes(this.#errorOf(place)) === true;
  }

  #errorOf(place: number): unknown {
    const plan = this.#plans[place];
    return plan !== undefined && "error" in plan ? plan.error : plan?.mayFailWith;
  }

  #ceiling(wait: number): number {
    const { baseMs, maxDelayMs } = this.#limits;
    return Math.min(maxDelayMs, baseMs * 2 ** (wait - 1));
  }

  /** Virtual ms at which the wait of this number, from 1, ends; how a delay is rounded is up to them. */
  #dueAt(wait: number, failedAt: number): number {
    const drawn = this.t.randoms[this.#drawnBefore + wait - 1] ?? 0;
    return failedAt + Math.floor(drawn * this.#ceiling(wait));
  }

  #judgeWait(wait: number, failedAt: number): void {
    const { t } = this;
    const next = String(wait + 1);
    const waited = t.now - failedAt;
    const ceiling = this.#ceiling(wait);
    if (this.#options.sharesRandoms === true) {
      t.check(waited <= ceiling + 1, "wrong-result", {
        en: `Before attempt ${next} it may wait ${String(ceiling)} ms at most, and waited ${String(waited)} ms.`,
        "zh-cn": `第 ${next} 次尝试之前最多等 ${String(ceiling)} 毫秒，实际等了 ${String(waited)} 毫秒。`,
      });
      return;
    }
    const drawn = t.randoms.slice(this.#drawnBefore);
    t.check(drawn.length >= wait, "stampede", {
      en: `Before attempt ${next} it waited ${String(waited)} ms, and drew no Math.random() for that wait. Without jitter of its own, everybody who failed together comes back together.`,
      "zh-cn": `第 ${next} 次尝试之前等了 ${String(waited)} 毫秒，却没有为这次等待取一个 Math.random()。没有各自的抖动，一起失败的就会一起回来。`,
    });
    this.#expectDraws(wait);
    const random = drawn[wait - 1] ?? 0;
    const due = random * ceiling;
    t.check(Math.abs(waited - due) <= 1, "wrong-result", {
      en: `Before attempt ${next} the ceiling is ${String(ceiling)} ms and Math.random() gave ${random.toFixed(3)}, so it has to wait ${due.toFixed(1)} ms. It waited ${String(waited)} ms.`,
      "zh-cn": `第 ${next} 次尝试之前，上限是 ${String(ceiling)} 毫秒，Math.random() 给出 ${random.toFixed(3)}，所以应当等 ${due.toFixed(1)} 毫秒，实际等了 ${String(waited)} 毫秒。`,
    });
  }

  #expectDraws(waits: number): void {
    if (this.#options.sharesRandoms === true) return;
    const drawn = this.t.randoms.length - this.#drawnBefore;
    this.t.equal(drawn, waits, "wrong-result", {
      en: `One Math.random() for each wait, and none without one. There have been ${String(waits)} waits and ${String(drawn)} numbers.`,
      "zh-cn": `每次等待取一个 Math.random()，不等就不取。等了 ${String(waits)} 次，却取了 ${String(drawn)} 个数。`,
    });
  }

  /** Once it has settled: the outcome is the last attempt's, or the caller's reason. */
  async judge(): Promise<void> {
    const { t } = this;
    const settled = await this.call;
    const last = this.attempts.at(-1);
    const gaveUp = this.abortedAt !== undefined && settled.status === "rejected" && settled.reason === this.reason;
    if (gaveUp) return;
    t.check(last !== undefined, "wrong-result", {
      en: "It settled without a single attempt.",
      "zh-cn": "一次尝试也没有，它就有了结果。",
    });
    if (settled.status === "fulfilled") this.#judgeValue(settled.value, last);
    else this.#judgeError(settled.reason, last);
    t.equal(settled.at, last?.endedAt, "wrong-result", {
      en: `Attempt ${String(this.#places.length)}, the last one, ended at ${String(last?.endedAt)} ms, and retry settled at ${String(settled.at)} ms. Nothing is left to wait for.`,
      "zh-cn": `最后一次（第 ${String(this.#places.length)} 次）尝试在 ${String(last?.endedAt)} 毫秒时结束，retry 却在 ${String(settled.at)} 毫秒时才有结果。已经没有什么要等的了。`,
    });
    if (this.abortedAt === undefined) this.#expectDraws(this.#places.length - 1);
  }

  #judgeValue(value: unknown, last: WorkRecord | undefined): void {
    const { t } = this;
    t.check(last?.state !== "failed", "error-swallowed", {
      en: "The last attempt failed, but retry resolved.",
      "zh-cn": "最后一次尝试失败了，retry 却正常完成。",
    });
    const expected = this.#plans[this.#places.length - 1]?.value;
    t.check(last?.state === "completed" && Object.is(value, expected), "wrong-result", {
      en: "retry must resolve with the value of the attempt that succeeded, as it is.",
      "zh-cn": "retry 应当以成功的那次尝试给出的值完成，原样不动。",
    });
  }

  #judgeError(reason: unknown, last: WorkRecord | undefined): void {
    const { t } = this;
    const place = this.#places.length - 1;
    t.check(last?.state === "failed" || this.abortedAt === undefined, "reason-replaced", {
      en: "The caller gave up, and retry must reject with the signal's own reason, the identical value.",
      "zh-cn": "调用方放弃了，retry 应当以 signal 自己的 reason 拒绝，同一个值。",
    });
    t.check(last?.state === "failed", "wrong-result", {
      en: "retry rejected, although the last attempt had not failed and nobody had aborted.",
      "zh-cn": "最后一次尝试没有失败，也没有人中止，retry 却拒绝了。",
    });
    const final = place + 1 === this.#limits.maxAttempts || this.#isHopeless(place);
    t.check(final || this.abortedAt === undefined, "reason-replaced", {
      en: "The caller gave up as an attempt failed that was not the last one; then the signal's own reason is what ended it.",
      "zh-cn": "一次尝试失败的同时调用方放弃了，而那并不是最后一次；结束它的就是 signal 自己的 reason。",
    });
    t.check(final, "wrong-result", {
      en: `retry gave up after attempt ${String(place + 1)} of ${String(this.#limits.maxAttempts)}, although nobody had aborted and its error was worth another one.`,
      "zh-cn": `一共可以尝试 ${String(this.#limits.maxAttempts)} 次，没有人中止，错误也值得再试，retry 却在第 ${String(place + 1)} 次之后就放弃了。`,
    });
    t.check(Object.is(reason, this.#errorOf(place)), "wrong-result", {
      en: "retry must reject with the error of the last attempt, the identical value: neither wrapped, nor an earlier one.",
      "zh-cn": "retry 应当以最后一次尝试的错误拒绝，同一个值：不要包一层，也不是更早的那个。",
    });
  }
}

test(
  "a-first-attempt-that-succeeds",
  { title: { en: "a first attempt that succeeds is the only one", "zh-cn": "第一次就成功，就只有这一次" } },
  async (t) => {
    for (const value of [{ sent: true }, undefined, null, 0, false]) {
      await new Retried(t, [{ latency: 10, value }]).judge();
      t.checkLeaks("retry");
    }
  },
);

test(
  "tries-until-it-succeeds",
  { title: { en: "after a failure it waits, then tries again", "zh-cn": "失败之后先等，再试一次" } },
  async (t) => {
    await new Retried(t, [fails(10), { latency: 10, value: "sent" }]).judge();
    t.checkLeaks("retry");
    await new Retried(t, [fails(10), fails(20), fails(5), { latency: 10, value: "sent" }]).judge();
    // Whatever an attempt fails with, it has failed.
    const odd = [fails(10, "busy"), fails(10, null), fails(5, undefined)];
    await new Retried(t, [...odd, { latency: 10, value: "sent" }]).judge();
  },
);

test(
  "gives-up-with-the-last-error",
  {
    title: {
      en: "gives up after maxAttempts, with the last error",
      "zh-cn": "到 maxAttempts 次就放弃，抛出最后的错误",
    },
  },
  async (t) => {
    const last = new Trouble("the last one");
    await new Retried(t, [fails(10), fails(10), fails(10, last)], { maxAttempts: 3 }).judge();
    t.checkLeaks("retry");
    await new Retried(t, [fails(10, last)], { maxAttempts: 1 }).judge();
    t.checkLeaks("retry");
    for (const odd of [0, undefined, null, "no answer", new DOMException("a deadline of its own", "AbortError")]) {
      await new Retried(t, [fails(10), fails(10, odd)], { maxAttempts: 2 }).judge();
    }
  },
);

test(
  "the-ceiling-doubles-up-to-the-cap",
  { title: { en: "the ceiling of the waits doubles, up to the cap", "zh-cn": "等待的上限逐次翻倍，封顶为止" } },
  async (t) => {
    const plans = Array.from({ length: 9 }, () => fails(10));
    await new Retried(t, plans, { maxAttempts: 9, baseMs: 100, maxDelayMs: 1500 }).judge();
    await new Retried(t, plans.slice(0, 3), { maxAttempts: 3, baseMs: 700, maxDelayMs: 300 }).judge();
    // So many that the power of two alone would not fit into 32 bits.
    const many = Array.from({ length: 120 }, () => fails(1));
    await new Retried(t, many, { maxAttempts: 120, baseMs: 20, maxDelayMs: 200 }).judge();
    // And a cap that is far away: the doubling does not end before it.
    await new Retried(t, many.slice(0, 24), { maxAttempts: 24, baseMs: 1, maxDelayMs: 1e8 }).judge();
  },
);

test(
  "some-errors-are-hopeless",
  { title: { en: "an error that is not retryable ends it at once", "zh-cn": "不可重试的错误，立刻结束" } },
  async (t) => {
    const unknownUser = new Trouble("no such recipient", { cause: new Trouble("404") });
    const hopeless = [unknownUser, 0, undefined, null];
    await new Retried(t, [fails(10, unknownUser)], { hopeless }).judge();
    t.checkLeaks("retry");
    await new Retried(t, [fails(10), fails(20), fails(10, unknownUser)], { hopeless }).judge();
    for (const odd of [0, undefined, null]) await new Retried(t, [fails(10, odd)], { hopeless }).judge();
    await new Retried(t, [fails(10), { latency: 10, value: "sent" }], { hopeless }).judge();
  },
);

test(
  "an-abort-error-of-its-own",
  {
    title: { en: "an AbortError of the operation's own is a failure", "zh-cn": "操作自己的 AbortError 只是普通的失败" },
  },
  async (t) => {
    const own = (name: string): DOMException => new DOMException("the attempt had a deadline of its own", name);
    const plans = [fails(10, own("AbortError")), fails(10, own("TimeoutError")), { latency: 10, value: "sent" }];
    await new Retried(t, plans).judge();
    // Also where somebody decides what is worth another attempt.
    await new Retried(t, plans, { hopeless: [new Trouble("no such recipient")] }).judge();
  },
);

test(
  "given-up-during-an-attempt",
  { title: { en: "the caller gives up during an attempt", "zh-cn": "调用方在一次尝试途中放弃" } },
  async (t) => {
    const first = new Retried(t, [{ latency: 500, mayHang: true }]);
    await t.sleep(30);
    t.abort();
    await first.judge();
    t.checkLeaks("retry");
    const second = new Retried(t, [fails(10), { latency: 5000 }], { own: true, baseMs: 20 });
    await t.sleep(100);
    second.abort(new Trouble("the second one is not wanted"));
    await second.judge();
    t.checkLeaks("retry");
    for (const reason of [0, null, ""]) {
      const third = new Retried(t, [{ latency: 500 }], { own: true });
      await t.sleep(20);
      third.abort(reason);
      await third.judge();
    }
  },
);

test(
  "given-up-during-a-wait",
  { title: { en: "the caller gives up during a wait", "zh-cn": "调用方在等待途中放弃" } },
  async (t) => {
    for (const reason of [new Trouble("not wanted"), 0, null]) {
      const waiting = new Retried(t, [fails(10)], { own: true, ...long });
      await t.sleep(20);
      waiting.abort(reason);
      await waiting.judge();
      t.checkLeaks("retry");
    }
  },
);

test(
  "given-up-before-it-began",
  { title: { en: "under an aborted signal nothing is tried", "zh-cn": "signal 已经中止，就一次也不试" } },
  async (t) => {
    t.abort();
    await new Retried(t, [{ latency: 10, value: "sent" }]).judge();
    const own = t.controller("a signal aborted with 0");
    own.abort(0);
    const limits = { maxAttempts: 3, baseMs: 10, maxDelayMs: 100 };
    await t.call(
      "retry",
      () =>
        retry(() => t.work({ label: "attempt 1", latency: 10, answer: () => 1 }), { ...limits, signal: own.signal }),
      { signal: own.signal },
    );
    t.equal(t.randoms, [], "aborted-signal-unchecked", {
      en: "The signal was aborted before the call, and still a random number was drawn for a wait.",
      "zh-cn": "调用之前 signal 就已中止，却还是为等待取了随机数。",
    });
  },
);

test(
  "given-up-at-any-moment",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t) => {
    const hopeless = [new Trouble("no such recipient")];
    const busy = new Trouble("busy");
    const plans = [
      { latency: 10, value: "sent", mayFailWith: busy },
      { latency: 10, value: "sent", mayFailWith: busy },
      fails(10, hopeless[0]),
    ];
    await new Retried(t, plans, { hopeless, maxAttempts: 4, ...long }).judge();
  },
);

test(
  "the-last-attempt-and-an-abort",
  {
    title: { en: "the last attempt and an abort, in every order", "zh-cn": "最后一次尝试与中止，各种先后" },
    cancel: "everywhere",
  },
  async (t) => {
    const plans = [fails(10), { latency: 10, value: "sent", mayFailWith: new Trouble("busy") }];
    await new Retried(t, plans, { maxAttempts: 2, ...long }).judge();
  },
);

test(
  "side-by-side",
  { title: { en: "calls side by side do not disturb each other", "zh-cn": "几个调用并排进行，互不干扰" } },
  async (t) => {
    const latency = [5, 40] as const;
    // Waits of less than a millisecond: how many orders there are must not depend on the dice.
    const shared = { sharesRandoms: true, own: true, baseMs: 1, maxDelayMs: 1 };
    const one = new Retried(t, [fails(latency), { latency: 5, value: 1 }], { ...shared, name: "retry one" });
    const two = new Retried(t, [fails(12), { latency: 9000 }], { ...shared, name: "retry two" });
    const three = new Retried(t, [fails(10), fails(15), { latency: 5, value: 3 }], {
      ...shared,
      name: "retry three",
    });
    t.after(150, () => {
      two.abort(new Trouble("the second one is not wanted"));
    });
    for (const call of [one, two, three]) await call.judge();
  },
);

test(
  "nobody-waits-for-an-attempt-given-up",
  {
    title: {
      en: "whoever gives up does not wait for the attempt to tidy up",
      "zh-cn": "放弃之后，不等那次尝试收拾完",
    },
  },
  async (t) => {
    const options = { own: true, sharesRandoms: true };
    const calls = [
      new Retried(t, [{ latency: 500, cleanupMs: 50 }], { ...options, name: "retry one" }),
      new Retried(t, [{ latency: 60, obeysSignal: false, value: "late" }], { ...options, name: "retry two" }),
      new Retried(t, [{ ...fails(60), obeysSignal: false }], { ...options, name: "retry three" }),
    ];
    await t.sleep(30);
    for (const call of calls) call.abort(new Trouble(`${call.name} is not wanted`));
    for (const call of calls) await call.judge();
    t.checkLeaks("retry");
    // What the attempts still say is heard by nobody, and starts nothing.
    await t.sleep(1500);
    t.checkLeaks("retry");
  },
);

/** The caller has given up in a moment at which one is easily deaf, and the attempt takes no notice. */
async function expectEndedAtOnce(t: Harness, retried: Retried, by: Words): Promise<void> {
  await t.idle();
  t.check(!retried.call.pending, "late-after-abort", {
    en: `The caller gave up ${by.en}, and retry has not settled: it has to notice an abort at every moment, also between two lines.`,
    "zh-cn": `调用方在${by["zh-cn"]}放弃了，retry 却没有结束：任何时刻的中止它都要察觉，哪怕落在两行代码之间。`,
  });
  await retried.judge();
}

test(
  "given-up-in-the-turn-of-the-call",
  { title: { en: "given up in the very turn of the call", "zh-cn": "刚一调用就放弃" } },
  async (t) => {
    const deaf = { latency: 60, obeysSignal: false };
    for (const plan of [
      { ...deaf, value: "late" },
      { ...fails(60), ...deaf },
    ]) {
      const retried = new Retried(t, [plan], { own: true, ...long });
      retried.abort(new Trouble("on second thoughts"));
      await expectEndedAtOnce(t, retried, { en: "in the very turn of the call", "zh-cn": "调用的同一轮里" });
      const inside = new Retried(t, [{ ...plan, abortsAtStart: true }], { own: true, ...long });
      await expectEndedAtOnce(t, inside, { en: "while the operation was being called", "zh-cn": "调用操作的途中" });
      // What the attempts still say is heard by nobody, and starts nothing.
      await t.sleep(100);
      t.checkLeaks("retry");
    }
  },
);

test(
  "given-up-right-after-an-attempt",
  { title: { en: "given up right after an attempt has ended", "zh-cn": "一次尝试刚结束就放弃" } },
  async (t) => {
    for (let abortsAfter = 0; abortsAfter < 10; abortsAfter++) {
      for (const plan of [fails(10), { latency: 10, value: "sent" }]) {
        const retried = new Retried(t, [{ ...plan, abortsAfter }], { own: true, ...long });
        await t.sleep(11);
        await expectEndedAtOnce(t, retried, { en: "right after an attempt had ended", "zh-cn": "一次尝试刚结束时" });
        t.checkLeaks("retry");
      }
    }
  },
);

test(
  "given-up-while-it-is-asked",
  { title: { en: "given up while isRetryable is asked", "zh-cn": "正在问 isRetryable 时放弃" } },
  async (t) => {
    const unknownUser = new Trouble("no such recipient");
    for (const error of [new Trouble("busy"), unknownUser]) {
      const options = { own: true, hopeless: [unknownUser], abortsWhenAsked: true, ...long };
      const retried = new Retried(t, [fails(10, error)], options);
      await t.sleep(11);
      await expectEndedAtOnce(t, retried, { en: "while isRetryable was asked", "zh-cn": "问 isRetryable 的途中" });
      t.checkLeaks("retry");
    }
  },
);
