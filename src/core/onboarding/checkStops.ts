/** Looks at the code of every stop: first where the stop says, then, for what is not there, in the rest of the repository. Pure. */
import type { CodeSymbol, FoundSymbols } from "../compiler/symbols/codeSymbol.ts";
import { isMissing, type LessonReader, UnreadableFile } from "../lesson/lessonReader.ts";
import { fits, judgeStop, lastName, problems, type StopReport } from "./judgeStop.ts";
import type { CodeStop } from "./onboardingSchema.ts";
import { sourceFiles } from "./sourceFiles.ts";

export interface StopSources {
  /** Of the repository, by the rules of repositoryRules.ts. */
  readonly reader: LessonReader;
  readonly symbols: (file: string, text: string) => Promise<FoundSymbols>;
}

/** In the order of the stops. */
export async function checkStops(stops: readonly CodeStop[], sources: StopSources): Promise<readonly StopReport[]> {
  const files = new Map<string, Promise<FileLook>>();
  const look = (file: string): Promise<FileLook> => {
    const known = files.get(file) ?? lookAt(file, sources);
    files.set(file, known);
    return known;
  };
  const first = await Promise.all(stops.map(async (stop) => judgeLook(stop, await look(stop.file))));
  const gone = first.filter(({ state }) => state === "gone");
  if (gone.length === 0) return first;
  const found = await findElsewhere(gone, sources);
  return first.map((report) => found.get(report.stop) ?? report);
}

type FileLook = FoundSymbols | "missing";

async function lookAt(file: string, { reader, symbols }: StopSources): Promise<FileLook> {
  try {
    return await symbols(file, await reader.read(file));
  } catch (error) {
    if (isMissing(error)) return "missing";
    if (error instanceof UnreadableFile) return { unreadable: error.words };
    throw error;
  }
}

function judgeLook(stop: CodeStop, look: FileLook): StopReport {
  if (look === "missing") return { stop, state: "gone", problem: problems.noFile(stop) };
  if ("symbols" in look) return judgeStop(stop, look.symbols);
  return { stop, state: "unclear", problem: problems.unreadable(stop, look.unreadable) };
}

/** Better reports on stops whose symbol stands in another file: moved there, or there with another text. */
async function findElsewhere(
  gone: readonly StopReport[],
  { reader, symbols }: StopSources,
): Promise<ReadonlyMap<CodeStop, StopReport>> {
  const found = new Map<CodeStop, StopReport>();
  for await (const file of sourceFiles(reader)) {
    const wanted = gone.filter(({ stop }) => stop.file !== file && endingOf(stop.file) === endingOf(file));
    if (wanted.length === 0) continue;
    const text = await reader.read(file).catch(() => "");
    const mentioned = wanted.filter(({ stop }) => text.includes(lastName(stop.symbol.replace(/^.* /, ""))));
    if (mentioned.length === 0) continue;
    const look = await symbols(file, text);
    if (!("symbols" in look)) continue;
    for (const report of mentioned) {
      const better = elsewhere(report.stop, file, look.symbols);
      if (better !== undefined && isBetter(better, found.get(report.stop))) found.set(report.stop, better);
    }
  }
  return found;
}

function elsewhere(stop: CodeStop, file: string, symbols: readonly CodeSymbol[]): StopReport | undefined {
  const name = stop.symbol.replace(/^.* /, "");
  const namesakes = symbols.filter((each) => fits(each, stop) && lastName(each.name) === lastName(name));
  const same = namesakes.filter((each) => each.hash === stop.hash);
  const moved = same.find((each) => each.name === name) ?? (same.length === 1 ? same[0] : undefined);
  if (moved !== undefined) {
    const at = { file, symbol: moved };
    return { stop, state: "moved", at, problem: problems.moved(stop, at) };
  }
  const changed = namesakes.find((each) => each.name === name);
  if (changed === undefined) return undefined;
  const at = { file, symbol: changed };
  return { stop, state: "gone", at, problem: problems.goneNear(stop, at) };
}

/** The same text before another text; of several a file of the same name, else the first one. */
function isBetter(report: StopReport, known: StopReport | undefined): boolean {
  if (known === undefined) return true;
  if (report.state !== known.state) return report.state === "moved";
  const hasSameName = ({ at, stop }: StopReport): boolean =>
    at !== undefined && baseName(at.file) === baseName(stop.file);
  return hasSameName(report) && !hasSameName(known);
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

function endingOf(file: string): string {
  return file.slice(file.lastIndexOf(".") + 1);
}
