/**
 * The events of one run, plain data, in the order in which they happened. The timeline, the diagrams and the
 * tests all read this. Nothing in it depends on the host: replaying a schedule gives the identical trace.
 */
export type OperationKind = "timer" | "fetch" | "body" | "dial" | "work" | "spec";

export type TraceEventType =
  /** the spec called the exercise; `label` is the call's name */
  | "call"
  /** that call's promise settled */
  | "settle"
  /** an operation began */
  | "start"
  /** an operation ended well */
  | "complete"
  /** an operation failed by itself */
  | "fail"
  /** the outside holds an operation back, by choice of the schedule: `detail` says for how long */
  | "hold"
  /** a signal ended an operation */
  | "abort"
  /** a timer was cleared before it fired */
  | "clear"
  /** an abort struck one of the spec's signals; `label` is the signal's name */
  | "cancel"
  /** the exercise wrote to the console; `label` is the text */
  | "console"
  /** a rule was broken; `label` is the diagnosis */
  | "finding";

export interface TraceEvent {
  /** Position in the run, from 0. Of a very long run the events in the middle are left out, and their numbers with them. */
  readonly seq: number;
  /** Virtual milliseconds since the run began. */
  readonly at: number;
  readonly type: TraceEventType;
  /** What the event is about: the operation's kind, or "call", "signal", "console", "finding". */
  readonly kind: OperationKind | "call" | "signal" | "console" | "finding";
  /** The operation (or call) it belongs to, numbered from 1 in order of start; 0 for none. One lane each. */
  readonly operation: number;
  readonly label: string;
  /**
   * `seq` of the event that made this one happen. For `complete`, `fail` and `hold` of an operation that is its `start`,
   * which made it ready; for all else the event in whose turn it happened (so the cause of an `abort` is the `cancel`, or
   * the timer, that aborted the signal). Absent for what the test itself began with, and for a `cancel` out of the blue.
   */
  readonly cause?: number;
  /** Line of the exercise (from 1) that started the operation, where known. */
  readonly line?: number;
  /** How a call settled, or why an operation failed, in a few words. */
  readonly detail?: string;
}

export type Trace = readonly TraceEvent[];
