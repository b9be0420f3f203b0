import { type Call, type Harness, type Latency, test } from "interleave";
import { BufferPool } from "./exercise.ts";

interface UseOptions {
  /** Virtual ms that the work takes. */
  readonly latency?: Latency;
  readonly error?: Error;
  readonly mayFailWith?: Error;
  /** What the work writes. Default: a byte of its own, from end to end. */
  readonly write?: (buffer: Uint8Array) => void;
  /** What the work does before its own time begins. */
  readonly first?: () => Promise<unknown>;
}

/** A pool and those who use it. What is true is known here, whatever the pool says. */
class Rig {
  readonly t: Harness;
  readonly pool: BufferPool;
  readonly size: number;
  readonly maxPooled: number;
  /** What each piece of work that runs now was lent, by its name. */
  readonly lent = new Map<string, Uint8Array>();
  /** Every buffer that was ever lent, in order. */
  readonly history: Uint8Array[] = [];
  /** What `stats` has to say, once nothing is ready to run any more. */
  #created = 0;
  #pooled = 0;
  /** The fewest buffers that were pooled when a use had just settled. */
  #pooledAtSettle = Infinity;
  #everPooled = false;

  constructor(t: Harness, { size = 16, maxPooled = 3 } = {}) {
    this.t = t;
    this.size = size;
    this.maxPooled = maxPooled;
    this.pool = new BufferPool({ size, maxPooled });
  }

  /** One call of `use`. Its work answers with the name, in capitals. */
  use(name: string, options: UseOptions = {}): Call<string> {
    return this.t.call(`use (${name})`, () => this.start(name, options));
  }

  /** The same as a plain promise, for code that awaits it as ordinary code does. */
  start(name: string, options: UseOptions = {}): Promise<string> {
    const promise = this.pool.use((buffer) => this.#work(name, buffer, options));
    const look = (): void => {
      this.#pooledAtSettle = Math.min(this.#pooledAtSettle, this.pool.stats.pooled);
    };
    void Promise.resolve(promise).then(look, look);
    return promise;
  }

  async #work(name: string, buffer: Uint8Array, options: UseOptions): Promise<string> {
    this.#enter(name, buffer);
    (options.write ?? ((own) => own.fill(name.charCodeAt(0))))(buffer);
    const written = buffer.slice();
    const { latency = 10, error, mayFailWith, first } = options;
    const answer = (): string => {
      if (error !== undefined) throw error;
      return name.toUpperCase();
    };
    try {
      await first?.();
      return await this.t.work({ label: `the work of ${name}`, latency, answer, ...(mayFailWith && { mayFailWith }) });
    } finally {
      this.#leave(name, buffer, written);
    }
  }

  #enter(name: string, buffer: Uint8Array): void {
    const t: Harness = this.t;
    const [length, size] = [buffer.length, this.size];
    t.equal(length, size, "wrong-result", {
      en: `${name} was lent a buffer of ${String(length)} bytes; the pool was made for buffers of ${String(size)}.`,
      "zh-cn": `${name} 拿到的缓冲区有 ${String(length)} 字节，而这个池子的缓冲区应当是 ${String(size)} 字节。`,
    });
    for (const [other, held] of this.lent) {
      t.check(!overlap(held, buffer), "released-twice", {
        en: `${name} was lent the buffer that ${other} is still working with. A buffer belongs to one use until its work has settled.`,
        "zh-cn": `${other} 还在用的缓冲区，又借给了 ${name}。工作没有结束之前，缓冲区只属于那一次 use。`,
      });
    }
    const dirty = buffer.findIndex((byte) => byte !== 0);
    t.check(dirty === -1, "wrong-result", {
      en: `${name} found what an earlier user had left in its buffer: byte ${String(dirty)} is ${String(buffer[dirty])}. The next user must see only zeros.`,
      "zh-cn": `${name} 在缓冲区里看到了上一个使用者留下的内容：第 ${String(dirty)} 个字节是 ${String(buffer[dirty])}。下一个使用者看到的应当全是 0。`,
    });
    this.lent.set(name, buffer);
    this.history.push(buffer);
    if (this.#pooled > 0) this.#pooled--;
    else this.#created++;
  }

  #leave(name: string, buffer: Uint8Array, written: Uint8Array): void {
    const intact = written.every((byte, at) => byte === buffer[at]);
    this.t.check(intact, "released-twice", {
      en: `Somebody else changed the buffer while ${name} was still working with it. It stays untouched until the work has settled.`,
      "zh-cn": `${name} 还在用，缓冲区里的内容就被别人改了。工作没有结束之前，谁也不能动它。`,
    });
    this.lent.delete(name);
    this.#pooled = Math.min(this.maxPooled, this.#pooled + 1);
  }

  /** What must hold whenever nothing is ready to run, in any schedule. */
  async audit(): Promise<void> {
    const t: Harness = this.t;
    await t.idle();
    const { created, pooled } = this.pool.stats;
    const max = this.maxPooled;
    t.check(created >= this.#created, "wrong-result", {
      en: `${String(this.#created)} buffers had to be created by now, and stats.created says ${String(created)}: somebody was lent a buffer that this pool had not made for them.`,
      "zh-cn": `到现在为止必须创建 ${String(this.#created)} 个缓冲区，stats.created 却是 ${String(created)}：有人拿到的缓冲区不是这个池子创建的。`,
    });
    t.check(pooled <= max, "limit-exceeded", {
      en: `${String(pooled)} buffers are kept, but maxPooled is ${String(max)}.`,
      "zh-cn": `池里留了 ${String(pooled)} 个缓冲区，而 maxPooled 是 ${String(max)}。`,
    });
    t.check(pooled <= created, "released-twice", {
      en: `${String(created)} were ever created, yet ${String(pooled)} lie in the pool: one of them has come back twice, and will be lent to two at a time.`,
      "zh-cn": `一共只创建过 ${String(created)} 个缓冲区，池里却有 ${String(pooled)} 个：有一个归还了两次，以后会同时借给两个人。`,
    });
    this.#everPooled ||= pooled > 0;
    const late = this.#pooledAtSettle === 0 && this.#everPooled;
    if (pooled < this.#pooled || (this.#pooledAtSettle === 0 && !late)) await this.#faultMissing(pooled);
    t.check(!late, "settled-before-cleanup", lateReturn);
    t.equal(created, this.#created, "wrong-result", {
      en: `By now ${String(this.#created)} buffers had to be created, and stats.created says ${String(created)}: a new one is made only when the pool is empty.`,
      "zh-cn": `到现在为止应当创建了 ${String(this.#created)} 个缓冲区，stats.created 却是 ${String(created)}：池里没有了，才创建新的。`,
    });
    t.equal(pooled, this.#pooled, "wrong-result", {
      en: `${String(this.#pooled)} buffers wait in the pool now, and stats.pooled says ${String(pooled)}.`,
      "zh-cn": `现在池里应当有 ${String(this.#pooled)} 个缓冲区，stats.pooled 却是 ${String(pooled)}。`,
    });
  }

  /** Fewer have come back than should have: late, not at all, or not as many as may be kept. */
  async #faultMissing(pooled: number): Promise<never> {
    const t: Harness = this.t;
    const expected = this.#pooled;
    await t.sleep(1000);
    const late = this.lent.size === 0 && this.pool.stats.pooled > pooled;
    if (late) t.fail("settled-before-cleanup", lateReturn);
    if (pooled > 0 && expected === this.maxPooled) {
      t.fail("limit-not-reached", {
        en: `maxPooled is ${String(expected)}, and at least as many buffers have come back, but only ${String(pooled)} of them are kept.`,
        "zh-cn": `maxPooled 是 ${String(expected)}，归还的缓冲区不少于这个数，却只留下了 ${String(pooled)} 个。`,
      });
    }
    return t.fail("resource-not-released", {
      en: `A use has settled and its buffer has not come back: stats.pooled is ${String(pooled)}. It comes back when the work has settled, whether it succeeded or failed.`,
      "zh-cn": `use 已经结束，它的缓冲区却没有回来：stats.pooled 是 ${String(pooled)}。工作一结束，无论成败，缓冲区都要回来。`,
    });
  }

  /** Waits until a use has settled, as it should, and audits the pool. */
  async answered(name: string, call: Call<string>): Promise<void> {
    const t: Harness = this.t;
    const settled = await call;
    if (settled.status === "rejected") {
      t.fail("wrong-result", {
        en: `The work of ${name} succeeded, but its use rejected.`,
        "zh-cn": `${name} 的工作成功了，use 却拒绝了。`,
      });
    }
    t.equal(settled.value, name.toUpperCase(), "wrong-result", {
      en: `use must resolve with what the work of ${name} answered.`,
      "zh-cn": `use 应当返回 ${name} 的工作给出的结果。`,
    });
    await this.audit();
  }

  async failed(name: string, call: Call<string>, error: Error): Promise<void> {
    const t: Harness = this.t;
    const settled = await call;
    t.check(settled.status === "rejected", "error-swallowed", {
      en: `The work of ${name} failed, but its use resolved: the caller never gets to know.`,
      "zh-cn": `${name} 的工作失败了，use 却正常完成：调用方对此毫不知情。`,
    });
    t.equal(settled.reason, error, "wrong-result", {
      en: `use must reject with the very error that the work of ${name} failed with.`,
      "zh-cn": `use 应当以 ${name} 的工作抛出的那个错误拒绝，同一个对象。`,
    });
    await this.audit();
  }
}

const lateReturn = {
  en: "When a use settled, its buffer was not back yet: whoever needs one right then makes the pool create another. It has to be back before use settles.",
  "zh-cn":
    "use 结束的时候，它的缓冲区还没有回到池里：这时要用的人只好让池子再创建一个。缓冲区应当在 use 结束之前回来。",
};

function overlap(one: Uint8Array, other: Uint8Array): boolean {
  const apart =
    one.byteOffset >= other.byteOffset + other.byteLength || other.byteOffset >= one.byteOffset + one.byteLength;
  return one.buffer === other.buffer && !apart;
}

/** Nothing of what `earlier` was remains, or `later` is the same memory: a pool may take a view away from its last user. */
function isReused(earlier: Uint8Array, later: Uint8Array): boolean {
  return overlap(earlier, later) || earlier.buffer.byteLength === 0;
}

test("lends-a-buffer", { title: { en: "lends a buffer to the work", "zh-cn": "把缓冲区借给工作" } }, async (t) => {
  const rig = new Rig(t);
  const call = rig.use("anna");
  await t.idle();
  t.check(rig.lent.size === 1, "wrong-result", {
    en: "use was called, but the work has not begun. There is nothing to wait for: begin at once.",
    "zh-cn": "调用了 use，工作却没有开始。没有什么可等的，应当立刻开始。",
  });
  await rig.answered("anna", call);
  t.equal(t.now, 10, "wrong-result", {
    en: "The work was done at 10 ms; use must settle then.",
    "zh-cn": "工作在 10 毫秒时完成，use 应当就在那时结束。",
  });
});

test(
  "one-after-another",
  { title: { en: "uses that follow each other share one buffer", "zh-cn": "先后的使用共用一个缓冲区" } },
  async (t) => {
    const rig = new Rig(t);
    for (const name of ["anna", "bert", "cleo"]) await rig.answered(name, rig.use(name));
    const [first, second, third] = rig.history as [Uint8Array, Uint8Array, Uint8Array];
    t.check(isReused(first, second) && isReused(second, third), "wrong-result", {
      en: "stats.created says 1, but the second use was lent other memory than the first: something allocates all the same.",
      "zh-cn": "stats.created 说只有 1 个，第二次使用拿到的内存却不是第一次的那块：还是有地方在分配。",
    });
  },
);

test(
  "back-when-use-settles",
  { title: { en: "the buffer is back when use settles", "zh-cn": "use 结束时，缓冲区已经回来" } },
  async (t) => {
    const rig = new Rig(t);
    const chain = async (): Promise<string> => {
      await rig.start("anna");
      await rig.start("bert");
      return rig.start("cleo");
    };
    await rig.answered("cleo", t.call("use, three times in a row", chain));
    const quick = async (): Promise<number> => {
      for (let turn = 0; turn < 5; turn++) await rig.pool.use(() => Promise.resolve(turn));
      return rig.pool.stats.created;
    };
    t.equal((await t.call("use, five times in one instant", quick)).value, 1, "settled-before-cleanup", lateReturn);
  },
);

test(
  "while-another-works",
  { title: { en: "nobody gets a buffer that is in use", "zh-cn": "正在用的缓冲区，不借给别人" } },
  async (t) => {
    const rig = new Rig(t);
    const first = rig.use("anna", { latency: 40 });
    await t.sleep(5);
    const second = rig.use("bert", { latency: 10 });
    await t.sleep(20);
    const third = rig.use("cleo", { latency: 30 });
    await t.sleep(10);
    await rig.audit();
    await rig.answered("anna", first);
    await rig.answered("bert", second);
    await rig.answered("cleo", third);
  },
);

test(
  "all-at-once",
  { title: { en: "overlapping uses: each its own buffer", "zh-cn": "同时使用：各用各的缓冲区" } },
  async (t) => {
    const rig = new Rig(t, { maxPooled: 4 });
    for (const wave of [1, 2]) {
      await overlapping(rig, ["anna", "bert", "cleo", "dora"]);
      t.equal(t.now, wave * 40, "serial-not-parallel", {
        en: "Four uses at one time must take as long as the longest of them.",
        "zh-cn": "四次使用同时进行，总时长应当等于其中最长的一次。",
      });
    }
  },
);

/** Begins all in one turn; they end one by one, 10 ms apart. */
async function overlapping(rig: Rig, names: readonly string[]): Promise<void> {
  const t: Harness = rig.t;
  const calls = names.map((name, index) => [name, rig.use(name, { latency: 10 + 10 * index })] as const);
  await t.idle();
  const begun = rig.lent.size;
  t.check(begun === names.length, "serial-not-parallel", {
    en: `${String(names.length)} uses were called, but only ${String(begun)} of them began: maxPooled bounds what is kept, and nobody has to wait for a buffer.`,
    "zh-cn": `调用了 ${String(names.length)} 次 use，却只有 ${String(begun)} 次开始了工作：maxPooled 限制的是保留的数量，谁也不必等缓冲区。`,
  });
  await rig.audit();
  for (const [name, call] of calls) await rig.answered(name, call);
}

test("several-pools", { title: { en: "pools know nothing of each other", "zh-cn": "池子之间互不相干" } }, async (t) => {
  const rigs = [new Rig(t, { size: 8 }), new Rig(t, { size: 24 }), new Rig(t, { size: 8 })];
  for (const name of ["anna", "bert"]) for (const rig of rigs) await rig.use(name);
  for (const rig of rigs) await rig.audit();
});

test(
  "keeps-at-most",
  { title: { en: "keeps maxPooled of them and no more", "zh-cn": "最多保留 maxPooled 个，也要留满" } },
  async (t) => {
    const rig = new Rig(t, { maxPooled: 2 });
    await overlapping(rig, ["anna", "bert", "cleo", "dora"]);
    await overlapping(rig, ["emil", "fred", "gina", "hugo"]);
    await overlapping(rig, ["ines", "jack"]);
    const single = new Rig(t, { maxPooled: 1 });
    await overlapping(single, ["anna", "bert"]);
    await overlapping(single, ["cleo", "dora"]);
    const crowd = Array.from({ length: 100 }, (_, index) => `user ${String(index)}`);
    await overlapping(new Rig(t, { maxPooled: 2 }), crowd);
  },
);

test(
  "sees-only-zeros",
  { title: { en: "the next user sees only zeros", "zh-cn": "下一个使用者只看到 0" } },
  async (t) => {
    const rig = new Rig(t, { size: 64 });
    const writes: ((buffer: Uint8Array) => void)[] = [
      (buffer) => buffer.fill(255),
      (buffer) => buffer.set([1], buffer.length - 1),
      (buffer) => buffer.set([1, 2, 3]),
      (buffer) => buffer.set([7, 0, 0, 7, 0, 9], 30),
      () => undefined,
    ];
    for (const write of writes) await rig.answered("anna", rig.use("anna", { write }));
    // Sizes that are no multiple of anything, and one that is larger than most.
    for (const size of [1, 13, 9999]) {
      const odd = new Rig(t, { size });
      for (const name of ["anna", "bert"]) await odd.answered(name, odd.use(name));
    }
  },
);

test(
  "comes-back-on-failure",
  { title: { en: "comes back, clean, when the work fails", "zh-cn": "工作失败，缓冲区照样干净地回来" } },
  async (t) => {
    const rig = new Rig(t);
    const error = new Error("the socket hung up");
    await rig.failed("anna", rig.use("anna", { error }), error);
    await rig.failed("bert", rig.use("bert", { error }), error);
    await rig.answered("cleo", rig.use("cleo"));
    await overlapping(rig, ["dora", "emil", "fred"]);
  },
);

test(
  "any-answer",
  { title: { en: "an answer or a failure may be any value", "zh-cn": "结果和失败都可以是任何值" } },
  async (t) => {
    const { pool } = new Rig(t);
    const values: readonly unknown[] = [0, "", null, undefined, false, Number.NaN, { rows: 3 }, () => 1];
    for (const value of values) {
      const answered = await t.call("use", () => pool.use(() => Promise.resolve(value)));
      const same = answered.status === "fulfilled" && Object.is(answered.value, value);
      t.check(same, "wrong-result", {
        en: `The work answered ${String(value)}, and use must resolve with that very value, not with another or a copy.`,
        "zh-cn": `工作给出的结果是 ${String(value)}，use 应当原样返回这个值，不能换成别的，也不能是副本。`,
      });
      const failed = await t.call("use", () =>
        pool.use(() => t.work<never>({ label: "work that fails", latency: 1, answer: () => fail(value) })),
      );
      t.check(failed.status === "rejected", "error-swallowed", {
        en: `The work failed with ${String(value)}, but its use resolved: whatever is thrown is a failure.`,
        "zh-cn": `工作以 ${String(value)} 失败了，use 却正常完成：抛出的不管是什么，都是失败。`,
      });
      t.check(Object.is(failed.reason, value), "wrong-result", {
        en: `The work failed with ${String(value)}, and use must reject with that very value.`,
        "zh-cn": `工作以 ${String(value)} 失败了，use 应当以这个值本身拒绝。`,
      });
      t.equal(pool.stats, { created: 1, pooled: 1 }, "resource-not-released", {
        en: "One use followed the other, so one buffer was enough, and it must be back: after a success and after every failure.",
        "zh-cn": "一次接一次地使用，一个缓冲区就够了，而且它应当已经回来：成功之后，每一次失败之后，都一样。",
      });
    }
  },
);

function fail(error: unknown): never {
  throw error;
}

test("within-a-use", { title: { en: "a use within a use", "zh-cn": "使用之中再使用" } }, async (t) => {
  const rig = new Rig(t);
  const inner = (): Promise<string> => rig.start("inner", { latency: 5 });
  await rig.answered("outer", rig.use("outer", { first: inner }));
  await rig.answered("outer", rig.use("outer", { first: inner }));
});

test(
  "every-order-of-ends",
  { title: { en: "three end in every order, and may fail", "zh-cn": "三个以任意次序结束，也可能失败" } },
  async (t) => {
    const rig = new Rig(t, { maxPooled: 2 });
    const error = new Error("the disk is full");
    const calls = ["anna", "bert", "cleo"].map(
      (name) => [name, rig.use(name, { latency: [10, 50], mayFailWith: error })] as const,
    );
    await t.idle();
    await Promise.all(calls.map(([name, call]) => settledEither(rig, name, call, error)));
    await overlapping(rig, ["dora", "emil", "fred"]);
  },
);

/** Whichever way its work ended, the use must have ended the same way. */
async function settledEither(rig: Rig, name: string, call: Call<string>, error: Error): Promise<void> {
  await call;
  const work = rig.t.works.find(({ label }) => label === `the work of ${name}`);
  await (work?.state === "failed" ? rig.failed(name, call, error) : rig.answered(name, call));
}

test(
  "one-comes-as-another-goes",
  { title: { en: "one comes while another goes", "zh-cn": "一个来时，另一个正要走" } },
  async (t) => {
    const rig = new Rig(t, { maxPooled: 1 });
    const error = new Error("cancelled by its user");
    const first = rig.use("anna", { latency: [10, 50], mayFailWith: error });
    await t.sleep(20);
    const second = rig.use("bert", { latency: [5, 40] });
    await t.sleep(10);
    const third = rig.use("cleo");
    await Promise.all([
      settledEither(rig, "anna", first, error),
      rig.answered("bert", second),
      rig.answered("cleo", third),
    ]);
  },
);
