/**
 * What happens in a rehearsal, event by event, as it is written down: a file a rehearsal, an event a line, the plan first.
 * What cannot be read in a line (it is torn, or of a newer version) is no event, and no reason to lose the others. Pure.
 */
import * as v from "valibot";
import { diagnosisIds } from "../../protocol/diagnosis.ts";
import { levels } from "./questionBank.ts";
import { drawnBys, rehearsalMinutes, type RehearsalPlan } from "./rehearsal.ts";
import { profileIds, skillIds } from "./skills.ts";

/** The longest text of a coding task or an explanation that is kept, in UTF-16 code units. */
export const longestWriting = 200_000;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const itemId = v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/));

const planned = {
  id: itemId,
  skill: v.picklist(skillIds),
  level: v.picklist(levels),
  seconds: v.pipe(v.number(), v.minValue(1), v.maxValue(3_600)),
};

const itemSchema = v.union([
  v.strictObject({
    ...planned,
    kind: v.picklist(["predict-output", "choose-design", "find-bug"]),
    question: name,
  }),
  v.strictObject({
    ...planned,
    kind: v.literal("find-bug"),
    lesson: name,
    mistake: name,
    options: v.pipe(v.array(v.picklist(diagnosisIds)), v.minLength(2), v.maxLength(8)),
  }),
  v.strictObject({ ...planned, kind: v.literal("coding"), lesson: name }),
]);

const rehearsalId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,80}$/));

/** Whether it can be the id of a rehearsal, which names its file. */
export function isRehearsalId(text: string): boolean {
  return v.is(rehearsalId, text);
}

const planSchema: v.GenericSchema<unknown, RehearsalPlan> = v.object({
  version: v.literal(1),
  id: rehearsalId,
  seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  profile: v.picklist(profileIds),
  minutes: v.picklist(rehearsalMinutes),
  items: v.pipe(v.array(itemSchema), v.minLength(1), v.maxLength(200)),
  drawn: v.exactOptional(v.picklist(drawnBys)),
});

const pauseReasons = ["closed", "asked"] as const;
const finishReasons = ["handed-in", "time-up"] as const;
const writingFields = ["code", "explanation"] as const;
/** Which of an item's texts. */
export type WritingField = (typeof writingFields)[number];

const writing = v.pipe(v.string(), v.maxLength(longestWriting));

/** Real ms since 1970. */
const at = { at: v.pipe(v.number(), v.minValue(0)) };
const item = { ...at, item: itemId };

const eventSchema = v.variant("type", [
  v.object({ ...at, type: v.literal("started"), plan: planSchema }),
  v.object({ ...item, type: v.literal("shown") }),
  v.object({ ...item, type: v.literal("answered"), choice: name }),
  v.object({ ...item, type: v.literal("skipped") }),
  v.object({ ...item, type: v.literal("flagged"), flagged: v.boolean() }),
  // A text as a whole, or what changed in it since it was written or edited last.
  v.object({ ...item, type: v.literal("written"), field: v.picklist(writingFields), text: writing }),
  v.object({
    ...item,
    type: v.literal("edited"),
    field: v.picklist(writingFields),
    from: count,
    remove: count,
    insert: writing,
    /** Of the whole text afterwards: an edit of another text is told by it. */
    length: count,
  }),
  v.object({ ...item, type: v.literal("ticked"), checked: v.pipe(v.array(count), v.maxLength(50)) }),
  v.object({
    ...item,
    type: v.literal("rated"),
    rating: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
  }),
  v.object({ ...at, type: v.literal("heartbeat") }),
  v.object({ ...at, type: v.literal("paused"), why: v.picklist(pauseReasons) }),
  v.object({ ...at, type: v.literal("resumed") }),
  v.object({ ...at, type: v.literal("finished"), why: v.picklist(finishReasons) }),
]);

export type SessionEvent = v.InferOutput<typeof eventSchema>;
type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never;
/** What happened, before the store gives it a time. */
export type SessionNews = WithoutTime<SessionEvent>;

export function formatSessionEvent(event: SessionEvent): string {
  return JSON.stringify(event) + "\n";
}

/** The events in a file's text, in the order in which they were written. */
export function parseSessionEvents(text: string): readonly SessionEvent[] {
  return text.split("\n").flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): SessionEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const result = v.safeParse(eventSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** The event that makes `after` of `before`: what changed, or all of it where nothing is known of before. */
export function writingEvent(
  place: { readonly item: string; readonly field: WritingField },
  before: string | undefined,
  after: string,
): Extract<SessionNews, { readonly type: "written" | "edited" }> {
  if (before === undefined) return { type: "written", ...place, text: after };
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let end = 0;
  while (
    end < shorter - from &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  const insert = after.slice(from, after.length - end);
  return { type: "edited", ...place, from, remove: before.length - from - end, insert, length: after.length };
}
