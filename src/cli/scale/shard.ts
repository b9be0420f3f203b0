/** `--shard i/n`: which part of a sorted list a machine does. Pure. */
import type { Shard } from "../../core/verdict/gradedRun.ts";
import { CannotRun } from "../cannotRun.ts";

/** Shards of one run: more than anybody has machines. */
const maxShards = 1_000;

/** "2/5" → the second of five. @throws CannotRun */
export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index !== undefined && shard.index >= 1 && shard.index <= shard.of && shard.of <= maxShards) return shard;
  throw new CannotRun(
    `--shard ${text} is not a part of a whole: give i/n with 1 ≤ i ≤ n ≤ ${String(maxShards)}, for example 2/5.`,
    `--shard ${text} 不是合法的分片：请写成 i/n，1 ≤ i ≤ n ≤ ${String(maxShards)}，例如 2/5。`,
  );
}

/**
 * Where the shard begins and ends in a list of that many items: runs of neighbours whose lengths differ by one at most, so
 * that the shards in their order are the list.
 */
export function rangeOf({ index, of }: Shard, items: number): { readonly start: number; readonly end: number } {
  return { start: Math.floor(((index - 1) * items) / of), end: Math.floor((index * items) / of) };
}
