/** What a window does by itself when it starts: a lesson that a setting names, or once, the walkthrough. Extension host. */
import * as vscode from "vscode";
import { openWalkthrough } from "./commands.ts";
import type { LessonActions } from "./lessons/lessonActions.ts";
import { lessonPanelType } from "./lessons/lessonPanels.ts";
import type { Settings } from "./settings.ts";

const welcomedKey = "welcomed";

export async function welcome(state: vscode.Memento, settings: Settings, actions: LessonActions): Promise<void> {
  const lesson = settings.get("openOnStart").trim();
  if (lesson !== "") {
    // After a reload VS Code brings the panels back by itself, and the learner may be elsewhere by now.
    if (!hasLessonPanel()) await actions.open(lesson);
    return;
  }
  if (state.get<boolean>(welcomedKey) === true) return;
  await state.update(welcomedKey, true);
  await openWalkthrough();
}

function hasLessonPanel(): boolean {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(lessonPanelType));
}
