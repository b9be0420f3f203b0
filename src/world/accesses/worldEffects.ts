/**
 * What the functions of the world and the platform touch, where they do not tell by themselves. Runs inside the realm,
 * once. What is not here is unknown.
 */
import { TestHarness } from "../run/harness.ts";
import { AbortController, AbortSignal } from "../platform/abort.ts";
import { ReadableStream, ReadableStreamDefaultReader } from "../platform/bodyStream.ts";
import { DOMException } from "../platform/domException.ts";
import { CustomEvent, Event, EventTarget } from "../platform/events.ts";
import { Headers } from "../platform/headers.ts";
import { Response } from "../platform/response.ts";
import { TextDecoder, TextEncoder } from "../platform/textEncoding.ts";
import { URL } from "../platform/url.ts";
import { URLSearchParams } from "../platform/urlSearchParams.ts";
import type { Callees, Effect } from "./callee.ts";
import { isObject } from "./peeking.ts";
import type { Marks } from "./marks.ts";
import { slot } from "./places.ts";

const nothing: Effect = () => undefined;

const clock: Effect = (m) => {
  m.recorder.clock();
};

const seeArguments: Effect = (m, _receiver, args) => {
  for (const arg of args) m.seen(arg);
};

/** @param global the realm's global object, the world's globals among it. */
export function addWorldEffects(callees: Callees, global: object): void {
  addGlobals(callees, global);
  addPlatform(callees);
  addHarness(callees);
  // No global leads to these.
  callees.addBuiltins([TestHarness.prototype, ReadableStreamDefaultReader.prototype]);
}

function addGlobals(callees: Callees, global: object): void {
  const value = (name: string): unknown => Reflect.get(global, name);
  const telling = ["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"];
  for (const name of [...telling, "queueMicrotask"]) callees.add(value(name), { effect: nothing, safe: true });
  callees.add(value("fetch"), { effect: seeArguments });
  callees.add(value("structuredClone"), {
    effect: (m, _receiver, args) => {
      m.heap.readDeep(args);
    },
    fresh: true,
  });
  // What is printed is shown to people and to nobody else; nothing that runs can read it.
  for (const method of Object.values(value("console") as object)) callees.add(method, { effect: nothing, safe: true });
  callees.add(Reflect.get(value("performance") as object, "now"), { effect: clock });
  callees.add(Reflect.get(value("crypto") as object, "randomUUID"), {
    effect: (m) => {
      m.method(Math, "random", "Math.random").call([]);
    },
  });
  addDate(callees, value("Date") as DateConstructor);
}

function addDate(callees: Callees, date: DateConstructor): void {
  const effect: Effect = (m, _receiver, args) => {
    if (args.length === 0) m.recorder.clock();
    for (const arg of args) m.primitive(arg);
  };
  callees.add(date, {
    effect,
    constructs: (m, args) => {
      effect(m, undefined, args);
      return Reflect.construct(date, args) as object;
    },
  });
  callees.add(Reflect.get(date, "now"), { effect: clock });
  for (const name of Object.getOwnPropertyNames(date.prototype)) {
    if (!/^(get|to)/.test(name)) continue;
    callees.add(Reflect.get(date.prototype, name), {
      effect: (m, receiver) => {
        m.seen(receiver);
      },
    });
  }
}

function addPlatform(callees: Callees): void {
  const made =
    (type: unknown, effect: Effect) =>
    (m: Marks, args: readonly unknown[]): object => {
      effect(m, undefined, args);
      const result = Reflect.construct(type as new () => object, args) as object;
      // The methods of these read their properties without a mark.
      if (!(result instanceof EventTarget)) m.recorder.hold(result);
      return result;
    };
  const native = (type: unknown) => (_m: Marks, args: readonly unknown[]) =>
    Reflect.construct(type as new () => object, args) as object;
  for (const type of [AbortController, TextEncoder, TextDecoder]) {
    callees.add(type, { effect: nothing, extends: true, constructs: native(type) });
  }
  for (const type of [EventTarget, DOMException, Event, CustomEvent]) {
    callees.add(type, { effect: seeArguments, extends: true, constructs: made(type, seeArguments) });
  }
  const deep: Effect = (m, _receiver, args) => {
    m.heap.readDeep(args);
  };
  for (const type of [Headers, Response, URL, URLSearchParams]) {
    callees.add(type, { effect: deep, constructs: made(type, deep) });
  }
  // These tell by themselves.
  for (const type of [
    AbortController,
    AbortSignal,
    EventTarget,
    ReadableStream,
    ReadableStreamDefaultReader,
    Response,
  ]) {
    eachMember(callees, type.prototype, { effect: nothing, safe: true });
  }
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
    callees.add(Reflect.get(EventTarget.prototype, name), { effect: seeArguments, safe: true });
  }
  for (const name of ["abort", "timeout", "any"]) {
    callees.add(Reflect.get(AbortSignal, name), {
      effect: (m, _receiver, args) => {
        if (name === "any") m.iterated(args[0]);
      },
    });
  }
  callees.add(Reflect.get(Response, "json"), { effect: deep });
  // An event is in the hands of one turn only; whoever keeps it longer finds it as it was.
  for (const type of [Event, CustomEvent, DOMException]) eachMember(callees, type.prototype, { effect: nothing });
  const looking = ["get", "getAll", "has", "toString", "toJSON", "getSetCookie"];
  for (const type of [Headers, URL, URLSearchParams]) {
    eachMember(callees, type.prototype, { effect: nothing }, (name) => looking.includes(String(name)));
  }
  eachMember(callees, TextEncoder.prototype, { effect: nothing });
  eachMember(callees, TextDecoder.prototype, {
    effect: (m, receiver) => {
      if (isObject(receiver)) m.recorder.writeWhole(receiver);
    },
  });
}

/** The methods and getters of a class; setters are taken as telling, too, where its methods are safe. */
function eachMember(
  callees: Callees,
  prototype: object,
  how: { readonly effect: Effect; readonly safe?: boolean },
  isMethod: (name: PropertyKey) => boolean = () => true,
): void {
  for (const name of Reflect.ownKeys(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    if (name === "constructor" || descriptor === undefined) continue;
    if (descriptor.get !== undefined) callees.getter(prototype, name, how.effect);
    else if (isMethod(name)) callees.add(descriptor.value, how);
    if (descriptor.set !== undefined && how.safe === true) callees.setter(prototype, name, how.effect);
  }
}

function addHarness(callees: Callees): void {
  const { prototype } = TestHarness;
  const method = (names: string, effect: Effect, fresh = false): void => {
    for (const name of names.split(" ")) callees.add(Reflect.get(prototype, name), { effect, fresh });
  };
  const seeOptions: Effect = (m, _receiver, args) => {
    for (const arg of args) {
      m.seen(arg);
      for (const value of isObject(arg) ? Object.values(Object.getOwnPropertyDescriptors(arg)) : []) {
        if (Array.isArray(value.value)) m.seen(value.value);
      }
    }
  };
  method("work call route", seeOptions);
  method("sleep after idle abort peak armedTimers checkLeaks fail check", nothing);
  method("listeners", (m, _receiver, [signal]) => {
    if (isObject(signal)) m.recorder.readPart(signal, slot.order);
  });
  method("equal", (m, _receiver, args) => {
    m.heap.readDeep(args);
  });
  callees.add(Reflect.get(prototype, "controller"), {
    effect: nothing,
    fresh: true,
    instead: (m, receiver, args) => {
      const controller: unknown = Reflect.get(prototype, "controller");
      const given = Reflect.apply(controller as () => { abort: () => void }, receiver, args) as { abort: () => void };
      m.callees.trust(given.abort);
      return given;
    },
  });
  for (const name of ["signal", "reason", "works", "requests"]) callees.getter(prototype, name, nothing);
  callees.getter(prototype, "now", clock);
}
