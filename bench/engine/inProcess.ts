/**
 * The engine from inside: a realm of the sandbox in this process, driven as the sandbox drives it, with everything on
 * that grading has on. The only file of the benchmark that knows the engine's own interfaces.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import type { CompiledModule, FromSandboxMessage } from "../../src/protocol/sandboxMessages.ts";
import type { TestVerdict } from "../../src/protocol/verdict.ts";
import { type Realm, createRealm, kernelScript } from "../../src/sandbox/realm.ts";
import { runJob } from "../../src/sandbox/runJob.ts";

export interface CompiledProgram {
  readonly exercise: CompiledModule;
  readonly spec: CompiledModule;
}

/** One run of the spec's body, in the order of starting. */
export interface Play {
  /** Real ms, from its beginning to the beginning of the next (or the end of its test). */
  readonly ms: number;
  /** It played again what had just been played, to see whether the same happens. */
  readonly again: boolean;
}

export interface Graded {
  readonly verdicts: readonly TestVerdict[];
  /** Real ms of the whole job. */
  readonly ms: number;
  /** Schedules over all tests. */
  readonly schedules: number;
  /** Empty unless they were asked for. */
  readonly plays: readonly Play[];
}

export interface GradeOptions {
  /** Schedules that a test may run. */
  readonly budget: number;
  readonly seed: number;
  /** Whether to time each play: costs a look at the clock for each. */
  readonly plays?: boolean;
}

/** Loads TypeScript, which takes a while and 100 MB: not for a process whose memory is measured. */
export async function compileProgram(exercise: string, spec: string): Promise<CompiledProgram> {
  const { compile } = await import("../../src/core/compiler/compile.ts");
  const module = (source: string, fileName: string, mayImport: boolean): CompiledModule => {
    const compiled = compile(source, { fileName, mayImport, knowsUsing: true });
    if ("error" in compiled) throw new Error(`${fileName} does not compile: ${compiled.error.message.en}`);
    return compiled.module;
  };
  return { exercise: module(exercise, "exercise.ts", false), spec: module(spec, "spec.ts", true) };
}

export class InProcessEngine {
  readonly #realm: Realm;

  constructor() {
    const kernel = path.join(import.meta.dirname, "../../dist/kernel.js");
    this.#realm = createRealm(kernelScript(readFileSync(kernel, "utf8")), { hostStaysOpen: true });
    process.on("unhandledRejection", (reason) => {
      this.#realm.kernel.rejected(reason);
    });
  }

  /** Grades once. @throws when the file could not be graded. */
  async grade(program: CompiledProgram, options: GradeOptions): Promise<Graded> {
    const verdicts: TestVerdict[] = [];
    const watch = new PlayWatch();
    const begun = performance.now();
    const realm = options.plays === true ? watch.over(this.#realm) : this.#realm;
    await this.#run(program, options, realm, (message) => {
      if (message.type !== "tested") return;
      watch.end();
      verdicts.push(message.verdict);
    });
    const ms = performance.now() - begun;
    const schedules = verdicts.reduce((sum, verdict) => sum + verdict.schedules.run, 0);
    return { verdicts, ms, schedules, plays: watch.plays };
  }

  /** What each schedule printed, once for each order of the spec's prints: a pass of its own, never timed. */
  async printed(program: CompiledProgram, options: GradeOptions): Promise<ReadonlySet<string>> {
    const printed = new Set<string>();
    const { kernel } = this.#realm;
    let begun = false;
    const collect = (): void => {
      if (!begun) return;
      const { output } = JSON.parse(kernel.report()) as { readonly output: readonly string[] };
      printed.add(output.join("\n"));
    };
    const listening: Realm = {
      ...this.#realm,
      kernel: {
        ...kernel,
        begin: (...parameters) => {
          collect();
          begun = true;
          kernel.begin(...parameters);
        },
      },
    };
    await this.#run(program, options, listening, (message) => {
      if (message.type === "tested") collect();
    });
    return printed;
  }

  async #run(
    { exercise, spec }: CompiledProgram,
    { budget, seed }: GradeOptions,
    realm: Realm,
    listen: (message: FromSandboxMessage) => void,
  ): Promise<void> {
    let failed: string | undefined;
    await runJob({ kind: "grade", exercise, spec, budget, seed }, realm, (message) => {
      if (message.type === "failed") failed = message.error.message.en;
      listen(message);
    });
    if (failed !== undefined) throw new Error(failed);
  }
}

/** Notes when each play begins: one look at the clock for each schedule. */
class PlayWatch {
  readonly plays: Play[] = [];
  #current: { readonly startedAt: number; readonly what: string; readonly again: boolean } | undefined;

  over(realm: Realm): Realm {
    const { kernel } = realm;
    const begin: typeof kernel.begin = (test, decisions, ...rest) => {
      const what = `${test} ${decisions}`;
      const again = this.#current?.what === what;
      this.end();
      this.#current = { startedAt: performance.now(), what, again };
      kernel.begin(test, decisions, ...rest);
    };
    return { ...realm, kernel: { ...kernel, begin } };
  }

  end(): void {
    if (this.#current === undefined) return;
    this.plays.push({ ms: performance.now() - this.#current.startedAt, again: this.#current.again });
    this.#current = undefined;
  }
}
