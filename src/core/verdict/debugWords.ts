/** What a run under the debugger says in the debug console, in the language of lessons. Pure. */
import type { DebugWords } from "../../protocol/debugJob.ts";
import type { Locale } from "../../protocol/words.ts";
import { diagnoses } from "./diagnoses.ts";

export interface DebuggedTest {
  /** The lesson's title, and the test's. */
  readonly lesson: string;
  readonly test: string;
  readonly schedule: string;
}

/** Said each time: what the debugger may do, the sandbox may not. */
const outside = {
  en: "Virtual time stands still while you are stopped. Under the debugger the exercise runs outside of the sandbox’s confinement: nothing limits its time and memory, and Node guards no files. The world around it is the same.",
  "zh-cn":
    "停下来的时候，虚拟时间也停着不走。调试时，练习在沙箱的隔离之外运行：时间和内存没有上限，Node 也不再替它挡住文件。它周围的世界还是原来那个。",
} as const;

export function debugWords({ lesson, test, schedule }: DebuggedTest, locale: Locale): DebugWords {
  const titles = Object.entries(diagnoses).map(([id, { title }]) => [id, title[locale]]);
  return {
    ...words[locale],
    intro: `${lesson} · ${test} · ${schedule}\n${outside[locale]}`,
    diagnoses: Object.fromEntries(titles) as Record<string, string>,
    locale,
  };
}

const words = {
  en: {
    instant: "{0} ms",
    changed: "The exercise has changed since debugging began. Stop, and start debugging again.",
    passed: "The test passes in this order.",
    failed: "In this order the test fails at {0}. {1}: {2}",
  },
  "zh-cn": {
    instant: "{0} 毫秒",
    changed: "调试开始之后，练习又有改动。请先停止，再重新开始调试。",
    passed: "按这个顺序，测试通过。",
    failed: "按这个顺序，测试在 {0}时未通过。{1}：{2}",
  },
} as const;
