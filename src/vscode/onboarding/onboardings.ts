/** The onboardings of this window's folders, and how far the person has come in each. Extension host. */
import * as vscode from "vscode";
import { dayNumber } from "../../core/onboarding/days.ts";
import type { StopReport } from "../../core/onboarding/judgeStop.ts";
import { type KeptPerson, parseKeptPerson, shouldOffer, withSeen } from "../../core/onboarding/keptPerson.ts";
import { type OnboardingProgress, onboardingProgress } from "../../core/onboarding/onboardingProgress.ts";
import {
  type CodeStop,
  lessonNamesIn,
  type Onboarding,
  onboardingFile,
} from "../../core/onboarding/onboardingSchema.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { type OnboardingContent, OnboardingRepository } from "./onboardingRepository.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { Settings } from "../settings.ts";

export interface OnboardingParts {
  readonly library: LessonLibrary;
  readonly store: ProgressStore;
  readonly settings: Settings;
  /** Where a person's state is kept, over all windows. */
  readonly state: vscode.Memento;
  readonly distDir: string;
  readonly log: vscode.LogOutputChannel;
  /** Real time, ms since 1970. */
  readonly now: () => number;
  readonly onProblem: (error: unknown) => void;
}

/** An onboarding that can be used. */
export interface OpenOnboarding {
  readonly repository: OnboardingRepository;
  readonly onboarding: Onboarding;
  readonly progress: OnboardingProgress;
  readonly person: KeptPerson;
  /** By stop; empty until they were looked at. */
  readonly reports: ReadonlyMap<string, StopReport>;
}

/** What the view shows of a folder. */
export type OnboardingEntry =
  | (OpenOnboarding & { readonly kind: "ready" })
  | { readonly kind: "untrusted" | "broken"; readonly repository: OnboardingRepository };

interface Folder {
  readonly repository: OnboardingRepository;
  content: OnboardingContent;
  reports: ReadonlyMap<string, StopReport>;
  watchers: readonly vscode.Disposable[];
}

export class Onboardings implements vscode.Disposable {
  readonly #parts: OnboardingParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #folders: readonly Folder[] = [];
  #loading: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(parts: OnboardingParts) {
    this.#parts = parts;
    const load = (): void => {
      this.load().catch(parts.onProblem);
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeWorkspaceFolders(load),
      vscode.workspace.onDidGrantWorkspaceTrust(load),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#forget();
  }

  /** Reads the folders' files, looks at the code of those that the person has begun, and offers what is new. */
  load(): Promise<void> {
    this.#loading = this.#loading.then(() => this.#read());
    return this.#loading;
  }

  async entries(): Promise<readonly OnboardingEntry[]> {
    const names = this.#folders.flatMap(({ content }) =>
      content.kind === "ready" ? lessonNamesIn(content.onboarding) : [],
    );
    const { catalog, metas } = await this.#parts.library.naming(names);
    return this.#folders.flatMap(({ repository, content, reports }): readonly OnboardingEntry[] => {
      if (content.kind === "none") return [];
      if (content.kind !== "ready") return [{ kind: content.kind, repository }];
      const person = this.#person(repository);
      if (person.offered === "never" && person.started === undefined) return [];
      const { onboarding } = content;
      const { progress } = this.#parts.store;
      const today = this.#today();
      const reached = onboardingProgress({ onboarding, catalog, metas, progress, person: plain(person), today });
      return [{ kind: "ready", repository, onboarding, progress: reached, person, reports }];
    });
  }

  /** The folders that can be started, whatever was said to the offer. */
  get repositories(): readonly OnboardingRepository[] {
    return this.#folders.flatMap(({ content, repository }) => (content.kind === "ready" ? [repository] : []));
  }

  /** From today on; does nothing for somebody who has begun. */
  async start(repository: OnboardingRepository): Promise<void> {
    const person = this.#person(repository);
    if (person.started === undefined) await this.#keep(repository, { ...person, started: this.#today() });
    await vscode.commands.executeCommand("interleave.lessons.focus");
    await this.#check(this.#folderOf(repository));
  }

  /** Where the code of the stop is at this moment. */
  async look(repository: OnboardingRepository, stop: CodeStop): Promise<StopReport | undefined> {
    const [report] = await repository.check([stop]);
    const folder = this.#folderOf(repository);
    if (folder !== undefined && report !== undefined) {
      folder.reports = new Map(folder.reports).set(stop.id, report);
      this.#changed.fire();
    }
    return report;
  }

  async markSeen(repository: OnboardingRepository, stop: CodeStop): Promise<void> {
    await this.#keep(repository, withSeen(this.#person(repository), stop.id));
  }

  async #read(): Promise<void> {
    this.#forget();
    const roots = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri);
    this.#folders = await Promise.all(roots.map((root) => this.#readFolder(root)));
    this.#changed.fire();
    for (const folder of this.#folders) {
      const { content, repository } = folder;
      if (content.kind !== "ready") continue;
      const person = this.#person(repository);
      if (person.started !== undefined) await this.#check(folder);
      // Not awaited: the notification may stay for as long as it likes.
      if (shouldOffer(person, this.#today())) this.#offer(repository, content.onboarding).catch(this.#parts.onProblem);
    }
  }

  async #readFolder(root: vscode.Uri): Promise<Folder> {
    const repository = new OnboardingRepository(root, this.#parts.distDir, this.#parts.log);
    const content = await repository.read();
    const folder: Folder = { repository, content, reports: new Map(), watchers: [] };
    // Nothing is watched in a workspace without trust.
    if (!vscode.workspace.isTrusted) return folder;
    const own = this.#watch(root, onboardingFile, () => this.load());
    const stops = content.kind === "ready" ? content.onboarding.stops : [];
    const files = [...new Set(stops.map(({ file }) => file))].filter((file) => /^[\w./-]+$/.test(file));
    folder.watchers = [own, ...files.map((file) => this.#watch(root, file, () => this.#check(folder)))];
    return folder;
  }

  #watch(root: vscode.Uri, file: string, act: () => Promise<void>): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, file));
    const run = (): void => {
      act().catch(this.#parts.onProblem);
    };
    watcher.onDidChange(run);
    watcher.onDidCreate(run);
    watcher.onDidDelete(run);
    return watcher;
  }

  async #check(folder: Folder | undefined): Promise<void> {
    if (folder?.content.kind !== "ready") return;
    const reports = await folder.repository.check(folder.content.onboarding.stops);
    folder.reports = new Map(reports.map((report) => [report.stop.id, report] as const));
    this.#changed.fire();
  }

  async #offer(repository: OnboardingRepository, { title }: Onboarding): Promise<void> {
    await this.#keep(repository, { ...this.#person(repository), offered: this.#today() });
    const start = vscode.l10n.t("Start");
    const never = vscode.l10n.t("Never Here");
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "This repository has an onboarding for new people: {0}",
        title[this.#parts.settings.lessonLocale()],
      ),
      start,
      vscode.l10n.t("Not Now"),
      never,
    );
    if (answer === start) await this.start(repository);
    else if (answer === never) await this.#keep(repository, { ...this.#person(repository), offered: "never" });
  }

  #folderOf(repository: OnboardingRepository): Folder | undefined {
    return this.#folders.find((folder) => folder.repository === repository);
  }

  #person(repository: OnboardingRepository): KeptPerson {
    return parseKeptPerson(this.#parts.state.get(keyOf(repository)));
  }

  async #keep(repository: OnboardingRepository, person: KeptPerson): Promise<void> {
    await this.#parts.state.update(keyOf(repository), person);
    this.#changed.fire();
  }

  #today(): number {
    const now = new Date(this.#parts.now());
    return dayNumber(now.getFullYear(), now.getMonth() + 1, now.getDate());
  }

  #forget(): void {
    for (const { watchers } of this.#folders) for (const watcher of watchers) watcher.dispose();
    this.#folders = [];
  }
}

function keyOf({ root }: OnboardingRepository): string {
  return `onboarding:${root.toString()}`;
}

function plain({ started, seen }: KeptPerson) {
  return started === undefined ? { seen } : { started, seen };
}
