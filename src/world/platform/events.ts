/**
 * Event and EventTarget as the DOM standard defines them, for targets without a tree. Runs inside the realm.
 * What the world must see (listeners, trusted events) is reached through `eventInternals`, which the exercise never gets.
 */

import type { AccessRecorder } from "../accesses/recorder.ts";
import { slot, worldPlace } from "../accesses/places.ts";

export interface EventInit {
  readonly bubbles?: boolean;
  readonly cancelable?: boolean;
  readonly composed?: boolean;
}

export type EventListener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

export interface ListenerOptions {
  readonly capture?: boolean;
  readonly once?: boolean;
  readonly passive?: boolean;
  /** An AbortSignal; typed by what is used of it, since AbortSignal itself is an EventTarget. */
  readonly signal?: { readonly aborted: boolean };
}

/** What an EventTarget needs from the world. */
export interface EventHooks {
  now(): number;
  /** An exception that a listener let escape. */
  uncaught(error: unknown): void;
  /** The exercise's source position, while it is being recorded. */
  source(): SourceMark | undefined;
  /** Runs `step` when the signal aborts, before its listeners. */
  follow(signal: { readonly aborted: boolean }, step: () => void): void;
  /** Takes down what is touched, in runs that are watched. A target's listeners are its slot `order`. */
  readonly watch?: AccessRecorder | undefined;
}

export interface SourceMark {
  readonly line: number;
  readonly column: number;
}

export interface Listener {
  readonly callback: EventListener;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  readonly source: SourceMark | undefined;
  removed: boolean;
}

interface EventState {
  target: EventTarget | null;
  currentTarget: EventTarget | null;
  dispatching: boolean;
  stopped: boolean;
  /** "Stop propagation flag" of the standard: seen by `cancelBubble`; a target without a tree has nothing to stop. */
  propagationStopped: boolean;
  canceled: boolean;
  passive: boolean;
}

interface EventInternals {
  /** Set once by the world, before any exercise code runs; a realm has one world. */
  hooks: EventHooks;
  state(event: Event): EventState;
  /** An event that the platform fires. */
  trusted(type: string): Event;
  /** Whether there is any listener of a type. */
  listens(target: EventTarget, type: string): boolean;
  /** The listeners of a type, for the leak oracle. */
  listenersOf(target: EventTarget, type: string): readonly Listener[];
}

const unconnected = (): never => {
  throw new Error("The platform is not connected to a world.");
};

/** Filled in by the classes below, which alone can reach their private fields. */
export const eventInternals: EventInternals = {
  hooks: { now: () => 0, uncaught: unconnected, source: () => undefined, follow: unconnected },
  state: unconnected,
  trusted: unconnected,
  listens: unconnected,
  listenersOf: unconnected,
};

export class Event {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;

  readonly type: string;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly #state: EventState = {
    target: null,
    currentTarget: null,
    dispatching: false,
    stopped: false,
    propagationStopped: false,
    canceled: false,
    passive: false,
  };
  readonly timeStamp: number = eventInternals.hooks.now();
  #trusted = false;

  constructor(type: string, init: EventInit = {}) {
    if (arguments.length === 0) throw new TypeError("An Event needs a type.");
    eventInternals.hooks.watch?.record(worldPlace.records);
    this.type = String(type);
    this.bubbles = Boolean(init.bubbles);
    this.cancelable = Boolean(init.cancelable);
    this.composed = Boolean(init.composed);
  }

  static {
    eventInternals.state = (event) => event.#state;
    eventInternals.trusted = (type) => {
      const event = new Event(type);
      event.#trusted = true;
      return event;
    };
    for (const phase of ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"] as const) {
      Object.defineProperty(Event.prototype, phase, { value: Event[phase], enumerable: true });
    }
    Object.defineProperty(Event.prototype, Symbol.toStringTag, { value: "Event", configurable: true });
  }

  get target(): EventTarget | null {
    return this.#state.target;
  }

  get srcElement(): EventTarget | null {
    return this.#state.target;
  }

  get currentTarget(): EventTarget | null {
    return this.#state.currentTarget;
  }

  get eventPhase(): number {
    return this.#state.dispatching ? Event.AT_TARGET : Event.NONE;
  }

  get defaultPrevented(): boolean {
    return this.#state.canceled;
  }

  get returnValue(): boolean {
    return !this.#state.canceled;
  }

  set returnValue(value: boolean) {
    if (!value) this.preventDefault();
  }

  get isTrusted(): boolean {
    return this.#trusted;
  }

  get cancelBubble(): boolean {
    return this.#state.propagationStopped;
  }

  set cancelBubble(value: boolean) {
    if (value) this.stopPropagation();
  }

  composedPath(): EventTarget[] {
    return this.#state.currentTarget === null ? [] : [this.#state.currentTarget];
  }

  preventDefault(): void {
    if (this.cancelable && !this.#state.passive) this.#state.canceled = true;
  }

  stopPropagation(): void {
    this.#state.propagationStopped = true;
  }

  stopImmediatePropagation(): void {
    this.#state.propagationStopped = true;
    this.#state.stopped = true;
  }
}

export class CustomEvent<T = unknown> extends Event {
  readonly detail: T | null;

  constructor(type: string, init: EventInit & { readonly detail?: T } = {}) {
    super(type, init);
    this.detail = init.detail ?? null;
  }

  static {
    Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { value: "CustomEvent", configurable: true });
  }
}

/** The listeners of one type, in the order in which they were added. Adding and removing cost the same for 10 and 10,000. */
class ListenerList {
  readonly order = new Set<Listener>();
  readonly #byCallback = { capture: new Map<EventListener, Listener>(), bubble: new Map<EventListener, Listener>() };

  find(callback: EventListener, capture: boolean): Listener | undefined {
    return this.#byCallback[capture ? "capture" : "bubble"].get(callback);
  }

  add(listener: Listener): void {
    this.order.add(listener);
    this.#byCallback[listener.capture ? "capture" : "bubble"].set(listener.callback, listener);
  }

  remove(listener: Listener): void {
    if (listener.removed) return;
    listener.removed = true;
    this.order.delete(listener);
    this.#byCallback[listener.capture ? "capture" : "bubble"].delete(listener.callback);
  }
}

export class EventTarget {
  #listeners: Map<string, ListenerList> | undefined;

  constructor() {
    eventInternals.hooks.watch?.fresh(this);
  }

  static {
    eventInternals.listenersOf = (target, type) => {
      eventInternals.hooks.watch?.readPart(target, slot.order);
      return [...(target.#listeners?.get(type)?.order ?? [])];
    };
    eventInternals.listens = (target, type) => (target.#listeners?.get(type)?.order.size ?? 0) > 0;
    Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { value: "EventTarget", configurable: true });
  }

  addEventListener(type: string, callback: EventListener | null, options: ListenerOptions | boolean = {}): void {
    const {
      capture = false,
      once = false,
      passive = false,
      signal,
    } = typeof options === "boolean" ? { capture: options } : options;
    if (callback === null || callback === undefined || signal?.aborted === true) return;
    if (typeof callback !== "function" && typeof callback !== "object") {
      throw new TypeError("The listener must be a function or an object with handleEvent.");
    }
    const key = String(type);
    eventInternals.hooks.watch?.writePart(this, slot.order);
    const list = this.#listeners?.get(key) ?? new ListenerList();
    if (list.find(callback, Boolean(capture)) !== undefined) return;
    const listener: Listener = {
      callback,
      capture: Boolean(capture),
      once: Boolean(once),
      passive: Boolean(passive),
      source: eventInternals.hooks.source(),
      removed: false,
    };
    if (signal !== undefined) {
      eventInternals.hooks.follow(signal, () => {
        eventInternals.hooks.watch?.addPart(this, slot.order);
        list.remove(listener);
      });
    }
    list.add(listener);
    (this.#listeners ??= new Map()).set(key, list);
  }

  removeEventListener(type: string, callback: EventListener | null, options: ListenerOptions | boolean = {}): void {
    const capture = Boolean(typeof options === "boolean" ? options : options.capture);
    // Removing one listener and another commute, in either order.
    eventInternals.hooks.watch?.addPart(this, slot.order);
    const list = this.#listeners?.get(String(type));
    const found = callback === null ? undefined : list?.find(callback, capture);
    if (found !== undefined) list?.remove(found);
  }

  dispatchEvent(event: Event): boolean {
    const state = eventInternals.state(event);
    if (state.dispatching) throw new TypeError("The event is already being dispatched.");
    eventInternals.hooks.watch?.writePart(this, slot.order);
    state.target = this;
    state.currentTarget = this;
    state.dispatching = true;
    const list = this.#listeners?.get(event.type);
    for (const listener of [...(list?.order ?? [])]) {
      if (listener.removed) continue;
      if (listener.once) list?.remove(listener);
      state.passive = listener.passive;
      this.#invoke(listener.callback, event);
      state.passive = false;
      if (state.stopped) break;
    }
    state.currentTarget = null;
    state.dispatching = false;
    state.stopped = false;
    state.propagationStopped = false;
    return !state.canceled;
  }

  #invoke(callback: EventListener, event: Event): void {
    try {
      if (typeof callback === "function") callback.call(this, event);
      else callback.handleEvent(event);
    } catch (error) {
      eventInternals.hooks.uncaught(error);
    }
  }
}
