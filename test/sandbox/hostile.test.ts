/** The hostile corpus, through every Node that runs sandboxes here: nothing in it may pass, and nothing gets out. */
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import type { Verdict } from "../../src/protocol/verdict.ts";
import { createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import type { NodeProgram } from "../../src/runner/node/nodeProgram.ts";
import { Canaries } from "./hostile/canaries.ts";
import { ChildWatch } from "./hostile/childWatch.ts";
import { touch } from "./hostile/escapes.ts";
import { alone, asExercise, asOneExercise, together } from "./hostile/graded.ts";
import type { HostileProgram } from "./hostile/program.ts";

const distDir = path.join(import.meta.dirname, "../../dist");
const corpus = [...together.flat(), ...alone];

/** This process's own Node, and the one on the path where its major version is another. */
function hosts(): readonly NodeProgram[] {
  const own: NodeProgram = { path: process.execPath, major: Number.parseInt(process.versions.node, 10), env: {} };
  const seen = new Map<number, NodeProgram>([[own.major, own]]);
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const program = path.join(folder, process.platform === "win32" ? "node.exe" : "node");
    if (!existsSync(program)) continue;
    const major = Number.parseInt(execFileSync(program, ["-p", "process.versions.node"], { encoding: "utf8" }), 10);
    if (major >= 20 && !seen.has(major)) seen.set(major, { path: program, major, env: {} });
  }
  return [...seen.values()];
}

function kindOf({ error, tests }: Verdict): string {
  return error?.code ?? tests[0]?.failure?.diagnosis ?? "passed";
}

function sentenceOf({ error, tests }: Verdict): string {
  const failure = tests[0]?.failure;
  return [error?.message.en, failure?.message.en, failure?.actual].filter(Boolean).join("\n");
}

test("the corpus is large, and each of its programs has a name of its own", () => {
  assert.ok(corpus.length >= 80, String(corpus.length));
  assert.equal(new Set(corpus.map(({ name }) => name)).size, corpus.length);
});

test("what may end in several ways says why", () => {
  const varied = corpus.filter(({ or }) => or !== undefined);
  for (const { name, because } of varied) assert.ok(because, name);
  assert.ok(varied.length <= 17, `${String(varied.length)} of ${String(corpus.length)}`);
});

test("the canaries tell when they are touched", async () => {
  using canaries = new Canaries();
  await canaries.listen();
  assert.deepEqual(canaries.touched(), []);
  // Outside of all layers the attempts work.
  const code = canaries.fill(`${touch}\ntouch(process);`);
  await promisify(execFile)(process.execPath, ["--input-type=commonjs-typescript", "--eval", code]);
  assert.deepEqual(canaries.touched(), ["the file", "the program", "the port"]);
});

test("the watch tells of what a sandbox starts", { skip: process.platform !== "linux" }, async () => {
  using watch = new ChildWatch();
  // A shell that passes for a sandbox: it starts a program, which waits for the end of its input.
  const shell = spawn("/bin/sh", ["-c", "echo ready; cat; :", "sandbox.js"], { stdio: ["pipe", "pipe", "ignore"] });
  await new Promise((resolve) => shell.stdout.once("data", resolve));
  shell.stdin.write("it has begun");
  await new Promise((resolve) => shell.stdout.once("data", resolve));
  watch.look();
  assert.deepEqual([watch.sandboxes.size, watch.started], [1, ["cat"]]);
  const ended = new Promise((resolve) => shell.once("close", resolve));
  shell.stdin.end();
  await ended;
});

for (const node of hosts()) {
  describe(`on Node ${String(node.major)}`, () => {
    const grader = createNodeGrader({ distDir, node });
    const canaries = new Canaries();
    let watch: ChildWatch | undefined;

    before(async () => {
      watch = new ChildWatch();
      await canaries.listen();
      grader.warm();
    });
    after(() => {
      grader.dispose();
      canaries[Symbol.dispose]();
      watch?.[Symbol.dispose]();
    });

    function grade({ exercise, ...rest }: ReturnType<typeof asExercise>): Promise<Verdict> {
      const names = { lesson: "probe", exerciseName: "exercise.ts" };
      const request = { ...names, ...rest, exercise: canaries.fill(exercise), schedules: 200 };
      return grader.grade(request, new AbortController().signal);
    }

    /** @param verdict of the program alone */
    function assertCaught({ verdict: expected, or = [], says }: HostileProgram, verdict: Verdict): void {
      const sentence = sentenceOf(verdict);
      assert.equal(verdict.passed, false);
      assert.ok([expected, ...or].includes(kindOf(verdict)), `${kindOf(verdict)}: ${sentence}`);
      assert.ok(sentence.length > 0 && sentence.length < 6000, String(sentence.length));
      assert.doesNotMatch(
        sentence + (verdict.tests[0]?.output.join("\n") ?? ""),
        // eslint-disable-next-line no-control-regex -- what a terminal would obey is what is looked for
        /[\0-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]/,
      );
      if (says !== undefined) assert.match(sentence, says);
      assert.ok(!canaries.isIn(JSON.stringify(verdict)), "the secret came out");
    }

    for (const programs of together) {
      let graded: Promise<Verdict> | undefined;
      const once = (): Promise<Verdict> => {
        graded ??= grade(asOneExercise(programs));
        return graded;
      };
      for (const [place, program] of programs.entries()) {
        test(program.name, async () => {
          const { tests, ...whole } = await once();
          assert.equal(tests.length, programs.length, whole.error?.message.en);
          const own = tests.slice(place, place + 1);
          assertCaught(program, { ...whole, passed: own.every(({ status }) => status === "passed"), tests: own });
        });
      }
    }

    for (const program of alone) {
      test(program.name, async () => {
        assertCaught(program, await grade(asExercise(program)));
      });
    }

    test("no canary was touched", () => {
      assert.deepEqual(canaries.touched(), []);
    });

    test("no sandbox started anything", { skip: process.platform !== "linux" }, () => {
      assert.deepEqual(watch?.started, []);
      assert.ok(watch.sandboxes.size > 0, "the watch saw no sandbox");
    });
  });
}
