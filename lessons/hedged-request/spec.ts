import { type Call, type Diagnosis, type Harness, type Latency, type Settled, type Words, test } from "interleave";
import { hedge } from "./exercise.ts";

/** What one attempt does. Unless said otherwise it takes for ever, obeys its signal in the same instant, and would answer. */
interface Plan {
  readonly latency?: Latency;
  readonly fails?: boolean;
  readonly mayFail?: boolean;
  readonly cleanupMs?: number;
  readonly obeysSignal?: boolean;
  /** Instead of an answer or an error of its own. */
  readonly value?: unknown;
  /** The caller gives up while the operation is being called: before it has returned its promise. */
  readonly abortsAtStart?: boolean;
  /** The caller gives up so many microtasks after this attempt has succeeded or failed. */
  readonly abortsAfter?: number;
}

/** One run of the operation, as the outside sees it. */
interface Attempt {
  readonly number: unknown;
  readonly signal: AbortSignal;
  readonly value: unknown;
  readonly error: unknown;
  readonly startedAt: number;
  /** Whether the race was over already when it started, since then or in this very instant. */
  readonly afterEnd: "no" | "just now" | "long ago";
  endedAt: number | undefined;
  how: "running" | "succeeded" | "failed" | "aborted";
}

interface Options {
  readonly hedgeAfterMs: number;
  readonly maxAttempts: number;
}

const forEver = 100_000;

/** A hedged operation and its caller. What is true is known here. */
class Rig {
  readonly t: Harness;
  readonly attempts: Attempt[] = [];
  readonly options: Options;
  readonly startedAt: number;
  readonly #plans: readonly Plan[];
  readonly #own: ReturnType<Harness["controller"]> | undefined;
  #ownAbortedAt: number | undefined;
  #call: Call<unknown> | undefined;

  /** @param own a caller of its own, whom `abort` strikes. Default: that of the test. */
  constructor(t: Harness, options: Options, plans: readonly Plan[], own?: ReturnType<Harness["controller"]>) {
    this.t = t;
    this.#own = own;
    this.options = options;
    this.#plans = plans;
    this.startedAt = t.now;
  }

  get signal(): Harness["signal"] {
    return this.#own?.signal ?? this.t.signal;
  }

  get reason(): unknown {
    return this.#own === undefined ? this.t.reason : this.#own.signal.reason;
  }

  get abortedAt(): number | undefined {
    return this.#own === undefined ? this.t.abortedAt : this.#ownAbortedAt;
  }

  /** Aborts its own signal. */
  abort(reason: unknown): void {
    this.#ownAbortedAt ??= this.t.now;
    this.#own?.abort(reason);
  }

  /** Calls the exercise, once. */
  race(): Call<unknown> {
    const t: Harness = this.t;
    const { signal } = this;
    const options = { ...this.options, signal: signal as unknown as AbortSignal };
    const operation = (own: AbortSignal, attempt: number): Promise<unknown> => this.#operate(own, attempt);
    const call = t.call("hedge", () => hedge(operation, options), { signal });
    this.#call = call;
    return call;
  }

  async #operate(signal: AbortSignal, number: number): Promise<unknown> {
    const t: Harness = this.t;
    const place = this.attempts.length;
    const plan = this.#plans[place] ?? {};
    const { latency = forEver, fails = false, mayFail = false, cleanupMs = 0, obeysSignal = true } = plan;
    const own = `attempt ${String(place + 1)}`;
    const attempt: Attempt = {
      number,
      signal,
      value: "value" in plan ? plan.value : { answer: own },
      error: "value" in plan ? plan.value : new Error(`${own} failed`),
      startedAt: t.now,
      afterEnd: this.#afterEnd(),
      endedAt: undefined,
      how: "running",
    };
    this.attempts.push(attempt);
    t.check(signal instanceof AbortSignal, "signal-not-passed-on", {
      en: `Attempt ${String(place + 1)} was given no signal, so nobody can stop it.`,
      "zh-cn": `第 ${String(place + 1)} 次尝试没有收到 signal，谁也没法让它停下。`,
    });
    // The signals of the world are those that the exercise sees.
    const passed = signal as unknown as Harness["signal"];
    const failure = new Error("fails");
    const answer = (): void => {
      if (plan.abortsAfter !== undefined) void this.#abortSoon(plan.abortsAfter);
      if (fails) throw failure;
    };
    const faults = mayFail ? { mayFailWith: failure } : {};
    try {
      const working = t.work({ label: own, latency, signal: passed, answer, cleanupMs, obeysSignal, ...faults });
      if (plan.abortsAtStart === true) this.abort(new Error("on second thoughts"));
      await working;
    } catch (thrown) {
      attempt.endedAt = t.now;
      attempt.how = thrown === failure ? "failed" : "aborted";
      throw thrown === failure ? attempt.error : thrown;
    }
    attempt.endedAt = t.now;
    attempt.how = "succeeded";
    return attempt.value;
  }

  async #abortSoon(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    this.abort(new Error("on second thoughts"));
  }

  #afterEnd(): Attempt["afterEnd"] {
    const settledAt = this.#call?.settled?.at;
    if (!this.signal.aborted && settledAt === undefined) return "no";
    return (settledAt ?? this.abortedAt) === this.t.now ? "just now" : "long ago";
  }

  /** Virtual ms since the call. */
  get now(): number {
    return this.t.now - this.startedAt;
  }

  /** Up to a moment, counted from the call; then everything that is due has happened. */
  async until(ms: number): Promise<void> {
    await this.t.sleep(ms - this.now);
    await this.t.idle();
  }

  /** By now exactly so many attempts must have started, the last of them at a moment counted from the call. */
  async expectStarts(count: number, at: number, why: Words): Promise<void> {
    const t: Harness = this.t;
    const { length } = this.attempts;
    t.check(length <= this.options.maxAttempts, "limit-exceeded", this.#tooMany());
    t.check(length <= count, length === this.options.maxAttempts && this.now < 1 ? "stampede" : "deadline-missed", {
      en: `${String(length)} attempts had started ${String(this.now)} ms after the call; only ${String(count)} were due. The next hedge is due hedgeAfterMs after the latest start.`,
      "zh-cn": `调用之后 ${String(this.now)} 毫秒，已经启动了 ${String(length)} 次尝试，而应当只有 ${String(count)} 次。下一次对冲要等到最近一次启动之后的 hedgeAfterMs。`,
    });
    if (length < count) {
      await this.until(at + 3 * this.options.hedgeAfterMs + 1);
      this.#late(count, at, why);
    }
    const last = this.attempts[count - 1];
    t.equal((last?.startedAt ?? 0) - this.startedAt, at, "deadline-missed", startWords(count, why));
  }

  #late(count: number, at: number, why: Words): never {
    const started = this.attempts[count - 1];
    const when = started === undefined ? undefined : String(started.startedAt - this.startedAt);
    const never: Diagnosis = this.options.maxAttempts > 1 && count === 2 ? "serial-not-parallel" : "limit-not-reached";
    this.t.fail(when === undefined ? never : "deadline-missed", {
      en: `Attempt ${String(count)} was due ${String(at)} ms after the call, ${why.en}, but it started ${when === undefined ? "not at all" : `at ${when} ms`}.`,
      "zh-cn": `${why["zh-cn"]}，第 ${String(count)} 次尝试应当在调用之后 ${String(at)} 毫秒启动，却${when === undefined ? "没有启动" : `到 ${when} 毫秒才启动`}。`,
    });
  }

  #tooMany(): Words {
    return {
      en: `maxAttempts is ${String(this.options.maxAttempts)}, but ${String(this.attempts.length)} attempts were started. The first one counts, too.`,
      "zh-cn": `maxAttempts 是 ${String(this.options.maxAttempts)}，却启动了 ${String(this.attempts.length)} 次尝试。第一次也算在内。`,
    };
  }

  /** A call that has settled, in any schedule: every attempt started when it was due, and the outcome is the right one. */
  judge(settled: Settled<unknown>): void {
    const t: Harness = this.t;
    t.check(this.attempts.length <= this.options.maxAttempts, "limit-exceeded", this.#tooMany());
    t.equal(
      this.attempts.map(({ number }) => number),
      this.attempts.map((_, index) => index + 1),
      "wrong-result",
      {
        en: "Each attempt is told its number, and the first is number 1.",
        "zh-cn": "每次尝试都会被告知自己是第几次，第一次是 1。",
      },
    );
    // In the very instant of the end a start may have been under way; then its signal has aborted by now.
    const late = this.attempts.findIndex(
      ({ afterEnd, signal }) => afterEnd === "long ago" || (afterEnd === "just now" && !signal.aborted),
    );
    t.check(late < 0, this.abortedAt === undefined ? "work-still-running" : "retried-after-abort", {
      en: `Attempt ${String(late + 1)} was started when the race was over already.`,
      "zh-cn": `第 ${String(late + 1)} 次尝试启动时，这场竞赛已经结束了。`,
    });
    this.#judgeOutcome(settled);
    this.#judgeStarts(settled.at);
    t.checkLeaks("hedge");
  }

  #judgeOutcome(settled: Settled<unknown>): void {
    const t: Harness = this.t;
    const { at } = settled;
    if (settled.status === "rejected" && this.abortedAt === at && settled.reason === this.reason) return;
    const winners = this.attempts.filter(({ how }) => how === "succeeded");
    const first = Math.min(...winners.map(({ endedAt }) => endedAt ?? at));
    if (settled.status === "rejected") {
      t.check(winners.length === 0 || (this.abortedAt !== undefined && first > this.abortedAt), "wrong-result", {
        en: "One of the attempts succeeded, but hedge rejected. A failure matters only when all have failed.",
        "zh-cn": "有一次尝试成功了，hedge 却拒绝了。只有全部失败，失败才算数。",
      });
      this.#judgeFailure(settled.reason);
      return;
    }
    t.check(winners.length > 0, "error-swallowed", {
      en: "No attempt succeeded, but hedge resolved.",
      "zh-cn": "没有一次尝试成功，hedge 却正常完成了。",
    });
    const winner = winners.find(({ value, endedAt }) => Object.is(value, settled.value) && endedAt === first);
    t.check(winner !== undefined, "wrong-result", {
      en: "hedge must resolve with what the first successful attempt answered, the identical value.",
      "zh-cn": "hedge 的结果应当是最先成功的那次尝试的答复，同一个值。",
    });
    t.equal(at, first, "deadline-missed", {
      en: "hedge must settle in the instant of the first success, without waiting for anybody (virtual ms).",
      "zh-cn": "第一次成功的那一刻，hedge 就应当完成，不等任何人（虚拟毫秒）。",
    });
    t.check(winner?.signal.aborted !== true || this.signal.aborted, "one-cancels-all", {
      en: "The winner's own signal was aborted, too. What it answered may have a body that is still to be read.",
      "zh-cn": "胜出者自己的 signal 也被中止了。它的答复可能还有响应体没读。",
    });
  }

  #judgeFailure(reason: unknown): void {
    const t: Harness = this.t;
    const { attempts, options } = this;
    const running = attempts.filter(({ how }) => how !== "failed").length;
    t.check(running === 0 && attempts.length === options.maxAttempts, "wrong-result", {
      en: `hedge rejected after ${String(attempts.length - running)} failures, but there may be ${String(options.maxAttempts)} attempts: it gives up only when all of them have failed.`,
      "zh-cn": `失败了 ${String(attempts.length - running)} 次，hedge 就拒绝了，可一共可以尝试 ${String(options.maxAttempts)} 次：全部失败了才放弃。`,
    });
    if (!(reason instanceof AggregateError)) {
      t.fail("error-swallowed", {
        en: "All attempts failed: hedge must reject with an AggregateError that has the error of each.",
        "zh-cn": "全部尝试都失败了：hedge 应当以 AggregateError 拒绝，其中包含每一次的错误。",
      });
    }
    const errors = attempts.map(({ error }) => error);
    const seen = [...(reason.errors as unknown[])];
    const sameSet = seen.length === errors.length && errors.every((error) => seen.includes(error));
    t.equal(seen, errors, sameSet ? "order-lost" : "error-swallowed", {
      en: "The AggregateError must have the error of every attempt, in the order of the attempts.",
      "zh-cn": "AggregateError 里应当有每一次尝试的错误，按尝试的先后排列。",
    });
  }

  /** Replays what was due, and compares. Where a failure and the timer fall into one instant, either may come first. */
  #judgeStarts(settledAt: number): void {
    const { hedgeAfterMs, maxAttempts } = this.options;
    const starts = this.attempts.map(({ startedAt }) => startedAt);
    const failures = this.attempts
      .filter(({ how }) => how === "failed")
      .map(({ endedAt }) => endedAt ?? settledAt)
      .sort((one, other) => one - other);
    let latest = this.startedAt;
    let started = 1;
    // A failure in the very instant in which the timer was due: the timer may have started one before that.
    let tie: number | undefined;
    while (started < maxAttempts) {
      const due = latest + hedgeAfterMs;
      const failed = failures[0] ?? Number.POSITIVE_INFINITY;
      if (tie !== undefined && failed !== tie) {
        if (starts[started] === tie) started++;
        tie = undefined;
        continue;
      }
      const at = Math.min(due, failed);
      if (at > settledAt) break;
      // In the very instant of the end it may have come before that, or not any more.
      if (at === settledAt && starts[started] === undefined) return;
      const why = failed < due ? afterFailure : afterPause;
      this.t.equal(starts[started], at, "deadline-missed", startWords(started + 1, why));
      started++;
      if (failed === at) failures.shift();
      if (failed === due) tie = at;
      latest = at;
    }
    this.t.check(starts.length <= started, "deadline-missed", {
      en: `Attempt ${String(started + 1)} started ${String((starts[started] ?? 0) - latest)} ms after the latest start, which is neither hedgeAfterMs nor the instant of a failure.`,
      "zh-cn": `第 ${String(started + 1)} 次尝试在最近一次启动之后 ${String((starts[started] ?? 0) - latest)} 毫秒时启动，既不到 hedgeAfterMs，也没有哪次尝试恰好失败。`,
    });
  }
}

function startWords(count: number, why: Words): Words {
  return {
    en: `Attempt ${String(count)} must start ${why.en} (virtual ms).`,
    "zh-cn": `第 ${String(count)} 次尝试应当在${why["zh-cn"]}时启动（虚拟毫秒）。`,
  };
}

const afterPause: Words = { en: "hedgeAfterMs after the latest start", "zh-cn": "最近一次启动之后 hedgeAfterMs" };
const afterFailure: Words = { en: "in the instant of a failure", "zh-cn": "一次尝试失败的那一刻" };

test(
  "quick-enough",
  { title: { en: "a quick answer needs no hedge", "zh-cn": "答复够快就不用对冲" } },
  async (t: Harness) => {
    // Whatever an operation resolves with is a success.
    const odd = [null, 0, "", false].map((value) => ({ latency: 10, value }));
    for (const plan of [{ latency: 30 }, { latency: 49, value: undefined }, ...odd]) {
      const rig = new Rig(t, { hedgeAfterMs: 50, maxAttempts: 3 }, [plan]);
      const call = rig.race();
      await t.idle();
      t.check(rig.attempts.length > 0, "wrong-result", {
        en: "The first attempt must start at once.",
        "zh-cn": "第一次尝试应当立刻启动。",
      });
      await rig.expectStarts(1, 0, { en: "at once", "zh-cn": "立刻" });
      rig.judge(await call);
    }
  },
);

test(
  "hedges-when-it-is-slow",
  { title: { en: "a slow attempt gets company", "zh-cn": "慢了就再派一个" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 50, maxAttempts: 3 }, [{}, {}, { latency: 30 }]);
    const call = rig.race();
    await rig.until(49);
    await rig.expectStarts(1, 0, { en: "at once", "zh-cn": "立刻" });
    await rig.until(51);
    await rig.expectStarts(2, 50, afterPause);
    await rig.until(101);
    await rig.expectStarts(3, 100, afterPause);
    rig.judge(await call);
    await t.sleep(200);
    rig.judge(await call);
    const many = Array.from({ length: 11 }, (): Plan => ({}));
    const patient = new Rig(t, { hedgeAfterMs: 10, maxAttempts: 12 }, [...many, { latency: 5 }]);
    const last = patient.race();
    await patient.until(111);
    await patient.expectStarts(12, 110, afterPause);
    patient.judge(await last);
  },
);

test(
  "the-first-may-still-win",
  { title: { en: "whoever is first wins, the others are stopped", "zh-cn": "谁先到谁赢，其余的停下" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 20, maxAttempts: 4 }, [{ latency: 70 }, {}, { latency: 500 }, {}]);
    const call = rig.race();
    rig.judge(await call);
    await t.sleep(600);
    rig.judge(await call);
  },
);

test(
  "never-more-than-max",
  { title: { en: "never more than maxAttempts", "zh-cn": "绝不超过 maxAttempts 次" } },
  async (t: Harness) => {
    for (const maxAttempts of [1, 2]) {
      const rig = new Rig(t, { hedgeAfterMs: 10, maxAttempts }, [{ latency: 100 }, {}]);
      const call = rig.race();
      await rig.until(50);
      await rig.expectStarts(maxAttempts, (maxAttempts - 1) * 10, afterPause);
      rig.judge(await call);
    }
  },
);

test(
  "the-response-stays-readable",
  { title: { en: "the winner's response can still be read", "zh-cn": "胜出者的响应体还能读" } },
  async (t: Harness) => {
    t.route("https://replica-1.example/", { latency: 500, body: "one" });
    t.route("https://replica-2.example/", { latency: 20, bodyLatency: 40, body: "two" });
    const signal = t.signal as unknown as AbortSignal;
    const operation = (own: AbortSignal, attempt: number): Promise<globalThis.Response> =>
      fetch(`https://replica-${String(attempt)}.example/`, { signal: own });
    const settled = await t.call("hedge", () => hedge(operation, { hedgeAfterMs: 30, maxAttempts: 2, signal }), {
      signal: t.signal,
    });
    const response = settled.value;
    if (response === undefined) {
      t.fail("wrong-result", {
        en: "The second replica answered, but hedge rejected.",
        "zh-cn": "第二个副本答复了，hedge 却拒绝了。",
      });
    }
    const text = await response.text().catch(() => undefined);
    t.check(text !== undefined, "one-cancels-all", {
      en: "The winning response came, but its body could not be read: its signal was aborted with those of the losers.",
      "zh-cn": "胜出的响应到了，响应体却读不出来：它的 signal 跟着落败者一起被中止了。",
    });
    t.equal(text, "two", "deadline-missed", {
      en: "The first replica needs 500 ms; a hedge sent at 30 ms would have been answered by the second one at 50 ms.",
      "zh-cn": "第一个副本要 500 毫秒；30 毫秒时发出对冲，第二个副本 50 毫秒就能答复。",
    });
  },
);

test(
  "a-failure-starts-the-next",
  { title: { en: "a failure starts the next one at once", "zh-cn": "一失败就立刻启动下一个" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 50, maxAttempts: 4 }, [
      { latency: 10, fails: true },
      {},
      {},
      { latency: 10 },
    ]);
    const call = rig.race();
    await rig.until(11);
    t.check(call.pending, "wrong-result", {
      en: "The first attempt failed and hedge settled, although there may be three more.",
      "zh-cn": "第一次尝试失败，hedge 就结束了，可还有三次机会。",
    });
    await rig.expectStarts(2, 10, afterFailure);
    // The pause counts from the latest start, so the next one is due at 60 ms and not at 50.
    await rig.until(59);
    await rig.expectStarts(2, 10, afterFailure);
    await rig.until(61);
    await rig.expectStarts(3, 60, afterPause);
    rig.judge(await call);
  },
);

test(
  "a-failure-while-others-run",
  { title: { en: "a failure starts one more while others run", "zh-cn": "别的还在跑，失败也要补一个" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 50, maxAttempts: 5 }, [
      { latency: 150 },
      { latency: 10, fails: true },
      { latency: 20, fails: true },
      {},
    ]);
    const call = rig.race();
    await rig.until(61);
    await rig.expectStarts(3, 60, afterFailure);
    await rig.until(81);
    await rig.expectStarts(4, 80, afterFailure);
    await rig.until(129);
    await rig.expectStarts(4, 80, afterFailure);
    rig.judge(await call);
    // An old attempt fails, and later two of them in one instant: one more for each.
    const worse = new Rig(t, { hedgeAfterMs: 80, maxAttempts: 6 }, [
      { latency: 100, fails: true },
      { latency: 70, fails: true },
      { latency: 50, fails: true },
      { latency: 90 },
      { latency: 20 },
    ]);
    const settled = worse.race();
    await worse.until(101);
    await worse.expectStarts(3, 100, afterFailure);
    await worse.until(151);
    await worse.expectStarts(5, 150, afterFailure);
    worse.judge(await settled);
  },
);

test(
  "all-of-them-fail",
  { title: { en: "when all fail, all errors in order", "zh-cn": "全部失败：所有错误，按次序" } },
  async (t: Harness) => {
    const plans: readonly Plan[][] = [
      [
        { latency: 100, fails: true },
        { latency: 30, fails: true },
        { latency: 50, fails: true },
      ],
      [
        { latency: 10, fails: true, value: undefined },
        { latency: 10, fails: true, value: 0 },
      ],
      [{ latency: 70, fails: true }],
      [
        { latency: 10, fails: true, value: null },
        { latency: 10, fails: true, value: new DOMException("a deadline of its own", "AbortError") },
        { latency: 10, fails: true, value: "busy" },
      ],
    ];
    for (const each of plans) {
      const rig = new Rig(t, { hedgeAfterMs: 20, maxAttempts: each.length }, each);
      rig.judge(await rig.race());
    }
  },
);

test(
  "losers-are-not-waited-for",
  { title: { en: "nobody waits for the losers", "zh-cn": "不等落败者" } },
  async (t: Harness) => {
    // There may be one more attempt, which nobody needs: a loser's late error is no reason to start it.
    const rig = new Rig(t, { hedgeAfterMs: 10, maxAttempts: 5 }, [
      { latency: 200, obeysSignal: false },
      { latency: 300, obeysSignal: false, fails: true },
      { cleanupMs: 40 },
      { latency: 8 },
    ]);
    const call = rig.race();
    await rig.until(39);
    t.check(!call.pending, "deadline-missed", {
      en: "An attempt succeeded at 38 ms, but hedge still waits for the others.",
      "zh-cn": "有一次尝试在 38 毫秒时成功了，hedge 却还在等其他的。",
    });
    rig.judge(await call);
    // Late answers and late errors change nothing any more.
    await t.sleep(400);
    rig.judge(await call);
  },
);

test(
  "every-order",
  { title: { en: "every order of answers, failures and hedges", "zh-cn": "答复、失败与对冲的每一种次序" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 30, maxAttempts: 3 }, [
      { latency: [10, 90], mayFail: true },
      { latency: [10, 60], mayFail: true },
      { latency: [10, 40], mayFail: true },
    ]);
    rig.judge(await rig.race());
  },
);

test(
  "in-one-instant",
  { title: { en: "answer, failure and hedge in one instant", "zh-cn": "答复、失败与对冲落在同一时刻" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 30, maxAttempts: 4 }, [
      { latency: 60 },
      { latency: 30, fails: true },
      { latency: 0, mayFail: true },
      {},
    ]);
    rig.judge(await rig.race());
  },
);

test(
  "already-aborted",
  { title: { en: "an aborted signal: starts nothing", "zh-cn": "signal 已经中止：什么都不启动" } },
  async (t: Harness) => {
    t.abort();
    const rig = new Rig(t, { hedgeAfterMs: 30, maxAttempts: 3 }, [{ latency: 10 }]);
    await rig.race();
    t.check(rig.attempts.length === 0, "aborted-signal-unchecked", {
      en: "The caller's signal was aborted before the call, yet an attempt was started.",
      "zh-cn": "调用之前 signal 就已中止，却仍然启动了尝试。",
    });
  },
);

test(
  "the-caller-gives-up",
  { title: { en: "an abort ends all attempts and starts no more", "zh-cn": "中止会结束所有尝试，也不再启动新的" } },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 10, maxAttempts: 4 }, [{}, { cleanupMs: 50 }, {}]);
    const call = rig.race();
    await rig.until(25);
    t.abort();
    await t.idle();
    const again = rig.attempts.length > 3;
    t.check(!again, "retried-after-abort", {
      en: "The caller aborted. The attempts failed because of that, and another one was started in their place.",
      "zh-cn": "调用方中止了。几次尝试因此失败，却又启动了一次来顶替。",
    });
    rig.judge(await call);
    await t.sleep(100);
    rig.judge(await call);
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const rig = new Rig(t, { hedgeAfterMs: 20, maxAttempts: 4 }, [
      { latency: [50, 90] },
      { latency: 15, fails: true },
      { cleanupMs: 10 },
      { latency: [10, 30], mayFail: true },
    ]);
    rig.judge(await rig.race());
  },
);

test(
  "one-signal-many-calls",
  { title: { en: "one signal for many calls, aborted at last", "zh-cn": "一个 signal 用于多次调用，最后才中止" } },
  async (t: Harness) => {
    const races: (readonly [Rig, Settled<unknown>])[] = [];
    for (const plans of [
      [{ latency: 10 }],
      [{}, { latency: 10 }],
      [
        { latency: 10, fails: true },
        { latency: 30, fails: true },
        { latency: 10, fails: true },
      ],
      [{ latency: 10, fails: true }, {}, { latency: 5 }],
    ]) {
      const rig = new Rig(t, { hedgeAfterMs: 20, maxAttempts: 3 }, plans);
      const settled = await rig.race();
      rig.judge(settled);
      races.push([rig, settled]);
    }
    t.abort();
    await t.sleep(100);
    for (const [rig, settled] of races) {
      t.equal(settled.value, rig.attempts.find(({ how }) => how === "succeeded")?.value, "wrong-result", {
        en: "An abort after the answer must change nothing.",
        "zh-cn": "答复之后的中止不能改变任何事。",
      });
    }
  },
);

test(
  "any-reason-is-a-reason",
  { title: { en: "given up for any reason, even 0", "zh-cn": "放弃的原因可以是任何值，0 也行" } },
  async (t: Harness) => {
    for (const reason of [0, null, ""]) {
      const rig = new Rig(t, { hedgeAfterMs: 10, maxAttempts: 3 }, [{}, {}], t.controller("the caller's signal"));
      const call = rig.race();
      await rig.until(15);
      rig.abort(reason);
      rig.judge(await call);
      const late = new Rig(t, rig.options, [{ latency: 10 }], t.controller("an aborted signal"));
      late.abort(reason);
      await late.race();
    }
  },
);

/** The caller has given up in a moment in which one is easily deaf. */
async function expectEndedAtOnce(rig: Rig, call: Call<unknown>, by: Words): Promise<void> {
  const t: Harness = rig.t;
  await t.idle();
  t.check(!call.pending, "late-after-abort", {
    en: `The caller gave up ${by.en}, and hedge has not settled: it has to notice an abort at every moment, also between two lines.`,
    "zh-cn": `调用方在${by["zh-cn"]}放弃了，hedge 却没有结束：任何时刻的中止它都要察觉，哪怕落在两行代码之间。`,
  });
  rig.judge(await call);
  await t.sleep(100);
  rig.judge(await call);
}

test(
  "given-up-in-the-turn-of-a-start",
  { title: { en: "given up in the very turn of a start", "zh-cn": "刚启动就放弃" } },
  async (t: Harness) => {
    const options = { hedgeAfterMs: 20, maxAttempts: 4 };
    const race = (...plans: readonly Plan[]): readonly [Rig, Call<unknown>] => {
      const rig = new Rig(t, options, plans, t.controller("the caller's signal"));
      return [rig, rig.race()];
    };
    for (const plan of [{}, { latency: 60, fails: true }, { latency: 60, obeysSignal: false }]) {
      const [rig, call] = race(plan);
      rig.abort(new Error("on second thoughts"));
      await expectEndedAtOnce(rig, call, { en: "in the very turn of the call", "zh-cn": "调用的同一轮里" });
      for (const before of [[], [{}], [{ latency: 10, fails: true }]]) {
        const [other, pending] = race(...before, { ...plan, abortsAtStart: true });
        await t.sleep(21);
        await expectEndedAtOnce(other, pending, {
          en: "while the operation was being called",
          "zh-cn": "调用操作的途中",
        });
      }
    }
  },
);

test(
  "given-up-right-after-an-attempt",
  { title: { en: "given up right after an attempt has ended", "zh-cn": "一次尝试刚结束就放弃" } },
  async (t: Harness) => {
    for (let abortsAfter = 0; abortsAfter < 10; abortsAfter++) {
      for (const fails of [true, false]) {
        const plans = [{ latency: 10, fails, abortsAfter }];
        const rig = new Rig(t, { hedgeAfterMs: 50, maxAttempts: 3 }, plans, t.controller("the caller's signal"));
        const call = rig.race();
        await rig.until(11);
        await expectEndedAtOnce(rig, call, { en: "right after an attempt had ended", "zh-cn": "一次尝试刚结束时" });
      }
    }
  },
);

test(
  "side-by-side",
  { title: { en: "races side by side do not disturb each other", "zh-cn": "几场竞赛同时进行，互不干扰" } },
  async (t: Harness) => {
    const answered = new Rig(t, { hedgeAfterMs: 30, maxAttempts: 3 }, [{}, {}, { latency: 41 }]);
    const leaving = new Rig(t, { hedgeAfterMs: 13, maxAttempts: 9 }, [{}, {}, {}], t.controller("who leaves"));
    const failing = new Rig(t, { hedgeAfterMs: 50, maxAttempts: 3 }, [
      { latency: 17, fails: true },
      { latency: 66, fails: true },
      { latency: 72 },
    ]);
    const rigs = [answered, leaving, failing];
    const calls = rigs.map((rig) => rig.race());
    t.after(33, () => {
      leaving.abort(new Error("one caller left"));
    });
    for (const call of calls) await call;
    for (const [place, rig] of rigs.entries()) {
      const settled = calls[place]?.settled;
      if (settled !== undefined) rig.judge(settled);
    }
  },
);
