/** Reads a pack as its author sees it: what is typed and not saved yet stands in for what is on disk. Extension host. */
import * as vscode from "vscode";
import { maxBytesOf } from "../../core/lesson/lessonLimits.ts";
import { type LessonReader, packRules, unreadable } from "../../core/lesson/lessonReader.ts";

/** @param disk reads the same root. */
export function createOpenTextReader(root: vscode.Uri, disk: LessonReader): LessonReader {
  return {
    read: async (path) => {
      const place = vscode.Uri.joinPath(root, ...packRules.segments(path)).toString();
      const open = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === place);
      if (open === undefined) return disk.read(path);
      // It is held to what its file will be held to.
      const bytes = new TextEncoder().encode(open.getText());
      const most = maxBytesOf(path);
      if (bytes.length > most) throw unreadable.tooLarge(most);
      return packRules.decode(bytes);
    },
    list: (folder) => disk.list(folder),
  };
}
