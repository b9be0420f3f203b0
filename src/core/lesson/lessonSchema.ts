/**
 * The shape of a lesson's JSON files. This is the source: types and checks come from here, and
 * media/schemas/*.json (completion in the editor) is proved to agree with it by a test. Pure.
 */
import * as v from "valibot";
import { checkValue, locate, parseChecked } from "../checkedJson.ts";
import { failed, type Finding, type Parsed, parsed } from "./lessonFinding.ts";
import * as most from "./lessonLimits.ts";
import { type JsonPath, type LocatedJson, parseLocatedJson } from "./lessonJson.ts";
import { packFindings, type PackInfo, packSchema } from "../packs/packSchema.ts";
import { id, questionFindings, questionSchema, text, words } from "../questions/questionSchema.ts";

/** Whether it can be the id of a lesson. */
export function isLessonId(text: string): boolean {
  return v.is(id, text);
}

const trackSchema = v.strictObject({
  id,
  title: words,
  summary: words,
  lessons: v.pipe(v.array(id), v.minLength(1), v.maxLength(most.maxLessons)),
});

const catalogSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  /** Needed where the editor shows the pack beside others. */
  pack: v.optional(packSchema),
  tracks: v.pipe(v.array(trackSchema), v.minLength(1), v.maxLength(most.maxTracks)),
});

/** What a diagram's element lights up for; the events of protocol/trace.ts by name. */
const eventTypes = [
  "call",
  "settle",
  "start",
  "complete",
  "fail",
  "abort",
  "clear",
  "cancel",
  "console",
  "finding",
] as const;
const eventKinds = ["timer", "fetch", "body", "dial", "work", "spec", "call", "signal", "console", "finding"] as const;

const bindingSchema = v.strictObject({
  element: text,
  on: v.strictObject({
    /** "fire" (a timer's completion) and "leak" (a finding) are accepted as other words for the same. */
    type: v.picklist([...eventTypes, "fire", "leak"]),
    kind: v.optional(v.picklist(eventKinds)),
    label: v.optional(text),
  }),
});

const diagramSchema = v.strictObject({
  file: v.pipe(
    v.string(),
    v.maxLength(most.maxNameLength),
    v.regex(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9-]+\.mmd$/),
  ),
  title: words,
  description: words,
  bindings: v.pipe(v.array(bindingSchema), v.maxLength(most.maxBindings)),
});

const lessonSchema = v.strictObject({
  $schema: v.optional(v.string()),
  id,
  title: words,
  summary: words,
  track: id,
  level: v.picklist(["introductory", "intermediate", "advanced"]),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(180)),
  prerequisites: v.pipe(v.array(id), v.maxLength(most.maxListed)),
  skills: v.pipe(v.array(id), v.minLength(1), v.maxLength(most.maxListed)),
  seed: v.pipe(v.array(text), v.maxLength(most.maxListed)),
  exports: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[A-Za-z_$][\w$]*$/))),
    v.minLength(1),
    v.maxLength(most.maxListed),
  ),
  diagrams: v.pipe(v.array(diagramSchema), v.minLength(1), v.maxLength(most.maxDiagrams)),
});

const quizSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  questions: v.pipe(v.array(questionSchema), v.minLength(6), v.maxLength(most.maxQuestions)),
});

export type Catalog = v.InferOutput<typeof catalogSchema>;
export type Track = Catalog["tracks"][number];
export type LessonMeta = v.InferOutput<typeof lessonSchema>;
export type LessonLevel = LessonMeta["level"];
export type DiagramMeta = LessonMeta["diagrams"][number];
export type Quiz = v.InferOutput<typeof quizSchema>;

/** What of a catalog can be used, and what is wrong with it. */
export interface UsableCatalog {
  /** Each lesson and each track once; undefined where nothing is left. */
  readonly catalog: Catalog | undefined;
  readonly findings: readonly Finding[];
}

export function parseCatalog(json: string, file: string): Parsed<Catalog> {
  const { catalog, findings } = parseUsableCatalog(json, file);
  return catalog === undefined || findings.length > 0 ? failed(...findings) : parsed(catalog);
}

/** Leaves out the tracks and lessons that are wrong, so that one mistake does not take the others away. */
export function parseUsableCatalog(json: string, file: string): UsableCatalog {
  const located = locate(json, file);
  if (!located.ok) return { catalog: undefined, findings: located.findings };
  const whole = checkValue(catalogSchema, located.value, file);
  const { value } = located.value;
  const given: unknown = isRecord(value) && value["version"] === 1 ? value["tracks"] : undefined;
  const tracks = (Array.isArray(given) ? given.slice(0, most.maxTracks) : []).flatMap(usableTrack);
  const pack = isRecord(value) ? usablePack(value["pack"]) : undefined;
  const catalog: Catalog = { version: 1, ...(pack === undefined ? {} : { pack }), tracks: mergedTracks(tracks) };
  const listed = new Set(catalog.tracks.flatMap((track) => track.lessons));
  const repeated = [
    ...repeatedFindings(given, located.value, file),
    ...(pack === undefined ? [] : packFindings(pack, listed, located.value, file)),
  ];
  return {
    catalog: catalog.tracks.length === 0 ? undefined : catalog,
    findings: whole.ok ? repeated : [...whole.findings, ...repeated],
  };
}

/** Without its changelog where just that is wrong. */
function usablePack(value: unknown): PackInfo | undefined {
  const whole = v.safeParse(packSchema, value);
  if (whole.success) return whole.output;
  if (!isRecord(value)) return undefined;
  const bare = v.safeParse(packSchema, { ...value, changelog: [] });
  return bare.success ? bare.output : undefined;
}

/** The track with those of its lessons that have a proper id. */
function usableTrack(value: unknown): Track[] {
  if (!isRecord(value) || !Array.isArray(value["lessons"])) return [];
  const lessons = value["lessons"].slice(0, most.maxLessons).filter((each) => v.is(id, each));
  const result = v.safeParse(trackSchema, { ...value, lessons });
  return result.success ? [result.output] : [];
}

/** Each lesson where it is listed first; two tracks of one name are one. At most `maxLessons` in all. */
function mergedTracks(tracks: readonly Track[]): Track[] {
  const merged = new Map<string, Track>();
  const seen = new Set<string>();
  for (const track of tracks) {
    const lessons = track.lessons.filter((each) => seen.size < most.maxLessons && !seen.has(each) && seen.add(each));
    const known = merged.get(track.id);
    if (known !== undefined || lessons.length > 0)
      merged.set(
        track.id,
        known === undefined ? { ...track, lessons } : { ...known, lessons: [...known.lessons, ...lessons] },
      );
  }
  return [...merged.values()];
}

function repeatedFindings(tracks: unknown, located: LocatedJson, file: string): readonly Finding[] {
  const findings: Finding[] = [];
  const [ids, lessons] = [new Set<unknown>(), new Set<unknown>()];
  const report = (seen: Set<unknown>, value: unknown, path: JsonPath, en: string, zhCn: string): void => {
    if (!v.is(id, value)) return;
    if (seen.has(value) && findings.length < most.maxFindingsPerFile)
      findings.push({ file, line: located.lineOf(path), message: { en, "zh-cn": zhCn } });
    seen.add(value);
  };
  for (const [at, track] of (Array.isArray(tracks) ? (tracks as unknown[]) : []).entries()) {
    if (!isRecord(track)) continue;
    const name = String(track["id"]);
    report(ids, track["id"], ["tracks", at, "id"], `two tracks are called "${name}"`, `有两条路线都叫“${name}”`);
    const list: readonly unknown[] = Array.isArray(track["lessons"]) ? track["lessons"] : [];
    for (const [index, lesson] of list.entries()) {
      const path = ["tracks", at, "lessons", index];
      report(lessons, lesson, path, `"${String(lesson)}" is listed twice`, `“${String(lesson)}”列了两次`);
    }
  }
  if (lessons.size > most.maxLessons) {
    const count = String(most.maxLessons);
    const message = { en: `lists more than ${count} lessons`, "zh-cn": `列出的课程超过 ${count} 节` };
    findings.push({ file, line: located.lineOf(["tracks"]), message });
  }
  return findings;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseLessonMeta(json: string, file: string): Parsed<LessonMeta> {
  return parseChecked(lessonSchema, json, file);
}

export function parseQuiz(json: string, file: string): Parsed<Quiz> {
  const result = parseChecked(quizSchema, json, file);
  if (!result.ok) return result;
  const findings = result.value.questions.flatMap((each, index) =>
    questionFindings(each, parseLocatedJson(json).lineOf(["questions", index]), file),
  );
  return findings.length > 0 ? failed(...findings) : result;
}
