/** What every page's host does with a message: does what it asks for, and tells the page how that went. Extension host. */
import * as vscode from "vscode";
import { messageId } from "../../core/lessonPanel/lessonPanelIntent.ts";

/** The one reply to an intent. */
type Answer =
  | { readonly type: "answer"; readonly id: number; readonly ok: true }
  | { readonly type: "answer"; readonly id: number; readonly ok: false; readonly problem: string };

export interface IntentParts<Intent> {
  /** Undefined for what is no intent. */
  readonly parse: (message: unknown) => Intent | undefined;
  readonly perform: (intent: Intent) => Promise<void> | void;
  readonly post: (answer: Answer) => Promise<void> | void;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
}

/** @param message as it came, from whoever sent it */
export async function answerIntent<Intent extends { readonly type: string }>(
  message: unknown,
  { parse, perform, post, explain }: IntentParts<Intent>,
): Promise<void> {
  const intent = parse(message);
  const id = messageId(message);
  try {
    if (intent === undefined) throw new Error("The page posted something that is no intent.");
    await perform(intent);
    if (id !== undefined) await post({ type: "answer", id, ok: true });
  } catch (error) {
    const problem = explain(error);
    // A page that could not be drawn cannot show it.
    if (intent?.type === "ready") void vscode.window.showErrorMessage(problem);
    if (id !== undefined) await post({ type: "answer", id, ok: false, problem });
  }
}
