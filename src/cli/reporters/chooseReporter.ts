/** Which reporter is asked for. */
import { CannotRun } from "../cannotRun.ts";
import type { CommandArguments } from "../commandArguments.ts";
import { type ReporterName, reporterNames } from "./reporter.ts";

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
