/** Asks for one of a lesson's tests, those that fail first. Extension host. */
import * as vscode from "vscode";
import { diagnoses } from "../core/diagnoses.ts";
import type { TestVerdict } from "../protocol/verdict.ts";
import type { Locale } from "../protocol/words.ts";

/** Undefined where the learner gives up. Of one test alone nobody is asked. */
export async function pickTest(
  tests: readonly TestVerdict[],
  locale: Locale,
  placeHolder: string,
): Promise<TestVerdict | undefined> {
  const [only] = tests;
  if (tests.length === 1) return only;
  const items = [...tests]
    .sort((a, b) => Number(b.status === "failed") - Number(a.status === "failed"))
    .map((test) => ({
      label: test.title[locale],
      description: test.name,
      iconPath: new vscode.ThemeIcon(test.status === "failed" ? "error" : "pass"),
      ...(test.failure === undefined ? {} : { detail: diagnoses[test.failure.diagnosis].title[locale] }),
      test,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.test;
}
