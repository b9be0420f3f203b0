/**
 * Grades many submissions side by side and keeps each result on disk. A submission that is as another one was is not graded
 * again; one that took the grader down with it is graded once more at the end, alone, so that none pays for another.
 */
import path from "node:path";
import { gradedError, toGradedText } from "../../core/verdict/gradedRun.ts";
import type { Locale } from "../../protocol/words.ts";
import type { NodeGrader } from "../../runner/node/createNodeGrader.ts";
import { CannotRun } from "../cannotRun.ts";
import type { GradableLesson } from "../pack.ts";
import { hashOf, type Identity } from "./identity.ts";
import type { Journal, JournalEntry, Kept } from "./journal.ts";
import { readSubmission, type Submission } from "./submissions.ts";

export interface GradeAllOptions {
  /** Absolute; the folder of all people. */
  readonly directory: string;
  readonly submissions: readonly Submission[];
  readonly lessons: ReadonlyMap<string, GradableLesson>;
  readonly identity: Identity;
  readonly grader: Pick<NodeGrader, "grade" | "warm">;
  readonly journal: Journal;
  /** How many at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly settled: (kept: Kept, known: boolean) => void;
}

export interface Settled {
  /** The file that was graded, or that should have been there, from the person's folder. */
  readonly file: string;
  readonly kept: Kept;
}

/** In the order of the submissions; undefined for those that an abort came before. @throws CannotRun */
export async function gradeAll(options: GradeAllOptions): Promise<readonly (Settled | undefined)[]> {
  return new GradingRun(options).all();
}

class GradingRun {
  readonly #options: GradeAllOptions;
  readonly #settled: (Settled | undefined)[];
  /** Texts being graded right now, by their keys. */
  readonly #underWay = new Map<string, Promise<Kept | undefined>>();
  #next = 0;
  #warm = false;
  #broken = false;

  constructor(options: GradeAllOptions) {
    this.#options = options;
    this.#settled = options.submissions.map(() => undefined);
  }

  async all(): Promise<readonly (Settled | undefined)[]> {
    const { jobs, submissions, signal } = this.#options;
    const crashed: number[] = [];
    const workers = Array.from({ length: Math.min(jobs, submissions.length) }, () => this.#work(crashed));
    const ended = await Promise.allSettled(workers);
    for (const end of ended) if (end.status === "rejected") throw end.reason;
    for (const index of crashed.sort((a, b) => a - b)) {
      if (!signal.aborted) await this.#settle(index, true);
    }
    return this.#settled;
  }

  async #work(crashed: number[]): Promise<void> {
    const { submissions, signal } = this.#options;
    for (;;) {
      const index = this.#next++;
      if (index >= submissions.length || signal.aborted || this.#broken) return;
      try {
        if (!(await this.#settle(index, false))) crashed.push(index);
      } catch (error) {
        this.#broken = true;
        throw error;
      }
    }
  }

  /** False where it must be tried again, or was cancelled. @param alone nothing else runs: what happens is its own doing */
  async #settle(index: number, alone: boolean): Promise<boolean> {
    const { directory, submissions, identity, journal, settled } = this.#options;
    const submission = submissions[index];
    if (submission === undefined) return true;
    const { lesson } = submission;
    const read = await readSubmission(directory, submission);
    const [key, grade] =
      "obstacle" in read || lesson === null
        ? this.#withoutText(read)
        : [
            identity.keyOf(lesson, path.posix.basename(read.file), read.text),
            (key: string) => this.#grade(key, lesson, read, alone),
          ];
    const known = journal.find(key) ?? (await this.#underWay.get(key));
    const kept = known ?? (await this.#once(key, grade));
    if (kept === undefined) return false;
    this.#settled[index] = { file: read.file, kept };
    settled(kept, known !== undefined);
    return true;
  }

  async #once(key: string, grade: (key: string) => Promise<JournalEntry | undefined>): Promise<Kept | undefined> {
    const working = grade(key).then((entry) => (entry === undefined ? undefined : this.#options.journal.append(entry)));
    this.#underWay.set(key, working);
    try {
      return await working;
    } finally {
      this.#underWay.delete(key);
    }
  }

  #withoutText(
    read: Awaited<ReturnType<typeof readSubmission>>,
  ): [key: string, grade: (key: string) => Promise<JournalEntry>] {
    const obstacle = "obstacle" in read ? read.obstacle : undefined;
    const { code, message } = obstacle ?? { code: "missing", message: { en: "", "zh-cn": "" } };
    const error = gradedError(code, message, this.#locale);
    return [
      hashOf(["not read", error]),
      (key) => Promise.resolve({ key, durationMs: 0, result: { passed: false, tests: [], error } }),
    ];
  }

  async #grade(
    key: string,
    lesson: string,
    { file, text }: { readonly file: string; readonly text: string },
    alone: boolean,
  ): Promise<JournalEntry | undefined> {
    const { lessons, grader, signal, identity } = this.#options;
    const { seed, schedules } = identity.facts;
    const graded = lessons.get(lesson);
    if (graded === undefined) throw new Error(`The lesson ${lesson} was not read.`);
    const request = {
      lesson,
      spec: graded.spec,
      exercise: text,
      exerciseName: path.posix.basename(file),
      exports: graded.meta.exports,
      seed,
      ...(schedules === undefined ? {} : { schedules }),
    };
    // Not before: where all is known already, neither the compiler nor a sandbox is needed.
    if (!this.#warm) grader.warm();
    this.#warm = true;
    const verdict = await grader.grade(request, signal).catch(() => "crashed" as const);
    if (signal.aborted) return undefined;
    if (verdict === "crashed") return alone ? compilerCrash(key, this.#locale) : undefined;
    const { error } = verdict;
    if (error?.code === "sandbox-refused") throw new CannotRun(error.message.en, error.message["zh-cn"]);
    if (error?.code === "sandbox-crashed" && !alone) return undefined;
    return { key, durationMs: verdict.durationMs, result: toGradedText(verdict, this.#locale) };
  }

  get #locale(): Locale {
    return this.#options.identity.facts.locale;
  }
}

function compilerCrash(key: string, locale: Locale): JournalEntry {
  const message = { en: "The compiler broke off over this file.", "zh-cn": "编译器处理这个文件时中断了。" };
  const error = gradedError("sandbox-crashed", message, locale);
  return { key, durationMs: 0, result: { passed: false, tests: [], error } };
}
