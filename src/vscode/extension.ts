/** Where the extension is put together. Runs in the extension host; does nothing slow and reads no file before it returns. */
import * as vscode from "vscode";
import type { InterleaveExports } from "../../api/interleave.d.ts";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { CaseFiles } from "./caseFiles.ts";
import { CodeStops } from "./codeStops.ts";
import { registerCommands } from "./commands.ts";
import { DebugActions } from "./debugActions.ts";
import { DiagramFollower } from "./diagramFollower.ts";
import { ExerciseCodeLens } from "./exerciseCodeLens.ts";
import { ExerciseFiles } from "./exerciseFiles.ts";
import { ExerciseWatcher } from "./exerciseWatcher.ts";
import { FailureCodeActions } from "./failureCodeActions.ts";
import { FailureDiagnostics } from "./failureDiagnostics.ts";
import { welcome } from "./firstRun.ts";
import { GradingLog, LongRunNotice, ProgressRecorder } from "./gradingProgress.ts";
import { GradingService } from "./gradingService.ts";
import { HandedInCode } from "./handedInCode.ts";
import { OfferedApi } from "./interleaveApi.ts";
import { KeptTexts } from "./keptTexts.ts";
import { LessonActions } from "./lessonActions.ts";
import { LessonLibrary } from "./lessonLibrary.ts";
import { LessonPanels } from "./lessonPanels.ts";
import { LessonsView } from "./lessonsView.ts";
import { Links } from "./links.ts";
import { OnboardingTree } from "./onboardingTree.ts";
import { Onboardings } from "./onboardings.ts";
import { OwnCases } from "./ownCases.ts";
import { createBuiltInShelf, createPacks, followPacks } from "./packServices.ts";
import { mayReadPack } from "./packTrust.ts";
import { performIntent } from "./panelIntents.ts";
import { PlaygroundDocuments } from "./playgroundDocuments.ts";
import { PlaygroundPanel } from "./playgroundPanel.ts";
import { nodeDisk } from "./progressDisk.ts";
import { ProgressExports } from "./progressExports.ts";
import { sayProgressIsSavedAgain, sayProgressIsUnsaved } from "./progressNotices.ts";
import { ProgressStore } from "./progressStore.ts";
import { QuizPanels } from "./quizPanels.ts";
import { RehearsalMaterial } from "./rehearsalMaterial.ts";
import { RehearsalPanel } from "./rehearsalPanel.ts";
import { RehearsalReports } from "./rehearsalReports.ts";
import { RehearsalStore } from "./rehearsalStore.ts";
import { ReportPanel } from "./reportPanel.ts";
import { restorePanels } from "./restoredPanels.ts";
import { ReviewPanel } from "./reviewPanel.ts";
import { RunShower } from "./runShower.ts";
import { RunStage } from "./runStage.ts";
import { ScheduleDebugger } from "./scheduleDebugger.ts";
import { SchedulerGame } from "./schedulerGame.ts";
import { ScheduleReplay } from "./scheduleReplay.ts";
import { Settings } from "./settings.ts";
import { SolutionView } from "./solutionView.ts";
import { StatusBar } from "./statusBar.ts";
import { TestExplorer } from "./testExplorer.ts";
import { TimelineCaret } from "./timelineCaret.ts";
import { TimelineView } from "./timelineView.ts";
import { UserError } from "./userError.ts";
import { createWorkspaceLessonReader } from "./workspaceLessonReader.ts";

/**
 * What VS Code waits for before it ends the host. It calls `deactivate` without the context that it gave to `activate`, so
 * this is the one thing that the module itself remembers.
 */
const farewell: { say?: () => Promise<unknown> } = {};

export function deactivate(): Promise<unknown> | undefined {
  return farewell.say?.();
}

/** Disposes of a part with the extension; gives it back. */
type Own = <T extends { dispose(): void }>(part: T) => T;

export function activate(context: vscode.ExtensionContext): InterleaveExports {
  const began = performance.now();
  const own: Own = (part) => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(vscode.window.createOutputChannel("Interleave", { log: true }));
  const services = createServices(context, own, log);
  const surfaces = createSurfaces(context, own, log, services);
  own(services.grading.observe(new GradingLog(log)));
  connect(own, services, surfaces);
  // The host disposes of the log while it waits: what could not be saved was said before.
  farewell.say = () => Promise.all([services.store.close(), surfaces.rehearsal.leave()]);
  start(context, services, surfaces).catch(services.onProblem);
  const { exports } = own(new OfferedApi({ ...services, ...surfaces, product: productVersion(context) }));
  log.info(`Activated in ${(performance.now() - began).toFixed(1)} ms.`);
  return exports;
}

type Services = ReturnType<typeof createServices>;

/** What holds state and does the work. */
function createServices(context: vscode.ExtensionContext, own: Own, log: vscode.LogOutputChannel) {
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

type Surfaces = ReturnType<typeof createSurfaces>;

/** What the learner sees and uses. */
function createSurfaces(context: vscode.ExtensionContext, own: Own, log: vscode.LogOutputChannel, services: Services) {
  const { onProblem, explain, settings, grading, exercises, library, stage } = services;
  const solutions = own(new SolutionView(library, exercises));
  const replays = own(new ScheduleReplay(services));
  const actions: LessonActions = new LessonActions({
    ...services,
    ...{ solutions, replays, panels: () => panels, game: () => game },
    prepare: (lesson) => tests.prepare(lesson),
  });
  const playground = own(createPlayground(context, log, services));
  const debugging = new DebugActions({
    ...services,
    debugger: own(new ScheduleDebugger(services)),
    gradeRequest: (lesson) => actions.gradeRequest(lesson),
  });
  const game: SchedulerGame = own(
    new SchedulerGame({
      ...services,
      gradeRequest: (lesson) => actions.gradeRequest(lesson),
      keep: (lesson, order) => actions.keepOrder(lesson, order),
      changed: (lesson) => {
        panels.get(lesson)?.showStepper().then(undefined, onProblem);
      },
    }),
  );
  const panels: LessonPanels = own(
    new LessonPanels(context.extensionUri, {
      state: (lesson) => actions.panelState(lesson),
      moment: (lesson) => diagrams.moment(lesson),
      stepper: (lesson) => game.view(lesson, settings.lessonLocale()),
      perform: (lesson, intent) =>
        performIntent({ actions, debugging, grading, settings, quizzes, playground, stage, game, log }, lesson, intent),
      explain,
    }),
  );
  const diagrams: DiagramFollower = own(
    new DiagramFollower({ ...services, follow: (lesson) => panels.follow(lesson) }),
  );
  const quizzes: QuizPanels = own(
    new QuizPanels({ ...services, extensionUri: context.extensionUri, log, lessons: panels, actions }),
  );
  const review = own(
    new ReviewPanel({ ...services, extensionUri: context.extensionUri, log, actions, now: () => Date.now() }),
  );
  const { rehearsal, report } = createRehearsals(context, own, log, { ...services, actions, replays });
  const diagnostics = own(new FailureDiagnostics(exercises, settings));
  const tests: TestExplorer = own(
    new TestExplorer({ ...services, debugging, gradeRequest: (lesson) => actions.gradeRequest(lesson) }),
  );
  const watcher = own(createWatcher({ ...services, panels, diagnostics, tests, actions }));
  const currentLesson = (): string | undefined => watcher.current;
  const statusBar = own(new StatusBar({ ...services, currentLesson }));
  const codeLens = own(new ExerciseCodeLens(services));
  own(new FailureCodeActions(services));
  const { onboardings, codeStops } = createOnboarding(context, own, log, services);
  const caret = own(new TimelineCaret(services.stage, exercises));
  own(new TimelineView({ ...services, extensionUri: context.extensionUri, caret, actions, log }));
  const progressExports = own(createProgressExports(context, services));
  const pages = { quizzes, playground, review, rehearsal, report };
  const links = new Links({ ...services, extensionId: context.extension.id, actions, playground });
  own(vscode.window.registerUriHandler(links));
  const rest = { actions, debugging, progressExports, codeStops, links, log, currentLesson };
  own(registerCommands({ ...services, ...pages, ...rest }));
  own(restorePanels({ ...pages, panels }));
  return { ...pages, ...{ actions, panels, diagnostics, tests, watcher, statusBar, codeLens, onboardings } };
}

/** The tree of lessons, with the team's onboarding above them. */
function createOnboarding(
  { globalState }: vscode.ExtensionContext,
  own: Own,
  log: vscode.LogOutputChannel,
  services: Services,
) {
  const { library, store, settings } = services;
  const now = (): number => Date.now();
  const onboardings = own(new Onboardings({ ...services, state: globalState, log, now }));
  const onboardingTree = new OnboardingTree(onboardings, library, store, settings);
  own(new LessonsView({ ...services, onboardings, onboardingTree, now }));
  return { onboardings, codeStops: own(new CodeStops(onboardings, settings)) };
}

function createProgressExports(context: vscode.ExtensionContext, { store, explain }: Services): ProgressExports {
  const product = productVersion(context);
  return new ProgressExports({ store, state: context.globalState, product, now: () => Date.now(), explain });
}

function productVersion({ extension }: vscode.ExtensionContext): string {
  return (extension.packageJSON as { readonly version: string }).version;
}

function createWatcher(
  parts: Services & {
    readonly panels: LessonPanels;
    readonly diagnostics: FailureDiagnostics;
    readonly tests: TestExplorer;
    readonly actions: LessonActions;
  },
): ExerciseWatcher {
  const { settings, tests, actions } = parts;
  return new ExerciseWatcher({
    ...parts,
    gradesOnSave: (lesson) => settings.get("gradeOnSave") || tests.isContinuous(lesson),
    grade: (lesson) => actions.grade(lesson, "save"),
  });
}

function createPlayground(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  services: Services,
): PlaygroundPanel {
  const { extensionUri, extension, workspaceState } = context;
  const { grader, settings, explain } = services;
  return new PlaygroundPanel({
    extensionUri,
    extensionId: extension.id,
    documents: new PlaygroundDocuments({ ...services, extensionUri, store: workspaceState }),
    simulator: () => grader.simulator("main.ts"),
    warm: () => {
      grader.warm();
    },
    settings,
    log,
    explain,
  });
}

function createRehearsals(
  { extensionUri }: vscode.ExtensionContext,
  own: Own,
  log: vscode.LogOutputChannel,
  services: Services & { readonly actions: LessonActions; readonly replays: ScheduleReplay },
) {
  const { rehearsals, library, material } = services;
  const reports = new RehearsalReports({ rehearsals, library, bank: () => material.bank() });
  const code = own(new HandedInCode(rehearsals));
  const report = own(new ReportPanel({ ...services, reports, code, extensionUri, log }));
  const openReport = (id: string): void => {
    report.show(id);
  };
  const rehearsal = own(new RehearsalPanel({ ...services, extensionUri, openReport, log, now: () => Date.now() }));
  return { rehearsal, report };
}

/** Who hears of what. */
function connect(own: Own, services: Services, surfaces: Surfaces): void {
  const { grading, store, settings, onProblem } = services;
  const { panels, quizzes, review, rehearsal, report, diagnostics, tests, watcher, statusBar } = surfaces;
  const settle = (work: Promise<unknown>): void => {
    work.catch(onProblem);
  };
  const refreshPanel = (lesson: string): void => {
    settle(panels.refresh(lesson));
  };
  const refreshPanels = (): void => {
    settle(panels.refreshAll());
  };
  const refreshStatus = (): void => {
    settle(statusBar.refresh());
  };
  own(grading.observe(diagnostics));
  own(grading.observe(services.runs));
  own(grading.observe(new LongRunNotice()));
  own(grading.observe(new ProgressRecorder(store, services.library, services.onProblem)));
  own(grading.observe({ changed: refreshPanel }));
  own(store.onDidChange(refreshPanels));
  own(watcher.onDidChange(refreshStatus));
  own(
    followPacks(services, () => {
      refreshPanels();
      refreshStatus();
      settle(tests.load());
      watcher.update();
      surfaces.codeLens.refresh();
    }),
  );
  own(
    settings.onDidChange("lessonLanguage", () => {
      refreshPanels();
      settle(panels.followAll());
      settle(quizzes.refreshAll());
      settle(review.refresh());
      settle(rehearsal.refresh());
      settle(report.refresh());
      refreshStatus();
      settle(tests.load());
    }),
  );
  own(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // Another window may have written progress in the meantime.
      if (focused) settle(store.load());
    }),
  );
}

/** What takes a moment: reading lessons and progress, then whatever the window opens by itself. */
async function start(context: vscode.ExtensionContext, services: Services, surfaces: Surfaces): Promise<void> {
  await Promise.all([services.store.load(), services.exercises.load()]);
  surfaces.watcher.update();
  surfaces.codeLens.refresh();
  await surfaces.tests.load();
  services.store.merge().catch(services.onProblem);
  surfaces.onboardings.load().catch(services.onProblem);
  await welcome(context.globalState, services.settings, surfaces.actions);
}
