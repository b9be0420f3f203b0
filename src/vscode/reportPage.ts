/** One panel with a report, or with the market view: its page and its messages. Extension host. */
import * as vscode from "vscode";
import { parseReportIntent } from "../core/assessment/reportIntent.ts";
import { messageId } from "../core/lessonPanelIntent.ts";
import type { ReportIntent, ReportState, ToReportMessage } from "../protocol/reportMessages.ts";
import { panelPage } from "./lessonPanelPage.ts";

export interface ReportPageParts {
  readonly extensionUri: vscode.Uri;
  /** What is on it now, and what its tab is called. */
  readonly content: () => Promise<{ readonly title: string; readonly state: ReportState }>;
  /** Does what an intent asks for; answers with what is to be announced, if anything. */
  readonly perform: (intent: Exclude<ReportIntent, { readonly type: "ready" }>) => Promise<string | undefined>;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly closed: () => void;
}

export class ReportPage implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #parts: ReportPageParts;
  #closed = false;

  constructor(panel: vscode.WebviewPanel, parts: ReportPageParts) {
    this.panel = panel;
    this.#parts = parts;
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    panel.onDidDispose(() => {
      this.#closed = true;
      listening.dispose();
      parts.closed();
    });
    panel.iconPath = {
      light: vscode.Uri.joinPath(parts.extensionUri, "media", "lesson-light.svg"),
      dark: vscode.Uri.joinPath(parts.extensionUri, "media", "lesson-dark.svg"),
    };
    panel.webview.html = panelPage("report", panel.webview, parts.extensionUri, panel.title);
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

  async #receive(message: unknown): Promise<void> {
    const intent = parseReportIntent(message);
    const id = messageId(message);
    try {
      if (intent === undefined) throw new Error("The page posted something that is no intent.");
      if (intent.type === "ready") await this.draw();
      else {
        const text = await this.#parts.perform(intent);
        if (text !== undefined) await this.#post({ type: "announce", text });
      }
      if (id !== undefined) await this.#post({ type: "answer", id, ok: true });
    } catch (error) {
      const problem = this.#parts.explain(error);
      // A page that could not be drawn cannot show it.
      if (intent?.type === "ready") void vscode.window.showErrorMessage(problem);
      if (id !== undefined) await this.#post({ type: "answer", id, ok: false, problem });
    }
  }

  async #post(message: ToReportMessage): Promise<void> {
    if (!this.#closed) await this.panel.webview.postMessage(message);
  }
}
