/**
 * A playground document as the text of a file, and back: a program with its scenario in a comment before it, so that the
 * file is TypeScript to every other tool. Pure.
 */
import type { PlaygroundDocument } from "../../protocol/playgroundMessages.ts";
import { longestProgram } from "../../protocol/playgroundMessages.ts";
import { defaultScenario } from "../../protocol/simulation.ts";
import { parseDocument, parseScenario } from "./document.ts";

const begin = "// interleave scenario: ";

export function documentToFile({ text, scenario }: PlaygroundDocument): string {
  return `${begin}${JSON.stringify(scenario)}\n${text}`;
}

/** A file without a scenario is a program in the usual one. Undefined where it cannot be shown. */
export function fileToDocument(content: string): PlaygroundDocument | undefined {
  const file = content.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const end = file.indexOf("\n");
  if (!file.startsWith(begin)) return parseDocument({ text: file, scenario: defaultScenario });
  const scenario = parseScenario(parseJson(file.slice(begin.length, end < 0 ? undefined : end)));
  const text = end < 0 ? "" : file.slice(end + 1);
  return scenario === undefined || text.length > longestProgram ? undefined : { text, scenario };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
