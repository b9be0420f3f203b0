/**
 * One session of VS Code's own JavaScript debugger on our program: its configuration, and being told when it stops and ends.
 * Extension host.
 */
import path from "node:path";
import process from "node:process";
import * as vscode from "vscode";
import type { NodeProgram } from "../../runner/node/nodeProgram.ts";
import { LoopPauser } from "./loopPauser.ts";

/** What starting a program on this system needs; the rest of the environment is not handed on. */
const keptVariables: ReadonlySet<string> = new Set(["SYSTEMROOT", "TZ"]);
/** By it we know our sessions again, and those that they start. */
const mark = "interleaveRun";

export interface DebugSessionParts {
  /** Unlike that of any other session. */
  readonly id: string;
  /** Shown in the list of sessions. */
  readonly name: string;
  /** The folder of debuggee.js. */
  readonly distDir: string;
  readonly node: NodeProgram;
  /** Absolute path of the file with the `DebugJob`. */
  readonly jobFile: string;
  /** The program is stopped at a breakpoint or after a step. */
  readonly onStopped: () => void;
  /** The exercise, if it is to be stopped in the endless loop that it gets stuck in. */
  readonly stuckIn: vscode.Uri | undefined;
  readonly onProblem: (error: unknown) => void;
}

export class DebugSession {
  readonly #parts: DebugSessionParts;
  readonly #ended = Promise.withResolvers<undefined>();
  readonly #subscriptions: vscode.Disposable;
  #root: vscode.DebugSession | undefined;
  #stopped = false;

  constructor(parts: DebugSessionParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      vscode.debug.registerDebugAdapterTrackerFactory("*", {
        createDebugAdapterTracker: (session) => (this.#isOurs(session) ? this.#tracker(session) : undefined),
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        if (session === this.#root) this.#end();
      }),
    );
  }

  /** Resolves once the session is over, or did not begin. */
  get ended(): Promise<undefined> {
    return this.#ended.promise;
  }

  /** False where VS Code did not start it, and has said why. */
  async start(): Promise<boolean> {
    try {
      const started = await vscode.debug.startDebugging(undefined, configuration(this.#parts));
      if (!started) this.#end();
      return started;
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  /** Also before it has begun: then it ends as soon as it does. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#root !== undefined) await vscode.debug.stopDebugging(this.#root);
  }

  #end(): void {
    this.#subscriptions.dispose();
    this.#ended.resolve(undefined);
  }

  #isOurs(session: vscode.DebugSession): boolean {
    if (session.configuration[mark] === this.#parts.id) return true;
    return session.parentSession !== undefined && this.#isOurs(session.parentSession);
  }

  #tracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    // The debugger has a session for the program as such, and one below it for the code that runs in it.
    if (session.parentSession === undefined) this.#root = session;
    if (this.#stopped) void this.stop();
    const { stuckIn, onStopped, onProblem } = this.#parts;
    const pauser =
      stuckIn === undefined || session.parentSession === undefined
        ? undefined
        : new LoopPauser(session, stuckIn, onProblem);
    return {
      onDidSendMessage: (message: unknown) => {
        if (isStopped(message)) onStopped();
        pauser?.heard(message);
      },
      onWillStopSession: () => {
        pauser?.dispose();
      },
      onExit: () => {
        pauser?.dispose();
      },
    };
  }
}

function configuration({ id, name, distDir, node, jobFile }: DebugSessionParts): vscode.DebugConfiguration {
  return {
    type: "node",
    request: "launch",
    name,
    [mark]: id,
    program: path.join(distDir, "debuggee.js"),
    args: [jobFile],
    cwd: distDir,
    runtimeExecutable: node.path,
    runtimeArgs: ["--disallow-code-generation-from-strings", "--no-warnings"],
    env: environment(node),
    console: "internalConsole",
    internalConsoleOptions: "openOnSessionStart",
    // The code that runs has every line and column of the file.
    sourceMaps: false,
    autoAttachChildProcesses: false,
    // Steps go through the exercise alone. By names: a path may have characters that mean something in a pattern.
    skipFiles: ["<node_internals>/**", "**/dist/debuggee.js", "**/kernel.js", "**/spec.ts"],
  };
}

/** The debugger hands on the variables of the extension host, unless each is taken away by its name. */
function environment(node: NodeProgram): Record<string, string | null> {
  const names = Object.keys(process.env).filter((name) => !keptVariables.has(name.toUpperCase()));
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...node.env };
}

function isStopped(message: unknown): boolean {
  return (
    typeof message === "object" &&
    message !== null &&
    Reflect.get(message, "type") === "event" &&
    Reflect.get(message, "event") === "stopped"
  );
}
