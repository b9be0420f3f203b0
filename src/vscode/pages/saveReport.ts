/** Asks where a report is to be saved, writes it, and offers to open it. Extension host. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { ExportFormat } from "../../protocol/reportMessages.ts";

const kinds: Readonly<Record<ExportFormat, { readonly ending: string; readonly name: string }>> = {
  markdown: { ending: "md", name: "Markdown" },
  html: { ending: "html", name: "HTML" },
  json: { ending: "json", name: "JSON" },
};

/**
 * @param name of the file, without its ending
 * @returns where it was saved, or undefined where the learner did not want to after all
 */
export async function saveReport(name: string, format: ExportFormat, text: string): Promise<vscode.Uri | undefined> {
  const { ending, name: kind } = kinds[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Save the report"),
    defaultUri: vscode.Uri.joinPath(folder, `${name}.${ending}`),
    filters: { [kind]: [ending] },
  });
  if (target === undefined) return undefined;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  return target;
}

/** A page goes to the browser, text to the editor. */
export async function offerToOpen(file: vscode.Uri, format: ExportFormat): Promise<void> {
  const open = vscode.l10n.t("Open");
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t("Saved as {0}", name), open);
  if (answer !== open) return;
  if (format === "html") await vscode.env.openExternal(file);
  else await vscode.window.showTextDocument(file);
}
