/**
 * Grades a lesson's own files and remembers: a file is graded again only where it, the spec or the exports have changed.
 * So after a mistake was edited that mistake alone is run. Keeps no traces. Pure but for the grader below it.
 */
import type { Outcome } from "../../core/authoring/authorView.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { ScriptResult } from "../../runner/node/createNodeGrader.ts";
import type { LessonGrader } from "../gradeLesson.ts";
import type { LessonUnderCheck } from "../lessonCheck.ts";

interface Graded {
  readonly spec: string;
  readonly code: string;
  readonly exports: string;
  readonly verdict: Verdict;
}

interface Played {
  readonly code: string;
  readonly result: ScriptResult;
}

export class RememberedGrader {
  readonly #graded = new Map<string, Graded>();
  readonly #played = new Map<string, Played>();

  /**
   * One run's view of it.
   * @param told what each code came to, from memory or not
   */
  over(grader: LessonGrader, told: (file: string, code: string, outcome: Outcome) => void): LessonGrader {
    return {
      grade: async (lesson, spec, file, code, seed = 1) => {
        const verdict = await this.#grade(grader, { lesson, spec, file, code, seed });
        const outcome = outcomeOf(verdict, file);
        if (outcome !== undefined) told(file, code, outcome);
        return verdict;
      },
      script: async (code, file) => {
        const known = this.#played.get(file);
        if (known?.code === code) return known.result;
        const result = await grader.script(code, file);
        if (result.error?.code !== "cancelled") this.#played.set(file, { code, result });
        return result;
      },
    };
  }

  async #grade(grader: LessonGrader, asked: Asked): Promise<Verdict> {
    const { lesson, spec, file, code, seed } = asked;
    const key = `${String(seed)} ${file}`;
    const exports = lesson.meta.exports.join();
    const known = this.#graded.get(key);
    if (known?.spec === spec && known.code === code && known.exports === exports) return known.verdict;
    const verdict = withoutTraces(await grader.grade(lesson, spec, file, code, seed));
    if (isOfTheCode(verdict)) this.#graded.set(key, { spec, code, exports, verdict });
    return verdict;
  }
}

interface Asked {
  readonly lesson: LessonUnderCheck;
  readonly spec: string;
  readonly file: string;
  readonly code: string;
  readonly seed: number;
}

/** Whether the same code would come to the same: not what was cancelled, nor what the machine is to blame for. */
function isOfTheCode({ error }: Verdict): boolean {
  return error?.code !== "cancelled" && error?.code !== "sandbox-crashed";
}

function withoutTraces(verdict: Verdict): Verdict {
  const tests = verdict.tests.map((test) =>
    test.failure === undefined ? test : { ...test, failure: { ...test.failure, trace: [] } },
  );
  return { ...verdict, tests };
}

function outcomeOf({ error, tests }: Verdict, file: string): Outcome | undefined {
  if (error?.code === "cancelled") return undefined;
  if (error !== undefined) {
    const at = { file: error.code === "broken-lesson" ? "spec.ts" : file };
    const { source, message } = error;
    return { kind: "error", message, ...at, ...(source === undefined ? {} : { line: source.line }) };
  }
  const failed = tests.find(({ failure }) => failure !== undefined);
  if (failed?.failure === undefined) return { kind: "passes" };
  return { kind: "fails", diagnosis: failed.failure.diagnosis, test: failed.name };
}
