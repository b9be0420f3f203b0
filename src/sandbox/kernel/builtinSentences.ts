/** What is said of an exercise that changes what is closed here, in both languages. Pure. */
import type { Words } from "../../protocol/words.ts";

export const builtinSentences = {
  changed: (name: string, line: number): Words => ({
    en: `The exercise tried to change a built-in (${name}) at line ${String(line)}. In Interleave built-ins cannot be changed; write a function of your own instead.`,
    "zh-cn": `练习的第 ${String(line)} 行试图改动内置对象（${name}）。Interleave 里的内置对象不能改动，请改为自己写一个函数。`,
  }),
  added: (name: string, line: number): Words => ({
    en: `The exercise tried to add something to a built-in (${name}) at line ${String(line)}. In Interleave built-ins cannot be changed; write a function of your own instead.`,
    "zh-cn": `练习的第 ${String(line)} 行试图给内置对象添加成员（${name}）。Interleave 里的内置对象不能改动，请改为自己写一个函数。`,
  }),
  global: (name: string, line: number): Words => ({
    en: `The exercise tried to create a global variable (${name}) at line ${String(line)}. In Interleave the global object cannot be changed; declare a variable at the top of the file instead.`,
    "zh-cn": `练习的第 ${String(line)} 行试图新建全局变量（${name}）。Interleave 里的全局对象不能改动，请改为在文件顶部声明一个变量。`,
  }),
  /** Follows the engine's own words, where it cannot be told whether it is a built-in that was to be changed. */
  perhaps: (line: number): Words => ({
    en: `In Interleave built-ins, the global object and what a test hands in cannot be changed. If line ${String(line)} changes one of them, use a function or a variable of your own instead.`,
    "zh-cn": `Interleave 里的内置对象、全局对象和测试传入的对象都不能改动。如果第 ${String(line)} 行改的是它们，请改用自己的函数或变量。`,
  }),
} as const;
