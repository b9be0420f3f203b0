/** Hostile programs as what is graded: the spec and the exercise of each, or of many together. */
import type { GradeRequest } from "../../../src/protocol/grading.ts";
import { escapes, waysUp } from "./escapes.ts";
import { fakes } from "./fakes.ts";
import { floods } from "./floods.ts";
import { changesOfBuiltins, patches } from "./patches.ts";
import { type HostileProgram, usualBody } from "./program.ts";

type Graded = Pick<GradeRequest, "spec" | "exercise" | "exports">;

/** Each needs a sandbox of its own. */
export const alone: readonly HostileProgram[] = [...escapes, ...patches, ...fakes, ...floods];
/** Each is graded as one exercise with a test for each program. */
export const together: readonly (readonly HostileProgram[])[] = [waysUp, changesOfBuiltins];

/** A spec with one test, "it", of what the exercise exports as `run`. */
export function specOf(body: string, options = ""): string {
  return [
    'import { test } from "interleave";',
    'import { run } from "./exercise.ts";',
    `test("it", { title: { en: "it", "zh-cn": "它" }, ${options} }, async (t) => {`,
    body,
    "});",
  ].join("\n");
}

export function asExercise({ body = usualBody, options, exercise }: HostileProgram): Graded {
  return { spec: specOf(body, options), exercise, exports: ["run"] };
}

/** Each program's `run` under a name of its own, and a test for each, named by its place. */
export function asOneExercise(programs: readonly HostileProgram[]): Graded {
  const names = programs.map((_, place) => `run${String(place)}`);
  const named = (text: string, place: number): string => text.replaceAll(/\brun\(/g, `${names[place] ?? ""}(`);
  const tests = programs.map(
    ({ body = usualBody }, place) =>
      `test("${String(place)}", { title: { en: "it", "zh-cn": "它" } }, async (t) => {\n${named(body, place)}\n});`,
  );
  return {
    spec: ['import { test } from "interleave";', `import { ${names.join(", ")} } from "./exercise.ts";`, ...tests].join(
      "\n",
    ),
    exercise: programs.map(({ exercise }, place) => named(exercise, place)).join("\n"),
    exports: names,
  };
}
