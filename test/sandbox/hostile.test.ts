/** The hostile corpus, through every Node that runs sandboxes here: nothing in it may pass, and nothing gets out. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { Verdict } from "../../src/protocol/verdict.ts";
import { createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import type { NodeProgram } from "../../src/runner/node/nodeProgram.ts";
import { grade } from "./grading.ts";
import { escapes } from "./hostile/escapes.ts";
import { fakes } from "./hostile/fakes.ts";
import { floods } from "./hostile/floods.ts";
import { patches } from "./hostile/patches.ts";
import { type HostileProgram, usualBody } from "./hostile/program.ts";

const distDir = path.join(import.meta.dirname, "../../dist");
const secret = "canary-in-the-environment";
const corpus: readonly HostileProgram[] = [...escapes, ...patches, ...fakes, ...floods];

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

for (const node of hosts()) {
  describe(`on Node ${String(node.major)}`, () => {
    const grader = createNodeGrader({ distDir, node });
    const folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
    const file = path.join(folder, "canary");
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    let port = 0;

    before(async () => {
      writeFileSync(file, secret);
      process.env["HOSTILE_CANARY"] = secret;
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      port = typeof address === "object" && address !== null ? address.port : 0;
      grader.warm();
    });
    after(() => {
      grader.dispose();
      server.close();
      delete process.env["HOSTILE_CANARY"];
      rmSync(folder, { recursive: true });
    });

    for (const program of corpus) {
      test(program.name, async () => {
        const { body = usualBody, options = "", verdict: allowed, says } = program;
        const exercise = program.exercise.replaceAll("PORT", String(port)).replaceAll("FILE", file);
        const verdict = await grade(grader, { body, exercise, options, schedules: 200 });
        const sentence = sentenceOf(verdict);
        assert.equal(verdict.passed, false);
        assert.ok(allowed.includes(kindOf(verdict)), `${kindOf(verdict)}: ${sentence}`);
        assert.ok(sentence.length > 0 && sentence.length < 6000, String(sentence.length));
        assert.doesNotMatch(
          sentence + (verdict.tests[0]?.output.join("\n") ?? ""),
          // eslint-disable-next-line no-control-regex -- what a terminal would obey is what is looked for
          /[\0-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]/,
        );
        if (says !== undefined) assert.match(sentence, says);
        assert.ok(!JSON.stringify(verdict).includes(secret), "the secret came out");
      });
    }

    test("no canary was touched", () => {
      assert.equal(connections, 0);
      assert.equal(readFileSync(file, "utf8"), secret);
    });
  });
}
