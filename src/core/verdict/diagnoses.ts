/** Each diagnosis in words: a title, and one sentence on what kind of bug it is. Pure data, typed to be complete. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";

export interface DiagnosisText {
  readonly title: Words;
  readonly explanation: Words;
}

export const diagnoses: Readonly<Record<Diagnosis, DiagnosisText>> = {
  "timer-still-armed": {
    title: { en: "A timer is still armed", "zh-cn": "定时器还没清" },
    explanation: {
      en: "The call has settled, but a timer it started is still waiting to fire, so it keeps memory and the process alive and may act much later.",
      "zh-cn": "调用已经有了结果，它启动的定时器却还在等着触发：内存和进程被它拖住，过后还可能冷不丁地执行。",
    },
  },
  "listener-left-on-signal": {
    title: { en: "A listener is left on the signal", "zh-cn": "signal 上还挂着监听器" },
    explanation: {
      en: "A signal often outlives the calls that use it, so each abort listener left behind adds up to a leak on a long-lived signal.",
      "zh-cn": "signal 往往比用它的调用活得久，每次留下一个 abort 监听器，长寿的 signal 上就会越积越多，最终成为泄漏。",
    },
  },
  "aborted-signal-unchecked": {
    title: { en: "An aborted signal was not checked", "zh-cn": "没检查 signal 是否早已中止" },
    explanation: {
      en: "A signal that aborted earlier fires no event any more, so work that only listens starts as if nothing had happened.",
      "zh-cn": "早已中止的 signal 不会再触发事件，只靠监听的代码会若无其事地开工。",
    },
  },
  "reason-replaced": {
    title: { en: "The abort reason was replaced", "zh-cn": "中止原因被换掉了" },
    explanation: {
      en: "The caller's own `signal.reason` says why work was abandoned; an error made anew in its place hides that from everyone above.",
      "zh-cn": "调用方给的 `signal.reason` 说明了为什么放弃；换成另造的错误，上层就再也看不到真正的原因。",
    },
  },
  "signal-not-passed-on": {
    title: { en: "The signal was not passed on", "zh-cn": "signal 没有往下传" },
    explanation: {
      en: "Cancellation reaches only the work that was handed the signal; anything started without it runs on, unstoppable.",
      "zh-cn": "取消只能到达拿着 signal 的工作；没有 signal 就启动的那部分，谁也停不下来。",
    },
  },
  "late-after-abort": {
    title: { en: "It settled late after the abort", "zh-cn": "中止之后迟迟不返回" },
    explanation: {
      en: "After an abort a caller should hear back in the same instant, not when the abandoned work happens to end.",
      "zh-cn": "中止之后应当立刻答复调用方，而不是等被放弃的工作碰巧做完才返回。",
    },
  },
  "abort-swallowed": {
    title: { en: "The abort was swallowed", "zh-cn": "中止被吞掉了" },
    explanation: {
      en: "An abort was caught and turned into an ordinary result, so the caller takes half-done work for a success.",
      "zh-cn": "中止被捕获后当成了普通结果，调用方会把做了一半的工作当作成功。",
    },
  },
  "retried-after-abort": {
    title: { en: "It went on after the abort", "zh-cn": "中止之后还在继续" },
    explanation: {
      en: "Once the caller has given up, no new attempt, wait or piece of work may start.",
      "zh-cn": "调用方已经放弃，就不该再开始新的尝试、等待或任何工作。",
    },
  },
  "work-still-running": {
    title: { en: "Work is still running", "zh-cn": "还有工作没停" },
    explanation: {
      en: "The call has settled while something it started goes on with nobody waiting for it: the goroutine leak of TypeScript.",
      "zh-cn": "调用已经有了结果，它启动的工作却还在跑，而且没人等它：这就是 TypeScript 里的 goroutine 泄漏。",
    },
  },
  "settled-before-cleanup": {
    title: { en: "It settled before the clean-up was done", "zh-cn": "清理没做完就返回了" },
    explanation: {
      en: "The contract promises that everything has come to rest when the call settles, but some work was still winding down.",
      "zh-cn": "约定是：调用有结果时一切都已停稳；可此刻还有工作正在收尾。",
    },
  },
  "unhandled-rejection": {
    title: { en: "A rejection nobody handles", "zh-cn": "有拒绝无人处理" },
    explanation: {
      en: "A promise rejected with no handler attached; in Node that ends the whole process.",
      "zh-cn": "有 Promise 被拒绝却没有任何处理函数；在 Node 里，这会让整个进程退出。",
    },
  },
  "never-settles": {
    title: { en: "It never settles", "zh-cn": "永远没有结果" },
    explanation: {
      en: "Nothing that could still happen would settle this promise: everyone waits, and nobody is left to wake them.",
      "zh-cn": "接下来无论发生什么，这个 Promise 都不会有结果：大家都在等，却没有谁会来唤醒。",
    },
  },
  "permit-lost": {
    title: { en: "A permit was lost", "zh-cn": "许可丢了" },
    explanation: {
      en: "A slot was taken and never given back, so capacity shrinks with each such case until everything stands still.",
      "zh-cn": "名额被占用后再没归还，每发生一次容量就少一份，直到全部停摆。",
    },
  },
  "released-twice": {
    title: { en: "It was released twice", "zh-cn": "重复释放" },
    explanation: {
      en: "The same slot or resource was given back twice, so two users may hold what only one should.",
      "zh-cn": "同一个名额或资源被归还了两次，于是本该一人独占的东西可能落到两个人手里。",
    },
  },
  "resource-not-released": {
    title: { en: "A resource was not released", "zh-cn": "资源没有释放" },
    explanation: {
      en: "Something that must be closed or given back was dropped on one of the paths out, often the failing one.",
      "zh-cn": "该关闭或归还的东西在某条退出路径上被丢下了，多半是出错的那条。",
    },
  },
  "unhealthy-reused": {
    title: { en: "Something broken was used again", "zh-cn": "坏掉的又被拿来用" },
    explanation: {
      en: "A resource known to be broken was handed out again, so its next user fails for someone else's fault.",
      "zh-cn": "明知已坏的资源又被交了出去，下一个使用者只好替别人的故障买单。",
    },
  },
  "limit-exceeded": {
    title: { en: "The limit was exceeded", "zh-cn": "超出上限" },
    explanation: {
      en: "More ran at once than the limit allows, at least in this order of events.",
      "zh-cn": "至少在这种顺序下，同时进行的工作超过了上限。",
    },
  },
  "limit-not-reached": {
    title: { en: "The limit was not reached", "zh-cn": "没有用满额度" },
    explanation: {
      en: "There was work to do and room to do it, yet fewer ran at once than the limit allows.",
      "zh-cn": "有活可干，也有空位，同时进行的却少于上限。",
    },
  },
  "serial-not-parallel": {
    title: { en: "One after another, not at once", "zh-cn": "本该并行，却成了串行" },
    explanation: {
      en: "Independent pieces of work waited for each other, so the whole takes their sum instead of their maximum.",
      "zh-cn": "互不相干的工作彼此等待，总耗时成了它们的和，而不是最大值。",
    },
  },
  "batched-not-sliding": {
    title: { en: "In batches, not as a sliding window", "zh-cn": "成了分批，而不是滑动窗口" },
    explanation: {
      en: "The next piece waited for a whole batch, so one slow member left the other places empty.",
      "zh-cn": "要等整批做完才开始下一批，一个慢的就让其他位置全都空着。",
    },
  },
  "order-lost": {
    title: { en: "The order was lost", "zh-cn": "顺序乱了" },
    explanation: {
      en: "Results or effects came in another order than the contract promises once the outside answered in another order.",
      "zh-cn": "外界换了一种应答顺序，结果或副作用的顺序就不再符合约定。",
    },
  },
  "first-error-lost": {
    title: { en: "The first error was lost", "zh-cn": "最先的错误丢了" },
    explanation: {
      en: "A later error, often a mere consequence of the cancellation, took the place of the one that started it all.",
      "zh-cn": "后来的错误（常常只是取消带来的余波）顶替了最初的那个。",
    },
  },
  "error-swallowed": {
    title: { en: "An error was swallowed", "zh-cn": "错误被吞掉了" },
    explanation: {
      en: "Something failed and the caller never got to know.",
      "zh-cn": "出了错，调用方却毫不知情。",
    },
  },
  stampede: {
    title: { en: "A stampede", "zh-cn": "一拥而上" },
    explanation: {
      en: "Many callers each did the same expensive thing at once, where one could have done it for all.",
      "zh-cn": "许多调用方同时做同一件昂贵的事，而本来一个做完大家共享就够了。",
    },
  },
  "one-cancels-all": {
    title: { en: "One caller cancels all", "zh-cn": "一人取消，全员遭殃" },
    explanation: {
      en: "Work shared by several callers was abandoned because just one of them lost interest.",
      "zh-cn": "几个调用方共享的工作，只因其中一个不想要了就整个作废。",
    },
  },
  "backpressure-ignored": {
    title: { en: "Backpressure was ignored", "zh-cn": "无视背压" },
    explanation: {
      en: "More was taken from the source than could be worked on, so a fast producer fills the memory.",
      "zh-cn": "从源头取来的超过了处理得完的量，生产者一快，内存就被塞满。",
    },
  },
  "overlapping-runs": {
    title: { en: "Two runs overlap", "zh-cn": "两次执行重叠了" },
    explanation: {
      en: "A new round began while the one before it was still under way.",
      "zh-cn": "上一轮还没结束，新的一轮就开始了。",
    },
  },
  "deadline-missed": {
    title: { en: "The deadline was missed", "zh-cn": "错过了截止时间" },
    explanation: {
      en: "Time was up, and the call neither stopped nor said so at that moment.",
      "zh-cn": "时间已到，调用却没有在那一刻停下来，也没有给出答复。",
    },
  },
  "wrong-result": {
    title: { en: "A wrong result", "zh-cn": "结果不对" },
    explanation: {
      en: "In this order of events the outcome is not the one that the contract promises.",
      "zh-cn": "在这种事件顺序下，结果与约定不符。",
    },
  },
  "busy-loop": {
    title: { en: "A busy loop", "zh-cn": "空转" },
    explanation: {
      en: "It polls or spins where it should wait for something to happen, and with one thread nothing else gets a turn.",
      "zh-cn": "本该等待事件，却在不停地轮询或空转；而线程只有一个，别的代码全都轮不上。",
    },
  },
};
