/** Gathers what a rehearsal's report is made of: its record and verdicts, those before it, the bank and the lessons. Extension host. */
import * as vscode from "vscode";
import { skillOfLesson } from "../../core/assessment/lessonSkills.ts";
import type { BankFile, BankQuestion } from "../../core/assessment/questionBank.ts";
import type { RehearsalRecord } from "../../core/assessment/rehearsal.ts";
import type { ReportFacts, ScoredRehearsal } from "../../core/assessment/reportFacts.ts";
import { scoreRehearsal, type ScoringInputs } from "../../core/assessment/score.ts";
import type { StudyLesson } from "../../core/assessment/studyPlan.ts";
import type { Locale } from "../../protocol/words.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { RehearsalStore } from "./rehearsalStore.ts";
import { UserError } from "../userError.ts";

export interface RehearsalReportParts {
  readonly rehearsals: RehearsalStore;
  readonly library: LessonLibrary;
  /** The files of the bank that can be read. */
  readonly bank: () => Promise<readonly BankFile[]>;
}

export class RehearsalReports {
  readonly #parts: RehearsalReportParts;

  constructor(parts: RehearsalReportParts) {
    this.#parts = parts;
  }

  /** @throws UserError where there is no such rehearsal */
  async facts(id: string, locale: Locale): Promise<ReportFacts> {
    const { rehearsals, library } = this.#parts;
    const [record, all, { metas }, lookUp, lessons] = await Promise.all([
      rehearsals.read(id),
      rehearsals.list(),
      library.overview(),
      this.#lookUp(),
      this.#lessons(),
    ]);
    if (record === undefined) throw new UserError(vscode.l10n.t("This rehearsal is not there any more."));
    const before = all.filter(
      (each) => each.finished !== undefined && each.startedAt < record.startedAt && each.plan.id !== id,
    );
    const score = async (each: RehearsalRecord): Promise<ScoredRehearsal> => {
      const verdicts = await rehearsals.verdicts(each.plan.id);
      const verdict: ScoringInputs["verdict"] = (item) => (Object.hasOwn(verdicts, item) ? verdicts[item] : undefined);
      return { record: each, score: scoreRehearsal(each, { ...lookUp, verdict }) };
    };
    const own = await score(record);
    const earlier = await Promise.all([...before].sort((a, b) => a.startedAt - b.startedAt).map(score));
    return {
      ...own,
      ...lookUp,
      history: [...earlier, own],
      lessonTitle: (lesson) => metas.get(lesson)?.title,
      lessons,
      when: (ms) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(ms),
    };
  }

  async #lookUp(): Promise<Pick<ReportFacts, "question" | "mistake">> {
    const [files, mistakes] = await Promise.all([this.#parts.bank(), this.#parts.library.mistakes()]);
    const questions = new Map<string, BankQuestion>(
      files.flatMap((file) => file.questions.map((question) => [question.id, question] as const)),
    );
    return {
      question: (id) => questions.get(id),
      mistake: (lesson, name) => mistakes.get(lesson)?.find((each) => each.name === name),
    };
  }

  async #lessons(): Promise<readonly StudyLesson[]> {
    const [{ metas }, trained] = await Promise.all([this.#parts.library.overview(), this.#parts.library.trained()]);
    return [...metas.values()].flatMap(({ id, minutes, skills }) => {
      const skill = skillOfLesson(skills);
      return skill === undefined ? [] : [{ id, minutes, skill, teaches: trained.get(id) ?? new Set() }];
    });
  }
}
