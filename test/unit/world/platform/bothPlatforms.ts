/** Plays one script on the world's events and signals and on Node's own, and asserts that both log the same. Runs in the unit tests. */
import assert from "node:assert/strict";
import * as abort from "../../../../src/world/platform/abort.ts";
import { DOMException as OurDOMException } from "../../../../src/world/platform/domException.ts";
import * as events from "../../../../src/world/platform/events.ts";

/** The part of the platform that scripts use, typed as the world's own. */
export interface Platform {
  readonly Event: typeof events.Event;
  readonly EventTarget: typeof events.EventTarget;
  readonly AbortController: typeof abort.AbortController;
  readonly AbortSignal: typeof abort.AbortSignal;
  readonly DOMException: typeof OurDOMException;
}

export type Script = (platform: Platform, log: (...what: unknown[]) => void) => void;

const ours: Platform = {
  Event: events.Event,
  EventTarget: events.EventTarget,
  AbortController: abort.AbortController,
  AbortSignal: abort.AbortSignal,
  DOMException: OurDOMException,
};

const nodes = { Event, EventTarget, AbortController, AbortSignal, DOMException } as unknown as Platform;

/** Connects the world's events to `logged`, where errors that listeners let escape go as "uncaught". */
export function connect(logged: unknown[] = []): void {
  events.eventInternals.hooks = {
    now: () => 0,
    uncaught: (error) => void logged.push("uncaught", describe(error)),
    source: () => undefined,
    follow: (signal, step) => {
      if (!(signal instanceof abort.AbortSignal)) throw new TypeError("The signal option needs an AbortSignal.");
      abort.abortInternals.addStep(signal, step);
    },
    platformTimer: () => {
      throw new Error("no timer was expected");
    },
  };
}

/** What the script logged on the world's platform, also what it threw. */
export function playOurs(script: Script): unknown[] {
  const logged: unknown[] = [];
  connect(logged);
  run(script, ours, logged);
  return logged;
}

/** Node lets the errors of listeners escape from `process.nextTick`; they are caught there, and logged at once. */
function playNodes(script: Script): unknown[] {
  const logged: unknown[] = [];
  const nextTick = process.nextTick.bind(process);
  process.nextTick = (callback: (...args: unknown[]) => void, ...args: unknown[]): void => {
    try {
      callback(...args);
    } catch (error) {
      logged.push("uncaught", describe(error));
    }
  };
  try {
    run(script, nodes, logged);
  } finally {
    process.nextTick = nextTick;
  }
  return logged;
}

function run(script: Script, platform: Platform, logged: unknown[]): void {
  try {
    script(platform, (...what) => void logged.push(...what.map(describe)));
  } catch (error) {
    logged.push("the script threw", describe(error));
  }
}

/** Messages differ, kinds must not. */
function describe(value: unknown): unknown {
  if (value instanceof Error)
    return `${value.name} ${String("code" in value && typeof value.code === "number" ? value.code : "")}`.trim();
  if (typeof value === "function" || (typeof value === "object" && value !== null))
    return Object.prototype.toString.call(value);
  return value;
}

export function playBoth(script: Script, expected?: readonly unknown[]): void {
  const logged = playOurs(script);
  assert.deepEqual(logged, playNodes(script));
  assert.notEqual(logged.length, 0, "the script logs something");
  if (expected !== undefined) assert.deepEqual(logged, expected);
}
