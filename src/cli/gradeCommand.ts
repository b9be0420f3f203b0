/** `interleave grade`: the verdict on one file; with `--from`, on many. */
import type { ListedTest } from "../protocol/sandboxMessages.ts";
import type { GradeError } from "../protocol/verdict.ts";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { CannotRun } from "./cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "./commandArguments.ts";
import { type GradeArguments, readGradeArguments } from "./gradeArguments.ts";
import { shownFile, type Pack } from "./pack.ts";
import { chooseReporter } from "./reporters/chooseReporter.ts";
import { reportJson } from "./reporters/json.ts";
import { reportJUnit } from "./reporters/junit.ts";
import { reportPretty } from "./reporters/pretty.ts";
import type { Reporter, ReporterName } from "./reporters/reporter.ts";
import { reportTap } from "./reporters/tap.ts";
import { meansMany } from "./scale/manyArguments.ts";
import { gradeMany } from "./scale/gradeMany.ts";
import type { Command, Terminal } from "./terminal.ts";

export const gradeShape: CommandShape = {
  name: "grade",
  positionals: ["lesson", "file"],
  options: {
    json: "flag",
    reporter: "text",
    schedules: "text",
    seed: "text",
    locale: "text",
    pack: "text",
    cases: "text",
  },
};

const reporters: Readonly<Record<ReporterName, Reporter>> = {
  pretty: reportPretty,
  json: reportJson,
  junit: reportJUnit,
  tap: reportTap,
};

export const grade: Command = async (words, terminal) => {
  if (meansMany(words)) return gradeMany(words, terminal);
  const args = parseCommandArguments(gradeShape, words);
  const report = reporters[chooseReporter(args)];
  const grader = createNodeGrader({ distDir: terminal.distDir });
  try {
    const given = await readGradeArguments(args, terminal);
    grader.warm();
    const verdict = await grader.grade(given.request, terminal.signal, watch(given, terminal));
    terminal.progress("");
    if (verdict.error !== undefined) refuseWhatIsNotTheFilesFault(verdict.error, given.pack, given);
    const { title, file, locale } = given;
    const { colour } = terminal;
    terminal.out(report({ verdict, title, file, locale, colour, replayCommand: given.replayCommand }));
    return verdict.passed ? 0 : 1;
  } finally {
    grader.dispose();
  }
};

/** @throws CannotRun where the lesson, the machine or the user is why there is no verdict. */
export function refuseWhatIsNotTheFilesFault(error: GradeError, pack: Pack, given: GradeArguments): void {
  const { en, "zh-cn": zhCn } = error.message;
  if (error.code === "broken-lesson") {
    const file = shownFile(pack, `${given.request.lesson}/spec.ts`);
    const place =
      error.source === undefined ? file : `${file}:${String(error.source.line)}:${String(error.source.column)}`;
    throw new CannotRun(`${place}: ${en}`, `${place}: ${zhCn}`);
  }
  if (error.code === "sandbox-refused" || error.code === "cancelled") throw new CannotRun(en, zhCn);
}

function watch({ locale }: GradeArguments, terminal: Terminal) {
  let tests: readonly ListedTest[] = [];
  let done = 0;
  const show = (name: string | undefined): void => {
    if (name === undefined) return;
    const count = `${String(done + 1)}/${String(tests.length)}`;
    terminal.progress(locale === "en" ? `running test ${count}: ${name}` : `正在运行测试 ${count}：${name}`);
  };
  return {
    listed(listed: readonly ListedTest[]) {
      tests = listed;
      show(tests[0]?.name);
    },
    tested() {
      done++;
      show(tests[done]?.name);
    },
  };
}
