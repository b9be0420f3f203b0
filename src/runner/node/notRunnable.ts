/** Why an exercise or a spec was not even begun, in a sentence. Pure. */
import type { GradeError } from "../../protocol/verdict.ts";

export function missingExport(names: readonly string[], file: string): GradeError {
  const list = names.map((name) => `“${name}”`).join(", ");
  return {
    code: "missing-export",
    message: {
      en: `${file} does not export ${list}. Write “export” before its declaration, with exactly this name.`,
      "zh-cn": `${file} 没有导出 ${list}。请在声明前写上 export，并使用完全一致的名字。`,
    },
    source: { line: 1, column: 1 },
  };
}

export function brokenSpec(error: GradeError): GradeError {
  return {
    code: "broken-lesson",
    message: {
      en: `This lesson is broken: its spec.ts cannot be run. ${error.message.en}`,
      "zh-cn": `这节课有问题：它的 spec.ts 无法运行。${error.message["zh-cn"]}`,
    },
    ...(error.source === undefined ? {} : { source: error.source }),
  };
}
