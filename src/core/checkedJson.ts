/** JSON of a stranger, checked against a schema: a value, or findings with their lines. Pure. */
import * as v from "valibot";
import { failed, type Finding, type Parsed, parsed } from "./lesson/lessonFinding.ts";
import * as most from "./lesson/lessonLimits.ts";
import { quoteForMessage } from "./lesson/lessonReader.ts";
import { JsonSyntaxError, type LocatedJson, parseLocatedJson } from "./lesson/lessonJson.ts";

/** @param file its name in the findings. */
export function parseChecked<T>(schema: v.GenericSchema<unknown, T>, json: string, file: string): Parsed<T> {
  const located = locate(json, file);
  return located.ok ? checkValue(schema, located.value, file) : located;
}

export function locate(json: string, file: string): Parsed<LocatedJson> {
  try {
    return parsed(parseLocatedJson(json));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return failed({ file, line: error.line, message: error.words });
  }
}

export function checkValue<T>(schema: v.GenericSchema<unknown, T>, located: LocatedJson, file: string): Parsed<T> {
  const result = v.safeParse(schema, located.value);
  if (result.success) return parsed(result.output);
  return failed(...result.issues.slice(0, most.maxFindingsPerFile).map((issue) => toFinding(issue, located, file)));
}

function toFinding(issue: v.BaseIssue<unknown>, located: LocatedJson, file: string): Finding {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const where = quoteForMessage(path.map((key) => String(key)).join("."), most.maxQuoteLength);
  const received = quoteForMessage(issue.received, most.maxQuoteLength);
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
            en: `"${where}" should be ${expected} but is ${received}`,
            "zh-cn": `“${where}”应为 ${expected}，实际是 ${received}`,
          },
  };
}
