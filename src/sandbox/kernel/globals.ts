/**
 * Gives the realm the globals of a browser or of Node, each answered by the world of the current run. Runs inside the
 * realm, once, before any code but ours.
 */
import { AbortController, AbortSignal } from "../../world/platform/abort.ts";
import { ReadableStream } from "../../world/platform/bodyStream.ts";
import { DOMException } from "../../world/platform/domException.ts";
import { CustomEvent, Event, EventTarget } from "../../world/platform/events.ts";
import { Headers } from "../../world/platform/headers.ts";
import { Response } from "../../world/platform/response.ts";
import { structuredClone } from "../../world/platform/structuredClone.ts";
import { TextDecoder, TextEncoder } from "../../world/platform/textEncoding.ts";
import { URL } from "../../world/platform/url.ts";
import { URLSearchParams } from "../../world/platform/urlSearchParams.ts";
import { virtualConsole } from "./virtualConsole.ts";
import { epochMs, virtualDate } from "./virtualDate.ts";
import { virtualFormats } from "./virtualFormats.ts";
import type { Run } from "../../world/run/run.ts";

type Callback = (...args: unknown[]) => unknown;

/** @param run gives the run under way; asked at each use, since the globals outlive runs. */
export function installGlobals(global: object, run: () => Run): void {
  const values: Record<string, unknown> = {
    AbortController,
    AbortSignal,
    CustomEvent,
    DOMException,
    Event,
    EventTarget,
    Headers,
    ReadableStream,
    Response,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
    structuredClone,
    Date: virtualDate(() => run().world.now),
    ...timerGlobals(run),
    ...otherGlobals(run),
    ...unavailable(),
  };
  virtualFormats(() => epochMs + run().world.now);
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(global, name, { value, writable: false, enumerable: false, configurable: false });
  }
  Object.defineProperty(Math, "random", {
    value: () => run().world.random.draw(),
    writable: false,
    configurable: false,
  });
}

function timerGlobals(run: () => Run): Record<string, unknown> {
  return {
    setTimeout: (callback: Callback, ms?: number, ...args: unknown[]) => run().timers.setTimeout(callback, ms, ...args),
    setInterval: (callback: Callback, ms?: number, ...args: unknown[]) =>
      run().timers.setInterval(callback, ms, ...args),
    setImmediate: (callback: Callback, ...args: unknown[]) => run().timers.setImmediate(callback, ...args),
    clearTimeout: (id?: number) => {
      run().timers.clearTimeout(id);
    },
    clearInterval: (id?: number) => {
      run().timers.clearInterval(id);
    },
    clearImmediate: (id?: number) => {
      run().timers.clearImmediate(id);
    },
    queueMicrotask: (callback: Callback) => {
      if (typeof callback !== "function") throw new TypeError("queueMicrotask needs a function.");
      void Promise.resolve().then(() => {
        try {
          callback();
        } catch (error) {
          run().uncaught(error);
        }
      });
    },
  };
}

function otherGlobals(run: () => Run): Record<string, unknown> {
  const hooks = {
    print: (level: string, values: readonly unknown[]) => {
      run().print(level, values);
    },
    now: () => run().world.now,
    counts: () => run().counts,
  };
  return {
    fetch: (input: unknown, init?: { readonly signal?: AbortSignal | null; readonly method?: string }) =>
      run().fetch(String(input), init ?? {}),
    performance: Object.freeze({ now: () => run().world.now, timeOrigin: 0 }),
    crypto: Object.freeze({ randomUUID: () => randomUuid(() => run().world.random.next()) }),
    console: virtualConsole(hooks),
  };
}

function randomUuid(next: () => number): string {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (letter) => {
    const digit = Math.floor(next() * 16);
    return (letter === "x" ? digit : (digit & 3) | 8).toString(16);
  });
}

/** What cannot be deterministic is not there, and says so. */
function unavailable(): Record<string, unknown> {
  const reasons: Record<string, string> = {
    WeakRef: "it shows when memory is collected, which differs from run to run",
    FinalizationRegistry: "it shows when memory is collected, which differs from run to run",
    SharedArrayBuffer: "nothing here runs in parallel that could share it",
    Atomics: "nothing here runs in parallel that could wait",
    WebAssembly: "exercises are TypeScript",
    ShadowRealm: "it would be a world of its own",
    Temporal: "it knows the real clock; use Date",
  };
  return Object.fromEntries(
    Object.entries(reasons).map(([name, reason]) => {
      const message = `${name} is not available in this world: ${reason}.`;
      const refuse = (): never => {
        throw new TypeError(message);
      };
      const trap = new Proxy(refuse, { get: refuse, has: refuse, construct: refuse, set: refuse });
      return [name, trap];
    }),
  );
}
