/** Reads a pack as its author sees it: what is typed and not saved yet stands in for what is on disk. Extension host. */
import * as vscode from "vscode";
import { maxBytesOf } from "../../core/lesson/lessonLimits.ts";
import { type LessonReader, packRules, unreadable } from "../../core/lesson/lessonReader.ts";

/** @param disk reads the same root. */
export function createOpenTextReader(root: vscode.Uri, disk: LessonReader): LessonReader {
  return {
    read: async (path) => {
      const text = unsavedText(root, path);
      if (text === undefined) return disk.read(path);
      // It is held to what its file will be held to.
      const bytes = new TextEncoder().encode(text);
      const most = maxBytesOf(path);
      if (bytes.length > most) throw unreadable.tooLarge(most);
      return packRules.decode(bytes);
    },
    list: (folder) => disk.list(folder),
  };
}

/** What is in an editor and not on disk yet; undefined where nothing is. @param path of a file of the pack, relative to its root */
export function unsavedText(root: vscode.Uri, path: string): string | undefined {
  const place = vscode.Uri.joinPath(root, ...packRules.segments(path)).toString();
  return vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === place)?.getText();
}
