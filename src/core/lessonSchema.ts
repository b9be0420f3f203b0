/**
 * The shape of a lesson's JSON files. This is the source: types and checks come from here, and
 * media/schemas/*.json (completion in the editor) is proved to agree with it by a test. Pure.
 */
import * as v from "valibot";
import { diagnosisIds } from "../protocol/diagnosis.ts";
import { failed, type Finding, type Parsed, parsed } from "./lessonFinding.ts";
import { JsonSyntaxError, type LocatedJson, parseLocatedJson } from "./lessonJson.ts";

const text = v.pipe(v.string(), v.regex(/\S/));
const words = v.strictObject({ en: text, "zh-cn": text });
/** Kebab-case: names of lessons, tracks, tests, skills. */
const id = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/));

const catalogSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  tracks: v.pipe(
    v.array(v.strictObject({ id, title: words, summary: words, lessons: v.pipe(v.array(id), v.minLength(1)) })),
    v.minLength(1),
  ),
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
  file: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.mmd$/)),
  title: words,
  description: words,
  bindings: v.array(bindingSchema),
});

const lessonSchema = v.strictObject({
  $schema: v.optional(v.string()),
  id,
  title: words,
  summary: words,
  track: id,
  level: v.picklist(["introductory", "intermediate", "advanced"]),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(180)),
  prerequisites: v.array(id),
  skills: v.pipe(v.array(id), v.minLength(1)),
  seed: v.array(text),
  exports: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z_$][\w$]*$/))), v.minLength(1)),
  diagrams: v.pipe(v.array(diagramSchema), v.minLength(1)),
});

const option = {
  id: v.pipe(v.string(), v.regex(/^[a-z]$/)),
  text: words,
  /** Why it is right, or why it is wrong. */
  why: words,
};
const question = { id, prompt: words, answer: v.pipe(v.string(), v.regex(/^[a-z]$/)) };

const questionSchema = v.variant("kind", [
  v.strictObject({
    ...question,
    kind: v.literal("predict-output"),
    code: text,
    options: v.pipe(v.array(v.strictObject({ ...option, output: v.string() })), v.minLength(2)),
  }),
  v.strictObject({
    ...question,
    kind: v.literal("find-bug"),
    code: text,
    options: v.pipe(
      v.array(v.strictObject({ ...option, diagnosis: v.optional(v.picklist(diagnosisIds)) })),
      v.minLength(2),
    ),
  }),
  v.strictObject({
    ...question,
    kind: v.literal("choose-design"),
    options: v.pipe(v.array(v.strictObject(option)), v.minLength(2)),
  }),
]);

const quizSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  questions: v.pipe(v.array(questionSchema), v.minLength(6)),
});

export type Catalog = v.InferOutput<typeof catalogSchema>;
export type Track = Catalog["tracks"][number];
export type LessonMeta = v.InferOutput<typeof lessonSchema>;
export type LessonLevel = LessonMeta["level"];
export type DiagramMeta = LessonMeta["diagrams"][number];
export type Quiz = v.InferOutput<typeof quizSchema>;
export type Question = Quiz["questions"][number];

export function parseCatalog(json: string, file: string): Parsed<Catalog> {
  return check(catalogSchema, json, file);
}

export function parseLessonMeta(json: string, file: string): Parsed<LessonMeta> {
  return check(lessonSchema, json, file);
}

export function parseQuiz(json: string, file: string): Parsed<Quiz> {
  const result = check(quizSchema, json, file);
  if (!result.ok) return result;
  const findings = result.value.questions.flatMap((each, index) =>
    questionFindings(each, parseLocatedJson(json).lineOf(["questions", index]), file),
  );
  return findings.length > 0 ? failed(...findings) : result;
}

/** What a schema cannot say: the answer is one of the options, and options have different ids. */
function questionFindings(question: Question, line: number, file: string): readonly Finding[] {
  const ids = question.options.map((each) => each.id);
  const findings: Finding[] = [];
  if (!ids.includes(question.answer)) {
    findings.push({
      file,
      line,
      message: {
        en: `question "${question.id}": the answer "${question.answer}" is not among its options`,
        "zh-cn": `题目“${question.id}”的答案“${question.answer}”不在选项之中`,
      },
    });
  }
  if (new Set(ids).size !== ids.length) {
    findings.push({
      file,
      line,
      message: {
        en: `question "${question.id}": two options have the same id`,
        "zh-cn": `题目“${question.id}”有两个选项的 id 相同`,
      },
    });
  }
  return findings;
}

function check<T>(schema: v.GenericSchema<unknown, T>, json: string, file: string): Parsed<T> {
  let located: LocatedJson;
  try {
    located = parseLocatedJson(json);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return failed({
      file,
      line: error.line,
      message: {
        en: `not valid JSON: expected ${error.message} here`,
        "zh-cn": `不是合法的 JSON：此处应为 ${error.message}`,
      },
    });
  }
  const result = v.safeParse(schema, located.value);
  if (result.success) return parsed(result.output);
  return failed(...result.issues.map((issue) => toFinding(issue, located, file)));
}

function toFinding(issue: v.BaseIssue<unknown>, located: LocatedJson, file: string): Finding {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const where = path.length === 0 ? "" : path.map((key) => String(key)).join(".");
  const expected = issue.expected ?? "something else";
  const extra = expected === "never";
  const missing = issue.received === "undefined";
  return {
    file,
    line: located.lineOf(path),
    message: extra
      ? { en: `"${where}" is not a known key`, "zh-cn": `“${where}”不是已知的键` }
      : missing
        ? { en: `"${where}" is missing`, "zh-cn": `缺少“${where}”` }
        : {
            en: `"${where}" should be ${expected} but is ${issue.received}`,
            "zh-cn": `“${where}”应为 ${expected}，实际是 ${issue.received}`,
          },
  };
}
