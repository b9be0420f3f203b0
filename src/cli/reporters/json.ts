/** `--reporter json`: the contract with scripts. */
import { toGradeJson } from "../../core/verdict/gradeJson.ts";
import type { Reporter } from "./reporter.ts";

export const reportJson: Reporter = ({ verdict, locale, file }) =>
  `${JSON.stringify(toGradeJson(verdict, locale, file), null, 2)}\n`;
