/** Writes the present state of the code into an onboarding, changing nothing else of its text. Pure. */
import { symbolName, type StopReport } from "./judgeStop.ts";
import type { LocatedOnboarding } from "./onboardingSchema.ts";
import type { CodeSymbol } from "../compiler/symbols/codeSymbol.ts";

/** Whether an update can mend it: what is gone or unclear needs a person. */
export function canUpdate({ state }: StopReport): boolean {
  return state === "moved" || state === "changed" || state === "unhashed";
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * @param json the text that `onboarding` was read from
 * @param reports those to be updated; `canUpdate` each
 * @param symbolsOf of the files that the reports name, by which a symbol gets a name that is clear there
 */
export function updatedOnboarding(
  json: string,
  { onboarding, located }: LocatedOnboarding,
  reports: readonly StopReport[],
  symbolsOf: (file: string) => readonly CodeSymbol[],
): string {
  const edits = reports.flatMap(({ stop, state, at }): readonly Edit[] => {
    const index = onboarding.stops.findIndex((each) => each.id === stop.id);
    const value = (key: string): Edit | undefined => stringAt(json, located.offsetOf(["stops", index, key]));
    if (index === -1 || at === undefined) return [];
    const moved: readonly (readonly [string, string])[] =
      state === "moved"
        ? [
            ["file", at.file],
            ["symbol", symbolName(at.symbol, symbolsOf(at.file))],
          ]
        : [];
    const replaced = [...moved, ["hash", at.symbol.hash] as const].flatMap(([key, text]) => {
      const old = value(key);
      return old === undefined ? [] : [{ ...old, text: JSON.stringify(text) }];
    });
    const symbol = value("symbol");
    if (stop.hash !== undefined || symbol === undefined) return replaced;
    return [...replaced, added(json, symbol, `"hash": ${JSON.stringify(at.symbol.hash)}`)];
  });
  // From the end, so that no place moves before it is used.
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), json);
}

function stringAt(json: string, offset: number | undefined): Edit | undefined {
  if (offset === undefined) return undefined;
  const pattern = /"(?:[^"\\]|\\.)*"/y;
  pattern.lastIndex = offset;
  const found = pattern.exec(json)?.[0];
  return found === undefined ? undefined : { from: offset, to: offset + found.length, text: found };
}

/** One more member after this one, on a line of its own where that one has one. */
function added(json: string, after: Edit, member: string): Edit {
  const lineStart = json.lastIndexOf("\n", after.from) + 1;
  const [, indent] = /^([ \t]*)"symbol"\s*:\s*$/.exec(json.slice(lineStart, after.from)) ?? [];
  const separator = indent === undefined ? ", " : `,\n${indent}`;
  return { from: after.to, to: after.to, text: separator + member };
}
