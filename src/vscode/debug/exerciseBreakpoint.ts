/** Where a run under the debugger first stops, if the learner has said nothing about that. Extension host. */
import * as vscode from "vscode";

/** Whether any breakpoint that is switched on lies in that file. */
export function hasBreakpoint(file: vscode.Uri): boolean {
  return vscode.debug.breakpoints.some(
    (each) =>
      each instanceof vscode.SourceBreakpoint && each.enabled && each.location.uri.toString() === file.toString(),
  );
}

/** Puts one there, and says so, with a way to take it back. @param line from 1 */
export function placeBreakpoint(file: vscode.Uri, line: number): void {
  const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(file, new vscode.Position(line - 1, 0)));
  vscode.debug.addBreakpoints([breakpoint]);
  const remove = vscode.l10n.t("Remove Breakpoint");
  // Not awaited: the notification may stay for as long as it likes.
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("The exercise had no breakpoint, so there is one at line {0} now.", line),
      remove,
    )
    .then((answer) => {
      if (answer === remove) vscode.debug.removeBreakpoints([breakpoint]);
    });
}
