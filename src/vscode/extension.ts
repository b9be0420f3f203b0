/** Where the extension is put together. Runs in the extension host; does nothing slow and reads no file before it returns. */
import * as vscode from "vscode";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { registerCommands } from "./commands.ts";
import { ExerciseCodeLens } from "./exerciseCodeLens.ts";
import { ExerciseFiles } from "./exerciseFiles.ts";
import { ExerciseWatcher } from "./exerciseWatcher.ts";
import { FailureDiagnostics } from "./failureDiagnostics.ts";
import { welcome } from "./firstRun.ts";
import { LongRunNotice, ProgressRecorder } from "./gradingProgress.ts";
import { GradingService } from "./gradingService.ts";
import { LessonActions } from "./lessonActions.ts";
import { LessonLibrary } from "./lessonLibrary.ts";
import { LessonPanels, lessonPanelType } from "./lessonPanels.ts";
import { LessonsView } from "./lessonsView.ts";
import { performIntent } from "./panelIntents.ts";
import { ProgressStore } from "./progressStore.ts";
import { Settings } from "./settings.ts";
import { SolutionView } from "./solutionView.ts";
import { StatusBar } from "./statusBar.ts";
import { TestExplorer } from "./testExplorer.ts";
import { UserError } from "./userError.ts";
import { createWorkspaceLessonReader } from "./workspaceLessonReader.ts";

export function activate(context: vscode.ExtensionContext): void {
  const began = performance.now();
  const log = vscode.window.createOutputChannel("Interleave", { log: true });
  const own = <T extends { dispose(): void }>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  own(log);
  const onProblem = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const explain = (error: unknown): string => {
    onProblem(error);
    if (error instanceof UserError) return error.message;
    return vscode.l10n.t("Interleave: {0}", error instanceof Error ? error.message : String(error));
  };

  const settings = new Settings();
  const library = new LessonLibrary(
    createWorkspaceLessonReader(vscode.Uri.joinPath(context.extensionUri, "lessons")),
    log,
  );
  const store = new ProgressStore({
    directory: vscode.Uri.joinPath(context.globalStorageUri, "progress").fsPath,
    now: () => Date.now(),
    onWriteError: (error) => {
      const detail = explain(error);
      void vscode.window.showWarningMessage(vscode.l10n.t("Your progress cannot be saved. {0}", detail));
    },
  });
  const exercises = new ExerciseFiles(context, library, settings);
  const grader = own(createNodeGrader({ distDir: vscode.Uri.joinPath(context.extensionUri, "dist").fsPath }));
  const grading = own(new GradingService(grader, onProblem));
  const solutions = own(new SolutionView(library, exercises));
  const actions: LessonActions = new LessonActions({
    grader,
    library,
    exercises,
    grading,
    store,
    settings,
    solutions,
    panels: () => panels,
  });
  const panels: LessonPanels = own(
    new LessonPanels(context.extensionUri, {
      state: (lesson) => actions.panelState(lesson),
      perform: (lesson, intent) => performIntent({ actions, grading, settings, log }, lesson, intent),
      explain,
    }),
  );

  const diagnostics = own(new FailureDiagnostics(exercises, settings));
  const tests = own(
    new TestExplorer({
      library,
      exercises,
      grading,
      settings,
      gradeRequest: (lesson) => actions.gradeRequest(lesson),
      onProblem,
    }),
  );
  const watcher = own(
    new ExerciseWatcher({
      exercises,
      panels,
      grading,
      diagnostics,
      gradesOnSave: (lesson) => settings.get("gradeOnSave") || tests.isContinuous(lesson),
      grade: (lesson) => actions.grade(lesson, "save"),
      onProblem,
    }),
  );
  const currentLesson = (): string | undefined => watcher.current;
  const statusBar = own(new StatusBar({ library, grading, store, settings, currentLesson }));
  own(new LessonsView(library, store, settings));
  const codeLens = own(new ExerciseCodeLens({ exercises, library, grading, store, settings }));
  own(registerCommands({ actions, library, grading, store, settings, log, currentLesson, explain }));
  own(vscode.window.registerWebviewPanelSerializer(lessonPanelType, panels));

  own(grading.observe(diagnostics));
  own(grading.observe(new LongRunNotice()));
  own(grading.observe(new ProgressRecorder(store)));
  const settle = (work: Promise<unknown>): void => void work.catch(onProblem);
  own(grading.observe({ changed: (lesson) => settle(panels.refresh(lesson)) }));
  own(store.onDidChange(() => settle(panels.refreshAll())));
  own(watcher.onDidChange(() => settle(statusBar.refresh())));
  own(
    settings.onDidChange("lessonLanguage", () =>
      settle(Promise.all([panels.refreshAll(), statusBar.refresh(), tests.load()])),
    ),
  );
  // Another window may have written progress in the meantime.
  own(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) settle(store.load());
    }),
  );

  const ready = Promise.all([store.load(), exercises.load()]).then(async () => {
    watcher.update();
    codeLens.refresh();
    await tests.load();
    await welcome(context.globalState, settings, actions);
  });
  settle(ready);
  log.info(`Activated in ${(performance.now() - began).toFixed(1)} ms.`);
}
