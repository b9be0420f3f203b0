/** Notices that exercises are kept elsewhere from now on: the setting has changed, or the workspace may set it at last. Extension host. */
import * as vscode from "vscode";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import type { GradingService } from "../grading/gradingService.ts";
import type { Settings } from "../settings.ts";

export interface ExercisesFolderParts {
  readonly exercises: ExerciseFiles;
  readonly grading: GradingService;
  readonly settings: Settings;
  readonly onProblem: (error: unknown) => void;
}

/** @param act called each time; the learner has been told by then */
export function onExercisesMoved(parts: ExercisesFolderParts, act: () => void): vscode.Disposable {
  const { exercises, settings, onProblem } = parts;
  let known = exercises.folder;
  const look = (): void => {
    const before = known;
    known = exercises.folder;
    if (known.toString() === before.toString()) return;
    // An exercise that is open is none any more; nobody is to wonder why it is not graded.
    if (vscode.workspace.textDocuments.some(({ uri }) => isBelow(uri, before))) sayItMoved(known, before);
    compareVerdicts(parts).then(act, onProblem);
  };
  return vscode.Disposable.from(
    settings.onDidChange("exercisesFolder", look),
    vscode.workspace.onDidGrantWorkspaceTrust(look),
  );
}

/** A verdict is one on the text that was graded; the exercise of that lesson may be another text now. */
async function compareVerdicts({ exercises, grading }: ExercisesFolderParts): Promise<void> {
  const graded = exercises.lessons.filter((lesson) => grading.stateOf(lesson).kind === "graded");
  for (const lesson of graded) grading.edited(lesson, (await exercises.existingText(lesson)) ?? "");
}

function isBelow(uri: vscode.Uri, folder: vscode.Uri): boolean {
  return uri.toString().startsWith(`${folder.toString()}/`);
}

function sayItMoved(now: vscode.Uri, before: vscode.Uri): void {
  const [to, from] = [vscode.workspace.asRelativePath(now), vscode.workspace.asRelativePath(before)];
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Exercises are kept in {0} from now on. What you wrote before is still in {1}; copy over what you want to go on with.",
      to,
      from,
    ),
  );
}
