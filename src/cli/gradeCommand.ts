/** `interleave grade`: the verdict on one file. */
import type { ListedTest } from "../protocol/sandboxMessages.ts";
import type { GradeError } from "../protocol/verdict.ts";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { CannotRun } from "./cannotRun.ts";
import { type CommandArguments, type CommandShape, parseCommandArguments } from "./commandArguments.ts";
import { type GradeArguments, readGradeArguments } from "./gradeArguments.ts";
import { shownFile, type Pack } from "./pack.ts";
import { reportJson } from "./reporters/json.ts";
import { reportJUnit } from "./reporters/junit.ts";
import { reportPretty } from "./reporters/pretty.ts";
import { type Reporter, type ReporterName, reporterNames } from "./reporters/reporter.ts";
import { reportTap } from "./reporters/tap.ts";
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

/** `--json` is short for `--reporter json`. @throws CannotRun */
export function chooseReporter(args: CommandArguments): ReporterName {
  const name = args.text("reporter");
  if (name === undefined) return args.flag("json") ? "json" : "pretty";
  const found = reporterNames.find((each) => each === name);
  if (found === undefined) {
    const list = reporterNames.join(", ");
    throw new CannotRun(
      `There is no reporter “${name}”: the reporters are ${list}.`,
      `没有名为“${name}”的报告格式：可用 ${list}。`,
    );
  }
  if (args.flag("json") && found !== "json") {
    throw new CannotRun(
      `--json and --reporter ${name} ask for two reports: give one.`,
      `--json 与 --reporter ${name} 只能给一个。`,
    );
  }
  return found;
}

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
