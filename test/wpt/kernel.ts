/**
 * The kernel that the Web Platform Tests run in: the world's globals, installed and closed to change as the sandbox's own
 * kernel does it, but in a run that goes on after an uncaught error, since the suite tests how errors are reported. It
 * also has what every page has and no exercise gets: `self`, `location`, error events, and the suite's files.
 * Runs inside the realm, bundled by scripts/lib/wpt/realm.mjs.
 */
import { addMissingBuiltins } from "../../src/sandbox/kernel/missingBuiltins.ts";
import { installGlobals } from "../../src/sandbox/kernel/globals.ts";
import { harden } from "../../src/sandbox/kernel/harden.ts";
import { Event, EventTarget } from "../../src/world/platform/events.ts";
import { responseInternals } from "../../src/world/platform/response.ts";
import { TextEncoder } from "../../src/world/platform/textEncoding.ts";
import { URL } from "../../src/world/platform/url.ts";
import { naturalPlan } from "../../src/world/search/plan.ts";
import { Run } from "../../src/world/run/run.ts";

/** What the page knows of where it is. */
interface Page {
  /** Address of the test file, with its variant. */
  readonly url: string;
  /** Whether the realm stays open to change, for tests of how the classes are made. */
  readonly open: boolean;
  /** The text of a file of the suite, by its path from the suite's root. */
  readonly read: (path: string) => string | undefined;
}

export interface WptKernel {
  /** Begins the run; the page's scripts are evaluated next. */
  begin(): void;
  /** Does the next thing. True when nothing is left to happen. */
  step(): boolean;
  /** A script threw while it was evaluated. */
  uncaught(error: unknown): void;
  /** A promise was rejected and nobody has handled it. */
  rejected(reason: unknown): void;
}

class ErrorEvent extends Event {
  readonly message: string;
  readonly error: unknown;

  constructor(error: unknown) {
    super("error", { cancelable: true });
    this.message = String(error);
    this.error = error;
  }
}

class PromiseRejectionEvent extends Event {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("unhandledrejection", { cancelable: true });
    this.reason = reason;
  }
}

class PageRun extends Run {
  readonly #page: EventTarget;

  constructor(page: EventTarget) {
    super({ plan: naturalPlan, seed: 1, recording: false, locate: () => undefined });
    this.#page = page;
  }

  override uncaught(error: unknown): void {
    this.#page.dispatchEvent(new ErrorEvent(error));
  }

  override unhandled(reason: unknown): void {
    this.#page.dispatchEvent(new PromiseRejectionEvent(reason));
  }
}

export function createKernel(global: object, page: Page): WptKernel {
  addMissingBuiltins();
  const target = new EventTarget();
  const run = new PageRun(target);
  const ours: object = {};
  installGlobals(ours, () => run);
  Object.defineProperties(global, {
    ...(page.open ? {} : Object.getOwnPropertyDescriptors(ours)),
    ...Object.getOwnPropertyDescriptors(pageGlobals(global, target, page)),
  });
  if (page.open) reopen(global, ours);
  else harden(global);
  return {
    begin: () => {
      run.startScript(() => undefined);
    },
    step: () => run.step(),
    uncaught: (error) => {
      run.uncaught(error);
    },
    rejected: (reason) => {
      run.unhandled(reason);
    },
  };
}

/** Classes that this world does not have, and that tests of other things name while they are loaded. */
const absent = ["Blob", "File", "FileList", "FormData", "ImageData", "MessageChannel", "MessagePort"] as const;

/** So that only the subtests which need the class fail, and not the whole file. */
function standIn(): unknown {
  return class StandIn {
    append(): void {
      // Nothing is kept: whatever needs it fails.
    }
  };
}

/** The globals as a platform has them that nobody needs to be kept from. */
function reopen(global: object, globals: object): void {
  for (const key of Object.getOwnPropertyNames(globals).filter((name) => name !== "fetch")) {
    Object.defineProperty(global, key, { value: Reflect.get(globals, key), writable: true, configurable: true });
  }
}

function pageGlobals(global: object, target: EventTarget, page: Page): object {
  const url = new URL(page.url);
  const location = Object.fromEntries(
    (["href", "origin", "protocol", "host", "hostname", "port", "pathname", "search", "hash"] as const).map((part) => [
      part,
      url[part],
    ]),
  );
  let onerror: unknown = null;
  target.addEventListener("error", (event) => {
    if (typeof onerror !== "function" || !(event instanceof ErrorEvent)) return;
    if (Reflect.apply(onerror, global, [event.message, page.url, 0, 0, event.error]) === true) event.preventDefault();
  });
  return {
    self: global,
    location: { ...location, toString: () => url.href },
    GLOBAL: { isWindow: () => false, isWorker: () => false, isShadowRealm: () => false },
    ErrorEvent,
    PromiseRejectionEvent,
    ...Object.fromEntries(absent.map((name) => [name, standIn()])),
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    get onerror() {
      return onerror;
    },
    set onerror(handler: unknown) {
      onerror = handler;
    },
    fetch: async (path: unknown) => {
      const address = new URL(String(path), page.url);
      const text = page.read(address.pathname);
      if (text === undefined) throw new TypeError(`The suite has no file ${String(path)}.`);
      const bytes = new TextEncoder().encode(text);
      const body = { bytes: () => Promise.resolve(bytes), cancel: () => undefined, failure: () => undefined };
      return Promise.resolve(responseInternals.create(body, {}, address.href));
    },
  };
}
