/** What a report is made of. Pure. */
import type { Words } from "../../protocol/words.ts";
import type { Mistake } from "../lesson/lessonFiles.ts";
import type { BankQuestion } from "./questionBank.ts";
import type { RehearsalRecord, RehearsalScore } from "./rehearsal.ts";
import type { StudyLesson } from "./studyPlan.ts";

export interface ScoredRehearsal {
  readonly record: RehearsalRecord;
  readonly score: RehearsalScore;
}

export interface ReportFacts extends ScoredRehearsal {
  /** Finished rehearsals up to this one, which is the last; the oldest first. */
  readonly history: readonly ScoredRehearsal[];
  readonly question: (id: string) => BankQuestion | undefined;
  readonly mistake: (lesson: string, name: string) => Mistake | undefined;
  /** Title of a lesson; undefined where there is none. */
  readonly lessonTitle: (lesson: string) => Words | undefined;
  readonly lessons: readonly StudyLesson[];
  /** A moment (real ms since 1970) as people of this language write it, at this place. */
  readonly when: (ms: number) => string;
}
