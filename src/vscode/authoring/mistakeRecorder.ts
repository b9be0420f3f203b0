/** "Record a Mistake": what is in the editor, which fails, becomes a known mistake of its lesson. Extension host. */
import * as vscode from "vscode";
import { readKnownMistakes } from "../../core/authoring/knownMistakes.ts";
import {
  beliefProblem,
  describeRecorded,
  type FailedTest,
  failureToRecord,
  mistakeNameProblem,
  recordMistake,
} from "../../core/authoring/recordMistake.ts";
import { readLessonMeta, readText } from "../../core/lesson/lessonFiles.ts";
import type { Grader } from "../../protocol/grading.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import { localeFor } from "../../protocol/words.ts";
import { brokenLesson } from "../lessons/brokenLesson.ts";
import type { AuthoredLesson, AuthoredLessons } from "./authoredLessons.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

export interface MistakeRecorderParts {
  readonly authored: AuthoredLessons;
  readonly grader: Grader;
  readonly settings: Settings;
  readonly explain: (error: unknown) => string;
}

export class MistakeRecorder {
  readonly #parts: MistakeRecorderParts;

  constructor(parts: MistakeRecorderParts) {
    this.#parts = parts;
  }

  async record(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const lesson = document === undefined ? undefined : await this.#parts.authored.of(document.uri);
    if (document?.languageId !== "typescript" || lesson === undefined || document.uri.path.endsWith("/spec.ts")) {
      throw new UserError(vscode.l10n.t("Open an exercise of your pack first, or a file beside its spec that fails."));
    }
    if (this.#parts.authored.isBuiltIn(lesson)) {
      throw new UserError(
        vscode.l10n.t(
          "The lessons that Interleave ships with take no mistakes of yours; a lesson of your own pack does.",
        ),
      );
    }
    const code = document.getText();
    const known = await readKnownMistakes(lesson.reader, lesson.id);
    if (!known.ok) throw brokenLesson(known.findings);
    const verdict = await this.#grade(lesson, code);
    if (verdict.error?.code === "cancelled") return;
    const found = failureToRecord(verdict);
    if ("problem" in found) throw new UserError(found.problem[this.#parts.settings.lessonLocale()]);
    const { failed } = found;
    const name = await askName(
      failed,
      known.value.map((each) => each.name),
    );
    const belief = name === undefined ? undefined : await askBelief(failed);
    if (name === undefined || belief === undefined) return;
    await this.#write(lesson, recordMistake({ name, belief, code, failed }), failed);
  }

  async #grade({ reader, id }: AuthoredLesson, exercise: string): Promise<Verdict> {
    const [meta, spec] = await Promise.all([readLessonMeta(reader, id), readText(reader, `${id}/spec.ts`)]);
    if (!meta.ok) throw brokenLesson(meta.findings);
    if (!spec.ok) throw brokenLesson(spec.findings);
    const request = {
      lesson: id,
      spec: spec.value,
      exercise,
      exerciseName: "exercise.ts",
      exports: meta.value.exports,
    };
    const title = vscode.l10n.t("Finding out what is wrong with it…");
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      return this.#parts.grader.grade(request, abort.signal);
    });
  }

  /** One edit, which "Undo" takes back. */
  async #write(
    lesson: AuthoredLesson,
    { file, text }: ReturnType<typeof recordMistake>,
    failed: FailedTest,
  ): Promise<void> {
    const uri = vscode.Uri.joinPath(lesson.pack, lesson.id, ...file.split("/"));
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new UserError(vscode.l10n.t("The mistake could not be written; nothing was changed."));
    }
    this.#announce(uri, file, text, failed).catch(this.#parts.explain);
  }

  async #announce(uri: vscode.Uri, file: string, text: string, failed: FailedTest): Promise<void> {
    const [open, undo] = [vscode.l10n.t("Open"), vscode.l10n.t("Undo")];
    const what = describeRecorded(failed, this.#parts.settings.lessonLocale());
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t("Recorded as {0}. {1}", file, what),
      open,
      undo,
    );
    if (answer === open) await vscode.window.showTextDocument(uri, { preview: false });
    if (answer === undo) await takeBack(uri, text);
  }
}

/** Only as it was written: what the author has added since is theirs. */
async function takeBack(uri: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.getText() !== text) {
    throw new UserError(vscode.l10n.t("The mistake was changed meanwhile, so it stays."));
  }
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(uri);
  await vscode.workspace.applyEdit(edit);
}

function askName({ failure }: FailedTest, taken: readonly string[]): Promise<string | undefined> {
  const locale = localeFor(vscode.env.language);
  const asked = vscode.window.showInputBox({
    title: vscode.l10n.t("Record a mistake: its name"),
    prompt: vscode.l10n.t("What the code does, in two or three words: it is the name of the file"),
    value: taken.includes(failure.diagnosis) ? "" : failure.diagnosis,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? undefined : mistakeNameProblem(text, taken)?.[locale]),
  });
  return Promise.resolve(asked).then((name) => (name === "" ? undefined : name));
}

function askBelief({ failure }: FailedTest): Promise<string | undefined> {
  const locale = localeFor(vscode.env.language);
  const asked = vscode.window.showInputBox({
    title: vscode.l10n.t("Record a mistake: {0}", failure.diagnosis),
    prompt: vscode.l10n.t("What its developer believed, in one line"),
    placeHolder: vscode.l10n.t("once: true takes the listener away"),
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? undefined : beliefProblem(text)?.[locale]),
  });
  return Promise.resolve(asked).then((belief) => (belief?.trim() === "" ? undefined : belief));
}
