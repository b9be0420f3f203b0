/** What each intent of a report's page means. Extension host. */
import * as vscode from "vscode";
import type { CodingItem, RehearsalRecord } from "../../core/assessment/rehearsal.ts";
import { rehearsalReport } from "../../core/assessment/report.ts";
import { reportHtml } from "../../core/assessment/reportHtml.ts";
import { reportJson } from "../../core/assessment/reportJson.ts";
import { reportMarkdown } from "../../core/assessment/reportMarkdown.ts";
import { reportStrings } from "../../core/assessment/reportStrings.ts";
import { naturalOrder } from "../../core/verdict/naturalOrder.ts";
import type { GradeRequest } from "../../protocol/grading.ts";
import type { ExportFormat, ReportIntent } from "../../protocol/reportMessages.ts";
import type { HandedInCode } from "./handedInCode.ts";
import type { LessonActions } from "../lessons/lessonActions.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { RehearsalReports } from "./rehearsalReports.ts";
import type { RehearsalStore } from "./rehearsalStore.ts";
import type { RunShower } from "../timeline/runShower.ts";
import { offerToOpen, saveReport } from "../pages/saveReport.ts";
import type { ScheduleReplay } from "../schedule/scheduleReplay.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

export interface ReportParts {
  readonly extensionUri: vscode.Uri;
  readonly rehearsals: RehearsalStore;
  readonly reports: RehearsalReports;
  readonly library: LessonLibrary;
  readonly settings: Settings;
  readonly actions: LessonActions;
  readonly replays: ScheduleReplay;
  readonly runs: RunShower;
  readonly code: HandedInCode;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly onProblem: (error: unknown) => void;
}

export interface ReportActionParts extends ReportParts {
  readonly show: (rehearsal: string) => void;
  readonly showMarket: () => void;
  readonly close: (rehearsal: string) => void;
}

/** The code of one coding task, and what it takes to play it. */
interface HandedIn {
  readonly request: GradeRequest;
  readonly document: vscode.Uri;
}

export class ReportActions {
  readonly #parts: ReportActionParts;

  constructor(parts: ReportActionParts) {
    this.#parts = parts;
  }

  /** Answers with what is to be announced, if anything. @throws UserError */
  async perform(
    rehearsal: string,
    intent: Exclude<ReportIntent, { readonly type: "ready" }>,
  ): Promise<string | undefined> {
    const { actions, settings, log } = this.#parts;
    switch (intent.type) {
      case "replay":
        await this.#replay(rehearsal, intent.item, intent.test);
        return undefined;
      case "openCode": {
        const { document } = await this.#handedIn(rehearsal, intent.item);
        await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
        return undefined;
      }
      case "openLesson":
        await actions.open(intent.lesson);
        return undefined;
      case "openReport":
        this.#parts.show(intent.rehearsal);
        return undefined;
      case "exportReport":
        return this.#export(rehearsal, intent.format);
      case "remove":
        await this.#remove(rehearsal);
        return undefined;
      case "showMarket":
        this.#parts.showMarket();
        return undefined;
      case "setLanguage":
        await settings.set("lessonLanguage", intent.language);
        return undefined;
      case "reportProblem":
        log.warn(`The page of the report ${rehearsal} tells: ${intent.problem}`);
        return undefined;
    }
  }

  /** In the order that broke the test, or in the natural one where none did. */
  async #replay(rehearsal: string, item: string, test: string): Promise<void> {
    const { rehearsals, replays, runs } = this.#parts;
    const [{ request, document }, verdicts] = await Promise.all([
      this.#handedIn(rehearsal, item),
      rehearsals.verdicts(rehearsal),
    ]);
    const tests = Object.hasOwn(verdicts, item) ? verdicts[item]?.tests : undefined;
    const judged = tests?.find(({ name }) => name === test);
    if (judged === undefined) throw new UserError(vscode.l10n.t("There is no verdict on this test."));
    await replays.show(request, test, judged.failure?.schedule ?? naturalOrder, document);
    await runs.reveal(true);
  }

  /** @throws UserError */
  async #handedIn(rehearsal: string, item: string): Promise<HandedIn> {
    const { library, code } = this.#parts;
    const record = await this.#record(rehearsal);
    const task = record.plan.items.find((each): each is CodingItem => each.id === item && each.kind === "coding");
    const exercise = Object.hasOwn(record.items, item) ? record.items[item]?.code : undefined;
    if (task === undefined || exercise === undefined) {
      throw new UserError(vscode.l10n.t("No code was handed in for this task."));
    }
    const { meta, spec } = await library.lesson(task.lesson);
    const exerciseName = `${task.lesson}.ts`;
    return {
      request: { lesson: task.lesson, spec, exercise, exerciseName, exports: meta.exports },
      document: code.uriOf(rehearsal, item, task.lesson),
    };
  }

  async #record(rehearsal: string): Promise<RehearsalRecord> {
    const record = await this.#parts.rehearsals.read(rehearsal);
    if (record === undefined) throw new UserError(vscode.l10n.t("This rehearsal is not there any more."));
    return record;
  }

  async #export(rehearsal: string, format: ExportFormat): Promise<string | undefined> {
    const locale = this.#parts.settings.lessonLocale();
    const facts = await this.#parts.reports.facts(rehearsal, locale);
    const strings = reportStrings[locale];
    const texts: Readonly<Record<ExportFormat, () => string>> = {
      markdown: () => reportMarkdown(rehearsalReport(facts, locale), strings),
      html: () => reportHtml(rehearsalReport(facts, locale), { locale, strings }),
      json: () => reportJson(facts),
    };
    const file = await saveReport(`interleave-${rehearsal}`, format, texts[format]());
    if (file === undefined) return undefined;
    // Nobody waits for the answer.
    offerToOpen(file, format).catch(this.#parts.onProblem);
    return vscode.l10n.t("Saved as {0}", file.path.slice(file.path.lastIndexOf("/") + 1));
  }

  async #remove(rehearsal: string): Promise<void> {
    const { rehearsals, onProblem } = this.#parts;
    const remove = vscode.l10n.t("Delete");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("Delete this rehearsal?"),
      {
        modal: true,
        detail: vscode.l10n.t("Its answers, its code and this report are gone for good. Exported files stay."),
      },
      remove,
    );
    if (answer !== remove) return;
    this.#parts.close(rehearsal);
    await rehearsals.remove(rehearsal);
    const folder = vscode.Uri.file(rehearsals.folderOf(rehearsal));
    // Where no coding task was opened there is none.
    vscode.workspace.fs.delete(folder, { recursive: true }).then(undefined, (error: unknown) => {
      if (!(error instanceof vscode.FileSystemError && error.code === "FileNotFound")) onProblem(error);
    });
  }
}
