/** setTimeout, setInterval, setImmediate and their clear functions, as HTML and Node define them. Runs inside the realm. */
import { worldPlace } from "../accesses/places.ts";
import type { Timer, World } from "../outside/world.ts";

type Callback = (...args: unknown[]) => unknown;

/** HTML: a timer armed by a timer armed by a timer …, five deep, waits at least this long. Virtual ms. */
const nestedMinimumMs = 4;
const nestingLimit = 5;
/** HTML and Node: a longer delay than a signed 32-bit number holds becomes the shortest one. */
const maxDelayMs = 2 ** 31 - 1;

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
    return this.#arm("setInterval", callback, Math.max(1, this.#delay(ms)), args, true);
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

  #delay(ms: number | undefined): number {
    const asked = Math.trunc(Number(ms));
    const delay = asked > 0 && asked <= maxDelayMs ? asked : 0;
    return this.#nesting > nestingLimit ? Math.max(delay, nestedMinimumMs) : delay;
  }

  #arm(name: string, callback: Callback, ms: number, args: readonly unknown[], repeat: boolean): number {
    if (typeof callback !== "function") throw new TypeError(`${name} needs a function; code as text is not run here.`);
    const nesting = this.#nesting + 1;
    this.#world.watch?.write(worldPlace.timerIds);
    const handle = this.#nextHandle++;
    const timer = this.#timer(`${name} ${String(ms)} ms`, ms, "exercise", () => {
      if (repeat) this.#rearm(timer, ms);
      else this.#armed.delete(handle);
      this.#last = { nesting, turn: this.#world.turns };
      try {
        callback(...args);
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
      fire,
    };
  }
}
