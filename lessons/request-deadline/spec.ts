import { type Call, type Diagnosis, type Harness, type Latency, type Settled, type Words, test } from "interleave";
import { type Connection, type Pool, request } from "./exercise.ts";

/** How one piece of outside work goes. Unless said otherwise it obeys its signal and succeeds. */
interface Plan {
  readonly latency?: Latency;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  readonly error?: unknown;
  readonly mayFailWith?: Error;
  readonly mayHang?: boolean;
}

/** One connection, as the pool sees it. */
interface Wire {
  readonly host: string;
  /** What was done with it, in order. */
  readonly log: ("round trip" | "close" | "release")[];
}

/** One call of the exercise. */
interface Asked {
  readonly host: string;
  readonly call: Call<string>;
  readonly startedAt: number;
}

type Given = { readonly signal: Harness["signal"] };

const payload = "ping";
const answerOf = (host: string): string => `pong from ${host}`;

/** A pool, its connections, and those who send requests over them. Each request asks for a host of its own. */
class Rig {
  readonly t: Harness;
  readonly pool: Pool;
  readonly wires: Wire[] = [];
  readonly asked: Asked[] = [];
  readonly #acquire: Plan;
  readonly #roundTrip: Plan;

  /** @param acquire how long a grant takes (default 10 ms) @param roundTrip how long an answer takes (default 20 ms) */
  constructor(t: Harness, acquire: Plan = {}, roundTrip: Plan = {}) {
    this.t = t;
    this.#acquire = { latency: 10, ...acquire };
    this.#roundTrip = { latency: 20, ...roundTrip };
    this.pool = {
      acquire: (host, signal) => this.work("dial", `acquire ${host}`, this.#acquire, signal, () => this.grant(host)),
      release: (connection) => {
        this.#released(connection);
      },
    };
  }

  work<T>(kind: "dial" | "work", label: string, plan: Plan, given: unknown, make: () => T): Promise<T> {
    const t: Harness = this.t;
    t.check(given instanceof AbortSignal, "signal-not-passed-on", {
      en: `${label} was given no signal, so neither the deadline nor the caller can stop it.`,
      "zh-cn": `${label} 没有收到 signal，截止时间和调用方都停不下它。`,
    });
    const { latency = 0, error, ...rest } = plan;
    const answer = (): T => {
      if ("error" in plan) throw error;
      return make();
    };
    // The signals of the world are those that the exercise sees.
    return t.work({ label, kind, latency, signal: given as unknown as Harness["signal"], answer, ...rest });
  }

  /** A connection to the host. A wrapper of it would not be the pool's, so the exercise has to give back this object. */
  grant(host: string, roundTrip?: (signal: AbortSignal) => Promise<string>): Connection {
    const wire: Wire = { host, log: [] };
    this.wires.push(wire);
    const breaks = "error" in this.#roundTrip;
    const connection = {
      get healthy() {
        return !wire.log.includes("close") && !(breaks && wire.log.includes("round trip"));
      },
      roundTrip: (sent: string, signal: AbortSignal) => {
        this.#expectUsable(wire, sent);
        wire.log.push("round trip");
        if (roundTrip !== undefined) return roundTrip(signal);
        return this.work("work", `round trip to ${host}`, this.#roundTrip, signal, () => answerOf(host));
      },
      close: () => {
        wire.log.push("close");
      },
    };
    this.#lent.set(connection, wire);
    return connection;
  }

  readonly #lent = new Map<unknown, Wire>();

  #released(connection: unknown): void {
    const wire = this.#lent.get(connection);
    if (wire === undefined) {
      this.t.fail("wrong-result", {
        en: "The pool was given back something that it never lent.",
        "zh-cn": "还给连接池的，不是它借出去的东西。",
      });
    }
    wire.log.push("release");
  }

  #expectUsable(wire: Wire, sent: string): void {
    const t: Harness = this.t;
    t.equal(sent, payload, "wrong-result", {
      en: "The round trip was not given the payload of the request.",
      "zh-cn": "roundTrip 收到的不是这次请求的 payload。",
    });
    t.check(wire.log.length === 0, "wrong-result", {
      en: "A second round trip was made, or one on a connection that had been closed or released. A request makes one.",
      "zh-cn": "又做了一次往返，或者在已经关闭、归还的连接上做往返。一次请求只做一次往返。",
    });
  }

  ask(timeoutMs: number, given: Given = this.t): Asked {
    const t: Harness = this.t;
    const host = `host-${String(this.asked.length + 1)}`;
    const options = { timeoutMs, signal: given.signal as unknown as AbortSignal };
    const call = t.call("request", () => request(this.pool, host, payload, options), { signal: given.signal });
    const asked = { host, call, startedAt: t.now };
    this.asked.push(asked);
    return asked;
  }

  /** The connections that were granted so far: each must be where it belongs, given how its request ended. */
  audit(): void {
    for (const { host, call } of this.asked) {
      if (call.pending) continue;
      for (const wire of this.wires) {
        if (wire.host === host) this.#auditWire(wire, call.settled?.status === "fulfilled");
      }
    }
  }

  #auditWire({ log }: Wire, answered: boolean): void {
    const t: Harness = this.t;
    const closes = log.filter((what) => what === "close").length;
    const releases = log.filter((what) => what === "release").length;
    t.check(closes <= 1 && releases <= 1, "released-twice", {
      en: `A connection was closed ${String(closes)} and released ${String(releases)} times. Each must happen once: by the second time it may be somebody else's.`,
      "zh-cn": `一条连接关闭了 ${String(closes)} 次、归还了 ${String(releases)} 次。各自只能有一次：再来一次时，它可能已经是别人的了。`,
    });
    if (answered) {
      t.check(closes === 0, "wrong-result", {
        en: "The round trip succeeded, and its connection was closed. It is good for the next request: release it open.",
        "zh-cn": "往返成功了，连接却被关掉。它还能留给下一个请求：不用关，直接归还。",
      });
      t.check(releases === 1, "resource-not-released", {
        en: "The round trip succeeded, but its connection was not given back to the pool.",
        "zh-cn": "往返成功了，连接却没有还给连接池。",
      });
      return;
    }
    this.#auditBroken(log, closes, releases);
  }

  #auditBroken(log: Wire["log"], closes: number, releases: number): void {
    const t: Harness = this.t;
    t.check(closes + releases > 0, "resource-not-released", {
      en: "A connection was granted, the request has failed, and nobody has closed or released the connection.",
      "zh-cn": "连接已经给出，请求却失败了，这条连接没有人关闭，也没有人归还。",
    });
    t.check(releases === 1, "permit-lost", {
      en: "A connection was closed but not released, so the pool counts it as in use for ever: its place is lost.",
      "zh-cn": "连接关了，却没有归还，连接池会永远把它算作使用中：这个名额丢了。",
    });
    t.check(closes === 1 && log.indexOf("close") < log.indexOf("release"), "unhealthy-reused", {
      en: "A connection whose request had failed was released while it was open. An answer may still be on its way, and the pool lends it to the next caller: close it first, then release it.",
      "zh-cn": "请求失败了，连接却没关就归还。应答可能还在路上，连接池会把它借给下一个人：要先关闭，再归还。",
    });
  }

  /** Ends a test: whatever still runs outside comes to its end, and then everything is judged once more. */
  async finish(): Promise<void> {
    const t: Harness = this.t;
    this.audit();
    t.checkLeaks("request");
    // Not as long as any deadline: a timer of AbortSignal.timeout that nobody minds would make two orders of each such end.
    await t.sleep(1501);
    this.audit();
  }
}

function expectAnswer(t: Harness, { host, call, startedAt }: Asked, afterMs: number): void {
  const { settled } = call;
  t.check(settled?.status === "fulfilled", "wrong-result", {
    en: "Connection and answer came in time, yet the request did not resolve.",
    "zh-cn": "连接和应答都按时到了，请求却没有成功。",
  });
  t.equal(settled?.value, answerOf(host), "wrong-result", {
    en: "The request must resolve with the answer of its round trip.",
    "zh-cn": "请求应当以这次往返的应答作为结果。",
  });
  t.equal((settled?.at ?? 0) - startedAt, afterMs, "wrong-result", {
    en: "The request must resolve as soon as the answer is there (virtual ms).",
    "zh-cn": "应答一到，请求就应当完成（虚拟毫秒）。",
  });
}

function expectFailure(t: Harness, settled: Settled<string>, error: unknown): void {
  t.check(settled.status === "rejected", "error-swallowed", {
    en: "The outside failed, yet the request resolved.",
    "zh-cn": "外部失败了，请求却正常完成。",
  });
  t.equal(settled.reason, error, "error-swallowed", {
    en: "A failure must reach the caller as it is, the identical error.",
    "zh-cn": "失败应当原样传给调用方，同一个错误对象。",
  });
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === "TimeoutError";
}

/** At the deadline: rejected with a TimeoutError in that very instant, and what still runs outside was told to stop. */
function expectTimeout(t: Harness, { call, startedAt }: Asked, timeoutMs: number, whenLate: Diagnosis): void {
  const { settled } = call;
  const after = (settled?.at ?? t.now) - startedAt;
  t.check(settled !== undefined && settled.status === "rejected" && after <= timeoutMs, whenLate, {
    en: `The deadline of ${String(timeoutMs)} ms has passed, and the request has not been rejected with it. One deadline covers all: waiting for a connection and the round trip.`,
    "zh-cn": `${String(timeoutMs)} 毫秒的截止时间已到，请求却没有随之拒绝。一个截止时间管全程：等连接，还有往返。`,
  });
  t.check(after === timeoutMs, "deadline-missed", {
    en: `The request gave up after ${String(after)} ms, before its deadline of ${String(timeoutMs)} ms.`,
    "zh-cn": `请求在 ${String(after)} 毫秒时就放弃了，而截止时间是 ${String(timeoutMs)} 毫秒。`,
  });
  t.check(isTimeout(settled?.reason), "reason-replaced", {
    en: "At the deadline the request must reject with a DOMException named TimeoutError.",
    "zh-cn": "到了截止时间，请求应当以名为 TimeoutError 的 DOMException 拒绝。",
  });
  expectTold(t);
}

function expectTold(t: Harness): void {
  const running = t.works.filter(({ kind, state }) => kind !== "spec" && state === "running");
  const loose = running.find(({ signal }) => signal?.aborted !== true);
  t.check(loose === undefined, "signal-not-passed-on", {
    en: `The request is over, but nobody told "${loose?.label ?? ""}": its signal has not aborted.`,
    "zh-cn": `请求已经结束，却没有人告诉“${loose?.label ?? ""}”：它的 signal 没有中止。`,
  });
}

test(
  "answers-and-gives-back",
  { title: { en: "resolves with the answer and releases the connection", "zh-cn": "返回应答，并归还连接" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    for (let count = 0; count < 2; count++) {
      const asked = rig.ask(1000);
      await asked.call;
      expectAnswer(t, asked, 30);
      rig.audit();
    }
    t.check(rig.wires.length === 2, "wrong-result", {
      en: "Two requests, but not two connections were taken from the pool. Each request takes one.",
      "zh-cn": "两次请求，从连接池取的却不是两条连接。每次请求取一条。",
    });
    await rig.finish();

    const terse = new Rig(t);
    terse.pool.acquire = (host) => Promise.resolve(terse.grant(host, () => Promise.resolve("")));
    const settled = await terse.ask(1000).call;
    t.check(settled.status === "fulfilled" && settled.value === "", "wrong-result", {
      en: "The server's answer was an empty string. That is an answer, too.",
      "zh-cn": "服务器的应答是空字符串，那也是应答。",
    });
    await terse.finish();
  },
);

test(
  "failures-reach-the-caller",
  {
    title: {
      en: "a failure reaches the caller, and its connection is closed",
      "zh-cn": "失败原样传给调用方，连接关闭后归还",
    },
  },
  async (t: Harness) => {
    const refused = new Error("connection refused");
    const noConnection = new Rig(t, { error: refused });
    expectFailure(t, await noConnection.ask(1000).call, refused);
    await noConnection.finish();

    const reset = new Error("connection reset");
    const noAnswer = new Rig(t, {}, { error: reset });
    expectFailure(t, await noAnswer.ask(1000).call, reset);
    await noAnswer.finish();

    // An AbortError that nobody's signal caused is a failure like any other.
    const own = [new DOMException("the server hung up", "AbortError"), new DOMException("502", "TimeoutError")];
    // And whatever something fails with, it has failed.
    for (const error of [...own, undefined, null, 0, "no route to host"]) {
      const odd = new Rig(t, {}, { error });
      expectFailure(t, await odd.ask(1000).call, error);
      await odd.finish();
      const oddPool = new Rig(t, { error });
      expectFailure(t, await oddPool.ask(1000).call, error);
      await oddPool.finish();
    }
  },
);

test(
  "deadline-of-the-round-trip",
  { title: { en: "no answer before the deadline", "zh-cn": "到了截止时间还没有应答" } },
  async (t: Harness) => {
    const rig = new Rig(t, {}, { latency: 500 });
    const asked = rig.ask(100);
    await asked.call;
    expectTimeout(t, asked, 100, "deadline-missed");
    await rig.finish();
  },
);

test(
  "one-deadline-for-all",
  { title: { en: "one deadline for waiting and asking", "zh-cn": "等待和询问共用一个截止时间" } },
  async (t: Harness) => {
    const inLine = new Rig(t, { latency: 500 });
    const first = inLine.ask(100);
    await first.call;
    expectTimeout(t, first, 100, "deadline-missed");
    await inLine.finish();

    const both = new Rig(t, { latency: 70 }, { latency: 70 });
    const second = both.ask(100);
    await second.call;
    expectTimeout(t, second, 100, "deadline-missed");
    await both.finish();

    const enough = both.ask(141);
    await enough.call;
    expectAnswer(t, enough, 140);
    await both.finish();
  },
);

/** The caller aborts after `ms`. That the reason comes back in the same instant is the abort rules' business. */
async function giveUpAfter(rig: Rig, ms: number, reason: unknown = new Error("the caller left")): Promise<void> {
  const t: Harness = rig.t;
  const controller = t.controller("the caller's own signal");
  const asked = rig.ask(1000, controller);
  if (ms > 0) await t.sleep(ms); // 0: in the very turn of the call
  controller.abort(reason);
  await t.idle();
  t.check(!asked.call.pending, "late-after-abort", {
    en: "The caller has aborted, but the request still waits: it must reject in the same instant, whatever the outside takes to notice.",
    "zh-cn": "调用方已经中止，请求却还在等：无论外部要多久才察觉，它都应当在同一时刻拒绝。",
  });
  expectTold(t);
  rig.audit();
}

test(
  "the-caller-gives-up",
  { title: { en: "the caller gives up in each phase", "zh-cn": "调用方在每个阶段放弃" } },
  async (t: Harness) => {
    const inLine = new Rig(t, { latency: 500 });
    await giveUpAfter(inLine, 30);
    await inLine.finish();
    const asking = new Rig(t, {}, { latency: 500 });
    await giveUpAfter(asking, 30);
    await asking.finish();
  },
);

test(
  "any-reason-is-a-reason",
  { title: { en: "given up for any reason, even 0", "zh-cn": "放弃的原因可以是任何值，0 也行" } },
  async (t: Harness) => {
    for (const reason of [0, null, "", new DOMException("the caller's own deadline", "TimeoutError")]) {
      for (const [acquire, roundTrip] of [
        [{ latency: 500 }, {}],
        [{}, { latency: 500 }],
      ] as const) {
        const rig = new Rig(t, acquire, roundTrip);
        await giveUpAfter(rig, 30, reason);
        await rig.finish();
      }
      const controller = t.controller("an aborted signal");
      controller.abort(reason);
      await new Rig(t).ask(1000, controller).call;
    }
  },
);

test(
  "already-aborted",
  { title: { en: "an aborted signal: asks for nothing", "zh-cn": "signal 已经中止：什么都不要" } },
  async (t: Harness) => {
    const rig = new Rig(t);
    t.abort();
    const { call } = rig.ask(1000);
    await t.idle();
    t.check(t.works.length === 0, "aborted-signal-unchecked", {
      en: "The signal was aborted before the call, yet the pool was asked for a connection.",
      "zh-cn": "调用之前 signal 就已中止，却仍然向连接池要了连接。",
    });
    t.check(call.settled?.status === "rejected", "aborted-signal-unchecked", {
      en: "The signal was aborted before the call: the request must reject at once.",
      "zh-cn": "调用之前 signal 就已中止：请求应当立刻拒绝。",
    });
    t.equal(call.settled?.reason, t.reason, "reason-replaced", {
      en: "The request must reject with the signal's own reason, the identical object.",
      "zh-cn": "请求应当以 signal 自己的 reason 拒绝，同一个对象。",
    });
    await rig.finish();
  },
);

test(
  "the-outside-is-slow-to-stop",
  { title: { en: "does not wait for what it aborted", "zh-cn": "不等它所中止的工作" } },
  async (t: Harness) => {
    const slow: Plan = { latency: 500, cleanupMs: 50 };
    for (const [acquire, roundTrip] of [
      [slow, {}],
      [{}, slow],
    ] as const) {
      const left = new Rig(t, acquire, roundTrip);
      await giveUpAfter(left, 30);
      await left.finish();
      const late = new Rig(t, acquire, roundTrip);
      const asked = late.ask(100);
      await t.sleep(101);
      expectTimeout(t, asked, 100, "late-after-abort");
      await late.finish();
    }
  },
);

test(
  "the-outside-does-not-listen",
  { title: { en: "a round trip that ends long after the request", "zh-cn": "请求早已结束，往返才结束" } },
  async (t: Harness) => {
    const stubborn: Plan = { latency: 150, obeysSignal: false };
    for (const roundTrip of [stubborn, { ...stubborn, error: new Error("connection reset") }]) {
      const left = new Rig(t, {}, roundTrip);
      await giveUpAfter(left, 30);
      await left.finish();
      const late = new Rig(t, {}, roundTrip);
      const asked = late.ask(100);
      await t.sleep(101);
      expectTimeout(t, asked, 100, "late-after-abort");
      late.audit();
      await late.finish();
    }
  },
);

test(
  "granted-too-late",
  { title: { en: "a connection that comes too late is not lost", "zh-cn": "来得太晚的连接不会丢" } },
  async (t: Harness) => {
    const stubborn: Plan = { latency: 150, obeysSignal: false };
    for (const acquire of [stubborn, { ...stubborn, error: new Error("connection refused") }]) {
      const left = new Rig(t, acquire);
      await giveUpAfter(left, 30);
      await left.finish();
      const late = new Rig(t, acquire);
      const asked = late.ask(100);
      await t.sleep(101);
      expectTimeout(t, asked, 100, "late-after-abort");
      await t.sleep(50);
      late.audit();
      await late.finish();
    }
  },
);

test(
  "requests-stand-alone",
  { title: { en: "requests that overlap do not disturb one another", "zh-cn": "同时进行的请求互不干扰" } },
  async (t: Harness) => {
    const rig = new Rig(t, { latency: 20 }, { latency: 60 });
    const leaving = t.controller("the signal of one caller");
    const answered = rig.ask(1000);
    await t.sleep(1);
    const timedOut = rig.ask(50);
    await t.sleep(1);
    const left = rig.ask(1000, leaving);
    await t.sleep(1);
    const alsoAnswered = rig.ask(1000);
    t.after(30, () => {
      leaving.abort(new Error("one caller left"));
    });
    await answered.call;
    await alsoAnswered.call;
    expectAnswer(t, answered, 80);
    expectAnswer(t, alsoAnswered, 80);
    expectTimeout(t, timedOut, 50, "deadline-missed");
    t.check(left.call.settled?.at === 33, "late-after-abort", {
      en: "One of several callers left at 33 ms; its request must have ended then.",
      "zh-cn": "几个调用方之一在 33 毫秒时离开，它的请求应当就在那时结束。",
    });
    await rig.finish();
  },
);

/** Judges a request of any schedule by what the outside saw of it. */
function judge(rig: Rig, { call, host, startedAt }: Asked, timeoutMs: number, failures: readonly Error[]): void {
  const t: Harness = rig.t;
  const { settled } = call;
  if (settled === undefined) t.fail("never-settles", stillOpen);
  const after = settled.at - startedAt;
  t.check(after <= timeoutMs, "deadline-missed", {
    en: `The deadline was ${String(timeoutMs)} ms, but the request settled after ${String(after)} ms.`,
    "zh-cn": `截止时间是 ${String(timeoutMs)} 毫秒，请求却在 ${String(after)} 毫秒后才结束。`,
  });
  if (settled.status === "fulfilled") {
    t.equal(settled.value, answerOf(host), "wrong-result", {
      en: "The request must resolve with the answer of its round trip.",
      "zh-cn": "请求应当以这次往返的应答作为结果。",
    });
  } else {
    const { reason } = settled;
    const struck = t.abortedAt === settled.at && reason === t.reason;
    const timedOut = after === timeoutMs && isTimeout(reason);
    const failed = t.works.some(({ state, endedAt }) => state === "failed" && endedAt === settled.at);
    const known = struck || timedOut || (failed && failures.some((failure) => failure === reason));
    t.check(known, t.abortedAt === settled.at ? "reason-replaced" : "error-swallowed", {
      en: "The request rejected with something that is neither the TimeoutError at its deadline, nor the caller's reason at the abort, nor the failure that had just come.",
      "zh-cn": "请求拒绝的原因，既不是截止时间的 TimeoutError，也不是中止时调用方的 reason，更不是刚刚发生的那个失败。",
    });
  }
  rig.audit();
}

const stillOpen: Words = {
  en: "The request has neither resolved nor rejected.",
  "zh-cn": "请求既没有完成，也没有拒绝。",
};

test(
  "every-order",
  {
    title: {
      en: "grant, answer, failure and deadline in every order",
      "zh-cn": "连接、应答、失败与截止时间的各种次序",
    },
  },
  async (t: Harness) => {
    const [refused, reset] = [new Error("connection refused"), new Error("connection reset")] as const;
    const rig = new Rig(
      t,
      { latency: [10, 120], mayFailWith: refused },
      { latency: [10, 120], mayFailWith: reset, mayHang: true },
    );
    const asked = rig.ask(100);
    await asked.call;
    judge(rig, asked, 100, [refused, reset]);
    await rig.finish();
  },
);

test(
  "grant-at-the-deadline",
  { title: { en: "a connection granted as the deadline strikes", "zh-cn": "截止时间到的那一刻给出连接" } },
  async (t: Harness) => {
    for (const acquire of [{ latency: 100 }, { latency: 100, obeysSignal: false }]) {
      const rig = new Rig(t, acquire, { obeysSignal: false });
      const asked = rig.ask(100);
      await t.sleep(101);
      expectTimeout(t, asked, 100, "deadline-missed");
      rig.audit();
      await rig.finish();
    }
  },
);

test(
  "answer-at-the-deadline",
  { title: { en: "an answer that comes as the deadline strikes", "zh-cn": "截止时间到的那一刻收到应答" } },
  async (t: Harness) => {
    const rig = new Rig(t, { latency: 50 }, { latency: 50 });
    const asked = rig.ask(100);
    await asked.call;
    judge(rig, asked, 100, []);
    await rig.finish();
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const reset = new Error("connection reset");
    const rig = new Rig(t, { latency: [10, 80] }, { latency: [10, 80], mayFailWith: reset });
    const asked = rig.ask(100);
    await asked.call;
    judge(rig, asked, 100, [reset]);
    await rig.finish();
  },
);

test(
  "cancel-everywhere-unheard",
  {
    title: {
      en: "the caller gives up at every moment, and nobody outside listens",
      "zh-cn": "调用方随时放弃，而外部不理会",
    },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const stubborn: Plan = { latency: 40, obeysSignal: false };
    const rig = new Rig(t, stubborn, stubborn);
    const asked = rig.ask(100);
    await asked.call;
    judge(rig, asked, 100, []);
    await rig.finish();
  },
);

/** Something settles and the caller aborts, with a few microtasks between the two. Either may win, whole. */
async function meetAbort(t: Harness, what: "grant" | "answer" | "failure", turns: number, abortFirst: boolean) {
  const rig = new Rig(t);
  const host = "host-1";
  const controller = t.controller("the caller's own signal");
  const reason = new Error("the caller left");
  const failure = new Error("connection reset");
  const grant = Promise.withResolvers<Connection>();
  const answer = Promise.withResolvers<string>();
  const connection = rig.grant(host, () => answer.promise);
  rig.pool.acquire = () => grant.promise;
  const { call } = rig.ask(1000, controller);
  await t.idle();
  if (what !== "grant") {
    grant.resolve(connection);
    await t.idle();
  }
  const settle = (): void => {
    if (what === "grant") grant.resolve(connection);
    else if (what === "answer") answer.resolve(answerOf(host));
    else answer.reject(failure);
  };
  if (abortFirst) controller.abort(reason);
  else settle();
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  if (abortFirst) settle();
  else controller.abort(reason);
  await t.idle();
  const { settled } = call;
  if (settled === undefined) t.fail("late-after-abort", stillOpen);
  t.check(settled.status === "rejected" || what === "answer", "abort-swallowed", {
    en: "The caller aborted while no answer had come, and the request resolved.",
    "zh-cn": "还没有应答，调用方就中止了，请求却正常完成。",
  });
  if (settled.status === "rejected") {
    t.check(settled.reason === reason || (what === "failure" && settled.reason === failure), "reason-replaced", {
      en: "After the caller's abort, the request must reject with the caller's own reason, the identical object.",
      "zh-cn": "调用方中止之后，请求应当以调用方自己的 reason 拒绝，同一个对象。",
    });
  }
  rig.audit();
  if (what === "grant") answer.resolve(answerOf(host));
  await rig.finish();
}

test(
  "grant-meets-abort",
  {
    title: { en: "a grant and an abort in one instant", "zh-cn": "给出连接与中止落在同一时刻" },
    oracle: { except: ["L5"] },
  },
  async (t: Harness) => {
    for (const turns of [0, 1, 2, 3, 4, 6]) {
      await meetAbort(t, "grant", turns, false);
      await meetAbort(t, "grant", turns, true);
    }
  },
);

test(
  "answer-meets-abort",
  {
    title: { en: "an answer or a failure, and an abort, in one instant", "zh-cn": "应答或失败与中止落在同一时刻" },
    oracle: { except: ["L5"] },
  },
  async (t: Harness) => {
    for (const turns of [0, 1, 2, 3, 4, 6]) {
      for (const what of ["answer", "failure"] as const) {
        await meetAbort(t, what, turns, false);
        await meetAbort(t, what, turns, true);
      }
    }
  },
);

test(
  "given-up-in-the-turn-of-the-call",
  { title: { en: "given up in the very turn of the call", "zh-cn": "刚一调用就放弃" } },
  async (t: Harness) => {
    for (const acquire of [{ latency: 150 }, { latency: 150, obeysSignal: false }]) {
      const rig = new Rig(t, acquire);
      await giveUpAfter(rig, 0);
      await rig.finish();
    }
  },
);

test(
  "one-signal-for-many",
  { title: { en: "a hundred requests with one signal", "zh-cn": "一百个请求共用一个 signal" } },
  async (t: Harness) => {
    const reset = new Error("connection reset");
    const good = new Rig(t);
    const bad = new Rig(t, {}, { error: reset });
    const slow = new Rig(t, {}, { latency: 500 });
    // Deadlines that nothing else falls together with, or each timer of AbortSignal.timeout would double the orders.
    for (const rig of [good, bad, slow]) {
      for (let count = 0; count < 34; count++) await rig.ask(63).call;
    }
    t.check(t.listeners(t.signal) === 0, "listener-left-on-signal", {
      en: "A hundred requests have ended, and their callers' signal still has abort listeners.",
      "zh-cn": "一百个请求都结束了，调用方的 signal 上却还挂着 abort 监听器。",
    });
    for (const rig of [good, bad, slow]) rig.audit();
    // Nobody is interested any more: no connection may be closed for it.
    t.abort();
    await t.idle();
    for (const rig of [good, bad, slow]) await rig.finish();
  },
);
