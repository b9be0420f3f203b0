/** What `grade` and `replay` have in common: a lesson, a file, and the options that choose how it is run. */
import fs from "node:fs/promises";
import path from "node:path";
import type { GradeRequest } from "../protocol/grading.ts";
import type { Locale } from "../protocol/words.ts";
import { CannotRun } from "./cannotRun.ts";
import type { CommandArguments } from "./commandArguments.ts";
import { requestedLocale } from "./locale.ts";
import { explain, openPack, type Pack, requireLesson } from "./pack.ts";
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
  const exercise = await readExercise(terminal, file);
  const extras = [
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(packOption === undefined ? [] : ["--pack", packOption]),
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
    },
    replayCommand: (test, schedule) =>
      ["interleave", "replay", id, file, "--test", test, "--schedule", schedule, ...extras].map(shellWord).join(" "),
  };
}

async function readExercise(terminal: Terminal, file: string): Promise<string> {
  try {
    return await fs.readFile(path.resolve(terminal.workingDirectory, file), "utf8");
  } catch (error) {
    const why = explain(error);
    throw new CannotRun(`${file} cannot be read: ${why}.`, `无法读取 ${file}：${why}。`);
  }
}
