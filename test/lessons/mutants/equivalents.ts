/**
 * Mutants of a solution that no test can tell from it, each with the reason: `equivalent.json` beside the lesson's banks. An
 * entry names the source line and the change, not a number, so that it outlives edits elsewhere; one that fits no mutant any
 * more is an error.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { root } from "../../../scripts/lib/paths.mjs";
import type { Mutant } from "./makeMutants.ts";

const text = v.pipe(v.string(), v.minLength(1));
const schema = v.array(
  v.strictObject({
    /** The source line on which the change begins, without the space around it. */
    line: text,
    /** As the table prints it: "original → replacement", with white space as one space. */
    change: text,
    /** Why no behaviour of which the contract speaks can differ. */
    why: text,
  }),
);

export type Equivalent = v.InferOutput<typeof schema>[number];

export function readEquivalents(lesson: string): readonly Equivalent[] {
  const file = join(root, "test", "lessons", lesson, "equivalent.json");
  return existsSync(file) ? v.parse(schema, JSON.parse(readFileSync(file, "utf8"))) : [];
}

export function changeOf({ original, replacement }: Mutant): string {
  return `${original} → ${replacement}`.replaceAll(/\s+/g, " ");
}

export function describesMutant({ line, change }: Equivalent, mutant: Mutant): boolean {
  return line === mutant.context && change === changeOf(mutant);
}
