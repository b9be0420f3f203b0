// The program that a debugger runs, run without one: what it tells is what a replay in the sandbox tells, event by event, and
// the stage can follow it while it goes on.
import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { debugWords } from "../../src/core/verdict/debugWords.ts";
import type { DebugJob } from "../../src/protocol/debugJob.ts";
import type { ReplayRequest } from "../../src/protocol/grading.ts";
import { DebugRecords } from "../../src/runner/debugRecords.ts";
import { DebuggedRun } from "../../src/vscode/debug/debuggedRun.ts";
import { RunStage } from "../../src/vscode/timeline/runStage.ts";
import { createGrader, failureOf, grade, request } from "./grading.ts";

const distDir = path.join(import.meta.dirname, "../../dist");
const grader = createGrader();
after(() => {
  grader.dispose();
});
const title = { en: "it", "zh-cn": "它" };
const never = new AbortController().signal;

interface Started extends AsyncDisposable {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What it writes down. */
  readonly log: string;
}

interface Circumstances {
  /** Text of the learner's file by then, where it is another. */
  readonly changed?: string;
  /** Code that is loaded before the program. */
  readonly probe?: string;
}

/** Starts the program as the extension has it started. */
async function start(replay: ReplayRequest, { changed, probe = "" }: Circumstances = {}): Promise<Started> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "interleave-debuggee-"));
  const place = (name: string): string => path.join(folder, name);
  const [file, log, jobFile, probeFile] = [place("exercise.ts"), place("log"), place("job.json"), place("probe.cjs")];
  const compiled = await grader.replayJob(replay);
  assert.ok("job" in compiled, JSON.stringify(compiled));
  const job: DebugJob = {
    replay: { ...compiled.job, exercise: { ...compiled.job.exercise, fileName: file } },
    title,
    text: replay.exercise,
    log,
    words: debugWords({ lesson: "Probe", test: "it", schedule: replay.schedule }, "en"),
  };
  await writeFile(file, changed ?? replay.exercise);
  await writeFile(log, "");
  await writeFile(jobFile, JSON.stringify(job));
  await writeFile(probeFile, probe);
  const flags = ["--disallow-code-generation-from-strings", "--no-warnings", "--require", probeFile];
  const child = spawn(process.execPath, [...flags, path.join(distDir, "debuggee.js"), jobFile], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {},
  });
  return {
    child,
    log,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Played {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly records: DebugRecords;
  /** Each event as it was told last. */
  readonly happened: readonly unknown[];
}

async function play(replay: ReplayRequest, circumstances?: Circumstances): Promise<Played> {
  await using started = await start(replay, circumstances);
  const { child, log } = started;
  const exited = once(child, "close") as Promise<[number | null]>;
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  const written = await readFile(log, "utf8");
  const records = new DebugRecords();
  records.push(written);
  const happened: unknown[] = [];
  for (const line of written.split("\n").filter((each) => each !== "")) {
    const message = JSON.parse(line) as { readonly type: string; readonly event: { readonly seq: number } };
    if (message.type === "happened") happened[message.event.seq] = message.event;
  }
  return { status, stdout, stderr, records, happened };
}

const racy = `
  export async function run(t: { fetch(url: string): Promise<string> }): Promise<string> {
    let last = "";
    const read = async (url: string) => {
      const response = await fetch(url);
      console.log("got", url);
      if (url.endsWith("b")) console.warn("late?");
      last = await response.text();
    };
    await Promise.all([read("https://x.example/a"), read("https://x.example/b")]);
    return last;
  }`;
const body = `
  for (const name of ["a", "b"]) t.route("https://x.example/" + name, { latency: [1, 9], body: name });
  const settled = await t.call("run", () => run());
  t.check(settled.value === "b", "wrong-result", { en: "The last one won.", "zh-cn": "后来的赢了。" });`;

test("one run tells what a replay tells: each event as it happens, the trace, the verdict", async () => {
  const asked = request(body, racy);
  const { schedule } = failureOf(await grade(grader, { body, exercise: racy }));
  assert.notEqual(schedule, "i2-");
  for (const each of [schedule, "i2-"]) {
    const replay = { ...asked, test: "it", schedule: each };
    const [expected, played] = [await grader.replay(replay, never), await play(replay)];
    assert.deepEqual(played.records.end, {
      type: "done",
      trace: expected.trace,
      verdict: expected.verdict,
      output: expected.verdict?.output,
    });
    assert.equal(JSON.stringify(played.happened), JSON.stringify(expected.trace));
    assert.equal(JSON.stringify(played.records.trace), JSON.stringify(expected.trace));
    assert.equal(played.status, 0);
    assert.match(played.stdout, /^Probe · it · i2-.*\nVirtual time stands still/);
    assert.match(played.stdout, /^\d+ ms {2}got https:\/\/x\.example\/a$/m);
    assert.match(played.stderr, /^\d+ ms {2}late\?$/m);
  }
});

test("a run that gets stuck says who waits for what, in the words of a replay", async () => {
  const exercise = `export async function run() {
    await new Promise((resolve) => {
      setTimeout(() => undefined, 5);
    });
  }`;
  const replay = { ...request('await t.call("run", () => run());', exercise), test: "it", schedule: "i2-" };
  const [expected, played] = [await grader.replay(replay, never), await play(replay)];
  assert.equal(expected.verdict?.failure?.diagnosis, "never-settles");
  assert.match(expected.verdict.failure.message.en, /line 2/);
  const { end } = played.records;
  assert.ok(end?.type === "done");
  assert.deepEqual(end.verdict, expected.verdict);
  assert.match(played.stderr, /In this order the test fails at 5 ms\. [^]*line 2/);
});

test("what an exercise prints of a stack names the file, and not where it lies", async () => {
  const exercise = `export async function run() {
    console.log(new Error("here").stack);
  }`;
  const replay = { ...request('await t.call("run", () => run());', exercise), test: "it", schedule: "i2-" };
  const [expected, played] = [await grader.replay(replay, never), await play(replay)];
  assert.match(JSON.stringify(expected.trace), /exercise\.ts:2/);
  assert.equal(JSON.stringify(played.records.trace), JSON.stringify(expected.trace));
});

test("without the permission model the realm still has nothing of the process and no code from text, and there is no network", async () => {
  const exercise = `export async function run() {
    const tried = (what: () => unknown): string => {
      try {
        return String(what());
      } catch (error) {
        return (error as Error).name;
      }
    };
    const deep = (): void => deep();
    const thrown = (): Error => {
      try {
        deep();
      } catch (error) {
        return error as Error;
      }
      return new Error();
    };
    console.log(typeof globalThis["process"], typeof globalThis["require"]);
    console.log(tried(() => Function("return 1")()));
    console.log(tried(() => run.constructor.constructor("return process")()));
    console.log(tried(() => thrown().constructor.constructor("return process")()));
  }`;
  const replay = { ...request('await t.call("run", () => run());', exercise), test: "it", schedule: "i2-" };
  const { stdout, status } = await play(replay, { probe: networkProbe });
  assert.equal(status, 0);
  const lines = [...stdout.matchAll(/^0 ms {2}(.+)$/gm)].map(([, line]) => line);
  assert.deepEqual(lines, ["undefined undefined", "EvalError", "EvalError", "EvalError"]);
  assert.match(stdout, /\nnetwork: undefined undefined\n$/);
});

/** Loaded before the program; looks at its end what there is to reach out with. */
const networkProbe = `process.on("exit", () => {
  const { connect, bind } = process.binding("tcp_wrap").TCP.prototype;
  console.log("network:", connect, bind);
});`;

test("a schedule that does not fit, and a file that has changed, are not run", async () => {
  const replay = { ...request(body, racy), test: "it", schedule: "i2-zzzz" };
  const misfit = await play(replay);
  assert.equal(misfit.status, 2);
  assert.equal(misfit.records.end?.type, "failed");
  const changed = await play({ ...replay, schedule: "i2-" }, { changed: `${racy}\n` });
  assert.equal(changed.status, 2);
  assert.deepEqual([changed.records.end, changed.records.trace.length], [undefined, 0]);
  assert.match(changed.stderr, /has changed/);
});

test("the stage follows a run that goes on, and one that is stopped", async () => {
  const exercise = `export async function run() {
    setTimeout(() => undefined, 1000);
    for (;;);
  }`;
  const replay = { ...request('await t.call("run", () => run());', exercise), test: "it", schedule: "i2-" };
  const problems: unknown[] = [];
  const stage = new RunStage((error) => problems.push(error));
  await using started = await start(replay);
  const shown = { lesson: "probe", test: "it", title, schedule: "i2-", exercise };
  const run = new DebuggedRun({ log: started.log, run: shown, stage, onProblem: (error) => problems.push(error) });
  run.start();
  assert.deepEqual([stage.run?.trace, stage.run?.live, stage.moment], [[], true, undefined]);
  // It never comes back from its loop, so what there is was written before.
  await written(started.log, /"type":"start"/);
  await run.look();
  assert.deepEqual(
    stage.run?.trace.map(({ type }) => type),
    ["call", "start"],
  );
  assert.deepEqual([stage.run.origin, stage.run.live, stage.moment, stage.run.trace[1]?.line], ["debug", true, 1, 2]);
  started.child.kill("SIGKILL");
  assert.equal(await run.ended(), undefined);
  assert.deepEqual([stage.run.live, stage.run.failure, stage.run.trace.length, problems], [false, undefined, 2, []]);
});

/** Resolves once the file has that. */
async function written(file: string, what: RegExp): Promise<void> {
  const watching = new AbortController();
  const changes = Promise.withResolvers<undefined>();
  const look = async (): Promise<void> => {
    if (what.test(await readFile(file, "utf8"))) changes.resolve(undefined);
  };
  watch(file, { signal: watching.signal }, () => void look());
  await look();
  await changes.promise;
  watching.abort();
}
