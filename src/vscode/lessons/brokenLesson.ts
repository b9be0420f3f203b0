/** Says what is wrong with a lesson that was to be used. Extension host. */
import * as vscode from "vscode";
import { type Finding, formatFinding } from "../../core/lesson/lessonFinding.ts";
import { localeFor } from "../../protocol/words.ts";
import { UserError } from "../userError.ts";

/** What is wrong with a lesson's files, in one sentence. */
export function brokenLesson(findings: readonly Finding[]): UserError {
  const [first] = findings;
  const detail = first === undefined ? "" : formatFinding(first, localeFor(vscode.env.language));
  return new UserError(vscode.l10n.t("The lesson cannot be opened. {0}", detail));
}
