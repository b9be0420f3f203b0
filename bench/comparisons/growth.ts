/** How cost grows: a schedule's with its tasks, an event's with the events of a run. */
import { type Graded, InProcessEngine, compileProgram } from "../engine/inProcess.ts";
import { interleaved } from "../measure/interleaved.ts";
import { inOwnProcess } from "../measure/ownProcess.ts";
import { type Spread, fittedExponent, median, spread } from "../measure/statistics.ts";
import { timersSpec } from "../programs/specs.ts";
import { fanOutProgram, programText } from "./fanOutProgram.ts";
import type { MemoryResult } from "./memory.ts";

const taskCounts = [2, 3, 4, 5, 6, 7, 8];
/** A run with 100,000 events counts as a busy loop: the last stays just below. */
const eventCounts = [1000, 10_000, 99_000];

export interface GrowthResult {
  readonly schedules: readonly { readonly tasks: number; readonly microseconds: Spread }[];
  /** Of a schedule's cost over the number of its tasks. */
  readonly scheduleExponent: number;
  readonly events: readonly { readonly events: number; readonly totalMs: Spread; readonly msPerEvent: number }[];
  /** Of a run's cost over the number of its events: 1 is linear. */
  readonly eventExponent: number;
  /** Of the process that did nothing but the longest of these runs. */
  readonly memory: MemoryResult;
}

export async function measureGrowth(quick: boolean): Promise<GrowthResult> {
  const engine = new InProcessEngine();
  const schedules = await measureSchedules(engine, quick);
  const events = await measureEvents(engine, quick);
  return {
    schedules,
    scheduleExponent: fittedExponent(schedules.map(({ tasks, microseconds }) => [tasks, microseconds.median])),
    events,
    eventExponent: fittedExponent(events.map(({ events: count, totalMs }) => [count, totalMs.median])),
    memory: await measurePeak(quick),
  };
}

async function measureSchedules(engine: InProcessEngine, quick: boolean): Promise<GrowthResult["schedules"]> {
  const plays = quick ? 100 : 3000;
  const sides: Record<string, () => Promise<number>> = {};
  for (const tasks of taskCounts) {
    const program = await fanOutProgram(tasks);
    sides[String(tasks)] = async () => {
      // Few tasks have few orders: graded again until as many were played as of the others.
      let [played, ms] = [0, 0];
      for (let seed = 1; played < plays; seed++) {
        const graded = passed(await engine.grade(program, { budget: plays, seed, plays: true }));
        played += graded.plays.length;
        ms += graded.plays.reduce((sum, play) => sum + play.ms, 0);
      }
      return (ms / played) * 1000;
    };
  }
  const figures = await interleaved(sides, quick ? { warmUps: 0, rounds: 1 } : { warmUps: 2, rounds: 5 });
  return taskCounts.map((tasks) => ({ tasks, microseconds: spread(figures[String(tasks)] ?? []) }));
}

async function measureEvents(engine: InProcessEngine, quick: boolean): Promise<GrowthResult["events"]> {
  const sides: Record<string, () => Promise<number>> = {};
  const counts = quick ? [1000, 4000] : eventCounts;
  for (const events of counts) {
    const program = await compileProgram(programText("timers"), timersSpec(events));
    const repeats = Math.max(1, Math.floor(20_000 / events));
    sides[String(events)] = async () => {
      const all: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const { plays } = passed(await engine.grade(program, { budget: 1, seed: 1, plays: true }));
        // The first play alone: a short run is played twice, a long one is not.
        all.push(plays[0]?.ms ?? Number.NaN);
      }
      return median(all);
    };
  }
  const figures = await interleaved(sides, quick ? { warmUps: 0, rounds: 1 } : { warmUps: 1, rounds: 5 });
  return counts.map((events) => {
    const totalMs = spread(figures[String(events)] ?? []);
    return { events, totalMs, msPerEvent: totalMs.median / events };
  });
}

async function measurePeak(quick: boolean): Promise<MemoryResult> {
  const events = quick ? 4000 : (eventCounts.at(-1) ?? 0);
  const input = await compileProgram(programText("timers"), timersSpec(events));
  return (await inOwnProcess({ name: "memory", quick, input })) as MemoryResult;
}

function passed(graded: Graded): Graded {
  const failure = graded.verdicts.find((verdict) => verdict.failure !== undefined)?.failure;
  if (failure !== undefined) throw new Error(`a program of the benchmark failed: ${failure.message.en}`);
  return graded;
}
