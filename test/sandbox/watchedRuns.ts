/** What the tests of footprints share: a real realm in this process, and runs in it that are watched or not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { compile } from "../../src/core/compiler/compile.ts";
import type { CompiledModule } from "../../src/protocol/sandboxMessages.ts";
import type { Trace } from "../../src/protocol/trace.ts";
import { watchPromises } from "../../src/sandbox/promiseHooks.ts";
import { type Realm, createRealm, flushRejections, kernelScript } from "../../src/sandbox/realm.ts";
import type { Finding } from "../../src/world/oracle/findings.ts";
import type { Passed } from "../../src/world/run/runOptions.ts";
import type { Footprints } from "../../src/world/search/footprint.ts";
import type { Plan, RunRecord } from "../../src/world/search/plan.ts";

const kernel = kernelScript(readFileSync(path.join(import.meta.dirname, "../../dist/kernel.js"), "utf8"));

export interface Played {
  readonly passed: boolean;
  readonly fingerprint: number;
  readonly finding: Finding | undefined;
  readonly output: readonly string[];
  readonly trace: Trace;
}

export interface Watched extends Played {
  readonly footprints: Footprints;
  readonly reasons: readonly (string | null)[];
  readonly events: readonly Passed[];
}

export function compiled(source: string, fileName: string): CompiledModule {
  const result = compile(source, { fileName, mayImport: fileName === "spec.ts", knowsUsing: true });
  if ("error" in result) throw new Error(`${fileName}: ${result.error.message.en}`);
  return result.module;
}

/** One realm, which programs are loaded into one after another. */
export class Stage {
  readonly #flush: () => void;
  readonly #realm = createRealm(kernel, { hostStaysOpen: true });

  constructor() {
    const flush = flushRejections();
    assert.ok(flush, "this engine tells of unhandled rejections at once");
    this.#flush = flush;
  }

  /** The program that was loaded before is gone. */
  load(exercise: string, spec: string): Program {
    const modules = { exercise: compiled(exercise, "exercise.ts"), spec: compiled(spec, "spec.ts") };
    const realm = this.#realm;
    const [markedExercise, markedSpec] = [realm.defineMarked(modules.exercise), realm.defineMarked(modules.spec)];
    assert.ok(markedExercise && markedSpec, modules.exercise.unmarked ?? modules.spec.unmarked);
    const marked = { exercise: markedExercise, spec: markedSpec };
    realm.kernel.load(
      realm.define(modules.exercise),
      realm.define(modules.spec),
      "exercise.ts",
      modules.exercise.code,
      marked,
    );
    return new Program(realm, this.#flush);
  }
}

export class Program {
  readonly #realm: Realm;
  readonly #flush: () => void;

  constructor(realm: Realm, flush: () => void) {
    this.#realm = realm;
    this.#flush = flush;
  }

  tests(): readonly string[] {
    const { tests } = JSON.parse(this.#realm.kernel.list()) as { readonly tests: readonly { readonly name: string }[] };
    this.#realm.drain();
    return tests.map(({ name }) => name);
  }

  size(): number {
    return this.#realm.kernel.size();
  }

  plain(test: string, decisions: readonly number[], recording = false): Played {
    this.#realm.kernel.begin(test, decisions.join(","), 1, recording);
    return this.#run();
  }

  watched(test: string, decisions: readonly number[]): Watched {
    const { kernel, promisePrototype } = this.#realm;
    const stop = watchPromises(promisePrototype, kernel);
    try {
      kernel.beginWatched(test, decisions.join(","), 1);
      return {
        ...this.#run(),
        footprints: JSON.parse(kernel.footprints()) as Footprints,
        reasons: JSON.parse(kernel.unknownReasons()) as (string | null)[],
        events: JSON.parse(kernel.passed()) as Passed[],
      };
    } finally {
      stop();
    }
  }

  /** Plays a run as the search asks for it. */
  play(plan: Plan, test = "it"): Played & { readonly record: RunRecord } {
    const { kernel, promisePrototype } = this.#realm;
    if (plan.by !== "watching") {
      kernel.begin(test, JSON.stringify(plan), 1, false);
      const played = this.#run();
      return { ...played, record: this.#record(played) };
    }
    const stop = watchPromises(promisePrototype, kernel);
    try {
      kernel.beginWatched(test, JSON.stringify(plan), 1);
      const played = this.#run();
      return {
        ...played,
        record: { ...this.#record(played), ...(JSON.parse(kernel.watched()) as Partial<RunRecord>) },
      };
    } finally {
      stop();
    }
  }

  #record({ finding }: Played): RunRecord {
    const { kernel } = this.#realm;
    const numbers = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
    return {
      options: numbers(kernel.optionCounts()),
      taken: numbers(kernel.taken()),
      failure: finding?.diagnosis,
    };
  }

  #run(): Played {
    const { kernel } = this.#realm;
    // The test runner has a listener of its own, which would take a rejection in the realm for a fault of the test.
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    const rejected = (reason: unknown): void => {
      kernel.rejected(reason);
    };
    process.on("unhandledRejection", rejected);
    let state = 0;
    try {
      this.#settle();
      while (state === 0) {
        state = kernel.step();
        this.#settle();
      }
    } finally {
      process.off("unhandledRejection", rejected);
      for (const listener of others) process.on("unhandledRejection", listener);
    }
    const report = JSON.parse(kernel.report()) as { failure?: Finding; output: string[]; trace: Trace };
    const { failure: finding, output, trace } = report;
    return { passed: state === 1, fingerprint: kernel.fingerprint(), finding, output, trace };
  }

  #settle(): void {
    this.#realm.drain();
    this.#flush();
  }
}

/** A spec whose only test is "it". `options` is source. */
export function specOf(body: string, options = ""): string {
  return [
    'import { test } from "interleave";',
    'import { run } from "./exercise.ts";',
    `test("it", { title: { en: "it", "zh-cn": "它" }, ${options} }, async (t) => {`,
    body,
    "});",
  ].join("\n");
}

/** The numbers that make a run take these options, given what could come at each of its events. */
export function decisionsOf(events: readonly Passed[]): number[] {
  return events.filter(({ options }) => options.length > 1).map(({ choice }) => choice);
}
