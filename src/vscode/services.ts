/** What holds state and does the work, for all that shows something of it. Made once, when the extension starts. Extension host. */
import * as vscode from "vscode";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { CaseFiles } from "./exercise/caseFiles.ts";
import { ExerciseFiles } from "./exercise/exerciseFiles.ts";
import { GradingService } from "./grading/gradingService.ts";
import { KeptTexts } from "./exercise/keptTexts.ts";
import { LessonLibrary } from "./lessons/lessonLibrary.ts";
import { OwnCases } from "./exercise/ownCases.ts";
import type { Own } from "./own.ts";
import { createBuiltInShelf, createPacks } from "./packs/packServices.ts";
import { mayReadPack } from "./packs/packTrust.ts";
import { nodeDisk } from "./progress/progressDisk.ts";
import { sayProgressIsSavedAgain, sayProgressIsUnsaved } from "./progress/progressNotices.ts";
import { ProgressStore } from "./progress/progressStore.ts";
import { RehearsalMaterial } from "./rehearsal/rehearsalMaterial.ts";
import { RehearsalStore } from "./rehearsal/rehearsalStore.ts";
import { RunShower } from "./timeline/runShower.ts";
import { RunStage } from "./timeline/runStage.ts";
import { Settings } from "./settings.ts";
import { UserError } from "./userError.ts";
import { createWorkspaceLessonReader } from "./lessons/workspaceLessonReader.ts";

export type Services = ReturnType<typeof createServices>;

/** What holds state and does the work. */
export function createServices(context: vscode.ExtensionContext, own: Own, log: vscode.LogOutputChannel) {
  const onProblem = (error: unknown): void => {
    log.error(error instanceof Error ? error : String(error));
  };
  const explain = (error: unknown): string => {
    onProblem(error);
    if (error instanceof UserError) return error.message;
    return vscode.l10n.t("Interleave: {0}", error instanceof Error ? error.message : String(error));
  };
  const inExtension = (folder: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, folder);
  const settings = new Settings();
  const installed = (): readonly vscode.Uri[] => vscode.extensions.all.map(({ extensionUri }) => extensionUri);
  const mayRead = (root: vscode.Uri): boolean => mayReadPack(root, installed, vscode.workspace.isTrusted);
  const packs = own(createPacks(own, settings, mayRead, log));
  const library = new LessonLibrary(createBuiltInShelf(inExtension("lessons"), mayRead, log), packs);
  const store = createStore(vscode.Uri.joinPath(context.globalStorageUri, "progress").fsPath, log);
  const kept = new KeptTexts(nodeDisk, vscode.Uri.joinPath(context.globalStorageUri, "kept").fsPath, () => Date.now());
  const exercises = new ExerciseFiles(context, library, settings, kept);
  const rehearsals = new RehearsalStore({
    directory: vscode.Uri.joinPath(context.globalStorageUri, "rehearsals").fsPath,
    disk: nodeDisk,
    now: () => Date.now(),
    onWriteError: (error) => {
      log.error(`The rehearsal cannot be saved: ${String(error)}`);
      void vscode.window.showWarningMessage(
        vscode.l10n.t("The rehearsal cannot be saved at the moment. It is tried again with every answer."),
      );
    },
    onReadError: (path, error) => {
      log.warn(`A rehearsal is left out, for ${path} cannot be read: ${String(error)}`);
    },
  });
  const material = new RehearsalMaterial({
    bank: createWorkspaceLessonReader(inExtension("questions"), mayRead),
    library,
    exercises,
    store,
    rehearsals,
    onFinding: (finding) => {
      log.error(finding);
    },
    now: () => Date.now(),
  });
  const distDir = inExtension("dist").fsPath;
  const grader = own(createNodeGrader({ distDir }));
  const grading = own(new GradingService(grader, onProblem));
  const stage = own(new RunStage(onProblem));
  const cases = new OwnCases({
    files: new CaseFiles(nodeDisk, (lesson) => exercises.uriOf(lesson).fsPath),
    settings,
    onProblem,
  });
  const runs = own(new RunShower({ stage, grader, settings, onProblem }));
  const parts = {
    onProblem,
    explain,
    settings,
    mayRead,
    packs,
    library,
    store,
    exercises,
    cases,
    distDir,
    grader,
    grading,
    stage,
    runs,
  };
  return { ...parts, rehearsals, material };
}

function createStore(directory: string, log: vscode.LogOutputChannel): ProgressStore {
  return new ProgressStore({
    directory,
    now: () => Date.now(),
    onWriteError: (error) => {
      log.error(`Progress cannot be saved in ${directory}: ${String(error)}`);
      sayProgressIsUnsaved(directory, error);
    },
    onWriteRecovered: () => {
      log.info("Progress is saved again.");
      sayProgressIsSavedAgain();
    },
    onReadError: (path, error) => {
      log.warn(`Progress in ${path} does not count, for it cannot be read: ${String(error)}`);
    },
  });
}
