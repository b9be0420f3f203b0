/** Checks a repository's onboarding: the file itself, the lessons that it names, and the code that its stops point to. */
import type { CodeSymbol, FoundSymbols } from "../../core/compiler/symbols/codeSymbol.ts";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import { UnreadableFile } from "../../core/lesson/lessonReader.ts";
import type { Catalog } from "../../core/lesson/lessonSchema.ts";
import { checkStops } from "../../core/onboarding/checkStops.ts";
import type { StopReport } from "../../core/onboarding/judgeStop.ts";
import { referenceFindings } from "../../core/onboarding/onboardingReferences.ts";
import { type LocatedOnboarding, onboardingFile, parseOnboarding } from "../../core/onboarding/onboardingSchema.ts";
import { CompilerLink } from "../../runner/node/compilerLink.ts";
import type { Repository } from "./repository.ts";

export interface OnboardingReport {
  /** Of file, references and stops, by line. */
  readonly findings: readonly Finding[];
  /** Of each stop, with the line of its symbol in the file. */
  readonly stops: readonly (StopReport & { readonly line: number })[];
  /** Missing where the file cannot be used. */
  readonly read?: LocatedOnboarding & { readonly json: string };
  /** Of a file that was looked at. */
  readonly symbolsOf: (file: string) => readonly CodeSymbol[];
}

/** @param catalog of the lessons that may be named */
export async function checkOnboarding(
  repository: Repository,
  catalog: Catalog,
  distDir: string,
): Promise<OnboardingReport> {
  const found = new Map<string, FoundSymbols>();
  const symbolsOf = (file: string): readonly CodeSymbol[] => {
    const known = found.get(file);
    return known !== undefined && "symbols" in known ? known.symbols : [];
  };
  const json = await readJson(repository);
  if (typeof json !== "string") return { findings: [json], stops: [], symbolsOf };
  const parsed = parseOnboarding(json);
  if (!parsed.ok) return { findings: parsed.findings, stops: [], symbolsOf };
  const { onboarding, located } = parsed.value;
  const compiler = new CompilerLink(distDir);
  try {
    const symbols = async (file: string, text: string): Promise<FoundSymbols> => {
      const answer = await compiler.symbols(file, text);
      found.set(file, answer);
      return answer;
    };
    const reports = await checkStops(onboarding.stops, { reader: repository.reader, symbols });
    const stops = reports.map((each, index) => ({ ...each, line: located.lineOf(["stops", index, "symbol"]) }));
    const findings = [...referenceFindings(parsed.value, catalog), ...stops.flatMap(toFindings)];
    findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return { findings, stops, read: { ...parsed.value, json }, symbolsOf };
  } finally {
    compiler.dispose();
  }
}

async function readJson({ reader }: Repository): Promise<string | Finding> {
  try {
    return await reader.read(onboardingFile);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { line, words } = error;
    return { file: onboardingFile, ...(line === undefined ? {} : { line }), message: words };
  }
}

function toFindings({ stop, state, problem, line }: OnboardingReport["stops"][number]): readonly Finding[] {
  if (problem === undefined) return [];
  const [en, zhCn] = stateNames[state];
  return [
    {
      file: onboardingFile,
      line,
      message: {
        en: `stop "${stop.id}" ${en}: ${problem.en}`,
        "zh-cn": `代码站点“${stop.id}”${zhCn}：${problem["zh-cn"]}`,
      },
    },
  ];
}

const stateNames: Readonly<Record<StopReport["state"], readonly [en: string, zhCn: string]>> = {
  sound: ["is sound", "完好"],
  moved: ["has moved", "已移动"],
  changed: ["has changed", "已改动"],
  gone: ["is gone", "已消失"],
  unhashed: ["has no hash", "没有哈希"],
  unclear: ["is not clear", "不明确"],
};
