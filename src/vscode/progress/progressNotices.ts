/** What the learner is told when progress cannot be saved, and when it can again: once per outage. Extension host. */
import * as vscode from "vscode";
import { codeOf } from "./progressDisk.ts";

export function sayProgressIsUnsaved(directory: string, error: unknown): void {
  void vscode.window.showWarningMessage(unsavedText(directory, error));
}

export function sayProgressIsSavedAgain(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t("Your progress is saved again; nothing is missing."));
}

function unsavedText(directory: string, error: unknown): string {
  const code = codeOf(error) ?? String(error);
  if (["ENOSPC", "EDQUOT"].includes(code)) {
    return vscode.l10n.t(
      "The disk is full, so your progress cannot be saved in {0}. Free some space; until then it is kept in this window only.",
      directory,
    );
  }
  if (["EACCES", "EPERM", "EROFS"].includes(code)) {
    return vscode.l10n.t(
      "Your progress cannot be saved, because {0} does not allow writing. Allow it; until then it is kept in this window only.",
      directory,
    );
  }
  return vscode.l10n.t(
    "Your progress cannot be saved in {0} ({1}). Look after that folder; until then it is kept in this window only.",
    directory,
    code,
  );
}
