/** A solution's mutants: the same text with one small change each, as Stryker makes them. */
import { Instrumenter } from "@stryker-mutator/instrumenter";

export interface Mutant {
  /** From 1. */
  readonly line: number;
  /** Stryker's name for the kind of change, e.g. "ConditionalExpression". */
  readonly mutator: string;
  /** What stood there, and what stands there now; long ones in full. */
  readonly original: string;
  readonly replacement: string;
  /** The source line, without the space around it. */
  readonly context: string;
  /** The whole file with the change. */
  readonly text: string;
}

type Log = ConstructorParameters<typeof Instrumenter>[0];

const off = (): boolean => false;
const nothing = (): void => undefined;
const silent: Log = {
  isTraceEnabled: off,
  isDebugEnabled: off,
  isInfoEnabled: off,
  isWarnEnabled: off,
  isErrorEnabled: off,
  isFatalEnabled: off,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

/** In the order of the file. */
export async function makeMutants(source: string): Promise<readonly Mutant[]> {
  const { mutants } = await new Instrumenter(silent).instrument(
    [{ name: "solution.ts", content: source, mutate: true }],
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  const lines = source.split("\n");
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  return mutants
    .filter(({ status }) => status === undefined)
    .map(({ location: { start, end }, mutatorName, replacement }) => {
      // Stryker counts lines and columns from 0.
      const from = (starts[start.line] ?? 0) + start.column;
      const to = (starts[end.line] ?? 0) + end.column;
      return {
        line: start.line + 1,
        mutator: mutatorName,
        original: source.slice(from, to),
        replacement,
        context: (lines[start.line] ?? "").trim(),
        text: source.slice(0, from) + replacement + source.slice(to),
      };
    })
    .sort((one, other) => one.line - other.line);
}

/** The words of an error's message: no contract speaks of them. */
export function changesWordsOnly({ mutator, original, context }: Mutant): boolean {
  if (mutator !== "StringLiteral") return false;
  const at = context.indexOf(original);
  return at >= 0 && /\bnew \w*(?:Error|Exception)\($/.test(context.slice(0, at));
}
