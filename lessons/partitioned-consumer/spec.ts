import { type Call, type Diagnosis, type Harness, type Latency, type Settled, type Words, test } from "interleave";
import { type Message, consume } from "./exercise.ts";

/** How one message is handled. Unless said otherwise that takes 10 ms, obeys the signal and succeeds. */
interface Plan {
  readonly latency?: Latency;
  /** What it fails with, if it is there: undefined is an error, too. */
  readonly error?: unknown;
  readonly mayFailWith?: Error;
  readonly obeysSignal?: boolean;
  readonly cleanupMs?: number;
  /** Virtual ms before which the source does not have the message. Default 0. */
  readonly at?: number;
}

interface Entry extends Plan {
  readonly message: Message;
}

/** What the source does after its last message. It never answers again where that is silence. */
type Ending = "ends" | "silence" | { readonly throws: unknown };

interface RigOptions {
  readonly maxInFlight?: number;
  readonly handlerTimeoutMs?: number;
  readonly ending?: Ending;
  /** Virtual ms before which it does not. */
  readonly endsAt?: number;
  /** How `return` of the iterator answers; a generator's waits until the message that is under way has come. */
  readonly onReturn?: "answers" | "waits" | "rejects" | "missing";
  /** The caller's signal. Default: that of the test. */
  readonly caller?: { readonly signal: Harness["signal"]; abort(reason?: unknown): void };
  /** The caller aborts so many microtasks after the source has delivered its last message. */
  readonly abortsAfter?: number;
}

/** One call of the handler. */
interface Handling {
  readonly message: Message;
  readonly startedAt: number;
  readonly signal: Harness["signal"] | undefined;
  endedAt: number | undefined;
  succeeded: boolean;
}

interface Taken {
  readonly message: Message;
  readonly at: number;
}

const broken = (): Error => new Error("cannot parse");

/** A message with how it is handled. */
function entry(partition: number, offset: number, plan: Plan = {}): Entry {
  return { ...plan, message: { partition, offset, value: `value ${String(partition)}/${String(offset)}` } };
}

const nameOf = ({ partition, offset }: Message): string => `p${String(partition)}/${String(offset)}`;

/** A log, the handler of its messages, and what became of them. What is true is known here, whatever the exercise says. */
class Rig implements AsyncIterable<Message> {
  readonly t: Harness;
  readonly taken: Taken[] = [];
  readonly handlings: Handling[] = [];
  pulls = 0;
  returns = 0;
  /** The abort comes in a moment in which nothing else happens, so that nothing may start because of something else. */
  quietAbort = false;
  readonly #entries: readonly Entry[];
  readonly #options: Required<Omit<RigOptions, "caller" | "abortsAfter">>;
  readonly #caller: { readonly signal: Harness["signal"]; abort(reason?: unknown): void };
  readonly #abortsAfter: number | undefined;
  #ownAbortAt: number | undefined;
  #pullsAfterAbort = 0;
  #place = 0;
  #threw = false;
  #over = false;
  /** Virtual ms at which it ended well. */
  #endedAt: number | undefined;
  #latestPull: Promise<unknown> = Promise.resolve();

  constructor(t: Harness, entries: readonly Entry[], { caller = t, abortsAfter, ...options }: RigOptions = {}) {
    this.t = t;
    this.#caller = caller;
    this.#abortsAfter = abortsAfter;
    this.#entries = entries;
    this.#options = {
      maxInFlight: 8,
      handlerTimeoutMs: 1000,
      ending: "ends",
      endsAt: 0,
      onReturn: "answers",
      ...options,
    };
  }

  /** Virtual ms at which the caller aborted, if it did. */
  get abortedAt(): number | undefined {
    return this.#caller === this.t ? this.t.abortedAt : this.#ownAbortAt;
  }

  abort(reason = this.t.reason): void {
    this.#ownAbortAt ??= this.t.now;
    this.#caller.abort(reason);
  }

  consume(): Call<Map<number, number>> {
    const t: Harness = this.t;
    const { maxInFlight, handlerTimeoutMs } = this.#options;
    const given = this.#caller.signal;
    const signal = given as unknown as AbortSignal;
    const handler = (message: Message, own: AbortSignal): Promise<void> =>
      this.#handle(message, own as unknown as Harness["signal"]);
    return t.call("consume", () => consume(this, handler, { maxInFlight, handlerTimeoutMs, signal }), {
      signal: given,
      mayFulfil: true,
      drains: true,
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<Message> {
    const next = (): Promise<IteratorResult<Message>> => this.#next();
    return this.#options.onReturn === "missing" ? { next } : { next, return: () => this.#return() };
  }

  #next(): Promise<IteratorResult<Message>> {
    this.#checkPull();
    this.pulls++;
    // Like a generator's, calls that come before an answer queue up.
    const step = this.#latestPull.then(() => this.#step());
    this.#latestPull = step.catch(() => undefined);
    return step;
  }

  #checkPull(): void {
    const t: Harness = this.t;
    t.check(!this.#threw, "error-swallowed", {
      en: "The source threw, yet it was asked for another message.",
      "zh-cn": "消息源已经抛出错误，却还在向它要下一条消息。",
    });
    if (this.abortedAt === undefined) return;
    t.check(this.pulls > 0, "aborted-signal-unchecked", {
      en: "The signal was aborted before the call, yet the source was asked for a message.",
      "zh-cn": "调用之前 signal 就已中止，却还是向消息源要了消息。",
    });
    // One that was as good as under way when the abort came is let pass.
    if (t.now === this.abortedAt) this.#pullsAfterAbort++;
    t.check(t.now === this.abortedAt && this.#pullsAfterAbort <= 1, "abort-swallowed", {
      en: "The caller had aborted, yet the source was asked for another message.",
      "zh-cn": "调用方已经中止，却还在向消息源要下一条消息。",
    });
  }

  async #step(): Promise<IteratorResult<Message>> {
    const t: Harness = this.t;
    const next = this.#entries[this.#place];
    if (this.#over) return { done: true, value: undefined };
    const at = next === undefined ? this.#options.endsAt : (next.at ?? 0);
    if (t.now < at) await t.sleep(at - t.now);
    if (next === undefined) return this.#end();
    this.#place++;
    this.#deliver(next.message);
    if (this.#place === this.#entries.length) void this.#abortSoon();
    return { done: false, value: next.message };
  }

  async #abortSoon(): Promise<void> {
    if (this.#abortsAfter === undefined) return;
    for (let turn = 0; turn < this.#abortsAfter; turn++) await Promise.resolve();
    this.abort();
  }

  #end(): Promise<IteratorResult<Message>> {
    const { ending } = this.#options;
    if (ending === "silence") return new Promise(() => undefined);
    this.#over = true;
    if (ending === "ends") {
      this.#endedAt ??= this.t.now;
      return Promise.resolve({ done: true, value: undefined });
    }
    this.#threw = true;
    return Promise.reject(ending.throws);
  }

  #deliver(message: Message): void {
    const t: Harness = this.t;
    const { maxInFlight } = this.#options;
    this.taken.push({ message, at: t.now });
    const open = this.unfinished();
    t.check(this.abortedAt !== undefined || open <= maxInFlight, "backpressure-ignored", {
      en: `${nameOf(message)} was taken from the source, and that makes ${String(open)} messages taken and not yet finished. maxInFlight is ${String(maxInFlight)}: ask for a message only when there is room for it.`,
      "zh-cn": `又从消息源取走了 ${nameOf(message)}，已取走而未完成的消息达到 ${String(open)} 条，maxInFlight 却是 ${String(maxInFlight)}。有了空位才能去要下一条。`,
    });
  }

  #return(): Promise<IteratorResult<Message>> {
    const t: Harness = this.t;
    this.returns++;
    t.check(this.#endedAt === undefined || this.#endedAt === t.now, "released-twice", {
      en: "The source had already ended, yet its iterator's `return` was called.",
      "zh-cn": "消息源早已结束，却还调用了迭代器的 return。",
    });
    this.#over = true;
    const { onReturn } = this.#options;
    if (onReturn === "rejects") return Promise.reject(new Error("the source could not be closed"));
    const answer: IteratorResult<Message> = { done: true, value: undefined };
    return onReturn === "waits" ? this.#latestPull.then(() => answer) : Promise.resolve(answer);
  }

  async #handle(message: Message, signal: Harness["signal"] | undefined): Promise<void> {
    const t: Harness = this.t;
    this.#checkTurn(message);
    const handling: Handling = { message, startedAt: t.now, signal, endedAt: undefined, succeeded: false };
    this.handlings.push(handling);
    const plan = this.#entries.find((one) => nameOf(one.message) === nameOf(message));
    const { latency = 10, mayFailWith, obeysSignal = true, cleanupMs = 0 } = plan ?? {};
    const answer = (): void => {
      if (plan !== undefined && "error" in plan) throw plan.error;
      handling.succeeded = true;
    };
    const failing = mayFailWith === undefined ? {} : { mayFailWith };
    const label = `handle ${nameOf(message)}`;
    try {
      await t.work({ label, latency, signal, obeysSignal, cleanupMs, answer, ...failing });
    } finally {
      handling.endedAt = t.now;
    }
  }

  /** Whether it is this message's turn to be handled. */
  #checkTurn(message: Message): void {
    const t: Harness = this.t;
    const name = nameOf(message);
    const before = this.#ofPartition(message.partition);
    const last = before.at(-1);
    if (last !== undefined && this.#failed(last)) {
      const after = nameOf(last.message);
      t.fail(last.succeeded ? "deadline-missed" : "error-swallowed", {
        en: last.succeeded
          ? `${after} ended after its deadline and so had timed out, whatever it answered, yet ${name} was handled after it.`
          : `${after} failed or timed out, yet ${name} was handled after it. Its partition has to stop there, or its offset is passed over.`,
        "zh-cn": last.succeeded
          ? `${after} 在期限之后才结束，不管答了什么都算超时，之后却仍处理了 ${name}。`
          : `${after} 失败或超时了，之后却仍处理了 ${name}。这个分区必须停在那里，否则失败的位点就被跳过去了。`,
      });
    }
    t.check(last?.endedAt !== undefined || last === undefined, "order-lost", {
      en: `${name} was started while ${last === undefined ? "" : nameOf(last.message)} was still being handled. Within a partition there is one at a time.`,
      "zh-cn": `${last === undefined ? "" : nameOf(last.message)} 还没处理完，就开始了 ${name}。同一分区一次只能处理一条。`,
    });
    const due = this.taken.filter(({ message: { partition } }) => partition === message.partition)[before.length];
    t.check(due !== undefined && nameOf(due.message) === name, "order-lost", {
      en: `${name} was handled out of turn${due === undefined ? "" : `: it was the turn of ${nameOf(due.message)}`}.`,
      "zh-cn": `没轮到 ${name}，却处理了它${due === undefined ? "" : `；该轮到的是 ${nameOf(due.message)}`}。`,
    });
    t.equal(message.value, due?.message.value, "wrong-result", {
      en: "The handler must be given the message as it came from the source.",
      "zh-cn": "交给 handler 的应当就是消息源给出的那条消息。",
    });
    const { abortedAt } = this;
    t.check(abortedAt === undefined || (t.now === abortedAt && !this.quietAbort), "aborted-signal-unchecked", {
      en: `The caller had aborted, yet the handler was called for ${name}.`,
      "zh-cn": `调用方已经中止，却还为 ${name} 调用了 handler。`,
    });
  }

  #ofPartition(partition: number): Handling[] {
    return this.handlings.filter(({ message }) => message.partition === partition);
  }

  /** Failed, or ran past its deadline. */
  #failed(handling: Handling): boolean {
    const { startedAt, endedAt, succeeded } = handling;
    if (endedAt === undefined) return this.#isLate(handling);
    return !succeeded || endedAt - startedAt > this.#options.handlerTimeoutMs;
  }

  /** Still at work after its deadline. Whether such a message counts as finished is left to the exercise. */
  #isLate({ startedAt, endedAt, signal }: Handling): boolean {
    const late = this.t.now >= startedAt + this.#options.handlerTimeoutMs;
    return endedAt === undefined && late && signal?.aborted === true;
  }

  /** Messages that were taken and count still. */
  unfinished(): number {
    const stopped = new Set<number>();
    const ended = new Set<string>();
    for (const handling of this.handlings) {
      if (this.#failed(handling)) stopped.add(handling.message.partition);
      if (handling.endedAt !== undefined) ended.add(nameOf(handling.message));
    }
    return this.taken.filter(({ message }) => !stopped.has(message.partition) && !ended.has(nameOf(message))).length;
  }

  /** Handlers at work, without those that ran past their deadline. */
  running(): Handling[] {
    return this.handlings.filter((handling) => handling.endedAt === undefined && !this.#isLate(handling));
  }

  handled(): string[] {
    return this.handlings.map(({ message }) => nameOf(message));
  }

  /** What must hold of deadlines whenever nothing is ready to run. */
  checkDeadlines(): void {
    const t: Harness = this.t;
    const { handlerTimeoutMs } = this.#options;
    for (const { message, startedAt, endedAt, signal } of this.handlings) {
      if (endedAt !== undefined || this.abortedAt !== undefined) continue;
      const ranFor = t.now - startedAt;
      const aborted = signal?.aborted === true;
      if (ranFor > handlerTimeoutMs && !aborted) {
        t.fail(signal === undefined ? "signal-not-passed-on" : "deadline-missed", {
          en: `The handler of ${nameOf(message)} has run for ${String(ranFor)} ms, its deadline is ${String(handlerTimeoutMs)} ms, and its signal has not aborted.`,
          "zh-cn": `${nameOf(message)} 的 handler 已经跑了 ${String(ranFor)} 毫秒，期限是 ${String(handlerTimeoutMs)} 毫秒，它的 signal 却没有中止。`,
        });
      }
      t.check(ranFor >= handlerTimeoutMs || !aborted, "deadline-missed", tooEarly(message, ranFor, handlerTimeoutMs));
    }
  }

  /** Nothing else is due when the caller aborts. Then all handlers are told, and nothing begins. */
  async abortQuietly(): Promise<void> {
    const t: Harness = this.t;
    this.quietAbort = true;
    this.abort();
    await t.idle();
    for (const { message, signal, endedAt } of this.handlings) {
      t.check(endedAt !== undefined || signal?.aborted === true, "signal-not-passed-on", {
        en: `The caller aborted, but the handler of ${nameOf(message)} was not told: its signal has not aborted.`,
        "zh-cn": `调用方中止了，${nameOf(message)} 的 handler 却没有得到通知：它的 signal 没有中止。`,
      });
    }
  }

  /** Whether the source, which had or had not ended at the abort, was let go then. */
  #judgeReturn(struck: number): void {
    const t: Harness = this.t;
    t.check(this.returns <= 1, "released-twice", {
      en: "The iterator's `return` was called twice.",
      "zh-cn": "迭代器的 return 被调用了两次。",
    });
    const ended = this.#threw || (this.#endedAt !== undefined && this.#endedAt <= struck);
    if (ended || this.#options.onReturn === "missing") return;
    t.check(this.returns === 1, "resource-not-released", {
      en: "The caller aborted, but the iterator's `return` was not called: the source does not know that nobody reads on.",
      "zh-cn": "调用方中止了，却没有调用迭代器的 return：消息源不知道已经没有人再读。",
    });
  }

  /** Runs it to its end, and judges that. */
  async judged(): Promise<void> {
    await this.judge(this.consume());
  }

  /** Judges what came of it, in any schedule. */
  async judge(call: Call<Map<number, number>>): Promise<void> {
    const settled = await call;
    if (settled.status === "rejected") this.#judgeRejection(settled.reason);
    this.#judgeEnd(settled);
    this.#judgeEarlyAborts();
    if (settled.status === "fulfilled") this.#judgeValue(settled.value);
    const { abortedAt } = this;
    if (abortedAt !== undefined && this.pulls > 0) this.#judgeReturn(abortedAt);
  }

  /** That it settled when the last thing it had to wait for was over, and not before or after. */
  #judgeEnd(settled: Settled<unknown>): void {
    const t: Harness = this.t;
    const struck = this.abortedAt;
    const open = this.running();
    t.check(open.length === 0, "settled-before-cleanup", {
      en: `consume settled while ${String(open.length)} handlers were still at work.`,
      "zh-cn": `还有 ${String(open.length)} 个 handler 没有结束，consume 就先有了结果。`,
    });
    if (struck === undefined || settled.at < struck) {
      const left = this.unfinished();
      t.check(left === 0, "wrong-result", {
        en: `consume settled although ${String(left)} messages that it had taken were never handled.`,
        "zh-cn": `取走的消息还有 ${String(left)} 条根本没有处理，consume 就先有了结果。`,
      });
      t.check(this.#over, "wrong-result", {
        en: "consume settled although the source had not ended and nobody had aborted.",
        "zh-cn": "消息源还没有结束，也没有人中止，consume 却已经有了结果。",
      });
      return;
    }
    const ends = this.handlings.map(({ endedAt }) => endedAt ?? 0);
    const due = Math.max(struck, ...ends);
    t.check(settled.at <= due, "late-after-abort", {
      en: `The caller aborted at ${String(struck)} ms and the last handler had ended at ${String(due)} ms, but consume settled only at ${String(settled.at)} ms. There was nothing else to wait for.`,
      "zh-cn": `调用方在 ${String(struck)} 毫秒时中止，最后一个 handler 在 ${String(due)} 毫秒时结束，consume 却到 ${String(settled.at)} 毫秒才有结果。没有别的可等了。`,
    });
  }

  #judgeEarlyAborts(): void {
    const { handlerTimeoutMs } = this.#options;
    for (const { message, startedAt, endedAt, signal, succeeded } of this.handlings) {
      const end = endedAt ?? this.t.now;
      if (succeeded || signal?.aborted !== true || this.abortedAt !== undefined) continue;
      const plan = this.#entries.find((one) => nameOf(one.message) === nameOf(message));
      if ((plan !== undefined && "error" in plan) || plan?.mayFailWith !== undefined) continue;
      const ranFor = end - startedAt;
      this.t.check(ranFor >= handlerTimeoutMs, "deadline-missed", tooEarly(message, ranFor, handlerTimeoutMs));
    }
  }

  #judgeRejection(reason: unknown): void {
    const t: Harness = this.t;
    const { ending } = this.#options;
    const struck = this.abortedAt !== undefined;
    if (typeof ending === "object" && this.#threw) {
      t.equal(reason, ending.throws, "first-error-lost", {
        en: "The source threw: consume must reject with that very error.",
        "zh-cn": "消息源抛出了错误：consume 应当原样以这个错误拒绝。",
      });
      return;
    }
    if (this.handlings.some((handling) => !handling.succeeded) && !struck) {
      t.fail("one-cancels-all", rejectedByFailure);
    }
    t.fail("wrong-result", {
      en: struck
        ? "The caller aborted, and consume rejected. It resolves with the offsets reached."
        : "consume rejected, although the source had not thrown.",
      "zh-cn": struck
        ? "调用方中止了，consume 却拒绝了。它应当照常完成，给出读到的位点。"
        : "消息源没有抛出错误，consume 却拒绝了。",
    });
  }

  #judgeValue(value: unknown): void {
    const t: Harness = this.t;
    t.check(!this.#threw || this.abortedAt !== undefined, "error-swallowed", {
      en: "The source threw, but consume resolved as if the log had ended well.",
      "zh-cn": "消息源抛出了错误，consume 却照常完成，好像日志正常读完了一样。",
    });
    if (!(value instanceof Map)) {
      t.fail("wrong-result", { en: "consume must resolve with a Map.", "zh-cn": "consume 应当给出一个 Map。" });
    }
    const offsets = value as ReadonlyMap<number, number>;
    const struck = this.abortedAt ?? Infinity;
    const seen = new Set(this.taken.filter(({ at }) => at <= struck).map(({ message }) => message.partition));
    for (const partition of offsets.keys()) {
      t.check(seen.has(partition), "wrong-result", {
        en: `The map has partition ${String(partition)}, of which no message was taken before the end.`,
        "zh-cn": `结果里出现了分区 ${String(partition)}，可直到结束都没有取到它的消息。`,
      });
    }
    for (const partition of seen) this.#judgeOffset(partition, offsets.get(partition));
  }

  #judgeOffset(partition: number, actual: number | undefined): void {
    const t: Harness = this.t;
    const first = this.taken.find(({ message }) => message.partition === partition);
    if (first === undefined) return;
    if (actual === undefined && first.at === this.abortedAt) return;
    const { expected, alsoRight } = this.#offsetsOf(partition, first.message.offset);
    if (actual !== undefined && alsoRight.has(actual)) return;
    const late = this.#ofPartition(partition).some((handling) => handling.succeeded && this.#failed(handling));
    t.equal(actual, expected, late ? "deadline-missed" : "wrong-result", {
      en: late
        ? `A handler of partition ${String(partition)} ended after its deadline. Whatever it answers, its message has timed out and is not handled.`
        : `The next offset to read of partition ${String(partition)} is the last handled one plus 1, or the first one seen if none was handled.`,
      "zh-cn": late
        ? `分区 ${String(partition)} 有一个 handler 在期限之后才结束。不管它答了什么，这条消息已经超时，不算处理成功。`
        : `分区 ${String(partition)} 接下来要读的位点，应当是最后处理成功的位点加 1；一条都没处理成功，就是最先见到的那个位点。`,
    });
  }

  /** Where a handler ended in the instant of its deadline, either may have won. */
  #offsetsOf(partition: number, first: number): { expected: number; alsoRight: Set<number> } {
    let expected = first;
    const alsoRight = new Set<number>();
    for (const handling of this.#ofPartition(partition)) {
      const { message, startedAt, endedAt = Infinity, succeeded } = handling;
      if (!succeeded || this.#failed(handling)) continue;
      if (endedAt - startedAt === this.#options.handlerTimeoutMs) alsoRight.add(expected);
      expected = message.offset + 1;
    }
    alsoRight.add(expected);
    return { expected, alsoRight };
  }
}

const rejectedByFailure: Words = {
  en: "A message failed, and consume rejected. A failure stops its own partition and nothing else.",
  "zh-cn": "有一条消息处理失败，consume 就拒绝了。失败只停它自己的分区，不影响别的。",
};

function tooEarly(message: Message, ranFor: number, handlerTimeoutMs: number): Words {
  return {
    en: `The handler of ${nameOf(message)} was aborted after ${String(ranFor)} ms. Its deadline is ${String(handlerTimeoutMs)} ms and counts from its start.`,
    "zh-cn": `${nameOf(message)} 的 handler 只跑了 ${String(ranFor)} 毫秒就被中止。期限是 ${String(handlerTimeoutMs)} 毫秒，从它开始处理时算起。`,
  };
}

/** That it settled at the earliest possible time. */
async function expectSettledAt(rig: Rig, call: Call<Map<number, number>>, at: number, why: Diagnosis): Promise<void> {
  await rig.judge(call);
  rig.t.equal(call.settled?.at, at, why, {
    en: `Everything could be done by ${String(at)} ms; consume settled at ${String(call.settled?.at)} ms.`,
    "zh-cn": `${String(at)} 毫秒时就能全部完成，consume 却在 ${String(call.settled?.at)} 毫秒时才有结果。`,
  });
}

function expectTaken(rig: Rig, count: number, diagnosis: Diagnosis, message: Words): void {
  rig.t.check(rig.taken.length >= count, diagnosis, message);
}

test(
  "one-partition-in-order",
  { title: { en: "one partition, message by message", "zh-cn": "一个分区，一条一条处理" } },
  async (t: Harness) => {
    // Offsets have gaps where a log was compacted.
    const rig = new Rig(t, [entry(0, 5), entry(0, 6, { latency: 20 }), entry(0, 9)]);
    await expectSettledAt(rig, rig.consume(), 40, "wrong-result");
    t.equal(rig.handled(), ["p0/5", "p0/6", "p0/9"], "wrong-result", {
      en: "Every message of the partition must be handled, once.",
      "zh-cn": "这个分区的每一条消息都要处理，而且只处理一次。",
    });
  },
);

test("no-messages", { title: { en: "a log without messages", "zh-cn": "没有消息的日志" } }, async (t: Harness) => {
  const rig = new Rig(t, []);
  await expectSettledAt(rig, rig.consume(), 0, "wrong-result");
});

test(
  "partitions-side-by-side",
  { title: { en: "partitions run side by side", "zh-cn": "分区之间并行" } },
  async (t: Harness) => {
    const rig = new Rig(t, [
      entry(0, 0, { latency: 60 }),
      entry(0, 1, { latency: 20 }),
      entry(1, 0, { latency: 30 }),
      entry(2, 0, { latency: 70 }),
      entry(1, 1, { latency: 30 }),
    ]);
    const call = rig.consume();
    await t.idle();
    const running = rig.running().length;
    t.check(running === 3, "serial-not-parallel", {
      en: `Messages of three partitions were there to be taken, but ${String(running)} handlers were at work. A message that waits for its turn must hold up its own partition only.`,
      "zh-cn": `三个分区都有消息可取，却只有 ${String(running)} 个 handler 在运行。等着轮到自己的消息，只应当挡住自己的分区。`,
    });
    await expectSettledAt(rig, call, 80, "serial-not-parallel");
  },
);

test(
  "limit-reached-and-kept",
  { title: { en: "as many in flight as allowed, and no more", "zh-cn": "在途的消息正好达到上限" } },
  async (t: Harness) => {
    const quick = [0, 1, 2, 3].map((offset) => entry(1, offset, { latency: 20 }));
    const rig = new Rig(t, [entry(0, 0, { latency: 100 }), ...quick, entry(2, 0)], { maxInFlight: 3 });
    const call = rig.consume();
    await t.idle();
    expectTaken(rig, 3, "limit-not-reached", {
      en: `maxInFlight is 3, but only ${String(rig.taken.length)} messages were taken although more were there. Messages that wait for their turn in a partition count too.`,
      "zh-cn": `maxInFlight 是 3，还有消息可取，却只取了 ${String(rig.taken.length)} 条。在分区里等着轮到自己的消息也算在内。`,
    });
    await t.sleep(25);
    await t.idle();
    expectTaken(rig, 4, "batched-not-sliding", {
      en: "A message was finished, but no other was taken in its place while slower ones were still being handled.",
      "zh-cn": "一条消息已经处理完，却没有马上取下一条来补位，而是在等更慢的那些。",
    });
    await expectSettledAt(rig, call, 100, "batched-not-sliding");
  },
);

test("one-at-a-time", { title: { en: "a limit of one", "zh-cn": "上限为一" } }, async (t: Harness) => {
  const rig = new Rig(t, [entry(0, 0), entry(1, 0), entry(0, 1, { at: 40 }), entry(2, 7, { at: 45 })], {
    maxInFlight: 1,
    endsAt: 70,
  });
  await expectSettledAt(rig, rig.consume(), 70, "wrong-result");
});

test(
  "slow-source",
  { title: { en: "room while the source is slow", "zh-cn": "消息源很慢时的空位" } },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [
        entry(0, 0, { latency: 10 }),
        entry(1, 0, { latency: 20 }),
        entry(2, 0, { at: 50, latency: 11 }),
        entry(3, 0, { at: 50, latency: 23 }),
        entry(2, 1, { at: 50, latency: 5 }),
        entry(3, 1, { at: 50, latency: 3 }),
      ],
      { maxInFlight: 2 },
    );
    await expectSettledAt(rig, rig.consume(), 76, "wrong-result");
  },
);

test(
  "failure-stops-its-partition",
  { title: { en: "a failure stops its own partition", "zh-cn": "失败只停它自己的分区" } },
  async (t: Harness) => {
    const rig = new Rig(t, [
      entry(0, 3),
      entry(0, 5, { error: broken() }),
      entry(1, 0, { latency: 50 }),
      entry(0, 8),
      entry(0, 9),
      entry(2, 4, { error: broken() }),
      entry(1, 1),
      entry(0, 10, { at: 40 }),
      entry(2, 5, { at: 40 }),
    ]);
    const call = rig.consume();
    await t.sleep(55);
    await t.idle();
    t.check(call.settled?.status !== "rejected", "one-cancels-all", rejectedByFailure);
    t.check(call.pending, "one-cancels-all", {
      en: "Partitions 0 and 2 failed, and consume settled although partition 1 had messages to handle.",
      "zh-cn": "分区 0 和 2 失败了，分区 1 还有消息要处理，consume 却先有了结果。",
    });
    await t.sleep(10);
    await t.idle();
    t.check(!call.pending || rig.unfinished() > 0, "permit-lost", {
      en: "The source has ended, and everything that was taken was handled or dropped, but consume still waits: messages of the stopped partition are counted as in flight.",
      "zh-cn": "消息源已经结束，取走的要么处理完了，要么丢弃了，consume 却还在等：已停分区的消息仍算在途。",
    });
    await expectSettledAt(rig, call, 60, "one-cancels-all");
    t.equal(
      rig.handled().filter((name) => name.startsWith("p1")),
      ["p1/0", "p1/1"],
      "one-cancels-all",
      {
        en: "Partition 0 failed, and messages of partition 1 were not handled any more.",
        "zh-cn": "分区 0 失败了，分区 1 的消息也跟着没有处理。",
      },
    );
  },
);

const dropped: Words = {
  en: "A partition has stopped, but its messages that were waiting still count as in flight: nothing is taken in their place.",
  "zh-cn": "分区已经停了，它排着队的消息却仍算在途：没有取新的消息来补位。",
};

/** Nothing was taken in place of what was dropped. When the next message ends it shows whether the room is lost for good. */
async function expectRoomLater(rig: Rig): Promise<void> {
  const t: Harness = rig.t;
  await t.sleep(20);
  await t.idle();
  expectTaken(rig, 9, "permit-lost", dropped);
  t.fail("limit-not-reached", {
    en: "A partition stopped and its waiting messages were dropped, but others were taken in their place only when some other message had ended.",
    "zh-cn": "分区停了，排队的消息也丢弃了，却等到另一条消息处理完，才去取新的来补位。应当马上就取。",
  });
}

test(
  "dropped-messages-make-room",
  { title: { en: "dropped messages make room for others", "zh-cn": "丢弃的消息要让出位置" } },
  async (t: Harness) => {
    const failing = [entry(0, 0, { error: broken() }), entry(0, 1), entry(0, 2)];
    const others = [entry(0, 3), entry(1, 1), entry(0, 4), entry(1, 2), entry(2, 0)];
    const rig = new Rig(t, [entry(1, 0, { latency: 30 }), ...failing, ...others], { maxInFlight: 4 });
    const call = rig.consume();
    await t.sleep(15);
    await t.idle();
    if (rig.taken.length < 9) await expectRoomLater(rig);
    await expectSettledAt(rig, call, 50, "permit-lost");
  },
);

test(
  "deadline-of-each-handler",
  {
    title: { en: "each handler has its own deadline, from its start", "zh-cn": "每个 handler 各有期限，从开始时算起" },
  },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [
        entry(1, 0, { latency: 40 }),
        entry(0, 0, { latency: 500 }),
        entry(1, 1, { latency: 40 }),
        entry(0, 1),
        entry(1, 2, { latency: 40 }),
      ],
      { maxInFlight: 5, handlerTimeoutMs: 50, endsAt: 45 },
    );
    const call = rig.consume();
    await t.sleep(49);
    await t.idle();
    rig.checkDeadlines();
    await t.sleep(2);
    await t.idle();
    rig.checkDeadlines();
    await expectSettledAt(rig, call, 120, "deadline-missed");
  },
);

test(
  "timed-out-messages-make-room",
  { title: { en: "a timeout stops its partition and makes room", "zh-cn": "超时停下它的分区，并让出位置" } },
  async (t: Harness) => {
    const entries = [entry(0, 0, { latency: 500 }), entry(0, 1), entry(0, 2), entry(1, 0), entry(0, 3), entry(2, 0)];
    const rig = new Rig(t, entries, { maxInFlight: 3, handlerTimeoutMs: 50 });
    const call = rig.consume();
    await t.sleep(55);
    await t.idle();
    rig.checkDeadlines();
    expectTaken(rig, 6, "permit-lost", dropped);
    await expectSettledAt(rig, call, 60, "permit-lost");
  },
);

test(
  "late-answer-has-timed-out",
  { title: { en: "an answer after the deadline comes too late", "zh-cn": "期限之后才答复，就算超时" } },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [
        entry(0, 0, { latency: 80, obeysSignal: false }),
        entry(0, 1),
        entry(1, 0, { cleanupMs: 30, latency: 70 }),
        entry(2, 0, { latency: 90, obeysSignal: false, error: new Error("cannot parse, after all") }),
        entry(1, 1),
        entry(3, 0, { at: 100 }),
      ],
      { handlerTimeoutMs: 50, endsAt: 100 },
    );
    const call = rig.consume();
    await t.sleep(60);
    await t.idle();
    rig.checkDeadlines();
    await rig.judge(call);
  },
);

test(
  "every-order-of-handlers",
  { title: { en: "handlers end in every order, and may fail", "zh-cn": "handler 以任意次序结束，也可能失败" } },
  async (t: Harness) => {
    const latency = [10, 40] as const;
    const rig = new Rig(
      t,
      [
        entry(0, 0, { latency }),
        entry(1, 0, { latency, mayFailWith: broken() }),
        entry(0, 1, { latency }),
        entry(1, 1, { latency }),
        entry(2, 0, { latency }),
      ],
      { maxInFlight: 4 },
    );
    await rig.judge(rig.consume());
  },
);

test("source-throws", { title: { en: "a source that throws", "zh-cn": "消息源抛出错误" } }, async (t: Harness) => {
  const throws = new Error("connection to the broker lost");
  const rig = new Rig(
    t,
    [
      entry(0, 0, { latency: 50 }),
      entry(0, 1, { latency: 20 }),
      entry(1, 0, { latency: 30, error: broken() }),
      entry(1, 1),
    ],
    { ending: { throws }, endsAt: 15 },
  );
  const call = rig.consume();
  await t.sleep(20);
  await t.idle();
  const cut = rig.handlings.some(({ signal }) => signal?.aborted === true);
  t.check(!cut, "one-cancels-all", {
    en: "The source threw, and handlers that were at work were aborted. What was taken finishes.",
    "zh-cn": "消息源抛出错误，正在运行的 handler 却被中止了。已经取走的要处理完。",
  });
  await rig.judge(call);
  t.equal(rig.handled(), ["p0/0", "p1/0", "p0/1"], "wrong-result", {
    en: "What had been taken when the source threw must be handled, as ever.",
    "zh-cn": "消息源抛出错误之前取走的消息，照样要处理。",
  });
  t.equal(call.settled?.at, 70, "wrong-result", {
    en: "What was taken had finished at 70 ms; consume must reject then.",
    "zh-cn": "取走的消息在 70 毫秒时全部处理完，consume 应当就在那时拒绝。",
  });
  const empty = new Rig(t, [], { ending: { throws } });
  await expectSettledAt(empty, empty.consume(), 70, "wrong-result");
});

test(
  "already-aborted",
  { title: { en: "an aborted signal: starts nothing", "zh-cn": "signal 已经中止：什么都不启动" } },
  async (t: Harness) => {
    t.abort();
    const rig = new Rig(t, [entry(0, 0)]);
    const call = rig.consume();
    await t.idle();
    t.check(rig.pulls === 0 && rig.handlings.length === 0 && rig.returns === 0, "aborted-signal-unchecked", {
      en: "The signal was aborted before the call, yet the source was touched: neither `next` nor `return` may be called.",
      "zh-cn": "调用之前 signal 就已中止，却还是动了消息源：next 和 return 都不该调用。",
    });
    await rig.judge(call);
  },
);

/** A rig with handlers at work, messages that wait, and a source that has no more for now; 30 ms into it. */
async function busy(
  t: Harness,
  options: RigOptions = {},
  more: readonly Entry[] = [],
): Promise<[Rig, Call<Map<number, number>>]> {
  const rig = new Rig(
    t,
    [
      entry(0, 0),
      entry(0, 1, { latency: 100 }),
      entry(0, 2),
      entry(1, 7, { latency: 100, cleanupMs: 20 }),
      entry(1, 8),
      ...more,
    ],
    { ending: "silence", ...options },
  );
  const call = rig.consume();
  await t.sleep(30);
  await t.idle();
  return [rig, call];
}

/** After an abort at 30 ms and the 20 ms that one handler cleans up: it has settled, or waits for what it must not. */
async function expectDrained(rig: Rig, call: Call<Map<number, number>>): Promise<void> {
  const t: Harness = rig.t;
  await t.sleep(10);
  await t.idle();
  t.check(call.pending, "settled-before-cleanup", {
    en: "The caller aborted and consume settled while a handler was still winding up.",
    "zh-cn": "调用方中止之后，还有 handler 在收尾，consume 就先有了结果。",
  });
  await t.sleep(15);
  await t.idle();
  t.check(!call.pending, "late-after-abort", {
    en: "The caller aborted and every handler has ended, but consume still waits. Neither the next message nor the answer to `return` is worth waiting for.",
    "zh-cn": "调用方已经中止，handler 也全都结束了，consume 却还在等。下一条消息、return 的答复，都不值得等。",
  });
  await rig.judge(call);
}

test(
  "abort-lets-go",
  { title: { en: "an abort: the source is let go, handlers wind up", "zh-cn": "中止：放掉消息源，等 handler 收尾" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t);
    await rig.abortQuietly();
    await expectDrained(rig, call);
    const idle = new Rig(t, [entry(0, 0)], { ending: "silence", caller: t.controller("the caller's signal") });
    const waiting = idle.consume();
    await t.sleep(30);
    await t.idle();
    await idle.abortQuietly();
    t.check(!waiting.pending, "late-after-abort", {
      en: "The caller aborted while no handler was at work and the source had nothing to give, but consume still waits for the source.",
      "zh-cn": "调用方中止时没有 handler 在运行，消息源也没有消息可给，consume 却还在等消息源。",
    });
    await idle.judge(waiting);
  },
);

test(
  "abort-at-the-limit",
  { title: { en: "an abort while the limit is reached", "zh-cn": "达到上限时中止" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, { maxInFlight: 4 }, [entry(2, 0), entry(3, 0)]);
    await rig.abortQuietly();
    await expectDrained(rig, call);
  },
);

test(
  "return-is-not-awaited",
  { title: { en: "nobody waits for the iterator's return", "zh-cn": "不等迭代器的 return" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, { onReturn: "waits" });
    await rig.abortQuietly();
    await expectDrained(rig, call);
  },
);

test(
  "return-may-fail",
  { title: { en: "an iterator whose return fails", "zh-cn": "迭代器的 return 会失败" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, { onReturn: "rejects" });
    await rig.abortQuietly();
    await expectDrained(rig, call);
  },
);

test(
  "iterator-without-return",
  { title: { en: "an iterator that has no return", "zh-cn": "没有 return 的迭代器" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, { onReturn: "missing" });
    await rig.abortQuietly();
    await expectDrained(rig, call);
  },
);

test(
  "message-after-the-abort",
  { title: { en: "messages that arrive after the abort", "zh-cn": "中止之后才到的消息" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, {}, [entry(5, 0, { at: 40 }), entry(0, 3, { at: 40 })]);
    await rig.abortQuietly();
    await expectDrained(rig, call);
  },
);

test(
  "source-throws-after-the-abort",
  { title: { en: "a source that throws after the abort", "zh-cn": "中止之后消息源才抛出错误" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, { ending: { throws: new Error("connection to the broker lost") }, endsAt: 40 });
    await rig.abortQuietly();
    await expectDrained(rig, call);
    t.check(call.settled?.status === "fulfilled", "wrong-result", {
      en: "The source threw after the caller had aborted. By then nobody listens to it: consume resolves with the offsets.",
      "zh-cn": "调用方中止之后，消息源才抛出错误。这时已经没有人理会它：consume 应当照常完成，给出位点。",
    });
  },
);

test(
  "abort-after-the-source-ended",
  { title: { en: "an abort after the source has ended", "zh-cn": "消息源结束之后才中止" } },
  async (t: Harness) => {
    const [rig, call] = await busy(t, { ending: "ends" });
    await rig.abortQuietly();
    await expectDrained(rig, call);
  },
);

test(
  "success-after-the-abort",
  { title: { en: "handlers that succeed in spite of the abort", "zh-cn": "中止之后仍然成功的 handler" } },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [
        entry(0, 4, { latency: 45, obeysSignal: false }),
        entry(0, 5),
        entry(1, 2, { latency: 60, obeysSignal: false }),
        entry(2, 0, { latency: 50, obeysSignal: false }),
      ],
      { ending: "silence", handlerTimeoutMs: 50 },
    );
    const call = rig.consume();
    await t.sleep(30);
    await t.idle();
    await rig.abortQuietly();
    await rig.judge(call);
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [
        entry(0, 0, { latency: [10, 30], mayFailWith: broken() }),
        entry(0, 1),
        entry(1, 0, { latency: 20 }),
        entry(1, 1, { at: 25, latency: 20 }),
      ],
      { maxInFlight: 2, endsAt: 30 },
    );
    await rig.judge(rig.consume());
  },
);

test(
  "cancel-everywhere-while-winding-up",
  {
    title: { en: "the same with handlers that take their time to stop", "zh-cn": "同上，但 handler 停下来要花时间" },
    cancel: "everywhere",
  },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [
        entry(0, 0, { latency: 20, cleanupMs: 5 }),
        entry(0, 1, { latency: 30, obeysSignal: false }),
        entry(1, 0, { latency: 40, obeysSignal: false }),
        entry(1, 1),
      ],
      { maxInFlight: 3, handlerTimeoutMs: 35 },
    );
    await rig.judge(rig.consume());
  },
);

test(
  "everything-in-one-instant",
  {
    title: {
      en: "answers, deadline, message and abort in one instant",
      "zh-cn": "答复、期限、新消息和中止落在同一时刻",
    },
  },
  async (t: Harness) => {
    const rig = new Rig(
      t,
      [entry(0, 0, { latency: 50 }), entry(0, 1), entry(1, 0, { latency: 50 }), entry(2, 0, { at: 50 })],
      { handlerTimeoutMs: 50, ending: "silence" },
    );
    t.after(50, () => {
      t.abort();
    });
    await rig.judge(rig.consume());
  },
);

test(
  "message-meets-abort",
  { title: { en: "a message and an abort in one instant", "zh-cn": "新消息与中止落在同一时刻" } },
  async (t: Harness) => {
    for (let turns = 0; turns < 12; turns++) {
      const rig = new Rig(t, [entry(0, 0, { latency: 100, cleanupMs: 5 }), entry(1, 0, { at: t.now + 50 })], {
        caller: t.controller("the caller's signal"),
        abortsAfter: turns,
        ending: "silence",
      });
      await rig.judge(rig.consume());
    }
  },
);

test(
  "one-signal-many-calls",
  { title: { en: "one signal for many calls", "zh-cn": "一个 signal 用于多次调用" } },
  async (t: Harness) => {
    const throws = new Error("connection to the broker lost");
    const many = Array.from({ length: 40 }, (_, offset) => entry(0, offset, { latency: 1 }));
    for (const [entries, options] of [
      [many, { maxInFlight: 9 }],
      [[], {}],
      [[entry(0, 0, { error: broken() }), entry(1, 0, { latency: 90 })], { handlerTimeoutMs: 40 }],
      [[entry(0, 0)], { ending: { throws } }],
    ] as const) {
      const rig = new Rig(t, entries, options);
      const call = rig.consume();
      await rig.judge(call);
      t.checkLeaks("consume");
    }
    t.abort();
    await t.idle();
  },
);

test(
  "whatever-it-fails-with",
  { title: { en: "whatever something fails with, it has failed", "zh-cn": "不管以什么值失败，都是失败" } },
  async (t: Harness) => {
    const errors = [undefined, null, 0, new DOMException("too slow", "TimeoutError")];
    for (const [place, error] of errors.entries()) {
      // Beside a partition that ends before it, or after it: never in one instant, whose orders would multiply.
      const other = entry(1, 0, { latency: place % 2 === 0 ? 15 : 5 });
      await new Rig(t, [entry(0, 3, { error }), entry(0, 4), other]).judged();
      await new Rig(t, [entry(0, 3), other], { ending: { throws: error } }).judged();
    }
  },
);

test(
  "many-handlers-aborted",
  { title: { en: "many handlers at work, all aborted", "zh-cn": "许多 handler 在运行，全部中止" } },
  async (t: Harness) => {
    const entries = Array.from({ length: 16 }, (_, partition) => entry(partition, 0, { latency: 500 }));
    const rig = new Rig(t, entries, { maxInFlight: 16, ending: "silence" });
    const call = rig.consume();
    await t.sleep(30);
    await t.idle();
    await rig.abortQuietly();
    await rig.judge(call);
  },
);

test(
  "given-up-in-the-turn-of-the-call",
  { title: { en: "given up in the very turn of the call", "zh-cn": "刚一调用就放弃" } },
  async (t: Harness) => {
    for (const reason of [new Error("on second thoughts"), 0, null]) {
      const entries = [entry(0, 0, { at: t.now + 50 })];
      const rig = new Rig(t, entries, { caller: t.controller("the caller's signal"), ending: "silence" });
      const call = rig.consume();
      rig.abort(reason);
      await t.idle();
      t.check(!call.pending, "late-after-abort", {
        en: "The caller aborted in the very turn of the call, and consume still waits: it has to notice an abort from its first moment on.",
        "zh-cn": "调用方在调用的同一轮里就中止了，consume 却还在等：从第一刻起，它就应当留意中止。",
      });
      const late = new Rig(t, [entry(0, 0)], { caller: t.controller("an aborted signal") });
      late.abort(reason);
      await late.judged();
    }
  },
);
