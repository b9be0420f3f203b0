/** What `--help` prints, in 简体中文. */
import type { Help } from "./help.ts";

const overview = `interleave：在运行中学并发

  interleave list [--json]
  interleave grade <lesson> <file> [--json] [--reporter pretty|json|junit|tap] [--schedules N] [--seed S] [--locale L] [--pack DIR] [--cases FILE]
  interleave grade [<lesson>] --from DIR [--jobs N] [--shard I/N] [--reporter …] [--output FILE] [--resume]
  interleave merge <file>… [--json] [--reporter pretty|json|junit|tap] [--output FILE]
  interleave replay <lesson> <file> --test NAME --schedule STRING [--json]
  interleave report FILES… [--html FILE] [--csv FILE] [--locale L] [--pack DIR]
  interleave verify [DIR] [--onboarding DIR] [--json]
  interleave stops [DIR] [--update] [--stop ID] [--json]
  interleave new <lesson> [--pack DIR] [--title TEXT]
  interleave record <lesson> <file> --pack DIR --name NAME --belief TEXT
  interleave explore <lesson> [<file>] [--json] [--pack DIR]

  interleave <command> --help    某个命令的详细说明
  interleave --version

退出状态：0 通过，1 未通过，2 无法运行。
`;

const pack = "  --pack DIR        课程所在的文件夹；默认是 Interleave 自带的课程";
const locale = "  --locale L        en 或 zh-cn；默认取 LC_ALL 或 LANG 的语言";
const cases = "  --cases FILE      你自己留下的顺序（练习旁边的 cases.json），和课程的测试一起评";
const seed = "  --seed S          预算之外选哪些顺序，以及 Math.random 给出什么；默认 1";

const commands: Help["commands"] = {
  list: `interleave list [--json] [--locale L] [--pack DIR]

列出课程：标识、路线、标题、难度、分钟数、语言。

  --json            以数据形式列出
${locale}
${pack}
`,
  grade: `interleave grade <lesson> <file> [options]
interleave grade [<lesson>] --from DIR [options]

用课程的测试给一个文件评分，外界可能的每一种应答顺序都跑一遍。加上 --from，则为一整个文件夹的提交评分：DIR 里每人一个
文件夹，其中有 <lesson>.ts 或 exercise.ts；不写 <lesson> 时，交了哪几课，就有哪几个 <lesson>.ts。

  --reporter NAME   pretty（默认）、json、junit 或 tap
  --json            等同于 --reporter json
  --schedules N     每个测试最多跑多少种顺序；默认 2000
${cases}
${seed}
${locale}
${pack}

与 --from 一起用：
  --file NAME       每人文件夹里的文件名，如果既不是 <lesson>.ts 也不是 exercise.ts
  --jobs N          同时评多少份；默认与处理器个数相同
  --shard I/N       只评排好序的名单里 N 段中的第 I 段（从 1 数起）；各段由 interleave merge 合并
  --output FILE     报告写到哪里；不写则到标准输出。每得到一份结果就记进 FILE.journal
  --resume          日志里没有变化的结果直接沿用：运行中断之后，或有人迟交之后
  --timings         写出每份用了多久；报告因此每次都不同

退出状态：全部通过为 0，有人未通过或无法评分为 1，运行本身无法进行为 2。
`,
  merge: `interleave merge <file>… [options]

把一次运行各个分片的 JSON 报告合成一份，与不分片时得到的逐字节相同。不属于同一次运行、缺少或重复的分片会被拒绝，
并说明是哪一个。

  --reporter NAME   pretty（默认）、json、junit 或 tap
  --json            等同于 --reporter json
  --output FILE     报告写到哪里；不写则到标准输出
`,
  replay: `interleave replay <lesson> <file> --test NAME --schedule STRING [options]

把某个测试的某一种顺序再跑一遍，逐个事件列出经过。

  --test NAME       测试的名字，与 grade 给出的一致
  --schedule STRING 顺序，即 grade 为失败给出的那一串
  --json            以数据形式输出事件
  --seed S          评分时给过的种子（如果给过）
  --cases FILE      与 grade 相同，当测试是你自己的顺序时使用
${locale}
${pack}
`,
  report: `interleave report FILES… [--html FILE] [--csv FILE] [options]

把许多人导出的学习进度（VS Code 里的“Interleave: 导出我的进度…”）合并成一页：谁学到哪里、哪些错误大家都会犯、哪些课容易
卡住人。这一页独立成篇，不需要脚本，可以打印。

  FILES             导出的文件；给出文件夹则读取其中所有 *.json；同名的两份以较新的为准
  --html FILE       把网页写入这个文件；- 表示标准输出，两个选项都不给时也写到那里
  --csv FILE        把供电子表格使用的表写入这个文件，每人每课一行；- 表示标准输出
${locale}
${pack}

读不了的、版本不同的、被改动过的（校验和不符）文件会在 stderr 上逐一说明，并且不计入。校验和能发现无意的改动，但不能证明
文件出自谁手。同样的文件无论以什么顺序给出，得到的网页都相同。

退出状态：0 全部读到，1 有的没读到，2 一份也没读到。
`,
  verify: `interleave verify [DIR] [--onboarding DIR] [--json] [--locale L]

检查一个课程文件夹：文件、两种语言、链接、图、类型；并实际运行起始代码（必须不通过）、参考答案（必须通过）、每个错误示例
（必须以其声明的诊断失败）和测验。

如果仓库里有 .interleave/onboarding.json，则改为检查这个文件：它提到的课程是否存在，代码站点指向的代码是否还是原来的样子。

  DIR               文件夹；当前目录若有入职引导则默认检查它，否则默认是 Interleave 自带的课程
  --onboarding DIR  带有入职引导的仓库
  --json            以数据形式输出发现的问题
${locale}
`,
  stops: `interleave stops [DIR] [--update] [--stop ID] [--json] [--locale L]

显示 .interleave/onboarding.json 的代码站点现在在哪里。全部完好时退出状态为 0。

  DIR               仓库；默认是当前目录
  --update          记下移动了的站点的新位置和改动过的站点的新内容：请先读过再用
  --stop ID         只看这一个
  --json            以数据形式输出站点
${locale}
`,
  new: `interleave new <lesson> [--pack DIR] [--title TEXT]

写出一个小而完整的课程作为起点，并加进课程包的目录。不会覆盖你的任何东西。DIR 里还没有课程包时，会新建一个。
目录文件旁边没有 tsconfig.json 时会放上一个，另有一个文件夹 .types，让编辑器认得课程里的类型。

  --title TEXT      标题，在你改动之前两种语言共用；默认由 id 而来
${pack}
`,
  record: `interleave record <lesson> <file> --pack DIR --name NAME --belief TEXT [options]

评判这个文件（它必须不通过），并以首个未通过的测试所给的诊断，把它收进这节课的 mistakes 文件夹。

  --pack DIR        你的课程所在的文件夹
  --name NAME       错误写法的名字：mistakes/NAME.ts
  --belief TEXT     开发者当时的想法，一行写完，例如“once: true 会把监听器拿掉”
  --schedules N     每个测试最多跑多少种顺序；默认 2000
${seed}
${locale}
`,
  explore: `interleave explore <lesson> [<file>] [options]

展示一节课的 spec 面对参考答案（或给出的文件）时的调度空间：每个测试的顺序、其中从未发生的事、什么都走不到的 spec 代码、
被关闭或派不上用场的泄漏检查规则、每个错误写法最先被哪个测试抓到，以及没有错误写法需要的测试。

  --json            以数据形式输出
  --schedules N     每个测试最多跑多少种顺序；默认 2000
${seed}
${locale}
${pack}

文件通过时退出状态为 0，否则为 1。
`,
};

export const helpZhCn: Help = { overview, commands };
