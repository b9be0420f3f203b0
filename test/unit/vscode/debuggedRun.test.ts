// A run under the debugger on the stage: as it grows, when the debugger starts it again, and when it ends.
import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import type { TraceEvent } from "../../../src/protocol/trace.ts";
import { DebuggedRun } from "../../../src/vscode/debug/debuggedRun.ts";
import { RunStage } from "../../../src/vscode/timeline/runStage.ts";

const title = { en: "it", "zh-cn": "它" };
const words = { en: "no", "zh-cn": "不" };

function event(seq: number, label: string): TraceEvent {
  return { seq, at: seq, type: "start", kind: "timer", operation: seq + 1, label };
}

function happened(...events: readonly TraceEvent[]): string {
  return events.map((each) => `${JSON.stringify({ type: "happened", event: each })}\n`).join("");
}

test("the stage shows each event once it is written, then the end; a run that is begun again begins anew", async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "interleave-debugged-"));
  t.after(() => rm(folder, { recursive: true }));
  const log = path.join(folder, "log");
  await writeFile(log, "");
  const problems: unknown[] = [];
  const stage = new RunStage((error) => problems.push(error));
  const shown = { lesson: "l", test: "it", title, schedule: "i2-", exercise: "" };
  const run = new DebuggedRun({ log, run: shown, stage, onProblem: (error) => problems.push(error) });
  const labels = (): readonly string[] => stage.run?.trace.map(({ label }) => label) ?? [];

  await appendFile(log, happened(event(0, "a"), event(1, "b·é")));
  await run.look();
  assert.deepEqual([labels(), stage.moment, stage.run?.live, stage.run?.origin], [["a", "b·é"], 1, true, "debug"]);

  stage.moveTo(0);
  await run.look();
  assert.equal(stage.moment, 0, "nothing is new, so whoever looks elsewhere may");

  await writeFile(log, happened(event(0, "again")));
  await run.look();
  assert.deepEqual([labels(), stage.moment], [["again"], 0]);

  const trace = [event(0, "again"), event(1, "last")];
  const failure = { diagnosis: "wrong-result", message: words, schedule: "i2-", at: 1, trace };
  const schedules = { run: 1, total: null, exhaustive: false, deviations: 0 };
  const verdict = { name: "it", title, status: "failed", schedules, output: [], failure };
  await appendFile(log, `${JSON.stringify({ type: "done", trace, verdict, output: [] })}\n`);
  assert.deepEqual(await run.ended(), verdict);
  assert.deepEqual([labels(), stage.moment, stage.run?.live], [["again", "last"], 1, false]);
  assert.deepEqual(stage.run?.failure, { diagnosis: "wrong-result", message: words, schedule: "i2-", at: 1 });
  assert.deepEqual(problems, []);
});
