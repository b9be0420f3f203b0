/** What is wrong with a lesson's files, said with file and line. Pure; shared by the command line and the extension. */
import type { Words } from "../../protocol/words.ts";
import { maxFindingLength } from "./lessonLimits.ts";
import { quoteForMessage } from "./lessonReader.ts";

export interface Finding {
  /** Relative to the lessons' root, with `/`: "connection-pool/lesson.json". */
  readonly file: string;
  /** From 1; absent where the whole file is meant. */
  readonly line?: number;
  readonly message: Words;
  /** Which check found it ("links", "types" …), where somebody shows that. */
  readonly code?: string;
}

/** A value, or why there is none. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly findings: readonly Finding[] };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function failed<T>(...findings: readonly Finding[]): Parsed<T> {
  return { ok: false, findings };
}

/** The findings of all results that have any. */
export function findingsOf(...results: readonly Parsed<unknown>[]): readonly Finding[] {
  return results.flatMap((result) => (result.ok ? [] : result.findings));
}

/** One line for a log or a terminal: `file:line: message`. What cannot be seen is shown as `\u{…}`. */
export function formatFinding(finding: Finding, locale: keyof Words): string {
  const file = finding.file.replace(/\s/g, (space) => (space === " " ? " " : "?"));
  const place = finding.line === undefined ? file : `${file}:${String(finding.line)}`;
  return quoteForMessage(`${place}: ${finding.message[locale]}`, maxFindingLength);
}
