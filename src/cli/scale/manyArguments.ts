/** What `grade --from` is asked for. */
import os from "node:os";
import path from "node:path";
import type { Shard } from "../../core/verdict/gradedRun.ts";
import { UnreadableFile, pathSegments } from "../../core/lesson/lessonReader.ts";
import type { Locale } from "../../protocol/words.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { requestedLocale } from "../locale.ts";
import { chooseReporter } from "../reporters/chooseReporter.ts";
import type { ReporterName } from "../reporters/reporter.ts";
import type { Terminal } from "../terminal.ts";
import { parseShard } from "./shard.ts";

/** Sandboxes side by side: each may hold half a gigabyte. */
const maxJobs = 256;

const manyShape: CommandShape = {
  name: "grade",
  positionals: ["lesson"],
  optional: true,
  options: {
    from: "text",
    file: "text",
    jobs: "text",
    shard: "text",
    output: "text",
    resume: "flag",
    timings: "flag",
    json: "flag",
    reporter: "text",
    schedules: "text",
    seed: "text",
    locale: "text",
    pack: "text",
  },
};

/** Options that mean nothing for one file. */
const manyOnly = ["file", "jobs", "shard", "output", "resume", "timings"];

export interface ManyArguments {
  readonly lesson: string | undefined;
  /** As the user named it. */
  readonly from: string;
  /** Absolute. */
  readonly directory: string;
  readonly fileName: string | undefined;
  readonly jobs: number;
  readonly shard: Shard;
  /** Absolute; undefined for stdout. */
  readonly output: string | undefined;
  readonly resume: boolean;
  readonly timings: boolean;
  readonly reporter: ReporterName;
  readonly schedules: number | undefined;
  readonly seed: number;
  readonly locale: Locale;
  readonly pack: string | undefined;
}

/** Whether many submissions are meant. @throws CannotRun for an option that only they take */
export function meansMany(words: readonly string[]): boolean {
  const own = words.slice(0, words.includes("--") ? words.indexOf("--") : words.length);
  const has = (option: string): boolean =>
    own.some((word) => word === `--${option}` || word.startsWith(`--${option}=`));
  if (has("from")) return true;
  const lone = manyOnly.find(has);
  if (lone === undefined) return false;
  throw new CannotRun(
    `--${lone} goes with --from DIR, which grades a folder of submissions. See interleave grade --help.`,
    `--${lone} 要与 --from DIR（为一整个文件夹的提交评分）一起用。参见 interleave grade --help。`,
  );
}

/** @throws CannotRun */
export function readManyArguments(words: readonly string[], terminal: Terminal): ManyArguments {
  const args = parseCommandArguments(manyShape, words);
  const from = args.text("from") ?? "";
  if (from === "") {
    throw new CannotRun(
      "--from needs a folder: one that holds a folder a person.",
      "--from 需要一个文件夹：里面每人一个文件夹。",
    );
  }
  const output = args.text("output");
  const resume = args.flag("resume");
  if (resume && output === undefined) {
    throw new CannotRun(
      "--resume needs --output FILE: beside it lies the journal of what was graded.",
      "--resume 需要 --output FILE：已有结果的日志就在它旁边。",
    );
  }
  const fileName = args.text("file");
  if (fileName !== undefined) checkFileName(fileName);
  return {
    lesson: args.positionals[0],
    from,
    directory: path.resolve(terminal.workingDirectory, from),
    fileName,
    jobs: Math.min(args.count("jobs") ?? os.availableParallelism(), maxJobs),
    shard: parseShard(args.text("shard") ?? "1/1"),
    output: output === undefined ? undefined : path.resolve(terminal.workingDirectory, output),
    resume,
    timings: args.flag("timings"),
    reporter: chooseReporter(args),
    schedules: args.count("schedules"),
    seed: args.count("seed") ?? 1,
    locale: requestedLocale(args.text("locale")) ?? terminal.locale,
    pack: args.text("pack"),
  };
}

function checkFileName(name: string): void {
  try {
    if (pathSegments(name).length > 0) return;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  throw new CannotRun(
    `--file ${name} is not a file in each person's folder, such as exercise.ts or src/exercise.ts.`,
    `--file ${name} 不是每人文件夹里的文件，例如 exercise.ts 或 src/exercise.ts。`,
  );
}
