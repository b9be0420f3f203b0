import { type Call, type Diagnosis, type Harness, type Latency, type Words, test } from "interleave";
import { Semaphore } from "./exercise.ts";

type Release = () => void;

/** One call of `acquire`. */
interface Caller {
  readonly name: string;
  readonly reason: unknown;
  readonly call: Call<Release>;
  abort(): void;
  released: boolean;
}

interface AcquireOptions {
  /** The signal that it gives up with. Default: one of its own. */
  readonly given?: { readonly signal: Harness["signal"]; abort(reason?: unknown): void };
  readonly born?: "aborted";
  /** What it gives up with. Default: an error of its own. */
  readonly reason?: unknown;
}

const isHolding = ({ call, released }: Caller): boolean => call.settled?.status === "fulfilled" && !released;

/** A semaphore and everybody who wants in. Who holds a permit is known here, whatever the semaphore says. */
class Rig {
  readonly t: Harness;
  readonly permits: number;
  readonly semaphore: Semaphore;
  readonly callers: Caller[] = [];
  /** What went wrong is being found out: nobody else may come in between. */
  #judging = false;

  constructor(t: Harness, permits: number) {
    this.t = t;
    this.permits = permits;
    this.semaphore = new Semaphore(permits);
  }

  acquire({ given, born, ...own }: AcquireOptions = {}): Caller {
    const t: Harness = this.t;
    const name = `caller ${String(this.callers.length + 1)}`;
    const reason = "reason" in own ? own.reason : new Error(`${name} gave up`);
    const controller = given ?? t.controller(`the signal of ${name}`);
    const { signal } = controller;
    const abort = (): void => {
      controller.abort(reason);
    };
    if (born === "aborted") abort();
    // What an abort must lead to is judged here: it may meet a grant in one instant, and then either may win.
    const call = t.call(`acquire() of ${name}`, () => this.semaphore.acquire(signal as unknown as AbortSignal), {
      signal,
      mayFulfil: true,
    });
    const caller = { name, reason, call, abort, released: false };
    this.callers.push(caller);
    return caller;
  }

  /** Calls what the caller was given, again if need be. Does nothing for one that holds no permit. */
  release(caller: Caller): void {
    const t: Harness = this.t;
    const { settled } = caller.call;
    if (settled?.status !== "fulfilled") return;
    const give: unknown = settled.value;
    t.check(typeof give === "function", "wrong-result", {
      en: "acquire must resolve with the function that gives the permit back.",
      "zh-cn": "acquire 应当返回一个函数，调用它就归还许可。",
    });
    caller.released = true;
    (give as Release)();
  }

  get holding(): Caller[] {
    return this.callers.filter(isHolding);
  }

  get inLine(): Caller[] {
    return this.callers.filter(({ call }) => call.pending);
  }

  /** What must hold whenever nothing is ready to run. `whenOver` names what too many permits would come from. */
  async audit(whenOver: Diagnosis = "limit-exceeded"): Promise<void> {
    const t: Harness = this.t;
    if (this.#judging) await never();
    const held = this.holding.length;
    const waiting = this.inLine.length;
    t.check(held <= this.permits, whenOver, {
      en: `${String(held)} callers hold a permit at one time, but there are only ${String(this.permits)}.`,
      "zh-cn": `许可只有 ${String(this.permits)} 张，却有 ${String(held)} 个调用方同时拿着许可。`,
    });
    const free = this.permits - held;
    if (waiting > 0 && free > 0) {
      const first = this.inLine[0];
      if (first !== undefined) await this.served(first);
    }
    const { available, waiting: told } = this.semaphore;
    if (available === free && told === waiting) return;
    const granted = await this.#count();
    if (granted > this.permits) t.fail(whenOver, tooMany(this.permits, granted));
    if (granted < this.permits) t.fail("permit-lost", tooFew(this.permits, granted));
    t.equal({ available, waiting: told }, { available: free, waiting }, "wrong-result", {
      en: "`available` and `waiting` do not say what is true: how many permits nobody holds, and how many callers are in line.",
      "zh-cn": "available 和 waiting 与实际不符：前者是没有人拿着的许可数，后者是正在排队的调用方数。",
    });
  }

  /** Sends everybody away, and then counts how many get in at one time. Ends the test. */
  async #count(): Promise<number> {
    const t: Harness = this.t;
    this.#judging = true;
    await this.#clear();
    const fresh = Array.from({ length: this.permits + 1 }, () => this.acquire());
    await t.idle();
    return fresh.filter(isHolding).length;
  }

  async #clear(): Promise<void> {
    const t: Harness = this.t;
    for (const caller of this.inLine) caller.abort();
    await t.idle();
    for (const caller of this.holding) this.release(caller);
    await t.idle();
  }

  /** A permit is free for this caller, so it has it by now. If not, what went wrong? */
  async served(caller: Caller, how?: Words): Promise<void> {
    const t: Harness = this.t;
    const { settled } = caller.call;
    if (settled?.status === "fulfilled") return;
    if (settled?.status === "rejected") {
      t.fail("wrong-result", {
        en: `The acquire() of ${caller.name} rejected, although its signal has not aborted.`,
        "zh-cn": `${caller.name} 的 acquire() 拒绝了，可它的 signal 并没有中止。`,
      });
    }
    const later = this.callers.slice(this.callers.indexOf(caller) + 1);
    if (later.some(isHolding)) await this.#explainOvertaken(caller);
    await this.#explainWait(caller, how ?? servedNobody);
  }

  async #explainOvertaken(caller: Caller): Promise<never> {
    const t: Harness = this.t;
    this.#judging = true;
    while (this.holding.length > 0 && caller.call.pending) {
      for (const other of this.holding) this.release(other);
      await t.idle();
    }
    if (caller.call.pending) {
      t.fail("never-settles", {
        en: `${caller.name} was in line and has been forgotten: everybody who came later has come and gone, and it still waits.`,
        "zh-cn": `${caller.name} 排着队却被忘记了：后来的人都来过又走了，它还在等。`,
      });
    }
    return t.fail("order-lost", {
      en: `${caller.name} was first in line, but the permit went to somebody who came later.`,
      "zh-cn": `${caller.name} 排在最前面，许可却给了后来的人。`,
    });
  }

  async #explainWait(caller: Caller, how: Words): Promise<never> {
    const t: Harness = this.t;
    const others = this.holding;
    this.#judging = true;
    for (const other of others) this.release(other);
    await t.idle();
    if (others.length > 0 && !caller.call.pending) {
      t.fail("batched-not-sliding", {
        en: "A permit came back, but the first in line was served only once all others had come back, too. Each release serves the next.",
        "zh-cn": "已经有许可归还，队首却要等其他许可也都归还之后才轮到。每次归还都应当让下一个进来。",
      });
    }
    await t.sleep(1000);
    if (!caller.call.pending) {
      t.fail("limit-not-reached", {
        en: "A permit was free and somebody was in line, yet they were served only some time later. It must happen in the same instant.",
        "zh-cn": "许可空着，又有人在排队，却过了一段时间才轮到。应当在同一时刻就给。",
      });
    }
    for (const waiting of this.inLine) waiting.abort();
    await t.idle();
    const fresh = this.acquire();
    await t.idle();
    if (isHolding(fresh)) t.fail("never-settles", notTold);
    return t.fail("permit-lost", how);
  }

  /** `count` callers, each of whom holds a permit. */
  async lend(count: number): Promise<Caller[]> {
    const t: Harness = this.t;
    const callers = Array.from({ length: count }, () => this.acquire());
    await t.idle();
    for (const caller of callers) await this.served(caller, freeButWaiting);
    return callers;
  }

  /** A caller whose signal has aborted while it was in line: rejected in this very instant, with its own reason. */
  gaveUp(caller: Caller, mayHold = false): void {
    const t: Harness = this.t;
    const { settled } = caller.call;
    t.check(settled !== undefined, "late-after-abort", {
      en: `The signal of ${caller.name} has aborted, but its acquire() still waits. It must reject in the same instant, and not only when its turn comes.`,
      "zh-cn": `${caller.name} 的 signal 已经中止，它的 acquire() 却还在等。应当在同一时刻拒绝，而不是等轮到它时再说。`,
    });
    t.check(mayHold || settled?.status === "rejected", "abort-swallowed", {
      en: `The signal of ${caller.name} has aborted while it was in line and no permit was free, but its acquire() resolved. It must reject.`,
      "zh-cn": `${caller.name} 排队时 signal 中止了，也没有空着的许可，它的 acquire() 却正常完成了。应当拒绝。`,
    });
    if (settled?.status === "rejected") {
      t.equal(settled.reason, caller.reason, "reason-replaced", {
        en: "After an abort, acquire must reject with the signal's own reason, the identical value.",
        "zh-cn": "中止之后，acquire 应当以 signal 自己的 reason 拒绝，同一个值。",
      });
    }
    t.check(this.holding.length <= this.permits, "limit-exceeded", {
      en: "A caller gave up, and somebody else got in for it although no permit had come back. Whoever waits has none to give back.",
      "zh-cn": "一个调用方放弃等待，别人就因此进来了，可并没有许可归还。正在等的人手里没有许可可还。",
    });
  }

  /** Takes a permit, works with it for a while and gives it back, as ordinary code does. */
  async job(caller: Caller, latency: Latency, mayFailWith?: Error): Promise<void> {
    const t: Harness = this.t;
    await caller.call;
    await this.audit();
    if (!isHolding(caller)) return;
    const label = `the work of ${caller.name}`;
    await t
      .work({ label, latency, answer: () => undefined, ...(mayFailWith && { mayFailWith }) })
      .catch(() => undefined);
    if (this.#judging) await never();
    this.release(caller);
    await t.idle();
    await this.audit();
  }

  /** Ends a test: everybody leaves, and then every permit must be there, and not one more. */
  async finish(): Promise<void> {
    const t: Harness = this.t;
    await this.#clear();
    for (const caller of this.callers) {
      if (caller.call.pending) this.gaveUp(caller);
    }
    const granted = await this.#count();
    t.check(granted >= this.permits, "permit-lost", tooFew(this.permits, granted));
    t.check(granted <= this.permits, "limit-exceeded", tooMany(this.permits, granted));
    await this.#clear();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

const tooMany = (permits: number, granted: number): Words => ({
  en: `Once everybody had left, ${String(granted)} callers got in at one time, but there are only ${String(permits)} permits: one was counted twice.`,
  "zh-cn": `所有人都离开之后，能同时进来 ${String(granted)} 个，可许可只有 ${String(permits)} 张：有一张被算了两次。`,
});

const tooFew = (permits: number, granted: number): Words => ({
  en: `Once everybody had left, only ${String(granted)} callers got in at one time, of ${String(permits)}: a permit was lost.`,
  "zh-cn": `所有人都离开之后，只能同时进来 ${String(granted)} 个，本该有 ${String(permits)} 个：许可丢了。`,
});

const freeButWaiting: Words = {
  en: "A permit is free and nobody is in line, yet acquire waits.",
  "zh-cn": "有空着的许可，也没有人排队，acquire 却还在等。",
};

const servedNobody: Words = {
  en: "A permit was given back while somebody stood in line, and it reached nobody: it must go to the first in line, in the same instant.",
  "zh-cn": "有人排队时归还了一张许可，却谁也没拿到：它应当在同一时刻交给队首。",
};

const notTold: Words = {
  en: "A permit is free, but somebody stands in line and is never told. A release must serve the first in line.",
  "zh-cn": "许可空着，却还有人在排队，而且再也等不到通知。归还时应当让队首进来。",
};

const toTheDead: Words = {
  en: "Somebody left the line, and the permit that came back next reached nobody: it was given to the one who had left.",
  "zh-cn": "有人离开了队伍，随后归还的许可谁也没拿到：它给了那个已经离开的人。",
};

test(
  "lends-and-takes-back",
  { title: { en: "lends a free permit, and takes it back", "zh-cn": "借出空着的许可，再收回来" } },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    for (let count = 0; count < 4; count++) {
      const [caller] = (await rig.lend(1)) as [Caller];
      await rig.audit();
      await t.sleep(10);
      rig.release(caller);
      await t.idle();
      await rig.audit();
    }
  },
);

test(
  "limit-is-reached-and-kept",
  {
    title: { en: "lets in as many as there are permits, and no more", "zh-cn": "有多少许可就放行多少，不多不少" },
  },
  async (t: Harness) => {
    const rig = new Rig(t, 3);
    const callers = Array.from({ length: 7 }, () => rig.acquire());
    await t.idle();
    const held = rig.holding.length;
    t.check(held >= 3, held === 1 ? "serial-not-parallel" : "limit-not-reached", {
      en: `Seven callers want in, there are 3 permits, but only ${String(held)} got one. While a permit is free, it is lent at once.`,
      "zh-cn": `七个调用方要进来，许可有 3 张，却只有 ${String(held)} 个拿到。只要有空着的许可，就应当立刻借出。`,
    });
    await rig.audit();
    await Promise.all(callers.map((caller) => rig.job(caller, 10)));
    t.equal(t.now, 30, "limit-not-reached", {
      en: "Seven jobs of 10 ms take 30 ms with 3 permits, if each permit is lent again as soon as it comes back.",
      "zh-cn": "七件 10 毫秒的工作、3 张许可，只要许可一归还就再借出，总共用 30 毫秒。",
    });
  },
);

test(
  "each-release-serves-the-next",
  { title: { en: "each release serves the next in line", "zh-cn": "每次归还，都轮到下一个" } },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    const [long, short] = (await rig.lend(2)) as [Caller, Caller];
    const line = [rig.acquire(), rig.acquire(), rig.acquire()] as const;
    await t.sleep(5);
    await rig.audit();
    rig.release(short);
    await t.idle();
    await rig.served(line[0]);
    await rig.audit();
    // Both permits come back in one turn: both are lent again.
    rig.release(line[0]);
    rig.release(long);
    await t.idle();
    for (const caller of line) await rig.served(caller);
    await rig.audit();
  },
);

test(
  "first-come-first-served",
  { title: { en: "first come, first served", "zh-cn": "先到先得" } },
  async (t: Harness) => {
    for (const turns of [0, 1, 2, 4]) {
      const rig = new Rig(t, 1);
      const [holder] = (await rig.lend(1)) as [Caller];
      const line = [rig.acquire(), rig.acquire(), rig.acquire()];
      await t.idle();
      rig.release(holder);
      // Whoever comes in the same turn, or a few microtasks later, comes after those who stand in line.
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      line.push(rig.acquire());
      await t.idle();
      for (const caller of line) {
        await rig.served(caller);
        await rig.audit();
        rig.release(caller);
        await t.idle();
      }
      await rig.audit();
    }
    // Two signals, taken turn by turn: the line goes by arrival, whoever belongs together.
    const rig = new Rig(t, 1);
    const [holder] = (await rig.lend(1)) as [Caller];
    const signals = [t.controller("the signal of every other caller"), t.controller("the signal of the rest")] as const;
    const line = [0, 1, 0, 1].map((which) => rig.acquire({ given: signals[which as 0 | 1] }));
    await t.idle();
    rig.release(holder);
    await serveInOrder(rig, line);
  },
);

/** Whoever is first has just been given the permit. Everybody gets it in turn, and it is back at the end. */
async function serveInOrder(rig: Rig, line: readonly Caller[]): Promise<void> {
  const t: Harness = rig.t;
  await t.idle();
  for (const caller of line) {
    await rig.served(caller, toTheDead);
    await rig.audit();
    rig.release(caller);
    await t.idle();
  }
  await rig.audit();
}

test(
  "released-once",
  { title: { en: "a permit comes back once", "zh-cn": "一张许可只归还一次" } },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    const [one, two] = (await rig.lend(2)) as [Caller, Caller];
    const [three, four] = [rig.acquire(), rig.acquire()] as const;
    await t.idle();
    rig.release(one);
    rig.release(one);
    await t.idle();
    await rig.served(three);
    await rig.audit("released-twice");
    // By now the permit is somebody else's.
    rig.release(one);
    await t.idle();
    await rig.audit("released-twice");
    rig.release(two);
    await t.idle();
    await rig.served(four);
    // Nobody is in line any more.
    rig.release(two);
    rig.release(three);
    rig.release(three);
    await t.idle();
    rig.release(three);
    rig.release(one);
    await t.idle();
    await rig.audit("released-twice");
    const [five] = (await rig.lend(1)) as [Caller];
    const six = rig.acquire();
    rig.release(three);
    await t.idle();
    await rig.audit("released-twice");
    rig.release(four);
    await t.idle();
    await rig.served(six);
    rig.release(six);
    rig.release(five);
    await t.idle();
    await rig.audit("released-twice");
    await rig.finish();
  },
);

test(
  "abort-in-line",
  { title: { en: "whoever gives up leaves the line", "zh-cn": "放弃等待的人离开队伍" } },
  async (t: Harness) => {
    const rig = new Rig(t, 1);
    const [holder] = (await rig.lend(1)) as [Caller];
    const line = Array.from({ length: 4 }, () => rig.acquire()) as [Caller, Caller, Caller, Caller];
    const [one, two, three, four] = line;
    await t.sleep(5);
    for (const caller of [two, one]) {
      caller.abort();
      await t.idle();
      rig.gaveUp(caller);
      t.check(three.call.pending && four.call.pending, "one-cancels-all", {
        en: "One caller gave up, and somebody else in line was answered with it.",
        "zh-cn": "一个调用方放弃了，队伍里别的人也跟着有了结果。",
      });
    }
    rig.release(holder);
    await t.idle();
    await rig.served(three, toTheDead);
    await rig.audit();
    four.abort();
    await t.idle();
    rig.gaveUp(four);
    await rig.audit();
    const last = rig.acquire();
    rig.release(three);
    await t.idle();
    await rig.served(last, toTheDead);
    await rig.audit();
    const empty = rig.acquire();
    empty.abort();
    await t.idle();
    rig.gaveUp(empty);
    rig.release(last);
    await t.idle();
    await rig.audit();
    await rig.finish();
  },
);

/** Five stand in line, those at two places leave, one after the other, and then somebody comes. */
async function twoLeave(rig: Rig, places: readonly [number, number], meanwhile: "served" | "none"): Promise<void> {
  const t: Harness = rig.t;
  const [holder] = (await rig.lend(1)) as [Caller];
  const line = Array.from({ length: 5 }, () => rig.acquire());
  await t.idle();
  const [first, second] = places.map((place) => line[place]) as [Caller, Caller];
  first.abort();
  await t.idle();
  rig.gaveUp(first);
  const staying = line.filter((caller) => caller !== first && caller !== second);
  let holding = holder;
  if (meanwhile === "served" && line.find((caller) => caller.call.pending) !== second) {
    rig.release(holding);
    await t.idle();
    holding = staying.shift() ?? holder;
    await rig.served(holding, toTheDead);
  }
  second.abort();
  await t.idle();
  rig.gaveUp(second);
  staying.push(rig.acquire(), rig.acquire());
  await rig.audit();
  rig.release(holding);
  await serveInOrder(rig, staying);
}

test(
  "order-outlives-leaving",
  { title: { en: "whoever leaves, the others keep their places", "zh-cn": "不管谁离开，其余的人次序不变" } },
  async (t: Harness) => {
    for (const meanwhile of ["none", "served"] as const) {
      const rig = new Rig(t, 1);
      for (const one of [0, 1, 2, 3, 4]) {
        for (const other of [0, 1, 2, 3, 4]) if (one !== other) await twoLeave(rig, [one, other], meanwhile);
      }
    }
  },
);

test(
  "two-semaphores",
  { title: { en: "two semaphores know nothing of each other", "zh-cn": "两个信号量互不相干" } },
  async (t: Harness) => {
    const given = t.controller("the signal of callers of both");
    const rigs = [new Rig(t, 1), new Rig(t, 2)] as const;
    const held = [await rigs[0].lend(1), await rigs[1].lend(2)] as const;
    const lines = rigs.map((rig) => [rig.acquire({ given }), rig.acquire(), rig.acquire()]);
    await t.idle();
    for (const { semaphore } of rigs) {
      t.check(semaphore.available === 0 && semaphore.waiting === 3, "wrong-result", notOfTheOther);
    }
    for (const which of [1, 0] as const) {
      const [rig, other] = [rigs[which], rigs[1 - which] as Rig];
      const { available, waiting } = other.semaphore;
      const [first] = held[which] as [Caller];
      rig.release(first);
      await t.idle();
      const [next] = lines[which] as [Caller];
      t.check(isHolding(next), "wrong-result", notOfTheOther);
      const untouched = other.semaphore.available === available && other.semaphore.waiting === waiting;
      t.check(untouched, "wrong-result", notOfTheOther);
      await rig.audit();
      await other.audit();
    }
    for (const rig of rigs) await rig.finish();
  },
);

const notOfTheOther: Words = {
  en: "There are two semaphores, and what is done with one changes the other. Each has its own permits and its own line.",
  "zh-cn": "一共有两个信号量，用其中一个却影响了另一个。每个信号量有自己的许可、自己的队伍。",
};

/** A call with a signal that was aborted beforehand. */
async function expectRefused(rig: Rig, options: AcquireOptions = {}): Promise<void> {
  const t: Harness = rig.t;
  await t.idle();
  const { available, waiting } = rig.semaphore;
  const caller = rig.acquire({ ...options, born: "aborted" });
  await t.idle();
  const { settled } = caller.call;
  t.check(settled?.status === "rejected", "aborted-signal-unchecked", {
    en: "The signal was aborted before the call: acquire must reject at once, whether a permit is free or not.",
    "zh-cn": "调用之前 signal 就已中止：无论有没有空着的许可，acquire 都应当立刻拒绝。",
  });
  t.equal(settled?.reason, caller.reason, "reason-replaced", {
    en: "acquire must reject with the signal's own reason, the identical object.",
    "zh-cn": "acquire 应当以 signal 自己的 reason 拒绝，同一个对象。",
  });
  const unchanged = rig.semaphore.available === available && rig.semaphore.waiting === waiting;
  t.check(unchanged, "aborted-signal-unchecked", {
    en: "The signal was aborted before the call, and still the call took a permit or a place in line.",
    "zh-cn": "调用之前 signal 就已中止，这次调用却仍然占了一张许可，或在队里占了一个位置。",
  });
  await rig.audit();
}

test(
  "already-aborted",
  { title: { en: "an aborted signal takes nothing", "zh-cn": "signal 已经中止：什么都不占用" } },
  async (t: Harness) => {
    const rig = new Rig(t, 1);
    await expectRefused(rig);
    const [holder] = (await rig.lend(1)) as [Caller];
    await expectRefused(rig);
    const next = rig.acquire();
    await expectRefused(rig);
    rig.release(holder);
    await t.idle();
    await rig.served(next, toTheDead);
    rig.release(next);
    await expectRefused(rig);
    await rig.finish();
  },
);

/** A reason can be any value, also one that looks like none. */
const anyReasons: readonly unknown[] = [0, "", null, false];

test(
  "any-reason",
  { title: { en: "a reason may be any value", "zh-cn": "reason 可以是任何值" } },
  async (t: Harness) => {
    const rig = new Rig(t, 1);
    const [holder] = (await rig.lend(1)) as [Caller];
    const stayer = rig.acquire();
    for (const reason of anyReasons) {
      const leaver = rig.acquire({ reason });
      await t.idle();
      leaver.abort();
      await t.idle();
      rig.gaveUp(leaver);
      await expectRefused(rig, { reason });
    }
    rig.release(holder);
    await serveInOrder(rig, [stayer]);
    for (const reason of anyReasons) await expectRefused(rig, { reason });
    await rig.finish();
  },
);

test(
  "abort-after-the-grant",
  { title: { en: "a permit outlives the signal it came with", "zh-cn": "许可不随 signal 的中止而失效" } },
  async (t: Harness) => {
    const rig = new Rig(t, 1);
    const [first] = (await rig.lend(1)) as [Caller];
    const second = rig.acquire();
    for (const [holder, next] of [
      [first, second],
      [second, rig.acquire()],
    ] as const) {
      await t.sleep(1);
      holder.abort();
      await t.idle();
      await rig.audit();
      rig.release(holder);
      await t.idle();
      await rig.served(next);
      await rig.audit();
    }
    // And of one whose permit is back long since.
    const [, , third] = rig.callers as [Caller, Caller, Caller];
    rig.release(third);
    await t.idle();
    third.abort();
    await t.idle();
    await rig.audit();
    await rig.finish();
  },
);

test(
  "one-signal-for-many",
  { title: { en: "many calls with one signal", "zh-cn": "许多次调用共用一个 signal" } },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    const given = t.controller("the signal of many calls");
    for (let count = 0; count < 40; count++) {
      const callers = Array.from({ length: 4 }, () => rig.acquire({ given }));
      await t.idle();
      await rig.audit();
      for (const caller of callers) {
        await rig.served(caller);
        rig.release(caller);
        await t.idle();
      }
    }
    await t.idle();
    t.checkLeaks("every acquire()");
    const holder = rig.acquire({ given });
    const other = rig.acquire();
    const leaving = [rig.acquire({ given }), rig.acquire({ given })];
    const stayer = rig.acquire();
    const last = rig.acquire({ given });
    await t.sleep(1);
    const reason = 0; // a reason can be any value, also a falsy one
    given.abort(reason);
    await t.idle();
    for (const { call, name } of [...leaving, last]) {
      rig.gaveUp({ call, name, reason, abort: () => undefined, released: false });
    }
    t.check(stayer.call.pending, "one-cancels-all", {
      en: "A signal aborted, and somebody was answered who waits with another signal.",
      "zh-cn": "一个 signal 中止了，用另一个 signal 排队的人也跟着有了结果。",
    });
    await rig.audit();
    rig.release(holder);
    await t.idle();
    await rig.served(stayer, toTheDead);
    rig.release(other);
    await t.idle();
    await rig.audit();
    await rig.finish();
  },
);

test(
  "counts-are-true-at-once",
  {
    title: {
      en: "`available` and `waiting` are true when a call returns",
      "zh-cn": "调用一返回，available 和 waiting 就是准的",
    },
  },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    const expect = (what: string, available: number, waiting: number): void => {
      const { semaphore } = rig;
      t.equal({ available: semaphore.available, waiting: semaphore.waiting }, { available, waiting }, "wrong-result", {
        en: `Right after ${what}, in the same turn, the counts must be true.`,
        "zh-cn": `${what} 一返回，就在同一轮里，两个数都应当是准的。`,
      });
    };
    expect("new Semaphore(2)", 2, 0);
    const one = rig.acquire();
    expect("acquire()", 1, 0);
    const two = rig.acquire();
    expect("acquire()", 0, 0);
    const three = rig.acquire();
    expect("acquire()", 0, 1);
    const four = rig.acquire();
    expect("acquire()", 0, 2);
    rig.acquire({ born: "aborted" });
    expect("acquire()", 0, 2);
    await t.idle();
    rig.release(one);
    expect("release()", 0, 1);
    const five = rig.acquire();
    expect("acquire()", 0, 2);
    rig.release(two);
    expect("release()", 0, 1);
    await t.idle();
    rig.release(three);
    expect("release()", 0, 0);
    rig.release(four);
    expect("release()", 1, 0);
    rig.release(four);
    expect("release()", 1, 0);
    await t.idle();
    rig.release(five);
    expect("release()", 2, 0);
    rig.acquire();
    expect("acquire()", 1, 0);
    await t.idle();
    await rig.finish();
  },
);

test(
  "every-order-of-jobs",
  { title: { en: "jobs end in every order, and may fail", "zh-cn": "工作以任意次序结束，也可能失败" } },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    const failure = new Error("the work failed");
    const callers = Array.from({ length: 4 }, () => rig.acquire());
    await Promise.all(callers.map((caller, index) => rig.job(caller, [10, 40], index === 1 ? failure : undefined)));
    await rig.finish();
  },
);

/** One caller was struck, or not: it had a permit, or has its reason, and nobody else is the worse for it. */
function judgeStruck(rig: Rig, { call }: Caller): void {
  const t: Harness = rig.t;
  const { settled } = call;
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

test(
  "cancel-everywhere",
  {
    title: { en: "the first in line leaves at every possible moment", "zh-cn": "队首在每一个可能的时刻离开" },
    cancel: "everywhere",
    oracle: { except: ["L5"] },
  },
  async (t: Harness) => {
    const rig = new Rig(t, 2);
    const others = [rig.acquire(), rig.acquire()];
    const struck = rig.acquire({ given: t });
    others.push(rig.acquire());
    await Promise.all([...others, struck].map((caller) => rig.job(caller, [10, 30])));
    judgeStruck(rig, struck);
    await rig.finish();
  },
);

test(
  "release-and-abort-are-due-together",
  { title: { en: "a release and an abort are due at the same time", "zh-cn": "归还与中止安排在同一时刻" } },
  async (t: Harness) => {
    const rig = new Rig(t, 1);
    const [holder] = (await rig.lend(1)) as [Caller];
    const first = rig.acquire();
    const second = rig.acquire();
    t.after(10, () => {
      rig.release(holder);
    });
    t.after(10, first.abort);
    await t.sleep(11);
    rig.gaveUp(first, true);
    if (isHolding(first)) rig.release(first);
    await t.idle();
    await rig.served(second, lostInBetween);
    await rig.audit();
    await rig.finish();
  },
);

const lostInBetween: Words = {
  en: "A release and the abort of the first in line met in one instant. Either may win, but the permit was lost between the two.",
  "zh-cn": "归还与队首的中止落在同一时刻。哪个赢都行，但许可却在两者之间丢了。",
};

/** A release and the abort of the first in line, with a few microtasks between them; then whoever comes next is served. */
async function releaseMeetsAbort(t: Harness, turns: number, abortFirst: boolean, others: number): Promise<void> {
  const rig = new Rig(t, 1);
  const [holder] = (await rig.lend(1)) as [Caller];
  const first = rig.acquire();
  const line = Array.from({ length: others }, () => rig.acquire());
  await t.idle();
  if (abortFirst) first.abort();
  else rig.release(holder);
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  if (abortFirst) rig.release(holder);
  else first.abort();
  await t.idle();
  rig.gaveUp(first, true);
  if (others === 0) line.push(rig.acquire());
  if (isHolding(first)) rig.release(first);
  await t.idle();
  for (const caller of line) await rig.served(caller, lostInBetween);
  await rig.audit();
  await rig.finish();
}

test(
  "release-meets-abort",
  { title: { en: "a release and an abort, turn by turn", "zh-cn": "归还与中止，相差几个微任务" } },
  async (t: Harness) => {
    for (const turns of [0, 1, 2, 3, 5]) {
      for (const abortFirst of [false, true]) {
        for (const others of [1, 0]) await releaseMeetsAbort(t, turns, abortFirst, others);
      }
    }
  },
);

test(
  "abort-gives-back-another",
  { title: { en: "an abort whose listener gives a permit back", "zh-cn": "中止时，别的监听器归还了许可" } },
  async (t: Harness) => {
    for (const order of ["before", "after"] as const) {
      const rig = new Rig(t, 1);
      const [holder] = (await rig.lend(1)) as [Caller];
      const given = t.controller("the signal of two listeners");
      const signal = given.signal as unknown as AbortSignal;
      const giveBack = (): void => {
        rig.release(holder);
      };
      if (order === "before") signal.addEventListener("abort", giveBack, { once: true });
      const first = rig.acquire({ given });
      if (order === "after") signal.addEventListener("abort", giveBack, { once: true });
      const second = rig.acquire();
      await t.sleep(1);
      first.abort();
      await t.idle();
      rig.gaveUp(first, true);
      if (isHolding(first)) rig.release(first);
      await t.idle();
      await rig.served(second, lostInBetween);
      await rig.audit();
      await rig.finish();
    }
  },
);

test(
  "a-thousand-give-up",
  { title: { en: "a thousand give up, two hundred stay", "zh-cn": "一千个放弃等待，两百个留下" } },
  async (t: Harness) => {
    const rig = new Rig(t, 1);
    const [holder] = (await rig.lend(1)) as [Caller];
    const reason = new Error("too long a line");
    const given = t.controller("the signal of a thousand calls");
    const signal = given.signal as unknown as AbortSignal;
    const patient = t.controller("the signal of those who stay").signal as unknown as AbortSignal;
    const staying: number[] = [];
    const served: number[] = [];
    let rejected = 0;
    for (let count = 0; count < 1000; count++) {
      rig.semaphore.acquire(signal).catch((error: unknown) => {
        if (error === reason) rejected++;
      });
      if (count % 5 > 0) continue;
      staying.push(count);
      void rig.semaphore.acquire(patient).then((release) => {
        served.push(count);
        release();
      });
    }
    const stayer = rig.acquire();
    given.abort(reason);
    await t.idle();
    t.equal(rejected, 1000, "late-after-abort", {
      en: "A thousand callers in line gave up with one signal; all of them must be rejected in that instant, with its reason.",
      "zh-cn": "一千个排队的调用方随同一个 signal 一起放弃，应当在那一刻全部以它的 reason 拒绝。",
    });
    t.check(t.listeners(given.signal) === 0, "listener-left-on-signal", {
      en: "A thousand callers in line have given up, and their signal still has abort listeners.",
      "zh-cn": "一千个排队的调用方都放弃了，它们的 signal 上却还挂着 abort 监听器。",
    });
    rig.release(holder);
    await t.idle();
    const all = served.length === staying.length;
    t.equal(served, staying, all ? "order-lost" : "never-settles", {
      en: "Two hundred stood between the thousand who left. Each gave the permit back at once, and it must go through them all, in the order in which they came.",
      "zh-cn": "离开的一千个之间还站着两百个。每个拿到许可就立刻归还，它应当按先来后到传遍他们。",
    });
    await rig.served(stayer, toTheDead);
    await rig.audit();
  },
);
