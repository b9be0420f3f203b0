/** One call of the exercise by a spec, watched until it settles. Runs inside the realm. */
import type { AbortSignal } from "../platform/abort.ts";

export type Settled<T> =
  | { readonly status: "fulfilled"; readonly value: T; readonly reason?: undefined; readonly at: number }
  | { readonly status: "rejected"; readonly reason: unknown; readonly value?: undefined; readonly at: number };

export interface CallPolicy {
  /** The signal that the call was given; the abort rules hold for it. */
  readonly signal?: AbortSignal;
  /** The contract lets the call fulfil after an abort (its own check judges the value). Default: it must reject. */
  readonly mayFulfil?: boolean;
  /** The contract lets the call wait for the work that it aborted. */
  readonly drains?: boolean;
}

export interface CallRecord {
  readonly id: number;
  readonly name: string;
  readonly policy: CallPolicy;
  /** Virtual ms. */
  readonly startedAt: number;
  /** How many operations and fetches there were before it. */
  readonly operationsBefore: number;
  readonly requestsBefore: number;
  /** The signal was aborted before the call. */
  readonly bornAborted: boolean;
  /** Virtual ms at which the signal aborted while the call was pending. */
  abortedAt: number | undefined;
  settled: Settled<unknown> | undefined;
}
