/** What `npm run bench` measured, as one object and as a table. */
import os from "node:os";
import process from "node:process";
import type { BareLoopResult } from "./comparisons/bareLoop.ts";
import type { FastCheckResult } from "./comparisons/fastCheck.ts";
import type { GrowthResult } from "./comparisons/growth.ts";
import type { PlantedResult } from "./comparisons/planted.ts";
import type { SelfCheckResult } from "./comparisons/selfCheck.ts";
import type { VerdictResult } from "./comparisons/verdict.ts";
import type { Spread } from "./measure/statistics.ts";

export interface Results {
  readonly fastCheck: FastCheckResult;
  readonly planted: PlantedResult;
  readonly verdict: VerdictResult;
  readonly bareLoop: BareLoopResult;
  readonly growth: GrowthResult;
  readonly selfCheck: SelfCheckResult;
}

/** The object that `--json` prints. Ratios are medians over the rounds; everything else stands under `raw`. */
export interface Report {
  readonly quick: boolean;
  readonly machine: {
    readonly cores: number;
    readonly processor: string;
    readonly node: string;
    readonly system: string;
    /** Processes that were running or waiting to, in the last minute, at the end of the measuring. */
    readonly load: number;
  };
  /** Ours through theirs, with the wait that fast-check's documentation recommends. */
  readonly schedulesPerSecondVsFastCheck: number;
  /** The same with the fastest wait that there is, which is deprecated. */
  readonly schedulesPerSecondVsFastCheckWaitAll: number;
  readonly throughputVsBareLoop: number;
  /** Real ms. */
  readonly verdictMedianMs: number;
  /** Real ms until a warm sandbox runs what was saved. */
  readonly warmStartMs: number;
  /** Theirs through ours: how many times faster ours is. */
  readonly verdictVsVitestCold: number;
  readonly verdictVsNodeTest: number;
  /** 0 to 1. */
  readonly plantedOrderFoundRate: number;
  /** 0 to 1: share of the playing time. */
  readonly selfCheckCost: number;
  readonly growth: {
    readonly scheduleExponent: number;
    readonly eventExponent: number;
    /** Real ms in the longest run. */
    readonly msPerEvent: number;
    readonly peakBytes: number;
  };
  readonly raw: Results;
}

export function toReport(results: Results, quick: boolean): Report {
  const { fastCheck, planted, verdict, bareLoop, growth, selfCheck } = results;
  const [processor] = os.cpus();
  return {
    quick,
    machine: {
      cores: os.availableParallelism(),
      processor: processor?.model.trim() ?? "unknown",
      node: process.versions.node,
      system: `${os.platform()} ${os.arch()}`,
      load: os.loadavg()[0] ?? 0,
    },
    schedulesPerSecondVsFastCheck: fastCheck.ratio.median,
    schedulesPerSecondVsFastCheckWaitAll: fastCheck.ratioToWaitAll.median,
    throughputVsBareLoop: bareLoop.ratio.median,
    verdictMedianMs: verdict.ours.median,
    warmStartMs: verdict.start.median,
    verdictVsVitestCold: verdict.vitestRatio.median,
    verdictVsNodeTest: verdict.nodeTestRatio.median,
    plantedOrderFoundRate: planted.ours.foundRate,
    selfCheckCost: selfCheck.share,
    growth: {
      scheduleExponent: growth.scheduleExponent,
      eventExponent: growth.eventExponent,
      msPerEvent: growth.events.at(-1)?.msPerEvent ?? Number.NaN,
      peakBytes: growth.memory.peakBytes,
    },
    raw: results,
  };
}

type Row = readonly [what: string, ratio: string, ours: string, theirs: string, aim: string];

export function toText(report: Report): string {
  const { machine } = report;
  const rows: Row[] = [
    ["", "ratio", "Interleave", "the other", "aim"],
    ...scheduleRows(report.raw),
    ...verdictRows(report.raw),
    ...costRows(report.raw),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [
    `${String(machine.cores)} cores (${machine.processor}), Node ${machine.node}, ${machine.system}, load ${machine.load.toFixed(1)}`,
    `Each figure: median (least to most) of interleaved rounds.${report.quick ? " QUICK: too few to mean much." : ""}`,
    "",
    ...lines,
    "",
  ].join("\n");
}

function scheduleRows({ fastCheck, bareLoop, planted }: Results): Row[] {
  const { ours, waitFor, waitAll, distinctOrders, cold } = fastCheck;
  const runs = String(fastCheck.runs);
  const { foundRate, runs: ourRuns, ms: ourMs } = planted.ours;
  const { foundRate: theirRate, runs: theirRuns, ms: theirMs } = planted.fastCheck;
  return [
    ["schedules/s, fast-check waitFor", times(fastCheck.ratio), rates(ours), rates(waitFor), "≥ 3×"],
    ["schedules/s, fast-check waitAll (deprecated)", times(fastCheck.ratioToWaitAll), rates(ours), rates(waitAll), ""],
    ["  first pass in a fresh process", times1(cold.ours / cold.waitFor), rate(cold.ours), rate(cold.waitFor), ""],
    [`  different orders in ${runs} runs`, "", String(distinctOrders.ours), String(distinctOrders.waitFor), ""],
    ["schedules/s, bare loop", percents(bareLoop.ratio), rates(bareLoop.ours), rates(bareLoop.bare), "≥ 50 %"],
    [
      `one order of 720 found (${String(planted.planted)} planted)`,
      "",
      percent(foundRate),
      percent(theirRate),
      "100 %",
    ],
    ["  runs until found", "", some(ourRuns, whole), some(theirRuns, whole), ""],
    ["  ms until found (ours: explained)", "", some(ourMs, whole), some(theirMs, whole), ""],
  ];
}

function verdictRows({ verdict }: Results): Row[] {
  const { ours, start, vitest, nodeTest } = verdict;
  const count = String(verdict.schedules);
  return [
    [`save → verdict, ${count} schedules, ms`, "", range(ours, whole), "", "≤ 100"],
    ["  of that until the sandbox runs it, ms", "", range(start, whole), "", "≤ 20"],
    ["  the first, nothing warm, ms", "", whole(verdict.firstMs), "", ""],
    [
      "cold vitest run, 10 schedules, ms",
      times(verdict.vitestRatio),
      range(ours, whole),
      range(vitest, whole),
      "≥ 10×",
    ],
    [
      "cold node --test, 10 schedules, ms",
      times(verdict.nodeTestRatio),
      range(ours, whole),
      range(nodeTest, whole),
      "",
    ],
  ];
}

function costRows({ growth, selfCheck }: Results): Row[] {
  const { schedules, events, memory } = growth;
  return [
    ["second play of the natural order, share", percent(selfCheck.share), "", "", ""],
    ...selfCheck.lessons.map((lesson): Row => [
      `  ${lesson.lesson}, ${String(lesson.schedules)} schedules`,
      percents(lesson.share),
      `${range(lesson.ms, whole)} ms`,
      "",
      "",
    ]),
    ["a schedule's cost over tasks, exponent", growth.scheduleExponent.toFixed(2), "", "", ""],
    ...schedules.map(({ tasks, microseconds }): Row => [
      `  ${String(tasks)} tasks`,
      "",
      `${range(microseconds, tenths)} µs`,
      "",
      "",
    ]),
    ["a run's cost over events, exponent", growth.eventExponent.toFixed(2), "", "", "n log n"],
    ...events.map(({ events: count, totalMs, msPerEvent }): Row => [
      `  ${String(count)} events`,
      "",
      `${(msPerEvent * 1000).toFixed(2)} µs each`,
      `${range(totalMs, whole)} ms in all`,
      "",
    ]),
    ["  peak memory of the longest", "", megabytes(memory.peakBytes), `${megabytes(memory.beforeBytes)} before`, ""],
  ];
}

function range({ min, median, max }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(min)} to ${format(max)})`;
}

function some(spread: Spread | undefined, format: (value: number) => string): string {
  return spread === undefined ? "–" : range(spread, format);
}

const whole = (value: number): string => value.toFixed(0);
const tenths = (value: number): string => value.toFixed(1);
const rate = (value: number): string => `${(value / 1000).toFixed(1)}k/s`;
const rates = (spread: Spread): string => range(spread, rate);
const times1 = (value: number): string => `${value.toFixed(2)}×`;
const times = (spread: Spread): string => range(spread, times1);
const percent = (value: number): string => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;
const percents = (spread: Spread): string => range(spread, percent);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
