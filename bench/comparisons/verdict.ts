/** From a save to the verdict: ours, warm as in the editor, against a cold run of vitest and of node:test. */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { WarmGrader } from "../engine/wholeWay.ts";
import { interleaved } from "../measure/interleaved.ts";
import { type Spread, ratios, spread } from "../measure/statistics.ts";
import { lessonSpec } from "../programs/specs.ts";
import { programText } from "./fanOutProgram.ts";

const root = path.join(import.meta.dirname, "../..");
const suites = path.join(import.meta.dirname, "../suites");
/** Real ms between two saves: people take longer, so the next sandbox is ready and has practised. */
const betweenSavesMs = 1500;

export interface VerdictResult {
  /** Schedules behind one verdict of ours; the other suites test ten. */
  readonly schedules: number;
  /** Real ms. */
  readonly ours: Spread;
  /** Real ms of these until the sandbox has the code and runs. */
  readonly start: Spread;
  readonly vitest: Spread;
  readonly nodeTest: Spread;
  /** The first verdict after the start, when nothing is warm. */
  readonly firstMs: number;
  /** Theirs through ours, round by round. */
  readonly vitestRatio: Spread;
  readonly nodeTestRatio: Spread;
}

export async function measureVerdict(quick: boolean): Promise<VerdictResult> {
  const { signal } = new AbortController();
  const grader = new WarmGrader();
  const exercise = programText("fanOut");
  const spec = lessonSpec();
  let schedules = 0;
  let saves = 0;
  const starts: number[] = [];
  const save = async (): Promise<number> => {
    if (saves > 0) await pause(betweenSavesMs);
    // Another text each time: nothing can be known from the last save.
    const verdict = await grader.save(`${exercise}\nexport const saved = ${String(++saves)};\n`, spec, signal);
    schedules = verdict.schedules;
    starts.push(verdict.startMs);
    return verdict.ms;
  };
  try {
    const firstMs = await save();
    const figures = await interleaved(
      {
        ours: save,
        vitest: () => timed(["node_modules/vitest/vitest.mjs", "run", "--root", suites]),
        nodeTest: () => timed(["--test", path.join(suites, "fanOut.nodetest.ts")]),
      },
      quick ? { warmUps: 0, rounds: 1 } : { warmUps: 1, rounds: 10 },
    );
    return {
      schedules,
      firstMs,
      ours: spread(figures.ours),
      // The first is cold.
      start: spread(starts.slice(1)),
      vitest: spread(figures.vitest),
      nodeTest: spread(figures.nodeTest),
      vitestRatio: spread(ratios(figures.vitest, figures.ours)),
      nodeTestRatio: spread(ratios(figures.nodeTest, figures.ours)),
    };
  } finally {
    grader.dispose();
  }
}

/** Runs a program of ours with this Node: real ms from its start to its end. @throws when it does not pass. */
async function timed(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: plainEnvironment(),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const ms = performance.now() - begun;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${String(code)}:\n${output}`);
  return ms;
}

/** Without what a surrounding run of node:test leaves there, which changes how another one behaves. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign = new Set(["NODE_TEST_CONTEXT", "NODE_CHANNEL_FD", "NODE_OPTIONS"]);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.has(name)));
}
