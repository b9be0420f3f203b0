// The workflows in docs/ci: as their formats want them, and their very commands run as a runner would run them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { after, before, describe, it } from "node:test";
import * as v from "valibot";
import { parseAllDocuments, parseDocument } from "yaml";
import { root } from "../../scripts/lib/paths.mjs";
import { type Ran, dist, interleave } from "./commandLine.ts";
import { githubSchema, gitlabSchema, kubernetesSchema } from "./workflowSchemas.ts";

const read = (name: string): string => readFileSync(join(root, "docs", "ci", name), "utf8");
const options = { strict: true, uniqueKeys: true, version: "1.2" } as const;

/** @throws for what is no YAML, says a key twice, or is not of the schema */
function parse<T>(schema: v.GenericSchema<unknown, T>, text: string): T {
  const document = parseDocument(text, options);
  assert.deepEqual([...document.errors, ...document.warnings], []);
  return v.parse(schema, document.toJS());
}

const github = () => parse(githubSchema, read("github-actions.yml"));
const gitlab = () => parse(gitlabSchema, read("gitlab-ci.yml"));
const kubernetes = () =>
  parseAllDocuments(read("kubernetes-job.yml"), options).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], []);
    return v.parse(kubernetesSchema, document.toJS());
  });

// A repository as the workflows want it. Interleave in it is no more than what they hand from job to job.
const folder = mkdtempSync(join(tmpdir(), "interleave-ci-"));
const image = join(folder, "image");
let expected: Ran;
before(async () => {
  for (const part of ["package.json", "lessons"]) cpSync(join(root, part), join(image, part), { recursive: true });
  const notShown = (file: string) => !file.startsWith(join(dist, "webview"));
  cpSync(dist, join(image, "dist"), { recursive: true, filter: notShown });
  const solution = readFileSync(join(root, "lessons/context-tree/solution.ts"), "utf8");
  const handIn = (person: string, file: string, text: string) => {
    mkdirSync(join(folder, "submissions", person), { recursive: true });
    writeFileSync(join(folder, "submissions", person, file), text);
  };
  handIn("ada", "exercise.ts", solution);
  // None of these takes a compiler, which is what costs here.
  handIn("ben $(touch hacked) `touch hacked`", "notes.md", "");
  handIn("cleo; touch hacked", "notes.md", "");
  handIn("dora", "exercise.ts", "\u0007");
  const submissions = join(folder, "submissions");
  expected = await interleave(["grade", "context-tree", "--from", submissions, "--reporter", "json"], folder);
  assert.equal(expected.status, 1, expected.stderr);
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh checkout. @param interleaveAt where in it Interleave lies, if it does */
function checkOut(name: string, interleaveAt?: string): string {
  const checkout = join(folder, name);
  cpSync(join(folder, "submissions"), join(checkout, "submissions"), { recursive: true });
  if (interleaveAt !== undefined) symlinkSync(image, join(checkout, interleaveAt));
  return checkout;
}

/** Runs a script in a shell, as that runner calls it. */
function runScript(shell: readonly string[], script: string, cwd: string, env: Record<string, string>): Promise<Ran> {
  const [program = "", ...words] = shell;
  return new Promise((resolve, reject) => {
    const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
    const child = spawn(program, [...words, script], { cwd, env: { PATH: path, LANG: "C", ...env } });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}

/** Nobody's folder name was taken for a command, and the merged report is that of a single run. */
function assertGraded(checkout: string): void {
  assert.equal(readFileSync(join(checkout, "grades.json"), "utf8"), expected.stdout);
  assert.equal(existsSync(join(checkout, "hacked")), false);
}

describe("docs/ci/github-actions.yml", () => {
  it("is a workflow whose jobs, paths and shards fit together", () => {
    const { jobs, env } = github();
    assert.deepEqual([jobs.build.needs, jobs.grade.needs, jobs.merge.needs], [undefined, "build", "grade"]);
    const shards = jobs.grade.strategy?.matrix.shard ?? [];
    assert.deepEqual(
      shards,
      shards.map((_, at) => at + 1),
    );
    assert.equal(jobs.grade.strategy?.["fail-fast"], false);
    assert.deepEqual(jobs.grade.env, { SHARD: "${{ matrix.shard }}", SHARDS: "${{ strategy.job-total }}" });
    // What is built is what is taken to the shards, at the same place.
    const actions = (job: keyof typeof jobs, name: string) =>
      jobs[job].steps.flatMap((step) => ("uses" in step && step.uses.startsWith(name) ? [step.with ?? {}] : []));
    const [built] = actions("build", "actions/upload-artifact");
    assert.deepEqual(String(built?.["path"]).trim().split("\n"), [
      "interleave/package.json",
      "interleave/dist/",
      "interleave/lessons/",
    ]);
    for (const job of ["grade", "merge"] as const) {
      const [taken] = actions(job, "actions/download-artifact");
      assert.deepEqual(taken, { name: built?.["name"], path: dirname(dirname(env["INTERLEAVE"] ?? "")) });
    }
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
    assert.ok("build" in manifest.scripts);
    // An expression within a script would be put into it as it is, whatever it holds.
    for (const { steps } of Object.values(jobs)) {
      for (const step of steps) if ("run" in step) assert.doesNotMatch(step.run, /\$\{\{/);
    }
  });

  it("grades in shards and merges, with the commands that stand there", { timeout: 170_000 }, async () => {
    const { jobs, env } = github();
    const checkout = checkOut("github", "interleave");
    const script = (job: "grade" | "merge") =>
      jobs[job].steps.flatMap((step) => ("run" in step ? [step.run] : [])).join("\n");
    const shards = jobs.grade.strategy?.matrix.shard ?? [];
    for (const shard of shards) {
      const variables = { ...env, SHARD: String(shard), SHARDS: String(shards.length) };
      const ran = await runScript(["bash", "-e", "-c"], script("grade"), checkout, variables);
      assert.equal(ran.status, 0, ran.stderr);
    }
    const merged = await runScript(["bash", "-e", "-c"], script("merge"), checkout, env);
    assert.equal(merged.status, 1, merged.stderr);
    assert.match(merged.stdout, /^1 of 4 passed, 0 failed, 3 could not be graded$/m);
    assert.match(readFileSync(join(checkout, "grades.xml"), "utf8"), /<testsuites name="interleave" tests="17"/);
    assertGraded(checkout);
    rmSync(join(checkout, "reports", "shard-2.json"));
    const refused = await runScript(["bash", "-e", "-c"], script("merge"), checkout, env);
    assert.notEqual(refused.status, 0);
    assert.match(refused.stderr, /^Of 4 shards, this one is missing: 2\/4\.$/m);
  });
});

describe("docs/ci/gitlab-ci.yml", () => {
  it("is a pipeline whose jobs fit together", () => {
    const { stages, build, grade, merge } = gitlab();
    assert.deepEqual(stages, [build.stage, grade.stage, merge.stage]);
    assert.deepEqual([build.needs, grade.needs, merge.needs], [undefined, ["build"], ["build", "grade"]]);
    assert.deepEqual(build.artifacts?.paths, ["interleave/dist/"]);
    assert.ok(merge.artifacts?.paths.includes("grades.json"));
  });

  it("grades in shards and merges, with the commands that stand there", { timeout: 170_000 }, async () => {
    const { variables, grade, merge } = gitlab();
    const checkout = checkOut("gitlab", "interleave");
    const shell = ["bash", "-eo", "pipefail", "-c"];
    for (let shard = 1; shard <= (grade.parallel ?? 0); shard++) {
      const env = { ...variables, CI_NODE_INDEX: String(shard), CI_NODE_TOTAL: String(grade.parallel) };
      const ran = await runScript(shell, grade.script.join("\n"), checkout, env);
      assert.equal(ran.status, 0, ran.stderr);
    }
    const merged = await runScript(shell, merge.script.join("\n"), checkout, variables);
    assert.equal(merged.status, 1, merged.stderr);
    assert.ok(existsSync(join(checkout, merge.artifacts?.reports?.junit ?? "")));
    assertGraded(checkout);
  });
});

describe("docs/ci/kubernetes-job.yml", () => {
  it("is two Jobs that fit together", () => {
    const [grade, merge, ...others] = kubernetes();
    assert.deepEqual(others, []);
    const { completionMode, completions, parallelism } = grade?.spec ?? assert.fail();
    assert.equal(completionMode, "Indexed");
    assert.equal(merge?.spec.completions, undefined);
    for (const job of [grade, merge]) {
      const { containers, volumes } = job?.spec.template.spec ?? assert.fail();
      const [{ env, volumeMounts, workingDir }] = containers;
      const shards = env.find(({ name }) => name === "SHARDS")?.value;
      assert.equal(shards, String(completions));
      assert.deepEqual(
        volumeMounts.map(({ name }) => name),
        volumes.map(({ name }) => name),
      );
      assert.equal(workingDir, volumeMounts[0]?.mountPath);
    }
    assert.equal(parallelism, completions);
  });

  it("grades in shards and merges, with the commands that stand there", { timeout: 170_000 }, async () => {
    const [grade, merge] = kubernetes();
    const checkout = checkOut("kubernetes");
    const [graded] = grade?.spec.template.spec.containers ?? assert.fail();
    const [merged] = merge?.spec.template.spec.containers ?? assert.fail();
    const variables = (container: typeof graded) => {
      const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
      assert.equal(env["INTERLEAVE"], "/interleave/dist/cli.js");
      return { ...env, INTERLEAVE: join(image, "dist", "cli.js") };
    };
    for (let index = 0; index < (grade?.spec.completions ?? 0); index++) {
      const env = { ...variables(graded), JOB_COMPLETION_INDEX: String(index) };
      const ran = await runScript(graded.command, graded.args[0], checkout, env);
      assert.equal(ran.status, 0, ran.stderr);
    }
    const ran = await runScript(merged.command, merged.args[0], checkout, variables(merged));
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^1 of 4 passed/m);
    assertGraded(checkout);
  });
});
