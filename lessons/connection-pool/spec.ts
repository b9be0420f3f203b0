import { type Call, type Diagnosis, type Harness, type Latency, type Words, test } from "interleave";
import { type Connection, Pool } from "./exercise.ts";

type Options = ConstructorParameters<typeof Pool>[1];

/** How one dial goes. Unless said otherwise it takes 10 ms, obeys its signal and delivers. */
interface DialPlan {
  readonly latency?: Latency;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  /** It fails, with this. */
  readonly error?: unknown;
  readonly mayFailWith?: Error;
}

/** One connection as the outside sees it. */
interface Wire {
  readonly host: string;
  healthy: boolean;
  closedAt: number | undefined;
}

interface Dialed {
  readonly host: string;
  readonly signal: AbortSignal | undefined;
  readonly running: boolean;
}

/** One call of `acquire`. */
interface Caller {
  readonly host: string;
  readonly reason: () => Error;
  readonly call: Call<Connection>;
  abort(): void;
  returned: boolean;
}

interface AcquireOptions {
  /** The signal that it gives up with. Default: one of its own. */
  readonly given?: { readonly signal: Harness["signal"]; abort(reason?: unknown): void };
  /** An abort meets an answer in one instant, and either may win. */
  readonly mayFulfil?: boolean;
  readonly born?: "aborted";
}

const isOpen = (wire: Wire): boolean => wire.closedAt === undefined;

/** Dials that end one after another: for a test in which it does not matter which of them is first. */
function staggered(count: number): DialPlan[] {
  return Array.from({ length: count }, (_, place) => ({ latency: 10 + place }));
}

/** A pool, the hosts that it dials, and those who use it. What is true is known here, whatever the pool says. */
class Rig {
  readonly t: Harness;
  readonly pool: Pool;
  readonly wires: Wire[] = [];
  readonly callers: Caller[] = [];
  readonly #options: Options;
  readonly #dials: { readonly host: string; readonly work: number }[] = [];
  readonly #plans: DialPlan[];
  #looked: Wire | undefined;

  constructor(t: Harness, options: Partial<Options> = {}, plans: readonly DialPlan[] = []) {
    this.t = t;
    this.#options = { maxPerHost: 2, maxIdlePerHost: 5, maxIdle: 10, idleTimeoutMs: 30_000, ...options };
    this.#plans = [...plans];
    this.pool = new Pool((host, signal) => this.#dial(host, signal), this.#options);
  }

  #dial(host: string, signal: AbortSignal): Promise<Connection> {
    const { latency = 10, error, ...plan } = this.#plans.shift() ?? {};
    this.#dials.push({ host, work: this.t.works.length });
    const answer = (): Connection => {
      if (error !== undefined) throw error;
      return this.#deliver(host);
    };
    // The signals of the world are those that the exercise sees.
    const passed = signal as unknown as Harness["signal"];
    return this.t.work({ label: `dial ${host}`, kind: "dial", latency, signal: passed, answer, ...plan });
  }

  #deliver(host: string): Connection {
    const wire: Wire = { host, healthy: true, closedAt: undefined };
    this.wires.push(wire);
    const look = (): boolean => {
      this.#looked = wire;
      return wire.healthy;
    };
    return {
      host,
      get healthy() {
        return look();
      },
      close: () => {
        wire.closedAt ??= this.t.now;
        wire.healthy = false;
      },
    };
  }

  get dials(): readonly Dialed[] {
    const { works } = this.t;
    return this.#dials.map(({ host, work }) => {
      const record = works[work];
      const running = record?.state === "running" || record?.state === "cleaning-up";
      const signal = record?.signal as unknown as AbortSignal | undefined;
      return { host, signal, running };
    });
  }

  acquire(host: string, { given, mayFulfil = false, born }: AcquireOptions = {}): Caller {
    const t: Harness = this.t;
    const name = `caller ${String(this.callers.length + 1)}`;
    let reason: Error | undefined;
    // An error costs more than all the rest here, and most callers stay.
    const made = (): Error => (reason ??= new Error(`${name} gave up`));
    const controller = given ?? t.controller(`the signal of ${name}`);
    const { signal } = controller;
    const abort = (): void => {
      controller.abort(made());
    };
    if (born === "aborted") abort();
    const call = t.call(`acquire("${host}")`, () => this.pool.acquire(host, signal as unknown as AbortSignal), {
      signal,
      mayFulfil,
    });
    const caller = { host, reason: made, call, abort, returned: false };
    this.callers.push(caller);
    return caller;
  }

  release(caller: Caller): void {
    const { settled } = caller.call;
    if (settled?.status !== "fulfilled") return;
    caller.returned = true;
    this.pool.release(settled.value);
  }

  /** The connection that a caller was given; faults the exercise with `diagnosis` when it was given none. */
  granted(caller: Caller, diagnosis: Diagnosis, message: Words): Wire {
    const t: Harness = this.t;
    const { settled } = caller.call;
    if (settled === undefined) t.fail(diagnosis, message);
    if (settled.status === "rejected") {
      t.fail("wrong-result", {
        en: `acquire("${caller.host}") rejected, although its dial had succeeded or a connection was free for it.`,
        "zh-cn": `acquire("${caller.host}") 拒绝了，可它的拨号已经成功，或者已经有连接可以给它。`,
      });
    }
    const wire = this.#wireOf(settled.value);
    t.check(wire.host === caller.host, "wrong-result", {
      en: `acquire("${caller.host}") was given a connection to host "${wire.host}".`,
      "zh-cn": `acquire("${caller.host}") 得到的却是到主机 "${wire.host}" 的连接。`,
    });
    return wire;
  }

  /** Found by looking at its health, so that a pool may also lend wrappers around what it dialed. */
  #wireOf(connection: unknown): Wire {
    this.#looked = undefined;
    if (typeof connection === "object" && connection !== null) void (connection as Connection).healthy;
    const wire: Wire | undefined = this.#looked;
    if (wire !== undefined) return wire;
    return this.t.fail("wrong-result", {
      en: "acquire must resolve with a connection that the dial function delivered.",
      "zh-cn": "acquire 应当返回由 dial 函数建立的连接。",
    });
  }

  /** Waits for a connection that is on its way. */
  async dialed(caller: Caller): Promise<Wire> {
    await caller.call;
    return this.granted(caller, "never-settles", neverGranted);
  }

  /** The connections that callers hold now. */
  held(): Wire[] {
    return this.callers
      .filter((caller) => caller.call.settled?.status === "fulfilled" && !caller.returned)
      .map((caller) => this.granted(caller, "never-settles", neverGranted));
  }

  /** What must hold whenever nothing is ready to run, in any schedule. */
  audit(whenStuck: Diagnosis = "permit-lost"): void {
    const t: Harness = this.t;
    const held = this.held();
    t.check(new Set(held).size === held.length, "released-twice", {
      en: "Two callers hold the same connection at one time.",
      "zh-cn": "两个调用方同时拿着同一条连接。",
    });
    t.check(held.every(isOpen), "unhealthy-reused", {
      en: "A caller holds a connection that has been closed.",
      "zh-cn": "有调用方拿着一条已经关闭的连接。",
    });
    const { dials } = this;
    const hosts = new Set(this.callers.map((caller) => caller.host));
    for (const host of hosts) this.#auditHost(host, held, dials, whenStuck);
    this.#auditStats(held, dials);
  }

  /** Finds words only for what is wrong: this is asked hundreds of times in a run. */
  #auditHost(host: string, held: readonly Wire[], dials: readonly Dialed[], whenStuck: Diagnosis): void {
    const t: Harness = this.t;
    const open = this.wires.filter((wire) => wire.host === host && isOpen(wire));
    const running = dials.filter((dial) => dial.host === host && dial.running);
    const taken = open.length + running.length;
    const max = this.#options.maxPerHost;
    if (taken > max) {
      t.fail("limit-exceeded", {
        en: `Host "${host}" has ${String(taken)} connections open or being dialed; maxPerHost is ${String(max)}. A dial takes its slot from its start until it has settled, even when its caller has left.`,
        "zh-cn": `主机 "${host}" 打开的与正在拨号的连接共有 ${String(taken)} 个，而 maxPerHost 是 ${String(max)}。一次拨号从开始到有结果为止都占着名额，即使调用方已经离开。`,
      });
    }
    const inLine = this.waiting(host, dials);
    const idle = open.filter((wire) => !held.includes(wire)).length;
    if (inLine > 0 && (taken !== max || idle !== 0)) {
      t.fail(whenStuck, {
        en: `${String(inLine)} waiting for host "${host}", but only ${String(taken - idle)} of its ${String(max)} slots are in use or being dialed: a free slot or an idle connection must go to the first in line.`,
        "zh-cn": `还有 ${String(inLine)} 个调用方在等主机 "${host}"，可它的 ${String(max)} 个名额里，使用中和拨号中的只有 ${String(taken - idle)} 个：空出的名额或空闲的连接应当交给队首。`,
      });
    }
  }

  /** How many must be in line for a host: whoever has no answer yet and no dial under way for them. */
  waiting(host: string, dials = this.dials): number {
    const pending = this.callers.filter((caller) => caller.host === host && caller.call.pending).length;
    return pending - dials.filter((dial) => dial.host === host && isLive(dial)).length;
  }

  #auditStats(held: readonly Wire[], dials: readonly Dialed[]): void {
    const t: Harness = this.t;
    const { idle, inUse, dialing, waiting } = this.pool.stats;
    const expected = {
      idle: this.wires.filter(isOpen).length - held.length,
      inUse: held.length,
      dialing: dials.filter((dial) => dial.running).length,
      waiting: this.callers.filter((caller) => caller.call.pending).length - dials.filter(isLive).length,
    };
    const ghosts = inUse > expected.inUse || dialing > expected.dialing;
    t.equal(
      { idle, inUse, dialing, waiting },
      expected,
      ghosts ? "permit-lost" : "wrong-result",
      ghosts
        ? {
            en: "`stats` counts a connection or a dial that nobody has any more: its slot is lost.",
            "zh-cn": "stats 里还算着一条谁也没有的连接，或一次早已结束的拨号：它的名额丢了。",
          }
        : {
            en: "`stats` does not say what is true once all ready work has run.",
            "zh-cn": "所有就绪的工作都运行完之后，stats 与实际情况不符。",
          },
    );
    const timers = t.armedTimers();
    if (timers > expected.idle) {
      t.fail("timer-still-armed", {
        en: `${String(timers)} timers are armed while ${String(expected.idle)} connections are idle. An idle timer goes when its connection is reused or closed.`,
        "zh-cn": `空闲连接有 ${String(expected.idle)} 条，定时器却有 ${String(timers)} 个还在走。连接一旦被取用或关闭，它的空闲定时器就要清除。`,
      });
    }
  }

  /** `count` connections of a host, all in use. */
  async lend(host: string, count: number): Promise<Caller[]> {
    this.#plans.push(...staggered(count).slice(this.#plans.length));
    const callers = Array.from({ length: count }, () => this.acquire(host));
    for (const caller of callers) await this.dialed(caller);
    return callers;
  }

  /** A caller whose signal has aborted: rejected in this very instant, and its dial told to stop. */
  gaveUp(caller: Caller): void {
    const t: Harness = this.t;
    t.check(!caller.call.pending, "late-after-abort", {
      en: `The caller's signal has aborted, but acquire("${caller.host}") still waits. It must reject in the same instant, in line as well as while its dial goes on.`,
      "zh-cn": `调用方的 signal 已经中止，acquire("${caller.host}") 却还在等。无论是在排队，还是拨号还没结束，它都应当在同一时刻拒绝。`,
    });
  }

  /** Everybody gives back what they have until nobody waits any more. */
  async giveBack(): Promise<void> {
    const { callers } = this;
    const t: Harness = this.t;
    const busy = (): Caller[] =>
      callers.filter(({ call, returned }) => call.settled?.status === "fulfilled" && !returned);
    for (let waiting = callers.length; waiting > 0 || busy().length > 0;) {
      for (const caller of busy()) this.release(caller);
      await t.idle();
      this.audit();
      waiting = callers.filter((caller) => caller.call.pending).length;
      // Not in one instant with a dial that begins now.
      if (waiting > 0 && busy().length === 0) await t.sleep(11);
    }
  }

  /** Ends a test: everything goes back, the pool is closed, and then nothing may be left. */
  async finish(): Promise<void> {
    const { pool } = this;
    const t: Harness = this.t;
    pool.close();
    await t.idle();
    for (const caller of this.callers) this.release(caller);
    await t.idle();
    while (this.dials.some((dial) => dial.running)) await t.sleep(100);
    t.check(
      this.callers.every((caller) => !caller.call.pending),
      "never-settles",
      closedButWaiting,
    );
    t.check(!this.wires.some(isOpen), "resource-not-released", {
      en: "The pool is closed and everything was given back, yet a connection that was dialed is still open.",
      "zh-cn": "连接池已关闭，该还的也都还了，却还有建立过的连接没有关闭。",
    });
    const { idle, inUse, dialing, waiting } = pool.stats;
    const none = { idle: 0, inUse: 0, dialing: 0, waiting: 0 };
    t.equal({ idle, inUse, dialing, waiting }, none, "wrong-result", {
      en: "The pool is closed and nothing is left of it, but `stats` says otherwise.",
      "zh-cn": "连接池已经关闭，什么都不剩了，stats 却不是全零。",
    });
  }
}

/** A dial that somebody still waits for. */
function isLive(dial: Dialed): boolean {
  return dial.running && dial.signal?.aborted !== true;
}

const neverGranted: Words = {
  en: "The dial has succeeded, but acquire has not resolved.",
  "zh-cn": "拨号已经成功，acquire 却没有完成。",
};

const closedButWaiting: Words = {
  en: "The pool is closed, but somebody still waits in acquire. close() must reject those in line as well as those dialing.",
  "zh-cn": "连接池已经关闭，却还有调用方等在 acquire 里。close() 要拒绝排队的，也要拒绝正在拨号的。",
};

const slotLost: Words = {
  en: "A slot of this host came free, but the next acquire does not dial: the slot is still counted as taken.",
  "zh-cn": "这个主机已经空出一个名额，下一次 acquire 却没有拨号：名额仍被当作占用。",
};

const lineNotTold: Words = {
  en: "A slot came free while somebody stood in line, but nobody was told: the first in line must dial in the same instant.",
  "zh-cn": "有人排队时空出了一个名额，却没有通知任何人：队首应当在同一时刻开始拨号。",
};

const notHandedOver: Words = {
  en: "A healthy connection was released while somebody stood in line: it must go to the first in line in the same instant.",
  "zh-cn": "有人排队时归还了一条健康的连接：它应当在同一时刻交给队首。",
};

const notClosed = (en: string, zh: string): Words => ({
  en: `${en} must be closed, but it is still open.`,
  "zh-cn": `${zh}应当关闭，却还开着。`,
});

/** Expects that the newest caller's dial is the `count`-th and under way. */
function expectDial(rig: Rig, count: number, diagnosis: Diagnosis, message: Words): void {
  rig.t.check(rig.dials.length >= count, diagnosis, message);
}

/**
 * A slot has come free while somebody stood in line: the `count`-th dial must be under way. If it is not, a newcomer
 * shows what went wrong, once those in line have left: was the slot lost, or was only the line not told?
 */
async function expectLineTold(rig: Rig, count: number): Promise<void> {
  const t: Harness = rig.t;
  if (rig.dials.length >= count) return;
  for (const caller of rig.callers) if (caller.call.pending) caller.abort();
  await t.idle();
  rig.acquire("a");
  await t.idle();
  if (rig.dials.length >= count) t.fail("never-settles", lineNotTold);
  t.fail("permit-lost", slotLost);
}

const withoutL1 = { except: ["L1"] } as const;

test(
  "dials-then-reuses",
  { title: { en: "dials, lends, takes back and lends again", "zh-cn": "拨号、借出、收回、再借出" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t);
    const first = rig.acquire("a");
    await t.idle();
    const [dial] = rig.dials;
    t.check(dial?.host === "a", "wrong-result", {
      en: 'Nothing is idle yet, so acquire("a") must dial host "a", at once.',
      "zh-cn": '还没有空闲连接，acquire("a") 应当立刻拨号到主机 "a"。',
    });
    t.check(dial.signal instanceof AbortSignal, "signal-not-passed-on", {
      en: "The dial was given no signal, so nobody can abort it.",
      "zh-cn": "拨号没有收到 signal，谁也没法中止它。",
    });
    rig.audit();
    const wire = await rig.dialed(first);
    rig.audit();
    rig.release(first);
    await t.idle();
    t.check(isOpen(wire), "wrong-result", {
      en: "A healthy connection was released within all limits, and the pool closed it instead of keeping it idle.",
      "zh-cn": "归还了一条健康的连接，也没超过任何限额，连接池却把它关了，而不是留作空闲。",
    });
    rig.audit();
    const second = rig.acquire("a");
    await t.idle();
    const reused: Words = {
      en: 'Host "a" has an idle connection, so acquire("a") must resolve with it at once instead of dialing.',
      "zh-cn": '主机 "a" 有空闲连接，acquire("a") 应当立刻返回它，而不是再拨号。',
    };
    t.check(rig.granted(second, "wrong-result", reused) === wire && rig.dials.length === 1, "wrong-result", reused);
    rig.audit();
  },
);

test(
  "limit-is-reached-and-kept",
  {
    title: { en: "dials up to maxPerHost at once, and no further", "zh-cn": "同时拨号到 maxPerHost 为止，不再多拨" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 3 });
    const callers = Array.from({ length: 5 }, () => rig.acquire("a"));
    await t.idle();
    const count = rig.dials.length;
    t.check(count >= 3, count === 1 ? "serial-not-parallel" : "limit-not-reached", {
      en: `Five callers want host "a", maxPerHost is 3, but only ${String(count)} dialing. Whoever finds a free slot dials at once.`,
      "zh-cn": `五个调用方要主机 "a"，maxPerHost 是 3，却只有 ${String(count)} 个在拨号。只要有空名额，就应当立刻拨号。`,
    });
    rig.audit();
    for (const caller of callers.slice(0, 3)) await rig.dialed(caller);
    rig.audit();
    await t.sleep(50);
    rig.audit();
    await rig.giveBack();
  },
);

test(
  "first-come-first-served",
  { title: { en: "hands over to the first in line", "zh-cn": "归还的连接交给队首" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const [holder] = await rig.lend("a", 1);
    const line = [rig.acquire("a"), rig.acquire("a"), rig.acquire("a")];
    await t.idle();
    rig.audit();
    let last: Caller | undefined = holder;
    while (line.length > 0) {
      if (last !== undefined) rig.release(last);
      // Whoever comes in the same turn comes after those who stand in line.
      if (last === holder) line.push(rig.acquire("a"));
      await t.idle();
      const [first, ...others] = line;
      t.check(!others.some((other) => other.call.settled !== undefined), "order-lost", {
        en: "A connection was released, and somebody got it who came after the first in line.",
        "zh-cn": "连接归还之后，拿到它的不是队首，而是后来的人。",
      });
      if (first !== undefined)
        rig.granted(first, rig.dials.length > 1 ? "wrong-result" : "never-settles", notHandedOver);
      rig.audit();
      last = line.shift();
    }
    t.check(rig.dials.length === 1, "wrong-result", notHandedOver);
    await rig.giveBack();
  },
);

test(
  "hosts-stand-alone",
  { title: { en: "a full host holds up no other", "zh-cn": "一个主机满了，不拖住别的主机" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const [a] = await rig.lend("a", 1);
    const nextA = rig.acquire("a");
    // A name may begin with another.
    const b = rig.acquire("a2");
    await t.idle();
    expectDial(rig, 2, "limit-not-reached", {
      en: 'Host "a" is full, but host "a2" has a free slot: acquire("a2") must dial at once. The limit and the line are per host.',
      "zh-cn": '主机 "a" 满了，主机 "a2" 却还有名额：acquire("a2") 应当立刻拨号。限额和队伍都是每个主机各有一份。',
    });
    await rig.dialed(b);
    const nextB = rig.acquire("a2");
    await t.idle();
    rig.audit();
    // A host may be called anything, also like something that every object has.
    const odd = ["constructor", "constructor"].map((host) => rig.acquire(host));
    await t.idle();
    rig.audit();
    await rig.dialed(odd[0] as Caller);
    rig.audit();
    rig.release(b);
    await t.idle();
    rig.granted(nextB, "limit-not-reached", {
      en: 'A connection to "a2" was released. Somebody has waited for "a" longer, but the first in line for "a2" must get it.',
      "zh-cn": '归还的是到 "a2" 的连接。虽然有人等 "a" 等得更久，它也应当交给 "a2" 的队首。',
    });
    rig.audit();
    if (a !== undefined) rig.release(a);
    await t.idle();
    rig.granted(nextA, "never-settles", notHandedOver);
    rig.audit();
    await rig.giveBack();
  },
);

test(
  "most-recently-used-first",
  { title: { en: "reuses the most recently used one first", "zh-cn": "先取用最近用过的连接" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 3 });
    const [one, two, three] = (await rig.lend("a", 3)) as [Caller, Caller, Caller];
    const [other] = (await rig.lend("b", 1)) as [Caller];
    const wires = rig.held();
    for (const caller of [two, three, one, other]) {
      rig.release(caller);
      await t.sleep(1);
    }
    const expected = [wires[0], wires[2], wires[2], wires[1]];
    for (const [index, wire] of expected.entries()) {
      const caller = rig.acquire("a");
      await t.idle();
      const got = rig.granted(caller, "wrong-result", {
        en: "The host has a healthy idle connection: acquire must resolve with it at once.",
        "zh-cn": "主机有健康的空闲连接，acquire 应当立刻返回它。",
      });
      t.check(got === wire, "order-lost", {
        en: "The host has several idle connections; the one that was released last must be reused first.",
        "zh-cn": "主机有几条空闲连接，应当先取用最后归还的那一条。",
      });
      if (index === 1) rig.release(caller);
    }
    rig.audit();
  },
);

/** As many are idle as the limit allows, and none too many. */
function expectAllKept(rig: Rig, limit: string): void {
  rig.t.check(rig.wires.every(isOpen), "limit-not-reached", {
    en: `No more connections were idle than ${limit} allows, but one of them was closed.`,
    "zh-cn": `空闲连接并没有超过 ${limit}，却关掉了一条。`,
  });
  rig.audit();
}

/** After a release that put one too many aside: exactly the expected one was closed. */
function expectEvicted(rig: Rig, evicted: Wire | undefined, kept: number, limit: string): void {
  const t: Harness = rig.t;
  const closed = rig.wires.filter((wire) => !isOpen(wire));
  if (closed.length === 0) {
    t.fail(rig.pool.stats.idle > kept ? "limit-exceeded" : "resource-not-released", {
      en: `More connections are idle than ${limit} allows, and none was closed.`,
      "zh-cn": `空闲连接超过了 ${limit}，却一条也没有关闭。`,
    });
  }
  t.check(closed.length === 1 && closed[0] === evicted, "wrong-result", {
    en: `Over ${limit}, exactly one must be closed: the one that was used least recently${limit === "maxIdle" ? ", of whichever host" : " of this host"}.`,
    "zh-cn": `超过 ${limit} 时应当只关一条：${limit === "maxIdle" ? "所有主机当中" : "这个主机"}最久没用的那条。`,
  });
  rig.audit();
}

test(
  "idle-limit-of-a-host",
  {
    title: { en: "keeps at most maxIdlePerHost idle", "zh-cn": "每个主机最多留 maxIdlePerHost 条空闲" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 3, maxIdlePerHost: 2 });
    const [one, two, three] = (await rig.lend("a", 3)) as [Caller, Caller, Caller];
    const [other] = (await rig.lend("b", 1)) as [Caller];
    const wires = rig.held();
    for (const caller of [other, two, three]) {
      rig.release(caller);
      await t.sleep(1);
    }
    expectAllKept(rig, "maxIdlePerHost");
    rig.release(one);
    await t.idle();
    expectEvicted(rig, wires[1], 3, "maxIdlePerHost");
    for (let count = 0; count < 4; count++) rig.acquire("a");
    await t.idle();
    expectDial(rig, 5, "permit-lost", slotLost);
    rig.audit();
    await rig.giveBack();
  },
);

test(
  "use-counts-not-age",
  {
    title: { en: "what counts is the latest use, not the age", "zh-cn": "看的是最近一次使用，而不是年龄" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 3, maxIdlePerHost: 2 });
    const [one, two, three] = (await rig.lend("a", 3)) as [Caller, Caller, Caller];
    const [first, second] = rig.held() as [Wire, Wire];
    const settle = async (...callers: readonly Caller[]): Promise<void> => {
      for (const caller of callers) {
        rig.release(caller);
        await t.sleep(1);
      }
    };
    await settle(one, two);
    const again = [rig.acquire("a"), rig.acquire("a")];
    await t.idle();
    const reused: Words = {
      en: "The host has idle connections, and the one that was released last must be reused first, at once.",
      "zh-cn": "主机有空闲连接，应当立刻取用，而且先取最后归还的那一条。",
    };
    const [newest, other] = again as [Caller, Caller];
    t.check(rig.granted(newest, "wrong-result", reused) === second, "order-lost", reused);
    t.check(rig.granted(other, "wrong-result", reused) === first, "order-lost", reused);
    // Now the one that has been in the pool for longer is the one that was used last.
    await settle(newest, other);
    expectAllKept(rig, "maxIdlePerHost");
    rig.release(three);
    await t.idle();
    expectEvicted(rig, second, 2, "maxIdlePerHost");
  },
);

test(
  "idle-limit-of-all",
  { title: { en: "keeps at most maxIdle idle in all", "zh-cn": "总共最多留 maxIdle 条空闲" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t, { maxIdle: 3 }, staggered(6));
    const [a] = (await rig.lend("a", 1)) as [Caller];
    const [one, two] = (await rig.lend("b", 2)) as [Caller, Caller];
    const [c] = (await rig.lend("c", 1)) as [Caller];
    const wires = rig.held();
    for (const caller of [a, two, c]) {
      rig.release(caller);
      await t.sleep(1);
    }
    expectAllKept(rig, "maxIdle");
    rig.release(one);
    await t.idle();
    expectEvicted(rig, wires[0], 3, "maxIdle");
    const again = [rig.acquire("a"), rig.acquire("a")];
    await t.idle();
    expectDial(rig, 6, "permit-lost", slotLost);
    for (const caller of again) await rig.dialed(caller);
    rig.audit();
  },
);

test(
  "idle-timeout",
  {
    title: { en: "closes an idle connection at idleTimeoutMs", "zh-cn": "空闲满 idleTimeoutMs 就关闭" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 3, idleTimeoutMs: 1000 }, staggered(6));
    const callers = await rig.lend("a", 3);
    const wires = rig.held();
    const due: number[] = [];
    for (const caller of callers) {
      await t.sleep(300);
      rig.release(caller);
      due.push(t.now + 1000);
      await t.idle();
      rig.audit();
    }
    await t.sleep(3500);
    const forgotten = rig.pool.stats.idle === 0;
    t.check(!wires.some(isOpen), forgotten ? "resource-not-released" : "deadline-missed", {
      en: `A connection was idle for far longer than idleTimeoutMs and is still open${forgotten ? ", though the pool no longer counts it" : ""}.`,
      "zh-cn": `有连接空闲的时间早就超过了 idleTimeoutMs，却还开着${forgotten ? "，虽然连接池已经不再算它" : ""}。`,
    });
    t.equal(
      wires.map((wire) => wire.closedAt),
      due,
      "deadline-missed",
      {
        en: "Each connection must be closed exactly idleTimeoutMs after its release (virtual ms).",
        "zh-cn": "每条连接都应当在归还之后正好 idleTimeoutMs 时关闭（虚拟毫秒）。",
      },
    );
    rig.audit();
    const fresh = Array.from({ length: 4 }, () => rig.acquire("a"));
    await t.idle();
    expectDial(rig, 6, "permit-lost", slotLost);
    rig.audit();
    for (const caller of fresh.slice(0, 3)) await rig.dialed(caller);
    await rig.giveBack();
  },
);

test(
  "reuse-stops-the-idle-timer",
  {
    title: { en: "a reused connection's idle timer is gone", "zh-cn": "连接被取用，空闲定时器就作废" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1, idleTimeoutMs: 1000 });
    const [first] = (await rig.lend("a", 1)) as [Caller];
    const [wire] = rig.held() as [Wire];
    rig.release(first);
    await t.sleep(600);
    const second = rig.acquire("a");
    await t.idle();
    rig.audit();
    await t.sleep(100);
    rig.release(second);
    const releasedAt = t.now;
    await t.sleep(500);
    t.check(wire?.closedAt === undefined, "timer-still-armed", {
      en: "The connection was reused and released again; the idle timer of its first rest must not close it.",
      "zh-cn": "连接已经被取用并再次归还，上一次空闲时的定时器不该再来关闭它。",
    });
    rig.audit();
    await t.sleep(1000);
    t.equal(wire.closedAt, releasedAt + 1000, "deadline-missed", {
      en: "A connection's idle time counts from its latest release.",
      "zh-cn": "连接的空闲时间从最近一次归还算起。",
    });
    rig.audit();
  },
);

/** `caller` came for a slot whose connection was broken: it gets a new one. */
async function expectFresh(rig: Rig, caller: Caller, broken: Wire, dials: number): Promise<void> {
  const t: Harness = rig.t;
  await t.idle();
  t.check(!rig.held().includes(broken), "unhealthy-reused", {
    en: "A caller was given a connection that is not healthy. Look at `healthy` before each reuse.",
    "zh-cn": "调用方得到的是一条不健康的连接。每次取用之前都要看 healthy。",
  });
  t.check(!isOpen(broken), "resource-not-released", notClosed("A connection that is not healthy", "不健康的连接"));
  await expectLineTold(rig, dials);
  rig.audit();
  await t.sleep(11);
  t.check(!caller.call.pending || rig.held().length === 0, "order-lost", {
    en: "A slot came free, and somebody got it who came after the first in line.",
    "zh-cn": "名额空出来之后，得到它的不是队首，而是后来的人。",
  });
  rig.granted(caller, "never-settles", neverGranted);
  rig.audit();
}

test(
  "unhealthy-when-released",
  { title: { en: "a broken connection is closed on release", "zh-cn": "归还的连接坏了就关掉" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const [first] = (await rig.lend("a", 1)) as [Caller];
    const [broken] = rig.held() as [Wire];
    broken.healthy = false;
    rig.release(first);
    await t.idle();
    const closedOnRelease = !isOpen(broken);
    const second = rig.acquire("a");
    await expectFresh(rig, second, broken, 2);
    t.check(
      closedOnRelease,
      "resource-not-released",
      notClosed("An unhealthy connection that is released", "归还的连接若不健康，"),
    );

    const [brokenToo] = rig.held() as [Wire];
    const third = rig.acquire("a");
    await t.idle();
    rig.audit();
    brokenToo.healthy = false;
    rig.release(second);
    await expectFresh(rig, third, brokenToo, 3);

    const [brokenAgain] = rig.held() as [Wire];
    const fourth = rig.acquire("a");
    await t.idle();
    brokenAgain.healthy = false;
    rig.release(third);
    // Whoever comes in the same turn comes after those who stand in line.
    rig.acquire("a");
    await expectFresh(rig, fourth, brokenAgain, 4);
    await rig.giveBack();
  },
);

test(
  "unhealthy-when-found-idle",
  {
    title: { en: "a connection that broke while idle is closed", "zh-cn": "空闲时坏掉的连接要关掉" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const [first] = (await rig.lend("a", 1)) as [Caller];
    const [broken] = rig.held() as [Wire];
    rig.release(first);
    await t.sleep(5);
    broken.healthy = false;
    await expectFresh(rig, rig.acquire("a"), broken, 2);

    const full = new Rig(t, { maxPerHost: 3 }, staggered(6));
    const callers = await full.lend("b", 3);
    const [oldest, older, newest] = full.held() as [Wire, Wire, Wire];
    for (const caller of callers) {
      full.release(caller);
      await t.sleep(1);
    }
    newest.healthy = false;
    const next = full.acquire("b");
    await t.idle();
    const wire = full.granted(next, "wrong-result", {
      en: "The most recently used idle connection is broken, but an older one is healthy: reuse that instead of dialing.",
      "zh-cn": "最近用过的空闲连接坏了，但更早的一条还健康：应当取用它，而不是拨号。",
    });
    t.check(wire !== newest, "unhealthy-reused", {
      en: "The idle connection broke while nobody used it, and was lent all the same.",
      "zh-cn": "这条空闲连接在没人用的时候坏了，却照样借了出去。",
    });
    t.check(wire === older, "order-lost", {
      en: "Of the healthy idle connections, the most recently used one must be reused.",
      "zh-cn": "应当在健康的空闲连接里取用最近用过的那条。",
    });
    t.check(
      !isOpen(newest),
      "resource-not-released",
      notClosed("An unhealthy connection found idle", "取用时发现不健康的空闲连接"),
    );
    full.audit();

    full.release(next);
    await t.idle();
    oldest.healthy = older.healthy = false;
    const fresh = [full.acquire("b"), full.acquire("b"), full.acquire("b")];
    await t.idle();
    t.check(
      fresh.every((caller) => caller.call.pending),
      "unhealthy-reused",
      {
        en: "All idle connections are broken, and one of them was lent.",
        "zh-cn": "所有空闲连接都坏了，却还是借出去了一条。",
      },
    );
    t.check(full.dials.length >= 6, "permit-lost", slotLost);
    full.audit();
    for (const caller of fresh) await full.dialed(caller);
    full.audit();
  },
);

test(
  "released-once",
  {
    title: { en: "a release of what is not in use does nothing", "zh-cn": "归还不在使用中的连接，什么也不做" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 2, idleTimeoutMs: 1000 });
    const twice: Words = {
      en: "A connection that was no longer in use was released again, and it counted. Such a release must change nothing.",
      "zh-cn": "一条已经不在使用中的连接又被归还了一次，结果当了真。这样的归还不该改变任何东西。",
    };
    const [idle, broken] = (await rig.lend("a", 2)) as [Caller, Caller];
    const wires = rig.held();
    rig.release(idle);
    rig.release(idle);
    await t.idle();
    rig.release(idle);
    const again = rig.acquire("a");
    const third = rig.acquire("a");
    await t.idle();
    rig.granted(again, "wrong-result", notHandedOver);
    t.check(third.call.pending && rig.dials.length === 2, "released-twice", twice);
    rig.audit("released-twice");

    if (wires[1] !== undefined) wires[1].healthy = false;
    rig.release(broken);
    rig.release(broken);
    await t.idle();
    rig.release(broken);
    const fourth = rig.acquire("a");
    await t.idle();
    t.check(fourth.call.pending && rig.dials.length <= 3, "released-twice", twice);
    await rig.dialed(third);
    rig.audit("released-twice");
    rig.release(third);
    await t.idle();
    rig.granted(fourth, "never-settles", notHandedOver);

    rig.release(again);
    await t.sleep(1500);
    rig.release(again);
    const last = [rig.acquire("a"), rig.acquire("a")];
    await t.idle();
    t.check(rig.dials.length <= 4, "released-twice", twice);
    rig.audit("released-twice");
    for (const caller of last.slice(0, 1)) await rig.dialed(caller);

    let closes = 0;
    rig.pool.release({ host: "a", healthy: true, close: () => closes++ });
    await t.idle();
    t.check(closes === 0 && last[1]?.call.pending === true && rig.dials.length <= 4, "wrong-result", {
      en: "A connection that this pool never dialed was released. It is not in use here, so nothing must happen.",
      "zh-cn": "归还了一条并非由这个连接池建立的连接。它不在这里使用中，所以什么都不该发生。",
    });
    rig.audit();
    await rig.giveBack();
  },
);

test(
  "failed-dial",
  { title: { en: "a failed dial gives its slot back", "zh-cn": "拨号失败，名额交还" }, oracle: withoutL1 },
  async (t: Harness) => {
    const refused = new Error("connection refused");
    const rig = new Rig(t, { maxPerHost: 1 }, [{ error: refused }, { error: refused }]);
    const own: Words = {
      en: "A dial failed: its own caller must be rejected with the dial's error, as it is.",
      "zh-cn": "拨号失败了：应当用拨号自己的错误，原样拒绝它的调用方。",
    };
    const first = rig.acquire("a");
    t.equal((await first.call).reason, refused, "error-swallowed", own);
    await t.sleep(5);
    const second = rig.acquire("a");
    await t.idle();
    expectDial(rig, 2, "permit-lost", slotLost);
    rig.audit();
    const third = rig.acquire("a");
    await t.idle();
    rig.audit();
    t.equal((await second.call).reason, refused, "error-swallowed", own);
    await t.idle();
    t.check(third.call.pending, "one-cancels-all", {
      en: "One caller's dial failed, and somebody who only stood in line was rejected with it.",
      "zh-cn": "一个调用方的拨号失败了，只是在排队的人也跟着被拒绝。",
    });
    await expectLineTold(rig, 3);
    rig.audit();
    await rig.dialed(third);
    rig.audit();
    for (const error of [0, "", null]) {
      const odd = new Rig(t, { maxPerHost: 1 }, [{ error }]);
      const [caller, next] = [odd.acquire("a"), odd.acquire("a")];
      await t.sleep(11);
      const { settled } = caller.call;
      t.check(settled?.status === "rejected" && Object.is(settled.reason, error), "error-swallowed", own);
      await odd.dialed(next);
      odd.audit();
    }
  },
);

/** A call with a signal that was aborted beforehand. */
async function expectRefused(rig: Rig, host: string): Promise<void> {
  const t: Harness = rig.t;
  const caller = rig.acquire(host, { born: "aborted", mayFulfil: true });
  await t.idle();
  const { settled } = caller.call;
  t.check(settled?.status === "rejected", "aborted-signal-unchecked", {
    en: "The signal was aborted before the call: acquire must reject at once, whether a connection is idle, a slot is free, or others wait.",
    "zh-cn": "调用之前 signal 就已中止：无论有空闲连接、有空名额还是有人排队，acquire 都应当立刻拒绝。",
  });
  t.equal(settled?.reason, caller.reason(), "reason-replaced", {
    en: "acquire must reject with the signal's own reason, the identical object.",
    "zh-cn": "acquire 应当以 signal 自己的 reason 拒绝，同一个对象。",
  });
  rig.audit();
}

test(
  "already-aborted",
  {
    title: { en: "an aborted signal: starts nothing, takes nothing", "zh-cn": "signal 已经中止：不启动，也不占用" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    await expectRefused(rig, "a");
    const [holder] = (await rig.lend("a", 1)) as [Caller];
    await t.sleep(1);
    await expectRefused(rig, "a");
    const next = rig.acquire("a");
    await expectRefused(rig, "a");
    rig.release(holder);
    await t.idle();
    rig.granted(next, "permit-lost", notHandedOver);
    rig.release(next);
    await t.sleep(1);
    await expectRefused(rig, "a");
    const last = rig.acquire("a");
    await t.idle();
    rig.granted(last, "permit-lost", slotLost);
    rig.audit();
  },
);

const dialNotTold: Words = {
  en: "A caller gave up, but the signal of their dial has not aborted: nobody told the dial to stop.",
  "zh-cn": "调用方放弃了，它那次拨号的 signal 却没有中止：没有人叫拨号停下。",
};

test(
  "abort-while-dialing",
  {
    title: { en: "a caller who leaves stops their own dial", "zh-cn": "调用方离开，只停下它自己的拨号" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 2 });
    const [leaver, stayer] = [rig.acquire("a"), rig.acquire("a")];
    await t.sleep(5);
    leaver.abort();
    await t.idle();
    const [left, stayed] = rig.dials;
    t.check(left?.signal?.aborted === true, "signal-not-passed-on", dialNotTold);
    t.check(stayed?.signal?.aborted !== true, "one-cancels-all", {
      en: "One caller gave up, and the dial of another was aborted with theirs. Each dial needs a signal of its own.",
      "zh-cn": "一个调用方放弃，另一个调用方的拨号也跟着中止了。每次拨号都要有自己的 signal。",
    });
    rig.gaveUp(leaver);
    const next = rig.acquire("a");
    rig.acquire("a");
    await t.idle();
    expectDial(rig, 3, "permit-lost", slotLost);
    rig.audit();
    const wire = await rig.dialed(stayer);
    await rig.dialed(next);
    // A signal may abort long after its call has its connection; that is nobody's business any more.
    stayer.abort();
    await t.idle();
    t.check(isOpen(wire), "wrong-result", {
      en: "The signal of an acquire that had its connection long ago aborted, and the pool closed that connection.",
      "zh-cn": "acquire 早已拿到连接，之后它的 signal 才中止，连接池却关掉了这条连接。",
    });
    rig.audit();
    await rig.giveBack();
  },
);

test(
  "abort-in-line",
  {
    title: { en: "a caller who leaves the line is out of it", "zh-cn": "离开队伍的调用方不再占位" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const [holder] = (await rig.lend("a", 1)) as [Caller];
    const [one, two, three, four] = Array.from({ length: 4 }, () => rig.acquire("a")) as [
      Caller,
      Caller,
      Caller,
      Caller,
    ];
    await t.sleep(5);
    const toTheDead: Words = {
      en: "Somebody left the line, and the connection released next reached nobody: it was given to the one who had left.",
      "zh-cn": "有人离开了队伍，随后归还的连接谁也没拿到：它给了那个已经离开的人。",
    };
    const lineForgotten: Words = {
      en: "Somebody left the line, and after that a released connection lies idle while those behind still wait.",
      "zh-cn": "有人离开了队伍，之后归还的连接闲置在那里，排在后面的人却还在等。",
    };
    for (const caller of [two, one]) {
      caller.abort();
      await t.idle();
      rig.gaveUp(caller);
    }
    rig.release(holder);
    await t.idle();
    // Lying idle, it was given to nobody: then those still in line were forgotten together with the one who left.
    if (rig.pool.stats.idle > 0) rig.granted(three, "never-settles", lineForgotten);
    rig.granted(three, "permit-lost", toTheDead);
    rig.audit();
    four.abort();
    await t.idle();
    rig.gaveUp(four);
    rig.release(three);
    const last = rig.acquire("a");
    await t.idle();
    rig.granted(last, "permit-lost", toTheDead);
    rig.audit();
    await rig.giveBack();
  },
);

/** Five stand in line, those at two places leave, one after the other, and then somebody comes. */
async function twoLeave(rig: Rig, holder: Caller, places: readonly [number, number]): Promise<Caller> {
  const t: Harness = rig.t;
  const line = Array.from({ length: 5 }, () => rig.acquire("a"));
  await t.idle();
  const leaving = places.map((place) => line[place]) as [Caller, Caller];
  for (const caller of leaving) {
    caller.abort();
    await t.idle();
    rig.gaveUp(caller);
  }
  let last = holder;
  const staying = line.filter((caller) => !leaving.includes(caller));
  staying.push(rig.acquire("a"));
  for (const [place, next] of staying.entries()) {
    rig.release(last);
    await t.idle();
    const overtaken = staying.slice(place + 1).some((other) => other.call.settled !== undefined);
    t.check(!overtaken, "order-lost", {
      en: "Somebody left the line, and after that the others were not served in the order in which they had come.",
      "zh-cn": "有人离开了队伍，之后其余的人就没有按先来后到轮到。",
    });
    rig.granted(next, "permit-lost", notHandedOver);
    last = next;
  }
  rig.audit();
  return last;
}

/** A dial that began only once its caller had stood in line is told as well. */
async function leaveAfterTheLine(t: Harness): Promise<void> {
  const rig = new Rig(t, { maxPerHost: 1 });
  const [holder] = (await rig.lend("a", 1)) as [Caller];
  const [wire] = rig.held() as [Wire];
  const [leaver, next] = [rig.acquire("a"), rig.acquire("a")];
  await t.sleep(1);
  wire.healthy = false;
  rig.release(holder);
  await t.sleep(5);
  expectDial(rig, 2, "permit-lost", slotLost);
  leaver.abort();
  await t.idle();
  t.check(rig.dials[1]?.signal?.aborted === true, "signal-not-passed-on", dialNotTold);
  rig.gaveUp(leaver);
  expectDial(rig, 3, "permit-lost", slotLost);
  await rig.dialed(next);
  rig.audit();
  await rig.finish();
}

test(
  "order-outlives-leaving",
  {
    title: { en: "whoever leaves, the others keep their places", "zh-cn": "不管谁离开，其余的人次序不变" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    await leaveAfterTheLine(t);
    const rig = new Rig(t, { maxPerHost: 1 });
    let [holder] = (await rig.lend("a", 1)) as [Caller];
    for (const one of [0, 1, 2, 3, 4]) {
      for (const other of [0, 1, 2, 3, 4]) {
        if (one !== other) holder = await twoLeave(rig, holder, [one, other]);
      }
    }
    await rig.giveBack();
  },
);

test(
  "any-reason",
  { title: { en: "a reason may be any value", "zh-cn": "reason 可以是任何值" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 2 });
    const [holder] = (await rig.lend("a", 1)) as [Caller];
    for (const reason of [0, "", null, false]) {
      const given = t.controller("the signal of whoever leaves");
      const leaving = [rig.acquire("a", { given }), rig.acquire("a", { given })];
      await t.sleep(5);
      given.abort(reason);
      await t.idle();
      const dials = rig.dials.length;
      const early = rig.acquire("b", { given, mayFulfil: true });
      await t.idle();
      t.check(rig.dials.length === dials && !early.call.pending, "aborted-signal-unchecked", {
        en: `The signal was aborted before the call, with ${String(reason)} as the reason: acquire must reject at once and dial nothing. Ask \`aborted\`, not the reason.`,
        "zh-cn": `调用之前 signal 就已中止（reason 是 ${String(reason)}）：acquire 应当立刻拒绝，不要拨号。要看 aborted，而不是看 reason。`,
      });
      for (const caller of [...leaving, early]) {
        rig.gaveUp(caller);
        t.equal(caller.call.settled?.reason, reason, "reason-replaced", {
          en: "acquire must reject with the signal's own reason, the identical value, whatever it is.",
          "zh-cn": "acquire 应当以 signal 自己的 reason 拒绝，不管是什么，都是同一个值。",
        });
      }
      rig.audit();
    }
    rig.release(holder);
    await t.idle();
    rig.audit();
  },
);

test(
  "two-pools",
  { title: { en: "two pools know nothing of each other", "zh-cn": "两个连接池互不相干" }, oracle: withoutL1 },
  async (t: Harness) => {
    const rigs = [new Rig(t, { maxPerHost: 1 }), new Rig(t, { maxPerHost: 1 })] as const;
    const holders = [(await rigs[0].lend("a", 1))[0], (await rigs[1].lend("a", 1))[0]] as [Caller, Caller];
    const lines = rigs.map((rig) => rig.acquire("a")) as [Caller, Caller];
    await t.idle();
    for (const which of [1, 0] as const) {
      const waiting = rigs.map(({ pool }) => pool.stats.waiting);
      t.equal(waiting, which === 1 ? [1, 1] : [1, 0], "wrong-result", notOfTheOther);
      rigs[which].release(holders[which]);
      await t.idle();
      t.check(lines[which].call.settled?.status === "fulfilled", "wrong-result", notOfTheOther);
    }
    rigs[0].release(lines[0]);
    await t.idle();
    t.equal([rigs[0].pool.stats.idle, rigs[1].pool.stats.idle], [1, 0], "wrong-result", notOfTheOther);
    for (const rig of rigs) await rig.finish();
  },
);

test(
  "abort-in-the-turn-of-the-call",
  {
    title: { en: "a caller gives up in the turn of its call", "zh-cn": "调用之后的同一轮里就放弃" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const alone = rig.acquire("a");
    alone.abort();
    await t.idle();
    rig.gaveUp(alone);
    t.check(!rig.dials.some(isLive), "signal-not-passed-on", {
      en: "A caller gave up in the turn of its call, and its dial goes on: nobody told it to stop.",
      "zh-cn": "调用方在调用的同一轮里就放弃了，它的拨号却还在继续：没有人叫它停下。",
    });
    rig.audit();
    const [holder] = (await rig.lend("a", 1)) as [Caller];
    const inLine = rig.acquire("a");
    inLine.abort();
    await t.idle();
    rig.gaveUp(inLine);
    rig.audit();
    rig.release(holder);
    await t.idle();
    rig.audit();
  },
);

const notOfTheOther: Words = {
  en: "There are two pools, and what is done with one changes the other. Each has its own connections and its own line.",
  "zh-cn": "一共有两个连接池，用其中一个却影响了另一个。每个连接池有自己的连接、自己的队伍。",
};

/** A caller leaves 5 ms into its dial, which then ends at 25 ms in the way that the plan says. */
async function abandon(rig: Rig, inLine = 0): Promise<Caller[]> {
  const t: Harness = rig.t;
  const leaver = rig.acquire("a");
  const line = Array.from({ length: inLine }, () => rig.acquire("a"));
  await t.sleep(5);
  leaver.abort();
  await t.idle();
  rig.gaveUp(leaver);
  rig.audit();
  return line;
}

/** The slot of an abandoned dial goes to the first in line when the dial has settled: not before, and not later. */
async function abandonBeforeOthers(rig: Rig): Promise<void> {
  const t: Harness = rig.t;
  const line = await abandon(rig, 1);
  line.push(rig.acquire("a"));
  const [next, last] = line as [Caller, Caller];
  await t.sleep(15);
  rig.audit();
  await t.sleep(6);
  expectLateClosed(rig);
  t.check(next.call.pending, "wrong-result", {
    en: "The connection of an abandoned dial went to the next in line. It must be closed, and the next in line dials anew.",
    "zh-cn": "被放弃的拨号送来的连接给了下一个人。应当关掉它，由下一个人重新拨号。",
  });
  await expectLineTold(rig, 2);
  rig.audit();
  await rig.dialed(next);
  t.check(last.call.pending, "order-lost", {
    en: "The line was not served in order.",
    "zh-cn": "没有按排队的次序来。",
  });
  last.abort();
  await t.idle();
  rig.gaveUp(last);
  rig.audit();
}

/** With nobody in line, the slot is there for whoever comes after the dial has settled. */
async function abandonAlone(rig: Rig): Promise<void> {
  const t: Harness = rig.t;
  await abandon(rig);
  await t.sleep(25);
  expectLateClosed(rig);
  const next = rig.acquire("a");
  await t.idle();
  expectDial(rig, 2, "permit-lost", slotLost);
  rig.audit();
  await rig.dialed(next);
}

function expectLateClosed(rig: Rig): void {
  const held = rig.held();
  const late = rig.wires.find((wire) => isOpen(wire) && !held.includes(wire));
  rig.t.check(late === undefined, "resource-not-released", {
    en: "A dial delivered after its caller had left, and its connection stayed open. Nobody else knows of it: the pool must close it.",
    "zh-cn": "拨号在调用方离开之后才送来连接，这条连接却还开着。没有别人知道它，连接池必须把它关掉。",
  });
}

test(
  "abandoned-dial-keeps-its-slot",
  {
    title: {
      en: "an abandoned dial keeps its slot until it has settled",
      "zh-cn": "被放弃的拨号，有结果之后才让出名额",
    },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const slow: DialPlan = { latency: 50, cleanupMs: 20 };
    await abandonBeforeOthers(new Rig(t, { maxPerHost: 1 }, [slow]));
    await abandonAlone(new Rig(t, { maxPerHost: 1 }, [slow]));
  },
);

test(
  "late-delivery-is-closed",
  {
    title: { en: "what an abandoned dial still delivers is closed", "zh-cn": "被放弃的拨号送来的连接要关掉" },
    oracle: withoutL1,
  },
  async (t: Harness) => {
    const stubborn: DialPlan = { latency: 25, obeysSignal: false };
    await abandonBeforeOthers(new Rig(t, { maxPerHost: 1 }, [stubborn]));
    await abandonAlone(new Rig(t, { maxPerHost: 1 }, [stubborn]));
  },
);

test(
  "late-failure-is-handled",
  { title: { en: "an abandoned dial that fails late", "zh-cn": "被放弃的拨号后来失败了" }, oracle: withoutL1 },
  async (t: Harness) => {
    const failing: DialPlan = { latency: 25, obeysSignal: false, error: new Error("connection reset") };
    await abandonBeforeOthers(new Rig(t, { maxPerHost: 1 }, [failing]));
    await abandonAlone(new Rig(t, { maxPerHost: 1 }, [failing]));
  },
);

/** That `close()` rejected a call as the contract says. */
function expectClosedError(rig: Rig, caller: Caller): void {
  const t: Harness = rig.t;
  const { settled } = caller.call;
  t.check(settled?.status === "rejected", "wrong-result", {
    en: "The pool is closed, yet acquire resolved with a connection.",
    "zh-cn": "连接池已经关闭，acquire 却仍然给出了连接。",
  });
  const reason = settled?.reason;
  t.check(reason instanceof DOMException && reason.name === "AbortError", "reason-replaced", {
    en: "A closed pool rejects with a DOMException named AbortError.",
    "zh-cn": "连接池关闭之后，应当以名为 AbortError 的 DOMException 拒绝。",
  });
}

test(
  "close-ends-everything",
  { title: { en: "close() ends what is idle, dialing or in line", "zh-cn": "close() 结束空闲的、拨号的和排队的" } },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1 });
    const [holder] = (await rig.lend("a", 1)) as [Caller];
    const [holderOfB] = (await rig.lend("b", 1)) as [Caller];
    const [inUse, idle] = rig.held() as [Wire, Wire];
    rig.release(holderOfB);
    const line = [rig.acquire("a"), rig.acquire("a")];
    const dialing = rig.acquire("c");
    const afterDialing = rig.acquire("c");
    await t.sleep(5);
    rig.audit();
    rig.pool.close();
    await t.idle();
    t.check(
      !isOpen(idle),
      "resource-not-released",
      notClosed("When the pool closes, an idle connection", "连接池关闭时，空闲连接"),
    );
    t.check(t.armedTimers() === 0, "timer-still-armed", {
      en: "The pool is closed and its idle connections with it, but an idle timer is still armed.",
      "zh-cn": "连接池和其中的空闲连接都关了，空闲定时器却还在走。",
    });
    t.check(!rig.dials.some(isLive) && rig.dials.length === 3, "work-still-running", {
      en: "The pool is closed, but a dial goes on (or has just begun): close() must abort every dial and start none.",
      "zh-cn": "连接池已经关闭，却还有拨号在继续（或刚刚开始）：close() 要中止每一次拨号，也不再开始新的。",
    });
    t.check(![...line, afterDialing].some((caller) => caller.call.pending), "never-settles", closedButWaiting);
    t.check(!dialing.call.pending, "late-after-abort", closedButWaiting);
    for (const caller of [...line, dialing, afterDialing]) expectClosedError(rig, caller);
    t.equal(rig.pool.stats.waiting, 0, "wrong-result", {
      en: "close() has rejected everyone in line, yet `stats.waiting` still counts them.",
      "zh-cn": "close() 已经拒绝了所有排队的调用方，stats.waiting 却还把他们算在内。",
    });
    t.check(isOpen(inUse), "wrong-result", {
      en: "close() closed a connection that a caller still uses. It is closed when it is released.",
      "zh-cn": "close() 关掉了调用方还在用的连接。它应当等到归还时再关。",
    });
    await expectStaysClosed(rig, holder, inUse);
    await rig.finish();
  },
);

async function expectStaysClosed(rig: Rig, holder: Caller, inUse: Wire): Promise<void> {
  const t: Harness = rig.t;
  const dials = rig.dials.length;
  for (const host of ["d", "b", "a"]) {
    const late = rig.acquire(host);
    await t.idle();
    t.check(rig.dials.length === dials, "wrong-result", {
      en: "The pool is closed, yet a later acquire dialed.",
      "zh-cn": "连接池已经关闭，之后的 acquire 却还在拨号。",
    });
    t.check(!late.call.pending, "never-settles", closedButWaiting);
    expectClosedError(rig, late);
  }
  rig.pool.close();
  await t.idle();
  t.check(isOpen(inUse), "wrong-result", {
    en: "A second close() closed a connection that is still in use.",
    "zh-cn": "第二次 close() 关掉了仍在使用的连接。",
  });
  rig.release(holder);
  await t.idle();
  t.check(
    !isOpen(inUse),
    "resource-not-released",
    notClosed("A connection released to a closed pool", "归还给已关闭的连接池的连接"),
  );
  t.checkLeaks("the pool");
}

test(
  "close-does-not-wait-for-dials",
  { title: { en: "close() rejects dialing callers at once", "zh-cn": "close() 立刻拒绝正在拨号的调用方" } },
  async (t: Harness) => {
    const failing = { latency: 40, obeysSignal: false, error: new Error("connection reset") };
    const plans = [
      { latency: 30, obeysSignal: false },
      { latency: 30, obeysSignal: false },
      failing,
      { cleanupMs: 20 },
    ];
    const rig = new Rig(t, { maxPerHost: 2 }, plans);
    const leaver = rig.acquire("a");
    const dialing = [rig.acquire("a"), rig.acquire("b"), rig.acquire("b")];
    const line = [rig.acquire("a"), rig.acquire("b")];
    await t.sleep(5);
    leaver.abort();
    await t.idle();
    rig.audit();
    rig.pool.close();
    await t.idle();
    t.check(!dialing.some((caller) => caller.call.pending), "late-after-abort", {
      en: "The pool was closed, but a caller whose dial takes its time to stop still waits: reject it at once.",
      "zh-cn": "连接池已经关闭，拨号一时停不下来的调用方却还在等：应当立刻拒绝它。",
    });
    t.check(!line.some((caller) => caller.call.pending), "never-settles", closedButWaiting);
    for (const caller of [...dialing, ...line]) expectClosedError(rig, caller);
    await t.sleep(100);
    t.check(rig.dials.length === 4, "work-still-running", {
      en: "The pool is closed, yet it dialed again when an earlier dial had settled.",
      "zh-cn": "连接池已经关闭，早先的拨号有了结果之后，它却又拨了号。",
    });
    expectLateClosed(rig);
    await rig.finish();
  },
);

/** Takes a connection of "a", uses it for a while and gives it back, as ordinary code does. */
async function use(rig: Rig, caller: Caller, ms: number): Promise<void> {
  const { status } = await caller.call;
  await rig.t.idle();
  rig.audit();
  if (status === "rejected") return;
  await rig.t.sleep(ms);
  rig.release(caller);
  await rig.t.idle();
  rig.audit();
}

test(
  "every-order-of-dials",
  { title: { en: "dials end in every order, and may fail", "zh-cn": "拨号以任意次序结束，也可能失败" } },
  async (t: Harness) => {
    const shaky: DialPlan = { latency: [10, 50], mayFailWith: new Error("connection refused") };
    const rig = new Rig(t, { maxPerHost: 2 }, [shaky, { latency: [10, 50] }, { latency: [10, 50] }]);
    const callers = ["a", "a", "a", "b"].map((host) => rig.acquire(host));
    // Two give back in one instant, of one host; more of them would only repeat what those show.
    await Promise.all(callers.map((caller, place) => use(rig, caller, place < 2 ? 100 : 100 + place)));
    await rig.finish();
  },
);

/** One caller was struck, or not: it has a connection, or its reason, and nobody else is the worse for it. */
function judgeStruck(rig: Rig, caller: Caller): void {
  const t: Harness = rig.t;
  const { settled } = caller.call;
  if (settled?.status !== "rejected") return;
  t.equal(settled.reason, t.reason, "reason-replaced", {
    en: "After the caller's abort, acquire must reject with the caller's own reason, the identical object.",
    "zh-cn": "调用方取消之后，acquire 应当以调用方自己的 reason 拒绝，同一个对象。",
  });
  t.equal(settled.at, t.abortedAt, "late-after-abort", {
    en: "After the caller's abort, acquire must reject in the same virtual instant.",
    "zh-cn": "调用方取消之后，acquire 应当在同一虚拟时刻拒绝。",
  });
}

async function strikeOne(rig: Rig, before: number): Promise<void> {
  const others = Array.from({ length: before }, () => rig.acquire("a"));
  const struck = rig.acquire("a", { given: rig.t, mayFulfil: true });
  others.push(rig.acquire("a"));
  await Promise.all([...others, struck].map((caller, place) => use(rig, caller, 20 + place)));
  judgeStruck(rig, struck);
  await rig.finish();
}

test(
  "cancel-everywhere-in-line",
  {
    title: {
      en: "the second in line leaves at every possible moment",
      "zh-cn": "队伍里的一个人在每一个可能的时刻离开",
    },
    cancel: "everywhere",
    oracle: { except: ["L5"] },
  },
  async (t: Harness) => {
    const plans: DialPlan[] = [{ latency: 20, mayFailWith: new Error("connection refused") }, { latency: [10, 40] }];
    await strikeOne(new Rig(t, { maxPerHost: 1 }, plans), 2);
  },
);

test(
  "cancel-everywhere-while-dialing",
  {
    title: { en: "a dialing caller leaves at every possible moment", "zh-cn": "正在拨号的人在每一个可能的时刻离开" },
    cancel: "everywhere",
    oracle: { except: ["L5"] },
  },
  async (t: Harness) => {
    const plan: DialPlan = { latency: [10, 40], mayFailWith: new Error("connection refused") };
    await strikeOne(new Rig(t, { maxPerHost: 2 }, [plan, { latency: [10, 40] }]), 1);
  },
);

test(
  "cancel-everywhere-stubborn-dial",
  {
    title: { en: "the same with a dial that does not listen", "zh-cn": "同上，但拨号不理会中止" },
    cancel: "everywhere",
    oracle: { except: ["L5"] },
  },
  async (t: Harness) => {
    const stubborn: DialPlan = { latency: [10, 40], obeysSignal: false };
    await strikeOne(new Rig(t, { maxPerHost: 2 }, [{ latency: [10, 40] }, stubborn, { latency: [10, 40] }]), 1);
  },
);

/** Two things in one instant: in one turn, or with a few microtasks between them. */
async function meet(one: () => void, other: () => void, turns: number): Promise<void> {
  one();
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  other();
}

interface Meeting {
  readonly turns: number;
  readonly order: "release-first" | "abort-first";
  /** How many stand behind the first in line. */
  readonly others: number;
  /** Whether the connection that comes back is: else its slot is what is given on. */
  readonly healthy: boolean;
}

/** A release and the abort of the first in line meet; then whoever comes next must be served. */
async function releaseMeetsAbort(t: Harness, { turns, order, others, healthy }: Meeting): Promise<void> {
  const rig = new Rig(t, { maxPerHost: 1 });
  const [holder] = (await rig.lend("a", 1)) as [Caller];
  const [wire] = rig.held() as [Wire];
  const first = rig.acquire("a", { mayFulfil: true });
  const line = Array.from({ length: others }, () => rig.acquire("a"));
  await t.sleep(1);
  const release = (): void => {
    wire.healthy = healthy;
    rig.release(holder);
  };
  if (order === "release-first") await meet(release, first.abort, turns);
  else await meet(first.abort, release, turns);
  await t.idle();
  rig.gaveUp(first);
  if (others === 0) line.push(rig.acquire("a"));
  if (first.call.settled?.status === "fulfilled") rig.release(first);
  await t.idle();
  // A free slot is worth a dial, which takes a while.
  if (!healthy) await t.sleep(50);
  for (const caller of line) {
    rig.granted(caller, "permit-lost", {
      en: "A release and the abort of the first in line met in one instant. Either may win, but the connection or its slot was lost between the two.",
      "zh-cn": "归还与队首的中止落在同一时刻。哪个赢都行，但连接或它的名额却在两者之间丢了。",
    });
  }
  rig.audit();
  await rig.finish();
}

test(
  "release-meets-abort",
  { title: { en: "a release and an abort in the same instant", "zh-cn": "归还与中止落在同一时刻" } },
  async (t: Harness) => {
    for (const turns of [0, 1, 2, 3, 5]) {
      for (const others of [1, 0]) {
        for (const healthy of [true, false]) {
          await releaseMeetsAbort(t, { turns, order: "release-first", others, healthy });
          await releaseMeetsAbort(t, { turns, order: "abort-first", others, healthy });
        }
      }
    }
  },
);

test(
  "abort-releases-another",
  { title: { en: "an abort whose first listener releases a connection", "zh-cn": "中止时，先运行的监听器归还了连接" } },
  async (t: Harness) => {
    for (const order of ["before", "after"] as const) {
      const rig = new Rig(t, { maxPerHost: 1 });
      const [holder] = (await rig.lend("a", 1)) as [Caller];
      const gone = t.controller("the signal of two calls");
      const signal = gone.signal as unknown as AbortSignal;
      const release = (): void => {
        rig.release(holder);
      };
      if (order === "before") signal.addEventListener("abort", release, { once: true });
      const first = rig.acquire("a", { given: gone, mayFulfil: true });
      if (order === "after") signal.addEventListener("abort", release, { once: true });
      const second = rig.acquire("a");
      await t.sleep(1);
      first.abort();
      await t.idle();
      rig.gaveUp(first);
      if (first.call.settled?.status === "fulfilled") rig.release(first);
      await t.idle();
      rig.granted(second, "permit-lost", {
        en: "One abort both released a connection and took the first in line away, and the connection was lost between the two.",
        "zh-cn": "同一次中止既归还了一条连接，又带走了队首，连接却在两者之间丢了。",
      });
      rig.audit();
      await rig.finish();
    }
  },
);

test(
  "close-in-every-order",
  { title: { en: "close() before, between and after the dials", "zh-cn": "close() 落在拨号之前、之间、之后" } },
  async (t: Harness) => {
    const range = [10, 50] as const;
    const plans = [{ latency: range }, { latency: range, obeysSignal: false }, { latency: range, cleanupMs: 5 }];
    const rig = new Rig(t, { maxPerHost: 3, maxIdle: 1 }, plans);
    const callers = Array.from({ length: 5 }, () => rig.acquire("a"));
    t.after(30, () => {
      rig.pool.close();
    });
    for (const caller of callers.slice(1, 4)) {
      void caller.call.then(({ status }) => {
        if (status === "fulfilled") rig.release(caller);
      });
    }
    await t.sleep(31);
    for (const caller of callers) {
      if (caller.call.pending) t.fail("never-settles", closedButWaiting);
      if (caller.call.settled?.status === "rejected") expectClosedError(rig, caller);
    }
    await rig.finish();
  },
);

test(
  "idle-timeout-meets-acquire",
  { title: { en: "the idle timeout and an acquire in one instant", "zh-cn": "空闲到时与 acquire 落在同一时刻" } },
  async (t: Harness) => {
    const rig = new Rig(t, { maxPerHost: 1, idleTimeoutMs: 100 });
    const [first] = (await rig.lend("a", 1)) as [Caller];
    rig.release(first);
    await t.sleep(100);
    const [second, third] = [rig.acquire("a"), rig.acquire("a")] as const;
    await rig.dialed(second);
    await t.sleep(500);
    rig.audit();
    rig.release(second);
    await t.idle();
    rig.granted(third, "never-settles", notHandedOver);
    rig.audit();
    await rig.finish();
  },
);
