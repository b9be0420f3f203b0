/**
 * Collects the events of one run, and which event each happened because of. Runs inside the realm, in every run: the
 * numbers are always kept, since they cost little; words and source lines only in a run that is shown.
 */
import type { TraceEvent, TraceEventType } from "../../protocol/trace.ts";

/** Events of one run that are told, from its beginning and from its end; nobody reads more. */
const toldFirst = 1000;
const toldLast = 4000;

/** What an operation or a call is, for those of its events that are told. */
export interface TraceSubject {
  readonly kind: TraceEvent["kind"];
  readonly label: string;
  readonly line?: number | undefined;
}

interface Note extends Partial<TraceSubject> {
  readonly detail?: string | undefined;
}

/** No event: what the test itself began with has no cause. */
const nothing = -1;

const typeCodes: Readonly<Record<TraceEventType, number>> = {
  call: 1,
  settle: 2,
  start: 3,
  complete: 4,
  fail: 5,
  hold: 6,
  abort: 7,
  clear: 8,
  cancel: 9,
  console: 10,
  finding: 11,
};

export class TraceRecorder {
  readonly recording: boolean;
  readonly #at: number[] = [];
  readonly #types: TraceEventType[] = [];
  readonly #operations: number[] = [];
  readonly #causes: number[] = [];
  #subjects: Map<number, TraceSubject> | undefined;
  #notes: Map<number, Note> | undefined;
  #turn = nothing;
  #fingerprint = 17;
  #follower: ((event: TraceEvent) => void) | undefined;

  constructor(recording: boolean) {
    this.recording = recording;
  }

  /** A number that two runs share when the same events happened at the same times in both. */
  get fingerprint(): number {
    return this.#fingerprint;
  }

  /** Events so far. */
  get length(): number {
    return this.#at.length;
  }

  /**
   * Tells of each event as it happens, from the first on; of one about which more becomes known, once more. It is told in the
   * middle of what the exercise does, so it must neither throw nor take long.
   */
  follow(follower: (event: TraceEvent) => void): void {
    for (const event of this.tell()) follower(event);
    this.#follower = follower;
  }

  /** Names an operation or a call, once, before its first event. Only a run that is shown needs it. */
  introduce(operation: number, subject: TraceSubject): void {
    if (this.recording) (this.#subjects ??= new Map()).set(operation, subject);
  }

  /** Which of those of its kind and label it is, in order of their start, from 1. Only a run that is shown knows. */
  occurrenceOf(operation: number, { kind, label }: TraceSubject): number {
    let count = 1;
    for (const [id, subject] of this.#subjects ?? []) {
      if (id < operation && subject.kind === kind && subject.label === label) count++;
    }
    return count;
  }

  /** @param operation 0 for none @param cause an event's place; the one whose turn it is, unless given */
  add(at: number, type: TraceEventType, operation: number, cause = this.#turn): number {
    const mixed = Math.imul(Math.imul(this.#fingerprint, 31) + ((at * 1024) | 0), 31);
    this.#fingerprint = (Math.imul(mixed + operation, 31) + typeCodes[type]) | 0;
    this.#at.push(at);
    this.#types.push(type);
    this.#operations.push(operation);
    const seq = this.#causes.push(cause) - 1;
    if (this.#follower !== undefined) this.#follower(this.#event(seq));
    return seq;
  }

  /** Adds what is particular to the event that was added last. Only a run that is shown needs it. */
  note(note: Note): void {
    if (!this.recording) return;
    (this.#notes ??= new Map()).set(this.length - 1, note);
    this.#follower?.(this.#event(this.length - 1));
  }

  /** From here on, things happen because of this event. */
  turn(seq: number): void {
    this.#turn = seq;
  }

  /** That event turned out to be a failure. */
  reviseAsFailure(seq: number): void {
    if (this.#types[seq] !== "complete") return;
    this.#types[seq] = "fail";
    this.#follower?.(this.#event(seq));
  }

  /** The events as plain data. Of a long run, those in the middle are left out. */
  tell(): readonly TraceEvent[] {
    const events: TraceEvent[] = [];
    for (let seq = 0; seq < this.length; seq++) {
      if (seq === toldFirst && this.length > toldFirst + toldLast) seq = this.length - toldLast;
      events.push(this.#event(seq));
    }
    return events;
  }

  #event(seq: number): TraceEvent {
    const operation = this.#operations[seq] ?? 0;
    const note = this.#notes?.get(seq);
    const subject = this.#subjects?.get(operation);
    const cause = this.#causes[seq] ?? nothing;
    const line = note?.line ?? subject?.line;
    return {
      seq,
      at: this.#at[seq] ?? 0,
      type: this.#types[seq] ?? "console",
      kind: note?.kind ?? subject?.kind ?? "console",
      operation,
      label: note?.label ?? subject?.label ?? "",
      ...(cause === nothing ? {} : { cause }),
      ...(line === undefined ? {} : { line }),
      ...(note?.detail === undefined ? {} : { detail: note.detail }),
    };
  }
}
