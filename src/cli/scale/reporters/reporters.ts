/** The reporters of many submissions, by the same names as those of one. */
import type { ReporterName } from "../../reporters/reporter.ts";
import { reportRunJson } from "./json.ts";
import { reportRunJUnit } from "./junit.ts";
import { reportRunPretty } from "./pretty.ts";
import type { RunReporterFactory } from "./runReporter.ts";
import { reportRunTap } from "./tap.ts";

export const runReporters: Readonly<Record<ReporterName, RunReporterFactory>> = {
  pretty: reportRunPretty,
  json: reportRunJson,
  junit: reportRunJUnit,
  tap: reportRunTap,
};
