/** Whether there is a file or folder. Extension host. */
import * as vscode from "vscode";

/** False only where it is known to be missing: what cannot be looked at now must not be written over. */
export async function fileExists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}
