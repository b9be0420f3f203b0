/**
 * What a learner hands over of their own progress: one JSON file that people can read, without a line of their code.
 * This is its schema; media/schemas/progress-export.schema.json is proved to agree with it by a test.
 *
 * Its checksum tells a file that was changed by accident from one that was not. It proves nothing about who made the file:
 * whoever can edit it can also compute the checksum anew. Pure.
 */
import * as v from "valibot";
import { diagnosisIds } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import { checkValue } from "../checkedJson.ts";
import { hiddenCharacter } from "../lesson/lessonReader.ts";
import type { LessonState, Progress } from "./progress.ts";

const formatName = "interleave-progress-export";
const exportVersion = 1;

/** Bytes of one file: that of somebody who has begun a thousand lessons has some 500,000. */
export const maxExportBytes = 4_000_000;

/** UTF-16 units of a name. */
export const maxPersonLength = 100;
const maxLessonLength = 200;
const maxExportLessons = 5_000;
/** The largest number of anything that is counted: sums stay exact, and nobody gets there. */
const maxCount = 1_000_000;
/** The last ms that a date of four digits for the year can tell. */
const maxTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxCount));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxCount));
/** In UTC, to the millisecond, so that two of them compare as texts do. */
const time = v.pipe(
  v.string(),
  v.regex(
    /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/,
  ),
);
/** A text on one line, without what cannot be seen. */
const line = v.pipe(
  v.string(),
  // Control characters are just what it may not have.
  // eslint-disable-next-line no-control-regex
  v.regex(/^[^\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]*$/u),
);
const name = v.pipe(line, v.regex(/\S/));

/** A newer version may know more kinds of bugs, so any name will do. */
const countedDiagnosis = v.strictObject({
  diagnosis: v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)),
  times: positive,
});

const begun = {
  lesson: v.pipe(name, v.maxLength(maxLessonLength)),
  attempts: count,
  firstAt: time,
  lastAt: time,
  hintsShown: count,
  solutionShown: v.boolean(),
  diagnoses: v.pipe(v.array(countedDiagnosis), v.maxLength(1_000)),
};
const exportedLesson = v.variant("status", [
  v.strictObject({ ...begun, status: v.literal("in-progress") }),
  v.strictObject({
    ...begun,
    status: v.literal("passed"),
    passedAt: time,
    /** Gradings up to the first pass, which is one of them. */
    attemptsUntilPassed: positive,
    /** The solution had not been looked at by then. */
    passedUnaided: v.boolean(),
  }),
]);

const unsealed = {
  format: v.literal(formatName),
  version: v.literal(exportVersion),
  /** As the learner wishes to be called; may be empty. */
  person: v.pipe(line, v.maxLength(maxPersonLength)),
  exportedAt: time,
  /** Version of Interleave that wrote it. */
  product: v.pipe(name, v.maxLength(64)),
  lessons: v.pipe(v.array(exportedLesson), v.maxLength(maxExportLessons)),
};
const sealed = v.strictObject({ ...unsealed, checksum: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/)) });

export type ProgressExport = v.InferOutput<typeof sealed>;
export type ExportedLesson = ProgressExport["lessons"][number];

/** Hexadecimal SHA-256 of the text in UTF-8: which library there is depends on the host. */
export type Sha256 = (text: string) => string;

export interface ExportFacts {
  /** Made fit to be written down by `personName`. */
  readonly person: string;
  /** Real time, ms since 1970. */
  readonly exportedAt: number;
  readonly product: string;
}

/** The lessons that were begun, by their names; what never was is not in it. */
export function exportProgress(progress: Progress, facts: ExportFacts, sha256: Sha256): ProgressExport {
  const lessons = [...progress.lessons]
    .filter((lesson) => v.is(begun.lesson, lesson))
    .sort()
    .slice(0, maxExportLessons)
    .flatMap((lesson) => exportLesson(lesson, progress.lesson(lesson)));
  const { person, exportedAt, product } = facts;
  const open = {
    format: formatName,
    version: exportVersion,
    person: personName(person),
    exportedAt: timeText(exportedAt),
    product,
    lessons,
  } as const;
  return { ...open, checksum: checksumOf(open, sha256) };
}

function exportLesson(lesson: string, state: LessonState): readonly ExportedLesson[] {
  if (state.status === "not-started") return [];
  const diagnoses = diagnosisIds.flatMap((diagnosis) => {
    const times = bounded(state.diagnoses.get(diagnosis) ?? 0);
    return times === 0 ? [] : [{ diagnosis, times }];
  });
  const common = {
    attempts: bounded(state.attempts),
    firstAt: timeText(state.firstAt ?? 0),
    lastAt: timeText(state.lastAt ?? 0),
    hintsShown: bounded(state.hintsShown),
    solutionShown: state.solutionShown,
  };
  if (state.status === "in-progress") return [{ lesson, status: state.status, ...common, diagnoses }];
  const passed = {
    passedAt: timeText(state.passedAt ?? 0),
    attemptsUntilPassed: Math.max(1, bounded(state.attemptsUntilPassed ?? 1)),
    passedUnaided: state.passedUnaided,
  };
  return [{ lesson, status: state.status, ...common, ...passed, diagnoses }];
}

function bounded(value: number): number {
  return Math.min(maxCount, Math.max(0, Math.floor(value)));
}

function timeText(ms: number): string {
  return new Date(Math.min(maxTime, Math.max(0, Math.floor(ms)))).toISOString();
}

/** One line without what cannot be seen, not longer than a name may be; "" where nothing is left. */
export function personName(text: string): string {
  let rest = text
    .slice(0, 10 * maxPersonLength)
    .normalize("NFC")
    .replace(/\s+/g, " ");
  for (let found = hiddenCharacter(rest); found !== undefined; found = hiddenCharacter(rest)) {
    rest = rest.slice(0, found.at) + rest.slice(found.at + 1);
  }
  // No half of a character is left at the end.
  return rest
    .trim()
    .slice(0, maxPersonLength)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
}

/** The file. */
export function formatExport(exported: ProgressExport): string {
  return `${JSON.stringify(exported, null, 2)}\n`;
}

/** What was exported, or why it cannot be used, in words that follow the file's name. */
export type ReadExport =
  { readonly ok: true; readonly value: ProgressExport } | { readonly ok: false; readonly why: Words };

export function parseExport(text: string, sha256: Sha256): ReadExport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("it is not JSON", "它不是 JSON");
  }
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== formatName) {
    return refused("it is no export of somebody's progress", "它不是导出的学习进度");
  }
  if ("version" in value && typeof value.version === "number" && value.version > exportVersion) {
    const version = String(value.version);
    return refused(
      `it has version ${version} of the format, which a newer Interleave wrote; this one reads version ${String(exportVersion)}: update it`,
      `它的格式版本是 ${version}，由更新的 Interleave 写出；这里只能读版本 ${String(exportVersion)}，请先更新`,
    );
  }
  // The lines of a file that no person writes are of no use to anybody.
  const checked = checkValue(sealed, { value, lineOf: () => 1, offsetOf: () => 0 }, "");
  if (!checked.ok) {
    const first = checked.findings[0]?.message ?? { en: "", "zh-cn": "" };
    return refused(`it is not as it was exported: ${first.en}`, `它与导出时不同：${first["zh-cn"]}`);
  }
  const { checksum, ...open } = checked.value;
  if (checksum !== checksumOf(open, sha256)) {
    return refused(
      "its checksum does not fit, so it was changed after it was exported: ask for a new export",
      "校验和不符，说明它在导出之后被改动过：请重新导出一份",
    );
  }
  const ids = open.lessons.map(({ lesson }) => lesson);
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) return refused(`it lists the lesson “${twice}” twice`, `课程“${twice}”在其中出现了两次`);
  return checked;
}

function refused(en: string, zhCn: string): ReadExport {
  return { ok: false, why: { en, "zh-cn": zhCn } };
}

function checksumOf(open: Omit<ProgressExport, "checksum">, sha256: Sha256): string {
  return `sha256:${sha256(canonicalJson(open))}`;
}

/** The one way to write a value: no spaces, keys in the order of their UTF-16 units. So a file may be laid out anew. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(",")}}`;
}
