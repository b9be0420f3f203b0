/** What is said of a run that was ended from outside. Pure. */
import type { GradeError, GradeErrorCode } from "../protocol/verdict.ts";
import type { Words } from "../protocol/words.ts";

/** How a sandbox ended by itself. */
export interface ExitFacts {
  readonly code: number | null;
  readonly signal: string | null;
  readonly outOfHeap: boolean;
}

function plain(code: GradeErrorCode, en: string, zhCn: string): GradeError {
  return { code, message: { en, "zh-cn": zhCn } };
}

function at(code: GradeErrorCode, line: number | undefined, message: (place: Words) => Words): GradeError {
  if (line === undefined) return { code, message: message({ en: "", "zh-cn": "" }) };
  const place = { en: ` at line ${String(line)}`, "zh-cn": `第 ${String(line)} 行` };
  return { code, message: message(place), source: { line, column: 1 } };
}

const crash = plain(
  "sandbox-crashed",
  "The sandbox ended before the run was over. Run it again; if it happens again, please report it.",
  "沙箱在运行结束之前退出了。请再运行一次；如果仍然如此，请报告这个问题。",
);

export const supervisionErrors = {
  cancelled: plain("cancelled", "The run was cancelled.", "运行已取消。"),

  /** @param line of the exercise where it spun, where known */
  endlessLoop: (line?: number): GradeError =>
    at("endless-loop", line, (place) => ({
      en: `The exercise is stuck in an endless loop${place.en}: it kept the thread busy and never let anything else run. It was stopped from outside.`,
      "zh-cn": `练习${place["zh-cn"] === "" ? "" : `在${place["zh-cn"]}`}陷入了死循环：它一直占着线程，别的什么都没有机会运行。已从外部将它终止。`,
    })),

  /** @param line of the exercise that was running then, where known */
  outOfMemory: (line?: number): GradeError =>
    at("out-of-memory", line, (place) => ({
      en: `The exercise used more memory than the sandbox has, so it was stopped${place.en}.`,
      "zh-cn": `练习用掉的内存超过了沙箱的上限，已${place["zh-cn"] === "" ? "" : `在${place["zh-cn"]}`}被终止。`,
    })),

  exited: ({ code, signal, outOfHeap }: ExitFacts): GradeError => {
    if (outOfHeap) return supervisionErrors.outOfMemory();
    const how = signal ?? `exit status ${String(code)}`;
    return {
      ...crash,
      message: { en: `${crash.message.en} (${how})`, "zh-cn": `${crash.message["zh-cn"]}（${how}）` },
    };
  },

  flood: plain(
    "output-too-large",
    "The run produced more output than can be shown (traces, console lines and messages together), so it was stopped. Make the exercise print less, or start fewer operations.",
    "运行产生的输出（轨迹、控制台和消息合计）多得无法显示，已被终止。请少打印一些，或少启动一些操作。",
  ),

  damage: plain(
    "sandbox-crashed",
    "The sandbox answered something that is no message, so nothing it said is taken over. Run it again; if it happens again, please report it.",
    "沙箱给出的不是有效的消息，因此它的话一概不予采信。请再运行一次；如果仍然如此，请报告这个问题。",
  ),
} as const;
