/** Reads lesson files through VS Code's file system, wherever the extension is installed. Extension host. */
import * as vscode from "vscode";
import type { LessonReader } from "../core/lessonFiles.ts";

export function createWorkspaceLessonReader(root: vscode.Uri): LessonReader {
  const decoder = new TextDecoder();
  return {
    async read(path) {
      return decoder.decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, path)));
    },
    async list(directory) {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(root, directory));
      return entries.map(([name, type]) => (type & vscode.FileType.Directory ? `${name}/` : name)).sort();
    },
  };
}
