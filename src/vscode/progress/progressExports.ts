/**
 * "Export My Progress": the file is shown first, read-only and whole, and is written where the learner says once they have
 * read it. Nothing is sent anywhere. Extension host.
 */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { exportProgress, formatExport, maxPersonLength, personName } from "../../core/progress/progressExport.ts";
import type { ProgressStore } from "./progressStore.ts";
import { UserError } from "../userError.ts";

const scheme = "interleave-progress";
/** In the extension's state: the name that was put in last. */
const nameKey = "exportName";

export interface ProgressExportsParts {
  readonly store: ProgressStore;
  readonly state: vscode.Memento;
  /** Version of the extension. */
  readonly product: string;
  /** Real time, ms since 1970. */
  readonly now: () => number;
  readonly explain: (error: unknown) => string;
}

export class ProgressExports implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #parts: ProgressExportsParts;
  /** The files that are open to be read, by their addresses. */
  readonly #shown = new Map<string, string>();
  readonly #registrations: vscode.Disposable;
  #count = 0;

  constructor(parts: ProgressExportsParts) {
    this.#parts = parts;
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#shown.delete(uri.toString());
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** Asks for a name, and shows what the file would hold. */
  async show(): Promise<void> {
    const { store, state, product, now } = this.#parts;
    // Another window may know more.
    await store.load();
    if (store.progress.lessons.length === 0) {
      throw new UserError(vscode.l10n.t("There is nothing to export yet: no lesson has been begun."));
    }
    const person = await this.#askName();
    if (person === undefined) return;
    await state.update(nameKey, person);
    const exportedAt = now();
    const exported = exportProgress(store.progress, { person, exportedAt, product }, (text) =>
      createHash("sha256").update(text, "utf8").digest("hex"),
    );
    // A document keeps the text that it was opened with, so each export gets an address of its own.
    const path = `/${fileName(person, exported.exportedAt)}`;
    const uri = vscode.Uri.from({ scheme, path, query: String(++this.#count) });
    this.#shown.set(uri.toString(), formatExport(exported));
    await vscode.window.showTextDocument(uri, { preview: true });
    this.#offerToSave(uri).catch(this.#parts.explain);
  }

  /** @param uri of a document that `show` has opened */
  async save(uri: vscode.Uri | undefined): Promise<void> {
    const text = uri === undefined ? undefined : this.#shown.get(uri.toString());
    if (uri === undefined || text === undefined) {
      throw new UserError(vscode.l10n.t("Export your progress first, to read what would be saved."));
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t("Save my progress"),
      defaultUri: vscode.Uri.joinPath(folder, uri.path),
      filters: { JSON: ["json"] },
    });
    if (target === undefined) return;
    await vscode.workspace.fs.writeFile(target, Buffer.from(text, "utf8"));
    const name = target.path.slice(target.path.lastIndexOf("/") + 1);
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Saved as {0}. Nothing was sent: pass it on to whom you like.", name),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // A window that was loaded anew still shows the editor, but has nothing to save.
    const gone = vscode.l10n.t("This export was not saved before the window was loaded again. Export once more.");
    return this.#shown.get(uri.toString()) ?? `${JSON.stringify(gone)}\n`;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    const again = new vscode.CodeLens(top, {
      title: `$(edit) ${vscode.l10n.t("Export again…")}`,
      command: "interleave.exportProgress",
    });
    if (!this.#shown.has(document.uri.toString())) return [again];
    const save = new vscode.CodeLens(top, {
      title: `$(save) ${vscode.l10n.t("Save…")}`,
      command: "interleave.saveProgressExport",
      arguments: [document.uri],
    });
    return [save, again];
  }

  #askName(): Promise<string | undefined> {
    const asked = vscode.window.showInputBox({
      title: vscode.l10n.t("Export my progress"),
      prompt: vscode.l10n.t(
        "A name to put into the file; it may be left empty. The file is shown before anything is saved.",
      ),
      placeHolder: vscode.l10n.t("For example Ada"),
      value: this.#parts.state.get<string>(nameKey, ""),
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim().length > maxPersonLength
          ? vscode.l10n.t("A name has at most {0} characters.", maxPersonLength)
          : undefined,
    });
    return Promise.resolve(asked).then((text) => (text === undefined ? undefined : personName(text)));
  }

  async #offerToSave(uri: vscode.Uri): Promise<void> {
    const save = vscode.l10n.t("Save…");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "This is all that the file will hold, and none of your code. Nothing is saved or sent until you save it.",
      ),
      save,
    );
    if (chosen === save) await vscode.commands.executeCommand("interleave.saveProgressExport", uri);
  }
}

/** What every file system takes; letters of any script may stay. */
function fileName(person: string, exportedAt: string): string {
  const name = person.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return ["interleave-progress", name, exportedAt.slice(0, 10)].filter((part) => part !== "").join("-") + ".json";
}
