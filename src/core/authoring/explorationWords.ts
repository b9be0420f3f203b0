/** The words of an exploration, in both languages. Pure. */
import type { RuleName } from "../../protocol/space.ts";
import type { Locale } from "../../protocol/words.ts";

export interface ExplorationWords {
  readonly heading: (lesson: string) => string;
  readonly file: (file: string) => string;
  readonly cannotRun: (why: string) => string;
  readonly tests: string;
  readonly testColumns: readonly string[];
  readonly passes: string;
  readonly fails: (diagnosis: string) => string;
  readonly failingNote: string;
  readonly cutNote: string;
  readonly never: string;
  readonly neverNothing: string;
  /** What does not happen in a test at all. */
  readonly missing: Readonly<Record<"choice" | "abort" | "fault", string>>;
  readonly allowed: Readonly<Record<"fail" | "hold" | "end", (step: string) => string>>;
  readonly unreached: string;
  readonly unreachedNote: string;
  readonly unreachedNothing: string;
  readonly oracle: string;
  readonly oracleNothing: string;
  readonly ruleOff: (rule: RuleName, tests: string) => string;
  readonly ruleUnasked: (rule: RuleName) => string;
  readonly policies: Readonly<Record<"mayFulfil" | "drains", (tests: string) => string>>;
  readonly mistakes: string;
  readonly mistakesNothing: string;
  readonly mistake: string;
  readonly declared: string;
  readonly legend: string;
  readonly escapes: string;
  readonly unneeded: (tests: string) => string;
  readonly allNeeded: string;
  readonly comma: string;
  readonly colon: string;
  readonly more: (count: number) => string;
}

const rulesEn: Readonly<Record<RuleName, string>> = {
  L1: "no timer is left armed",
  L2: "no listener is left on a signal",
  L3: "no work and no body is left",
  L4: "no rejection goes unheard",
  L5: "a call ends with its signal, and with its reason",
  L6: "a call whose signal has aborted already starts nothing",
  L7: "nothing waits for ever",
};

const rulesZhCn: Readonly<Record<RuleName, string>> = {
  L1: "不留下计时器",
  L2: "不在信号上留下监听器",
  L3: "不留下进行中的工作和没读完的响应体",
  L4: "每个拒绝都有人处理",
  L5: "调用随信号结束，并以它的原因拒绝",
  L6: "信号早已中止时，调用什么都不启动",
  L7: "没有永远等不到的东西",
};

const occasionsEn: Readonly<Partial<Record<RuleName, string>>> = {
  L1: "no test has a timer armed",
  L2: "no test hands over a signal",
  L3: "no test has the outside do anything",
  L5: "in no test does a signal abort while a call is pending",
  L6: "no test calls with a signal that has aborted already",
};

const occasionsZhCn: Readonly<Partial<Record<RuleName, string>>> = {
  L1: "没有测试用到计时器",
  L2: "没有测试传入信号",
  L3: "没有测试让外界做任何事",
  L5: "没有测试在调用未结束时中止信号",
  L6: "没有测试用已经中止的信号发起调用",
};

const en: ExplorationWords = {
  heading: (lesson) => `The schedule space of ${lesson}`,
  file: (file) => `The spec against ${file}.`,
  cannotRun: (why) => `It cannot be run: ${why}`,
  tests: "Tests",
  testColumns: ["#", "Test", "Orders", "Choices in an order", "Most at one", "Result", "Mistakes caught (first)"],
  passes: "passes",
  fails: (diagnosis) => `fails: ${diagnosis}`,
  failingNote: "Of a test that fails, the orders after the failing one were not run.",
  cutNote: "Where the orders are cut by the budget, what never happened in them may happen in others.",
  never: "What never happens",
  neverNothing: "Nothing that the spec allows is missing from the orders that were run.",
  missing: {
    choice: "there is only one order, since nothing can change places",
    abort: "a signal is handed over, and never aborts",
    fault: "nothing that the outside does can fail, hang or be slow",
  },
  allowed: {
    fail: (step) => `${step} may fail, and never does`,
    hold: (step) => `${step} may hang or be slow, and never does`,
    end: (step) => `${step} is started, and never ends`,
  },
  unreached: "Lines of the spec that nothing reaches",
  unreachedNote:
    "Neither an order of the file nor one of a mistake comes here: nobody knows whether these lines are right.",
  unreachedNothing: "Every line is reached, in some order of the file or of a mistake.",
  oracle: "Rules of the leak oracle",
  oracleNothing: "All seven hold in every test, and each has an occasion.",
  ruleOff: (rule, tests) => `${rule} (${rulesEn[rule]}) is switched off in ${tests}`,
  ruleUnasked: (rule) => `${rule} (${rulesEn[rule]}) has no occasion: ${occasionsEn[rule] ?? ""}`,
  policies: {
    mayFulfil: (tests) => `L5 lets a call fulfil after an abort in ${tests}`,
    drains: (tests) => `L5 lets a call wait for what it aborted in ${tests}`,
  },
  mistakes: "Mistakes by test",
  mistakesNothing: "There is no mistake yet.",
  mistake: "Mistake",
  declared: "Diagnosis",
  legend: "1: the first test to catch it; x: a later one that fails too. The columns are the numbers of the tests.",
  escapes: "passes every test",
  unneeded: (tests) =>
    `No mistake needs these tests; without any one of them each would still show its diagnosis: ${tests}.`,
  allNeeded: "Each test is needed by some mistake.",
  comma: ", ",
  colon: ": ",
  more: (count) => `and ${String(count)} more`,
};

const zhCn: ExplorationWords = {
  heading: (lesson) => `${lesson} 的调度空间`,
  file: (file) => `用 spec 检查 ${file} 的结果。`,
  cannotRun: (why) => `无法运行：${why}`,
  tests: "测试",
  testColumns: ["#", "测试", "顺序", "一种顺序中的选择数", "最多同时可选", "结果", "抓到的错误写法（首先）"],
  passes: "通过",
  fails: (diagnosis) => `未通过：${diagnosis}`,
  failingNote: "测试一旦未通过，之后的顺序就不再运行。",
  cutNote: "顺序多到超出预算时，这里没有发生的事，在没跑到的顺序里可能会发生。",
  never: "从未发生的事",
  neverNothing: "spec 允许发生的事，在跑过的顺序里都发生过。",
  missing: {
    choice: "只有一种顺序，没有任何两件事能互换先后",
    abort: "传入了信号，却从未中止",
    fault: "外界做的事都不会失败、卡住或变慢",
  },
  allowed: {
    fail: (step) => `${step} 允许失败，却从未失败`,
    hold: (step) => `${step} 允许卡住或变慢，却从未如此`,
    end: (step) => `${step} 启动了，却从未结束`,
  },
  unreached: "什么都走不到的 spec 代码",
  unreachedNote: "这个文件和所有错误写法的任何顺序都没有走到这里：没人知道这些代码对不对。",
  unreachedNothing: "每一行都有某个顺序走到：不是这个文件的，就是某个错误写法的。",
  oracle: "泄漏检查的规则",
  oracleNothing: "七条规则在每个测试里都生效，并且都有用武之地。",
  ruleOff: (rule, tests) => `${rule}（${rulesZhCn[rule]}）在 ${tests} 中关闭`,
  ruleUnasked: (rule) => `${rule}（${rulesZhCn[rule]}）派不上用场：${occasionsZhCn[rule] ?? ""}`,
  policies: {
    mayFulfil: (tests) => `L5 允许调用在中止后兑现：${tests}`,
    drains: (tests) => `L5 允许调用等待它所中止的工作：${tests}`,
  },
  mistakes: "各个错误写法由哪个测试抓到",
  mistakesNothing: "还没有收录错误写法。",
  mistake: "错误写法",
  declared: "诊断",
  legend: "1：最先抓到它的测试；x：之后同样未通过的测试。列号即测试的编号。",
  escapes: "通过了所有测试",
  unneeded: (tests) => `没有错误写法需要以下测试，去掉其中任何一个，每个错误写法仍会得到各自的诊断：${tests}。`,
  allNeeded: "每个测试都有错误写法需要它。",
  comma: "、",
  colon: "：",
  more: (count) => `等另外 ${String(count)} 个`,
};

export const explorationWords: Readonly<Record<Locale, ExplorationWords>> = { en, "zh-cn": zhCn };
