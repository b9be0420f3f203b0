/** Events and signals by the DOM standard and WebIDL, where Node goes its own way or has no say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AbortController, AbortSignal } from "../../../../src/world/platform/abort.ts";
import { DOMException } from "../../../../src/world/platform/domException.ts";
import { CustomEvent, Event, EventTarget, eventInternals } from "../../../../src/world/platform/events.ts";
import { Headers } from "../../../../src/world/platform/headers.ts";
import { Response } from "../../../../src/world/platform/response.ts";
import { TextDecoder, TextEncoder } from "../../../../src/world/platform/textEncoding.ts";
import { URL } from "../../../../src/world/platform/url.ts";
import { URLSearchParams } from "../../../../src/world/platform/urlSearchParams.ts";
import { connect, playOurs } from "./bothPlatforms.ts";

test("at a target, the listeners that capture come first, whenever they were added", () => {
  const logged = playOurs(({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener("x", () => {
      log("plain 1");
    });
    target.addEventListener(
      "x",
      (event) => {
        log("capture 1", event.eventPhase);
        target.addEventListener("x", () => {
          log("added while capturing");
        });
      },
      { capture: true, once: true },
    );
    target.addEventListener("x", () => {
      log("plain 2");
    });
    target.addEventListener(
      "x",
      () => {
        log("capture 2");
      },
      true,
    );
    target.dispatchEvent(new Event("x"));
  });
  assert.deepEqual(logged, ["capture 1", 2, "capture 2", "plain 1", "plain 2", "added while capturing"]);
});

test("stopPropagation keeps an event from the listeners that do not capture, and before dispatch from all", () => {
  const logged = playOurs(({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener("x", () => {
      log("plain");
    });
    target.addEventListener(
      "x",
      (event) => {
        log("capture");
        event.stopPropagation();
      },
      true,
    );
    target.addEventListener(
      "x",
      () => {
        log("also");
      },
      true,
    );
    target.dispatchEvent(new Event("x"));
    const stopped = new Event("x", { cancelable: true });
    stopped.stopPropagation();
    log(target.dispatchEvent(stopped), stopped.cancelBubble);
  });
  assert.deepEqual(logged, ["capture", "also", true, false]);
});

test("what is no object is the capture flag alone", () => {
  connect();
  for (const [options, capture] of [
    [null, false],
    [0, false],
    [1, true],
    ["", false],
    ["once", true],
    [Symbol("s"), true],
  ] as const) {
    const target = new EventTarget();
    const listener = (): void => undefined;
    target.addEventListener("x", listener, options as unknown as boolean);
    assert.deepEqual(
      eventInternals.listenersOf(target, "x").map((added) => [added.capture, added.once]),
      [[capture, false]],
    );
    target.removeEventListener("x", listener, capture);
    assert.equal(eventInternals.listens(target, "x"), false);
  }
});

test("a signal option that is no signal is refused, also where there is no listener", () => {
  connect();
  const target = new EventTarget();
  for (const signal of [null, {}, new AbortController()]) {
    assert.throws(() => {
      target.addEventListener("x", null, { signal } as object);
    }, TypeError);
  }
});

test("an event that is under way cannot be dispatched: InvalidStateError", () => {
  connect();
  const target = new EventTarget();
  const event = new Event("x");
  const caught: unknown[] = [];
  target.addEventListener("x", () => {
    try {
      target.dispatchEvent(event);
    } catch (error) {
      caught.push(error instanceof DOMException && error.name);
    }
  });
  target.dispatchEvent(event);
  assert.deepEqual(caught, ["InvalidStateError"]);
});

test("a property of an event cannot be changed, and isTrusted not even replaced", () => {
  connect();
  const event = new Event("x", { bubbles: true });
  for (const property of ["type", "bubbles", "cancelable", "composed", "timeStamp", "isTrusted"]) {
    assert.equal(Reflect.set(event, property, "y"), false, property);
    assert.equal(Object.hasOwn(event, property), property === "isTrusted");
  }
  assert.throws(() => Object.defineProperty(event, "isTrusted", { value: true }), TypeError);
  const own = (of: object): unknown => Object.getOwnPropertyDescriptors(of);
  assert.deepStrictEqual(own(event), own(new Event("y")), "all events share one getter");
});

test("initEvent begins an event anew, but not while it is under way", () => {
  connect();
  const target = new EventTarget();
  const event = new Event("a", { cancelable: true });
  event.preventDefault();
  event.stopImmediatePropagation();
  target.addEventListener("b", () => {
    event.initEvent("c", false, false);
  });
  event.initEvent("b", true, true);
  assert.deepEqual([event.type, event.bubbles, event.cancelable, event.defaultPrevented], ["b", true, true, false]);
  target.dispatchEvent(event);
  assert.deepEqual([event.type, event.bubbles, event.target === target], ["b", true, true]);
});

test("the platform's abort does not go through a dispatchEvent that was replaced", () => {
  connect();
  const { signal } = new AbortController();
  const controller = new AbortController();
  const seen: unknown[] = [];
  for (const given of [signal, controller.signal]) {
    Object.defineProperty(given, "dispatchEvent", { value: () => assert.fail("called") });
    given.addEventListener("abort", (event) => seen.push(event.isTrusted));
  }
  controller.abort();
  assert.deepEqual(seen, [true]);
});

test("onabort keeps an object that cannot be called, and does nothing with it", () => {
  connect();
  const controller = new AbortController();
  const object = {};
  controller.signal.onabort = object;
  assert.equal(controller.signal.onabort, object);
  controller.abort();
  controller.signal.onabort = 5 as unknown as null;
  assert.equal(controller.signal.onabort, null);
});

test("AbortSignal.timeout cuts a fraction off before it looks whether the number is allowed", () => {
  connect();
  const armed: number[] = [];
  eventInternals.hooks.platformTimer = (ms) => void armed.push(ms);
  for (const ms of [-0.9, 0, 1.9, "12"]) AbortSignal.timeout(ms as number);
  assert.deepEqual(armed.map(Math.abs), [0, 0, 1, 12]);
  assert.throws(() => AbortSignal.timeout(-1), TypeError);
  assert.throws(() => AbortSignal.timeout(Number.NaN), TypeError);
});

test("the class of a DOMException does not inherit from Error, its prototype does, and Error.isError knows it", () => {
  assert.equal(Object.getPrototypeOf(DOMException), Function.prototype);
  assert.equal(Object.getPrototypeOf(DOMException.prototype), Error.prototype);
  class Own extends DOMException {}
  const own = new Own("m", "AbortError");
  assert.ok(own instanceof Own && own instanceof DOMException && own instanceof Error);
  const isError: unknown = Reflect.get(Error, "isError");
  if (typeof isError === "function") assert.equal(Reflect.apply(isError, Error, [own]), true);
  for (const property of ["name", "message", "code"]) {
    assert.equal(Object.hasOwn(own, property), false);
    assert.throws(() => Reflect.get(DOMException.prototype, property) as unknown, TypeError, property);
  }
});

const classes = {
  AbortController,
  AbortSignal,
  CustomEvent,
  DOMException,
  Event,
  EventTarget,
  Headers,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

for (const [name, ours] of Object.entries(classes)) {
  test(`${name} looks as WebIDL says: its name, its class string, members that a loop sees`, () => {
    const nodes = Reflect.get(globalThis, name) as object & { readonly prototype: object };
    assert.equal(ours.name, name);
    assert.deepEqual(Object.getOwnPropertyDescriptor(ours.prototype, Symbol.toStringTag), {
      value: name,
      writable: false,
      enumerable: false,
      configurable: true,
    });
    const members = Object.keys(ours.prototype);
    assert.ok(members.length > 0);
    for (const key of Object.getOwnPropertyNames(ours.prototype)) {
      assert.equal(members.includes(key), key !== "constructor", key);
    }
    const strange = members.filter((key) => !(key in nodes.prototype || key in nodes));
    assert.deepEqual(strange, [], "Node's has every member that ours has");
  });
}

test("iterators of headers and parameters know `next` and nothing else, and see later changes", () => {
  const headers = new Headers({ b: "2" });
  const params = new URLSearchParams("b=2");
  for (const [of, name] of [
    [headers, "Headers"],
    [params, "URLSearchParams"],
  ] as const) {
    const iterator = of.entries();
    assert.equal(Object.prototype.toString.call(iterator), `[object ${name} Iterator]`);
    assert.deepEqual(Object.keys(Object.getPrototypeOf(iterator) as object), ["next"]);
    assert.equal("return" in iterator, false);
    assert.equal(Reflect.get(of, Symbol.iterator), Reflect.get(of, "entries"));
    assert.deepEqual(iterator.next(), { value: ["b", "2"], done: false });
    of.append("c", "3");
    assert.deepEqual([...iterator], [["c", "3"]]);
    assert.throws(() => Reflect.apply(Reflect.get(of, "entries"), {}, []), TypeError);
  }
});
