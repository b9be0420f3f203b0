/** A trace told as a list of short sentences, so that a learner can read the order that breaks the code. Pure. */
import type { TraceEvent } from "../../protocol/trace.ts";
import { type Diagnosis, isDiagnosis } from "../../protocol/diagnosis.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "./diagnoses.ts";
import { subjectName } from "../timeline/subjectName.ts";

/** Virtual time as people read it. */
export function formatInstant(at: number, locale: Locale): string {
  const number = Number.isInteger(at) ? String(at) : at.toFixed(3).replace(/0+$/, "");
  return locale === "en" ? `${number} ms` : `${number} 毫秒`;
}

export function tellEvent(event: TraceEvent, locale: Locale): string {
  return sentence(event)[locale];
}

function sentence(event: TraceEvent): Words {
  const detail = event.detail ?? "";
  const after: Words = detail === "" ? { en: "", "zh-cn": "" } : { en: `: ${detail}`, "zh-cn": `：${detail}` };
  const name = subjectName(event);
  const say = (en: string, zh: string): Words => ({ en: en + after.en, "zh-cn": zh + after["zh-cn"] });
  switch (event.type) {
    case "call":
      return say(`${name} is called`, `调用 ${name}`);
    case "settle":
      return say(`${name} settles`, `${name} 有了结果`);
    case "start":
      return say(`${name} starts`, `${name} 开始`);
    case "complete":
      return event.kind === "timer" ? say(`${name} fires`, `${name} 触发`) : say(`${name} completes`, `${name} 完成`);
    case "fail":
      return say(`${name} fails`, `${name} 失败`);
    case "hold":
      return say(`${name} is held back`, `${name} 被延迟`);
    case "abort":
      return say(`${name} is aborted`, `${name} 被中止`);
    case "clear":
      return say(`${name} is cleared`, `${name} 被清除`);
    case "cancel":
      return say(`${event.label} is aborted by the caller`, `调用方中止了 ${event.label}`);
    case "console":
      return { en: `console: ${event.label}`, "zh-cn": `控制台：${event.label}` };
    case "finding":
      return finding(event.label, after);
  }
}

function finding(label: string, after: Words): Words {
  const title: Words = isDiagnosis(label) ? titleOf(label) : { en: label, "zh-cn": label };
  return { en: title.en + after.en, "zh-cn": title["zh-cn"] + after["zh-cn"] };
}

function titleOf(diagnosis: Diagnosis): Words {
  return diagnoses[diagnosis].title;
}
