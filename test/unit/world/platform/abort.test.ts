/** AbortController and AbortSignal against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AbortController as OurController,
  AbortSignal as OurSignal,
  abortInternals,
  abortListeners,
} from "../../../../src/world/platform/abort.ts";
import { DOMException as OurDOMException } from "../../../../src/world/platform/domException.ts";
import { eventInternals } from "../../../../src/world/platform/events.ts";
import { type Script, connect, playBoth, playOurs } from "./bothPlatforms.ts";
import { call } from "./outcome.ts";

const scripts: Readonly<Record<string, Script>> = {
  "a controller aborts its signal once": ({ AbortController }, log) => {
    const controller = new AbortController();
    const { signal } = controller;
    log(signal === controller.signal, signal.aborted, signal.reason);
    signal.addEventListener("abort", (event) => {
      log(
        "abort",
        event.type,
        event.isTrusted,
        event.bubbles,
        event.cancelable,
        event.target === signal,
        signal.aborted,
      );
    });
    controller.abort();
    log(signal.aborted, signal.reason);
    const { reason } = signal;
    controller.abort("again");
    log(signal.reason === reason);
  },
  "the reason is kept as it is": ({ AbortController }, log) => {
    for (const reason of [null, 0, "", false, "text", { a: 1 }, new RangeError("r"), undefined]) {
      const controller = new AbortController();
      controller.abort(reason);
      log(controller.signal.reason === reason, controller.signal.reason);
    }
  },
  "the default reason is an AbortError": ({ AbortController, DOMException }, log) => {
    const controller = new AbortController();
    controller.abort();
    const reason = controller.signal.reason as Error;
    log(reason instanceof DOMException, reason.name, reason.message, controller.signal.reason === reason);
  },
  "throwIfAborted throws the very reason": ({ AbortController }, log) => {
    const controller = new AbortController();
    controller.signal.throwIfAborted();
    log("not yet");
    const reason = { why: 1 };
    controller.abort(reason);
    try {
      controller.signal.throwIfAborted();
    } catch (error) {
      log(error === reason);
    }
  },
  "AbortSignal.abort is aborted and fires nothing": ({ AbortSignal }, log) => {
    const signal = AbortSignal.abort("why");
    signal.addEventListener("abort", () => {
      log("never");
    });
    signal.onabort = () => {
      log("never");
    };
    log(signal.aborted, signal.reason, AbortSignal.abort().reason, AbortSignal.abort(null).reason);
  },
  "neither signals nor their parents are made with new": ({ AbortSignal }, log) => {
    try {
      log(Reflect.construct(AbortSignal, []));
    } catch (error) {
      log(error);
    }
  },
  "onabort runs where it was first set, also when it is replaced": ({ AbortController }, log) => {
    const controller = new AbortController();
    const { signal } = controller;
    log(signal.onabort);
    signal.addEventListener("abort", () => {
      log("one");
    });
    signal.onabort = () => {
      log("first handler");
    };
    signal.addEventListener("abort", () => {
      log("two");
    });
    signal.onabort = () => {
      log("second handler");
    };
    controller.abort();
  },
  "onabort is called on the signal with the event": ({ AbortController }, log) => {
    const controller = new AbortController();
    controller.signal.onabort = function (this: unknown, event) {
      log(
        this === controller.signal,
        event.type,
        event.target === controller.signal,
        event.currentTarget === controller.signal,
      );
    };
    controller.abort();
  },
  "onabort that throws does not stop others": ({ AbortController }, log) => {
    const controller = new AbortController();
    controller.signal.onabort = () => {
      throw new RangeError("x");
    };
    controller.signal.addEventListener("abort", () => {
      throw new TypeError("y");
    });
    controller.signal.addEventListener("abort", () => {
      log("reached");
    });
    controller.abort();
    log(controller.signal.aborted);
  },
  "an event dispatched by hand calls the listeners and aborts nothing": ({ AbortController, Event }, log) => {
    const controller = new AbortController();
    controller.signal.onabort = (event) => {
      log("handler", event.isTrusted);
    };
    controller.signal.dispatchEvent(new Event("abort"));
    log(controller.signal.aborted);
    controller.abort();
  },
  "aborting again from a listener does nothing": ({ AbortController }, log) => {
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => {
      log("one");
      controller.abort("other");
    });
    controller.signal.addEventListener("abort", () => {
      log("two", controller.signal.reason);
    });
    controller.abort("first");
  },
  "a listener added while aborting is not called": ({ AbortController }, log) => {
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => {
      log("one");
      controller.signal.addEventListener("abort", () => {
        log("never");
      });
    });
    controller.abort();
  },
  "abort needs its own controller": ({ AbortController }, log) => {
    try {
      call(Object.create(AbortController.prototype) as object, "abort");
    } catch (error) {
      log(error);
    }
  },
  tags: ({ AbortController, DOMException }, log) => {
    const controller = new AbortController();
    log(...[controller, controller.signal, new DOMException()].map((value) => Object.prototype.toString.call(value)));
  },
};

for (const [name, script] of Object.entries(scripts)) {
  test(`as in Node: ${name}`, () => {
    playBoth(script);
  });
}

/** Where Node differs from the standard, the world does what the standard says. */
const standard: Readonly<Record<string, readonly [script: Script, logged: readonly unknown[]]>> = {
  "onabort that is taken away and set again runs last": [
    ({ AbortController }, log) => {
      const controller = new AbortController();
      const { signal } = controller;
      signal.onabort = () => {
        log("handler");
      };
      signal.addEventListener("abort", () => {
        log("one");
      });
      signal.onabort = null;
      log(signal.onabort);
      signal.addEventListener("abort", () => {
        log("two");
      });
      signal.onabort = () => {
        log("handler again");
      };
      controller.abort();
    },
    [null, "one", "two", "handler again"],
  ],
  "onabort set to something else than a function": [
    ({ AbortController }, log) => {
      const controller = new AbortController();
      for (const value of [undefined, 5, "x"]) {
        controller.signal.onabort = () => {
          log("never");
        };
        Reflect.set(controller.signal, "onabort", value);
        log(controller.signal.onabort);
      }
      controller.abort();
    },
    [null, null, null],
  ],
  "dependents fire after their source, in the order of making, all aborted before any event": [
    ({ AbortController, AbortSignal }, log) => {
      const controller = new AbortController();
      const { signal } = controller;
      const first = AbortSignal.any([signal]);
      const nested = AbortSignal.any([first]);
      const second = AbortSignal.any([signal]);
      const all = { signal, first, nested, second };
      for (const name of ["second", "nested", "first", "signal"] as const) {
        all[name].addEventListener("abort", () => {
          log(name, ...Object.values(all).map(({ aborted }) => aborted));
        });
      }
      controller.abort();
    },
    ["signal", "first", "nested", "second"].flatMap((name) => [name, true, true, true, true]),
  ],
  "listeners that were added with a signal are gone when its event fires": [
    ({ AbortController, EventTarget, Event }, log) => {
      const controller = new AbortController();
      const target = new EventTarget();
      controller.signal.addEventListener("abort", () => {
        log("abort");
        target.dispatchEvent(new Event("x"));
      });
      target.addEventListener(
        "x",
        () => {
          log("still there");
        },
        { signal: controller.signal },
      );
      controller.abort();
      target.dispatchEvent(new Event("x"));
      log("end");
    },
    ["abort", "end"],
  ],
};

for (const [name, [script, logged]] of Object.entries(standard)) {
  test(`as in the standard: ${name}`, () => {
    assert.deepEqual(playOurs(script), logged);
  });
}

test("steps run before the event, each once, unless taken away; the source's before its dependents'", () => {
  connect();
  const seen: string[] = [];
  const controller = new OurController();
  const { signal } = controller;
  const any = OurSignal.any([signal]);
  const removed = (): void => void seen.push("never");
  any.addEventListener("abort", () => seen.push("any's event"));
  abortInternals.addStep(any, () => seen.push("any's step"));
  signal.addEventListener("abort", () => seen.push("event"));
  abortInternals.addStep(signal, () => seen.push("step"));
  abortInternals.addStep(signal, removed);
  abortInternals.removeStep(signal, removed);
  controller.abort();
  controller.abort();
  abortInternals.addStep(signal, removed);
  assert.deepEqual(seen, ["step", "event", "any's step", "any's event"]);
});

test("AbortSignal.timeout arms one timer of the platform and aborts with a TimeoutError", () => {
  connect();
  const armed: { readonly ms: number; readonly fire: () => void }[] = [];
  eventInternals.hooks.platformTimer = (ms, fire) => void armed.push({ ms, fire });
  const signal = OurSignal.timeout(5.7);
  const any = OurSignal.any([signal]);
  let events = 0;
  any.addEventListener("abort", () => events++);
  assert.equal(signal.aborted, false);
  assert.deepEqual(
    armed.map(({ ms }) => ms),
    [5],
  );
  armed[0]?.fire();
  const reason: unknown = signal.reason;
  assert.ok(reason instanceof OurDOMException);
  assert.deepEqual([signal.aborted, reason.name, reason.code, any.reason === reason], [true, "TimeoutError", 23, true]);
  for (const bad of [-1, NaN, Infinity, 2 ** 53, "x", undefined]) {
    assert.throws(() => OurSignal.timeout(bad as number), TypeError, String(bad));
  }
  assert.deepEqual([armed.length, events], [1, 1]);
});

test("onabort counts as a listener of the signal", () => {
  connect();
  const { signal } = new OurController();
  assert.equal(abortListeners(signal).length, 0);
  signal.onabort = () => undefined;
  signal.addEventListener("abort", () => undefined);
  assert.equal(abortListeners(signal).length, 2);
  signal.onabort = null;
  assert.equal(abortListeners(signal).length, 1);
});
