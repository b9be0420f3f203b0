/** Reads what a run under the debugger writes down, piece by piece, while it goes on. Pure. */
import { LineSplitter } from "../base/lines.ts";
import type { Trace, TraceEvent } from "../protocol/trace.ts";
import { readAnswer } from "./sandboxAnswers.ts";
import type { JobEnd } from "./supervisor.ts";

/** Events that are kept, from the beginning and from the end: as many as a run tells of itself. */
const keptFirst = 1000;
const keptLast = 4000;
/** Characters of one line: the last one tells all events twice. */
const lineLimit = 20_000_000;

export class DebugRecords {
  readonly #lines = new LineSplitter(lineLimit);
  readonly #events = new Map<number, TraceEvent>();
  #end: JobEnd | undefined;

  push(text: string): void {
    for (const line of this.#lines.push(text) ?? []) {
      const answer = readAnswer(line);
      if (answer.type === "happened") this.#add(answer.event);
      else if (answer.type === "done" || answer.type === "failed") this.#end = answer;
    }
  }

  /** The events so far, in order; those of the whole run once it has ended. */
  get trace(): Trace {
    if (this.#end?.type === "done" && this.#end.trace !== undefined) return this.#end.trace;
    return [...this.#events.values()];
  }

  /** How the run ended; undefined while it goes on, and where it was stopped. */
  get end(): JobEnd | undefined {
    return this.#end;
  }

  /** An event that is told once more keeps its place. */
  #add(event: TraceEvent): void {
    this.#events.set(event.seq, event);
    const old = event.seq - keptLast;
    if (old >= keptFirst) this.#events.delete(old);
  }
}
