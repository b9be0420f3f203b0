/**
 * What rehearsals ask: the bank, read when the first one is near, and the lessons; and what is known of the learner. Extension
 * host.
 */
import { ReadOnce } from "../../base/readOnce.ts";
import type { ItemMaterial } from "../../core/assessment/assessmentView.ts";
import { type Checklists, checklistOf, checklistsFile, parseChecklists } from "../../core/assessment/checklists.ts";
import type { Material, Past } from "../../core/assessment/drawInputs.ts";
import { type BankFile, parseBankFile } from "../../core/assessment/questionBank.ts";
import type { RehearsalPlan, RehearsalRecord } from "../../core/assessment/rehearsal.ts";
import { shownOf } from "../../core/assessment/shownOf.ts";
import { skillIds } from "../../core/assessment/skills.ts";
import { formatFinding } from "../../core/lesson/lessonFinding.ts";
import { type Lesson, readText } from "../../core/lesson/lessonFiles.ts";
import type { LessonReader } from "../../core/lesson/lessonReader.ts";
import { day } from "../../core/questions/reviewCards.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { RehearsalStore } from "./rehearsalStore.ts";

/** What the learner ran into or passed is not asked again for so long, in ms. */
const lately = 30 * day;

export interface RehearsalMaterialParts {
  /** Of the bank's folder. */
  readonly bank: LessonReader;
  readonly library: Pick<LessonLibrary, "overview" | "mistakes" | "lesson" | "quiz">;
  readonly exercises: Pick<ExerciseFiles, "writtenTexts">;
  readonly store: Pick<ProgressStore, "progress">;
  readonly rehearsals: Pick<RehearsalStore, "list" | "verdicts">;
  /** Of a file of the bank that cannot be read: its questions are not asked. */
  readonly onFinding: (finding: string) => void;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

export class RehearsalMaterial {
  readonly #parts: RehearsalMaterialParts;
  readonly #bank = new ReadOnce<"all", readonly BankFile[]>();
  readonly #checklists = new ReadOnce<"all", Checklists>();

  constructor(parts: RehearsalMaterialParts) {
    this.#parts = parts;
  }

  bank(): Promise<readonly BankFile[]> {
    return this.#bank.get("all", async () => {
      const files = await Promise.all(skillIds.map((skill) => this.#readBankFile(`${skill}.json`)));
      return files.flatMap((file) => file ?? []);
    });
  }

  async material(): Promise<Material> {
    const { library } = this.#parts;
    const [bank, { metas }, mistakes] = await Promise.all([this.bank(), library.overview(), library.mistakes()]);
    return { bank, lessons: [...metas.values()], mistakes, shown: shownOf };
  }

  async past(): Promise<Past> {
    const { library, exercises, store, rehearsals, now } = this.#parts;
    const since = now() - lately;
    const [{ metas }, records] = await Promise.all([library.overview(), rehearsals.list()]);
    const ids = [...metas.keys()];
    const { progress } = store;
    const shown = progress.shownSince(since);
    const [texts, told, judged] = await Promise.all([
      Promise.all(ids.map((id) => exercises.writtenTexts(id))),
      Promise.all(ids.filter((id) => shown.quizzes.has(id)).map((id) => this.#toldByQuiz(id))),
      Promise.all(records.filter(({ startedAt }) => startedAt >= since).map((record) => this.#judged(record))),
    ]);
    const coded = records.flatMap(({ items }) => Object.values(items).flatMap(({ code }) => code ?? []));
    return {
      written: [...texts.flat(), ...coded],
      reviewed: progress.reviewedMistakes,
      met: [...progress.metSince(since), ...told.flat(), ...judged.flat()],
      passed: new Set(ids.filter((id) => (progress.lesson(id).passedAt ?? 0) >= since)),
      helped: shown.help,
      plans: records.map(({ plan }) => plan),
    };
  }

  /** What the items of this plan are about. */
  async ofPlan({ items }: RehearsalPlan): Promise<ItemMaterial> {
    const { library } = this.#parts;
    const coding = items.flatMap((item) => (item.kind === "coding" ? [item.lesson] : []));
    const [bank, checklists, { metas }, mistakes, ...lessons] = await Promise.all([
      this.bank(),
      this.#readChecklists(),
      library.overview(),
      library.mistakes(),
      ...coding.map((id) => library.lesson(id).catch(() => undefined)),
    ]);
    const questions = new Map(
      bank.flatMap((file) => file.questions.map((question) => [question.id, question] as const)),
    );
    const byId = new Map<string, Lesson>(
      lessons.flatMap((lesson) => (lesson === undefined ? [] : [[lesson.meta.id, lesson]])),
    );
    return {
      question: (id) => questions.get(id),
      mistake: (lesson, name) => mistakes.get(lesson)?.find((each) => each.name === name),
      lesson: (id) => byId.get(id),
      checklist: (lesson) => checklistOf(checklists, lesson),
      titleOf: (lesson) => metas.get(lesson)?.title ?? { en: lesson, "zh-cn": lesson },
    };
  }

  /** What the bugs of a lesson's questions are. */
  async #toldByQuiz(lesson: string): Promise<Past["met"]> {
    // A quiz that cannot be read any more tells nothing.
    const quiz = await this.#parts.library.quiz(lesson).catch(() => undefined);
    return (quiz?.questions ?? []).flatMap((question) => {
      if (question.kind !== "find-bug") return [];
      const diagnosis = question.options.find(({ id }) => id === question.answer)?.diagnosis;
      return diagnosis === undefined ? [] : [{ lesson, diagnosis }];
    });
  }

  /** The bugs that a rehearsal's own coding tasks showed. */
  async #judged({ plan }: RehearsalRecord): Promise<Past["met"]> {
    const verdicts = await this.#parts.rehearsals.verdicts(plan.id);
    return plan.items.flatMap((item) => {
      const verdict = item.kind === "coding" && Object.hasOwn(verdicts, item.id) ? verdicts[item.id] : undefined;
      if (item.kind !== "coding" || verdict === undefined) return [];
      const { lesson } = item;
      return verdict.tests.flatMap(({ failure }) =>
        failure === undefined ? [] : [{ lesson, diagnosis: failure.diagnosis }],
      );
    });
  }

  #readChecklists(): Promise<Checklists> {
    return this.#checklists.get("all", async () => {
      const text = await readText(this.#parts.bank, checklistsFile);
      const parsed = text.ok ? parseChecklists(text.value) : text;
      if (parsed.ok) return parsed.value;
      for (const finding of parsed.findings) this.#parts.onFinding(formatFinding(finding, "en"));
      return {};
    });
  }

  async #readBankFile(file: string): Promise<BankFile | undefined> {
    const text = await readText(this.#parts.bank, file);
    const parsed = text.ok ? parseBankFile(text.value, file) : text;
    if (parsed.ok) return parsed.value;
    for (const finding of parsed.findings) this.#parts.onFinding(formatFinding(finding, "en"));
    return undefined;
  }
}
