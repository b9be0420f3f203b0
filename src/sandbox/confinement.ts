/**
 * Tries, before any job, what this process must not be able to do. Each attempt that succeeds is a reason to refuse to
 * run. Runs in the sandbox process.
 */
import childProcess from "node:child_process";
import fs from "node:fs";
import inspector from "node:inspector";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { type NetworkKind, reachableNetwork } from "./withoutNetwork.ts";

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
  {
    what: "write a file",
    attempt: () => {
      fs.writeFileSync(path.join(os.tmpdir(), `interleave-${String(process.pid)}`), "");
    },
  },
  {
    what: "load a native module",
    attempt: () => {
      process.dlopen({ exports: {} }, process.execPath);
    },
  },
  {
    what: "open itself to a debugger",
    attempt: () => {
      inspector.open(0, "127.0.0.1");
      inspector.close();
    },
  },
  {
    what: "signal another process",
    attempt: () => {
      process.kill(process.ppid, 0);
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

/** @param kinds of network handles, as they were found before they were removed */
export function tryConfinement(kinds: readonly NetworkKind[]): Confinement {
  const held: string[] = [];
  const broken: string[] = [];
  for (const { what, attempt } of attempts) (isRefused(attempt) ? held : broken).push(what);
  const secrets = Object.keys(process.env).filter((name) => !allowedEnvironment.has(name));
  (secrets.length === 0 ? held : broken).push("read the environment");
  const reachable = reachableNetwork(kinds);
  if (reachable.length === 0) held.push("reach the network");
  else broken.push(`reach the network (${reachable.join(", ")})`);
  return { held, broken };
}

/** What starting the process itself needs. */
const allowedEnvironment: ReadonlySet<string> = new Set(["ELECTRON_RUN_AS_NODE", "TZ"]);

function isRefused(attempt: () => void): boolean {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
}
