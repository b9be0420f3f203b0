/** A notification with "Cancel" for work that turns out to take long. Extension host. */
import * as vscode from "vscode";

export interface LongWork {
  readonly title: string;
  /** Real ms; work that is over by then shows nothing. */
  readonly patience: number;
  readonly cancel: () => void;
  /** Never rejects. */
  readonly done: Promise<unknown>;
}

export function noticeLongWork({ title, patience, cancel, done }: LongWork): void {
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (_, token) => {
      token.onCancellationRequested(cancel);
      await done;
    });
  }, patience);
  void done.then(() => {
    clearTimeout(timer);
  });
}
