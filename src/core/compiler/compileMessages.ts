/** What a learner reads when a file cannot be run. Each says what to do. Pure data. */
import type { Words } from "../../protocol/words.ts";

const erasable: Readonly<Record<string, Words>> = {
  enum: { en: "use a union of string literals", "zh-cn": "请改用字符串字面量的联合类型" },
  namespace: { en: "use plain functions and constants", "zh-cn": "请改用普通的函数和常量" },
  "parameter property": {
    en: "declare the field and assign it in the constructor",
    "zh-cn": "请先声明字段，再在构造函数里赋值",
  },
  "<T>value": { en: "write “value as T”", "zh-cn": "请写成 value as T" },
};

export const compileMessages = {
  empty: (file: string): Words => ({
    en: `${file} is empty. Reset the exercise to get its starter back.`,
    "zh-cn": `${file} 是空的。重置练习可以找回起始代码。`,
  }),
  syntax: (text: string): Words => ({ en: `Syntax error: ${text}`, "zh-cn": `语法错误：${text}` }),
  tooDeep: (): Words => ({
    en: "Syntax error: the code nests too deeply to be read.",
    "zh-cn": "语法错误：代码嵌套过深，无法解析。",
  }),
  notErasable: (construct: string): Words => {
    const advice = erasable[construct];
    return {
      en: `“${construct}” is TypeScript that makes code of its own; exercises use only types that can be erased${advice === undefined ? "" : `: ${advice.en}`}.`,
      "zh-cn": `“${construct}” 会生成额外的代码；练习里只能使用可以直接擦除的类型语法${advice === undefined ? "" : `，${advice["zh-cn"]}`}。`,
    };
  },
  import: (from: string): Words => ({
    en: `An exercise imports nothing, but this one imports “${from}”. Everything that it needs is global.`,
    "zh-cn": `练习不需要导入任何模块，这里却导入了“${from}”。需要的东西都是全局的。`,
  }),
  importForm: (from: string): Words => ({
    en: `Import from “${from}” by name: import { a, b } from "${from}".`,
    "zh-cn": `请按名字从“${from}”导入：import { a, b } from "${from}"。`,
  }),
  dynamicImport: (): Words => ({
    en: "import() is not available in an exercise.",
    "zh-cn": "练习里不能使用 import()。",
  }),
  importMeta: (): Words => ({
    en: "import.meta is not available in an exercise.",
    "zh-cn": "练习里不能使用 import.meta。",
  }),
  htmlComment: (): Words => ({
    en: "<!-- begins a comment where this code runs. Put spaces between < and !--.",
    "zh-cn": "在代码运行的环境里，<!-- 会开始一段注释。请在 < 和 !-- 之间加上空格。",
  }),
  topLevelAwait: (): Words => ({
    en: "await is used outside of an async function. An exercise only declares and exports; the tests call it.",
    "zh-cn": "await 用在了 async 函数之外。练习只负责声明和导出，由测试来调用。",
  }),
} as const;
