/** Collects the events of one run, and which event each happened because of. Runs inside the realm. */
import type { TraceEvent } from "../../protocol/trace.ts";

/** Events kept of one run; nobody reads more, and the fingerprint covers the rest. */
const maxEvents = 5000;

type NewEvent = { readonly [K in Exclude<keyof TraceEvent, "seq" | "cause">]: TraceEvent[K] | undefined };
type Given = Partial<NewEvent> & Pick<TraceEvent, "at" | "type" | "kind" | "operation" | "label">;

export class TraceRecorder {
  readonly recording: boolean;
  readonly events: TraceEvent[] = [];
  #turn: number | undefined;
  #fingerprint = 17;

  constructor(recording: boolean) {
    this.recording = recording;
  }

  /** From here on, things happen because of the event that was added last. */
  turn(): void {
    if (this.recording) this.#turn = Math.max(0, this.events.length - 1);
  }

  /** A number that two runs share when the same events happened at the same times in both; also without recording. */
  get fingerprint(): number {
    return this.#fingerprint;
  }

  #mix(value: number): void {
    this.#fingerprint = (Math.imul(this.#fingerprint, 31) + value) | 0;
  }

  add(event: Given): void {
    this.#mix(event.at * 1000);
    this.#mix(event.operation);
    this.#mix(event.type.length * 64 + event.kind.length);
    if (!this.recording) return;
    if (this.events.length >= maxEvents) return;
    const { at, type, kind, operation, label, line, detail } = event;
    this.events.push({
      seq: this.events.length,
      at,
      type,
      kind,
      operation,
      label,
      ...(this.#turn === undefined ? {} : { cause: this.#turn }),
      ...(line === undefined ? {} : { line }),
      ...(detail === undefined ? {} : { detail }),
    });
  }

  /** The event whose turn it is turned out to be a failure. */
  reviseAsFailure(): void {
    const event = this.#turn === undefined ? undefined : this.events[this.#turn];
    if (event?.type === "complete") this.events[event.seq] = { ...event, type: "fail" };
  }
}
