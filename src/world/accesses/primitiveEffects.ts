/** What the functions of numbers, texts and the like touch. Runs inside the realm, once. */
import type { Callees, Effect } from "./callee.ts";
import { type Add, convertAll, nothing, writeReceiver } from "./effects.ts";
import { isObject } from "./peeking.ts";
import { worldPlace } from "./places.ts";

export function addPrimitives(callees: Callees, add: Add): void {
  const pure = { safe: true };
  for (const [owner, except] of [
    [Math, ["random"]],
    [Number, []],
    [String, ["raw"]],
    [BigInt, []],
    [Symbol, []],
  ] as const) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (!(except as readonly string[]).includes(name))
        callees.add(Reflect.get(owner, name), { effect: convertAll, converts: true });
    }
  }
  add(Math, "random", (m) => {
    m.recorder.write(worldPlace.random);
  });
  for (const type of [Number, BigInt, Boolean, Symbol]) {
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      if (name !== "constructor" && name !== "description") add(type.prototype, name, convertAll);
    }
  }
  const withPattern: Effect = (m, receiver, args) => {
    m.primitive(receiver);
    for (const arg of args) {
      if (arg instanceof RegExp) m.recorder.writeWhole(arg);
      else if (isObject(arg) && typeof arg !== "function") m.recorder.unknown("a text taken apart by an object");
    }
  };
  for (const name of Object.getOwnPropertyNames(String.prototype)) {
    if (!["constructor", "length", "matchAll"].includes(name))
      add(String.prototype, name, withPattern, { fresh: true });
  }
  add(RegExp.prototype, "exec test", writeReceiver, { fresh: true });
  for (const name of [
    "parseInt",
    "parseFloat",
    "isNaN",
    "isFinite",
    "encodeURIComponent",
    "decodeURIComponent",
    "encodeURI",
    "decodeURI",
  ]) {
    callees.add(Reflect.get(globalThis, name), { effect: convertAll, converts: true });
  }
  for (const type of [String, Number, BigInt]) callees.add(type, { effect: convertAll, converts: true });
  callees.add(Boolean, { effect: nothing, ...pure });
  callees.add(Symbol, { effect: convertAll, converts: true });
}
