/**
 * Promises whose inner workings are seen: who settled them, who came too late, how many parts are still out. The engine
 * tells (through the host's promise hooks) when a promise settles and when somebody waits for it; what it keeps to
 * itself is done here instead, in as many microtasks. Runs inside the realm.
 */
import type { Callees, Effect } from "./callee.ts";
import { isObject } from "./peeking.ts";
import type { Marks } from "./marks.ts";
import { place, slot } from "./places.ts";

type Settle = (value: unknown) => void;

const nothing: Effect = () => undefined;

interface Capability {
  readonly promise: Promise<unknown>;
  readonly resolve: Settle;
  readonly reject: Settle;
  /** Its number, for what is kept beside the promise itself. */
  readonly number: number;
}

/** A promise whose functions tell whether they decided it or came too late. */
function capability(m: Marks): Capability {
  const number = m.recorder.number();
  let settled = false;
  const telling = (settle: Settle): Settle => {
    // Without a name, as the engine's own.
    const [tell] = [
      (value: unknown) => {
        if (settled) m.recorder.read(place(number, slot.whole));
        else m.recorder.write(place(number, slot.whole));
        settled = true;
        settle(value);
      },
    ];
    m.callees.trust(tell);
    return tell;
  };
  let functions: readonly [Settle, Settle] | undefined;
  const promise = new Promise<unknown>((resolve, reject) => {
    functions = [telling(resolve), telling(reject)];
  });
  const [resolve, reject] = functions as unknown as readonly [Settle, Settle];
  return { promise, resolve, reject, number };
}

/** Takes part in a combinator: what to do with the value or the reason of each of its promises. */
type Part = (index: number) => readonly [fulfilled: Settle, rejected: Settle];

/** The common part of Promise.all and its like, as the standard has it. */
function combine(
  m: Marks,
  receiver: unknown,
  iterable: unknown,
  native: () => unknown,
  begin: (done: Capability, count: Counter) => Part,
): unknown {
  if (receiver !== Promise) {
    m.recorder.unknown("a combinator of another class than Promise");
    return native();
  }
  const done = capability(m);
  try {
    m.iterated(iterable);
    const count = new Counter(m, place(done.number, slot.count));
    const part = begin(done, count);
    let index = 0;
    for (const item of iterable as Iterable<unknown>) {
      const [fulfilled, rejected] = part(index++);
      count.up();
      const derived: unknown = Promise.resolve(item).then(fulfilled, rejected);
      if (isObject(derived)) m.recorder.ignore(derived);
    }
    count.loopEnded();
  } catch (error) {
    done.reject(error);
  }
  return done.promise;
}

/** How many parts are still out. The loop itself is one of them. */
class Counter {
  readonly #marks: Marks;
  readonly #place: number;
  #left = 1;
  onZero: () => void = () => undefined;

  constructor(marks: Marks, at: number) {
    this.#marks = marks;
    this.#place = at;
  }

  up(): void {
    this.#left++;
  }

  down(): void {
    this.#left--;
    this.#marks.recorder.countDown(this.#place, this.#left);
    if (this.#left === 0) this.onZero();
  }

  loopEnded(): void {
    if (--this.#left === 0) this.onZero();
  }
}

/** Calls what only the first of two functions may do. */
function once(): (step: Settle) => Settle {
  let called = false;
  return (step) => (value) => {
    if (called) return;
    called = true;
    step(value);
  };
}

/** The list that the combined promise resolves with, once no part is out any more. */
function resolvesWithValues(m: Marks, done: Capability, count: Counter): unknown[] {
  const values: unknown[] = [];
  count.onZero = () => {
    done.resolve(m.made(values));
  };
  return values;
}

function all(m: Marks, receiver: unknown, [iterable]: readonly unknown[]): unknown {
  return combine(
    m,
    receiver,
    iterable,
    () => Promise.all(iterable as []),
    (done, count) => {
      const values = resolvesWithValues(m, done, count);
      return (index) => {
        values.push(undefined);
        return [
          once()((value) => {
            values[index] = value;
            count.down();
          }),
          done.reject,
        ];
      };
    },
  );
}

function allSettled(m: Marks, receiver: unknown, [iterable]: readonly unknown[]): unknown {
  return combine(
    m,
    receiver,
    iterable,
    () => Promise.allSettled(iterable as []),
    (done, count) => {
      const values = resolvesWithValues(m, done, count);
      return (index) => {
        values.push(undefined);
        const first = once();
        const settle = (entry: (value: unknown) => object): Settle =>
          first((value) => {
            values[index] = m.made(entry(value));
            count.down();
          });
        return [
          settle((value) => ({ status: "fulfilled", value })),
          settle((reason) => ({ status: "rejected", reason })),
        ];
      };
    },
  );
}

function any(m: Marks, receiver: unknown, [iterable]: readonly unknown[]): unknown {
  return combine(
    m,
    receiver,
    iterable,
    () => Promise.any(iterable as []),
    (done, count) => {
      const errors: unknown[] = [];
      count.onZero = () => {
        done.reject(m.made(new AggregateError(errors, "All promises were rejected")));
      };
      return (index) => {
        errors.push(undefined);
        return [
          done.resolve,
          once()((reason) => {
            errors[index] = reason;
            count.down();
          }),
        ];
      };
    },
  );
}

function race(m: Marks, receiver: unknown, [iterable]: readonly unknown[]): unknown {
  return combine(
    m,
    receiver,
    iterable,
    () => Promise.race(iterable as []),
    (done) => () => [done.resolve, done.reject],
  );
}

export function addPromiseEffects(callees: Callees): void {
  for (const [name, instead] of Object.entries({ all, allSettled, any, race })) {
    callees.add(Reflect.get(Promise, name), { effect: nothing, takes: true, instead });
  }
  callees.add(Reflect.get(Promise, "withResolvers"), {
    effect: nothing,
    fresh: true,
    instead: (m) => {
      const { promise, resolve, reject } = capability(m);
      return { promise, resolve, reject };
    },
  });
  callees.add(Promise, {
    effect: nothing,
    constructs: (m, [executor]) => {
      if (typeof executor !== "function") return Reflect.construct(Promise, [executor]) as object;
      const { promise, resolve, reject } = capability(m);
      try {
        (executor as (resolve: Settle, reject: Settle) => unknown)(resolve, reject);
      } catch (error) {
        reject(error);
      }
      return promise;
    },
  });
  for (const name of ["resolve", "reject", "try"]) callees.add(Reflect.get(Promise, name), { effect: nothing });
  for (const name of ["then", "catch", "finally"])
    callees.add(Reflect.get(Promise.prototype, name), { effect: nothing });
}
