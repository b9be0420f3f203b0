/** One sandbox process, from its start to its death. Runs in the extension host or the command line. */
import { deferred } from "../../base/deferred.ts";
import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { FromSandboxMessage, Job } from "../../protocol/sandboxMessages.ts";
import { parseSandboxMessage } from "../sandboxMessage.ts";
import { cpuMsOf } from "./cpuTime.ts";
import { engineFlags } from "./engineFlags.ts";
import type { NodeProgram } from "./nodeProgram.ts";

/** Megabytes of heap that a sandbox may fill. */
const heapMb = 256;

export interface SandboxExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class SandboxProcess {
  readonly #child: ChildProcess;
  readonly #ready = deferred<undefined>();
  readonly exited: Promise<SandboxExit>;
  #listener: ((message: FromSandboxMessage) => void) | undefined;
  #early: FromSandboxMessage[] = [];

  constructor(distDir: string, node: NodeProgram) {
    const permission = node.major >= 23 ? "--permission" : "--experimental-permission";
    this.#child = fork(path.join(distDir, "sandbox.js"), [], {
      execPath: node.path,
      execArgv: [
        permission,
        `--allow-fs-read=${path.join(distDir, "*")}`,
        "--disallow-code-generation-from-strings",
        "--no-warnings",
        `--max-old-space-size=${String(heapMb)}`,
        ...engineFlags,
      ],
      env: { ...node.env },
      cwd: distDir,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "json",
    });
    this.exited = new Promise((resolve) => {
      this.#child.once("exit", (code, signal) => {
        resolve({ code, signal });
      });
      this.#child.once("error", () => {
        resolve({ code: null, signal: null });
      });
    });
    this.#child.on("message", (message) => {
      const parsed = parseSandboxMessage(message);
      // One that says something else is not ours any more.
      if (parsed === undefined) this.kill();
      else this.#receive(parsed);
    });
    void this.exited.then(() => {
      this.#ready.resolve(undefined);
    });
  }

  /** Resolves once the sandbox waits for a job (or has died trying). */
  get ready(): Promise<undefined> {
    return this.#ready.promise;
  }

  get alive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Keeps this process's event loop from waiting for a spare. */
  unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  ref(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }

  run(job: Job, listener: (message: FromSandboxMessage) => void): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener(message);
    if (this.alive) this.#child.send({ type: "run", job });
  }

  cpuMs(): number | undefined {
    return this.#child.pid === undefined ? undefined : cpuMsOf(this.#child.pid);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #receive(message: FromSandboxMessage): void {
    if (message.type === "ready") this.#ready.resolve(undefined);
    else if (this.#listener === undefined) {
      // It refuses to run: whoever waits for it is to be told why.
      this.#early.push(message);
      this.#ready.resolve(undefined);
    } else this.#listener(message);
  }
}
