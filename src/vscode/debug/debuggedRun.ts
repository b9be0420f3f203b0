/**
 * One run under the debugger, as far as it has come: reads what it writes down and puts that on the stage. Extension host;
 * knows nothing of VS Code.
 */
import { type FileHandle, open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import type { ShownRun } from "../../protocol/shownRun.ts";
import type { Failure, TestVerdict } from "../../protocol/verdict.ts";
import { DebugRecords } from "../../runner/debugRecords.ts";
import type { RunStage } from "../timeline/runStage.ts";

/** Real ms between two looks while it runs. */
const lookEveryMs = 100;

export interface DebuggedRunParts {
  /** Absolute path of the file that the run writes. */
  readonly log: string;
  readonly run: Pick<ShownRun, "lesson" | "test" | "title" | "schedule" | "exercise">;
  readonly stage: Pick<RunStage, "show" | "moveTo">;
  readonly onProblem: (error: unknown) => void;
}

export class DebuggedRun {
  readonly #parts: DebuggedRunParts;
  #records = new DebugRecords();
  #decoder = new StringDecoder("utf8");
  #file: FileHandle | undefined;
  #position = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** One look after the other. */
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: DebuggedRunParts) {
    this.#parts = parts;
  }

  /** Shows it, empty, and from then on follows it. */
  start(): void {
    this.#show(true);
    this.#timer = setInterval(() => {
      void this.look();
    }, lookEveryMs);
  }

  /** Shows what has happened up to now; the event that happened last becomes the current one. */
  look(): Promise<void> {
    return this.#queue(async () => {
      if (await this.#read()) this.#show(true);
    });
  }

  /** Shows how it ended, or how far it came. Resolves with the verdict on it where it came to its end. */
  async ended(): Promise<TestVerdict | undefined> {
    clearInterval(this.#timer);
    await this.#queue(async () => {
      await this.#read();
      this.#show(false);
      await this.#file?.close();
    });
    const { end } = this.#records;
    return end?.type === "done" ? end.verdict : undefined;
  }

  #queue(look: () => Promise<void>): Promise<void> {
    this.#looking = this.#looking.then(look).catch(this.#parts.onProblem);
    return this.#looking;
  }

  /** Whether there was more. */
  async #read(): Promise<boolean> {
    this.#file ??= await open(this.#parts.log, "r");
    if ((await this.#file.stat()).size < this.#position) this.#forget();
    const before = this.#position;
    const buffer = Buffer.alloc(64 * 1024);
    for (;;) {
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.#position);
      if (bytesRead === 0) return this.#position > before;
      this.#position += bytesRead;
      this.#records.push(this.#decoder.write(buffer.subarray(0, bytesRead)));
    }
  }

  /** The debugger has started the run again. */
  #forget(): void {
    this.#position = 0;
    this.#records = new DebugRecords();
    this.#decoder = new StringDecoder("utf8");
  }

  #show(live: boolean): void {
    const { stage, run } = this.#parts;
    const { trace, end } = this.#records;
    const failure = end?.type === "done" ? end.verdict?.failure : undefined;
    const faulted = failure === undefined ? {} : { failure: withoutTrace(failure) };
    stage.show({ ...run, origin: "debug", trace, live, ...faulted }, trace.at(-1)?.seq);
  }
}

/** Its events stand beside it. */
function withoutTrace({ trace: _, ...failure }: Failure): Omit<Failure, "trace"> {
  return failure;
}
