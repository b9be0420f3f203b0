/** `interleave merge`: the reports of all shards become the one that a single run would have written. */
import path from "node:path";
import { emptySummary, type RunSummary, type SubmissionResult, withResult } from "../../core/verdict/gradedRun.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { chooseReporter } from "../reporters/chooseReporter.ts";
import type { Command } from "../terminal.ts";
import { addSummaries, inOrder, type NamedHead } from "./mergeShards.ts";
import { runReporters } from "./reporters/reporters.ts";
import { reportTexts } from "./reportTexts.ts";
import { writeReport } from "./reportSink.ts";
import { readShardHead, readShardResults, type ShardFile } from "./shardFile.ts";

const mergeShape: CommandShape = {
  name: "merge",
  positionals: ["file"],
  repeated: true,
  options: { json: "flag", reporter: "text", output: "text" },
};

export const merge: Command = async (words, terminal) => {
  const args = parseCommandArguments(mergeShape, words);
  const name = chooseReporter(args);
  const given = args.text("output");
  const output = given === undefined ? undefined : path.resolve(terminal.workingDirectory, given);
  const heads: (NamedHead & ShardFile)[] = [];
  for (const each of args.positionals) {
    const shard = { name: each, file: path.resolve(terminal.workingDirectory, each) };
    heads.push({ ...shard, head: await readShardHead(shard) });
  }
  const shards = inOrder(heads);
  const [first] = shards;
  if (first === undefined) return 2;
  // Read twice: what comes first in some reports is known only at the end.
  const count = { tests: 0, failures: 0, lessonBroken: false };
  for (const shard of shards) await checkResults(shard, count);
  const summary = shards.map(({ head }) => head.summary).reduce(addSummaries, emptySummary);
  const head = { run: first.head.run, shard: { index: 1, of: 1 }, summary, ...count };
  const reporter = runReporters[name](head, terminal.colour && output === undefined);
  await writeReport(reportTexts(reporter, resultsOf(shards)), output, terminal);
  if (count.lessonBroken) return 2;
  return summary.passed === summary.submissions ? 0 : 1;
};

/** @throws CannotRun where they are not what the shard's head says. */
async function checkResults(
  shard: NamedHead & ShardFile,
  count: { tests: number; failures: number; lessonBroken: boolean },
): Promise<void> {
  let counted: RunSummary = emptySummary;
  for await (const { passed, error, tests } of readShardResults(shard)) {
    counted = withResult(counted, { passed, isError: error !== undefined });
    count.tests += tests.length;
    count.failures += tests.filter(({ status }) => status === "failed").length;
    if (error?.code === "broken-lesson") count.lessonBroken = true;
  }
  const { submissions, passed, failed, errors } = shard.head.summary;
  const whole =
    counted.submissions === submissions &&
    counted.passed === passed &&
    counted.failed === failed &&
    counted.errors === errors;
  if (whole) return;
  throw new CannotRun(
    `${shard.name}: its summary is not that of its results. Grade this shard again (--resume keeps what is done).`,
    `${shard.name}：汇总与结果对不上。请重新评这个分片（--resume 会保留已完成的部分）。`,
  );
}

async function* resultsOf(shards: readonly ShardFile[]): AsyncGenerator<SubmissionResult> {
  for (const shard of shards) yield* readShardResults(shard);
}
