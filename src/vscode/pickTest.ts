/** Lets the learner choose one of a lesson's tests, those that fail first. Extension host. */
import * as vscode from "vscode";
import { diagnoses } from "../core/diagnoses.ts";
import type { TestVerdict } from "../protocol/verdict.ts";
import type { Locale } from "../protocol/words.ts";

export async function pickTest(
  tests: readonly TestVerdict[],
  locale: Locale,
  placeHolder: string,
): Promise<TestVerdict | undefined> {
  const items = [...tests]
    .sort((a, b) => Number(b.status === "failed") - Number(a.status === "failed"))
    .map((test) => ({
      label: test.name,
      description: test.title[locale],
      iconPath: new vscode.ThemeIcon(test.status === "failed" ? "error" : "pass"),
      ...(test.failure === undefined
        ? {}
        : { detail: `${diagnoses[test.failure.diagnosis].title[locale]} · ${test.failure.schedule}` }),
      test,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.test;
}
