/**
 * One pack that is being written: hears what changes in it, has the lessons checked that somebody has open, and runs their
 * specs after a save. Extension host.
 */
import * as vscode from "vscode";
import { authorView } from "../../core/authoring/authorView.ts";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import type { AuthorView } from "../../protocol/authorView.ts";
import type { Locale } from "../../protocol/words.ts";
import type { AuthorTools } from "../../verify/live/authorTools.ts";
import { LessonRun } from "../../verify/live/lessonRun.ts";
import { LivePack } from "../../verify/live/livePack.ts";
import { sortedOnce } from "../../verify/sortedFindings.ts";
import { noticeLongWork } from "../longWork.ts";
import { createOpenTextReader } from "./openTextReader.ts";
import type { Settings } from "../settings.ts";
import { createWorkspaceLessonReader } from "../lessons/workspaceLessonReader.ts";

/** Real ms without a key before a text is checked: the next key cancels the check that has not begun. */
const quietMs = 120;
/** Real ms that a run may take before a notification offers to end it. */
const patience = 5_000;

export interface AuthoredPackParts {
  readonly tools: AuthorTools;
  readonly settings: Pick<Settings, "lessonLocale">;
  readonly mayRead: (root: vscode.Uri) => boolean;
  /** What is to be shown has changed; called at most once a turn. */
  readonly changed: (pack: AuthoredPack) => void;
  readonly onProblem: (error: unknown) => void;
}

export class AuthoredPack implements vscode.Disposable {
  readonly root: vscode.Uri;
  readonly live: LivePack;
  readonly #parts: AuthoredPackParts;
  readonly #runs = new Map<string, LessonRun>();
  /** Who has a lesson open, by lesson: documents by address, previews by a name of their own; "" is the catalog alone. */
  readonly #holders = new Map<string, Set<string>>();
  readonly #watcher: vscode.FileSystemWatcher;
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #telling = false;
  #disposed = false;

  constructor(root: vscode.Uri, parts: AuthoredPackParts) {
    this.root = root;
    this.#parts = parts;
    const changed = (): void => {
      this.#tell();
    };
    const reader = createOpenTextReader(root, createWorkspaceLessonReader(root, parts.mayRead));
    this.live = new LivePack({ reader, readDiagram: parts.tools.readDiagram, changed });
    this.#watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, "**/*"));
    const onDisk = (uri: vscode.Uri): void => {
      this.edited(uri.path.slice(root.path.length + 1));
    };
    this.#watcher.onDidCreate(onDisk);
    this.#watcher.onDidChange(onDisk);
    this.#watcher.onDidDelete(onDisk);
  }

  /** Nobody has anything of it open. */
  get isIdle(): boolean {
    return this.#holders.size === 0;
  }

  /** @param lesson "" where the catalog alone is looked at */
  hold(lesson: string, holder: string): void {
    const holders = this.#holders.get(lesson) ?? new Set();
    this.#holders.set(lesson, holders.add(holder));
    if (holders.size === 1) this.#settle(lesson === "" ? this.live.settled() : this.live.open(lesson));
  }

  release(lesson: string, holder: string): void {
    const holders = this.#holders.get(lesson);
    if (holders?.delete(holder) !== true || holders.size > 0) return;
    this.#holders.delete(lesson);
    this.#runs.get(lesson)?.dispose();
    this.#runs.delete(lesson);
    this.live.close(lesson);
  }

  /** A text was typed into, or a file is another on disk. */
  edited(file: string): void {
    this.#waiting.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#settle(this.#checkWaiting());
    }, quietMs);
  }

  async saved(lesson: string, file: string): Promise<void> {
    this.#waiting.add(file);
    await this.#checkWaiting();
    await this.run(lesson);
  }

  /** Runs whatever of the lesson is to be run. */
  async run(lesson: string): Promise<void> {
    await this.live.settled();
    const read = this.live.lesson(lesson);
    if (read === undefined || this.#disposed || !this.#holders.has(lesson)) return;
    const run = this.#runs.get(lesson) ?? this.#newRun(lesson);
    const done = run.start(read);
    const title = vscode.l10n.t("Checking “{0}”: its spec is run against solution, starter and mistakes", lesson);
    noticeLongWork({ title, patience, done, cancel: () => run.cancel() });
    await done;
  }

  /** The same although nothing has changed. */
  async runAgain(lesson: string): Promise<void> {
    this.#runs.get(lesson)?.forget();
    await this.run(lesson);
  }

  cancel(lesson: string): void {
    this.#runs.get(lesson)?.cancel();
  }

  findings(): readonly Finding[] {
    const running = [...this.#runs].flatMap(([lesson, run]) => run.findings(this.live.lesson(lesson)));
    return sortedOnce([...this.live.findings(), ...running]);
  }

  /** Where a finding can be shown: a file that is there. */
  fileOf({ file }: Finding): string {
    const [id = "", ...rest] = file.split("/");
    const lesson = this.live.lesson(id);
    if (rest.length === 0) return lesson === undefined ? "catalog.json" : `${id}/lesson.json`;
    return lesson === undefined || lesson.files.includes(rest.join("/")) ? file : `${id}/lesson.json`;
  }

  authorView(lesson: string, locale: Locale): AuthorView {
    const run = this.#runs.get(lesson);
    return authorView({
      locale,
      lesson,
      folder: vscode.Uri.joinPath(this.root, lesson).toString(),
      mistakes: this.live.lesson(lesson)?.mistakes ?? [],
      outcomes: run?.outcomes ?? new Map(),
      standing: run?.standing ?? { kind: "none" },
      findings: this.findings(),
    });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#watcher.dispose();
    for (const run of this.#runs.values()) run.dispose();
    this.live.dispose();
  }

  async #checkWaiting(): Promise<void> {
    clearTimeout(this.#timer);
    const files = [...this.#waiting];
    this.#waiting.clear();
    await Promise.all(files.map((file) => this.live.touch(file)));
  }

  #newRun(lesson: string): LessonRun {
    const run = new LessonRun(this.#parts.tools, () => {
      this.#tell();
    });
    this.#runs.set(lesson, run);
    return run;
  }

  /** Many changes of one turn are told once. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      if (!this.#disposed) this.#parts.changed(this);
    });
  }

  #settle(work: Promise<unknown>): void {
    work.catch(this.#parts.onProblem);
  }
}
