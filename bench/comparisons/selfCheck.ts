/** What it costs to play the natural order a second time, over the solutions of real lessons. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { InProcessEngine, type Play, compileProgram } from "../engine/inProcess.ts";
import { interleaved } from "../measure/interleaved.ts";
import { type Spread, spread } from "../measure/statistics.ts";

const lessons = ["context-tree", "fan-out-with-timeout", "connection-pool"];
const defaultBudget = 2000;

export interface SelfCheckResult {
  /** 0 to 1: of all the time spent playing, over all lessons. */
  readonly share: number;
  readonly lessons: readonly {
    readonly lesson: string;
    readonly schedules: number;
    /** Real ms of grading the solution in-process, warm. */
    readonly ms: Spread;
    readonly share: Spread;
  }[];
}

export async function measureSelfCheck(quick: boolean): Promise<SelfCheckResult> {
  const engine = new InProcessEngine();
  const shares = new Map<string, number[]>(lessons.map((lesson) => [lesson, []]));
  const schedules = new Map<string, number>();
  const spent = { again: 0, all: 0 };
  const sides: Record<string, () => Promise<number>> = {};
  for (const lesson of lessons) {
    const program = await compileProgram(lessonFile(lesson, "solution.ts"), lessonFile(lesson, "spec.ts"));
    sides[lesson] = async () => {
      const graded = await engine.grade(program, { budget: quick ? 20 : defaultBudget, seed: 1, plays: true });
      const again = total(graded.plays.filter((play) => play.again));
      const all = total(graded.plays);
      spent.again += again;
      spent.all += all;
      shares.get(lesson)?.push(again / all);
      schedules.set(lesson, graded.schedules);
      return graded.ms;
    };
  }
  const figures = await interleaved(sides, quick ? { warmUps: 0, rounds: 1 } : { warmUps: 1, rounds: 5 });
  return {
    share: spent.again / spent.all,
    lessons: lessons.map((lesson) => ({
      lesson,
      schedules: schedules.get(lesson) ?? 0,
      ms: spread(figures[lesson] ?? []),
      share: spread(shares.get(lesson) ?? []),
    })),
  };
}

function total(plays: readonly Play[]): number {
  return plays.reduce((sum, play) => sum + play.ms, 0);
}

function lessonFile(lesson: string, file: string): string {
  return readFileSync(path.join(import.meta.dirname, "../../lessons", lesson, file), "utf8");
}
