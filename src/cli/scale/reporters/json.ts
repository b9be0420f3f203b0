/** `--reporter json` of many submissions: a line for each, so that it can be read again piece by piece. */
import { visibleJson } from "../../../core/verdict/gradedRun.ts";
import type { RunReporterFactory } from "./runReporter.ts";

export const reportRunJson: RunReporterFactory = ({ run, shard, summary }) => {
  let separator = "\n";
  return {
    begin: () =>
      `{\n  "version": 1,\n  "run": ${visibleJson(run)},\n  "shard": ${visibleJson(shard)},\n` +
      `  "summary": ${visibleJson(summary)},\n  "results": [`,
    result(result) {
      const text = `${separator}    ${visibleJson(result)}`;
      separator = ",\n";
      return text;
    },
    end: () => "\n  ]\n}\n",
  };
};
