/**
 * The sentences of the leak oracle, in both languages. Pure. A learner reads them beside the code, so each says what
 * was seen, where it began, and in virtual ms.
 */
import type { Words } from "../../protocol/words.ts";
import type { SourceMark } from "../platform/events.ts";

function lineEn(source: SourceMark | undefined): string {
  return source === undefined ? "" : ` (line ${String(source.line)})`;
}

function lineZh(source: SourceMark | undefined): string {
  return source === undefined ? "" : `（第 ${String(source.line)} 行）`;
}

function armedAt(source: SourceMark | undefined): string {
  return source === undefined ? "" : ` armed at line ${String(source.line)}`;
}

function plural(count: number, word: string): string {
  return count === 1 ? `one ${word}` : `${count.toLocaleString("en")} ${word}s`;
}

/** Somebody in the exercise who waits for a promise that nothing is left to settle. */
export interface Wait {
  readonly line: number;
  /** The function, where it has a name. */
  readonly name: string | undefined;
  /** Virtual ms. */
  readonly since: number;
  /** Where the promise was made, where that is another line. */
  readonly madeAt: { readonly line: number; readonly name: string | undefined } | undefined;
  /** How many wait there for promises made there. */
  readonly count: number;
}

/** Those who wait that are named; the first is what the others wait for in the end. */
const namedWaits = 3;

function waitEn({ line, name, since, madeAt, count }: Wait): string {
  const who = `line ${String(line)}${name === undefined ? "" : ` in ${name}`}`;
  const where =
    madeAt === undefined
      ? ""
      : ` made at line ${String(madeAt.line)}${madeAt.name === undefined ? "" : ` in ${madeAt.name}`}`;
  const times = count === 1 ? "" : ` (${String(count)} times)`;
  return `${who} has waited since ${since.toLocaleString("en")} ms for a promise${where}${times}`;
}

function waitZh({ line, name, since, madeAt, count }: Wait): string {
  const place = (at: { readonly line: number; readonly name: string | undefined }): string =>
    `第 ${String(at.line)} 行${at.name === undefined ? "" : `（${at.name}）`}`;
  const what = madeAt === undefined ? "一个 promise" : `${place(madeAt)}创建的 promise`;
  const times = count === 1 ? "" : `（共 ${String(count)} 处）`;
  return `${place({ line, name })}从 ${since.toLocaleString("en")} 毫秒起一直在等${what}${times}`;
}

export const sentences = {
  /** To be added to `neverSettles`. */
  whoWaits: (waits: readonly Wait[]): Words => {
    const named = waits.slice(0, namedWaits);
    return { en: ` Waiting: ${named.map(waitEn).join("; ")}.`, "zh-cn": `谁在等：${named.map(waitZh).join("；")}。` };
  },
  timerStillArmed: (
    call: string,
    label: string,
    source: SourceMark | undefined,
    leftMs: number,
    count: number,
  ): Words => ({
    en:
      count === 1
        ? `The timer${armedAt(source)} (${label}) is still armed after ${call} has settled: it would fire ${leftMs.toLocaleString("en")} ms later. Clear it on every way out.`
        : `${plural(count, "timer")} are still armed after ${call} has settled: the first${armedAt(source)} (${label}) would fire ${leftMs.toLocaleString("en")} ms later. Clear them on every way out.`,
    "zh-cn": `${call} 已经结束，${source === undefined ? "" : `第 ${String(source.line)} 行`}设下的定时器（${label}）却还没有清除${count === 1 ? "" : `（这样的定时器共 ${String(count)} 个）`}，再过 ${leftMs.toLocaleString("en")} 毫秒它仍会触发。每条退出路径都要清除它。`,
  }),
  platformTimer: (call: string, source: SourceMark | undefined, leftMs: number, count: number): Words => ({
    en: `${call} is over, but the timer inside AbortSignal.timeout${lineEn(source)} still runs for ${leftMs.toLocaleString("en")} ms${count > 1 ? ` (and ${plural(count - 1, "more like it")})` : ""}: nothing can clear that one. Use setTimeout where a deadline must be let go.`,
    "zh-cn": `${call} 已经结束，AbortSignal.timeout 里的定时器${lineZh(source)}却还要走 ${leftMs.toLocaleString("en")} 毫秒（共 ${String(count)} 个），而且谁也清除不了它。需要放手的截止时间请用 setTimeout。`,
  }),
  listenerLeft: (call: string, signal: string, source: SourceMark | undefined, count: number): Words => ({
    en: `${call} has settled, but ${count === 1 ? "an abort listener" : plural(count, "abort listener")} that it added${lineEn(source)} ${count === 1 ? "is" : "are"} still on ${signal}. A signal outlives its users: remove the listener on every way out.`,
    "zh-cn": `${call} 已经结束，它加在 ${signal} 上的 abort 监听器${lineZh(source)}还留着 ${String(count)} 个。signal 比使用者活得久：每条退出路径都要移除监听器。`,
  }),
  signalNotPassedOn: (call: string, label: string, source: SourceMark | undefined, hasSignal: boolean): Words => ({
    en: hasSignal
      ? `${call} was aborted, but “${label}”${lineEn(source)} goes on: its signal does not follow the caller's.`
      : `“${label}”${lineEn(source)} was started without a signal, so nothing can stop it; it still runs when ${call} has settled.`,
    "zh-cn": hasSignal
      ? `${call} 的 signal 已经中止，“${label}”${lineZh(source)}却还在继续：传给它的 signal 没有跟随调用方的 signal。`
      : `“${label}”${lineZh(source)}启动时没有传 signal，谁也停不下它；${call} 结束后它还在运行。`,
  }),
  workStillRunning: (call: string, label: string, source: SourceMark | undefined): Words => ({
    en: `${call} has settled, but “${label}”${lineEn(source)} still runs, and its signal has not been aborted.`,
    "zh-cn": `${call} 已经结束，“${label}”${lineZh(source)}却还在运行，它的 signal 也没有被中止。`,
  }),
  bodyHeld: (url: string, status: number | undefined, source: SourceMark | undefined): Words => ({
    en: `The answer of ${url} (status ${String(status ?? "?")}) was neither read nor let go${lineEn(source)}: its connection stays taken. Cancel the body, or abort that request.`,
    "zh-cn": `${url} 的响应（状态 ${String(status ?? "?")}）既没有读完，也没有放掉${lineZh(source)}：它占着连接不还。请取消它的 body，或者中止这个请求。`,
  }),
  unhandled: (reason: string, source: SourceMark | undefined): Words => ({
    en: `A promise was rejected with ${reason}${lineEn(source)} and nobody handled it. In Node this ends the process.`,
    "zh-cn": `有一个 promise 以 ${reason} 被拒绝${lineZh(source)}，却没有人处理。在 Node 里这会让进程退出。`,
  }),
  uncaught: (reason: string, source: SourceMark | undefined): Words => ({
    en: `A callback threw ${reason}${lineEn(source)} and nobody caught it. In Node this ends the process.`,
    "zh-cn": `有一个回调抛出了 ${reason}${lineZh(source)}，却没有人捕获。在 Node 里这会让进程退出。`,
  }),
  neverSettles: (call: string, abortedAt: number | undefined, waiting: string): Words => ({
    en: `${call} never settles${abortedAt === undefined ? "" : `, although its signal aborted at ${String(abortedAt)} ms`}: nothing is left that could move it.${waiting === "" ? "" : ` Last heard of: ${waiting}.`}`,
    "zh-cn": `${call} 永远不会结束${abortedAt === undefined ? "" : `，尽管它的 signal 在 ${String(abortedAt)} 毫秒时已经中止`}：再没有任何事情能推动它。${waiting === "" ? "" : `最后的动静：${waiting}。`}`,
  }),
  lateAfterAbort: (call: string, abortedAt: number, settledAt: number): Words => ({
    en: `The signal aborted at ${String(abortedAt)} ms, but ${call} settled only at ${String(settledAt)} ms. It must settle in the same instant.`,
    "zh-cn": `signal 在 ${String(abortedAt)} 毫秒时中止，${call} 却到 ${String(settledAt)} 毫秒才结束。它应当在同一时刻结束。`,
  }),
  reasonReplaced: (call: string, actual: string, expected: string): Words => ({
    en: `${call} rejected with ${actual} instead of the signal's own reason, ${expected}. Pass signal.reason on as it is.`,
    "zh-cn": `${call} 以 ${actual} 拒绝，而不是 signal 自己的 reason（${expected}）。请原样传递 signal.reason。`,
  }),
  abortSwallowed: (call: string): Words => ({
    en: `The signal aborted, but ${call} resolved as if nothing had happened.`,
    "zh-cn": `signal 已经中止，${call} 却像什么都没发生一样正常完成了。`,
  }),
  startedThoughAborted: (call: string, label: string, source: SourceMark | undefined): Words => ({
    en: `The signal was already aborted when ${call} was called, yet it started “${label}”${lineEn(source)}. Look at signal.aborted before starting anything.`,
    "zh-cn": `调用 ${call} 时 signal 已经中止，它却仍然启动了“${label}”${lineZh(source)}。启动任何事情之前先检查 signal.aborted。`,
  }),
  slowThoughAborted: (call: string): Words => ({
    en: `The signal was already aborted when ${call} was called, but it did not settle at once. An aborted signal fires no more events: look at signal.aborted first.`,
    "zh-cn": `调用 ${call} 时 signal 已经中止，它却没有立刻结束。已中止的 signal 不会再触发事件：先检查 signal.aborted。`,
  }),
  stackFull: (): Words => ({
    en: "The call stack was full at the very moment at which the exercise started or ended a timer or an operation, so that broke off halfway. Find the recursion that has no end.",
    "zh-cn":
      "练习在启动或结束某个定时器或操作的时候，调用栈恰好已满，这件事只做了一半就中断了。请找出那个没有尽头的递归。",
  }),
  threwOnLoad: (error: string): Words => ({
    en: `The exercise threw ${error} while it was being loaded for this order, though it had loaded before.`,
    "zh-cn": `练习之前能加载，在这个顺序下加载时却抛出了 ${error}。`,
  }),
  couldNotGoOn: (thrown: string): Words => ({
    en: `The test could not go on with what the exercise returned: ${thrown}`,
    "zh-cn": `练习返回的结果让测试无法继续：${thrown}`,
  }),
  testBroke: (error: string): Words => ({
    en: `The test could not go on with what the exercise did: ${error}`,
    "zh-cn": `练习的行为让测试无法继续：${error}`,
  }),
  rejectionHidden: (): Words => ({
    en: "A promise was rejected, nobody handled it, and the promise had been changed so that it could not be looked at. In Node this ends the process.",
    "zh-cn": "有一个 promise 被拒绝却没有人处理，而且它被改动过，无法查看。在 Node 里这会让进程退出。",
  }),
  busyLoop: (events: number, at: number): Words => ({
    en: `After ${events.toLocaleString("en")} events, at ${at.toLocaleString("en")} ms of virtual time, the exercise still keeps itself busy and has not settled.`,
    "zh-cn": `已经发生了 ${events.toLocaleString("en")} 个事件（虚拟时间 ${at.toLocaleString("en")} 毫秒），练习仍在不停地自己忙自己，没有结束。`,
  }),
} as const;
