/**
 * Replays one schedule of one test on the exercise as it stands, and shows the run as a read-only text beside it: the
 * same text that `interleave replay` prints, with links to the lines of the exercise. Extension host.
 */
import * as vscode from "vscode";
import { exerciseName } from "../../core/lessonPanel/lessonPanelState.ts";
import { naturalOrder } from "../../core/verdict/naturalOrder.ts";
import { type ReplayText, replayText } from "../../core/verdict/replayText.ts";
import type { GradeRequest, Grader } from "../../protocol/grading.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { playSchedule } from "./playSchedule.ts";
import type { RunShower } from "../timeline/runShower.ts";
import { askForSchedule, pickTest } from "./scheduleInput.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

const scheme = "interleave-replay";

export interface ScheduleReplayParts {
  readonly grader: Grader;
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly settings: Settings;
  readonly runs: RunShower;
}

interface ReplayDocument {
  readonly lesson: string;
  /** The text that ran; undefined: the learner's exercise. */
  readonly source: vscode.Uri | undefined;
  readonly content: ReplayText;
}

export class ScheduleReplay
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #parts: ScheduleReplayParts;
  readonly #documents = new Map<string, ReplayDocument>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(parts: ScheduleReplayParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#documents.delete(uri.toString())),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Asks for the test and the schedule, beginning with those of the first failure. */
  async choose(request: GradeRequest, verdict: Verdict): Promise<void> {
    if (verdict.error !== undefined) throw new UserError(verdict.error.message[this.#locale]);
    const test = await pickTest(verdict.tests, this.#locale, vscode.l10n.t("The test to replay"));
    if (test === undefined) return;
    await askForSchedule({
      title: vscode.l10n.t("Schedule to replay"),
      value: test.failure?.schedule ?? naturalOrder,
      play: (schedule) => this.#showUnlessRefused(request, test.name, schedule),
    });
  }

  /**
   * @param source a document with the text that is played, where it is not the learner's exercise
   * @throws UserError where the schedule or the exercise cannot be played
   */
  async show(request: GradeRequest, test: string, schedule: string, source?: vscode.Uri): Promise<void> {
    const refusal = await this.#showUnlessRefused(request, test, schedule, source);
    if (refusal !== undefined) throw new UserError(refusal);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const document = this.#documents.get(uri.toString());
    if (document !== undefined) return `${document.content.lines.join("\n")}\n`;
    return vscode.l10n.t("This replay is from an earlier window. Replay the schedule again to see it.");
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const shown = this.#documents.get(document.uri.toString());
    if (shown === undefined) return [];
    const exercise = shown.source ?? this.#parts.exercises.uriOf(shown.lesson);
    return shown.content.sources.flatMap((line, row) => {
      const place = line === undefined ? undefined : placeIn(shown.content.lines[row] ?? "", line);
      if (line === undefined || place === undefined) return [];
      const range = new vscode.Range(row, place.from, row, place.to);
      const link = new vscode.DocumentLink(range, exercise.with({ fragment: `L${String(line)}` }));
      link.tooltip = vscode.l10n.t("Go to line {0} of the exercise", line);
      return [link];
    });
  }

  get #locale() {
    return this.#parts.settings.lessonLocale();
  }

  /** Why the schedule cannot be played on this test, if it cannot. @throws UserError where the exercise cannot be run */
  async #showUnlessRefused(
    request: GradeRequest,
    test: string,
    schedule: string,
    source?: vscode.Uri,
  ): Promise<string | undefined> {
    const result = await playSchedule(this.#parts.grader, { ...request, test, schedule });
    const reason = result.error?.message[this.#locale];
    if (result.error?.code === "schedule-unusable" && reason !== undefined) return reason;
    if (result.error?.code === "cancelled") return undefined;
    if (reason !== undefined) throw new UserError(reason);
    const { meta } = await this.#parts.library.lesson(request.lesson);
    const title = result.verdict?.title ?? { en: test, "zh-cn": test };
    const played = { ...result, test, schedule, ...(source === undefined ? {} : { document: source }) };
    this.#parts.runs.showPlayed(request, played, title);
    const facts = { title: meta.title[this.#locale], test, schedule, file: exerciseName };
    const content = replayText({ ...facts, trace: result.trace, verdict: result.verdict }, this.#locale);
    await this.#open(vscode.Uri.from({ scheme, path: `/${request.lesson}/${test}/${schedule}.txt` }), {
      lesson: request.lesson,
      source,
      content,
    });
    return undefined;
  }

  /** Under the exercise, so that both and the lesson can be read at once. */
  async #open(uri: vscode.Uri, document: ReplayDocument): Promise<void> {
    this.#documents.set(uri.toString(), document);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preview: true });
  }
}

/** Where a line of the replay names that line of the exercise: the last number of its own there. */
function placeIn(text: string, line: number): { readonly from: number; readonly to: number } | undefined {
  const place = `${exerciseName}:${String(line)}`;
  const named = text.lastIndexOf(place);
  if (named >= 0) return { from: named, to: named + place.length };
  const number = String(line);
  return text.endsWith(` ${number}`) ? { from: text.length - number.length, to: text.length } : undefined;
}
