/** The console of the world: lines for the learner to read, none of them to anywhere outside. Runs inside the realm. */
import { formatValue } from "../../world/run/formatValue.ts";

export interface ConsoleHooks {
  print(level: string, values: readonly unknown[]): void;
  /** Virtual ms. */
  now(): number;
}

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
    label === undefined ? "default" : typeof label === "string" ? label : formatValue(label);
  const starts = new Map<string, number>();
  const counts = new Map<string, number>();
  const elapsed = (label: unknown, ...values: unknown[]): void => {
    const start = starts.get(labelOf(label)) ?? 0;
    hooks.print("log", [`${labelOf(label)}: ${String(hooks.now() - start)}ms`, ...values]);
  };
  return {
    count: (label) => {
      const count = (counts.get(labelOf(label)) ?? 0) + 1;
      counts.set(labelOf(label), count);
      hooks.print("log", [`${labelOf(label)}: ${String(count)}`]);
    },
    countReset: (label) => {
      counts.delete(labelOf(label));
    },
    time: (label) => {
      starts.set(labelOf(label), hooks.now());
    },
    timeLog: elapsed,
    timeEnd: (label) => {
      elapsed(label);
      starts.delete(labelOf(label));
    },
  };
}
