/** Asks where a picture is to be saved, and writes it there. Extension host. */
import { homedir } from "node:os";
import * as vscode from "vscode";

/** @returns the file's name, or undefined where the learner did not want to after all. */
export async function savePicture(name: string, format: "svg" | "png", bytes: Uint8Array): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Save the timeline"),
    defaultUri: vscode.Uri.joinPath(folder, `${fileName(name)}.${format}`),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (target === undefined) return undefined;
  await vscode.workspace.fs.writeFile(target, bytes);
  return target.path.slice(target.path.lastIndexOf("/") + 1);
}

/** What every file system takes. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, "-").replace(/-+$/, "");
}
