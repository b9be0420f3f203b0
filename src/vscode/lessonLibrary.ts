/**
 * The lessons that this window knows: read once, kept. A lesson that cannot be read is left out of the lists and
 * logged; asking for it by name says what is wrong with it. Extension host.
 */
import * as vscode from "vscode";
import { ReadOnce } from "../base/readOnce.ts";
import { lessonOrder } from "../core/catalog.ts";
import { type Finding, findingsOf, formatFinding } from "../core/lessonFinding.ts";
import {
  type Lesson,
  type Mistake,
  readLesson,
  readLessonMeta,
  readMistakes,
  readPlayground,
  readQuiz,
  readUsableCatalog,
} from "../core/lessonFiles.ts";
import type { LessonReader } from "../core/lessonReader.ts";
import { type RenderedLesson, renderLesson } from "../core/lessonPanelState.ts";
import type { Catalog, LessonMeta, Quiz } from "../core/lessonSchema.ts";
import type { Diagnosis } from "../protocol/diagnosis.ts";
import type { Locale } from "../protocol/words.ts";
import { UserError } from "./userError.ts";

export interface Lessons {
  readonly catalog: Catalog;
  /** Of the lessons that can be read, by id. */
  readonly metas: ReadonlyMap<string, LessonMeta>;
  /** Why the others cannot. */
  readonly findings: readonly Finding[];
}

export class LessonLibrary {
  readonly #reader: LessonReader;
  readonly #log: vscode.LogOutputChannel;
  readonly #overview = new ReadOnce<"all", Lessons>();
  readonly #mistakes = new ReadOnce<"all", ReadonlyMap<string, readonly Mistake[]>>();
  readonly #trained = new ReadOnce<"all", ReadonlyMap<string, ReadonlySet<Diagnosis>>>();
  readonly #lessons = new ReadOnce<string, Lesson>();
  readonly #playgrounds = new ReadOnce<string, string | undefined>();
  readonly #rendered = new WeakMap<Lesson, Map<Locale, RenderedLesson>>();

  /** @param reader of one pack; it decides itself whether the pack may be read (workspaceLessonReader.ts). */
  constructor(reader: LessonReader, log: vscode.LogOutputChannel) {
    this.#reader = reader;
    this.#log = log;
  }

  overview(): Promise<Lessons> {
    return this.#overview.get("all", () => this.#readOverview());
  }

  lesson(id: string): Promise<Lesson> {
    return this.#lessons.get(id, () => this.#readLesson(id));
  }

  async quiz(id: string): Promise<Quiz> {
    const quiz = await readQuiz(this.#reader, id);
    if (!quiz.ok) throw this.#broken(quiz.findings);
    return quiz.value;
  }

  /** The known mistakes of all lessons that can be read, by lesson. */
  mistakes(): Promise<ReadonlyMap<string, readonly Mistake[]>> {
    return this.#mistakes.get("all", () => this.#readAllMistakes());
  }

  /** The kinds of bugs that each lesson's mistakes show. */
  trained(): Promise<ReadonlyMap<string, ReadonlySet<Diagnosis>>> {
    return this.#trained.get("all", async () => {
      const mistakes = [...(await this.mistakes())];
      return new Map(mistakes.map(([id, known]) => [id, new Set(known.map(({ diagnosis }) => diagnosis))] as const));
    });
  }

  /** The lesson's driver for the playground; undefined where it has none. */
  playground(id: string): Promise<string | undefined> {
    return this.#playgrounds.get(id, () => this.#readPlayground(id));
  }

  rendered(lesson: Lesson, locale: Locale): RenderedLesson {
    const byLocale = this.#rendered.get(lesson) ?? new Map<Locale, RenderedLesson>();
    this.#rendered.set(lesson, byLocale);
    const known = byLocale.get(locale) ?? renderLesson(lesson, locale);
    byLocale.set(locale, known);
    return known;
  }

  async #readOverview(): Promise<Lessons> {
    const { catalog, findings: problems } = await readUsableCatalog(this.#reader);
    if (catalog === undefined) throw this.#broken(problems);
    const results = await Promise.all(lessonOrder(catalog).map((id) => readLessonMeta(this.#reader, id)));
    const findings = [...problems, ...findingsOf(...results)];
    this.#report(findings);
    const metas = new Map(results.flatMap((result) => (result.ok ? [[result.value.id, result.value] as const] : [])));
    return { catalog, metas, findings };
  }

  async #readPlayground(id: string): Promise<string | undefined> {
    const driver = await readPlayground(this.#reader, id);
    if (!driver.ok) throw this.#broken(driver.findings);
    return driver.value;
  }

  async #readAllMistakes(): Promise<ReadonlyMap<string, readonly Mistake[]>> {
    const { metas } = await this.overview();
    const read = await Promise.all(
      [...metas.keys()].map(async (id) => ({ id, mistakes: await readMistakes(this.#reader, id) })),
    );
    this.#report(findingsOf(...read.map(({ mistakes }) => mistakes)));
    return new Map(read.flatMap(({ id, mistakes }) => (mistakes.ok ? [[id, mistakes.value] as const] : [])));
  }

  async #readLesson(id: string): Promise<Lesson> {
    const { catalog } = await this.overview();
    if (!catalog.tracks.some((track) => track.lessons.includes(id))) {
      throw new UserError(vscode.l10n.t('There is no lesson "{0}".', id));
    }
    const lesson = await readLesson(this.#reader, id);
    if (!lesson.ok) throw this.#broken(lesson.findings);
    return lesson.value;
  }

  #broken(findings: readonly Finding[]): UserError {
    this.#report(findings);
    const [first] = findings;
    const detail = first === undefined ? "" : formatFinding(first, vscode.env.language === "zh-cn" ? "zh-cn" : "en");
    return new UserError(vscode.l10n.t("The lesson cannot be opened. {0}", detail));
  }

  #report(findings: readonly Finding[]): void {
    for (const finding of findings) this.#log.error(formatFinding(finding, "en"));
  }
}
