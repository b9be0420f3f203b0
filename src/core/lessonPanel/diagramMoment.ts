/** What a lesson's diagrams show of the run that is on show, at the moment that is looked at. Pure. */
import type { MomentView } from "../../protocol/lessonPanelMessages.ts";
import type { RunOrigin, ShownRun } from "../../protocol/shownRun.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { bindingsOf, lightsAt, stepsFrom, type Touch, touchesOf } from "./diagramLights.ts";
import type { DiagramMeta } from "../lesson/lessonSchema.ts";
import { formatInstant, tellEvent } from "../verdict/lessonStory.ts";
import { naturalOrder } from "../verdict/naturalOrder.ts";

/** A run with what it touches of each diagram: found once, looked at moment by moment. */
export interface TouchedRun {
  readonly run: ShownRun;
  /** By the diagram's file; only those that have bindings. */
  readonly touches: ReadonlyMap<string, readonly Touch[]>;
}

export function touchDiagrams(run: ShownRun, diagrams: readonly DiagramMeta[]): TouchedRun {
  const bound = diagrams.filter(({ bindings }) => bindings.length > 0);
  return {
    run,
    touches: new Map(bound.map((diagram) => [diagram.file, touchesOf(bindingsOf(diagram), run.trace)])),
  };
}

/** @param moment `seq` of the current event; undefined: the run as a whole */
export function momentView({ run, touches }: TouchedRun, moment: number | undefined, locale: Locale): MomentView {
  const event = moment === undefined ? undefined : run.trace.find(({ seq }) => seq === moment);
  return {
    title: `${runName(run)[locale]} · ${run.title[locale]}`,
    whole: moment === undefined,
    ...(event === undefined ? {} : { event: `${formatInstant(event.at, locale)} · ${tellEvent(event, locale)}` }),
    diagrams: [...touches].map(([file, each]) => {
      const { passed, total, ...steps } = stepsFrom(each, moment);
      return { file, parts: lightsAt(each, moment), ...steps, position: position(passed, total)[locale] };
    }),
  };
}

function runName({ origin, schedule }: ShownRun): Words {
  return origin === "replay" && schedule === naturalOrder ? naturalRun : runNames[origin];
}

const naturalRun: Words = { en: "Natural order", "zh-cn": "自然顺序" };
const runNames: Readonly<Record<RunOrigin, Words>> = {
  failure: { en: "The order that breaks it", "zh-cn": "出问题的事件顺序" },
  replay: { en: "Replayed order", "zh-cn": "重放的顺序" },
  steps: { en: "Your order", "zh-cn": "你的顺序" },
  debug: { en: "Under the debugger", "zh-cn": "调试中" },
};

function position(passed: number, total: number): Words {
  return { en: `${String(passed)} of ${String(total)}`, "zh-cn": `第 ${String(passed)} 步，共 ${String(total)} 步` };
}
