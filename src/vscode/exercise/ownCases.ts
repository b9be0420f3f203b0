/** The orders that the learner has kept as tests of their own: kept, listed, renamed, deleted, graded. Extension host. */
import * as vscode from "vscode";
import { maxCaseName } from "../../core/stepper/ownCases.ts";
import { tellStep } from "../../core/stepper/stepWords.ts";
import type { OwnCase } from "../../protocol/steps.ts";
import { BrokenCasesError, type CaseFiles, TooManyCasesError } from "./caseFiles.ts";
import type { KeptOrder } from "../schedule/schedulerGame.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

export interface OwnCasesParts {
  readonly files: CaseFiles;
  readonly settings: Settings;
  readonly onProblem: (error: unknown) => void;
}

interface CaseItem extends vscode.QuickPickItem {
  readonly own: OwnCase;
}

const renameButton = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon("edit"),
  tooltip: vscode.l10n.t("Rename"),
});
const deleteButton = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon("trash"),
  tooltip: vscode.l10n.t("Delete"),
});

export class OwnCases {
  readonly #parts: OwnCasesParts;
  /** What was said of a broken file, so that it is said once and not at each save. */
  #said: string | undefined;

  constructor(parts: OwnCasesParts) {
    this.#parts = parts;
  }

  /** Those that are graded. Where their file is broken, that is said, and the exercise is graded without them. */
  async forGrading(lesson: string): Promise<readonly OwnCase[]> {
    try {
      const cases = await this.#parts.files.read(lesson);
      this.#said = undefined;
      return cases;
    } catch (error) {
      this.#parts.onProblem(error);
      const sentence = this.#explain(error).message;
      if (sentence !== this.#said) this.#offerToOpen(lesson, sentence);
      this.#said = sentence;
      return [];
    }
  }

  /** @throws UserError */
  async keep(lesson: string, { name, test, steps }: KeptOrder): Promise<void> {
    try {
      const given = name.trim().slice(0, maxCaseName);
      await this.#parts.files.add(lesson, { name: given === "" ? vscode.l10n.t("My order") : given, test, steps });
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /**
   * Shows them with buttons to rename and delete. Resolves once the list is closed, with whether anything has changed.
   * @param restored called where a deleted one was put back later
   */
  async manage(lesson: string, restored: () => Promise<void>): Promise<boolean> {
    const { files } = this.#parts;
    let changed = false;
    for (;;) {
      const cases = await this.#read(lesson);
      if (cases.length === 0) {
        const none = vscode.l10n.t("You have kept no order of this exercise. Beat the scheduler to find one.");
        if (!changed) void vscode.window.showInformationMessage(none);
        return changed;
      }
      const picked = await this.#pick(cases);
      if (picked === undefined) return changed;
      const { own, action } = picked;
      if (action === "rename") {
        const name = await this.#askName(own);
        if (name === undefined) continue;
        await files.rename(lesson, own.id, name);
      } else {
        const putBack = await files.remove(lesson, own.id);
        this.#offerUndo(own, async () => {
          await putBack();
          await restored();
        });
      }
      changed = true;
    }
  }

  async #read(lesson: string): Promise<readonly OwnCase[]> {
    try {
      return await this.#parts.files.read(lesson);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #pick(
    cases: readonly OwnCase[],
  ): Promise<{ readonly own: OwnCase; readonly action: "rename" | "delete" } | undefined> {
    const { promise, resolve } = Promise.withResolvers<
      { readonly own: OwnCase; readonly action: "rename" | "delete" } | undefined
    >();
    const locale = this.#parts.settings.lessonLocale();
    const [rename, remove] = [renameButton(), deleteButton()];
    const box = vscode.window.createQuickPick<CaseItem>();
    box.title = vscode.l10n.t("Your own tests of this exercise");
    box.placeholder = vscode.l10n.t("Enter renames; the buttons rename and delete");
    box.matchOnDescription = true;
    box.items = cases.map((own) => ({
      label: own.name,
      description: own.test,
      detail: own.steps.map((step) => tellStep(step, locale)).join(" → "),
      buttons: [rename, remove],
      own,
    }));
    box.onDidTriggerItemButton(({ item, button }) => {
      resolve({ own: item.own, action: button === remove ? "delete" : "rename" });
    });
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (item !== undefined) resolve({ own: item.own, action: "rename" });
    });
    box.onDidHide(() => {
      resolve(undefined);
    });
    box.show();
    return promise.finally(() => {
      box.dispose();
    });
  }

  async #askName(own: OwnCase): Promise<string | undefined> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t("Name of the test"),
      value: own.name,
      validateInput: (text) =>
        text.trim() === "" || text.length > maxCaseName
          ? vscode.l10n.t("A name has 1 to {0} characters.", maxCaseName)
          : undefined,
    });
    return name?.trim();
  }

  #offerUndo(own: OwnCase, undo: () => Promise<void>): void {
    const button = vscode.l10n.t("Undo");
    // Not awaited: the notification may stay for as long as it likes.
    void vscode.window
      .showInformationMessage(vscode.l10n.t("“{0}” was deleted.", own.name), button)
      .then((answer) => (answer === button ? undo() : undefined))
      .then(undefined, this.#parts.onProblem);
  }

  #offerToOpen(lesson: string, sentence: string): void {
    const open = vscode.l10n.t("Open File");
    const uri = vscode.Uri.file(this.#parts.files.pathOf(lesson));
    void vscode.window
      .showWarningMessage(sentence, open)
      .then((answer) => (answer === open ? vscode.window.showTextDocument(uri) : undefined))
      .then(undefined, this.#parts.onProblem);
  }

  #explain(error: unknown): Error {
    if (error instanceof TooManyCasesError) {
      return new UserError(vscode.l10n.t("There are too many tests of your own; delete some first."));
    }
    if (error instanceof BrokenCasesError) {
      const { line, problem } = error.broken;
      const why = problem[this.#parts.settings.lessonLocale()];
      return new UserError(
        vscode.l10n.t(
          "Your own tests are not graded: {0} cannot be read, for in line {1} {2}. Mend the file, or delete it.",
          ...[error.path, line, why],
        ),
      );
    }
    const text = error instanceof Error ? error.message : String(error);
    return new UserError(vscode.l10n.t("Your own tests cannot be read or written: {0}", text));
  }
}
