/** Panels that were open when the window was closed come back. Extension host. */
import * as vscode from "vscode";
import { type LessonPreviews, previewPanelType } from "./authoring/lessonPreviews.ts";
import { type LessonPanels, lessonPanelType } from "./lessons/lessonPanels.ts";
import { type PlaygroundPanel, playgroundPanelType } from "./playground/playgroundPanel.ts";
import { type QuizPanels, quizPanelType } from "./questions/quizPanels.ts";
import { type RehearsalPanel, rehearsalPanelType } from "./rehearsal/rehearsalPanel.ts";
import { type ReportPanel, reportPanelType } from "./rehearsal/reportPanel.ts";
import { type ReviewPanel, reviewPanelType } from "./questions/reviewPanel.ts";

export interface RestoredPanels {
  readonly panels: LessonPanels;
  readonly previews: LessonPreviews;
  readonly quizzes: QuizPanels;
  readonly review: ReviewPanel;
  readonly playground: PlaygroundPanel;
  readonly report: ReportPanel;
  readonly rehearsal: RehearsalPanel;
}

export function restorePanels(pages: RestoredPanels): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewPanelSerializer(lessonPanelType, pages.panels),
    vscode.window.registerWebviewPanelSerializer(previewPanelType, pages.previews),
    vscode.window.registerWebviewPanelSerializer(quizPanelType, pages.quizzes),
    vscode.window.registerWebviewPanelSerializer(reviewPanelType, pages.review),
    vscode.window.registerWebviewPanelSerializer(playgroundPanelType, pages.playground),
    vscode.window.registerWebviewPanelSerializer(reportPanelType, pages.report),
    vscode.window.registerWebviewPanelSerializer(rehearsalPanelType, pages.rehearsal),
  );
}
