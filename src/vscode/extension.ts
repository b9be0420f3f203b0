/** Where the extension is put together. Runs in the extension host; does nothing slow and reads no file before it returns. */
import * as vscode from "vscode";
import type { InterleaveExports } from "../../api/interleave.d.ts";
import { createAuthoring } from "./authoring/authoring.ts";
import { CodeStops } from "./onboarding/codeStops.ts";
import { registerCommands } from "./commands.ts";
import { DebugActions } from "./debug/debugActions.ts";
import { DiagramFollower } from "./lessons/diagramFollower.ts";
import { ExerciseCodeLens } from "./exercise/exerciseCodeLens.ts";
import { ExerciseWatcher } from "./exercise/exerciseWatcher.ts";
import { onExercisesMoved } from "./exercise/exercisesFolder.ts";
import { FailureCodeActions } from "./exercise/failureCodeActions.ts";
import { FailureDiagnostics } from "./exercise/failureDiagnostics.ts";
import { welcome } from "./firstRun.ts";
import { GradingLog, LongRunNotice, ProgressRecorder } from "./grading/gradingProgress.ts";
import { HandedInCode } from "./rehearsal/handedInCode.ts";
import { OfferedApi } from "./interleaveApi.ts";
import { LessonActions } from "./lessons/lessonActions.ts";
import { LessonPanels } from "./lessons/lessonPanels.ts";
import { LessonsView } from "./lessons/lessonsView.ts";
import { Links } from "./links.ts";
import { OnboardingTree } from "./onboarding/onboardingTree.ts";
import { Onboardings } from "./onboarding/onboardings.ts";
import { PackListing } from "./packs/packListing.ts";
import { followPacks } from "./packs/packServices.ts";
import { performIntent } from "./lessons/panelIntents.ts";
import { PlaygroundDocuments } from "./playground/playgroundDocuments.ts";
import { PlaygroundPanel } from "./playground/playgroundPanel.ts";
import { ProgressExports } from "./progress/progressExports.ts";
import { QuizPanels } from "./questions/quizPanels.ts";
import { RehearsalPanel } from "./rehearsal/rehearsalPanel.ts";
import { RehearsalReports } from "./rehearsal/rehearsalReports.ts";
import { ReportPanel } from "./rehearsal/reportPanel.ts";
import { restorePanels } from "./restoredPanels.ts";
import { ReviewPanel } from "./questions/reviewPanel.ts";
import { ScheduleDebugger } from "./debug/scheduleDebugger.ts";
import { SchedulerGame } from "./schedule/schedulerGame.ts";
import { ScheduleReplay } from "./schedule/scheduleReplay.ts";
import type { Own } from "./own.ts";
import { type Services, createServices } from "./services.ts";
import { SolutionView } from "./lessons/solutionView.ts";
import { StatusBar } from "./grading/statusBar.ts";
import { TestExplorer } from "./grading/testExplorer.ts";
import { TimelineCaret } from "./timeline/timelineCaret.ts";
import { TimelineView } from "./timeline/timelineView.ts";

/**
 * What VS Code waits for before it ends the host. It calls `deactivate` without the context that it gave to `activate`, so
 * this is the one thing that the module itself remembers.
 */
const farewell: { say?: () => Promise<unknown> } = {};

export function deactivate(): Promise<unknown> | undefined {
  return farewell.say?.();
}

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
  const { extensionUri, workspaceState } = context;
  const authoring = own(createAuthoring({ ...services, extensionUri, workspaceState, log }));
  const packListing = new PackListing(services);
  const rest = { authoring, packListing, actions, debugging, progressExports, codeStops, links, log, currentLesson };
  own(registerCommands({ ...services, ...pages, ...rest }));
  own(restorePanels({ ...pages, panels, previews: authoring.previews }));
  const surfaces = { actions, panels, diagnostics, tests, watcher, statusBar, codeLens, onboardings, authoring };
  return { ...pages, ...surfaces };
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
    accompany: (lesson) => actions.accompany(lesson),
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
  const { panels, quizzes, review, rehearsal, report, diagnostics, tests, watcher, statusBar, codeLens } = surfaces;
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
      codeLens.refresh();
    }),
  );
  own(
    onExercisesMoved(services, () => {
      watcher.update();
      codeLens.refresh();
      refreshPanels();
      settle(tests.load());
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
  surfaces.authoring.packs.start();
  await surfaces.tests.load();
  services.store.merge().catch(services.onProblem);
  surfaces.onboardings.load().catch(services.onProblem);
  await welcome(context.globalState, services.settings, surfaces.actions);
}
