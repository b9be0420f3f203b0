/** The program of the schedule comparisons, as the engine takes it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type CompiledProgram, compileProgram } from "../engine/inProcess.ts";
import { fanOutSpec, printingSpec } from "../programs/specs.ts";

export function programText(name: "fanOut" | "planted" | "timers"): string {
  return readFileSync(path.join(import.meta.dirname, `../programs/${name}.ts`), "utf8");
}

export async function fanOutProgram(tasks: number): Promise<CompiledProgram> {
  return compileProgram(programText("fanOut"), fanOutSpec(tasks));
}

/** The same, printing the order of each run. */
export async function printingProgram(tasks: number): Promise<CompiledProgram> {
  return compileProgram(programText("fanOut"), printingSpec(tasks));
}
