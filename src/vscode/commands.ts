/** The extension's commands; the manifest's `contributes.commands` names the same ones. Extension host. */
import * as vscode from "vscode";
import { levelName, minutesText, statusName } from "../core/lessonPanel/lessonPanelState.ts";
import type { Lessons } from "../core/packs/lessonShelf.ts";
import type { Locale } from "../protocol/words.ts";
import type { Authoring } from "./authoring/authoring.ts";
import type { CodeStops } from "./onboarding/codeStops.ts";
import type { DebugActions } from "./debug/debugActions.ts";
import type { GradingService } from "./grading/gradingService.ts";
import type { LessonActions } from "./lessons/lessonActions.ts";
import type { LessonLibrary } from "./lessons/lessonLibrary.ts";
import type { LessonsNode } from "./lessons/lessonsView.ts";
import type { Links } from "./links.ts";
import type { OnboardingNode } from "./onboarding/onboardingTree.ts";
import type { PackListing } from "./packs/packListing.ts";
import type { PackPlace } from "./packs/packRegistry.ts";
import type { PlaygroundPanel } from "./playground/playgroundPanel.ts";
import type { ProgressExports } from "./progress/progressExports.ts";
import type { ProgressStore } from "./progress/progressStore.ts";
import type { QuizPanels } from "./questions/quizPanels.ts";
import type { RehearsalPanel } from "./rehearsal/rehearsalPanel.ts";
import type { ReportPanel } from "./rehearsal/reportPanel.ts";
import type { ReviewPanel } from "./questions/reviewPanel.ts";
import type { Settings } from "./settings.ts";
import { UserError } from "./userError.ts";

export interface CommandParts {
  readonly actions: LessonActions;
  readonly debugging: DebugActions;
  readonly library: LessonLibrary;
  readonly grading: GradingService;
  readonly store: ProgressStore;
  readonly settings: Settings;
  readonly quizzes: QuizPanels;
  readonly playground: PlaygroundPanel;
  readonly review: ReviewPanel;
  readonly progressExports: ProgressExports;
  readonly codeStops: CodeStops;
  readonly links: Links;
  readonly rehearsal: RehearsalPanel;
  readonly report: ReportPanel;
  readonly authoring: Authoring;
  readonly packListing: PackListing;
  readonly log: vscode.LogOutputChannel;
  readonly currentLesson: () => string | undefined;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
}

/** What VS Code hands to a command: a lesson's id (and a test's name) from us, a node from the tree, a Uri from a menu, or nothing. */
type CommandArgument = string | LessonsNode | vscode.Uri | undefined;

type Command = (argument?: CommandArgument, test?: unknown) => Promise<void> | void;

export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { actions, debugging, grading, log } = parts;
  /** A command about a lesson: the one given, else the one at hand, else the learner picks. */
  const about =
    (action: (lesson: string, test: string | undefined) => Promise<void> | void) =>
    async (argument?: CommandArgument, test?: unknown): Promise<void> => {
      const lesson = await lessonAtHand(parts, argument);
      // A tree hands over what is selected in it.
      if (lesson !== undefined) await action(lesson, typeof test === "string" ? test : undefined);
    };
  const commands: Readonly<Record<string, Command>> = {
    openLesson: async (argument) => {
      const lesson = lessonOf(argument) ?? (await pickLesson(parts));
      if (lesson !== undefined) await actions.open(lesson);
    },
    openFirstLesson: async () => {
      const { catalog } = await parts.library.overview();
      const [first] = catalog.tracks.flatMap((track) => track.lessons);
      if (first !== undefined) await actions.open(first);
    },
    run: about((lesson) => actions.run(lesson)),
    stop: about((lesson) => {
      grading.cancel(lesson);
    }),
    showHint: about((lesson) => actions.showHint(lesson)),
    showLesson: about((lesson) => actions.showPanel(lesson)),
    showSolution: about((lesson) => actions.showSolution(lesson)),
    openExercise: about((lesson) => actions.openExercise(lesson)),
    resetExercise: about((lesson) => actions.reset(lesson)),
    restoreExercise: about((lesson) => actions.restore(lesson)),
    replaySchedule: about((lesson, test) =>
      test === undefined ? actions.replaySchedule(lesson) : actions.replayFailure(lesson, test),
    ),
    beatScheduler: about((lesson) => actions.beatScheduler(lesson)),
    manageCases: about((lesson) => actions.manageCases(lesson)),
    showTimeline: about((lesson) => actions.showTimeline(lesson)),
    debugSchedule: about((lesson) => debugging.choose(lesson)),
    debugFailure: about(async (lesson, test) => {
      await debugging.debug(lesson, test);
    }),
    checkYourself: about((lesson) => parts.quizzes.show(lesson)),
    review: () => {
      parts.review.show();
    },
    startOnboarding: (argument) => parts.codeStops.start(onboardingNodeOf(argument)),
    openStop: (argument) => parts.codeStops.open(onboardingNodeOf(argument)),
    nextStop: () => parts.codeStops.openNext(),
    rehearse: () => {
      parts.rehearsal.show();
    },
    showMarket: () => {
      parts.report.showMarket();
    },
    openPlayground: () => parts.playground.show(),
    openInPlayground: about((lesson) => parts.playground.showLesson(lesson)),
    copyLessonLink: about((lesson) => parts.links.copy(lesson)),
    openNextLesson: about((lesson) => actions.openNext(lesson)),
    exportProgress: () => parts.progressExports.show(),
    saveProgressExport: (argument) =>
      parts.progressExports.save(
        argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri,
      ),
    addPack: (argument) => parts.packListing.add(argument instanceof vscode.Uri ? argument : undefined),
    removePack: (argument) => parts.packListing.remove(packOf(argument)),
    newLesson: () => parts.authoring.starter.start(),
    recordMistake: () => parts.authoring.recorder.record(),
    exploreSolution: (argument) => parts.authoring.explorer.explore(() => lessonAtHand(parts, argument)),
    addPackTypes: () => parts.authoring.packs.addTypes(),
    previewLesson: (argument) => parts.authoring.previews.show(argument instanceof vscode.Uri ? argument : undefined),
    chooseLanguage: () => chooseLanguage(parts.settings),
    openWalkthrough,
    showLog: () => {
      log.show();
    },
  };
  const registrations = Object.entries(commands).map(([name, run]) => register(name, run, parts));
  return vscode.Disposable.from(...registrations);
}

function register(name: string, run: Command, { explain }: Pick<CommandParts, "explain">): vscode.Disposable {
  return vscode.commands.registerCommand(`interleave.${name}`, async (argument?: CommandArgument, test?: unknown) => {
    try {
      await run(argument, test);
    } catch (error) {
      void vscode.window.showErrorMessage(explain(error));
    }
  });
}

/** The one that was given, else the one at hand, else the one that the learner picks. */
async function lessonAtHand(parts: CommandParts, argument: CommandArgument): Promise<string | undefined> {
  return lessonOf(argument) ?? parts.currentLesson() ?? (await pickLesson(parts));
}

export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", "interleave.interleave#start", false);
}

function lessonOf(argument: CommandArgument): string | undefined {
  if (typeof argument === "string") return argument;
  return argument !== undefined && "kind" in argument && argument.kind === "lesson" ? argument.meta.id : undefined;
}

function packOf(argument: CommandArgument): PackPlace | undefined {
  if (typeof argument !== "object" || !("kind" in argument)) return undefined;
  return argument.kind === "pack" || argument.kind === "closedPack" ? argument.pack : undefined;
}

function onboardingNodeOf(argument: CommandArgument): OnboardingNode | undefined {
  if (typeof argument !== "object" || !("kind" in argument)) return undefined;
  return argument.kind === "onboarding" || argument.kind === "step" || argument.kind === "stop" ? argument : undefined;
}

async function pickLesson(parts: CommandParts): Promise<string | undefined> {
  // The box is there at once, and says that it is busy while the lessons of packs are read.
  const picked = await vscode.window.showQuickPick(lessonItems(parts), {
    placeHolder: vscode.l10n.t("Which lesson?"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.lesson;
}

type LessonItem = vscode.QuickPickItem & { readonly lesson: string };

async function lessonItems({ library, settings, store }: CommandParts): Promise<LessonItem[]> {
  const locale = settings.lessonLocale();
  const itemsOf = ({ catalog, metas }: Lessons, pack: string): LessonItem[] =>
    catalog.tracks.flatMap((track) => {
      const lessons = track.lessons.flatMap((id) => metas.get(id) ?? []);
      return [
        { label: `${pack}${track.title[locale]}`, kind: vscode.QuickPickItemKind.Separator, lesson: "" },
        ...lessons.map((meta) => ({
          label: meta.title[locale],
          description: `${levelName(meta.level)[locale]} · ${minutesText(meta.minutes)[locale]}`,
          detail: `${statusName(store.progress.lesson(meta.id).status)[locale]} · ${meta.summary[locale]}`,
          lesson: meta.id,
        })),
      ];
    });
  const packs = (await library.packs()).filter((each) => each.state === "ready");
  const read = await Promise.all(
    packs.map(async ({ shelf, info }) => {
      const overview = await shelf.overview();
      return overview.ok ? itemsOf(overview.value, `${info.title[locale]} › `) : [];
    }),
  );
  const items = [...itemsOf(await library.overview(), ""), ...read.flat()];
  if (items.every(({ lesson }) => lesson === ""))
    throw new UserError(vscode.l10n.t("No lesson can be read; the log says why."));
  return items;
}

async function chooseLanguage(settings: Settings): Promise<void> {
  const current = settings.get("lessonLanguage");
  const choices: readonly { readonly label: string; readonly language: "auto" | Locale }[] = [
    { label: vscode.l10n.t("Same as VS Code"), language: "auto" },
    { label: "English", language: "en" },
    { label: "简体中文", language: "zh-cn" },
  ];
  const picked = await vscode.window.showQuickPick(
    choices.map((choice) => ({
      ...choice,
      ...(choice.language === current ? { description: vscode.l10n.t("current") } : {}),
    })),
    { placeHolder: vscode.l10n.t("The language of lessons") },
  );
  if (picked !== undefined) await settings.set("lessonLanguage", picked.language);
}
