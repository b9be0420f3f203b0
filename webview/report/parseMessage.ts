/** Checks what the host sends to the report's page against src/protocol/reportMessages.ts. Runs in the report's page. */
import type * as Report from "../../src/protocol/reportMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import * as is from "../common/guards.ts";
import { isMarketStrings, isReportStrings } from "./parseStrings.ts";

/** What the host says of its own accord; answers to intents are the messenger's. */
export type ReportMessage = Exclude<Report.ToReportMessage, { readonly type: "answer" }>;

/** The message, or undefined where it is none of the page's. */
export function parseToReport(data: unknown): ReportMessage | undefined {
  if (!is.isObject(data)) return undefined;
  const { type, state, text } = data;
  if (type === "state" && isState(state)) return { type, state };
  return type === "announce" && is.isString(text) ? { type, text } : undefined;
}

/** What an earlier page kept, where this version understands it. */
export function parseMemory(data: unknown): Report.ReportMemory | undefined {
  return isMemory(data) ? data : undefined;
}

const isMemory = is.record<Report.ReportMemory>({ rehearsal: is.isString, scrollTop: is.isNumber });

const isPoint = is.record<Report.PointView>({ x: is.isNumber, y: is.isNumber });
const isShare = is.record<Report.ShareView>({ share: is.isNumber, text: is.isString });

type Of<Key extends keyof Report.ReportView> = Report.ReportView[Key] extends readonly (infer T)[] ? T : never;
type OfRadar<Key extends keyof Report.RadarView> = Report.RadarView[Key] extends readonly (infer T)[] ? T : never;

const isRadar = is.record<Report.RadarView>({
  width: is.isNumber,
  height: is.isNumber,
  rings: is.listOf(is.record<OfRadar<"rings">>({ path: is.isString, text: is.isString, at: isPoint })),
  spokes: is.listOf(is.record<OfRadar<"spokes">>({ from: isPoint, to: isPoint })),
  labels: is.listOf(
    is.record<OfRadar<"labels">>({
      at: isPoint,
      anchor: is.literal("start", "middle", "end"),
      lines: is.listOf(is.isString),
    }),
  ),
  areas: is.listOf(
    is.record<OfRadar<"areas">>({
      kind: is.literal("campus", "experienced", "you"),
      title: is.isString,
      path: is.isString,
      closed: is.isBoolean,
      dots: is.listOf(isPoint),
    }),
  ),
  rows: is.listOf(
    is.record<OfRadar<"rows">>({
      skill: is.isString,
      area: is.isString,
      campus: is.isString,
      experienced: is.isString,
      you: is.isString,
    }),
  ),
});

const isEvidence = is.record<Report.EvidenceView>({
  test: is.isString,
  title: is.isString,
  passed: is.isBoolean,
  diagnosis: is.optional(is.isString),
  message: is.optional(is.isString),
  schedule: is.optional(is.isString),
  line: is.optional(is.isCount),
});

const isItem = is.record<Report.ItemView>({
  id: is.isString,
  heading: is.isString,
  skill: is.isString,
  level: is.isString,
  total: isShare,
  notes: is.listOf(is.isString),
  time: is.record<Report.TimeView>({
    planned: is.isNumber,
    used: is.isNumber,
    plannedText: is.isString,
    usedText: is.isString,
  }),
  prompt: is.isString,
  code: is.optional(is.isString),
  answer: is.optional(
    is.record<NonNullable<Report.ItemView["answer"]>>({
      chosen: is.optional(is.isString),
      right: is.isString,
      isRight: is.isBoolean,
      why: is.isString,
    }),
  ),
  notGraded: is.optional(is.isString),
  criteria: is.listOf(
    is.record<Report.CriterionView>({ title: is.isString, total: isShare, evidence: is.listOf(isEvidence) }),
  ),
  coding: is.isBoolean,
});

const isLesson = is.record<Report.LessonLink>({ id: is.isString, title: is.isString });

const isHistory = is.record<Report.HistoryView>({
  rehearsals: is.listOf(
    is.record<Report.HistoryView["rehearsals"][number]>({
      id: is.isString,
      title: is.isString,
      total: isShare,
      current: is.isBoolean,
    }),
  ),
  multiples: is.listOf(
    is.record<Report.MultipleView>({
      title: is.isString,
      width: is.isNumber,
      height: is.isNumber,
      line: is.isString,
      dots: is.listOf(
        is.record<Report.MultipleView["dots"][number]>({ x: is.isNumber, y: is.isNumber, latest: is.isBoolean }),
      ),
      guides: is.listOf(is.isNumber),
      text: is.isString,
      latest: is.isString,
    }),
  ),
});

const isReport = is.record<Report.ReportView>({
  id: is.isString,
  title: is.isString,
  subtitle: is.isString,
  facts: is.listOf(is.record<Of<"facts">>({ label: is.isString, value: is.isString })),
  total: isShare,
  verdict: is.isString,
  parts: is.listOf(
    is.record<Report.PartView>({ title: is.isString, meaning: is.isString, total: isShare, nested: is.isBoolean }),
  ),
  radar: isRadar,
  items: is.listOf(isItem),
  bugs: is.listOf(
    is.record<Report.BugView>({
      title: is.isString,
      explanation: is.isString,
      items: is.isString,
      lessons: is.listOf(isLesson),
    }),
  ),
  plan: is.listOf(is.record<Report.StepView>({ lesson: isLesson, minutes: is.isCount, why: is.isString })),
  explained: is.listOf(
    is.record<Report.ExplainedView>({
      title: is.isString,
      explanation: is.isString,
      rating: is.optional(is.isString),
    }),
  ),
  history: isHistory,
  pauses: is.listOf(is.isString),
  limits: is.listOf(is.isString),
});

const isState = is.record<Report.ReportState>({
  locale: is.nameOf<Locale>({ en: true, "zh-cn": true }),
  strings: isReportStrings,
  market: isMarketStrings,
  report: is.optional(isReport),
});
