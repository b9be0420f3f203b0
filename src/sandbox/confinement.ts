/**
 * Tries, before any job, what this process must not be able to do. Each attempt that succeeds is a reason to refuse to
 * run. Runs in the sandbox process.
 */
import childProcess from "node:child_process";
import fs from "node:fs";
import process from "node:process";
import { Worker } from "node:worker_threads";

interface Attempt {
  readonly what: string;
  readonly attempt: () => void;
}

const attempts: readonly Attempt[] = [
  {
    what: "read a file",
    attempt: () => {
      fs.readFileSync(process.execPath).subarray(0, 1);
    },
  },
  {
    what: "list a folder",
    attempt: () => {
      fs.readdirSync("/");
    },
  },
  {
    what: "start a process",
    attempt: () => {
      childProcess.spawnSync(process.execPath, ["--version"]);
    },
  },
  {
    what: "start a worker",
    attempt: () => {
      void new Worker("0", { eval: true }).terminate();
    },
  },
  { what: "make code from text", attempt: makeCode },
];

function makeCode(): void {
  // The attempt is here to be refused.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const made: unknown = new Function("return 1");
  if (typeof made !== "function") throw new Error("no code was made");
}

export interface Confinement {
  /** What was tried and is impossible. */
  readonly held: readonly string[];
  /** What was tried and worked: empty where the sandbox may run. */
  readonly broken: readonly string[];
}

export function tryConfinement(): Confinement {
  const held: string[] = [];
  const broken: string[] = [];
  for (const { what, attempt } of attempts) (isRefused(attempt) ? held : broken).push(what);
  const secrets = Object.keys(process.env).filter((name) => !allowedEnvironment.has(name));
  (secrets.length === 0 ? held : broken).push("read the environment");
  return { held, broken };
}

/** What starting the process itself needs. */
const allowedEnvironment: ReadonlySet<string> = new Set([
  "ELECTRON_RUN_AS_NODE",
  "NODE_CHANNEL_FD",
  "NODE_CHANNEL_SERIALIZATION_MODE",
  "TZ",
]);

function isRefused(attempt: () => void): boolean {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
}
