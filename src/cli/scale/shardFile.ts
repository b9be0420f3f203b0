/** Reads what a shard wrote as JSON, line by line: its head, then one result after another. */
import { createReadStream } from "node:fs";
import * as v from "valibot";
import { LineSplitter } from "../../base/lines.ts";
import {
  runFactsSchema,
  shardSchema,
  type SubmissionResult,
  submissionResultSchema,
  summarySchema,
} from "../../core/verdict/gradedRun.ts";
import { CannotRun } from "../cannotRun.ts";
import { explain } from "../fileErrors.ts";

/** Characters of one line; the texts in a result are bounded. */
const lineLimit = 20_000_000;

const headSchema = v.strictObject({
  version: v.literal(1),
  run: runFactsSchema,
  shard: shardSchema,
  summary: summarySchema,
});

export type ShardHead = v.InferOutput<typeof headSchema>;

export interface ShardFile {
  /** As the user named it. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
}

/** @throws CannotRun where it is none. */
export async function readShardHead(shard: ShardFile): Promise<ShardHead> {
  const lines = linesOf(shard);
  try {
    return (await readHead(shard, lines)).head;
  } finally {
    await lines.return(undefined);
  }
}

/** All results in their order. @throws CannotRun where one of them, or the file's end, is not as it was written. */
export async function* readShardResults(shard: ShardFile): AsyncGenerator<SubmissionResult> {
  const lines = linesOf(shard);
  try {
    const { read } = await readHead(shard, lines);
    let number = read;
    for (;;) {
      const line = await lines.next();
      number++;
      if (line.done === true) throw notWhole(shard);
      if (line.value === "  ]") return;
      const result = v.safeParse(submissionResultSchema, parse(line.value.replace(/,$/, "")));
      if (!result.success) throw notWhole(shard, number);
      yield result.output;
    }
  } finally {
    await lines.return(undefined);
  }
}

async function readHead(
  shard: ShardFile,
  lines: AsyncGenerator<string>,
): Promise<{ readonly head: ShardHead; readonly read: number }> {
  let text = "";
  for (let read = 1; ; read++) {
    const line = await lines.next();
    if (line.done === true || read > 6) throw notOurs(shard);
    if (line.value !== '  "results": [') {
      text += line.value;
      continue;
    }
    const head = v.safeParse(headSchema, parse(`${text.replace(/,$/, "")}}`));
    if (!head.success) throw notOurs(shard);
    return { head: head.output, read };
  }
}

async function* linesOf({ name, file }: ShardFile): AsyncGenerator<string> {
  const splitter = new LineSplitter(lineLimit);
  try {
    for await (const piece of createReadStream(file, "utf8") as AsyncIterable<string>) {
      const lines = splitter.push(piece);
      if (lines === undefined) return;
      for (const line of lines) yield line.replace(/\r$/, "");
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const why = explain(error);
    throw new CannotRun(`${name} cannot be read: ${why.en}.`, `无法读取 ${name}：${why["zh-cn"]}。`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notOurs({ name }: ShardFile): CannotRun {
  return new CannotRun(
    `${name} is not what \`interleave grade --from … --reporter json\` writes, or was written anew by another program.`,
    `${name} 不是 \`interleave grade --from … --reporter json\` 写出的文件，或被别的程序改写过。`,
  );
}

function notWhole({ name }: ShardFile, line?: number): CannotRun {
  const place = line === undefined ? name : `${name}:${String(line)}`;
  return new CannotRun(
    `${place}: this is not a whole report any more. Grade this shard again (--resume keeps what is done).`,
    `${place}：这份报告已不完整。请重新评这个分片（--resume 会保留已完成的部分）。`,
  );
}
