// The benchmark runs and answers in the shape that its readers rely on. What it measured is not looked at.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/paths.mjs";

const ratios = [
  "schedulesPerSecondVsFastCheck",
  "schedulesPerSecondVsFastCheckWaitAll",
  "throughputVsBareLoop",
  "verdictMedianMs",
  "verdictVsVitestCold",
  "verdictVsNodeTest",
  "plantedOrderFoundRate",
  "selfCheckCost",
];

test("a short benchmark prints one object with a figure for everything that it measures", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["bench/run.mjs", "--quick", "--json"], { cwd: root });
  const report = JSON.parse(stdout) as Record<string, unknown>;
  const growth = report["growth"] as Record<string, unknown>;
  const figures = [
    ...ratios.map((name) => [name, report[name]] as const),
    ...["msPerEvent", "peakBytes"].map((name) => [name, growth[name]] as const),
  ];
  for (const [name, figure] of figures) {
    assert.ok(typeof figure === "number" && Number.isFinite(figure) && figure > 0, `${name} is ${String(figure)}`);
  }
  // With so few rounds a slope may be anything, but there is one.
  for (const name of ["scheduleExponent", "eventExponent"]) assert.ok(Number.isFinite(growth[name]), name);
});
