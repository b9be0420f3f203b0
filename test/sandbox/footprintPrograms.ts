/** Programs for the tests of footprints, made by chance: tasks that wait, and share things with one another. */
import { Random } from "../../src/base/random.ts";

/** Makes one program: an exercise and the body of its test. Their names are unique, so that runs can be compared. */
export function makeProgram(seed: number): {
  readonly exercise: string;
  readonly body: string;
  readonly options: string;
} {
  return new Writer(seed).program();
}

const latencies = ["[0, 100]", "[0, 100]", "[10, 50]", "10", "20", "[5, 5]", "0"];

class Writer {
  readonly #random: Random;
  #labels = 0;
  #names = 0;
  /** Whether an abort may strike anywhere. */
  readonly #struck: boolean;
  /** Kinds of statements that this program is made of: few, so that things meet. */
  readonly #kinds: readonly (() => string)[];

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#struck = this.#random.below(5) === 0;
    const all = this.#statements();
    this.#kinds = Array.from({ length: 2 + this.#random.below(5) }, () => this.#pick(all));
  }

  #pick<T>(from: readonly T[]): T {
    const item = from[this.#random.below(from.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  #work(): string {
    const label = `w${String(this.#labels++)}`;
    const signal = this.#random.below(5) === 0 ? ", signal" : "";
    return `work("${label}", ${this.#pick(latencies)}${signal})`;
  }

  #slot(): string {
    return String(this.#random.below(3));
  }

  #name(): string {
    return `v${String(this.#names++)}`;
  }

  #statements(): (() => string)[] {
    return [...this.#sharing(), ...this.#waiting(), ...this.#platform()];
  }

  #sharing(): (() => string)[] {
    const s = (): string => this.#slot();
    return [
      () => `n = n * 2 + 1;`,
      () => `n++;`,
      () => `got += n;`,
      () => `list.push(me);`,
      () => `got += list.length;`,
      () => `got += list.join();`,
      () => `slots[${s()}] = me;`,
      () => `got += String(slots[${s()}]);`,
      () => `got += slots.length;`,
      () => `map.set("k${s()}", me);`,
      () => `got += String(map.get("k${s()}"));`,
      () => `got += [...map.keys()].join();`,
      () => `map.delete("k${s()}");`,
      () => `set.add(me); got += set.size;`,
      () => `bag["k${s()}"] = me;`,
      () => `got += Object.keys(bag).join();`,
      () => `got += String(bag.k${s()});`,
      () => `delete bag.k${s()};`,
      () => `box.add(1);`,
      () => `got += box.value;`,
      () => `got += JSON.stringify({ slots, bag });`,
      () => `for (const item of list) got += item;`,
      () => `({ k0: got2 = "-" } = bag); got += got2;`,
      () => `[slots[0], slots[1]] = [slots[1], slots[0]];`,
      () => `got += counter.next().value;`,
      () => `bag.k1 ??= me;`,
      () => `got += (bag?.k2?.length ?? 0);`,
      () => `got += \`\${list}\`;`,
      () => `Object.assign(bag, { k1: me });`,
    ];
  }

  #waiting(): (() => string)[] {
    const name = (): string => this.#name();
    return [
      () => `got += await ${this.#work()};`,
      () => `slots[${this.#slot()}] = await ${this.#work()};`,
      () => `list.push(await ${this.#work()});`,
      () => `n += (await ${this.#work()}).length;`,
      () => `got += await Promise.race([${this.#work()}, ${this.#work()}]);`,
      () => `got += await Promise.any([${this.#work()}, ${this.#work()}]);`,
      () => `got += (await Promise.all([${this.#work()}, ${this.#work()}])).join();`,
      () => `got += JSON.stringify(await Promise.allSettled([${this.#work()}, fails("f${String(this.#labels++)}")]));`,
      () => {
        const late = name();
        return `const ${late} = Promise.race([${this.#work()}, ${this.#work()}]); await ${this.#work()}; got += await ${late};`;
      },
      () => {
        const late = name();
        return `const ${late} = ${this.#work()}; void ${late}.then(() => { n += 5; }); await ${this.#work()}; got += await ${late};`;
      },
      () => `gates[${this.#slot()}].resolve(me);`,
      () => `got += await Promise.race([gates[${this.#slot()}].promise, ${this.#work()}]);`,
      () => `got += await once();`,
      () => `try { got += await perhaps("p${String(this.#labels++)}"); } catch (error) { got += error.message; }`,
      () => `void perhaps("p${String(this.#labels++)}").catch(() => { list.push("no"); });`,
      () => `try { got += await fails("f${String(this.#labels++)}"); } catch (error) { got += error.message; }`,
      () => `for await (const item of stream) { got += item; break; }`,
      () => `void stream.next().then(({ value }) => { list.push(value); });`,
      () => `for (const item of list) { got += item; await ${this.#work()}; if (got.length > 40) break; }`,
      () => `void ${this.#work()}.then((value) => { slots[${this.#slot()}] = value; }).finally(() => { n++; });`,
      () => `await { then(resolve) { ${this.#work()}.then(resolve); } };`,
      () => `await Promise.resolve().then(() => null); n += 2;`,
      () => `queueMicrotask(() => { list.push("m" + me); });`,
      () => `await lock(async () => { got += n; await ${this.#work()}; n++; });`,
    ];
  }

  #platform(): (() => string)[] {
    const ms = (): string => String(this.#pick([0, 5, 10, 10, 30]));
    return [
      () => `setTimeout(() => { n += 3; }, ${ms()});`,
      () => `await new Promise((resolve) => setTimeout(resolve, ${ms()}));`,
      () =>
        `{ const timer = setTimeout(() => { list.push("t" + me); }, ${ms()}); await ${this.#work()}; clearTimeout(timer); }`,
      () => `got += Date.now() % 1000;`,
      () => `got += performance.now();`,
      () => `got += Math.floor(Math.random() * 100);`,
      () => `controller.abort(new Error("stop " + me));`,
      () => `got += signal.aborted;`,
      () => `signal.addEventListener("abort", () => { list.push("a" + me); });`,
      () => `target.addEventListener("go", () => { list.push("g" + me); });`,
      () => `target.dispatchEvent(new Event("go"));`,
      () => `{ const any = AbortSignal.any([signal]); await ${this.#work()}; got += any.aborted; }`,
      () => `await t.sleep(${ms()});`,
      () => `got += t.works.length;`,
      () => `got += t.peak("work");`,
      () => `got += t.armedTimers();`,
      () => `got += t.works.map(({ endedAt }) => endedAt).join();`,
      () => `got += t.now;`,
      () =>
        `{ const call = t.call("inner", () => ${this.#work()}); await ${this.#work()}; got += call.pending; got += (await call).status; }`,
      () => `t.after(${ms()}, () => { n += 7; });`,
    ];
  }

  #task(): string {
    const steps = 1 + this.#random.below(3);
    const lines: string[] = [];
    for (let step = 0; step < steps; step++) {
      lines.push(this.#random.below(2) === 0 ? `await ${this.#work()};` : `got += await ${this.#work()};`);
      for (let index = this.#random.below(3); index >= 0; index--) lines.push(this.#pick(this.#kinds)());
    }
    return lines.map((line) => `    ${line}`).join("\n");
  }

  program(): { readonly exercise: string; readonly body: string; readonly options: string } {
    const tasks = Array.from({ length: 2 + this.#random.below(2) }, (_, index) => {
      return `async () => {\n    const me = "${"abc"[index] ?? "x"}"; let got = me, got2 = "";\n${this.#task()}\n    return got;\n  }`;
    });
    const join = this.#pick(["all", "allSettled", "allSettled"]);
    const signal = this.#struck ? "const { signal } = t;" : "const { signal } = controller;";
    const exercise = `${prelude.replace("SIGNAL", signal)}
  const tasks = [${tasks.join(", ")}];
  return await Promise.${join}(tasks.map((task) => task()));
  } finally { report(() => JSON.stringify([n, list, slots, [...map], [...set], bag, box.value, signal.aborted])); }
}`;
    const cancel = this.#struck ? 'cancel: "everywhere", ' : "";
    return { exercise, body, options: `${cancel}oracle: { except: ["L1", "L2", "L3", "L4", "L5", "L6", "L7"] }` };
  }
}

const prelude = `export async function run(t, work, fails, perhaps, report) {
  let n = 0, shared, tail = Promise.resolve();
  const list = [], slots = [], map = new Map(), set = new Set(), bag = {};
  const gates = [0, 1, 2].map(() => Promise.withResolvers());
  const controller = new AbortController(), target = new EventTarget();
  SIGNAL
  class Box { #value = 0; add(more) { this.#value += more; } get value() { return this.#value; } }
  const box = new Box();
  function* count() { for (let index = 0; ; index++) yield index; }
  const counter = count();
  async function* produce() { for (let index = 0; index < 4; index++) yield await work("s" + index, [0, 50]); }
  const stream = produce();
  const once = () => shared ??= work("once", [0, 30]);
  const lock = (body) => { const result = tail.then(body); tail = result.catch(() => undefined); return result; };
  try {`;

const body = `
  let tell = () => "";
  const work = (label, latency, signal) => t.work({ label, latency, signal, answer: () => label });
  const fails = (label) => t.work({ label, latency: [0, 40], answer: () => { throw new Error(label); } });
  const perhaps = (label) => t.work({ label, latency: [0, 60], answer: () => label, mayFailWith: new Error("no " + label) });
  const call = t.call("run", () => run(t, work, fails, perhaps, (state) => { tell = state; }), { signal: t.signal });
  await t.sleep(400);
  const { settled } = call;
  console.log(settled === undefined ? "pending" : settled.status === "fulfilled" ? JSON.stringify(settled.value) : String(settled.reason));
  console.log(tell());
`;
