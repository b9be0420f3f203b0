/**
 * AbortController and AbortSignal as the DOM standard defines them. Runs inside the realm.
 * What the world needs of a signal is reached through `abortInternals`, which the exercise never gets.
 */
import { slot } from "../accesses/places.ts";
import { DOMException } from "./domException.ts";
import { type Event, EventTarget, eventInternals, type EventListener, type Listener } from "./events.ts";
import { asInterface } from "./webIdl.ts";

interface AbortInternals {
  create(): AbortSignal;
  /** "Signal abort" of the standard: reasons first, then steps and events, this signal before its dependents. */
  abort(signal: AbortSignal, reason: unknown): void;
  /** The standard's "add an algorithm": runs before the event, and is no listener. */
  addStep(signal: AbortSignal, step: () => void): void;
  removeStep(signal: AbortSignal, step: () => void): void;
  /** Whether it is aborted and why, whatever the exercise has made of its properties. */
  aborted(signal: AbortSignal): boolean;
  reason(signal: AbortSignal): unknown;
}

const unconnected = (): never => {
  throw new Error("The platform is not connected to a world.");
};

/** Filled in by the class below, which alone can reach its private fields. */
export const abortInternals: AbortInternals = {
  create: unconnected,
  abort: unconnected,
  addStep: unconnected,
  removeStep: unconnected,
  aborted: unconnected,
  reason: unconnected,
};

/** The listeners for "abort" on a signal, its `onabort` among them. */
export function abortListeners(signal: AbortSignal): readonly Listener[] {
  return eventInternals.listenersOf(signal, "abort");
}

/** An event handler; an object that cannot be called is kept, and does nothing. */
type Handler = ((event: Event) => unknown) | object;

const secret = Symbol("only the platform makes signals");

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  // Made when first needed: a program may open signals by the thousand, and most have neither.
  #steps: Set<() => void> | undefined;
  /** For a signal made by `any`: the signals it follows, none of them dependent themselves. */
  #sources: Set<AbortSignal> | undefined;
  #dependents: Set<AbortSignal> | undefined;
  #onabort: Handler | null = null;
  #onabortListener: EventListener | undefined;

  constructor(key: symbol | undefined = undefined) {
    if (key !== secret) throw new TypeError("Illegal constructor");
    super();
  }

  /** Whether it is aborted, and why, is the whole of a signal; who is to be told of it, and in which order, its order. */
  static get #watch(): typeof eventInternals.hooks.watch {
    return eventInternals.hooks.watch;
  }

  static abort(reason: unknown = undefined): AbortSignal {
    const signal = new AbortSignal(secret);
    signal.#aborted = true;
    signal.#reason = reasonOr(reason);
    return signal;
  }

  static timeout(milliseconds: number): AbortSignal {
    const ms = Math.trunc(Number(milliseconds));
    if (!Number.isFinite(ms) || ms < 0 || ms > Number.MAX_SAFE_INTEGER) {
      throw new TypeError("AbortSignal.timeout needs a number of milliseconds from 0.");
    }
    const signal = new AbortSignal(secret);
    eventInternals.hooks.platformTimer(ms, () => {
      AbortSignal.#signalAbort(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    });
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const list = [...signals];
    if (!list.every((signal) => signal instanceof AbortSignal)) {
      throw new TypeError("AbortSignal.any needs an iterable of AbortSignals.");
    }
    const result = new AbortSignal(secret);
    for (const signal of list) AbortSignal.#watch?.readWhole(signal);
    const aborted = list.find((signal) => signal.#aborted);
    if (aborted !== undefined) {
      result.#aborted = true;
      result.#reason = aborted.#reason;
      return result;
    }
    const sources = new Set<AbortSignal>();
    for (const signal of list) {
      for (const source of signal.#sources ?? [signal]) {
        sources.add(source);
        AbortSignal.#watch?.readWhole(source);
        AbortSignal.#watch?.writePart(source, slot.order);
        (source.#dependents ??= new Set()).add(result);
      }
    }
    result.#sources = sources;
    return result;
  }

  static #signalAbort(signal: AbortSignal, reason: unknown): void {
    AbortSignal.#watch?.readWhole(signal);
    if (signal.#aborted) return;
    AbortSignal.#watchStruck(signal);
    signal.#aborted = true;
    signal.#reason = reasonOr(reason);
    const dependents: AbortSignal[] = [];
    for (const dependent of signal.#dependents ?? []) {
      if (dependent.#aborted) continue;
      AbortSignal.#watchStruck(dependent);
      dependent.#aborted = true;
      dependent.#reason = signal.#reason;
      dependents.push(dependent);
    }
    AbortSignal.#runSteps(signal);
    for (const dependent of dependents) AbortSignal.#runSteps(dependent);
    AbortSignal.#forget(signal);
    for (const dependent of dependents) AbortSignal.#forget(dependent);
  }

  static #watchStruck(signal: AbortSignal): void {
    AbortSignal.#watch?.writeWhole(signal);
    AbortSignal.#watch?.writePart(signal, slot.order);
    AbortSignal.#watch?.observePart(signal, slot.order);
    for (const source of signal.#sources ?? []) AbortSignal.#watch?.addPart(source, slot.order);
  }

  static #runSteps(signal: AbortSignal): void {
    const steps = signal.#steps;
    signal.#steps = undefined;
    for (const step of steps ?? []) step();
    if (eventInternals.listens(signal, "abort")) eventInternals.fire(signal, "abort");
  }

  static #forget(signal: AbortSignal): void {
    for (const source of signal.#sources ?? []) source.#dependents?.delete(signal);
    signal.#dependents = undefined;
  }

  get aborted(): boolean {
    AbortSignal.#watch?.readWhole(this);
    return this.#aborted;
  }

  get reason(): unknown {
    AbortSignal.#watch?.readWhole(this);
    return this.#reason;
  }

  throwIfAborted(): void {
    AbortSignal.#watch?.readWhole(this);
    if (this.#aborted) throw this.#reason;
  }

  get onabort(): Handler | null {
    AbortSignal.#watch?.readPart(this, slot.order);
    return this.#onabort;
  }

  set onabort(handler: Handler | null) {
    const next = typeof handler === "function" || typeof handler === "object" ? handler : null;
    AbortSignal.#watch?.writePart(this, slot.order);
    this.#onabort = next;
    if (next === null) {
      if (this.#onabortListener !== undefined) this.removeEventListener("abort", this.#onabortListener);
      this.#onabortListener = undefined;
    } else if (this.#onabortListener === undefined) {
      // Named first, so that it does not outlive its run: see Operation.follow.
      const listener: EventListener = (event) => {
        if (typeof this.#onabort === "function") Reflect.apply(this.#onabort, this, [event]);
      };
      this.#onabortListener = listener;
      this.addEventListener("abort", listener);
    }
  }

  static {
    abortInternals.create = () => new AbortSignal(secret);
    abortInternals.abort = (signal, reason) => {
      AbortSignal.#signalAbort(signal, reason);
    };
    abortInternals.addStep = (signal, step) => {
      if (!signal.#aborted) (signal.#steps ??= new Set()).add(step);
      AbortSignal.#watch?.readWhole(signal);
      // In which order steps are taken matters once they are.
      AbortSignal.#watch?.recordPart(signal, slot.order);
    };
    abortInternals.removeStep = (signal, step) => {
      signal.#steps?.delete(step);
      AbortSignal.#watch?.addPart(signal, slot.order);
    };
    abortInternals.aborted = (signal) => {
      AbortSignal.#watch?.readWhole(signal);
      return signal.#aborted;
    };
    abortInternals.reason = (signal) => {
      AbortSignal.#watch?.readWhole(signal);
      return signal.#reason;
    };
    eventInternals.isSignal = (value) => typeof value === "object" && value !== null && #aborted in value;
    asInterface(AbortSignal, "AbortSignal");
  }
}

export class AbortController {
  readonly #signal = abortInternals.create();

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = undefined): void {
    abortInternals.abort(this.#signal, reason);
  }

  static {
    asInterface(AbortController, "AbortController");
  }
}

function reasonOr(reason: unknown): unknown {
  return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
}
