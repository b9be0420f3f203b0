/** One panel whose page draws whatever state it is sent: a lesson's questions, the review, a report. Extension host. */
import type * as vscode from "vscode";
import type { PanelName } from "../../core/page/panelPage.ts";
import { answerIntent, type IntentParts } from "./answerIntent.ts";
import { dressPanel } from "./panelPage.ts";

export interface StatePageParts<Intent extends { readonly type: string }, State> {
  readonly name: PanelName;
  readonly extensionUri: vscode.Uri;
  readonly parse: IntentParts<Intent>["parse"];
  /** What is on it now, and what its tab is called. */
  readonly content: () => Promise<{ readonly title: string; readonly state: State }>;
  /** Does what an intent asks for; answers with what is to be announced, if anything. */
  readonly perform: (intent: Exclude<Intent, { readonly type: "ready" }>) => Promise<string | undefined>;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly closed: () => void;
}

export class StatePage<Intent extends { readonly type: string }, State> implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #parts: StatePageParts<Intent, State>;
  #closed = false;

  constructor(panel: vscode.WebviewPanel, parts: StatePageParts<Intent, State>) {
    this.panel = panel;
    this.#parts = parts;
    const { parse, explain } = parts;
    const answering: IntentParts<Intent> = {
      parse,
      explain,
      perform: (intent) => this.#perform(intent),
      post: (answer) => this.#post(answer),
    };
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => void answerIntent(message, answering));
    panel.onDidDispose(() => {
      this.#closed = true;
      listening.dispose();
      parts.closed();
    });
    dressPanel(panel, parts.name, parts.extensionUri);
  }

  async draw(): Promise<void> {
    const { title, state } = await this.#parts.content();
    if (this.#closed) return;
    this.panel.title = title;
    await this.#post({ type: "state", state });
  }

  dispose(): void {
    this.panel.dispose();
  }

  async #perform(intent: Intent): Promise<void> {
    if (!isOther(intent)) return this.draw();
    const text = await this.#parts.perform(intent);
    if (text !== undefined) await this.#post({ type: "announce", text });
  }

  async #post(message: object): Promise<void> {
    if (!this.#closed) await this.panel.webview.postMessage(message);
  }
}

function isOther<Intent extends { readonly type: string }>(
  intent: Intent,
): intent is Exclude<Intent, { readonly type: "ready" }> {
  return intent.type !== "ready";
}
