/** A whole report as a stream of texts. */
import type { SubmissionResult } from "../../core/verdict/gradedRun.ts";
import type { RunReporter } from "./reporters/runReporter.ts";

export async function* reportTexts(
  reporter: RunReporter,
  results: AsyncIterable<SubmissionResult>,
): AsyncGenerator<string> {
  yield reporter.begin();
  for await (const result of results) yield reporter.result(result);
  yield reporter.end();
}
