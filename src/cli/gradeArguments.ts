/** What `grade` and `replay` have in common: a lesson, a file, and the options that choose how it is run. */
import path from "node:path";
import { maxFileBytes } from "../core/lesson/lessonLimits.ts";
import { UnreadableFile } from "../core/lesson/lessonReader.ts";
import { maxCasesBytes, parseCases } from "../core/stepper/ownCases.ts";
import type { GradeRequest } from "../protocol/grading.ts";
import type { OwnCase } from "../protocol/steps.ts";
import type { Locale } from "../protocol/words.ts";
import { CannotRun } from "./cannotRun.ts";
import type { CommandArguments } from "./commandArguments.ts";
import { requestedLocale } from "./locale.ts";
import { explain } from "./fileErrors.ts";
import { openPack, type Pack, requireLesson } from "./pack.ts";
import { readBounded } from "./readBounded.ts";
import { shellWord } from "./shellWord.ts";
import type { Terminal } from "./terminal.ts";

export interface GradeArguments {
  readonly request: GradeRequest;
  readonly pack: Pack;
  readonly locale: Locale;
  /** The lesson's title. */
  readonly title: string;
  /** The graded file as the user named it. */
  readonly file: string;
  readonly replayCommand: (test: string, schedule: string) => string;
}

/** @throws CannotRun where the lesson or the file cannot be read. */
export async function readGradeArguments(args: CommandArguments, terminal: Terminal): Promise<GradeArguments> {
  const [id = "", file = ""] = args.positionals;
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const schedules = args.count("schedules");
  const seed = args.count("seed");
  const packOption = args.text("pack");
  const pack = await openPack(terminal, packOption);
  const lesson = await requireLesson(pack, id, locale);
  const exercise = await readGiven(terminal, file, maxFileBytes);
  const casesOption = args.text("cases");
  const cases = casesOption === undefined ? undefined : await readCases(terminal, casesOption);
  const extras = [
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(packOption === undefined ? [] : ["--pack", packOption]),
    ...(casesOption === undefined ? [] : ["--cases", casesOption]),
  ];
  return {
    pack,
    locale,
    file,
    title: lesson.meta.title[locale],
    request: {
      lesson: id,
      spec: lesson.spec,
      exercise,
      exerciseName: path.basename(file),
      exports: lesson.meta.exports,
      ...(schedules === undefined ? {} : { schedules }),
      ...(seed === undefined ? {} : { seed }),
      ...(cases === undefined ? {} : { cases }),
    },
    replayCommand: (test, schedule) =>
      ["interleave", "replay", id, file, "--test", test, "--schedule", schedule, ...extras].map(shellWord).join(" "),
  };
}

/** @throws CannotRun where the file is none, or one that is not understood. */
async function readCases(terminal: Terminal, file: string): Promise<readonly OwnCase[]> {
  const read = parseCases(await readGiven(terminal, file, maxCasesBytes));
  if (read.ok) return read.cases;
  const place = `${file}:${String(read.line)}`;
  throw new CannotRun(`${place}: ${read.problem.en}.`, `${place}：${read.problem["zh-cn"]}。`);
}

export async function readGiven(terminal: Terminal, file: string, maxBytes: number): Promise<string> {
  try {
    return (await readBounded(path.resolve(terminal.workingDirectory, file), maxBytes)).toString("utf8");
  } catch (error) {
    const why = error instanceof UnreadableFile ? error.words : explain(error);
    throw new CannotRun(`${file} cannot be read: ${why.en}.`, `无法读取 ${file}：${why["zh-cn"]}。`);
  }
}
