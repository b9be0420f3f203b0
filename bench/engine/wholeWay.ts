/** The engine from outside: the grader as the extension holds it, with its compiler thread and a sandbox kept ready. */
import path from "node:path";
import { type NodeGrader, createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";

export interface Save {
  /** Real ms from the save to the verdict. */
  readonly ms: number;
  /** Real ms from the save until the sandbox has the code and has listed its tests. */
  readonly startMs: number;
  readonly schedules: number;
}

export class WarmGrader {
  readonly #grader: NodeGrader = createNodeGrader({ distDir: path.join(import.meta.dirname, "../../dist") });

  constructor() {
    this.#grader.warm();
  }

  /** Grades a file as if it had just been saved. @throws when it does not pass. */
  async save(exercise: string, spec: string, signal: AbortSignal): Promise<Save> {
    const begun = performance.now();
    let startMs = Number.NaN;
    const verdict = await this.#grader.grade(
      { lesson: "bench", spec, exercise, exerciseName: "exercise.ts", exports: ["run"] },
      signal,
      {
        listed: () => {
          startMs = performance.now() - begun;
        },
      },
    );
    const ms = performance.now() - begun;
    if (!verdict.passed) throw new Error(`the exercise did not pass: ${JSON.stringify(verdict)}`);
    return { ms, startMs, schedules: verdict.tests.reduce((sum, test) => sum + test.schedules.run, 0) };
  }

  dispose(): void {
    this.#grader.dispose();
  }
}
