/**
 * Who waits for what at the end of a run that got stuck: V8 tells of every promise that is made and settled, and the stack
 * of that moment tells where. Runs in the sandbox process, outside the realm, for the one run that is explained.
 */
import v8 from "node:v8";
import type { Wait } from "../world/oracle/sentences.ts";

/** Frames to look through for one of the exercise. */
const stackFrames = 30;

interface Place {
  readonly line: number;
  /** Name of the function, where it has one. */
  readonly name: string | undefined;
}

interface Known {
  readonly madeAt: Place | undefined;
  settled: boolean;
}

interface Pending {
  readonly place: Place;
  readonly since: number;
  readonly awaited: Known | undefined;
}

export interface WaitWatch {
  /** Those that wait now, what they wait for first. */
  waits(): readonly Wait[];
  /** Ends the watching. */
  end(): void;
}

/** @param file the exercise's name in stack traces @param now the run's virtual ms */
export function watchWaits(file: string, now: () => number): WaitWatch {
  const known = new Map<object, Known>();
  const reactions: Pending[] = [];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = stackFrames;
  const stop = v8.promiseHooks.createHook({
    init: (promise, parent: object | undefined) => {
      const place = placeIn(file);
      known.set(promise, { madeAt: place, settled: false });
      // A promise with a parent is a reaction to it: an `await`, or a `then`.
      if (parent !== undefined && place !== undefined) {
        reactions.push({ place, since: now(), awaited: known.get(parent) });
      }
    },
    settled: (promise) => {
      const info = known.get(promise);
      if (info !== undefined) info.settled = true;
    },
  }) as () => void;
  return {
    waits: () => distinct(reactions.filter(({ awaited }) => awaited?.settled === false)),
    end: () => {
      stop();
      Error.stackTraceLimit = limit;
    },
  };
}

/** The topmost frame of a file on the stack of whoever is running. */
function placeIn(file: string): Place | undefined {
  for (const frame of new Error().stack?.split("\n") ?? []) {
    const at = frame.lastIndexOf(`${file}:`);
    if (at < 0) continue;
    const line = Number.parseInt(frame.slice(at + file.length + 1), 10);
    const name = /^\s*at (?:async )?(?:new )?([^\s(]+) \(/.exec(frame)?.[1];
    return { line, name: name?.startsWith("<") === true ? undefined : name };
  }
  return undefined;
}

function distinct(pending: readonly Pending[]): readonly Wait[] {
  const waits = new Map<string, Wait>();
  for (const { place, since, awaited } of pending) {
    const made = awaited?.madeAt;
    const key = `${String(place.line)} ${String(made?.line)}`;
    const known = waits.get(key);
    if (known !== undefined) waits.set(key, { ...known, count: known.count + 1 });
    else {
      // Made in the same line, it says nothing more.
      const origin = made === undefined || made.line === place.line ? undefined : made;
      waits.set(key, { line: place.line, name: place.name, since, madeAt: origin, count: 1 });
    }
  }
  return [...waits.values()];
}
