// The costly half of the gate on a lesson that is being written, with the real sandbox, compiler and mermaid: what was run
// is not run again, and what the author breaks is said.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { formatFinding } from "../../src/core/lesson/lessonFinding.ts";
import type { LessonUnderCheck } from "../../src/verify/lessonCheck.ts";
import type { LessonGrader } from "../../src/verify/gradeLesson.ts";
import { type AuthorTools, NodeAuthorTools } from "../../src/verify/live/authorTools.ts";
import { LessonRun } from "../../src/verify/live/lessonRun.ts";
import { LivePack } from "../../src/verify/live/livePack.ts";
import { MemoryPack } from "../unit/verify/memoryPack.ts";
import { dist } from "./commandLine.ts";

const tools = new NodeAuthorTools(dist);
after(() => {
  tools.rest();
});

/** The real tools, and which files they graded. */
function counting(): AuthorTools & { readonly graded: string[] } {
  const graded: string[] = [];
  const grader = (signal: AbortSignal): LessonGrader => {
    const real = tools.grader(signal);
    return {
      grade: (lesson, spec, file, code, seed) => {
        graded.push(file);
        return real.grade(lesson, spec, file, code, seed);
      },
      script: (code, file) => {
        graded.push(file);
        return real.script(code, file);
      },
    };
  };
  const { distDir, readDiagram, typeChecker } = tools;
  return { distDir, readDiagram, typeChecker, simulator: (file) => tools.simulator(file), grader, graded };
}

async function openLesson() {
  const pack = new MemoryPack(["pause"]);
  const counted = counting();
  const live = new LivePack({ reader: pack, readDiagram: tools.readDiagram, changed: () => undefined });
  const run = new LessonRun(counted, () => undefined);
  const read = async (): Promise<LessonUnderCheck> => {
    await live.touch("pause/lesson.json");
    const lesson = live.lesson("pause");
    assert.ok(lesson);
    return lesson;
  };
  const found = async (): Promise<readonly string[]> => {
    const findings = [...live.findings(), ...run.findings(await read())];
    return findings.map((each) => formatFinding(each, "en"));
  };
  await live.open("pause");
  await run.start(await read());
  return { pack, run, read, found, graded: counted.graded };
}

describe("a lesson that is being written", () => {
  test("is sound as it is laid out; an edit of one mistake runs that mistake alone", async () => {
    const { pack, run, read, found, graded } = await openLesson();
    assert.deepEqual(await found(), []);
    assert.deepEqual(run.standing, { kind: "done" });
    assert.deepEqual([...run.outcomes.keys()].sort(), [
      "exercise.ts",
      "mistakes/listener-kept.ts",
      "mistakes/timer-not-cleared.ts",
      "solution.ts",
    ]);

    graded.length = 0;
    pack.edit("pause/lesson.en.md", "## Hints", "One more sentence.\n\n## Hints");
    await run.start(await read());
    assert.deepEqual(graded, []);

    const solution = pack.files.get("pause/solution.ts") ?? "";
    const label = "// diagnosis: listener-left-on-signal - it is right, so nothing finds it\n";
    pack.files.set("pause/mistakes/listener-kept.ts", label + solution);
    await run.start(await read());
    assert.deepEqual(graded, ["mistakes/listener-kept.ts"]);
    assert.deepEqual(run.outcomes.get("mistakes/listener-kept.ts"), { kind: "passes" });
    assert.deepEqual(await found(), ["pause/mistakes/listener-kept.ts:1: this mistake passes every test"]);

    // While it is being mended nothing points at lines that may have moved; another file's findings stay.
    pack.edit("pause/mistakes/listener-kept.ts", label, `${label}\n`);
    assert.deepEqual(await found(), []);
  });

  test("a spec that breaks is said at its line, and a type that does not fit at its own", async () => {
    const { pack, run, read, found } = await openLesson();
    pack.edit("pause/spec.ts", "import", "nothing.here; import");
    pack.edit("pause/solution.ts", "export function pause(ms: number", "export function pause(ms: string");
    await run.start(await read());
    const [, ...outcomes] = [...run.outcomes.values()];
    assert.ok(outcomes.every((each) => each.kind === "error" && each.file === "spec.ts"));
    const text = (await found()).join("\n");
    assert.match(text, /^pause\/spec\.ts:1: /m);
    assert.match(text, /^pause\/solution\.ts:\d+: .*string/m);
  });

  test("a newer run ends the older one, and cancel leaves what was known", async () => {
    const { pack, run, read, found } = await openLesson();
    const label = "// diagnosis: listener-left-on-signal - it is right, so nothing finds it\n";
    pack.files.set("pause/mistakes/listener-kept.ts", label + (pack.files.get("pause/solution.ts") ?? ""));
    const older = run.start(await read());
    pack.files.set("pause/mistakes/listener-kept.ts", `${label}\n${pack.files.get("pause/solution.ts") ?? ""}`);
    await Promise.all([older, run.start(await read())]);
    assert.deepEqual(await found(), ["pause/mistakes/listener-kept.ts:1: this mistake passes every test"]);

    pack.edit("pause/spec.ts", "import", "\nimport");
    const third = run.start(await read());
    run.cancel();
    await third;
    assert.deepEqual(run.standing, { kind: "stopped" });
    assert.deepEqual(await found(), ["pause/mistakes/listener-kept.ts:1: this mistake passes every test"]);
    await run.start(await read());
    assert.deepEqual(run.standing, { kind: "done" });
  });
});
