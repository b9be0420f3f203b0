/**
 * Event and EventTarget as the DOM standard defines them, for targets without a tree. Runs inside the realm.
 * What the world must see (listeners, trusted events) is reached through `eventInternals`, which the exercise never gets.
 */
import { DOMException } from "./domException.ts";
import { type ListenerOptions, ListenerList, isCallback, listenerOptions } from "./listeners.ts";
import { asInterface, dictionary, domString, need } from "./webIdl.ts";

import type { AccessRecorder } from "../accesses/recorder.ts";
import { slot, worldPlace } from "../accesses/places.ts";

export interface EventInit {
  readonly bubbles?: boolean;
  readonly cancelable?: boolean;
  readonly composed?: boolean;
}

export type EventListener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

/** What an EventTarget needs from the world. */
export interface EventHooks {
  now(): number;
  /** An exception that a listener let escape. */
  uncaught(error: unknown): void;
  /** The exercise's source position, while it is being recorded. */
  source(): SourceMark | undefined;
  /** Runs `step` when the signal aborts, before its listeners. */
  follow(signal: { readonly aborted: boolean }, step: () => void): void;
  /** Arms a timer that belongs to the platform: `fire` runs after so many virtual ms. */
  platformTimer(ms: number, fire: () => void): void;
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
  type: string;
  bubbles: boolean;
  cancelable: boolean;
  /** Fired by the platform, and not dispatched by anybody else since. */
  trusted: boolean;
  target: EventTarget | null;
  currentTarget: EventTarget | null;
  dispatching: boolean;
  stopped: boolean;
  /** "Stop propagation flag" of the standard: at a target, it keeps an event from the listeners that do not capture. */
  propagationStopped: boolean;
  canceled: boolean;
  passive: boolean;
}

interface EventInternals {
  /**
   * The run under way, set anew by each: an object, since functions made anew for each run and kept here would outlive
   * many a minor garbage collection (seen in V8 13: half of the time went there).
   */
  hooks: EventHooks;
  state(event: Event): EventState;
  /** An event that the platform fires: trusted, and out of reach of a `dispatchEvent` that was replaced. */
  fire(target: EventTarget, type: string): void;
  /** Whether a value is an AbortSignal. */
  isSignal(value: unknown): boolean;
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
  hooks: {
    now: () => 0,
    uncaught: unconnected,
    source: () => undefined,
    follow: unconnected,
    platformTimer: unconnected,
  },
  state: unconnected,
  fire: unconnected,
  isSignal: unconnected,
  listens: unconnected,
  listenersOf: unconnected,
};

/** Every event has it as a property of its own, which nothing can replace. Filled in by the class below. */
const isTrusted: { get: (this: Event) => boolean; readonly enumerable: true; readonly configurable: false } = {
  get: unconnected,
  enumerable: true,
  configurable: false,
};

export class Event {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;

  declare readonly isTrusted: boolean;
  readonly #state: EventState;
  readonly #composed: boolean;
  readonly #timeStamp: number;

  constructor(type: string, init: EventInit | null = {}) {
    need(arguments.length, 1);
    const name = domString(type);
    const { bubbles, cancelable, composed } = dictionary(init);
    this.#state = {
      type: name,
      bubbles: Boolean(bubbles),
      cancelable: Boolean(cancelable),
      trusted: false,
      target: null,
      currentTarget: null,
      dispatching: false,
      stopped: false,
      propagationStopped: false,
      canceled: false,
      passive: false,
    };
    eventInternals.hooks.watch?.record(worldPlace.records);
    this.#composed = Boolean(composed);
    this.#timeStamp = eventInternals.hooks.now();
    Object.defineProperty(this, "isTrusted", isTrusted);
  }

  get type(): string {
    return this.#state.type;
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

  composedPath(): EventTarget[] {
    return this.#state.currentTarget === null ? [] : [this.#state.currentTarget];
  }

  get eventPhase(): number {
    return this.#state.dispatching ? Event.AT_TARGET : Event.NONE;
  }

  stopPropagation(): void {
    this.#state.propagationStopped = true;
  }

  get cancelBubble(): boolean {
    return this.#state.propagationStopped;
  }

  set cancelBubble(value: boolean) {
    if (value) this.#state.propagationStopped = true;
  }

  stopImmediatePropagation(): void {
    this.#state.propagationStopped = true;
    this.#state.stopped = true;
  }

  get bubbles(): boolean {
    return this.#state.bubbles;
  }

  get cancelable(): boolean {
    return this.#state.cancelable;
  }

  get returnValue(): boolean {
    return !this.#state.canceled;
  }

  set returnValue(value: boolean) {
    if (!value) this.#cancel();
  }

  preventDefault(): void {
    this.#cancel();
  }

  get defaultPrevented(): boolean {
    return this.#state.canceled;
  }

  get composed(): boolean {
    return this.#composed;
  }

  get timeStamp(): number {
    return this.#timeStamp;
  }

  /** Old, but in every browser and in Node. */
  initEvent(type: string, bubbles = false, cancelable = false): void {
    need(arguments.length, 1);
    const name = domString(type);
    const state = this.#state;
    if (state.dispatching) return;
    state.type = name;
    state.bubbles = Boolean(bubbles);
    state.cancelable = Boolean(cancelable);
    state.propagationStopped = state.stopped = state.canceled = state.trusted = false;
    state.target = null;
  }

  #cancel(): void {
    if (this.#state.cancelable && !this.#state.passive) this.#state.canceled = true;
  }

  static {
    eventInternals.state = (event) => event.#state;
    isTrusted.get = function (this: Event): boolean {
      return this.#state.trusted;
    };
    Object.defineProperty(isTrusted.get, "name", { value: "get isTrusted" });
    for (const phase of ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"] as const) {
      const constant = { value: Event[phase], writable: false, enumerable: true, configurable: false };
      Object.defineProperty(Event, phase, constant);
      Object.defineProperty(Event.prototype, phase, constant);
    }
    asInterface(Event, "Event");
  }
}

export class CustomEvent<T = unknown> extends Event {
  readonly #detail: T | null;

  constructor(type: string, init: (EventInit & { readonly detail?: T }) | null = {}) {
    need(arguments.length, 1);
    super(type, init);
    this.#detail = dictionary(init).detail ?? null;
  }

  get detail(): T | null {
    return this.#detail;
  }

  static {
    asInterface(CustomEvent, "CustomEvent");
  }
}

export class EventTarget {
  #listeners: Map<string, ListenerList<Listener>> | undefined;

  constructor() {
    eventInternals.hooks.watch?.fresh(this);
  }

  addEventListener(type: string, callback: EventListener | null, options: ListenerOptions | boolean | null = {}): void {
    need(arguments.length, 2);
    const key = domString(type);
    const given = isCallback(callback) ? callback : undefined;
    const { capture = false, once = false, passive = false, signal } = listenerOptions(options);
    if (signal !== undefined && !eventInternals.isSignal(signal)) {
      throw new TypeError("The option signal must be an AbortSignal.");
    }
    if (given === undefined || signal?.aborted === true) return;
    eventInternals.hooks.watch?.writePart(this, slot.order);
    const list = this.#listeners?.get(key) ?? new ListenerList<Listener>();
    if (list.find(given, Boolean(capture)) !== undefined) return;
    eventInternals.hooks.watch?.writePart(this, slot.order);
    const listener: Listener = {
      callback: given,
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

  removeEventListener(
    type: string,
    callback: EventListener | null,
    options: ListenerOptions | boolean | null = {},
  ): void {
    need(arguments.length, 2);
    const key = domString(type);
    const given = isCallback(callback) ? callback : undefined;
    const capture = Boolean(listenerOptions(options).capture);
    // Removing one listener and another commute, in either order.
    eventInternals.hooks.watch?.addPart(this, slot.order);
    const list = this.#listeners?.get(key);
    const found = given === undefined ? undefined : list?.find(given, capture);
    if (found !== undefined) list?.remove(found);
  }

  dispatchEvent(event: Event): boolean {
    const state = eventInternals.state(event);
    if (state.dispatching) throw new DOMException("The event is already being dispatched.", "InvalidStateError");
    state.trusted = false;
    return this.#dispatch(event, state);
  }

  #dispatch(event: Event, state: EventState): boolean {
    eventInternals.hooks.watch?.writePart(this, slot.order);
    state.target = this;
    state.currentTarget = this;
    state.dispatching = true;
    const list = this.#listeners?.get(state.type);
    if (list !== undefined) {
      // The standard goes down to the target for those that capture, and up from it for the others.
      if (list.captures > 0 && !state.propagationStopped) this.#invokeAll(list, true, event, state);
      if (list.order.size > list.captures && !state.propagationStopped) this.#invokeAll(list, false, event, state);
    }
    state.currentTarget = null;
    state.dispatching = false;
    state.stopped = false;
    state.propagationStopped = false;
    return !state.canceled;
  }

  #invokeAll(list: ListenerList<Listener>, capture: boolean, event: Event, state: EventState): void {
    for (const listener of [...list.order]) {
      if (listener.removed || listener.capture !== capture) continue;
      if (listener.once) list.remove(listener);
      state.passive = listener.passive;
      this.#invoke(listener.callback, event);
      state.passive = false;
      if (state.stopped) return;
    }
  }

  #invoke(callback: EventListener, event: Event): void {
    try {
      if (typeof callback === "function") callback.call(this, event);
      else callback.handleEvent(event);
    } catch (error) {
      eventInternals.hooks.uncaught(error);
    }
  }

  static {
    eventInternals.listenersOf = (target, type) => {
      eventInternals.hooks.watch?.readPart(target, slot.order);
      return [...(target.#listeners?.get(type)?.order ?? [])];
    };
    eventInternals.listens = (target, type) => (target.#listeners?.get(type)?.order.size ?? 0) > 0;
    eventInternals.fire = (target, type) => {
      const event = new Event(type);
      const state = eventInternals.state(event);
      state.trusted = true;
      target.#dispatch(event, state);
    };
    asInterface(EventTarget, "EventTarget");
  }
}
