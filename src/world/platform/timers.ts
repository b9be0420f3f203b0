/** setTimeout, setInterval, setImmediate and their clear functions, as HTML and Node define them. Runs inside the realm. */
import { worldPlace } from "../accesses/places.ts";
import type { Timer } from "../outside/timer.ts";
import type { World } from "../outside/world.ts";

type Callback = (...args: unknown[]) => unknown;

/** HTML: a timer armed by a timer armed by a timer …, five deep, waits at least this long. Virtual ms. */
const nestedMinimumMs = 4;
const nestingLimit = 5;

export interface TimerFunctions {
  setTimeout(callback: Callback, ms?: number, ...args: unknown[]): number;
  clearTimeout(id?: number): void;
  setInterval(callback: Callback, ms?: number, ...args: unknown[]): number;
  clearInterval(id?: number): void;
  setImmediate(callback: Callback, ...args: unknown[]): number;
  clearImmediate(id?: number): void;
}

export class Timers implements TimerFunctions {
  readonly #world: World;
  readonly #uncaught: (error: unknown) => void;
  /** The timers that can be cleared, by the number that setTimeout answered. */
  readonly #armed = new Map<number, Timer>();
  #nextHandle = 1;
  /** In watched runs, all timers there have been. */
  readonly #watched: (Timer | undefined)[] = [];
  /** How deep the timer nests whose turn it last was, and which turn that was. */
  #last = { nesting: 0, turn: -1 };

  constructor(world: World, uncaught: (error: unknown) => void) {
    this.#world = world;
    this.#uncaught = uncaught;
  }

  setTimeout(callback: Callback, ms?: number, ...args: unknown[]): number {
    return this.#arm("setTimeout", callback, this.#delay(ms), args, false);
  }

  setInterval(callback: Callback, ms?: number, ...args: unknown[]): number {
    return this.#arm("setInterval", callback, this.#delay(ms), args, true);
  }

  setImmediate(callback: Callback, ...args: unknown[]): number {
    return this.#arm("setImmediate", callback, 0, args, false);
  }

  clearTimeout(id?: number): void {
    const timer = this.#armed.get(Number(id));
    this.#watchCleared(Number(id));
    if (timer === undefined) return;
    this.#armed.delete(Number(id));
    this.#world.disarm(timer);
  }

  /** Also clearing what has fired depends on its having fired. */
  #watchCleared(handle: number): void {
    const timer = this.#watched[handle];
    if (timer !== undefined) this.#world.watch?.readWhole(timer);
  }

  clearInterval(id?: number): void {
    this.clearTimeout(id);
  }

  clearImmediate(id?: number): void {
    this.clearTimeout(id);
  }

  /** The timer inside AbortSignal.timeout. */
  platform(ms: number, fire: () => void): void {
    this.#world.arm(this.#timer("AbortSignal.timeout", ms, "platform", fire));
  }

  get #nesting(): number {
    return this.#last.turn === this.#world.turns ? this.#last.nesting : 0;
  }

  /** WebIDL's long: what does not fit into 32 bits wraps around, as in every browser. */
  #delay(ms: number | undefined): number {
    return this.#clamp(Math.max(0, Number(ms) | 0));
  }

  #clamp(delay: number): number {
    return delay < nestedMinimumMs && this.#nesting > nestingLimit ? nestedMinimumMs : delay;
  }

  #arm(name: string, callback: Callback, ms: number, args: readonly unknown[], repeat: boolean): number {
    if (typeof callback !== "function") throw new TypeError(`${name} needs a function; code as text is not run here.`);
    let nesting = this.#nesting + 1;
    this.#world.watch?.write(worldPlace.timerIds);
    const handle = this.#nextHandle++;
    const timer = this.#timer(`${name} ${String(ms)} ms`, ms, "exercise", () => {
      this.#last = { nesting, turn: this.#world.turns };
      if (repeat) {
        this.#rearm(timer, this.#clamp(ms));
        nesting++;
      } else {
        this.#armed.delete(handle);
      }
      try {
        // HTML: also a strict function gets the global object for `this`.
        Reflect.apply(callback, globalThis, args);
      } catch (error) {
        this.#uncaught(error);
      }
    });
    if (this.#world.watch !== undefined) this.#watched[handle] = timer;
    this.#armed.set(handle, timer);
    this.#world.arm(timer);
    return handle;
  }

  #rearm(timer: Timer, ms: number): void {
    timer.state = "armed";
    timer.due = this.#world.now + ms;
    timer.order = this.#world.nextId();
    this.#world.arm(timer);
  }

  #timer(label: string, ms: number, owner: Timer["owner"], fire: () => void): Timer {
    const world = this.#world;
    const id = world.nextId();
    return {
      id,
      order: id,
      due: world.now + ms,
      label,
      owner,
      source: world.source(),
      state: "armed",
      startEvent: 0,
      begunIn: -1,
      fire,
    };
  }
}
