/** What each intent of a lesson panel's page means. Extension host. */
import type * as vscode from "vscode";
import type { LessonPanelIntent } from "../../protocol/lessonPanelMessages.ts";
import type { DebugActions } from "../debug/debugActions.ts";
import type { LessonActions } from "./lessonActions.ts";
import type { GradingService } from "../grading/gradingService.ts";
import type { PlaygroundPanel } from "../playground/playgroundPanel.ts";
import type { QuizPanels } from "../questions/quizPanels.ts";
import type { RunStage } from "../timeline/runStage.ts";
import type { SchedulerGame } from "../schedule/schedulerGame.ts";
import type { Settings } from "../settings.ts";

export interface PanelIntentParts {
  readonly actions: LessonActions;
  readonly debugging: DebugActions;
  readonly grading: GradingService;
  readonly settings: Settings;
  readonly quizzes: QuizPanels;
  readonly stage: RunStage;
  readonly playground: PlaygroundPanel;
  readonly game: SchedulerGame;
  readonly log: vscode.LogOutputChannel;
}

export async function performIntent(parts: PanelIntentParts, lesson: string, intent: LessonPanelIntent): Promise<void> {
  const { actions, grading, settings, quizzes, playground, stage, game, log } = parts;
  switch (intent.type) {
    case "ready":
    case "keepDrawing":
      // The panel's own business.
      return;
    case "run":
      return actions.run(lesson);
    case "stop": {
      grading.cancel(lesson);
      return;
    }
    case "showHint":
      return actions.showHint(lesson);
    case "showSolution":
      return actions.showSolution(lesson);
    case "resetExercise":
      return actions.reset(lesson);
    case "restoreExercise":
      return actions.restore(lesson);
    case "openExercise":
      return actions.openExercise(lesson);
    case "revealSource":
      return actions.openExercise(lesson, intent.source);
    case "copySchedule":
      return actions.copySchedule(lesson, intent.test);
    case "replayFailure":
      return actions.replayFailure(lesson, intent.test);
    case "showFailure":
      return actions.showFailure(lesson, intent.test);
    case "debugFailure":
      await parts.debugging.debug(lesson, intent.test);
      return;
    case "debugLoop":
      await parts.debugging.debugLoop(lesson);
      return;
    case "stepThroughFailure":
      return actions.stepThroughFailure(lesson, intent.test);
    case "showNaturalOrder":
      return actions.showNaturalOrder(lesson);
    case "moveTo":
    case "lookAtWhole": {
      // Of another lesson's run the page knows nothing: it was put on show in the meantime.
      if (stage.run?.lesson === lesson) stage.moveTo(intent.type === "moveTo" ? intent.moment : undefined);
      return;
    }
    case "beatScheduler":
      return actions.beatScheduler(lesson);
    case "stepper":
      return game.perform(lesson, intent.intent);
    case "openLesson":
      return actions.openLinked(lesson, intent.lesson);
    case "checkYourself":
      return quizzes.show(lesson);
    case "openInPlayground":
      return playground.showLesson(lesson);
    case "openPackFile":
      // Only a preview has files of a pack to open.
      return;
    case "setLanguage":
      return settings.set("lessonLanguage", intent.language);
    case "reportProblem": {
      log.warn(`The panel of ${lesson} reports: ${intent.problem}`);
      return;
    }
  }
}
