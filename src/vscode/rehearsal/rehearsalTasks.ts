/**
 * The files in which a rehearsal's coding tasks are written: copies of the lessons' starters in a folder of the rehearsal's own,
 * with the types that exercises have. They are no exercises: nothing grades them on save, hints at them or marks them. Extension
 * host.
 */
import * as vscode from "vscode";
import { taskFile } from "../../core/assessment/assessmentView.ts";
import type { CodingItem } from "../../core/assessment/rehearsal.ts";

export interface TaskText {
  readonly item: CodingItem;
  /** What the rehearsal has recorded, else the starter. */
  readonly text: string;
}

/** The settings of the exercises, for files that lie beside each other. */
const settings = JSON.stringify({ extends: "./exercise.tsconfig.json", include: ["world.d.ts", "*.ts"] }, undefined, 2);

export class RehearsalTasks implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #media: vscode.Uri;
  readonly #listening: vscode.Disposable;

  /**
   * @param folder of the rehearsal
   * @param media folder with the exercises' types
   * @param changed told of every change of one of the files while it is open
   */
  constructor(
    folder: vscode.Uri,
    media: vscode.Uri,
    items: readonly CodingItem[],
    changed: (item: CodingItem, text: string) => void,
  ) {
    this.#folder = folder;
    this.#media = media;
    this.#listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const item = items.find((each) => this.#uriOf(each).toString() === document.uri.toString());
      if (item !== undefined && contentChanges.length > 0) changed(item, document.getText());
    });
  }

  /** Opens the task's file beside the page, with that text. */
  async open({ item, text }: TaskText): Promise<void> {
    await this.put({ item, text });
    const document = await vscode.workspace.openTextDocument(this.#uriOf(item));
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  }

  /** Gives the file that text, where it has another one: what was recorded is what counts. */
  async put({ item, text }: TaskText): Promise<void> {
    await this.#writeTypes();
    const uri = this.#uriOf(item);
    const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (open === undefined) {
      await write(uri, text);
      return;
    }
    if (open.getText() === text) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, open.validateRange(new vscode.Range(0, 0, open.lineCount, 0)), text);
    await vscode.workspace.applyEdit(edit);
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #uriOf(item: CodingItem): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, taskFile(item));
  }

  async #writeTypes(): Promise<void> {
    const copied = [
      ["tsconfig.json", "exercise.tsconfig.json"],
      ["world.d.ts", "world.d.ts"],
    ] as const;
    await Promise.all([
      write(vscode.Uri.joinPath(this.#folder, "tsconfig.json"), `${settings}\n`),
      ...copied.map(([from, to]) =>
        vscode.workspace.fs.copy(vscode.Uri.joinPath(this.#media, from), vscode.Uri.joinPath(this.#folder, to), {
          overwrite: true,
        }),
      ),
    ]);
  }
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
