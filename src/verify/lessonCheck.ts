/** What one check of the author's gate is given. Each check is a function of it that resolves with its findings. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import type { Mistake } from "../core/lesson/lessonFiles.ts";
import type { Catalog, LessonMeta, Quiz } from "../core/lesson/lessonSchema.ts";
import type { Locale } from "../protocol/words.ts";

/** A lesson as far as it could be read: what is absent has been reported already, and checks pass over it. */
export interface LessonUnderCheck {
  readonly id: string;
  readonly catalog: Catalog;
  readonly meta: LessonMeta;
  /** Every file of the lesson's folder, relative to it, with `/`. */
  readonly files: readonly string[];
  /** The text of each of them that belongs to a lesson and can be read. */
  readonly sources: ReadonlyMap<string, string>;
  readonly texts: Readonly<Partial<Record<Locale, string>>>;
  readonly exercise?: string;
  readonly solution?: string;
  readonly spec?: string;
  readonly mistakes: readonly Mistake[];
  readonly quiz?: Quiz;
  readonly quizText?: string;
}

export type LessonCheck = (lesson: LessonUnderCheck) => Promise<readonly Finding[]>;

/** A finding about a file of the lesson. */
export function finding(
  lesson: { readonly id: string },
  file: string,
  line: number | undefined,
  en: string,
  zhCn: string,
): Finding {
  return {
    file: file === "" ? lesson.id : `${lesson.id}/${file}`,
    ...(line === undefined ? {} : { line }),
    message: { en, "zh-cn": zhCn },
  };
}
