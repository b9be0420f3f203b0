/** Whether shards are the parts of one run, each there once. Pure. */
import type { RunSummary } from "../../core/verdict/gradedRun.ts";
import { CannotRun } from "../cannotRun.ts";
import { rangeOf } from "./shard.ts";
import type { ShardHead } from "./shardFile.ts";

export interface NamedHead {
  /** The file, as the user named it. */
  readonly name: string;
  readonly head: ShardHead;
}

/**
 * The shards in their order.
 * @throws CannotRun that says which do not belong, are missing, or are there twice.
 */
export function inOrder<T extends NamedHead>(shards: readonly T[]): readonly T[] {
  const [first, ...others] = shards;
  if (first === undefined) throw new CannotRun("There is nothing to merge.", "没有可合并的文件。");
  for (const other of others) checkSameRun(first, other);
  const { of } = first.head.shard;
  const places = new Map<number, T>();
  for (const shard of shards) {
    const { index } = shard.head.shard;
    const twin = places.get(index);
    if (twin !== undefined) {
      const which = `${String(index)}/${String(of)}`;
      throw new CannotRun(
        `Shard ${which} is there twice: ${twin.name} and ${shard.name}.`,
        `分片 ${which} 出现了两次：${twin.name} 和 ${shard.name}。`,
      );
    }
    places.set(index, shard);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !places.has(index));
  if (missing.length > 0) {
    const list = missing.map((index) => `${String(index)}/${String(of)}`).join(", ");
    throw new CannotRun(
      `Of ${String(of)} shards, ${missing.length === 1 ? "this one is" : "these are"} missing: ${list}.`,
      `共 ${String(of)} 个分片，还缺：${list}。`,
    );
  }
  const sorted = [...places].sort(([a], [b]) => a - b).map(([, shard]) => shard);
  for (const shard of sorted) checkSize(shard);
  return sorted;
}

function checkSameRun(first: NamedHead, other: NamedHead): void {
  const [a, b] = [first.head, other.head];
  const same = [
    ["product", "the versions of Interleave", "Interleave 的版本", a.run.product, b.run.product],
    ["engine", "the versions of Node", "Node 的版本", a.run.engine, b.run.engine],
    ["locale", "the languages", "语言", a.run.locale, b.run.locale],
    ["seed", "the seeds", "种子", a.run.seed, b.run.seed],
    ["schedules", "the numbers of orders", "顺序的预算", a.run.schedules ?? "", b.run.schedules ?? ""],
    ["submissions", "the numbers of submissions", "提交的份数", a.run.submissions, b.run.submissions],
    ["of", "the numbers of shards", "分片总数", a.shard.of, b.shard.of],
  ] as const;
  const difference = same.find(([, , , mine, theirs]) => mine !== theirs);
  if (difference === undefined && a.run.fingerprint === b.run.fingerprint) return;
  const [, en, zhCn, mine, theirs] = difference ?? [
    "",
    "the lessons, the options or what people handed in",
    "课程、选项或提交的内容",
    a.run.fingerprint,
    b.run.fingerprint,
  ];
  throw new CannotRun(
    `${first.name} and ${other.name} are not of the same run: ${en} differ (${String(mine)}, ${String(theirs)}).`,
    `${first.name} 与 ${other.name} 不属于同一次运行：${zhCn}不同（${String(mine)}、${String(theirs)}）。`,
  );
}

function checkSize({ name, head }: NamedHead): void {
  const { start, end } = rangeOf(head.shard, head.run.submissions);
  if (head.summary.submissions === end - start) return;
  throw new CannotRun(
    `${name} has ${String(head.summary.submissions)} results instead of ${String(end - start)}.`,
    `${name} 里有 ${String(head.summary.submissions)} 份结果，应有 ${String(end - start)} 份。`,
  );
}

export function addSummaries(a: RunSummary, b: RunSummary): RunSummary {
  return {
    submissions: a.submissions + b.submissions,
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    errors: a.errors + b.errors,
  };
}
