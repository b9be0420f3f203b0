import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownRun } from "../../../src/protocol/shownRun.ts";
import { RunStage } from "../../../src/vscode/timeline/runStage.ts";

const run: ShownRun = {
  lesson: "fan-out-with-timeout",
  test: "in-time",
  title: { en: "In time", "zh-cn": "按时" },
  origin: "replay",
  schedule: "i2-",
  trace: [],
  live: false,
  exercise: "",
};

void test("everybody hears of a run, and of each new moment once", () => {
  const heard: string[] = [];
  const stage = new RunStage(assert.ifError);
  stage.observe({
    showed: (shown) => heard.push(`run ${shown?.test ?? "none"} at ${String(stage.moment)}`),
    moved: (moment) => heard.push(`moved to ${String(moment)}`),
  });
  stage.show(run, 3);
  stage.moveTo(3);
  stage.moveTo(4);
  stage.show(run);
  stage.show(undefined);
  assert.deepEqual(heard, ["run in-time at 3", "moved to 4", "run in-time at undefined", "run none at undefined"]);
});

void test("an observer that throws is told of, and keeps nobody else from hearing", () => {
  const problems: unknown[] = [];
  const stage = new RunStage((error) => problems.push(error));
  const broken = new Error("broken");
  let heard = 0;
  stage.observe({
    showed: () => {
      throw broken;
    },
  });
  const second = stage.observe({ showed: () => heard++ });
  stage.show(run);
  second.dispose();
  stage.show(undefined);
  assert.equal(heard, 1);
  assert.deepEqual(problems, [broken, broken]);
});
