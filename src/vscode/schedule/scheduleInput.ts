/** Asks the learner for a test and a schedule of it. Extension host. */
import * as vscode from "vscode";
import { diagnoses } from "../../core/verdict/diagnoses.ts";
import { naturalOrder } from "../../core/verdict/naturalOrder.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";

/** Those that failed come first. Undefined where the learner closed the list. */
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

export interface ScheduleQuestion {
  readonly title: string;
  /** What the box begins with. */
  readonly value: string;
  /** Plays it; answers with why it cannot be played, if it cannot. */
  readonly play: (schedule: string) => Promise<string | undefined>;
}

/**
 * A box that stays, with what was typed, while `play` refuses it, and says why. Resolves once a schedule was played or the
 * learner has closed the box; rejects as `play` does.
 */
export function askForSchedule({ title, value, play }: ScheduleQuestion): Promise<undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const box = vscode.window.createInputBox();
  box.title = title;
  box.prompt = vscode.l10n.t(
    "As a failure or the command line showed it; “{0}” alone is the natural order.",
    naturalOrder,
  );
  box.value = value;
  box.ignoreFocusOut = true;
  const tryIt = async (): Promise<void> => {
    box.busy = true;
    box.validationMessage = await play(box.value.trim());
    box.busy = false;
    if (box.validationMessage === undefined) box.hide();
  };
  box.onDidAccept(() => {
    if (!box.busy) tryIt().catch(reject);
  });
  box.onDidChangeValue(() => {
    box.validationMessage = undefined;
  });
  box.onDidHide(() => {
    resolve(undefined);
  });
  box.show();
  return promise.finally(() => {
    box.dispose();
  });
}
