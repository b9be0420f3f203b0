import { type Call, type Harness, type Latency, type Settled, type WorkRecord, type Words, test } from "interleave";
import { runLoad } from "./exercise.ts";

type Options = Parameters<typeof runLoad>[1];
type Report = Awaited<ReturnType<typeof runLoad>>;
type Signal = Harness["signal"];

/** How one request goes. Unless said otherwise it succeeds, and obeys its signal. */
interface Plan {
  /** Virtual ms. Default: longer than any run. */
  readonly latency?: Latency;
  /** What it fails with, if it is there: undefined is an error, too. */
  readonly error?: unknown;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  readonly mayFailWith?: Error;
  /** The caller gives up while this request is being sent: before send has returned its promise. */
  readonly abortsAtStart?: boolean;
}

/** One request as the server saw it. Times in virtual ms since the run began. */
interface Served {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly state: "completed" | "failed" | "aborted";
  readonly plan: Plan;
}

type Outcome = "success" | "error" | "timeout" | "none";

const broken = new Error("502 Bad Gateway");
const forever = 1_000_000;

/** One run, and the server that it loads. What is true is known here, whatever the report says. */
class Load {
  readonly t: Harness;
  readonly #options: Omit<Options, "signal">;
  readonly #plans: readonly Plan[];
  readonly #sent: { readonly work: number; readonly plan: Plan; readonly signal: Signal }[] = [];
  /** A caller of its own, whom `abort` strikes. Default: that of the test. */
  readonly #own: ReturnType<Harness["controller"]> | undefined;
  /** Which of them were in flight when the latest was sent. */
  #open: number[] = [];
  #ownAbortedAt: number | undefined;
  #began = 0;
  #bornAborted = false;

  /** The nth request to start goes by the nth plan; those after the last one would take for ever. */
  constructor(t: Harness, options: Partial<Options>, plans: readonly Plan[], own?: ReturnType<Harness["controller"]>) {
    this.t = t;
    this.#own = own;
    this.#options = { connections: 1, durationMs: 100, timeoutMs: 10_000, ...options };
    this.#plans = plans;
  }

  get signal(): Signal {
    return this.#own?.signal ?? this.t.signal;
  }

  /** Aborts its own signal. */
  abort(reason: unknown): void {
    this.#ownAbortedAt ??= this.t.now;
    this.#own?.abort(reason);
  }

  /** Begins the run. After an abort it waits for what is in flight, so how it ends is judged by `judge`. */
  start(): Call<Report> {
    const t: Harness = this.t;
    this.#began = t.now;
    const { signal: given } = this;
    this.#bornAborted = given.aborted; // what follows from that is a rule of its own
    const options = { ...this.#options, signal: given as unknown as AbortSignal };
    const run = (): Promise<Report> => runLoad((signal) => this.#send(signal as unknown as Signal), options);
    return t.call("runLoad", run, { signal: given, drains: true, mayFulfil: true });
  }

  #send(signal: Signal): Promise<void> {
    const plan = this.#plans[this.#sent.length] ?? {};
    const refused = this.#faultsStart(signal);
    const { latency = forever, error, abortsAtStart, ...rest } = refused ? {} : plan;
    const answer = (): void => {
      if (!refused && "error" in plan) throw error;
    };
    const label = `request ${String(this.#sent.length + 1)}`;
    const work = this.t.works.length;
    this.#sent.push({ work, plan, signal });
    this.#open.push(work);
    const working = this.t.work({ label, latency, signal, answer, ...rest });
    if (abortsAtStart === true) this.abort(new Error("on second thoughts"));
    return working;
  }

  /** Whether this request must not start. The fault ends the run; what is thrown would only be counted as a failure. */
  #faultsStart(signal: Signal | undefined): boolean {
    try {
      this.#checkStart(signal);
      return false;
    } catch {
      return true;
    }
  }

  #checkStart(signal: Signal | undefined): void {
    const t: Harness = this.t;
    const { connections, durationMs } = this.#options;
    const now = t.now - this.#began;
    t.check(signal !== undefined, "signal-not-passed-on", {
      en: "send was called without a signal. Nobody can end that request.",
      "zh-cn": "调用 send 时没有传 signal，谁也没法让这个请求停下来。",
    });
    t.check(!this.signal.aborted || this.#bornAborted, "late-after-abort", {
      en: "The caller had aborted, and another request was sent all the same.",
      "zh-cn": "调用方已经中止，却还在发新的请求。",
    });
    t.check(now <= durationMs && signal?.aborted !== true, "deadline-missed", {
      en: `The run was over at ${String(durationMs)} ms, and another request was sent all the same.`,
      "zh-cn": `压测在 ${String(durationMs)} 毫秒时就结束了，却还在发新的请求。`,
    });
    const { works } = t; // made anew at each look
    this.#open = this.#open.filter((work) => isRunning(works[work]));
    const running = this.#open.length;
    t.check(running < connections, "limit-exceeded", {
      en: `There are ${String(connections)} connections, and a request number ${String(running + 1)} was sent while so many were in flight. A connection has one request at a time, and one that was aborted is in flight until it has settled.`,
      "zh-cn": `连接只有 ${String(connections)} 个，却同时有 ${String(running + 1)} 个请求在途。一个连接一次只发一个请求；被中止的请求，在有结果之前仍然算在途。`,
    });
    const earlier = this.#sent.findLastIndex(({ work }) => works[work]?.startedAt !== t.now);
    const inThisInstant = this.#sent.length - 1 - earlier;
    t.check(inThisInstant < connections, "busy-loop", {
      en: "A request failed in no time, and its connection sent the next one in the same instant. After a failure in less than 1 ms it has to rest for 1 ms, or a dead server makes it spin.",
      "zh-cn":
        "请求一发出就失败，连接在同一时刻又发了下一个。不到 1 毫秒就失败的，要歇 1 毫秒再发，否则服务器一挂，这里就成了空转。",
    });
  }

  /** Waits for the end, and judges how the run went, when it ended and what it reported, in any schedule. */
  async finish(call: Call<Report>): Promise<void> {
    const settled = await call;
    const t: Harness = this.t;
    const { durationMs } = this.#options;
    const struck = this.#own === undefined ? t.abortedAt : this.#ownAbortedAt;
    const abortedAt = struck === undefined ? Infinity : struck - this.#began;
    if (settled.status === "rejected" && abortedAt === Infinity) this.#faultRejection();
    this.#judgeInFlight();
    const served = this.#served();
    const stopAt = Math.min(durationMs, abortedAt);
    this.#judgeEnds(served, stopAt, abortedAt);
    this.#judgeTime(served, settled.at - this.#began, stopAt, abortedAt);
    this.#judgeLoop(served, stopAt);
    if (abortedAt < durationMs) this.#judgeAbort(settled);
    else if (settled.status === "fulfilled") this.#judgeReport(served, settled.value);
  }

  #judgeInFlight(): void {
    const t: Harness = this.t;
    const { works } = t;
    for (const { work, signal } of this.#sent) {
      if (!isRunning(works[work])) continue;
      t.check(signal.aborted, "work-still-running", {
        en: "runLoad settled, and a request that nobody has aborted is still in flight.",
        "zh-cn": "runLoad 已经结束，却还有请求在途，也没有人中止它。",
      });
      t.fail("settled-before-cleanup", {
        en: "runLoad settled while a request that it had aborted was still winding up. It has to wait for those in flight.",
        "zh-cn": "被中止的请求还在收尾，runLoad 就结束了。它应当等在途的请求都有结果。",
      });
    }
  }

  #served(): Served[] {
    const { works } = this.t;
    return this.#sent.map(({ work, plan }) => {
      const { startedAt, endedAt = Infinity, state } = works[work]!;
      return {
        startedAt: startedAt - this.#began,
        endedAt: endedAt - this.#began,
        state: state as Served["state"],
        plan,
      };
    });
  }

  /** Whether each request was left alone until its time was up, and no longer. */
  #judgeEnds(served: readonly Served[], stopAt: number, abortedAt: number): void {
    const t: Harness = this.t;
    for (const [index, { startedAt, endedAt, state, plan }] of served.entries()) {
      const struck = startedAt + this.#options.timeoutMs;
      const name = `request ${String(index + 1)}`;
      const limit = Math.min(struck, stopAt);
      t.check(state !== "aborted" || endedAt >= limit, "deadline-missed", {
        en: `${name} started at ${String(startedAt)} ms and had until ${String(struck)} ms, but was aborted before. Every request has a deadline of its own.`,
        "zh-cn": `${name} 在 ${String(startedAt)} 毫秒发出，本可以等到 ${String(struck)} 毫秒，却提前被中止了。每个请求的截止时间是它自己的。`,
      });
      if (plan.obeysSignal === false || endedAt <= limit + (plan.cleanupMs ?? 0)) continue;
      if (limit === struck) t.fail("deadline-missed", requestTooLong(name, struck, endedAt));
      t.fail("signal-not-passed-on", notTold(name, limit === abortedAt, limit, endedAt));
    }
  }

  #judgeTime(served: readonly Served[], settledAt: number, stopAt: number, abortedAt: number): void {
    const t: Harness = this.t;
    t.check(settledAt >= stopAt, "wrong-result", {
      en: `The run was to last until ${String(stopAt)} ms, but runLoad settled at ${String(settledAt)} ms.`,
      "zh-cn": `压测应当持续到 ${String(stopAt)} 毫秒，runLoad 却在 ${String(settledAt)} 毫秒就结束了。`,
    });
    const due = Math.max(stopAt, ...served.map(({ endedAt }) => endedAt));
    const why = stopAt === abortedAt ? "late-after-abort" : "deadline-missed";
    t.check(settledAt <= due, why, {
      en: `At ${String(due)} ms nothing was in flight any more, but runLoad settled at ${String(settledAt)} ms only.`,
      "zh-cn": `到 ${String(due)} 毫秒已经没有请求在途，runLoad 却到 ${String(settledAt)} 毫秒才结束。`,
    });
  }

  /** Whether every connection sent its next request as soon as its last one had ended. */
  #judgeLoop(served: readonly Served[], stopAt: number): void {
    const t: Harness = this.t;
    const { connections } = this.#options;
    const starts = served.map(({ startedAt }) => startedAt);
    const first = starts.filter((at) => at === 0).length;
    t.check(stopAt === 0 || first === connections, first === 1 ? "serial-not-parallel" : "limit-not-reached", {
      en: `There are ${String(connections)} connections, but the run began with ${String(first)} requests. Each sends its first one at once.`,
      "zh-cn": `有 ${String(connections)} 个连接，一开始却只发了 ${String(first)} 个请求。每个连接都应当立刻发出第一个。`,
    });
    const further = starts.filter((at) => at > 0);
    const optional: number[] = [];
    for (const at of nextStarts(served)) {
      const place = further.indexOf(at);
      if (place !== -1) further.splice(place, 1);
      else if (at < stopAt) this.#faultMissing(served, at);
      else optional.push(at);
    }
    const [extra] = further.filter((at) => !optional.includes(at));
    if (extra === undefined) return;
    const hasty = served.some((each) => failedQuickly(each) && each.endedAt <= extra && extra < each.endedAt + 1);
    t.fail(hasty ? "busy-loop" : "limit-exceeded", {
      en: `At ${String(extra)} ms a request was sent for which no connection was free: each is busy with its request until that has ended, and rests for 1 ms after a failure in less than 1 ms.`,
      "zh-cn": `${String(extra)} 毫秒时发出了一个请求，而那时没有空闲的连接：请求没有结束，连接就还占着；不到 1 毫秒就失败的，还要歇 1 毫秒。`,
    });
  }

  #faultMissing(served: readonly Served[], at: number): never {
    const later = served.filter(({ startedAt }) => startedAt > at);
    const next = Math.min(...later.map(({ startedAt }) => startedAt));
    const together = later.filter(({ startedAt }) => startedAt === next).length > 1;
    const allDone = served.every(({ startedAt, endedAt }) => startedAt >= next || endedAt <= next);
    if (together && allDone) {
      this.t.fail("batched-not-sliding", {
        en: `A connection was free at ${String(at)} ms, but waited for all others: the next requests were sent together at ${String(next)} ms.`,
        "zh-cn": `${String(at)} 毫秒时已有连接空闲，它却等到其他连接都结束：下一批请求在 ${String(next)} 毫秒才一起发出。`,
      });
    }
    return this.t.fail("limit-not-reached", {
      en: `A connection was free at ${String(at)} ms, but did not send its next request then. Whether a request succeeded, failed or timed out, the next one follows as soon as it has ended.`,
      "zh-cn": `${String(at)} 毫秒时有连接空闲，却没有发出下一个请求。上一个请求无论成功、失败还是超时，一结束就该发下一个。`,
    });
  }

  #judgeAbort(settled: Settled<Report>): void {
    const t: Harness = this.t;
    t.check(settled.status === "rejected", "abort-swallowed", {
      en: "The caller aborted before the run was over, but runLoad resolved with a report.",
      "zh-cn": "压测没结束，调用方就中止了，runLoad 却照常返回了报告。",
    });
    t.equal(settled.reason, this.#own === undefined ? t.reason : this.#own.signal.reason, "reason-replaced", {
      en: "After the caller's abort, runLoad must reject with the caller's own reason, the identical object.",
      "zh-cn": "调用方中止之后，runLoad 应当以调用方自己的 reason 拒绝，同一个对象。",
    });
  }

  #faultRejection(): never {
    const { works } = this.t;
    const ofRequest = this.#sent.some(({ work }) => ["failed", "aborted"].includes(works[work]!.state));
    return this.t.fail(ofRequest ? "one-cancels-all" : "wrong-result", {
      en: ofRequest
        ? "A request failed or timed out, and runLoad rejected because of it. It has to be counted, and the run goes on."
        : "Nobody aborted, but runLoad rejected.",
      "zh-cn": ofRequest
        ? "一个请求失败或超时，runLoad 就随之拒绝了。应当把它计入统计，压测继续。"
        : "没有人中止，runLoad 却拒绝了。",
    });
  }

  /** Where something fell together with a deadline or the end, either may have won: one of the reports must fit. */
  #judgeReport(served: readonly Served[], given: Report): void {
    const t: Harness = this.t;
    const report = Object.fromEntries(fields.map((field) => [field, (given as Partial<Report> | undefined)?.[field]]));
    const choices = served.map((each) => outcomes(each, this.#options));
    const possible = combinations(choices).map((chosen) => expectedReport(served, chosen, this.#options.durationMs));
    const matches = (one: Report): boolean => fields.every((field) => isClose(report[field], one[field]));
    const [natural] = possible as [Report];
    if (possible.some(matches)) return;
    const wrong = fields.find((field) => !isClose(report[field], natural[field])) ?? "requests";
    t.equal(report, natural, "wrong-result", meanings[wrong]);
  }
}

const fields = ["requests", "timeouts", "errors", "qps", "p50Ms", "p99Ms", "maxMs"] as const;

const percentile: Words = {
  en: "A percentile is wrong. Nearest rank: sort the latencies of the successes by size; p per cent of n is place ⌈p·n/100⌉, counted from 1. Without successes it is 0.",
  "zh-cn":
    "百分位数不对。最近秩：把成功请求的延迟按大小排好，第 ⌈p·n/100⌉ 个（从 1 数起）就是 p 百分位。没有成功时为 0。",
};

const meanings: Readonly<Record<(typeof fields)[number], Words>> = {
  requests: {
    en: "`requests` counts the requests that succeeded before their deadline and before the end of the run, and no others.",
    "zh-cn": "requests 只数成功的请求：在自己的截止时间之前、也在压测结束之前成功的。",
  },
  timeouts: {
    en: "`timeouts` counts the requests whose own deadline struck first, whatever they answered after it. Those cut off by the end of the run are not counted.",
    "zh-cn": "timeouts 数的是自己的截止时间先到的请求，不管后来回答了什么。被压测结束切断的不算。",
  },
  errors: {
    en: "`errors` counts the requests that failed before their deadline, whatever the error is called. Timeouts, and those cut off by the end of the run, are none.",
    "zh-cn": "errors 数的是在截止时间之前失败的请求，不管错误叫什么名字。超时的、被压测结束切断的都不算。",
  },
  qps: {
    en: "`qps` is `requests` divided by the seconds of `durationMs`.",
    "zh-cn": "qps 是 requests 除以 durationMs 的秒数。",
  },
  p50Ms: percentile,
  p99Ms: percentile,
  maxMs: {
    en: "`maxMs` is the largest latency of a success, and 0 when there is none.",
    "zh-cn": "maxMs 是成功请求中最大的延迟，没有成功时为 0。",
  },
};

function requestTooLong(name: string, struck: number, endedAt: number): Words {
  return {
    en: `The deadline of ${name} was at ${String(struck)} ms, but its signal did not abort then, and it ran on until ${String(endedAt)} ms.`,
    "zh-cn": `${name} 的截止时间是 ${String(struck)} 毫秒，到时它的 signal 却没有中止，一直跑到 ${String(endedAt)} 毫秒。`,
  };
}

function notTold(name: string, byCaller: boolean, at: number, endedAt: number): Words {
  return byCaller
    ? {
        en: `The caller aborted at ${String(at)} ms, but ${name}, in flight at that moment, was not told and ran on until ${String(endedAt)} ms.`,
        "zh-cn": `调用方在 ${String(at)} 毫秒时中止，那时在途的 ${name} 却没有得到通知，一直跑到 ${String(endedAt)} 毫秒。`,
      }
    : {
        en: `The run was over at ${String(at)} ms, but ${name}, in flight at that moment, was not aborted and ran on until ${String(endedAt)} ms.`,
        "zh-cn": `压测在 ${String(at)} 毫秒结束，那时在途的 ${name} 却没有被中止，一直跑到 ${String(endedAt)} 毫秒。`,
      };
}

function isRunning(work: WorkRecord | undefined): boolean {
  return work?.state === "running" || work?.state === "cleaning-up";
}

function failedQuickly({ state, startedAt, endedAt }: Served): boolean {
  return state === "failed" && endedAt - startedAt < 1;
}

/** When the connections had to send their next requests, had the run no end. */
function nextStarts(served: readonly Served[]): number[] {
  return served.map((each) => (failedQuickly(each) ? each.endedAt + 1 : each.endedAt)).sort((one, two) => one - two);
}

/** What a request may be counted as; the first is what it most likely is. */
function outcomes(
  { startedAt, endedAt, state }: Served,
  { timeoutMs, durationMs: end }: { timeoutMs: number; durationMs: number },
): Outcome[] {
  const struck = startedAt + timeoutMs;
  const may: Outcome[] = [];
  if (state !== "aborted" && endedAt <= struck && endedAt <= end) may.push(state === "failed" ? "error" : "success");
  if (struck <= end && endedAt >= struck) may.push("timeout");
  if (endedAt >= end) may.push("none");
  return may;
}

function combinations(choices: readonly (readonly Outcome[])[]): Outcome[][] {
  let all: Outcome[][] = [[]];
  for (const may of choices) all = may.flatMap((outcome) => all.map((before) => [...before, outcome])).slice(0, 64);
  return all;
}

function expectedReport(served: readonly Served[], chosen: readonly Outcome[], durationMs: number): Report {
  const latencies = served
    .filter((_, index) => chosen[index] === "success")
    .map(({ startedAt, endedAt }) => endedAt - startedAt)
    .sort((one, other) => one - other);
  const count = (outcome: Outcome): number => chosen.filter((each) => each === outcome).length;
  const rank = (percent: number): number => latencies[Math.ceil((percent * latencies.length) / 100) - 1] ?? 0;
  return {
    requests: latencies.length,
    timeouts: count("timeout"),
    errors: count("error"),
    qps: latencies.length / (durationMs / 1000),
    p50Ms: rank(50),
    p99Ms: rank(99),
    maxMs: rank(100),
  };
}

function isClose(actual: unknown, expected: number): boolean {
  return typeof actual === "number" && Math.abs(actual - expected) < 1e-6;
}

const taking = (...latencies: Latency[]): Plan[] => latencies.map((latency) => ({ latency }));

test("one-connection", { title: { en: "one request after another", "zh-cn": "一个接一个地发请求" } }, async (t) => {
  const load = new Load(t, {}, taking(10, 20, 7, 10, 20, 7, 10, 20));
  await load.finish(load.start());
});

test("all-connections", { title: { en: "every connection keeps busy", "zh-cn": "每个连接都不闲着" } }, async (t) => {
  const load = new Load(t, { connections: 3 }, taking(11, 19, 37, 23, 30, 31, 17, 53, 29, 41));
  const call = load.start();
  await t.idle();
  await load.finish(call);
});

test("percentiles", { title: { en: "percentiles by nearest rank", "zh-cn": "按最近秩计算百分位数" } }, async (t) => {
  for (const latencies of [
    [30, 4, 100, 12, 9, 21],
    [8],
    [40, 5],
    [7, 3, 5],
    Array.from({ length: 100 }, (_, index) => 1 + ((index * 37) % 101)),
    // Many, the slowest of them first.
    Array.from({ length: 300 }, (_, index) => (index < 20 ? 80 - index : 1 + ((index * 7) % 23))),
  ]) {
    const load = new Load(t, { durationMs: 6000, timeoutMs: 7000 }, taking(...latencies));
    await load.finish(load.start());
  }
});

test("failures-are-counted", { title: { en: "failures are counted", "zh-cn": "失败要计数" } }, async (t) => {
  const aborted = new DOMException("reset by peer", "AbortError");
  const late = new DOMException("the server gave up", "TimeoutError");
  const load = new Load(t, { connections: 2, durationMs: 200, timeoutMs: 60 }, [
    { latency: 10, error: broken },
    { latency: 25 },
    { latency: 33, error: broken },
    { latency: 41 },
    { latency: 5, error: aborted },
    { latency: 27 },
    { latency: 1, error: late },
    { latency: 13, error: broken },
    { latency: 48 },
  ]);
  await load.finish(load.start());
  // Whatever a request fails with, it has failed.
  const odd = [undefined, null, 0, "busy"].map((error) => ({ latency: 7, error }));
  const terse = new Load(t, {}, [...odd, { latency: 11 }]);
  await terse.finish(terse.start());
});

test(
  "nothing-but-failures",
  { title: { en: "without a success, zeros", "zh-cn": "没有成功，就全是 0" } },
  async (t) => {
    const load = new Load(t, { connections: 2, durationMs: 50 }, [
      { latency: 10, error: broken },
      {},
      { latency: 15, error: broken },
    ]);
    await load.finish(load.start());
    // However many there are, the connection goes on.
    const many = Array.from({ length: 90 }, () => ({ latency: 2, error: broken }));
    const patient = new Load(t, { durationMs: 200 }, [...many, { latency: 7 }]);
    await patient.finish(patient.start());
  },
);

test(
  "a-deadline-each",
  { title: { en: "every request has its own deadline", "zh-cn": "每个请求有自己的截止时间" } },
  async (t) => {
    const load = new Load(t, { connections: 2, durationMs: 120, timeoutMs: 30 }, [
      {},
      { latency: 12 },
      { latency: 25 },
      {},
      { latency: 29 },
      {},
      { latency: 8, error: broken },
    ]);
    await load.finish(load.start());
  },
);

test(
  "late-answers",
  { title: { en: "what comes after the deadline does not count", "zh-cn": "截止时间之后的回答不算数" } },
  async (t) => {
    const load = new Load(t, { connections: 2, durationMs: 200, timeoutMs: 30 }, [
      { latency: 50, obeysSignal: false },
      { latency: 61, obeysSignal: false, error: broken },
      { latency: 5 },
      { cleanupMs: 17 },
      { latency: 19 },
      { latency: 33, obeysSignal: false },
    ]);
    await load.finish(load.start());
  },
);

test(
  "ends-at-the-duration",
  { title: { en: "the end cuts off what is in flight", "zh-cn": "到点切断在途的请求" } },
  async (t) => {
    const load = new Load(t, { connections: 3, durationMs: 100, timeoutMs: 60 }, [
      { latency: 55 },
      { latency: 45 },
      { latency: 50, error: broken },
      {},
      { latency: 57 },
      { latency: 52, error: broken },
    ]);
    await load.finish(load.start());
  },
);

test(
  "waits-for-those-in-flight",
  { title: { en: "waits for those in flight, and counts none", "zh-cn": "等在途的请求收尾，但不计数" } },
  async (t) => {
    const load = new Load(t, { connections: 4, durationMs: 100, timeoutMs: 70 }, [
      { latency: 40 },
      { latency: 50 },
      { latency: 60 },
      { latency: 65 },
      { cleanupMs: 25 },
      { latency: 80, obeysSignal: false },
      { latency: 77, obeysSignal: false, error: broken },
      { latency: 44, obeysSignal: false },
    ]);
    await load.finish(load.start());
  },
);

test(
  "quick-failures-rest",
  { title: { en: "a dead server does not make it spin", "zh-cn": "服务器挂了，也不会空转" } },
  async (t) => {
    const dead = { latency: 0, error: broken };
    const load = new Load(t, { connections: 1, durationMs: 40 }, [
      dead,
      dead,
      { latency: 6 },
      dead,
      { latency: 1, error: broken },
      { latency: 2, error: broken },
      dead,
      dead,
      { latency: 5 },
    ]);
    await load.finish(load.start());
    const many = new Load(t, { connections: 2, durationMs: 2 }, [
      { latency: 1 },
      ...Array.from({ length: 7 }, () => dead),
    ]);
    await many.finish(many.start());
  },
);

test("abort-cuts-a-rest-short", { title: { en: "an abort cuts a rest short", "zh-cn": "中止打断休息" } }, async (t) => {
  const load = new Load(t, {}, [{ latency: 5 }, { latency: 0, error: broken }]);
  const call = load.start();
  t.after(5.5, () => {
    t.abort();
  });
  await load.finish(call);
});

test(
  "end-cuts-a-rest-short",
  { title: { en: "the end of the run cuts a rest short", "zh-cn": "到点打断休息" } },
  async (t) => {
    const load = new Load(t, { durationMs: 2 }, [
      { latency: 1.5, error: broken },
      { latency: 0, error: broken },
    ]);
    await load.finish(load.start());
  },
);

test(
  "caller-aborts",
  { title: { en: "the caller's abort ends everything", "zh-cn": "调用方中止，一切停下" } },
  async (t) => {
    const load = new Load(t, { connections: 3, durationMs: 1000, timeoutMs: 200 }, [
      { latency: 10 },
      { latency: 25, error: broken },
      {},
      {},
      {},
    ]);
    const call = load.start();
    t.after(42, () => {
      t.abort();
    });
    await load.finish(call);
  },
);

test(
  "abort-waits-for-those-in-flight",
  { title: { en: "after an abort it waits, too", "zh-cn": "中止之后也要等收尾" } },
  async (t) => {
    const load = new Load(t, { connections: 3, durationMs: 60, timeoutMs: 50 }, [
      { cleanupMs: 30 },
      { latency: 47, obeysSignal: false },
      { latency: 66, obeysSignal: false, error: broken },
    ]);
    const call = load.start();
    t.after(20, () => {
      t.abort();
    });
    await load.finish(call);
  },
);

test(
  "already-aborted",
  { title: { en: "an aborted signal: sends nothing", "zh-cn": "signal 已经中止：一个也不发" } },
  async (t) => {
    t.abort();
    const load = new Load(t, { connections: 2 }, taking(10, 10));
    const settled = await load.start();
    t.check(settled.status === "rejected", "abort-swallowed", {
      en: "The signal had been aborted before the call, but runLoad resolved.",
      "zh-cn": "调用之前 signal 就已中止，runLoad 却正常完成了。",
    });
    t.equal(settled.reason, t.reason, "reason-replaced", {
      en: "Given an aborted signal, runLoad must reject with its reason, the identical object.",
      "zh-cn": "signal 已经中止，runLoad 应当以它的 reason 拒绝，同一个对象。",
    });
  },
);

test(
  "answers-in-every-order",
  { title: { en: "answers in every order, some of them failures", "zh-cn": "以任意次序应答，也可能失败" } },
  async (t) => {
    const shaky = { latency: [10, 40] as const, mayFailWith: broken };
    const load = new Load(t, { connections: 2, durationMs: 70, timeoutMs: 30 }, [
      shaky,
      shaky,
      { latency: 13 },
      { latency: 21 },
    ]);
    await load.finish(load.start());
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t) => {
    const load = new Load(t, { connections: 2, durationMs: 60, timeoutMs: 25 }, [
      { latency: 7, cleanupMs: 4 },
      { latency: 33, obeysSignal: false },
      { latency: 0, error: broken },
      { latency: 11, error: broken },
      { cleanupMs: 3 },
    ]);
    await load.finish(load.start());
  },
);

test(
  "one-signal-many-runs",
  { title: { en: "many runs on one signal", "zh-cn": "一个 signal，许多次压测" } },
  async (t) => {
    for (let round = 0; round < 3; round++) {
      const load = new Load(t, { connections: 2, durationMs: 30, timeoutMs: 12 }, taking(5, 9, forever, 7));
      await load.finish(load.start());
      t.checkLeaks("runLoad");
    }
    t.abort();
    await t.idle();
  },
);

test(
  "any-reason-is-a-reason",
  { title: { en: "given up for any reason, even 0", "zh-cn": "放弃的原因可以是任何值，0 也行" } },
  async (t) => {
    for (const reason of [0, null, ""]) {
      const load = new Load(t, { connections: 2 }, [{ latency: 7 }], t.controller("the caller's signal"));
      const call = load.start();
      await t.sleep(20);
      load.abort(reason);
      await load.finish(call);
      const late = new Load(t, {}, taking(10), t.controller("an aborted signal"));
      late.abort(reason);
      await late.start();
    }
  },
);

test(
  "given-up-in-the-turn-of-the-call",
  { title: { en: "given up in the very turn of the call", "zh-cn": "刚一调用就放弃" } },
  async (t) => {
    for (const plan of [{}, { cleanupMs: 15 }]) {
      const load = new Load(t, {}, [plan], t.controller("the caller's signal"));
      const call = load.start();
      load.abort(new Error("on second thoughts"));
      await load.finish(call);
      const inside = new Load(t, {}, [{ ...plan, abortsAtStart: true }], t.controller("the caller's signal"));
      await inside.finish(inside.start());
    }
  },
);

test(
  "runs-side-by-side",
  { title: { en: "runs side by side do not disturb each other", "zh-cn": "几次压测同时进行，互不干扰" } },
  async (t) => {
    const plans = [{ latency: 10, error: broken }, {}, { latency: 9 }, { latency: 14 }];
    const one = new Load(t, { durationMs: 100, timeoutMs: 41 }, plans);
    const two = new Load(t, { durationMs: 131, timeoutMs: 35 }, [{ latency: 5 }, ...plans]);
    const calls = [one.start(), two.start()] as const;
    await one.finish(calls[0]);
    await two.finish(calls[1]);
  },
);
