/**
 * Which objects and properties a place in an exercise's code names, by looks alone: whoever asks checks what he finds
 * against what is really there. Pure.
 */
import type { SourceMark } from "../../world/platform/events.ts";

export interface PlacesAt {
  /** All that the line names, such as `["Array", "prototype", "push"]`. */
  readonly paths: readonly (readonly string[])[];
  /** The first argument of the call that begins there. */
  readonly argument: readonly string[] | undefined;
  /** What the line names and looks into by a computed key, as `Array.prototype` in `Array.prototype[key]`. */
  readonly indexed: readonly (readonly string[])[];
}

/** A name and the properties after it. Brackets around a part of it, and blanks where types were, may come in between. */
const path = String.raw`[A-Za-z_$][\w$]*(?:[\s)]*(?:\.\s*[\w$]+|\[\s*(?:'[^'\n]*'|"[^"\n]*")\s*\]))*`;

/** Characters of a line, and of a call, that are looked at. */
const nearby = 1000;
const lineBreak = /\r\n|[\n\r\u2028\u2029]/;

export function placesAt(code: string, { line, column }: SourceMark): PlacesAt {
  const lines = code.split(lineBreak).slice(line - 1, line + 9);
  const [first = ""] = lines;
  const shown = first.slice(Math.max(0, column - nearby), column + nearby);
  const found = [...shown.matchAll(new RegExp(path, "g"))];
  const call = [first.slice(column - 1), ...lines.slice(1)].join("\n").slice(0, nearby);
  const argument = new RegExp(String.raw`^[\w$]+\s*\(\s*\(*(${path})[\s)]*[,)]`).exec(call)?.[1];
  return {
    paths: found.map(([text]) => namesIn(text)),
    argument: argument === undefined ? undefined : namesIn(argument),
    indexed: found
      .filter(({ 0: text, index }) => /^[\s)]*\[/.test(shown.slice(index + text.length)))
      .map(([text]) => namesIn(text)),
  };
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|[\w$]+/g)].map(([name, one, other]) => one ?? other ?? name);
}
