import { type Call, type Harness, type Latency, type Settled, type WorkRecord, type Words, test } from "interleave";
import { pollUntil, sleep } from "./exercise.ts";

/** What a caller gave up for, or what a check failed with: told apart by identity. */
class Trouble extends Error {
  override readonly name = "Trouble";
}

/** Where a delay was rounded up, a timer may be late by less than a millisecond. */
function onTime(at: number, due: number): boolean {
  return at >= due && at < due + 1;
}

/** One sleep under the caller's signal, or under the one that is given. */
function nap(t: Harness, time: number, signal: Harness["signal"] = t.signal): Call<void> {
  return t.call(`sleep(${String(time)})`, () => sleep(time, signal), { signal });
}

/** It resolved, and when it was due. */
function expectRested(t: Harness, settled: Settled<void>, due: number): void {
  t.check(settled.status === "fulfilled", "wrong-result", {
    en: "sleep rejected, although nobody had aborted.",
    "zh-cn": "没有人中止，sleep 却拒绝了。",
  });
  t.check(onTime(settled.at, due), "wrong-result", {
    en: `The sleep was due to end at ${String(due)} ms, and ended at ${String(settled.at)} ms.`,
    "zh-cn": `这次 sleep 应当在 ${String(due)} 毫秒时结束，实际上在 ${String(settled.at)} 毫秒时结束。`,
  });
}

/** How one check goes. With neither an answer nor an error it answers undefined: not yet. */
interface CheckPlan {
  readonly latency: Latency;
  readonly answer?: unknown;
  readonly error?: unknown;
  readonly mayFailWith?: Error;
  readonly mayHang?: boolean;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  /** The signal aborts while the check is being called: before it has returned its promise. */
  readonly abortsAtStart?: boolean;
  /** The signal aborts so many microtasks after the check has settled. */
  readonly abortsAfter?: number;
}

interface PollOptions {
  readonly name?: string;
  readonly everyMs?: number;
  /** A signal of its own, which `abort` strikes. Default: the caller's. */
  readonly own?: boolean;
  /** Its own signal has been aborted for this, before the call. */
  readonly abortedFor?: unknown;
}

/** One poll. It plays the checks as planned, judges each as it starts, and the outcome at the end. */
class Poll {
  readonly t: Harness;
  readonly everyMs: number;
  readonly name: string;
  readonly call: Call<unknown>;
  readonly #plans: readonly CheckPlan[];
  readonly #startedAt: number;
  readonly #own: ReturnType<Harness["controller"]> | undefined;
  readonly #born: "live" | "aborted";
  /** Where its checks stand among all works. */
  readonly #places: number[] = [];
  #ownAbortedAt: number | undefined;

  constructor(t: Harness, plans: readonly CheckPlan[], options: PollOptions = {}) {
    const { name = "pollUntil", everyMs = 25, own } = options;
    this.t = t;
    this.name = name;
    this.everyMs = everyMs;
    this.#plans = plans;
    this.#startedAt = t.now;
    this.#own = own === true ? t.controller(`the signal of ${name}`) : undefined;
    if ("abortedFor" in options) this.abort(options.abortedFor);
    const signal = this.#own?.signal ?? t.signal;
    this.#born = signal.aborted ? "aborted" : "live";
    const run = (): Promise<unknown> => pollUntil((given) => this.#check(given), { everyMs, signal });
    this.call = t.call(name, run, { signal });
  }

  get checks(): readonly WorkRecord[] {
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

  #check(signal: AbortSignal): Promise<unknown> {
    const { t } = this;
    const place = this.#places.length;
    this.#judgeStart(place);
    const plan = this.#plans[place] ?? { latency: 10 };
    this.#places.push(t.works.length);
    const working = t.work({
      label: `check ${String(place + 1)} of ${this.name}`,
      latency: plan.latency,
      signal,
      obeysSignal: plan.obeysSignal ?? true,
      cleanupMs: plan.cleanupMs ?? 0,
      mayHang: plan.mayHang ?? false,
      ...(plan.mayFailWith === undefined ? {} : { mayFailWith: plan.mayFailWith }),
      answer: () => {
        if (plan.abortsAfter !== undefined) void this.#abortSoon(plan.abortsAfter);
        if ("error" in plan) throw plan.error;
        return plan.answer;
      },
    });
    if (plan.abortsAtStart === true) this.abort(new Trouble("whoever asked is gone"));
    return working;
  }

  async #abortSoon(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    this.abort(new Trouble("whoever asked is gone"));
  }

  #judgeStart(place: number): void {
    const { t, abortedAt } = this;
    const number = String(place + 1);
    if (this.#born === "live") {
      t.check(abortedAt === undefined || t.now <= abortedAt, "work-still-running", {
        en: `The signal aborted at ${String(abortedAt)} ms, and at ${String(t.now)} ms check ${number} starts all the same, for nobody.`,
        "zh-cn": `signal 在 ${String(abortedAt)} 毫秒时中止了，${String(t.now)} 毫秒时却还是开始了第 ${number} 次检查，已经没有人要它的结果。`,
      });
    }
    const before = this.checks.at(-1);
    if (before === undefined) {
      t.check(t.now === this.#startedAt, "wrong-result", {
        en: "The first check has to start at once: perhaps there is nothing to wait for.",
        "zh-cn": "第一次检查应当立刻开始：也许根本不用等。",
      });
      return;
    }
    this.#judgeAnother(place, before);
  }

  /** Another check starts: the one before must have ended with "not yet", and the wait must be over. */
  #judgeAnother(place: number, before: WorkRecord): void {
    const { t, everyMs } = this;
    const [number, last] = [String(place + 1), String(place)];
    const { state, endedAt } = before;
    t.check(endedAt !== undefined, "overlapping-runs", {
      en: `Check ${number} starts while check ${last} is still at work. Never two at a time, however slow they are.`,
      "zh-cn": `第 ${last} 次检查还没结束，第 ${number} 次就开始了。无论多慢，都不能同时有两次检查。`,
    });
    t.check(state !== "failed", "error-swallowed", {
      en: `Check ${last} failed, and that ends the poll. Instead, check ${number} starts.`,
      "zh-cn": `第 ${last} 次检查失败了，轮询就该结束。可是第 ${number} 次检查又开始了。`,
    });
    const { answer } = this.#plans[place - 1] ?? {};
    t.check(answer === undefined, "wrong-result", {
      en: `Check ${last} answered ${JSON.stringify(answer)}, and only undefined means "not yet". Instead, check ${number} starts.`,
      "zh-cn": `第 ${last} 次检查的答案是 ${JSON.stringify(answer)}，只有 undefined 才表示“还没有”。可是第 ${number} 次检查又开始了。`,
    });
    t.check(onTime(t.now, (endedAt ?? 0) + everyMs), "wrong-result", {
      en: `Check ${last} ended at ${String(endedAt)} ms and everyMs is ${String(everyMs)}, but check ${number} starts at ${String(t.now)} ms. The wait lasts from the end of one check to the start of the next.`,
      "zh-cn": `第 ${last} 次检查在 ${String(endedAt)} 毫秒时结束，everyMs 是 ${String(everyMs)}，第 ${number} 次检查却在 ${String(t.now)} 毫秒时开始。等待应当从一次检查结束算到下一次开始。`,
    });
  }

  /** Once it has settled: the outcome is the last check's, or the caller's reason. */
  async judge(): Promise<void> {
    const settled = await this.call;
    const last = this.checks.at(-1);
    if (settled.status === "fulfilled") this.#judgeAnswer(settled, last);
    else this.#judgeRejection(settled.reason, settled.at, last);
  }

  #judgeAnswer({ value, at }: { readonly value: unknown; readonly at: number }, last: WorkRecord | undefined): void {
    const { t } = this;
    t.check(last?.state !== "failed", "error-swallowed", {
      en: "The last check failed, but the poll resolved.",
      "zh-cn": "最后一次检查失败了，轮询却正常完成。",
    });
    const { answer } = this.#plans[this.#places.length - 1] ?? {};
    t.check(last?.state === "completed" && answer !== undefined, "wrong-result", {
      en: "The poll resolved, but no check had given an answer yet.",
      "zh-cn": "轮询完成了，可还没有哪次检查给出答案。",
    });
    t.check(Object.is(value, answer), "wrong-result", {
      en: "The poll must resolve with the first answer that is not undefined.",
      "zh-cn": "轮询应当以第一个不是 undefined 的答案完成。",
    });
    t.equal(at, last?.endedAt, "wrong-result", {
      en: `The answer was there at ${String(last?.endedAt)} ms; the poll must resolve then, not at ${String(at)} ms.`,
      "zh-cn": `答案在 ${String(last?.endedAt)} 毫秒时就有了，轮询应当在那时完成，而不是 ${String(at)} 毫秒。`,
    });
  }

  #judgeRejection(reason: unknown, at: number, last: WorkRecord | undefined): void {
    const t: Harness = this.t; // with its type, so that the compiler knows where fail ends
    if (this.abortedAt !== undefined && reason === this.reason) return;
    const plan = this.#plans[this.#places.length - 1];
    if (last?.state !== "failed") {
      t.check(this.abortedAt === undefined, "reason-replaced", {
        en: "The poll was aborted, and must reject with the signal's own reason, the identical value.",
        "zh-cn": "轮询被中止了，应当以 signal 自己的 reason 拒绝，同一个值。",
      });
      t.fail("wrong-result", {
        en: "The poll rejected, although no check had failed and nobody had aborted.",
        "zh-cn": "没有哪次检查失败，也没有人中止，轮询却拒绝了。",
      });
    }
    const error = plan !== undefined && "error" in plan ? plan.error : plan?.mayFailWith;
    t.equal(reason, error, "error-swallowed", {
      en: "A check failed; the poll must reject with that very error, as it is.",
      "zh-cn": "有一次检查失败了，轮询应当就以那个错误拒绝，原样不动。",
    });
    t.equal(at, last.endedAt, "wrong-result", {
      en: `The check failed at ${String(last.endedAt)} ms; the poll must reject then, not at ${String(at)} ms.`,
      "zh-cn": `检查在 ${String(last.endedAt)} 毫秒时失败，轮询应当在那时拒绝，而不是 ${String(at)} 毫秒。`,
    });
  }
}

test(
  "sleeps-as-long-as-told",
  {
    title: { en: "sleep resolves on time, with and without a signal", "zh-cn": "sleep 按时完成，有没有 signal 都一样" },
  },
  async (t) => {
    const alone = t.call("sleep(40)", () => sleep(40));
    const shorter = nap(t, 20);
    const longer = nap(t, 70);
    expectRested(t, await shorter, 20);
    expectRested(t, await alone, 40);
    expectRested(t, await longer, 70);
    expectRested(t, await nap(t, 15), 85);
  },
);

test(
  "one-signal-many-sleeps",
  { title: { en: "a signal sees many sleeps come and go", "zh-cn": "一个 signal，许多次 sleep 来了又走" } },
  async (t) => {
    for (const due of [10, 20, 30]) {
      expectRested(t, await nap(t, 10), due);
      t.checkLeaks("sleep");
    }
    t.abort();
  },
);

test(
  "an-abort-wakes-the-sleeper",
  { title: { en: "an abort wakes the sleeper at once, for its reason", "zh-cn": "一中止就立刻叫醒，原因不变" } },
  async (t) => {
    const reasons = [new Trouble("the request is over"), "enough", 0, null, new DOMException("late", "TimeoutError")];
    for (const reason of reasons) {
      const own = t.controller("a signal");
      const sleeper = nap(t, 1000, own.signal);
      const other = nap(t, 50);
      const due = t.now + 50;
      await t.sleep(30);
      own.abort(reason);
      await sleeper;
      expectRested(t, await other, due);
      t.checkLeaks("sleep");
    }
  },
);

test(
  "an-aborted-signal-lets-nobody-sleep",
  { title: { en: "under an aborted signal nobody sleeps", "zh-cn": "signal 已经中止，就不再睡" } },
  async (t) => {
    t.abort();
    await nap(t, 50);
    const own = t.controller("a signal aborted with 0");
    own.abort(0);
    await nap(t, 50, own.signal);
  },
);

test(
  "sleepers-woken-at-any-moment",
  {
    title: { en: "two sleepers, woken at every possible moment", "zh-cn": "两个 sleep，在每一个可能的时刻被叫醒" },
    cancel: "everywhere",
  },
  async (t) => {
    const sleepers = [nap(t, 20), nap(t, 30)];
    for (const [place, sleeper] of sleepers.entries()) {
      const settled = await sleeper;
      if (settled.status === "fulfilled") expectRested(t, settled, place === 0 ? 20 : 30);
    }
  },
);

test(
  "a-thousand-sleepers",
  { title: { en: "a thousand sleepers: half rest, half are woken", "zh-cn": "一千个 sleep：一半睡足，一半被叫醒" } },
  async (t) => {
    const sleepers = Array.from({ length: 1000 }, (_, index) => nap(t, index % 2 === 0 ? 20 : 5000));
    await t.sleep(30);
    t.abort();
    for (const [index, sleeper] of sleepers.entries()) {
      const settled = await sleeper;
      if (index % 2 === 0) expectRested(t, settled, 20);
    }
  },
);

test(
  "the-first-check-may-be-enough",
  { title: { en: "pollUntil checks at once and takes the answer", "zh-cn": "pollUntil 立刻检查，有答案就收下" } },
  async (t) => {
    const answer = { ready: true };
    await new Poll(t, [{ latency: 10, answer }]).judge();
    t.checkLeaks("pollUntil");
    await new Poll(t, [{ latency: 40, answer: "ready" }], { everyMs: 1000 }).judge();
  },
);

test(
  "waits-from-end-to-start",
  { title: { en: "waits from the end of a check to the next one", "zh-cn": "从一次检查结束等到下一次开始" } },
  async (t) => {
    // One that takes longer than the wait, and quick ones.
    const plans = [{ latency: 60 }, { latency: 15 }, { latency: 5 }, { latency: 10, answer: "ready" }];
    await new Poll(t, plans).judge();
    // However long it takes: nobody has said how many checks are too many.
    const many = Array.from({ length: 120 }, () => ({ latency: 1 }));
    await new Poll(t, [...many, { latency: 1, answer: "ready at last" }], { everyMs: 3 }).judge();
  },
);

test(
  "only-undefined-means-not-yet",
  { title: { en: 'only undefined means "not yet"', "zh-cn": "只有 undefined 才表示“还没有”" } },
  async (t) => {
    for (const answer of [null, 0, "", false]) {
      await new Poll(t, [{ latency: 10 }, { latency: 10, answer }]).judge();
      t.checkLeaks("pollUntil");
    }
  },
);

test(
  "a-failing-check-ends-the-poll",
  { title: { en: "a check that fails ends the poll, with its error", "zh-cn": "检查失败，轮询就以那个错误结束" } },
  async (t) => {
    await new Poll(t, [{ latency: 10, error: new Trouble("connection refused") }]).judge();
    t.checkLeaks("pollUntil");
    // Nobody has aborted: an AbortError of the check's own is an error like any other.
    await new Poll(t, [{ latency: 10 }, { latency: 5, error: new DOMException("gone", "AbortError") }]).judge();
    t.checkLeaks("pollUntil");
    await new Poll(t, [{ latency: 10 }, { latency: 30 }, { latency: 5, error: "no such job" }]).judge();
    // Whatever a check fails with, it has failed.
    for (const error of [undefined, null, 0, new DOMException("the check was too slow", "TimeoutError")]) {
      await new Poll(t, [{ latency: 10 }, { latency: 5, error }]).judge();
    }
  },
);

test(
  "an-abort-ends-the-wait",
  { title: { en: "an abort between two checks ends the wait", "zh-cn": "两次检查之间中止，等待随即结束" } },
  async (t) => {
    const poll = new Poll(t, [{ latency: 10 }, { latency: 10 }], { everyMs: 200 });
    await t.sleep(300);
    t.abort();
    await poll.judge();
  },
);

test(
  "an-abort-ends-the-check",
  { title: { en: "an abort during a check ends the check", "zh-cn": "检查途中中止，检查随即结束" } },
  async (t) => {
    const poll = new Poll(t, [{ latency: 10 }, { latency: 500, mayHang: true, answer: "too late" }]);
    await t.sleep(100);
    t.abort();
    await poll.judge();
  },
);

test(
  "an-aborted-signal-checks-nothing",
  { title: { en: "under an aborted signal nothing is checked", "zh-cn": "signal 已经中止，就一次也不检查" } },
  async (t) => {
    t.abort();
    await new Poll(t, [{ latency: 10, answer: "ready" }]).judge();
  },
);

test(
  "any-reason-is-a-reason",
  { title: { en: "a poll is given up for any reason, even 0", "zh-cn": "放弃轮询的原因可以是任何值，0 也行" } },
  async (t) => {
    for (const reason of [0, null, "", false]) {
      const waiting = new Poll(t, [{ latency: 5 }], { name: "poll that waits", own: true, everyMs: 500 });
      const checking = new Poll(t, [{ latency: 500 }], { name: "poll that checks", own: true });
      await t.sleep(20);
      for (const poll of [waiting, checking]) poll.abort(reason);
      for (const poll of [waiting, checking]) await poll.judge();
      await new Poll(t, [{ latency: 10, answer: "ready" }], { own: true, abortedFor: reason }).judge();
    }
  },
);

test(
  "given-up-at-any-moment",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t) => {
    const mayFailWith = new Trouble("the server is down");
    const plans = [
      { latency: 10, mayFailWith },
      { latency: 40, mayFailWith },
      { latency: 10, answer: "ready", mayFailWith },
    ];
    await new Poll(t, plans).judge();
  },
);

test(
  "polls-side-by-side",
  { title: { en: "polls side by side do not disturb each other", "zh-cn": "几个轮询并排进行，互不干扰" } },
  async (t) => {
    const quick = { latency: [5, 20] } as const;
    const one = new Poll(t, [quick, { ...quick, answer: 1 }], { name: "poll one", own: true });
    const two = new Poll(t, [{ latency: 8 }, { latency: 10 }, { latency: 10 }], { name: "poll two", own: true });
    const three = new Poll(t, [quick, { latency: 10, answer: 3 }], { name: "poll three", everyMs: 40 });
    t.after(27, () => {
      two.abort(new Trouble("poll two is not wanted"));
    });
    for (const poll of [one, two, three]) await poll.judge();
  },
);

test(
  "nobody-waits-for-a-check-given-up",
  {
    title: {
      en: "whoever gives up does not wait for the check to tidy up",
      "zh-cn": "放弃之后，不等检查收拾完",
    },
  },
  async (t) => {
    const polls = [
      new Poll(t, [{ latency: 500, cleanupMs: 50 }], { name: "poll one", own: true }),
      new Poll(t, [{ latency: 60, obeysSignal: false }], { name: "poll two", own: true }),
      new Poll(t, [{ latency: 60, obeysSignal: false, answer: "late" }], { name: "poll three", own: true }),
      new Poll(t, [{ latency: 60, obeysSignal: false, error: new Trouble("late") }], { name: "poll four", own: true }),
    ];
    await t.sleep(30);
    for (const poll of polls) poll.abort(new Trouble(`${poll.name} is not wanted`));
    for (const poll of polls) await poll.judge();
    t.checkLeaks("pollUntil");
    // What the checks still say is heard by nobody, and starts nothing.
    await t.sleep(100);
    t.checkLeaks("pollUntil");
  },
);

/** Its signal has aborted in a moment at which a poll is easily deaf, and its check takes no notice. */
async function expectEndedAtOnce(t: Harness, poll: Poll, by: Words): Promise<void> {
  await t.idle();
  t.check(!poll.call.pending, "late-after-abort", {
    en: `The signal aborted ${by.en}, and the poll has not ended: it has to notice an abort at every moment, also between two lines.`,
    "zh-cn": `signal 在${by["zh-cn"]}中止了，轮询却没有结束：任何时刻的中止它都要察觉，哪怕落在两行代码之间。`,
  });
  await poll.judge();
}

test(
  "given-up-in-the-turn-of-the-call",
  { title: { en: "given up in the very turn of the call", "zh-cn": "刚一调用就放弃" } },
  async (t) => {
    const deaf = { latency: 60, obeysSignal: false };
    for (const answer of [undefined, "too late"]) {
      const own = t.controller("a signal");
      const sleeper = nap(t, 1000, own.signal);
      own.abort(new Trouble("on second thoughts"));
      await sleeper;
      const poll = new Poll(t, [{ ...deaf, answer }], { name: "poll one", own: true });
      poll.abort(new Trouble("on second thoughts"));
      await expectEndedAtOnce(t, poll, { en: "in the very turn of the call", "zh-cn": "调用的同一轮里" });
      const inside = new Poll(t, [{ ...deaf, answer, abortsAtStart: true }], { name: "poll two", own: true });
      await expectEndedAtOnce(t, inside, { en: "while the check was being called", "zh-cn": "调用检查的途中" });
      // What the checks still say is heard by nobody, and starts nothing.
      await t.sleep(100);
      t.checkLeaks("pollUntil");
    }
  },
);

test(
  "an-abort-right-after-a-check",
  { title: { en: "an abort right after a check has ended", "zh-cn": "检查刚一结束就中止" } },
  async (t) => {
    for (let abortsAfter = 0; abortsAfter < 10; abortsAfter++) {
      for (const outcome of [{}, { answer: "ready" }, { error: new Trouble("refused") }]) {
        const poll = new Poll(t, [{ latency: 10, abortsAfter, ...outcome }], { own: true, everyMs: 300 });
        await t.sleep(11);
        await expectEndedAtOnce(t, poll, { en: "right after a check had ended", "zh-cn": "检查刚结束时" });
        t.checkLeaks("pollUntil");
      }
    }
  },
);
