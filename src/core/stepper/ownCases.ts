/**
 * The file in which a learner's own orders of an exercise are kept, beside the exercise: made to be read, and mended, by
 * people. Pure.
 */
import * as v from "valibot";
import { type OwnCase, stepActions, stepKinds } from "../../protocol/steps.ts";
import type { Words } from "../../protocol/words.ts";
import { maxQuoteLength } from "../lesson/lessonLimits.ts";
import { JsonSyntaxError, type LocatedJson, parseLocatedJson } from "../lesson/lessonJson.ts";
import { quoteForMessage } from "../lesson/lessonReader.ts";

export const casesName = "cases.json";

/** Each is one more run; the file is read whole at each save. */
export const maxCases = 100;
/** Choices of one case: nobody makes as many by hand. */
const maxSteps = 2_000;
export const maxCaseName = 120;
/** Bytes of the file. */
export const maxCasesBytes = 1_000_000;

const text = v.pipe(v.string(), v.maxLength(2_000));

const caseSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
  name: v.pipe(v.string(), v.maxLength(maxCaseName), v.regex(/\S/)),
  test: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  steps: v.pipe(
    v.array(
      v.strictObject({
        what: v.picklist(stepActions),
        kind: v.picklist(stepKinds),
        label: text,
        occurrence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
      }),
    ),
    v.maxLength(maxSteps),
  ),
});

const fileSchema = v.strictObject({
  version: v.literal(1),
  cases: v.pipe(v.array(caseSchema), v.maxLength(maxCases)),
});

export type ReadCases =
  | { readonly ok: true; readonly cases: readonly OwnCase[] }
  /** What is wrong, as a sentence that follows the file's name. */
  | { readonly ok: false; readonly line: number; readonly problem: Words };

/** Whole or not at all: an order that is half understood would be graded as another one. */
export function parseCases(json: string): ReadCases {
  let located: LocatedJson;
  try {
    located = parseLocatedJson(json);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { ok: false, line: error.line, problem: error.words };
  }
  const result = v.safeParse(fileSchema, located.value);
  if (!result.success) return broken(result.issues[0], located);
  const { cases } = result.output;
  const twice = cases.findIndex(({ id }, at) => cases.findIndex((other) => other.id === id) < at);
  if (twice < 0) return { ok: true, cases };
  const id = cases[twice]?.id ?? "";
  return {
    ok: false,
    line: located.lineOf(["cases", twice, "id"]),
    problem: { en: `two cases have the id "${id}"`, "zh-cn": `有两个用例的 id 都是“${id}”` },
  };
}

function broken(issue: v.BaseIssue<unknown>, located: LocatedJson): ReadCases {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const where = quoteForMessage(path.map(String).join("."), maxQuoteLength);
  const received = quoteForMessage(issue.received, maxQuoteLength);
  const newer = where === "version" && typeof located.value === "object" && issue.received !== "undefined";
  return {
    ok: false,
    line: located.lineOf(path),
    problem: newer
      ? { en: "it was written by another version of Interleave", "zh-cn": "它是由另一个版本的 Interleave 写的" }
      : {
          en: `"${where}" should be ${issue.expected ?? "something else"} but is ${received}`,
          "zh-cn": `“${where}”应为 ${issue.expected ?? "其他内容"}，实际是 ${received}`,
        },
  };
}

export function formatCases(cases: readonly OwnCase[]): string {
  return `${JSON.stringify({ version: 1, cases }, null, 2)}\n`;
}

/** An id that none of the cases has. */
export function newCaseId(cases: readonly OwnCase[]): string {
  const numbers = cases.map(({ id }) => (/^\d{1,9}$/.test(id) ? Number(id) : 0));
  return String(Math.max(0, ...numbers) + 1);
}
