/** A choice of what happens next, in words. Pure. */
import type { StepName } from "../../protocol/steps.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { maxCaseName } from "./ownCases.ts";

/** What would happen, e.g. "fetch https://a.example/ completes". */
export function tellStep(step: StepName, locale: Locale): string {
  return sentence(step)[locale];
}

function sentence({ what, kind, label, occurrence }: StepName): Words {
  const subject = `${label.startsWith(kind) ? "" : `${kind} `}${label}`.trim();
  const en = occurrence === 1 ? subject : `${subject} (no. ${String(occurrence)})`;
  const zh = occurrence === 1 ? subject : `${subject}（第 ${String(occurrence)} 个）`;
  switch (what) {
    case "complete":
      return kind === "timer"
        ? { en: `${en} fires`, "zh-cn": `${zh} 触发` }
        : { en: `${en} completes`, "zh-cn": `${zh} 完成` };
    case "fail":
      return { en: `${en} fails`, "zh-cn": `${zh} 失败` };
    case "hang":
      return { en: `${en} never answers`, "zh-cn": `${zh} 永远不应答` };
    case "slow":
      return { en: `${en} is held back`, "zh-cn": `${zh} 被延迟` };
    case "cancel":
      return { en: "the caller cancels now", "zh-cn": "调用方现在取消" };
    case "cancel-before":
      return { en: `the caller cancels just before: ${en}`, "zh-cn": `调用方抢先取消，就在这之前：${zh}` };
    case "cancel-within":
      return { en: `the caller cancels in the same moment as: ${en}`, "zh-cn": `调用方取消，与此同时：${zh}` };
  }
}

/** A name for an order: what in it was chosen against the natural order, else that it is the natural one. */
export function nameOfSteps(chosen: readonly (StepName & { readonly natural: boolean })[], locale: Locale): string {
  const against = chosen.filter(({ natural }) => !natural).map((step) => tellStep(step, locale));
  const name = against.join(locale === "en" ? ", then " : "，然后");
  if (name === "") return locale === "en" ? "the natural order" : "自然顺序";
  return name.length <= maxCaseName ? name : `${name.slice(0, maxCaseName - 1)}…`;
}
