/** What `--help` prints in Chinese; a test holds it against help.ts. */
import { overview } from "./help.ts";

/** The lines that show how commands are called are the same in every language. */
const usage = overview
  .split("\n")
  .filter((line) => /^ {2}interleave (?!<)(?!--)/.test(line))
  .join("\n");

export const overviewZhCn = `interleave：靠运行来学并发

${usage}

  interleave <command> --help    某个命令的详细说明
  interleave --version

退出状态：0 通过，1 未通过，2 无法运行。
`;

const pack = "  --pack DIR        课程所在的文件夹；默认是 Interleave 自带的课程";
const locale = "  --locale L        en 或 zh-cn；默认取 LC_ALL 或 LANG 的语言";
const cases = "  --cases FILE      你自己留下的顺序（练习旁的 cases.json），和课程的测试一起评判";
const seed = "  --seed S          超过数量时从中选取顺序，也决定 Math.random 给出什么；默认是 1";

export const commandHelpZhCn: Readonly<Record<string, string>> = {
  list: `interleave list [--json] [--locale L] [--pack DIR]

列出课程：id、路线、标题、难度、分钟、语言。

  --json            以数据形式输出
${locale}
${pack}
`,
  grade: `interleave grade <lesson> <file> [选项]

用课程的测试评判一个文件，外界可能的每一种应答顺序都要试到。

  --reporter NAME   pretty（默认）、json、junit 或 tap
  --json            等同于 --reporter json
  --schedules N     一个测试最多运行多少种顺序；默认 2000
${cases}
${seed}
${locale}
${pack}
`,
  replay: `interleave replay <lesson> <file> --test NAME --schedule STRING [选项]

把某个测试的某一种顺序再跑一遍，逐个事件打印出来。

  --test NAME       测试的名字，与 grade 给出的一致
  --schedule STRING 顺序，即 grade 在失败时打印的字符串
  --json            以数据形式输出事件
  --seed S          评判时用的种子（如果给过）
  --cases FILE      与 grade 相同，用于你自己的测试
${locale}
${pack}
`,
  report: `interleave report FILES… [--html FILE] [--csv FILE] [选项]

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
  verify: `interleave verify [DIR] [--json] [--locale L]

检查一个课程文件夹：文件、两种语言、链接、图、类型，并实际运行起始代码（必须不通过）、解答（必须通过）、每一个典型错误
（必须不通过，且诊断相符）和自测题。

  DIR               文件夹；默认是 Interleave 自带的课程
  --json            以数据形式输出发现的问题
${locale}
`,
  new: `interleave new <lesson> [--pack DIR]

写出一节小而完整的课作为起点，并加入课程包的目录。不会覆盖任何东西。

${pack}
`,
};
