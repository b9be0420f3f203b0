/** Findings as they are shown: in order, each once. Pure. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { maxFindingsPerFile } from "../core/lesson/lessonLimits.ts";

/** By file, line and text; each once, and of one file no more than anybody reads. */
export function sortedOnce(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map<string, Finding>();
  for (const each of findings) {
    // Two checks may say the same of one line: the first of them has said it.
    const key = JSON.stringify([each.file, each.line ?? 0, each.message]);
    if (!unique.has(key)) unique.set(key, each);
  }
  const sorted = [...unique.values()].sort(
    (a, b) => order(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || order(a.message.en, b.message.en),
  );
  const counts = new Map<string, number>();
  const kept = sorted.filter(({ file }) => {
    const count = (counts.get(file) ?? 0) + 1;
    counts.set(file, count);
    return count <= maxFindingsPerFile;
  });
  const rest = [...counts].flatMap(([file, count]): Finding[] => {
    if (count <= maxFindingsPerFile) return [];
    const more = String(count - maxFindingsPerFile);
    return [{ file, message: { en: `${more} more findings`, "zh-cn": `另有 ${more} 处问题` } }];
  });
  return [...kept, ...rest];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
