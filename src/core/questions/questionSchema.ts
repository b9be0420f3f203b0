/** The shape of a question, in a lesson's quiz.json as in the bank of the rehearsals. Pure. */
import * as v from "valibot";
import { diagnosisIds } from "../../protocol/diagnosis.ts";
import type { Finding } from "../lesson/lessonFinding.ts";
import * as most from "../lesson/lessonLimits.ts";

/** A text that is not empty. */
export const text = v.pipe(v.string(), v.regex(/\S/));
export const words = v.strictObject({ en: text, "zh-cn": text });
/**
 * Kebab-case: names of lessons, tracks, tests, skills. A lesson's is the name of its folder, so no name that Windows keeps
 * for a device.
 */
export const id = v.pipe(
  v.string(),
  v.maxLength(most.maxNameLength),
  v.regex(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
);

const option = {
  id: v.pipe(v.string(), v.regex(/^[a-z]$/)),
  text: words,
  /** Why it is right, or why it is wrong. */
  why: words,
};
const question = { id, prompt: words, answer: v.pipe(v.string(), v.regex(/^[a-z]$/)) };

function optionList<const T extends v.GenericSchema>(each: T) {
  return v.pipe(v.array(each), v.minLength(2), v.maxLength(most.maxOptions));
}

/** The entries of each kind of question, to be made into a schema with whatever a file adds to them. */
export const predictOutputEntries = {
  ...question,
  kind: v.literal("predict-output"),
  code: text,
  options: optionList(v.strictObject({ ...option, output: v.string() })),
};
export const findBugEntries = {
  ...question,
  kind: v.literal("find-bug"),
  code: text,
  options: optionList(v.strictObject({ ...option, diagnosis: v.optional(v.picklist(diagnosisIds)) })),
};
export const chooseDesignEntries = {
  ...question,
  kind: v.literal("choose-design"),
  options: optionList(v.strictObject(option)),
};

export const questionSchema = v.variant("kind", [
  v.strictObject(predictOutputEntries),
  v.strictObject(findBugEntries),
  v.strictObject(chooseDesignEntries),
]);

export type Question = v.InferOutput<typeof questionSchema>;

/** What a schema cannot say: the answer is one of the options, and options have different ids. */
export function questionFindings(
  question: Pick<Question, "id" | "answer" | "options">,
  line: number,
  file: string,
): readonly Finding[] {
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
