/** Whether there is a file or folder, and what it is. Extension host. */
import * as vscode from "vscode";

/** Undefined only where it is known to be missing: what cannot be looked at now must not be written over. Links have a bit of their own. */
export async function fileType(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
}

export async function fileExists(uri: vscode.Uri): Promise<boolean> {
  return (await fileType(uri)) !== undefined;
}
