/**
 * The costly half of the gate on one lesson that is being written: types, Go, and every answer by running it. A newer run
 * ends the older one, and a lesson whose code is the same as when it was last run is not run. Runs in the extension host.
 */
import type { Outcome, RunStanding } from "../../core/authoring/authorView.ts";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import { runCheck, runningChecks } from "../checks.ts";
import type { LessonUnderCheck } from "../lessonCheck.ts";
import type { AuthorTools } from "./authorTools.ts";
import { RememberedGrader } from "./rememberedGrader.ts";

interface Run {
  readonly lesson: LessonUnderCheck;
  readonly abort: AbortController;
  readonly outcomes: Map<string, Outcome>;
  readonly done: Promise<void>;
}

export class LessonRun {
  readonly #tools: AuthorTools;
  readonly #changed: () => void;
  #memory = new RememberedGrader();
  #run: Run | undefined;
  #standing: RunStanding = { kind: "none" };
  /** What the last whole run found, and in which files. */
  #found: { readonly lesson: LessonUnderCheck; readonly findings: readonly Finding[] } | undefined;

  /** @param changed told when standing, outcomes or findings are others */
  constructor(tools: AuthorTools, changed: () => void) {
    this.#tools = tools;
    this.#changed = changed;
  }

  get standing(): RunStanding {
    return this.#standing;
  }

  /** By file of the lesson. */
  get outcomes(): ReadonlyMap<string, Outcome> {
    return this.#run?.outcomes ?? new Map();
  }

  /** Those of the last whole run that are about a file as it is now: lines move under an edit. */
  findings(lesson: LessonUnderCheck | undefined): readonly Finding[] {
    const found = this.#found;
    if (found === undefined) return [];
    return found.findings.filter(({ file }) => {
      const name = file.slice(found.lesson.id.length + 1);
      return lesson === undefined || found.lesson.sources.get(name) === lesson.sources.get(name);
    });
  }

  /** Resolves when the run is over, also when a newer one or `cancel` ends it. Never rejects. */
  start(lesson: LessonUnderCheck): Promise<void> {
    const before = this.#run;
    const goesOn = this.#standing.kind === "running" || this.#standing.kind === "done";
    if (before !== undefined && goesOn && runsTheSame(before.lesson, lesson)) return before.done;
    before?.abort.abort();
    const abort = new AbortController();
    const outcomes = new Map<string, Outcome>();
    this.#standing = { kind: "running" };
    const done = this.#check(lesson, abort.signal, outcomes);
    this.#run = { lesson, abort, outcomes, done };
    this.#changed();
    return done;
  }

  /** Ends the run that is under way. */
  cancel(): void {
    if (this.#standing.kind !== "running") return;
    this.#run?.abort.abort();
    this.#standing = { kind: "stopped" };
    this.#changed();
  }

  /** Has the next run begin from nothing, with all files. */
  forget(): void {
    this.#run?.abort.abort();
    this.#run = undefined;
    this.#memory = new RememberedGrader();
  }

  dispose(): void {
    this.#run?.abort.abort();
  }

  async #check(lesson: LessonUnderCheck, signal: AbortSignal, outcomes: Map<string, Outcome>): Promise<void> {
    const files = new Map([
      ["exercise.ts", lesson.exercise],
      ["solution.ts", lesson.solution],
      ...lesson.mistakes.map(({ name, code }) => [`mistakes/${name}.ts`, code] as const),
    ]);
    const told = (file: string, code: string, outcome: Outcome): void => {
      // A question of the quiz may be called like a file. The solution is run with several seeds: one that fails counts.
      if (signal.aborted || files.get(file) !== code || (outcomes.get(file) ?? passes).kind !== "passes") return;
      outcomes.set(file, outcome);
      this.#changed();
    };
    try {
      const checks = runningChecks({
        distDir: this.#tools.distDir,
        grader: this.#memory.over(this.#tools.grader(signal), told),
        simulator: (file) => this.#tools.simulator(file),
        typeChecker: this.#tools.typeChecker,
        signal,
        onMissingGo: () => undefined,
      });
      const found = await Promise.all(
        checks.map(async (check) => (await runCheck(check, lesson)).map((each) => ({ ...each, code: check.code }))),
      );
      if (signal.aborted) return;
      this.#found = { lesson, findings: found.flat() };
      this.#standing = { kind: "done" };
    } catch (error) {
      if (signal.aborted) return;
      this.#standing = { kind: "broken", problem: error instanceof Error ? error.message : String(error) };
    }
    this.#changed();
  }
}

const passes: Outcome = { kind: "passes" };

/** Whether all that is compiled or run is the same. */
function runsTheSame(a: LessonUnderCheck, b: LessonUnderCheck): boolean {
  const [ours, theirs] = [codeOf(a), codeOf(b)];
  return (
    a.meta.exports.join() === b.meta.exports.join() &&
    ours.length === theirs.length &&
    ours.every(([file, text], index) => theirs[index]?.[0] === file && theirs[index][1] === text)
  );
}

function codeOf({ sources }: LessonUnderCheck): readonly (readonly [string, string])[] {
  return [...sources].filter(([file]) => /\.(?:ts|go)$/.test(file) || file === "quiz.json");
}
