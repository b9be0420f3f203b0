/** EventTarget against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Event as OurEvent, EventTarget as OurTarget, eventInternals } from "../../../../src/world/platform/events.ts";
import { type Script, connect, playBoth, playOurs } from "./bothPlatforms.ts";

const scripts: Readonly<Record<string, Script>> = {
  "listeners run in the order of adding": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    for (const name of ["one", "two", "three"])
      target.addEventListener("x", () => {
        log(name);
      });
    target.addEventListener("y", () => {
      log("never");
    });
    log(target.dispatchEvent(new Event("x")));
  },
  "the same listener is added once, but once for each capture": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    const listener = (): void => {
      log("called");
    };
    target.addEventListener("x", listener);
    target.addEventListener("x", listener, { once: true });
    target.addEventListener("x", listener, { capture: false, passive: true });
    target.addEventListener("x", listener, true);
    target.addEventListener("x", listener, { capture: true });
    target.dispatchEvent(new Event("x"));
    log("again");
    target.removeEventListener("x", listener);
    target.dispatchEvent(new Event("x"));
    log("and again");
    target.removeEventListener("x", listener, { capture: true });
    target.dispatchEvent(new Event("x"));
  },
  "once removes before the call": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener(
      "x",
      () => {
        log("once");
        target.dispatchEvent(new Event("x"));
      },
      { once: true },
    );
    target.dispatchEvent(new Event("x"));
    log("end");
  },
  "once can be added again by its own call": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    let count = 0;
    const listener = (): void => {
      log(++count);
      if (count < 3) target.addEventListener("x", listener, { once: true });
    };
    target.addEventListener("x", listener, { once: true });
    target.dispatchEvent(new Event("x"));
    target.dispatchEvent(new Event("x"));
    target.dispatchEvent(new Event("x"));
    target.dispatchEvent(new Event("x"));
  },
  "a listener that is removed during dispatch does not run": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    const third = (): void => {
      log("third");
    };
    target.addEventListener("x", () => {
      log("first");
      target.removeEventListener("x", third);
    });
    target.addEventListener("x", () => {
      log("second");
    });
    target.addEventListener("x", third);
    target.addEventListener("x", () => {
      log("fourth");
    });
    target.dispatchEvent(new Event("x"));
  },
  "a listener may remove itself": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    const self = (): void => {
      log("self");
      target.removeEventListener("x", self);
    };
    target.addEventListener("x", self);
    target.addEventListener("x", () => {
      log("other");
    });
    target.dispatchEvent(new Event("x"));
    target.dispatchEvent(new Event("x"));
  },
  stopImmediatePropagation: ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener("x", (event) => {
      log("one");
      event.stopImmediatePropagation();
    });
    target.addEventListener("x", () => {
      log("two");
    });
    const event = new Event("x");
    log(target.dispatchEvent(event), target.dispatchEvent(new Event("x")));
  },
  "stopPropagation and cancelBubble do not keep other listeners of the target from running": (
    { EventTarget, Event },
    log,
  ) => {
    const target = new EventTarget();
    target.addEventListener("x", (event) => {
      log(event.cancelBubble);
      event.stopPropagation();
      log(event.cancelBubble);
    });
    target.addEventListener("x", () => {
      log("two");
    });
    target.dispatchEvent(new Event("x"));
    const event = new Event("x");
    Reflect.set(event, "cancelBubble", true);
    log(event.cancelBubble);
    Reflect.set(event, "cancelBubble", false);
    log(event.cancelBubble);
  },
  "handleEvent is looked up at each call and called on its object": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    const object = {
      name: "object",
      handleEvent(event: unknown) {
        log(this.name, event);
      },
    };
    target.addEventListener("x", object);
    target.dispatchEvent(new Event("x"));
    object.handleEvent = function () {
      log("replaced", this === object);
    };
    target.dispatchEvent(new Event("x"));
  },
  "a listener that throws does not stop others": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener("x", () => {
      throw new RangeError("first");
    });
    target.addEventListener("x", () => {
      throw new TypeError("second");
    });
    target.addEventListener("x", () => {
      log("third");
    });
    log(target.dispatchEvent(new Event("x")));
  },
  "options are read as WebIDL says": ({ EventTarget, Event }, log) => {
    for (const options of [undefined, true, false, { once: 1 }, { once: 0 }] as unknown[]) {
      const target = new EventTarget();
      const listener = (): void => {
        log("called", String(options));
      };
      target.addEventListener("x", listener, options as boolean);
      target.dispatchEvent(new Event("x"));
      target.dispatchEvent(new Event("x"));
    }
  },
  "null is no listener, other values are an error": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener("x", null);
    target.removeEventListener("x", null);
    for (const bad of [1, "x", true]) {
      try {
        target.addEventListener("x", bad as unknown as null);
        log("accepted", bad);
      } catch (error) {
        log(error);
      }
    }
    log(target.dispatchEvent(new Event("x")));
  },
  "dispatching within dispatching": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener("a", () => {
      log("a1");
      target.dispatchEvent(new Event("b"));
      log("a1 end");
    });
    target.addEventListener("a", () => {
      log("a2");
    });
    target.addEventListener("b", () => {
      log("b");
    });
    target.dispatchEvent(new Event("a"));
  },
};

for (const [name, script] of Object.entries(scripts)) {
  test(`as in Node: ${name}`, () => {
    playBoth(script);
  });
}

/** Where Node differs from the standard, the world does what the standard says. */
const standard: Readonly<Record<string, readonly [script: Script, logged: readonly unknown[]]>> = {
  "an object whose handleEvent throws": [
    ({ EventTarget, Event }, log) => {
      const target = new EventTarget();
      target.addEventListener("x", {
        handleEvent() {
          throw new RangeError("x");
        },
      });
      target.addEventListener("x", () => {
        log("other");
      });
      target.dispatchEvent(new Event("x"));
    },
    ["uncaught", "RangeError", "other"],
  ],
  "an object without handleEvent is reported when it is called": [
    ({ EventTarget, Event }, log) => {
      const target = new EventTarget();
      const object = {
        handleEvent: (): void => {
          log("now");
        },
      };
      Reflect.deleteProperty(object, "handleEvent");
      target.addEventListener("x", object);
      target.addEventListener("x", () => {
        log("other");
      });
      log(target.dispatchEvent(new Event("x")));
    },
    ["uncaught", "TypeError", "other", true],
  ],
  "removed by hand, added again, then aborted": [
    ({ EventTarget, Event, AbortController }, log) => {
      const target = new EventTarget();
      const controller = new AbortController();
      const listener = (): void => {
        log("called");
      };
      target.addEventListener("x", listener, { signal: controller.signal });
      target.removeEventListener("x", listener);
      target.addEventListener("x", listener);
      controller.abort();
      target.dispatchEvent(new Event("x"));
      log("end");
    },
    ["called", "end"],
  ],
  "the odd old properties of an event": [
    ({ Event }, log) => {
      const event = new Event("x", { cancelable: true });
      log(Reflect.set(event, "returnValue", true), event.defaultPrevented);
      log(Reflect.set(event, "returnValue", false), event.defaultPrevented);
      log(
        ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"]
          .map((name) => Reflect.get(event, name) as unknown)
          .join(),
      );
    },
    [true, false, true, true, "0,1,2,3"],
  ],
};

for (const [name, [script, logged]] of Object.entries(standard)) {
  test(`as in the standard: ${name}`, () => {
    assert.deepEqual(playOurs(script), logged);
  });
}

test("a listener keeps the position that it was added from", () => {
  connect();
  const marks = [{ line: 3, column: 5 }, undefined];
  eventInternals.hooks = { ...eventInternals.hooks, source: () => marks.shift() };
  const target = new OurTarget();
  target.addEventListener("x", () => undefined);
  target.addEventListener("x", () => undefined);
  assert.deepEqual(
    eventInternals.listenersOf(target, "x").map(({ source }) => source),
    [{ line: 3, column: 5 }, undefined],
  );
  assert.deepEqual(eventInternals.listenersOf(target, "y"), []);
});

test("an event carries the virtual time at which it was made, and only the platform makes trusted ones", () => {
  connect();
  let now = 5;
  eventInternals.hooks = { ...eventInternals.hooks, now: () => now };
  const event = new OurEvent("x");
  now = 9;
  new OurTarget().dispatchEvent(event);
  assert.equal(event.timeStamp, 5);
  assert.equal(event.isTrusted, false);
  const target = new OurTarget();
  const seen: unknown[] = [];
  let kept: OurEvent | undefined;
  target.addEventListener("x", (given) => {
    seen.push(given.isTrusted);
    kept = given;
  });
  eventInternals.fire(target, "x");
  assert.ok(kept);
  target.dispatchEvent(kept);
  assert.deepEqual(seen, [true, false], "whoever dispatches it again makes it theirs");
});
