/** A timer of the run: the platform's timers module arms it, the world fires it. Runs inside the realm. */
import type { SourceMark } from "../platform/events.ts";

export interface Timer {
  readonly id: number;
  /** Virtual ms. */
  due: number;
  /** Among those that are due together, the lowest fires first. */
  order: number;
  readonly label: string;
  /** Armed by the exercise itself, or inside `AbortSignal.timeout`. */
  readonly owner: "exercise" | "platform";
  readonly source: SourceMark | undefined;
  state: "armed" | "fired" | "cleared";
  /** Place of its last arming in the trace. */
  startEvent: number;
  /** Place of the event in whose turn it was armed last; -1 where that was before all of them. */
  begunIn: number;
  fire(): void;
}

export function firesBefore(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}

export function isDisarmed(timer: Timer): boolean {
  return timer.state !== "armed";
}
