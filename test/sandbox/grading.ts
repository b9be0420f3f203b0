/** What the sandbox tests share: grade a text of an exercise against a text of a spec, in the real sandbox process. */
import assert from "node:assert/strict";
import path from "node:path";
import type { Failure, Verdict } from "../../src/protocol/verdict.ts";
import { type NodeGrader, createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { specOf } from "./hostile/graded.ts";

const distDir = path.join(import.meta.dirname, "../../dist");

export function createGrader(): NodeGrader {
  return createNodeGrader({ distDir });
}

export interface Program {
  /** Body of the only test; `t` and `run` are in scope. */
  readonly body: string;
  readonly exercise: string;
  /** Further test options as source, e.g. `cancel: "everywhere"`. */
  readonly options?: string;
  readonly schedules?: number;
}

/** The exercise exports `run`; the spec has one test, "it". */
export async function grade(grader: NodeGrader, program: Program): Promise<Verdict> {
  const { body, exercise, options = "", schedules = 2000 } = program;
  return grader.grade({ ...request(body, exercise, options), schedules }, new AbortController().signal);
}

export function request(body: string, exercise: string, options = ""): Parameters<NodeGrader["grade"]>[0] {
  const spec = specOf(body, options);
  return { lesson: "probe", spec, exercise, exerciseName: "exercise.ts", exports: ["run"] };
}

/** The failure of the only test. */
export function failureOf(verdict: Verdict): Failure {
  assert.equal(verdict.error, undefined, JSON.stringify(verdict.error));
  const failure = verdict.tests[0]?.failure;
  assert.ok(failure, "the test passed");
  return failure;
}

export function assertPassed(verdict: Verdict): void {
  assert.equal(verdict.error, undefined, JSON.stringify(verdict.error));
  assert.deepEqual(
    verdict.tests.map(({ failure }) => failure),
    verdict.tests.map(() => undefined),
  );
  assert.ok(verdict.passed);
}
