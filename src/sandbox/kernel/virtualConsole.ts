/** The console of the world: lines for the learner to read, none of them to anywhere outside. Runs inside the realm. */
import type { ConsoleCounts } from "../../world/run/consoleCounts.ts";
import { formatValue, plainText } from "../../world/run/formatValue.ts";

export interface ConsoleHooks {
  print(level: string, values: readonly unknown[]): void;
  /** Virtual ms. */
  now(): number;
  /** What console.count and console.time of the run under way have counted so far. */
  counts(): ConsoleCounts;
}

/** Characters of a label. */
const maxLabel = 100;

type Method = (...values: unknown[]) => void;

/** What prints its arguments as they are, and at which level. */
const levels: Readonly<Record<string, string>> = {
  log: "log",
  info: "info",
  debug: "debug",
  warn: "warn",
  error: "error",
  trace: "debug",
  dir: "log",
  table: "log",
  group: "log",
};

export function virtualConsole(hooks: ConsoleHooks): Readonly<Record<string, Method>> {
  const methods: Record<string, Method> = {};
  for (const [name, level] of Object.entries(levels)) {
    methods[name] = (...values) => {
      if (values.length > 0) hooks.print(level, values);
    };
  }
  methods["groupEnd"] = () => undefined;
  methods["assert"] = (holds, ...values) => {
    if (!holds) hooks.print("error", ["Assertion failed", ...values]);
  };
  return Object.freeze({ ...methods, ...counters(hooks) });
}

function counters(hooks: ConsoleHooks): Record<string, Method> {
  const labelOf = (label: unknown): string =>
    label === undefined ? "default" : typeof label === "string" ? plainText(label, maxLabel) : formatValue(label);
  const elapsed = (label: unknown, ...values: unknown[]): void => {
    const start = hooks.counts().starts.get(labelOf(label)) ?? 0;
    hooks.print("log", [`${labelOf(label)}: ${String(hooks.now() - start)}ms`, ...values]);
  };
  return {
    count: (label) => {
      const count = (hooks.counts().counts.get(labelOf(label)) ?? 0) + 1;
      hooks.counts().counts.set(labelOf(label), count);
      hooks.print("log", [`${labelOf(label)}: ${String(count)}`]);
    },
    countReset: (label) => {
      hooks.counts().counts.delete(labelOf(label));
    },
    time: (label) => {
      hooks.counts().starts.set(labelOf(label), hooks.now());
    },
    timeLog: elapsed,
    timeEnd: (label) => {
      elapsed(label);
      hooks.counts().starts.delete(labelOf(label));
    },
  };
}
