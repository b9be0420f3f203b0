import { type Call, type Diagnosis, type Harness, type Latency, type Words, test } from "interleave";
import { SingleFlight } from "./exercise.ts";

/** How one load goes. Unless said otherwise it takes about 10 ms, obeys its signal and gives an object of its own. */
interface LoadPlan {
  readonly latency?: Latency;
  readonly value?: unknown;
  /** It fails, with this. */
  readonly fails?: { readonly error: unknown };
  readonly mayFailWith?: Error;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
}

interface Load {
  readonly key: unknown;
  readonly signal: Harness["signal"] | undefined;
  readonly value: unknown;
  readonly startedAt: number;
  endedAt: number | undefined;
  /** What it rejected with, if it did. */
  failure: { readonly error: unknown } | undefined;
}

interface Given {
  readonly signal: Harness["signal"];
  abort(reason?: unknown): void;
}

/** One call of `get`. */
interface Caller {
  readonly key: unknown;
  readonly call: Call<unknown>;
  readonly given: Given;
  readonly reason: unknown;
  readonly startedAt: number;
  abort(): void;
}

interface GetOptions {
  /** The signal that it gives up with. Default: one of its own. */
  readonly given?: Given;
  /** An abort meets an answer in one instant, and either may win. */
  readonly mayFulfil?: boolean;
}

/** One SingleFlight, what it loads, and who asks. */
class Rig {
  readonly t: Harness;
  readonly flights: SingleFlight<unknown, unknown>;
  readonly loads: Load[] = [];
  readonly callers: Caller[] = [];
  /** Called when a load's signal aborts, in that very turn. */
  onLoadAborted: (() => void) | undefined;
  readonly #plans: LoadPlan[];

  constructor(t: Harness, plans: readonly LoadPlan[] = []) {
    this.t = t;
    this.#plans = [...plans];
    this.flights = new SingleFlight((key, signal) => this.#load(key, signal as unknown as Harness["signal"]));
  }

  async #load(key: unknown, signal: Harness["signal"] | undefined): Promise<unknown> {
    const t: Harness = this.t;
    const plan = this.#plans.shift() ?? {};
    const { latency = 10 + this.loads.length, fails, mayFailWith, obeysSignal = true, cleanupMs = 0 } = plan;
    const value = "value" in plan ? plan.value : { answer: this.loads.length + 1 };
    const load: Load = { key, signal, value, startedAt: t.now, endedAt: undefined, failure: undefined };
    this.loads.push(load);
    if (this.onLoadAborted !== undefined) signal?.addEventListener("abort", this.onLoadAborted, { once: true });
    const answer = (): unknown => {
      if (fails !== undefined) throw fails.error;
      return value;
    };
    const failing = mayFailWith === undefined ? {} : { mayFailWith };
    const label = `load ${nameOf(key)}`;
    try {
      return await t.work({ label, latency, signal, obeysSignal, cleanupMs, answer, ...failing });
    } catch (thrown) {
      load.failure = { error: thrown };
      throw thrown;
    } finally {
      load.endedAt = t.now;
    }
  }

  get(key: unknown, { given, mayFulfil = false }: GetOptions = {}): Caller {
    const t: Harness = this.t;
    const name = `caller ${String(this.callers.length + 1)}`;
    const caller = given ?? t.controller(`the signal of ${name}`);
    const reason: unknown = caller === t ? t.reason : new Error(`${name} gave up`);
    const { signal } = caller;
    const call = t.call(`get(${nameOf(key)})`, () => this.flights.get(key, signal as unknown as AbortSignal), {
      signal,
      mayFulfil,
    });
    const made: Caller = {
      key,
      call,
      given: caller,
      reason,
      startedAt: t.now,
      abort: () => {
        caller.abort(reason);
      },
    };
    this.callers.push(made);
    return made;
  }

  load(number: number): Load {
    return this.loads[number - 1] ?? this.t.fail("wrong-result", notLoaded);
  }

  /** That there were exactly so many loads so far. */
  expectLoads(count: number, moreIs: Diagnosis = "stampede", more: Words = stampede): void {
    const t: Harness = this.t;
    t.check(this.loads.length <= count, moreIs, more);
    t.check(this.loads.length >= count, "wrong-result", notLoaded);
  }

  expectInFlight(count: number): void {
    const { t, flights } = this;
    (t as Harness).equal(flights.inFlight, count, "wrong-result", {
      en: "`inFlight` counts the loads that a `get` could join now: one for each key that is being loaded, however many wait for it, and none that was given up.",
      "zh-cn": "inFlight 是此刻 get 可以加入的加载数：每个正在加载的键算一次，不管有几个人在等；已经放弃的不算。",
    });
  }

  /** A caller who gave up: rejected in this instant. With whose reason, the abort rules say. */
  expectLeft(caller: Caller): void {
    this.t.check(!caller.call.pending, "late-after-abort", {
      en: `The caller's signal has aborted, but get(${nameOf(caller.key)}) still waits. It must reject in that instant, whatever becomes of the load.`,
      "zh-cn": `调用方的 signal 已经中止，get(${nameOf(caller.key)}) 却还在等。不管加载怎样，它都应当在那一刻拒绝。`,
    });
  }

  /** Others left, but not these, so their load goes on. */
  expectAlive(load: Load, ...waiting: readonly Caller[]): void {
    const t: Harness = this.t;
    const alive = load.signal?.aborted !== true && waiting.every(({ call }) => call.pending);
    t.check(alive, "one-cancels-all", {
      en: "One caller gave up, and the load that others still wait for ended with it. An abort concerns the caller whose signal it is, and nobody else.",
      "zh-cn": "一个调用方放弃了，别人还在等的加载也跟着结束了。中止只关 signal 的主人一个人的事。",
    });
  }

  expectGivenUp(load: Load): void {
    this.t.check(load.signal?.aborted === true || load.endedAt !== undefined, "work-still-running", {
      en: `Nobody waits for ${nameOf(load.key)} any more, but its load was not told: the signal that it was given has not aborted.`,
      "zh-cn": `已经没有人在等 ${nameOf(load.key)}，它的加载却没有得到通知：交给它的 signal 没有中止。`,
    });
  }

  /** Waits for a caller, who must be given what this load gave. */
  async served(caller: Caller, load: Load): Promise<void> {
    const t: Harness = this.t;
    if (load.endedAt !== undefined) await t.idle();
    t.check(load.endedAt === undefined || !caller.call.pending, "never-settles", {
      en: `The load has settled, but a caller of get(${nameOf(caller.key)}) still waits. Value or failure reaches everybody who waits.`,
      "zh-cn": `加载已经有了结果，get(${nameOf(caller.key)}) 的一个调用方却还在等。值也好，失败也好，每个在等的人都要得到。`,
    });
    const settled = await caller.call;
    if (load.failure !== undefined) {
      t.check(settled.status === "rejected", "error-swallowed", {
        en: "The load failed, but a caller who waited for it was given a value.",
        "zh-cn": "加载失败了，等它的调用方却得到了一个值。",
      });
      t.equal(settled.reason, load.failure.error, "reason-replaced", {
        en: "Every caller must be rejected with the load's own error, the identical object.",
        "zh-cn": "每个调用方都应当以加载自己的错误拒绝，同一个对象。",
      });
      return;
    }
    t.check(settled.status === "fulfilled", "one-cancels-all", {
      en: "The load succeeded, but a caller who waited for it and had not given up was rejected.",
      "zh-cn": "加载成功了，一个在等它、也没有放弃的调用方却被拒绝了。",
    });
    t.equal(settled.value, load.value, "wrong-result", {
      en: `A caller was given another value than that of the load of ${nameOf(load.key)} that was in flight for it.`,
      "zh-cn": `调用方得到的，不是为它加载 ${nameOf(load.key)} 的那一次的值。`,
    });
    t.equal(settled.at, load.endedAt, "wrong-result", {
      en: "A caller must be answered in the instant in which the load settles.",
      "zh-cn": "加载一有结果，调用方就应当在同一时刻得到答复。",
    });
  }
}

function nameOf(key: unknown): string {
  if (typeof key === "string") return `"${key}"`;
  return typeof key === "object" ? "{…}" : String(key);
}

const notLoaded: Words = {
  en: "A `get` that found no load to join must start one at once.",
  "zh-cn": "没有可以加入的加载时，get 应当立刻开始一次。",
};

const stampede: Words = {
  en: "The load of this key was in flight, but a `get` started another instead of joining it.",
  "zh-cn": "这个键的加载正在进行，get 却没有加入，而是又开始了一次。",
};

const remembered: Words = {
  en: "The load had settled, but a later `get` was answered from memory. Nothing is remembered: it must load afresh.",
  "zh-cn": "加载早已有了结果，之后的 get 却是凭记忆答复的。什么都不记：应当重新加载。",
};

const joinedTheDying: Words = {
  en: "The last caller had given up the load, but the next `get` joined it instead of starting a new one.",
  "zh-cn": "最后一个调用方已经放弃了这次加载，下一个 get 却加入了它，而没有重新开始。",
};

test("one-caller", { title: { en: "one caller, one load", "zh-cn": "一个调用方，一次加载" } }, async (t: Harness) => {
  const rig = new Rig(t);
  const caller = rig.get("a");
  await t.idle();
  rig.expectLoads(1);
  t.equal(rig.load(1).key, "a", "wrong-result", {
    en: "The load must be given the key that was asked for.",
    "zh-cn": "交给加载函数的应当就是所要的那个键。",
  });
  rig.expectInFlight(1);
  await rig.served(caller, rig.load(1));
  rig.expectInFlight(0);
});

test(
  "callers-share-a-load",
  { title: { en: "callers of one key share its load", "zh-cn": "同一个键的调用方共用一次加载" } },
  async (t: Harness) => {
    const rig = new Rig(t, [{ latency: 20 }]);
    const callers = [rig.get("a"), rig.get("a")];
    await t.sleep(5);
    callers.push(rig.get("a"));
    await t.sleep(10);
    await t.idle();
    callers.push(rig.get("a"));
    await t.idle();
    rig.expectLoads(1);
    rig.expectInFlight(1);
    for (const caller of callers) await rig.served(caller, rig.load(1));
    rig.expectLoads(1);
    rig.expectInFlight(0);
  },
);

/** One load for callers of different keys: it serves them all, or the others wait until it is over. */
async function failOneLoad(t: Harness, callers: readonly Caller[]): Promise<void> {
  await callers[0]?.call;
  t.check(callers[1]?.call.pending === true, "wrong-result", {
    en: "A caller was given what had been loaded for another key.",
    "zh-cn": "调用方得到的，是为另一个键加载的东西。",
  });
  t.fail("serial-not-parallel", {
    en: "Several keys were asked for at one time, but only one load was started. Keys have nothing to do with one another.",
    "zh-cn": "同时要了好几个键，却只开始了一次加载。键与键互不相干。",
  });
}

test(
  "keys-are-apart",
  { title: { en: "each key has a load of its own", "zh-cn": "每个键各有各的加载" } },
  async (t: Harness) => {
    const rig = new Rig(t, [{ latency: 30 }]);
    const [one, other] = [{ id: 1 }, { id: 1 }];
    const keys = ["1", 1, one, other, undefined, NaN];
    const callers = keys.map((key) => rig.get(key));
    callers.push(rig.get(NaN), rig.get(one));
    await t.idle();
    const [first] = callers as [Caller];
    if (rig.loads.length <= 1) await failOneLoad(t, callers);
    rig.expectInFlight(keys.length);
    rig.expectLoads(keys.length);
    for (const [index, caller] of callers.entries()) {
      const key = [...keys, NaN, one][index];
      const load = rig.loads.find((candidate) => Object.is(candidate.key, key));
      if (caller !== first) await rig.served(caller, load ?? rig.load(keys.length + 1));
    }
    rig.expectInFlight(1);
    await rig.served(first, rig.load(1));
  },
);

test(
  "failure-reaches-all",
  { title: { en: "a failure reaches everybody who waits", "zh-cn": "失败也要让每个在等的人知道" } },
  async (t: Harness) => {
    const rig = new Rig(t, [{ fails: { error: new Error("no such row") } }, {}]);
    const callers = [rig.get("a"), rig.get("a"), rig.get("a")];
    await t.sleep(11);
    await t.idle();
    rig.expectLoads(1, "wrong-result", {
      en: "The load failed, and another was started for those who waited. The failure is their answer.",
      "zh-cn": "加载失败之后，又为在等的人重新加载了一次。失败就是他们的答复。",
    });
    for (const caller of callers) await rig.served(caller, rig.load(1));
    rig.expectInFlight(0);
    const next = rig.get("a");
    await t.idle();
    t.check(rig.loads.length === 2, "wrong-result", remembered);
    await rig.served(next, rig.load(2));
  },
);

test(
  "any-failure",
  { title: { en: "a failure may be any value", "zh-cn": "失败可以是任何值" } },
  async (t: Harness) => {
    for (const error of [0, "", null, undefined, "no such row"]) {
      const rig = new Rig(t, [{ fails: { error } }]);
      const callers = [rig.get("a"), rig.get("a")];
      await t.sleep(11);
      for (const caller of callers) await rig.served(caller, rig.load(1));
      rig.expectInFlight(0);
    }
  },
);

test(
  "two-at-once",
  { title: { en: "two SingleFlights know nothing of each other", "zh-cn": "两个 SingleFlight 互不相干" } },
  async (t: Harness) => {
    const rigs = [new Rig(t, [{ latency: 20 }]), new Rig(t, [{ latency: 30 }])] as const;
    const callers = rigs.map((rig) => [rig.get("a"), rig.get("a")]);
    await t.idle();
    for (const [index, rig] of rigs.entries()) {
      t.check(rig.loads.length === 1, "wrong-result", {
        en: "There are two SingleFlights, each with a `load` of its own. Both were asked for one key, and each must load it once.",
        "zh-cn": "一共有两个 SingleFlight，各有各的 load。两个都要了同一个键，各自都应当加载一次。",
      });
      rig.expectInFlight(1);
      for (const caller of callers[index] ?? []) await rig.served(caller, rig.load(1));
      rig.expectInFlight(0);
    }
  },
);

test(
  "fifty-keys",
  { title: { en: "fifty keys at one time, asked for twice", "zh-cn": "同时五十个键，每个要两次" } },
  async (t: Harness) => {
    const keys = Array.from({ length: 50 }, (_, index) => index);
    const rig = new Rig(
      t,
      keys.map((key) => ({ latency: 20 + key })),
    );
    const callers = keys.map((key) => rig.get(key));
    await t.sleep(5);
    callers.push(...keys.map((key) => rig.get(key)));
    await t.idle();
    rig.expectLoads(keys.length);
    rig.expectInFlight(keys.length);
    for (const [index, caller] of callers.entries()) await rig.served(caller, rig.load((index % keys.length) + 1));
    rig.expectInFlight(0);
  },
);

test("nothing-is-remembered", { title: { en: "nothing is remembered", "zh-cn": "什么都不记" } }, async (t: Harness) => {
  const rig = new Rig(t, [{ value: undefined }, { value: undefined }, { value: 0 }, {}]);
  for (let round = 1; round <= 3; round++) {
    const callers = [rig.get("a"), rig.get("a")];
    await t.idle();
    t.check(rig.loads.length >= round, "wrong-result", remembered);
    rig.expectLoads(round);
    for (const caller of callers) await rig.served(caller, rig.load(round));
    rig.expectInFlight(0);
  }
});

test(
  "asked-again-at-once",
  { title: { en: "who has an answer may ask again at once", "zh-cn": "一得到答复就再要一次" } },
  async (t: Harness) => {
    for (const plan of [{}, { fails: { error: new Error("no such row") } }]) {
      const rig = new Rig(t, [plan]);
      const { signal } = t.controller("the caller's signal");
      const again: Caller[] = [];
      const askAgain = (): void => {
        again.push(rig.get("a"));
      };
      const first = rig.flights.get("a", signal as unknown as AbortSignal);
      const second = rig.flights.get("a", signal as unknown as AbortSignal);
      void first.then(askAgain, askAgain);
      void second.then(askAgain, askAgain);
      await t.sleep(12);
      await t.idle();
      t.check(again.length === 2, "never-settles", {
        en: "The load has settled, but a caller who waited for it was not answered.",
        "zh-cn": "加载已经有了结果，等它的调用方却没有得到答复。",
      });
      t.check(rig.loads.length >= 2, "wrong-result", remembered);
      rig.expectLoads(2);
      for (const caller of again) await rig.served(caller, rig.load(2));
    }
  },
);

test(
  "one-gives-up",
  { title: { en: "one of several gives up", "zh-cn": "几个人里有一个放弃" } },
  async (t: Harness) => {
    for (const leaver of [0, 1, 2]) {
      const rig = new Rig(t, [{ latency: 20 }]);
      const callers = [rig.get("a"), rig.get("a"), rig.get("a")];
      await t.sleep(5);
      await t.idle();
      rig.expectLoads(1);
      const [left] = callers.splice(leaver, 1) as [Caller];
      left.abort();
      await t.idle();
      rig.expectLoads(1, "wrong-result", {
        en: "One caller gave up, and another load was started for the others. Their load was under way and goes on.",
        "zh-cn": "一个调用方放弃了，却又为其他人重新开始了一次加载。他们的加载正在进行，应当继续。",
      });
      rig.expectAlive(rig.load(1), ...callers);
      rig.expectLeft(left);
      rig.expectInFlight(1);
      callers.push(rig.get("a"));
      await t.idle();
      rig.expectLoads(1);
      for (const caller of callers) await rig.served(caller, rig.load(1));
      rig.expectInFlight(0);
    }
  },
);

test(
  "all-give-up",
  { title: { en: "when the last one gives up, the load is aborted", "zh-cn": "最后一个也放弃时，加载要中止" } },
  async (t: Harness) => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [4, 3, 2, 1, 0, 6, 5],
    ]) {
      const rig = new Rig(t, [{ latency: 200 }, {}]);
      const callers = order.map(() => rig.get("a"));
      const waiting = new Set(callers);
      for (const leaver of order) {
        await t.sleep(5);
        await t.idle();
        rig.expectAlive(rig.load(1), ...waiting);
        const left = callers[leaver] as Caller;
        waiting.delete(left);
        left.abort();
        await t.idle();
        rig.expectLeft(left);
      }
      rig.expectGivenUp(rig.load(1));
      rig.expectInFlight(0);
      const next = rig.get("a");
      await t.idle();
      t.check(rig.loads.length === 2, "wrong-result", joinedTheDying);
      await rig.served(next, rig.load(2));
    }
  },
);

test(
  "already-aborted",
  { title: { en: "an aborted signal starts and joins nothing", "zh-cn": "signal 已经中止：不开始，也不加入" } },
  async (t: Harness) => {
    const rig = new Rig(t, [{ latency: 20 }]);
    const gone = t.controller("a signal that aborted before");
    gone.abort(new Error("gone"));
    const early = rig.get("a", { given: gone });
    await t.idle();
    t.check(rig.loads.length === 0, "aborted-signal-unchecked", {
      en: "The signal was aborted before the call, yet a load was started.",
      "zh-cn": "调用之前 signal 就已中止，却还是开始了加载。",
    });
    rig.expectInFlight(0);
    const there = rig.get("a");
    await t.idle();
    const late = rig.get("a", { given: gone });
    await t.idle();
    for (const caller of [early, late]) {
      t.check(!caller.call.pending, "aborted-signal-unchecked", {
        en: "The signal was aborted before the call, but the call waits. It must reject at once.",
        "zh-cn": "调用之前 signal 就已中止，这次调用却在等。应当立刻拒绝。",
      });
    }
    rig.expectAlive(rig.load(1), there);
    there.abort();
    await t.idle();
    t.check(rig.load(1).signal?.aborted === true, "aborted-signal-unchecked", {
      en: "The only caller who could wait has given up, but the load goes on: somebody whose signal was aborted before the call is counted as waiting.",
      "zh-cn": "唯一能等的调用方已经放弃，加载却还在继续：调用之前就已中止的人，也被算作在等了。",
    });
    rig.expectInFlight(0);
  },
);

test(
  "any-reason",
  { title: { en: "a reason may be any value", "zh-cn": "reason 可以是任何值" } },
  async (t: Harness) => {
    for (const reason of [0, "", null, false]) {
      const rig = new Rig(t, [{ latency: 50 }]);
      const given = t.controller("the signal of the one who leaves");
      const left = rig.get("a", { given });
      const stayer = rig.get("a");
      await t.sleep(5);
      given.abort(reason);
      await t.idle();
      rig.expectLeft(left);
      rig.expectAlive(rig.load(1), stayer);
      const early = [rig.get("a", { given }), rig.get("b", { given })];
      await t.idle();
      for (const { call } of early) {
        t.check(!call.pending && rig.loads.length === 1, "aborted-signal-unchecked", {
          en: `The signal was aborted before the call, with ${String(reason)} as the reason: it must reject at once, and start nothing. Ask \`aborted\`, not the reason.`,
          "zh-cn": `调用之前 signal 就已中止（reason 是 ${String(reason)}）：应当立刻拒绝，什么也不开始。要看 aborted，而不是看 reason。`,
        });
      }
      for (const { call } of [left, ...early]) {
        t.equal(call.settled?.reason, reason, "reason-replaced", {
          en: "get must reject with the signal's own reason, the identical value, whatever it is.",
          "zh-cn": "get 应当以 signal 自己的 reason 拒绝，不管是什么，都是同一个值。",
        });
      }
      await rig.served(stayer, rig.load(1));
    }
  },
);

test(
  "abort-in-the-turn-of-the-call",
  { title: { en: "a caller gives up in the turn of its call", "zh-cn": "调用之后的同一轮里就放弃" } },
  async (t: Harness) => {
    const rig = new Rig(t, [{ latency: 50 }, { latency: 20 }]);
    const alone = rig.get("a");
    alone.abort();
    await t.idle();
    rig.expectLeft(alone);
    for (const load of rig.loads) rig.expectGivenUp(load);
    rig.expectInFlight(0);
    const stayer = rig.get("b");
    const joined = rig.get("b");
    joined.abort();
    await t.idle();
    rig.expectLeft(joined);
    const load = rig.loads.find(({ key }) => key === "b") ?? t.fail("wrong-result", notLoaded);
    rig.expectAlive(load, stayer);
    await rig.served(stayer, load);
    rig.expectInFlight(0);
  },
);

test(
  "one-signal-for-two",
  { title: { en: "two callers with one signal", "zh-cn": "两个调用方共用一个 signal" } },
  async (t: Harness) => {
    const shared = t.controller("the signal of two callers");
    const rig = new Rig(t, [{ latency: 20 }, { latency: 20 }, { latency: 20 }]);
    const served = [rig.get("a", { given: shared }), rig.get("a", { given: shared })];
    await t.idle();
    for (const caller of served) await rig.served(caller, rig.load(1));
    t.checkLeaks("get");
    const both = [rig.get("a", { given: shared }), rig.get("a", { given: shared })];
    const third = rig.get("a");
    const elsewhere = rig.get("b", { given: shared });
    await t.sleep(5);
    await t.idle();
    rig.expectLoads(3);
    shared.abort(new Error("gone"));
    await t.idle();
    for (const caller of [...both, elsewhere]) rig.expectLeft(caller);
    rig.expectAlive(rig.load(2), third);
    rig.expectGivenUp(rig.load(3));
    rig.expectInFlight(1);
    third.abort();
    await t.idle();
    rig.expectLeft(third);
    rig.expectGivenUp(rig.load(2));
    rig.expectInFlight(0);
  },
);

/** The last caller leaves, and somebody else asks in that very turn. */
async function askInTheSameTurn(t: Harness, how: "after" | "on-abort", plan: LoadPlan): Promise<void> {
  const rig = new Rig(t, [plan, { latency: 30 }]);
  let next: Caller | undefined;
  const ask = (): void => {
    rig.onLoadAborted = undefined;
    next = rig.get("a");
  };
  if (how === "on-abort") rig.onLoadAborted = ask;
  const last = rig.get("a");
  await t.sleep(5);
  await t.idle();
  last.abort();
  if (how === "after") ask();
  await t.idle();
  rig.expectLeft(last);
  rig.expectGivenUp(rig.load(1));
  const asked = next ?? t.fail("work-still-running", givenUpLate);
  t.check(rig.loads.length === 2, "wrong-result", joinedTheDying);
  if (rig.load(1).endedAt === undefined) rig.expectInFlight(1);
  // While the first load winds up, and after it has settled, the second one is there to be joined.
  const joining = [rig.get("a")];
  await t.sleep(16);
  await t.idle();
  joining.push(rig.get("a"));
  await t.idle();
  rig.expectLoads(2, "stampede", {
    en: "A load that had been given up settled, and with it the new load of the same key was forgotten: the next `get` did not join that.",
    "zh-cn": "一次已放弃的加载有了结果，同一个键的新加载也跟着被忘了：下一个 get 没有加入它。",
  });
  rig.expectInFlight(1);
  for (const caller of [asked, ...joining]) await rig.served(caller, rig.load(2));
  rig.expectInFlight(0);
}

const givenUpLate: Words = {
  en: "The last caller gave up, but the load's signal did not abort.",
  "zh-cn": "最后一个调用方放弃了，加载的 signal 却没有中止。",
};

test(
  "asked-in-the-turn-of-the-abort",
  { title: { en: "the last one leaves, another comes in the same turn", "zh-cn": "最后一个刚走，同一轮里又来一个" } },
  async (t: Harness) => {
    await askInTheSameTurn(t, "after", { latency: 100 });
    await askInTheSameTurn(t, "on-abort", { latency: 100 });
  },
);

test(
  "given-up-load-winds-up",
  { title: { en: "a load that was given up takes its time to stop", "zh-cn": "被放弃的加载，停下来要花时间" } },
  async (t: Harness) => {
    await askInTheSameTurn(t, "after", { latency: 100, cleanupMs: 10 });
    await askInTheSameTurn(t, "after", { latency: 12, obeysSignal: false });
    const error = new Error("connection reset");
    await askInTheSameTurn(t, "on-abort", { latency: 12, obeysSignal: false, fails: { error } });
  },
);

test(
  "many-calls-one-signal",
  { title: { en: "many calls with one signal", "zh-cn": "一个 signal 用于许多次调用" } },
  async (t: Harness) => {
    const rig = new Rig(t, [{ fails: { error: new Error("no such row") } }]);
    for (let round = 0; round < 20; round++) {
      const callers = [rig.get("a", { given: t }), rig.get("b", { given: t })];
      const leaver = rig.get("a");
      leaver.abort();
      await t.idle();
      const [a, b] = rig.loads.slice(-2) as [Load, Load];
      await rig.served(callers[0] as Caller, a);
      await rig.served(callers[1] as Caller, b);
      t.checkLeaks("get");
    }
    t.abort();
    await t.idle();
  },
);

const broken = (): Error => new Error("no such row");

test(
  "every-order-of-loads",
  { title: { en: "loads end in every order, and may fail", "zh-cn": "加载以任意次序结束，也可能失败" } },
  async (t: Harness) => {
    const latency = [10, 40] as const;
    const rig = new Rig(t, [{ latency, mayFailWith: broken() }, { latency }, { latency }]);
    const callers = ["a", "b", "c", "a", "b"].map((key) => rig.get(key));
    await t.idle();
    rig.expectLoads(3);
    for (const [index, caller] of callers.entries()) await rig.served(caller, rig.load((index % 3) + 1));
    rig.expectInFlight(0);
    rig.expectLoads(3);
  },
);

/** Whoever was struck has its reason, or what a load gave in that instant; everybody else what their load gave. */
async function judge(rig: Rig): Promise<void> {
  const t: Harness = rig.t;
  for (const { call } of rig.callers) await call;
  for (const caller of rig.callers) {
    const { settled } = caller.call;
    if (caller.given.signal.aborted && settled?.status === "rejected" && settled.reason === caller.reason) continue;
    const load = rig.loads.find(
      ({ key, startedAt, endedAt, signal }) =>
        key === caller.key &&
        settled?.at === endedAt &&
        startedAt <= (settled?.at ?? 0) &&
        (endedAt ?? 0) >= caller.startedAt &&
        (signal?.aborted !== true || caller.given.signal.aborted || settled?.status === "fulfilled"),
    );
    if (load === undefined) {
      t.fail(settled?.status === "rejected" ? "one-cancels-all" : "wrong-result", {
        en: `get(${nameOf(caller.key)}) settled with something that no load of its own gave it, although its caller had not given up.`,
        "zh-cn": `get(${nameOf(caller.key)}) 的调用方没有放弃，得到的结果却不来自它的加载。`,
      });
    }
    await rig.served(caller, load);
  }
  rig.expectInFlight(0);
}

for (const [place, name, title] of [
  [
    0,
    "cancel-everywhere-first",
    { en: "the first caller gives up at every moment", "zh-cn": "第一个调用方在每个时刻放弃" },
  ],
  [1, "cancel-everywhere-joined", { en: "who joined gives up at every moment", "zh-cn": "后来加入的人在每个时刻放弃" }],
] as const) {
  test(name, { title, cancel: "everywhere" }, async (t: Harness) => {
    const rig = new Rig(t, [{ latency: [10, 30], mayFailWith: broken() }, { latency: 20 }]);
    const options = { given: t, mayFulfil: true };
    rig.get("a", place === 0 ? options : {});
    await t.sleep(5);
    rig.get("a", place === 1 ? options : {});
    rig.get("b");
    await judge(rig);
  });
}

test(
  "cancel-everywhere-alone",
  {
    title: {
      en: "the only caller gives up, and another comes in that instant",
      "zh-cn": "唯一的调用方放弃，同一时刻又来一个",
    },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const rig = new Rig(t, [{ latency: [10, 30], obeysSignal: false, mayFailWith: broken() }, { latency: 50 }]);
    const caller = rig.get("a", { given: t, mayFulfil: true });
    await caller.call;
    const next = rig.get("a");
    await t.idle();
    t.check(rig.loads.length === 2, rig.loads.length < 2 ? "wrong-result" : "stampede", {
      en: "After an answer or an abort, all who ask in that instant share one new load.",
      "zh-cn": "得到答复或中止之后，同一时刻来的人共用一次新的加载。",
    });
    await rig.served(next, rig.load(2));
    await judge(rig);
  },
);

/** An answer and an abort in one instant: in one turn, or with a few microtasks between them. */
async function meet(t: Harness, turns: number, others: number): Promise<void> {
  const answered = Promise.withResolvers<undefined>();
  const flights = new SingleFlight<string, undefined>(() => answered.promise);
  const given = t.controller("the signal of the one who leaves");
  const reason = new Error("gone");
  const left = t.call("get", () => flights.get("a", given.signal as unknown as AbortSignal), {
    signal: given.signal,
    mayFulfil: true,
  });
  const staying = Array.from({ length: others }, () => {
    const { signal } = t.controller("the signal of one who stays");
    return t.call("get", () => flights.get("a", signal as unknown as AbortSignal), { signal });
  });
  await t.sleep(1);
  answered.resolve(undefined);
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  given.abort(reason);
  await t.idle();
  const { settled } = left;
  t.check(settled?.status === "fulfilled" || settled?.reason === reason, "wrong-result", {
    en: "An answer and an abort met in one instant: the caller must have the one or the other.",
    "zh-cn": "答复与中止落在同一时刻：调用方应当得到其中之一。",
  });
  for (const { settled: theirs } of staying) {
    t.check(theirs?.status === "fulfilled", "one-cancels-all", {
      en: "An answer and one caller's abort met in one instant, and another caller was not given the value.",
      "zh-cn": "答复与一个调用方的中止落在同一时刻，另一个调用方却没有得到值。",
    });
  }
  t.equal(flights.inFlight, 0, "wrong-result", {
    en: "The load has settled, but `inFlight` still counts it.",
    "zh-cn": "加载已经有了结果，inFlight 却还算着它。",
  });
}

test(
  "answer-meets-abort",
  { title: { en: "an answer and an abort in one instant", "zh-cn": "答复与中止落在同一时刻" } },
  async (t: Harness) => {
    for (const turns of [0, 1, 2, 3, 4, 6]) {
      await meet(t, turns, 0);
      await meet(t, turns, 1);
    }
  },
);
