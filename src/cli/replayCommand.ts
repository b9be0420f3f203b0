/** `interleave replay`: one run of one test, event by event. */
import { describeGradeError } from "../core/verdict/gradeJson.ts";
import { replayText } from "../core/verdict/replayText.ts";
import type { ReplayResult } from "../protocol/grading.ts";
import type { Failure } from "../protocol/verdict.ts";
import type { Locale } from "../protocol/words.ts";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { CannotRun } from "./cannotRun.ts";
import { type CommandArguments, type CommandShape, parseCommandArguments } from "./commandArguments.ts";
import { type GradeArguments, readGradeArguments } from "./gradeArguments.ts";
import { refuseWhatIsNotTheFilesFault } from "./gradeCommand.ts";
import type { Command, Terminal } from "./terminal.ts";

const replayShape: CommandShape = {
  name: "replay",
  positionals: ["lesson", "file"],
  options: {
    test: "text",
    schedule: "text",
    json: "flag",
    seed: "text",
    locale: "text",
    pack: "text",
    cases: "text",
  },
};

export const replay: Command = async (words, terminal) => {
  const args = parseCommandArguments(replayShape, words);
  const test = required(args, "test", "NAME");
  const schedule = required(args, "schedule", "STRING");
  const grader = createNodeGrader({ distDir: terminal.distDir });
  try {
    const given = await readGradeArguments(args, terminal);
    grader.warm();
    const result = await grader.replay({ ...given.request, test, schedule }, terminal.signal);
    const { error, verdict } = result;
    const unusable = error?.code === "schedule-unusable" || (error?.code === "broken-lesson" && !error.source);
    if (error !== undefined && unusable) {
      throw new CannotRun(error.message.en, error.message["zh-cn"]);
    }
    if (error !== undefined) refuseWhatIsNotTheFilesFault(error, given.pack, given);
    tell({ result, given, test, schedule }, args.flag("json"), terminal);
    return verdict?.status === "passed" ? 0 : 1;
  } finally {
    grader.dispose();
  }
};

interface Replayed {
  readonly result: ReplayResult;
  readonly given: GradeArguments;
  readonly test: string;
  readonly schedule: string;
}

function tell(replayed: Replayed, asJson: boolean, terminal: Terminal): void {
  const { result, given, test, schedule } = replayed;
  const { locale, request, title } = given;
  const status = result.verdict?.status ?? "failed";
  const failure = result.verdict?.failure;
  const { error } = result;
  if (asJson) {
    const facts = {
      ...(failure === undefined ? {} : { failure: failureJson(failure, locale) }),
      ...(error === undefined
        ? {}
        : { error: { code: error.code, message: describeGradeError(error, locale, given.file) } }),
    };
    const json = { version: 1, lesson: request.lesson, test, schedule, status, ...facts, trace: result.trace };
    terminal.out(`${JSON.stringify(json, null, 2)}\n`);
    return;
  }
  if (error !== undefined) {
    terminal.err(`${describeGradeError(error, locale, given.file)}\n`);
    return;
  }
  const run = { title, test, schedule, file: given.file, trace: result.trace, verdict: result.verdict };
  terminal.out(`${replayText(run, locale).lines.join("\n")}\n`);
}

function failureJson(failure: Failure, locale: Locale): object {
  const { diagnosis, message, at, source } = failure;
  return { diagnosis, message: message[locale], at, ...(source === undefined ? {} : { source }) };
}

/** @throws CannotRun */
function required(args: CommandArguments, option: string, value: string): string {
  const given = args.text(option);
  if (given !== undefined && given !== "") return given;
  throw new CannotRun(
    `replay needs --${option} ${value}. See interleave replay --help.`,
    `replay 还缺 --${option} ${value}。参见 interleave replay --help。`,
  );
}
