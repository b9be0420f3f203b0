/** What knows of lessons: those of the extension itself, and the packs beside them. Extension host. */
import * as vscode from "vscode";
import { type Finding, formatFinding } from "../../core/lesson/lessonFinding.ts";
import { LessonShelf } from "../../core/packs/lessonShelf.ts";
import type { Own } from "../own.ts";
import { PackRegistry } from "./packRegistry.ts";
import { PackSources } from "./packSources.ts";
import { PackWatcher } from "./packWatcher.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { Settings } from "../settings.ts";
import { createWorkspaceLessonReader } from "../lessons/workspaceLessonReader.ts";

export function createBuiltInShelf(
  root: vscode.Uri,
  mayRead: (root: vscode.Uri) => boolean,
  log: vscode.LogOutputChannel,
): LessonShelf {
  const onFindings = (findings: readonly Finding[]): void => {
    for (const finding of findings) log.error(formatFinding(finding, "en"));
  };
  return new LessonShelf({ reader: createWorkspaceLessonReader(root, mayRead), builtIn: true, onFindings });
}

/** Knows where packs are; reads none of them. */
export function createPacks(
  own: Own,
  settings: Settings,
  mayRead: (root: vscode.Uri) => boolean,
  log: vscode.LogOutputChannel,
): PackRegistry {
  const packs = new PackRegistry({
    readerOf: (root) => createWorkspaceLessonReader(root, mayRead),
    mayRead,
    onFindings: (root, findings) => {
      for (const finding of findings) log.warn(`Pack ${root.toString(true)}: ${formatFinding(finding, "en")}`);
    },
  });
  own(new PackWatcher(packs));
  own(new PackSources(packs, settings));
  return packs;
}

export interface PackFollowing {
  readonly packs: PackRegistry;
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Has packs read once an editor shows what may be an exercise of theirs, so that saving it grades it.
 * @param refresh lessons of packs have changed, or are known now
 */
export function followPacks(
  { packs, library, exercises, onProblem }: PackFollowing,
  refresh: () => void,
): vscode.Disposable {
  const look = (): void => {
    const shown = vscode.window.visibleTextEditors.map(({ document }) => exercises.packLessonOf(document.uri));
    if (shown.some((lesson) => lesson !== undefined)) library.packs().catch(onProblem);
  };
  const registrations = [
    packs.onDidRead(refresh),
    packs.onDidChange(() => {
      refresh();
      look();
    }),
  ];
  look();
  return vscode.Disposable.from(vscode.window.onDidChangeVisibleTextEditors(look), ...registrations);
}
