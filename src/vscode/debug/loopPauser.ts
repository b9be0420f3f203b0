/**
 * Stops a debugged program in the endless loop that it is stuck in: no breakpoint binds to a loop with an empty body, and none is
 * passed again by one that is stuck in a call of the engine. Extension host.
 */
import * as vscode from "vscode";

/** Real ms that the program goes on without stopping before it is looked at. */
const goesOnMs = 1500;
/** Real ms before it is looked at again, where it was found somewhere else, still on its way to the loop. */
const againMs = 500;
/** After these the program goes on. */
const going: ReadonlySet<unknown> = new Set(["configurationDone", "continue", "next", "stepIn", "stepOut"]);

interface Message {
  readonly type?: unknown;
  readonly event?: unknown;
  readonly command?: unknown;
  readonly body?: { readonly reason?: unknown; readonly threadId?: unknown };
}

export class LoopPauser implements vscode.Disposable {
  readonly #session: vscode.DebugSession;
  readonly #path: string;
  readonly #onProblem: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** It was told to pause, by this and not by the learner. */
  #asked = false;
  #disposed = false;

  /** @param session that of the program's code @param file the exercise */
  constructor(session: vscode.DebugSession, file: vscode.Uri, onProblem: (error: unknown) => void) {
    this.#session = session;
    this.#path = file.path;
    this.#onProblem = onProblem;
  }

  /** @param message whatever the debugger sends */
  heard(message: unknown): void {
    if (typeof message !== "object" || message === null) return;
    const { type, event, command, body } = message as Message;
    if (type === "response" && going.has(command)) this.#lookIn(goesOnMs);
    if (type !== "event" || event !== "stopped") return;
    clearTimeout(this.#timer);
    const asked = this.#asked;
    this.#asked = false;
    if (asked && body?.reason === "pause") this.#attempt(() => this.#goOnUnlessInFile(body.threadId));
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#disposed) return;
    this.#timer = setTimeout(() => {
      this.#attempt(() => this.#pause());
    }, ms);
  }

  async #pause(): Promise<void> {
    const { threads } = (await this.#session.customRequest("threads")) as {
      readonly threads: readonly { id: number }[];
    };
    const [thread] = threads;
    if (thread === undefined || this.#disposed) return;
    this.#asked = true;
    await this.#session.customRequest("pause", { threadId: thread.id });
  }

  async #goOnUnlessInFile(threadId: unknown): Promise<void> {
    const { stackFrames } = (await this.#session.customRequest("stackTrace", {
      threadId,
      startFrame: 0,
      levels: 1,
    })) as {
      readonly stackFrames: readonly { readonly source?: { readonly path?: string } }[];
    };
    const place = stackFrames[0]?.source?.path;
    if (place !== undefined && pathOf(place) === this.#path) return;
    await this.#session.customRequest("continue", { threadId });
    this.#lookIn(againMs);
  }

  /** A session that has ended answers no more. */
  #attempt(act: () => Promise<void>): void {
    act().catch((error: unknown) => {
      if (!this.#disposed) this.#onProblem(error);
    });
  }
}

/** @param place as the debugger names a file: by its path, or, where the window is on another machine, by its address there */
function pathOf(place: string): string {
  return (/^[a-z][a-z\d+.-]+:\/\//i.test(place) ? vscode.Uri.parse(place) : vscode.Uri.file(place)).path;
}
