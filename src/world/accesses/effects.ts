/** Effects that many functions share. Runs inside the realm. */
import type { Callee, Effect } from "./callee.ts";
import { isObject } from "./peeking.ts";

/** Says of methods (their names separated by blanks) of an object what calling them touches. */
export type Add = (owner: object, names: string, effect: Effect, how?: Partial<Callee>) => void;

export const nothing: Effect = () => undefined;

export const convertAll: Effect = (m, receiver, args) => {
  for (const value of [receiver, ...args]) m.primitive(value);
};

export const readReceiver: Effect = (m, receiver) => {
  m.seen(receiver);
};

export const writeReceiver: Effect = (m, receiver) => {
  if (isObject(receiver)) m.recorder.writeWhole(receiver);
};

/** Everything below the arguments. */
export const readDeep: Effect = (m, _receiver, args) => {
  for (const value of args) m.heap.readDeep(value);
};
