/** Shows the code that was handed in for a rehearsal's coding task, as a read-only document. Extension host. */
import * as vscode from "vscode";
import type { RehearsalStore } from "./rehearsalStore.ts";

const scheme = "interleave-handed-in";

export class HandedInCode implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #store: RehearsalStore;
  readonly #registration: vscode.Disposable;

  constructor(store: RehearsalStore) {
    this.#store = store;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** Of this item of the rehearsal. */
  uriOf(rehearsal: string, item: string, lesson: string): vscode.Uri {
    return vscode.Uri.from({ scheme, path: `/${rehearsal}/${item}/${lesson}.ts` });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [rehearsal = "", item = ""] = uri.path.split("/").filter((part) => part !== "");
    const items = (await this.#store.read(rehearsal))?.items ?? {};
    const code = Object.hasOwn(items, item) ? items[item]?.code : undefined;
    return code ?? vscode.l10n.t("// This rehearsal was deleted, and its code with it.");
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
