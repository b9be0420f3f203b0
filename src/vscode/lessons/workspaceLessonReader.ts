/**
 * Reads lesson files through VS Code's file system, with the guards that every pack gets: regular files of a bounded size,
 * never through a link. Extension host.
 */
import * as vscode from "vscode";
import { maxBytesOf, maxFolderEntries } from "../../core/lesson/lessonLimits.ts";
import {
  type LessonEntry,
  type LessonReader,
  packRules,
  type ReadingRules,
  UnreadableFile,
  unreadable,
} from "../../core/lesson/lessonReader.ts";

/**
 * @param mayRead asked before every read: see `mayReadPack`.
 * @param rules those of a pack, where none are given.
 */
export function createWorkspaceLessonReader(
  root: vscode.Uri,
  mayRead: (root: vscode.Uri) => boolean,
  rules: ReadingRules = packRules,
): LessonReader {
  const { fs } = vscode.workspace;
  /** Looks at every step of the way, so that none of them is a link. */
  async function locate(path: string): Promise<{ uri: vscode.Uri; stat: vscode.FileStat }> {
    if (!mayRead(root)) throw untrusted();
    let uri = root;
    let stat = await fs.stat(root);
    for (const segment of rules.segments(path)) {
      uri = vscode.Uri.joinPath(uri, segment);
      stat = await fs.stat(uri);
      if (stat.type & vscode.FileType.SymbolicLink) throw unreadable.link();
    }
    return { uri, stat };
  }
  return {
    read: (path) =>
      translated(async () => {
        const { uri, stat } = await locate(path);
        const maxBytes = maxBytesOf(path);
        if (stat.type & vscode.FileType.Directory) throw unreadable.folder();
        if (stat.type !== vscode.FileType.File) throw unreadable.noFile();
        if (stat.size > maxBytes) throw unreadable.tooLarge(maxBytes);
        return rules.decode(await fs.readFile(uri));
      }),
    list: (folder) =>
      translated(async () => {
        const { uri, stat } = await locate(folder);
        if (!(stat.type & vscode.FileType.Directory)) throw unreadable.noFolder();
        const entries = await fs.readDirectory(uri);
        if (entries.length > maxFolderEntries) throw unreadable.tooMany();
        return entries
          .map(([name, type]): LessonEntry => ({ name, kind: kindOf(type) }))
          .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      }),
  };
}

function kindOf(type: vscode.FileType): LessonEntry["kind"] {
  if (type & vscode.FileType.SymbolicLink) return "link";
  if (type & vscode.FileType.Directory) return "folder";
  return type & vscode.FileType.File ? "file" : "other";
}

function untrusted(): UnreadableFile {
  return new UnreadableFile({
    en: "it is in a workspace that is not trusted",
    "zh-cn": "它位于不受信任的工作区",
  });
}

async function translated<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") throw unreadable.missing();
    throw error;
  }
}
