/** One sandbox process, from its start to its death. Runs in the extension host or the command line. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { Socket } from "node:net";
import path from "node:path";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { deferred } from "../../base/deferred.ts";
import { LineSplitter } from "../../base/lines.ts";
import { topmostFrame } from "../../base/stackLines.ts";
import type { Job, ToSandboxMessage } from "../../protocol/sandboxMessages.ts";
import type { SimulationOrder } from "../../protocol/simulation.ts";
import { type SandboxAnswer, readAnswer } from "../sandboxAnswers.ts";
import type { EndPlace, RunWatch } from "../supervisor.ts";
import { Watchdog } from "../watchdog.ts";
import type { NodeProgram } from "./nodeProgram.ts";
import { cpuMsOf, memoryOf } from "./processFacts.ts";
import type { Reaper } from "./reaper.ts";
import { sandboxFlags } from "./sandboxFlags.ts";

/** Characters of one message: reading it must not hold the editor up. The largest honest ones have a tenth of that. */
const messageLimit = 4_000_000;
/** Characters of all messages of one job. */
const totalLimit = 100_000_000;
/** Characters kept of what it writes to stderr, which is a stack trace at most. */
const traceLimit = 16_000;
/**
 * Ms of its own processor time in which a sandbox that is asked where it is must have answered: within a few, unless it is deep
 * in a call of the engine. Real ms where processor time is not known.
 */
const traceMs = 600;
/** Real ms after which it is given up, even if it hardly got the processor. */
const tracePatienceMs = 6_000;

export interface SandboxExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The engine's last words were that its heap is full. */
  readonly outOfHeap: boolean;
}

export class SandboxProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ready = deferred<undefined>();
  readonly exited: Promise<SandboxExit>;
  #listener: ((answer: SandboxAnswer) => void) | undefined;
  #early: SandboxAnswer[] = [];
  #received = 0;
  #trace = "";

  constructor(distDir: string, node: NodeProgram, reaper: Reaper) {
    this.#child = spawn(node.path, [...sandboxFlags(distDir, node.major), path.join(distDir, "sandbox.js")], {
      env: { ...node.env },
      cwd: distDir,
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const { pid } = this.#child;
    if (pid !== undefined) reaper.watch(pid);
    this.exited = new Promise((resolve) => {
      // Not "exit": what it has written before its end counts.
      this.#child.once("close", (code, signal) => {
        if (pid !== undefined) reaper.release(pid);
        resolve({ code, signal, outOfHeap: /out of memory|allocation failed/i.test(this.#trace) });
      });
      this.#child.once("error", () => {
        resolve({ code: null, signal: null, outOfHeap: false });
      });
    });
    // Writing to one that has died is no error of ours: its end is told by `exited`.
    this.#child.stdin.on("error", () => undefined);
    this.#listen();
    void this.exited.then(() => {
      this.#ready.resolve(undefined);
    });
  }

  /** Resolves once the sandbox waits for a job (or has died trying). */
  get ready(): Promise<undefined> {
    return this.#ready.promise;
  }

  /** It has said something that nobody had asked for: it is not to be given another job. */
  get spokeUnasked(): boolean {
    return this.#early.length > 0;
  }

  get alive(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Keeps this process's event loop from waiting for a spare. */
  unref(): void {
    this.#child.unref();
    for (const socket of this.#sockets()) socket.unref();
  }

  ref(): void {
    this.#child.ref();
    for (const socket of this.#sockets()) socket.ref();
  }

  /** One job after another: not before the one before is done. */
  run(job: Job, listener: (answer: SandboxAnswer) => void, watch?: RunWatch): void {
    this.#received = 0;
    this.#listener = (answer) => {
      // What comes after that belongs to no job.
      if (answer.type === "done") this.#listener = undefined;
      listener(answer);
    };
    for (const answer of this.#early.splice(0)) listener(answer);
    this.#send({ type: "run", job, ...(watch === undefined ? {} : { [watch]: true }) });
  }

  /** One more thing to do for a program that is simulated. What may be written counts from here anew. */
  order(order: SimulationOrder): void {
    this.#received = 0;
    this.#send({ type: "simulate", order });
  }

  #send(message: ToSandboxMessage): void {
    if (this.alive) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  cpuMs(): number | undefined {
    return this.#child.pid === undefined ? undefined : cpuMsOf(this.#child.pid);
  }

  memory(): number | undefined {
    return this.#child.pid === undefined ? undefined : memoryOf(this.#child.pid);
  }

  async endAt(fileName: string): Promise<EndPlace> {
    // There are no signals to answer on Windows.
    if (process.platform === "win32" || !this.#child.kill("SIGINT")) return "no answer";
    const late = deferred<undefined>();
    const watchdog = new Watchdog(this, {
      silenceMs: traceMs,
      patienceMs: tracePatienceMs,
      // It is being ended: what it holds does not matter any more.
      memoryLimit: Infinity,
      bark: () => {
        late.resolve(undefined);
      },
    });
    watchdog.start();
    await Promise.race([this.exited, late.promise]);
    watchdog.stop();
    if (this.alive) return "no answer";
    return topmostFrame(fileName, this.#trace)?.line ?? "elsewhere";
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Its pipes are sockets, though their types do not say so. */
  #sockets(): readonly Socket[] {
    const { stdin, stdout, stderr } = this.#child;
    return [stdin, stdout, stderr].filter((stream) => stream instanceof Socket);
  }

  #listen(): void {
    const lines = new LineSplitter(messageLimit);
    const { stdout, stderr } = this.#child;
    stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#received += text.length;
      const received = this.#received > totalLimit ? undefined : lines.push(text);
      if (received === undefined) {
        stdout.destroy();
        this.#receive({ type: "flood" });
      } else for (const line of received) this.#receive(readAnswer(line));
    });
    stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#trace = (this.#trace + text).slice(0, traceLimit);
    });
  }

  #receive(answer: SandboxAnswer): void {
    if (answer.type === "ready") this.#ready.resolve(undefined);
    else if (this.#listener === undefined) {
      // It refuses to run: whoever waits for it is to be told why.
      this.#early.push(answer);
      this.#ready.resolve(undefined);
    } else this.#listener(answer);
  }
}
