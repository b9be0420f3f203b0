/**
 * Who waits for what at the end of a run that got stuck: V8 tells of every promise that is made and settled, and the stack
 * of that moment tells where. Runs in the sandbox process, outside the realm, for the one run that is explained.
 */
import v8 from "node:v8";
import { hostStackFrames } from "./hostIntrinsics.ts";
import { topmostFrame } from "../base/stackLines.ts";
import type { Wait } from "../world/oracle/sentences.ts";

/** Lines of a stack among which the maker of a promise is: the message, this module's hook, V8's own functions. */
const handMadeWithin = 4;

interface Place {
  readonly line: number;
  /** Name of the function, where it has one. */
  readonly name: string | undefined;
}

interface Known {
  readonly madeAt: Place | undefined;
  /** Made by hand, so that somebody has to settle it; not the promise of a function that itself waits. */
  readonly byHand: boolean;
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
  // Where this process is closed to change, it has been so all along.
  const limit = Error.stackTraceLimit;
  Reflect.set(Error, "stackTraceLimit", hostStackFrames);
  const stop = v8.promiseHooks.createHook({
    init: (promise, parent: object | undefined) => {
      const stack = new Error().stack ?? "";
      const place = placeIn(file, stack);
      const byHand = /\bnew Promise\b|withResolvers/.test(stack.split("\n", handMadeWithin).join());
      known.set(promise, { madeAt: place, byHand, settled: false });
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
      Reflect.set(Error, "stackTraceLimit", limit);
    },
  };
}

/** The topmost frame of a file on a stack. */
function placeIn(file: string, stack: string): Place | undefined {
  const frame = topmostFrame(file, stack);
  if (frame === undefined) return undefined;
  const name = /^\s*at (?:async )?(?:new )?([^\s(]+) \(/.exec(frame.text)?.[1]?.replace(/^.*\./, "");
  return { line: frame.line, name: name?.startsWith("<") === true ? undefined : name };
}

/** One for each line, what is waited for in the end first, then what came last. */
function distinct(pending: readonly Pending[]): readonly Wait[] {
  const rank = ({ awaited }: Pending): number => (awaited?.byHand === true ? 0 : 1);
  const ordered = [...pending].reverse().sort((one, other) => rank(one) - rank(other));
  const waits = new Map<number, Wait>();
  for (const { place, since, awaited } of ordered) {
    const known = waits.get(place.line);
    if (known !== undefined) waits.set(place.line, { ...known, count: known.count + 1 });
    else {
      const made = awaited?.madeAt;
      // Made in the same line, it says nothing more.
      const origin = made === undefined || made.line === place.line ? undefined : made;
      waits.set(place.line, { line: place.line, name: place.name, since, madeAt: origin, count: 1 });
    }
  }
  return [...waits.values()];
}
