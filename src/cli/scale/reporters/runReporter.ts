/** What a report on many submissions is written from: piece by piece, so that nothing holds all of them. */
import type { RunFacts, RunSummary, Shard, SubmissionResult } from "../../../core/verdict/gradedRun.ts";
import { visible, visibleName } from "../../../core/verdict/gradedRun.ts";
import { shellWord } from "../../shellWord.ts";

export interface RunHead {
  readonly run: RunFacts;
  readonly shard: Shard;
  readonly summary: RunSummary;
  /** Tests in all, and those of them that failed. */
  readonly tests: number;
  readonly failures: number;
}

/** Each gives text that ends with a line break, or none. */
export interface RunReporter {
  begin(): string;
  result(result: SubmissionResult): string;
  end(): string;
}

export type RunReporterFactory = (head: RunHead, colour: boolean) => RunReporter;

/** The submission's file as messages name it; for a folder that was never opened, the folder. */
export function nameOf({ file }: SubmissionResult): string {
  return visibleName(file);
}

/** "ada/exercise.ts:3:5: Syntax error: …" */
export function errorText(
  result: SubmissionResult,
  { message, source }: NonNullable<SubmissionResult["error"]>,
): string {
  const place = source === undefined ? "" : `:${String(source.line)}:${String(source.column)}`;
  return `${nameOf(result)}${place}: ${visible(message)}`;
}

/** From within the folder of all people: where that lies is another matter on each machine. */
export function replayCommand({ run }: RunHead, result: SubmissionResult, test: string, schedule: string): string {
  const seed = run.seed === 1 ? [] : ["--seed", String(run.seed)];
  // A name may look like an option.
  const file = result.file.startsWith("-") ? `./${result.file}` : result.file;
  const words = ["interleave", "replay", result.lesson ?? "", file, "--test", test, "--schedule", schedule];
  return visible([...words, ...seed].map(shellWord).join(" "));
}
