import { type Call, type Diagnosis, type Harness, type Latency, type Words, test } from "interleave";
import { Server, ServerClosedError } from "./exercise.ts";

/** What the handler does for a request. Unless said otherwise it obeys its signal in the same instant. */
interface Request {
  readonly name: string;
  readonly latency: Latency;
  readonly fails?: boolean;
  readonly mayFail?: boolean;
  readonly cleanupMs?: number;
  readonly obeysSignal?: boolean;
  /** When it is aborted, it fails with an error of its own rather than with the signal's reason. */
  readonly failsWhenAborted?: boolean;
  /** Instead of an answer or an error of its own. */
  readonly value?: unknown;
  /** The handler itself shuts the server down, with so many ms of grace. */
  readonly shutsDown?: number;
}

/** One run of the handler, as the outside sees it. */
interface Handling {
  readonly request: Request;
  readonly signal: AbortSignal;
  /** The identity of both is checked: the caller must get the very answer or error that the handler gave. */
  readonly response: unknown;
  readonly error: unknown;
  readonly startedAt: number;
  /** Virtual ms at which its signal aborted. */
  abortedAt: number | undefined;
  /** Virtual ms at which it settled, and whether its signal had aborted before. */
  endedAt: number | undefined;
  cutOff: boolean;
}

interface Outcome {
  readonly completed: number;
  readonly aborted: number;
}

interface Asked {
  readonly request: Request;
  readonly call: Call<unknown>;
}

const isOver = (handling: Handling): boolean => handling.endedAt !== undefined;

/** A server, its handler, and those who use it. What is true is known here, whatever the server says. */
class Rig {
  readonly t: Harness;
  readonly server: Server<Request, unknown>;
  readonly handlings: Handling[] = [];
  readonly asked: Asked[] = [];
  stoppedAt = 0;
  graceMs = 0;
  /** The shutdown that a handler has called. */
  inner: Call<Outcome> | undefined;
  #promise: Promise<Outcome> | undefined;

  constructor(t: Harness) {
    this.t = t;
    this.server = new Server<Request, unknown>((request, signal) => this.#handle(request, signal));
  }

  async #handle(request: Request, signal: AbortSignal): Promise<unknown> {
    const t: Harness = this.t;
    const { name, latency, fails = false, mayFail = false, failsWhenAborted = false, shutsDown, ...habits } = request;
    const error: unknown = "value" in request ? request.value : new Error(`request ${name} failed`);
    const response: unknown = "value" in request ? request.value : { answerTo: name };
    const broken = new Error("fails");
    const handling: Handling = {
      request,
      signal,
      response,
      error,
      startedAt: t.now,
      abortedAt: undefined,
      endedAt: undefined,
      cutOff: false,
    };
    this.handlings.push(handling);
    t.check(signal instanceof AbortSignal, "signal-not-passed-on", {
      en: "The handler was given no signal, so nobody can abort it.",
      "zh-cn": "处理函数没有收到 signal，谁也没法让它中止。",
    });
    signal.addEventListener("abort", () => {
      handling.abortedAt ??= t.now;
    });
    const answer = (): void => {
      if (fails) throw broken;
    };
    // The signals of the world are those that the exercise sees.
    const passed = signal as unknown as Harness["signal"];
    const faults = mayFail ? { mayFailWith: broken } : {};
    try {
      const working = t.work({ label: `request ${name}`, latency, signal: passed, answer, ...faults, ...habits });
      if (shutsDown !== undefined) this.inner = (await this.#shutDownSoon(shutsDown)).call;
      await working;
      return response;
    } catch (thrown) {
      throw thrown === broken || (failsWhenAborted && signal.aborted) ? error : thrown;
    } finally {
      handling.endedAt = t.now;
      handling.cutOff = signal.aborted;
    }
  }

  /** In the turn after the call: a server may count a request once its handler has returned a promise. */
  async #shutDownSoon(graceMs: number): Promise<{ call: Call<Outcome> }> {
    await Promise.resolve();
    return { call: this.shutdown(graceMs) };
  }

  ask(request: Request): Asked {
    const call = this.t.call(`handle(${request.name})`, () => this.server.handle(request));
    const asked = { request, call };
    this.asked.push(asked);
    return asked;
  }

  /** Asks, and makes sure that the handlers run: all of them, at once. */
  async askAll(...requests: readonly Request[]): Promise<Asked[]> {
    const t: Harness = this.t;
    const before = this.handlings.length;
    const asked = requests.map((request) => this.ask(request));
    await t.idle();
    const started = this.handlings.length - before;
    t.check(
      started === requests.length,
      started === 1 ? "serial-not-parallel" : started === 0 ? "wrong-result" : "limit-not-reached",
      {
        en: `${String(requests.length)} requests came in, but ${String(started)} handlers were started. Requests do not wait for one another.`,
        "zh-cn": `来了 ${String(requests.length)} 个请求，却只启动了 ${String(started)} 个处理函数。请求之间不用互相等待。`,
      },
    );
    return asked;
  }

  /** Whoever asked has been told exactly what the handler said. An aborted handler's caller may be told anything. */
  answered(): void {
    const handlings = [...this.handlings];
    for (const { request, call } of this.asked) {
      // The same request may come in twice.
      const at = handlings.findIndex((one) => one.request === request);
      const [handling] = at < 0 ? [] : handlings.splice(at, 1);
      if (handling?.endedAt === undefined || handling.cutOff) continue;
      this.#told(handling, call);
    }
  }

  #told({ request, response, error, endedAt }: Handling, { settled }: Call<unknown>): void {
    const t: Harness = this.t;
    const name = `handle(${request.name})`;
    t.check(settled !== undefined && settled.at === endedAt, "wrong-result", {
      en: `The handler settled at ${String(endedAt)} ms, but ${name} did not settle in the same instant.`,
      "zh-cn": `处理函数在 ${String(endedAt)} 毫秒时就有了结果，${name} 却没有在同一时刻结束。`,
    });
    const failed = request.fails === true || (request.mayFail === true && settled?.status === "rejected");
    if (settled?.status === "fulfilled") {
      t.check(!failed, "error-swallowed", {
        en: `The handler failed, but ${name} resolved.`,
        "zh-cn": `处理函数失败了，${name} 却正常完成。`,
      });
      t.check(Object.is(settled.value, response), "wrong-result", {
        en: `${name} must resolve with what the handler answered, the identical object.`,
        "zh-cn": `${name} 应当返回处理函数的答复，同一个对象。`,
      });
    } else {
      t.check(failed && Object.is(settled?.reason, error), "wrong-result", {
        en: `${name} must settle as the handler did: with its answer, or rejecting with its own error.`,
        "zh-cn": `${name} 的结果应当与处理函数一致：要么是它的答复，要么以它自己的错误拒绝。`,
      });
    }
  }

  /** The status, and how many handlers have not settled. Looked at only while none of them is cleaning up. */
  healthy(status: "ok" | "draining" | "closed", when: Words): void {
    const running = this.handlings.filter((handling) => !isOver(handling)).length;
    this.t.equal(pick(this.server.health()), { status, inFlight: running }, "wrong-result", {
      en: `health() is wrong ${when.en}.`,
      "zh-cn": `${when["zh-cn"]}，health() 的结果不对。`,
    });
  }

  status(status: "ok" | "draining" | "closed", when: Words): void {
    this.t.equal(this.server.health().status, status, "wrong-result", {
      en: `health().status is wrong ${when.en}.`,
      "zh-cn": `${when["zh-cn"]}，health().status 不对。`,
    });
  }

  shutdown(graceMs: number): Call<Outcome> {
    const t: Harness = this.t;
    const first = this.#promise === undefined;
    if (first) [this.stoppedAt, this.graceMs] = [t.now, graceMs];
    return t.call("shutdown", () => {
      const promise = this.server.shutdown({ graceMs });
      if (first) this.#promise = promise;
      t.check(promise === this.#promise, "wrong-result", {
        en: "shutdown was called again and returned another promise. Every caller must get the same one.",
        "zh-cn": "再次调用 shutdown 得到的是另一个 promise。每个调用方都应当得到同一个。",
      });
      return promise;
    });
  }

  /** A request that comes too late: turned away in this very instant, and nothing started for it. */
  async turnsAway(when: Words): Promise<void> {
    const t: Harness = this.t;
    const before = this.handlings.length;
    const call = t.call("handle(late)", () => this.server.handle({ name: "late", latency: 10 }));
    await t.idle();
    t.check(this.handlings.length === before, "wrong-result", {
      en: `A request came in ${when.en}, and its handler was started. From shutdown on, nothing new may start.`,
      "zh-cn": `${when["zh-cn"]}来了一个请求，它的处理函数却启动了。从 shutdown 起，不能再启动任何新的工作。`,
    });
    const { settled } = call;
    t.check(settled?.status === "rejected" && settled.reason instanceof ServerClosedError, "wrong-result", {
      en: `A request came in ${when.en}: handle must reject with a ServerClosedError, at once.`,
      "zh-cn": `${when["zh-cn"]}来了一个请求：handle 应当立刻以 ServerClosedError 拒绝。`,
    });
  }

  get deadline(): number {
    return this.stoppedAt + this.graceMs;
  }

  /** Those that a shutdown finds in flight. What settles in the very instant of the call may count or not. */
  #inFlight(from: "surely" | "possibly"): Handling[] {
    return this.handlings.filter(
      ({ endedAt }) =>
        endedAt === undefined || endedAt > this.stoppedAt || (from === "possibly" && endedAt === this.stoppedAt),
    );
  }

  /** Nobody was told to stop before the grace was over. */
  spared(): void {
    const early = this.handlings.find(
      ({ abortedAt, endedAt }) =>
        abortedAt !== undefined && abortedAt < this.deadline && (endedAt === undefined || abortedAt <= endedAt),
    );
    if (early === undefined || (early.abortedAt === early.endedAt && !early.cutOff)) return;
    this.t.fail("deadline-missed", {
      en: `Requests in flight had until ${String(this.deadline)} ms, but the signal of request ${early.request.name} aborted at ${String(early.abortedAt)} ms.`,
      "zh-cn": `在途请求的时限是 ${String(this.deadline)} 毫秒，请求 ${early.request.name} 的 signal 却在 ${String(early.abortedAt)} 毫秒时就中止了。`,
    });
  }

  /** Just after the grace has run out: whoever was still at work has been told, all of them. */
  async cutOffAll(shutdown: Call<Outcome>): Promise<void> {
    const t: Harness = this.t;
    const missed = this.handlings.find(({ endedAt, abortedAt }) => endedAt === undefined && abortedAt === undefined);
    if (missed === undefined) return;
    const { name } = missed.request;
    t.check(shutdown.pending, "work-still-running", {
      en: `shutdown settled at ${String(shutdown.settled?.at)} ms, but request ${name} still runs and its signal has not been aborted: it was only abandoned.`,
      "zh-cn": `shutdown 在 ${String(shutdown.settled?.at)} 毫秒时结束了，请求 ${name} 却还在运行，signal 也没有中止：只是没人再管它了。`,
    });
    await t.sleep(300);
    await t.idle();
    this.#cutOff(missed);
  }

  /** Its handler was still at work when the grace ran out, so its signal aborted in that instant. */
  #cutOff({ request, abortedAt }: Handling): void {
    const t: Harness = this.t;
    t.check(abortedAt !== undefined, "signal-not-passed-on", {
      en: `graceMs ran out at ${String(this.deadline)} ms, but the signal of request ${request.name} never aborted.`,
      "zh-cn": `graceMs 在 ${String(this.deadline)} 毫秒时用完，请求 ${request.name} 的 signal 却始终没有中止。`,
    });
    t.equal(abortedAt, this.deadline, "deadline-missed", {
      en: `The signal of request ${request.name} must abort exactly graceMs after the call of shutdown (virtual ms).`,
      "zh-cn": `请求 ${request.name} 的 signal 应当在调用 shutdown 之后正好 graceMs 时中止（虚拟毫秒）。`,
    });
  }

  /** A shutdown that has been awaited, in any schedule: it lasted as long as it had to, and its numbers are true. */
  judge(shutdown: Call<Outcome>): void {
    const t: Harness = this.t;
    const { settled } = shutdown;
    this.spared();
    for (const handling of this.handlings) {
      if (handling.endedAt !== undefined && handling.endedAt > this.deadline) this.#cutOff(handling);
    }
    t.check(this.handlings.every(isOver), "settled-before-cleanup", {
      en: `shutdown settled at ${String(settled?.at)} ms, but a handler had not settled yet. An abort asks it to stop; only its promise tells that it has.`,
      "zh-cn": `shutdown 在 ${String(settled?.at)} 毫秒时结束，却还有处理函数没有结束。中止只是请它停下，真正停下要看它的 promise。`,
    });
    if (settled?.status !== "fulfilled") {
      t.fail("wrong-result", {
        en: "shutdown rejected. How a handler ended is its caller's concern; shutdown resolves.",
        "zh-cn": "shutdown 拒绝了。处理函数怎么结束是它的调用方的事，shutdown 应当正常完成。",
      });
    }
    const last = Math.max(this.stoppedAt, ...this.handlings.map(({ endedAt }) => endedAt ?? 0));
    t.equal(settled.at, last, "deadline-missed", {
      en: "shutdown must resolve in the instant in which nothing is in flight any more, not later (virtual ms).",
      "zh-cn": "不再有请求在途的那一刻，shutdown 就应当完成，不能更晚（虚拟毫秒）。",
    });
    this.#count(settled.value);
    this.healthy("closed", { en: "after shutdown has resolved", "zh-cn": "shutdown 完成之后" });
    this.answered();
  }

  #count({ completed, aborted }: Outcome): void {
    const t: Harness = this.t;
    const surely = this.#inFlight("surely");
    const possibly = this.#inFlight("possibly");
    const late = surely.filter(({ cutOff }) => cutOff).length;
    // An answer in the very instant of the abort may count either way.
    const tied = surely.filter(({ cutOff, endedAt, signal }) => !cutOff && endedAt === this.deadline && signal.aborted);
    const most = late + tied.length;
    const total = completed + aborted;
    const seen = `{ completed: ${String(completed)}, aborted: ${String(aborted)} }`;
    t.check(total >= surely.length && total <= possibly.length, "wrong-result", {
      en: `${String(surely.length)} requests were in flight when shutdown was called, but it counted ${seen}.`,
      "zh-cn": `调用 shutdown 时有 ${String(surely.length)} 个请求在途，它统计的却是 ${seen}。`,
    });
    t.check(aborted >= late && aborted <= most, "wrong-result", {
      en: `shutdown counted ${seen}, but ${String(most)} of ${String(surely.length)} handlers had not settled when their signal aborted. A failure is completed, too; an answer after the abort is not.`,
      "zh-cn": `shutdown 统计的是 ${seen}，可 ${String(surely.length)} 个处理函数里，signal 中止时还没结束的有 ${String(most)} 个。失败也算 completed；中止之后才答复的不算。`,
    });
  }
}

function pick({ status, inFlight }: { status: string; inFlight: number }): { status: string; inFlight: number } {
  return { status, inFlight };
}

const before: Words = { en: "before shutdown", "zh-cn": "shutdown 之前" };
const draining: Words = { en: "while the server drains", "zh-cn": "排空期间" };
const inTheSameTurn: Words = { en: "right after the call of shutdown", "zh-cn": "刚调用 shutdown 之后" };
const closed: Words = { en: "after the server has closed", "zh-cn": "服务器关闭之后" };

/** What has not settled although nothing is in the way any more; left pending, the deadlock is what the learner reads. */
async function settles(rig: Rig, shutdown: Call<Outcome>): Promise<void> {
  await shutdown;
  await rig.t.idle();
  rig.judge(shutdown);
  rig.t.checkLeaks("shutdown");
}

test(
  "serves-requests",
  { title: { en: "serves requests side by side", "zh-cn": "同时处理多个请求" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    rig.healthy("ok", { en: "before the first request", "zh-cn": "第一个请求之前" });
    await rig.askAll({ name: "a", latency: 30 }, { name: "b", latency: 10 }, { name: "c", latency: 20 });
    rig.healthy("ok", before);
    await t.sleep(15);
    await t.idle();
    rig.answered();
    rig.healthy("ok", before);
    await t.sleep(20);
    rig.answered();
    rig.healthy("ok", before);
    t.checkLeaks("handle");
  },
);

test(
  "a-failure-is-an-answer",
  { title: { en: "a failed request is over, too", "zh-cn": "失败的请求也算结束" } },
  async (t: Harness) => {
    // Whatever a handler answers or fails with is handed on as it is.
    for (const value of [undefined, null, 0, ""]) {
      const odd = new Rig(t);
      await odd.askAll({ name: "a", latency: 10, value }, { name: "b", latency: 20, value, fails: true });
      await settles(odd, odd.shutdown(100));
    }
    const rig = new Rig(t);
    const asked = await rig.askAll({ name: "a", latency: 10, fails: true }, { name: "b", latency: 20 });
    for (const { call } of asked) await call;
    rig.answered();
    const health = pick(rig.server.health());
    await settles(rig, rig.shutdown(100));
    t.equal(health, { status: "ok", inFlight: 0 }, "wrong-result", {
      en: "A request failed and another was answered; after that, nothing was in flight.",
      "zh-cn": "一个请求失败，一个得到答复，之后就没有请求在途了。",
    });
  },
);

test(
  "nothing-in-flight",
  { title: { en: "nothing in flight: closes at once", "zh-cn": "没有在途请求：立刻关闭" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    const other = new Rig(t);
    await settles(rig, rig.shutdown(100));
    await rig.turnsAway(closed);
    const [asked] = await other.askAll({ name: "a", latency: 10 });
    await asked?.call;
    other.healthy("ok", { en: "of a server that nobody has shut down", "zh-cn": "没有人关停的服务器" });
    // Idle again: what was served before is none of the shutdown's business.
    await settles(other, other.shutdown(100));
    await other.turnsAway(closed);
  },
);

test(
  "turns-away-while-draining",
  { title: { en: "turns new requests away from shutdown on", "zh-cn": "从 shutdown 起拒绝新请求" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    await rig.askAll({ name: "a", latency: 50 });
    await t.sleep(10);
    const shutdown = rig.shutdown(100);
    rig.status("draining", inTheSameTurn);
    await rig.turnsAway(inTheSameTurn);
    rig.spared();
    rig.healthy("draining", draining);
    await t.sleep(20);
    await rig.turnsAway(draining);
    rig.spared();
    rig.healthy("draining", draining);
    await settles(rig, shutdown);
    await rig.turnsAway(closed);
  },
);

test(
  "drains-within-the-grace",
  { title: { en: "requests in flight may finish", "zh-cn": "在途请求可以做完" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    const [served] = await rig.askAll({ name: "early", latency: 5 });
    await served?.call;
    await rig.askAll(
      { name: "a", latency: 40 },
      { name: "b", latency: 20, fails: true },
      { name: "c", latency: 60 },
      { name: "d", latency: 70, fails: true },
    );
    const shutdown = rig.shutdown(100);
    await t.sleep(30);
    await t.idle();
    rig.spared();
    t.check(shutdown.pending, "settled-before-cleanup", {
      en: "A handler failed, and shutdown settled although three others were still at work.",
      "zh-cn": "一个处理函数失败了，另外三个还在工作，shutdown 却已经结束。",
    });
    rig.healthy("draining", draining);
    await settles(rig, shutdown);
  },
);

test(
  "the-grace-runs-out",
  { title: { en: "at graceMs, those left are aborted", "zh-cn": "graceMs 一到，剩下的请求被中止" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    const twice: Request = { name: "a", latency: 500 };
    await rig.askAll(twice, { name: "b", latency: 30 });
    await t.sleep(10);
    await rig.askAll(twice, { name: "c", latency: 600 });
    const shutdown = rig.shutdown(50);
    await t.sleep(49);
    await t.idle();
    rig.spared();
    rig.healthy("draining", draining);
    await t.sleep(2);
    await t.idle();
    await rig.cutOffAll(shutdown);
    await settles(rig, shutdown);
  },
);

test(
  "waits-for-the-last-handler",
  { title: { en: "an aborted handler may need time to stop", "zh-cn": "被中止的处理函数停下来需要时间" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    await rig.askAll(
      { name: "tidy", latency: 500, cleanupMs: 30 },
      { name: "deaf", latency: 90, obeysSignal: false },
      { name: "grumpy", latency: 500, failsWhenAborted: true },
      { name: "quick", latency: 10 },
      { name: "broken", latency: 20, fails: true },
    );
    const shutdown = rig.shutdown(50);
    await t.sleep(60);
    await t.idle();
    await rig.cutOffAll(shutdown);
    t.check(shutdown.pending, "settled-before-cleanup", {
      en: "The signals aborted at 50 ms and shutdown settled, but two handlers were still at work. An abort asks them to stop; only their promises tell that they have.",
      "zh-cn":
        "signal 在 50 毫秒时中止，shutdown 随即结束，可还有两个处理函数在工作。中止只是请它们停下，真正停下要看它们的 promise。",
    });
    rig.status("draining", { en: "while aborted handlers still clean up", "zh-cn": "被中止的处理函数还在收尾时" });
    await rig.turnsAway(draining);
    await t.sleep(25);
    await t.idle();
    t.check(shutdown.pending, "settled-before-cleanup", {
      en: "One aborted handler had settled and shutdown with it, but another was still at work.",
      "zh-cn": "一个被中止的处理函数结束了，shutdown 也跟着结束，可另一个还在工作。",
    });
    await settles(rig, shutdown);
  },
);

test(
  "one-shutdown-for-all",
  { title: { en: "every caller of shutdown gets the same promise", "zh-cn": "每个调用方得到同一个 promise" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    await rig.askAll({ name: "a", latency: 500 }, { name: "b", latency: 500, cleanupMs: 10 });
    const shutdown = rig.shutdown(50);
    rig.shutdown(50);
    await t.sleep(30);
    rig.shutdown(50);
    await t.sleep(21);
    await t.idle();
    await rig.cutOffAll(shutdown);
    rig.shutdown(50);
    await settles(rig, shutdown);
    rig.shutdown(50);
    await t.sleep(100);
    t.checkLeaks("shutdown");
  },
);

test(
  "sigterm-in-every-order",
  { title: { en: "SIGTERM before, between and after the answers", "zh-cn": "SIGTERM 落在答复之前、之间、之后" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    await rig.askAll(
      { name: "a", latency: [10, 90], mayFail: true },
      { name: "b", latency: [10, 90] },
      { name: "c", latency: [30, 90], cleanupMs: 10 },
    );
    await t.work({ label: "SIGTERM", latency: [10, 90], answer: () => undefined });
    const shutdown = rig.shutdown(40);
    await rig.turnsAway(inTheSameTurn);
    await settles(rig, shutdown);
  },
);

test(
  "the-grace-meets-the-answers",
  { title: { en: "answers in the very instant in which the grace ends", "zh-cn": "答复恰好在宽限结束的那一刻到来" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    await rig.askAll(
      { name: "a", latency: 50 },
      { name: "b", latency: 50, fails: true },
      { name: "c", latency: 80, cleanupMs: 10 },
    );
    await settles(rig, rig.shutdown(50));
  },
);

test(
  "shutdown-at-every-moment",
  {
    title: { en: "shutdown strikes at every possible moment", "zh-cn": "shutdown 在每一个可能的时刻到来" },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const rig = new Rig(t);
    let shutdown: Call<Outcome> | undefined;
    const stop = (): Call<Outcome> => (shutdown ??= rig.shutdown(15));
    t.signal.addEventListener("abort", stop);
    // Only so that the explorer knows from when to when it may strike.
    const life = t.call(
      "the server",
      async () => {
        await rig.askAll(
          { name: "a", latency: 10 },
          { name: "b", latency: 20, fails: true },
          { name: "c", latency: 30, cleanupMs: 5 },
        );
        for (const { call } of rig.asked) await call;
      },
      { signal: t.signal, mayFulfil: true, drains: true },
    );
    await life;
    t.signal.removeEventListener("abort", stop);
    await settles(rig, stop());
  },
);

test(
  "a-crowd-of-requests",
  { title: { en: "a crowd: half finish, half are aborted", "zh-cn": "请求成群：一半做完，一半被中止" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    const crowd = Array.from({ length: 60 }, (_, place) => ({
      name: String(place),
      latency: place % 2 === 0 ? 500 : place,
    }));
    await rig.askAll(...crowd);
    const shutdown = rig.shutdown(80);
    await t.sleep(81);
    await t.idle();
    await rig.cutOffAll(shutdown);
    await settles(rig, shutdown);
  },
);

test(
  "servers-side-by-side",
  { title: { en: "one of two servers shuts down", "zh-cn": "两台服务器，只关停一台" } },
  async (t: Harness) => {
    const [rig, other] = [new Rig(t), new Rig(t)];
    await rig.askAll({ name: "a", latency: 500 });
    const [asked] = await other.askAll({ name: "b", latency: 60 });
    const shutdown = rig.shutdown(20);
    await t.sleep(21);
    await t.idle();
    await rig.cutOffAll(shutdown);
    const untouched = other.handlings.every(({ signal }) => !signal.aborted);
    t.check(untouched, "one-cancels-all", {
      en: "One server's grace ran out, and a request of another server was aborted.",
      "zh-cn": "一台服务器的宽限用完了，另一台服务器的请求却也被中止。",
    });
    other.healthy("ok", { en: "of a server that nobody has shut down", "zh-cn": "没有人关停的服务器" });
    t.check(!shutdown.pending, "never-settles", {
      en: "A server's last handler has settled, but its shutdown has not: it waits for requests of another server.",
      "zh-cn": "这台服务器的最后一个处理函数已经结束，shutdown 却还在等：它在等另一台服务器的请求。",
    });
    await asked?.call;
    other.answered();
    await settles(rig, shutdown);
  },
);

test(
  "shutdown-from-within-a-handler",
  { title: { en: "a handler shuts the server down", "zh-cn": "处理函数自己关停服务器" } },
  async (t: Harness) => {
    for (const [latency, others] of [
      [20, []],
      [20, [{ name: "a", latency: 30 }]],
      [500, []],
    ] as const) {
      const rig = new Rig(t);
      await rig.askAll(...others, { name: "admin", latency, shutsDown: 50 });
      const { inner } = rig;
      if (inner === undefined) return;
      t.check(inner.pending, "settled-before-cleanup", {
        en: "A handler called shutdown, and shutdown settled while that very handler was still at work. It is in flight like any other.",
        "zh-cn": "处理函数里调用了 shutdown，它自己还在工作，shutdown 就结束了。它和别的请求一样算在途。",
      });
      rig.healthy("draining", draining);
      await rig.turnsAway(draining);
      await settles(rig, inner);
    }
  },
);

test(
  "shutdown-in-the-turn-of-a-request",
  { title: { en: "a request, and shutdown in the same turn", "zh-cn": "请求刚到，同一轮里就关停" } },
  async (t: Harness) => {
    for (const latency of [20, 500]) {
      const rig = new Rig(t);
      const { call } = rig.ask({ name: "a", latency });
      const shutdown = rig.shutdown(50);
      await t.idle();
      // Two things in one instant: it is served, or it is turned away, and then nothing has been started for it.
      const refused = call.settled?.status === "rejected" && call.settled.reason instanceof ServerClosedError;
      t.check(refused || rig.handlings.length === 1, "wrong-result", {
        en: "A request came in right before shutdown, and was neither handled nor turned away with a ServerClosedError.",
        "zh-cn": "请求在 shutdown 之前一刻到来，既没有处理，也没有以 ServerClosedError 拒绝。",
      });
      await settles(rig, shutdown);
    }
  },
);
