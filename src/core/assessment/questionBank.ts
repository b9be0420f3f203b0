/**
 * The bank that rehearsals draw their questions from: `questions/<skill>.json`, a file a skill. A question is one of a lesson's
 * quiz with what a rehearsal has to know besides. Pure.
 */
import * as v from "valibot";
import { parseChecked } from "../checkedJson.ts";
import { failed, type Parsed } from "../lesson/lessonFinding.ts";
import { parseLocatedJson } from "../lesson/lessonJson.ts";
import * as most from "../lesson/lessonLimits.ts";
import {
  chooseDesignEntries,
  findBugEntries,
  id,
  predictOutputEntries,
  questionFindings,
} from "../questions/questionSchema.ts";
import { skillIds } from "./skills.ts";

export const levels = ["introductory", "intermediate", "advanced"] as const;

const inBank = {
  level: v.picklist(levels),
  /** What somebody who knows the matter needs to read and answer it. */
  seconds: v.pipe(v.number(), v.integer(), v.minValue(20), v.maxValue(240)),
};

const bankQuestionSchema = v.variant("kind", [
  v.strictObject({ ...predictOutputEntries, ...inBank }),
  v.strictObject({
    ...findBugEntries,
    ...inBank,
    /** The lesson whose spec says what is wrong with the code. */
    lesson: id,
  }),
  v.strictObject({ ...chooseDesignEntries, ...inBank }),
]);

const bankFileSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  skill: v.picklist(skillIds),
  questions: v.pipe(v.array(bankQuestionSchema), v.minLength(1), v.maxLength(most.maxQuestions)),
});

export type BankFile = v.InferOutput<typeof bankFileSchema>;
export type BankQuestion = BankFile["questions"][number];

/** @param file its name in the findings, "order.json". */
export function parseBankFile(json: string, file: string): Parsed<BankFile> {
  const result = parseChecked(bankFileSchema, json, file);
  if (!result.ok) return result;
  const located = parseLocatedJson(json);
  const { skill, questions } = result.value;
  const findings = questions.flatMap((each, index) =>
    questionFindings(each, located.lineOf(["questions", index]), file),
  );
  if (file !== `${skill}.json`)
    findings.push({
      file,
      line: located.lineOf(["skill"]),
      message: {
        en: `the questions of "${skill}" belong into "${skill}.json"`,
        "zh-cn": `“${skill}”的题目应放在“${skill}.json”里`,
      },
    });
  return findings.length > 0 ? failed(...findings) : result;
}
