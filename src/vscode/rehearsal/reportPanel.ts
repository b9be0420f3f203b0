/**
 * The panels with the reports of rehearsals, one a rehearsal, and the one with the market view; brings them back after a reload.
 * Extension host.
 */
import * as vscode from "vscode";
import { marketStrings } from "../../core/assessment/marketStrings.ts";
import { rehearsalReport } from "../../core/assessment/report.ts";
import { parseReportIntent } from "../../core/assessment/reportIntent.ts";
import { reportStrings } from "../../core/assessment/reportStrings.ts";
import type { ReportIntent, ReportState } from "../../protocol/reportMessages.ts";
import { panelOptions } from "../pages/panelPage.ts";
import { ReportActions, type ReportParts } from "./reportActions.ts";
import { StatePage } from "../pages/statePage.ts";

export const reportPanelType = "interleave.report";

type ReportPage = StatePage<ReportIntent, ReportState>;

/** Stands for the market view among the rehearsals' ids: none of these is empty. */
const market = "";

export class ReportPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: ReportParts;
  readonly #actions: ReportActions;
  /** By rehearsal. */
  readonly #pages = new Map<string, ReportPage>();
  readonly #listening: { dispose(): void };

  constructor(parts: ReportParts) {
    this.#parts = parts;
    this.#actions = new ReportActions({
      ...parts,
      show: (rehearsal) => {
        this.show(rehearsal);
      },
      showMarket: () => {
        this.showMarket();
      },
      close: (rehearsal) => this.#pages.get(rehearsal)?.dispose(),
    });
    this.#listening = parts.rehearsals.onDidChange((id) => {
      const page = this.#pages.get(id);
      if (page?.panel.visible === true) page.draw().catch(parts.onProblem);
    });
  }

  /** @param rehearsal its id */
  show(rehearsal: string): void {
    this.#show(rehearsal);
  }

  showMarket(): void {
    this.#show(market);
  }

  async refresh(): Promise<void> {
    await Promise.all([...this.#pages.values()].map((page) => page.draw()));
  }

  /** The page remembers whose it was. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, memory: unknown): Promise<void> {
    const rehearsal = rehearsalOf(memory);
    if (rehearsal === undefined || this.#pages.has(rehearsal)) panel.dispose();
    else {
      panel.webview.options = panelOptions(this.#parts.extensionUri);
      this.#adopt(panel, rehearsal);
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const page of [...this.#pages.values()]) page.dispose();
  }

  #show(rehearsal: string): void {
    const page = this.#pages.get(rehearsal);
    if (page !== undefined) {
      page.panel.reveal();
      return;
    }
    const { extensionUri } = this.#parts;
    const title = this.#titleOf(rehearsal);
    const column = vscode.ViewColumn.Active;
    const options = { ...panelOptions(extensionUri), enableFindWidget: true };
    this.#adopt(vscode.window.createWebviewPanel(reportPanelType, title, column, options), rehearsal);
  }

  #adopt(panel: vscode.WebviewPanel, rehearsal: string): void {
    const page = new StatePage<ReportIntent, ReportState>(panel, {
      ...{ ...this.#parts, name: "report", parse: parseReportIntent },
      content: async () => ({ title: this.#titleOf(rehearsal), state: await this.#state(rehearsal) }),
      perform: (intent) => this.#actions.perform(rehearsal, intent),
      closed: () => {
        this.#pages.delete(rehearsal);
      },
    });
    this.#pages.set(rehearsal, page);
  }

  #titleOf(rehearsal: string): string {
    const locale = this.#parts.settings.lessonLocale();
    return rehearsal === market ? marketStrings[locale].title : reportStrings[locale].panelTitle;
  }

  async #state(rehearsal: string): Promise<ReportState> {
    const { settings, reports } = this.#parts;
    const locale = settings.lessonLocale();
    const words = { locale, strings: reportStrings[locale], market: marketStrings[locale] };
    if (rehearsal === market) return words;
    return { ...words, report: rehearsalReport(await reports.facts(rehearsal, locale), locale) };
  }
}

function rehearsalOf(memory: unknown): string | undefined {
  if (typeof memory !== "object" || memory === null || !("rehearsal" in memory)) return undefined;
  return typeof memory.rehearsal === "string" ? memory.rehearsal : undefined;
}
