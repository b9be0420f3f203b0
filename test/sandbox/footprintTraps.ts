/**
 * Programs in which something flows from one turn to another without a plain read or write in sight. `work(name)` takes
 * from 0 to 100 ms. Each says which of its events the order matters for, or that it matters for none.
 */
export interface Trap {
  readonly about: string;
  /** Body of `run(t, work)`. */
  readonly run: string;
  /** Two events whose footprints must conflict, by the names of their work. */
  readonly conflict?: readonly [string, string];
  /** Two events whose footprints must not conflict. */
  readonly commute?: readonly [string, string];
  /** Further test options, as source. */
  readonly options?: string;
}

export const traps: readonly Trap[] = [
  {
    about: "a race that is looked at later: no code of the exercise runs in the turns that decide it",
    run: `const first = Promise.race([work("a"), work("b")]); await work("c"); return await first;`,
    conflict: ["a", "b"],
  },
  {
    about: "a race between async functions",
    run: `const one = async (name) => name + await work(name);
      const first = Promise.race([one("a"), one("b")]); await work("c"); return await first;`,
    conflict: ["a", "b"],
  },
  {
    about: "Promise.any: the first that fulfils",
    run: `const first = Promise.any([work("a"), work("b")]); await work("c"); return await first;`,
    conflict: ["a", "b"],
  },
  {
    about: "Promise.any: rejections only count",
    run: `const failing = (name) => work(name).then(() => { throw name; });
      const first = Promise.any([failing("a"), failing("b"), failing("c")]); return await first.catch(({ errors }) => errors);`,
    commute: ["a", "b"],
  },
  {
    about: "Promise.all that fails: the first reason wins",
    run: `const failing = (name) => work(name).then(() => { throw name; });
      const all = Promise.all([failing("a"), failing("b")]); all.catch(() => {}); await work("c"); return await all.catch((reason) => reason);`,
    conflict: ["a", "b"],
  },
  {
    about: "Promise.all of parts that do nothing else",
    run: `return await Promise.all([work("a"), work("b"), work("c")]);`,
    commute: ["a", "b"],
  },
  {
    about: "what comes after the last part, and what a part's own turn does after it",
    run: `let x = 0; const a = work("a"); void a.then(() => null).then(() => null).then(() => null).then(() => null).then(() => { x = 1; });
      await Promise.all([a, work("b")]); return x;`,
    conflict: ["a", "b"],
  },
  {
    about: "two parts at once",
    run: `let x = 0; const a = work("a"), b = work("b"); const late = (p) => p.then(() => null).then(() => null).then(() => null).then(() => null).then(() => { x++; });
      void late(a); await Promise.all([a, a, b, b]); return x;`,
    conflict: ["a", "b"],
  },
  {
    about: "one promise, resolved by two",
    run: `let settle; const first = new Promise((resolve) => { settle = resolve; });
      work("a").then(() => settle("a")); work("b").then(() => settle("b")); await work("c"); return await first;`,
    conflict: ["a", "b"],
  },
  {
    about: "resolve functions handed straight to then",
    run: `const { promise, resolve } = Promise.withResolvers(); void work("a").then(resolve); void work("b").then(resolve);
      await work("c"); return await promise;`,
    conflict: ["a", "b"],
  },
  {
    about: "a promise that is locked to another one",
    run: `const gate = Promise.withResolvers(), { promise, resolve } = Promise.withResolvers();
      void work("a").then(() => resolve(gate.promise)); void work("b").then(() => resolve("b"));
      await work("c"); gate.resolve("gate"); return await promise;`,
    conflict: ["a", "b"],
  },
  {
    about: "who waits first for a promise goes on first",
    run: `const gate = Promise.withResolvers(), log = [];
      const wait = async (name) => { await work(name); await gate.promise; log.push(name); };
      const all = Promise.all([wait("a"), wait("b")]); await work("c"); gate.resolve(); await all; return log;`,
    conflict: ["a", "b"],
  },
  {
    about: "waiting for what has settled",
    run: `const done = Promise.resolve(1), slots = [];
      const wait = async (name, index) => { await work(name); slots[index] = await done; };
      await Promise.all([wait("a", 0), wait("b", 1)]); await work("c"); return slots;`,
    commute: ["a", "b"],
  },
  {
    about: "a thenable calls back later",
    run: `const box = { then(resolve) { void work("a").then(resolve); void work("b").then(() => resolve("b")); } };
      const value = (async () => await box)(); await work("c"); return await value;`,
    conflict: ["a", "b"],
  },
  {
    about: "an async generator in two hands",
    run: `async function* make() { for (let i = 0; i < 4; i++) { await work("g" + i); yield i; } }
      const stream = make(), take = async (name) => { await work(name); return (await stream.next()).value; };
      return await Promise.all([take("a"), take("b")]);`,
    conflict: ["a", "b"],
  },
  {
    about: "for await over one stream in two loops",
    run: `async function* make() { yield 1; yield 2; yield 3; yield 4; }
      const stream = make(), take = async (name) => { await work(name); for await (const item of stream) return item; };
      return await Promise.all([take("a"), take("b")]);`,
    conflict: ["a", "b"],
  },
  {
    about: "a generator resumed by two",
    run: `function* count() { let n = 0; for (;;) yield n++; } const ids = count();
      const take = async (name) => { await work(name); return ids.next().value; };
      return await Promise.all([take("a"), take("b")]);`,
    conflict: ["a", "b"],
  },
  {
    about: "a generator that goes on with another",
    run: `function* count() { let n = 0; for (;;) yield n++; } const ids = count();
      function* outer() { yield* ids; } const own = outer();
      const a = (async () => { await work("a"); return own.next().value; })(), b = (async () => { await work("b"); return ids.next().value; })();
      return await Promise.all([a, b]);`,
    conflict: ["a", "b"],
  },
  {
    about: "a loop that stands still in a list which grows",
    run: `const list = [1, 2]; let seen = 0;
      const loop = (async () => { for (const item of list) { seen += item; await work("a"); } })();
      void work("b").then(() => { list.push(10); }); await loop; return seen;`,
    conflict: ["a", "b"],
  },
  {
    about: "a loop that stands still in a Map",
    run: `const map = new Map([[1, 1], [2, 2]]); let seen = 0;
      const loop = (async () => { for (const [key, value] of map) { seen += key * value; await work("a"); } })();
      void work("b").then(() => { map.delete(2); }); await loop; return seen;`,
    conflict: ["a", "b"],
  },
  {
    about: "an iterator of a list, kept",
    run: `const list = [1], it = list.values(); void work("a").then(() => { list.push(2); });
      const taken = work("b").then(() => [...it].length); await work("c"); return await taken;`,
    conflict: ["a", "b"],
  },
  {
    about: "a constant that is not there yet",
    run: `let seen = "none"; const look = () => { try { return late; } catch { return "too early"; } };
      void work("a").then(() => { seen = look(); }); await work("b"); const late = 7; await work("c"); return seen + late;`,
    conflict: ["a", "b"],
  },
  {
    about: "a variable of each turn of a loop",
    run: `const slots = []; const jobs = []; for (let i = 0; i < 2; i++) jobs.push(async () => { await work("ab"[i]); slots[i] = i; });
      await Promise.all(jobs.map((job) => job())); await work("c"); return slots;`,
    commute: ["a", "b"],
  },
  {
    about: "a var of a loop",
    run: `const out = []; for (var i = 0; i < 2; i++) { var name = "ab"[i]; void work(name).then(() => { out.push(name + i); name += "x"; }); }
      await work("c"); await work("d"); return out;`,
    conflict: ["a", "b"],
  },
  {
    about: "a parameter that is a pattern reads what is shared",
    run: `const shared = { n: 0 }; const use = ({ n }) => n; let got;
      void work("a").then(() => { shared.n = 5; }); void work("b").then(() => { got = use(shared); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a pattern in a loop reads what is shared",
    run: `const items = [{ n: 1 }, { n: 2 }]; let got = 0;
      void work("a").then(() => { items[1].n = 5; }); void work("b").then(() => { for (const { n } of items) got += n; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "nested patterns with defaults",
    run: `const shared = { n: 1 }; let got; const take = ({ deep: { n } = shared } = {}) => n;
      void work("a").then(() => { shared.n = 5; }); void work("b").then(() => { got = take(); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "text of a list",
    run: `const list = [1]; let got; void work("a").then(() => { list[0] = 5; }); void work("b").then(() => { got = \`\${list}\`; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "comparing and adding objects",
    run: `const box = { n: 1, valueOf() { return this.n; } }; let got; void work("a").then(() => { box.n = 5; }); void work("b").then(() => { got = box + 1; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "JSON of something deep",
    run: `const deep = { a: { b: [{ c: 1 }] } }; const leaf = deep.a.b[0]; let got;
      void work("a").then(() => { leaf.c = 5; }); void work("b").then(() => { got = JSON.stringify(deep); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "keys in the order in which they were made",
    run: `const bag = {}; void work("a").then(() => { bag.a = 1; }); void work("b").then(() => { bag.b = 1; }); await work("c"); await work("d"); return Object.keys(bag);`,
    conflict: ["a", "b"],
  },
  {
    about: "the length of a list of which slots are filled",
    run: `const list = []; void work("a").then(() => { list[0] = 1; }); let got; void work("b").then(() => { got = list.length; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a missing property",
    run: `const bag = {}; let got; void work("a").then(() => { bag.x = 1; }); void work("b").then(() => { got = "x" in bag; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a method of a list, bound and handed over",
    run: `const list = []; void work("a").then(list.push.bind(list)); void work("b").then(list.push.bind(list)); await work("c"); await work("d"); return list;`,
    conflict: ["a", "b"],
  },
  {
    about: "a method of the engine as a callback",
    run: `const list = []; void work("a").then(() => ["a"].forEach(list.push, list)); void work("b").then(() => ["b"].forEach(list.push, list)); await work("c"); return list;`,
    conflict: ["a", "b"],
  },
  {
    about: "Function.prototype.call and apply, Reflect.apply",
    run: `const list = []; void work("a").then(() => { Array.prototype.push.call(list, 1); }); void work("b").then(() => { Reflect.apply(list.push, list, [2]); }); await work("c"); return list.join();`,
    conflict: ["a", "b"],
  },
  {
    about: "a proxy",
    run: `const target = { n: 0 }, proxy = new Proxy(target, {}); let got; void work("a").then(() => { proxy.n = 5; }); void work("b").then(() => { got = target.n; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a subclass of Promise",
    run: `class Mine extends Promise {} let settle; const first = new Mine((resolve) => { settle = resolve; });
      void work("a").then(() => settle("a")); void work("b").then(() => settle("b")); await work("c"); return await first;`,
    conflict: ["a", "b"],
  },
  {
    about: "private names and a class that counts",
    run: `class Count { static made = 0; #n = 0; add() { this.#n = this.#n * 2 + 1; Count.made += this.#n; return this; } get n() { return this.#n; } }
      const count = new Count(); void work("a").then(() => count.add()); let got; void work("b").then(() => { got = count.n; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "objects of one class apart",
    run: `class Box { #n = 0; add(n) { this.#n += n; return this.#n; } } const one = new Box(), two = new Box();
      void work("a").then(() => { one.add(1); }); void work("b").then(() => { two.add(2); }); await work("c"); await work("d"); return [one.add(0), two.add(0)];`,
    commute: ["a", "b"],
  },
  {
    about: "a function that carries a property",
    run: `const f = () => f.n; f.n = 0; let got; void work("a").then(() => { f.n = 5; }); void work("b").then(() => { got = f(); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a pattern for regular expressions remembers where it was",
    run: `const pattern = /x/g; let got; void work("a").then(() => { pattern.test("x"); }); void work("b").then(() => { got = pattern.test("x"); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a Date that is changed",
    run: `const date = new Date(0); let got; void work("a").then(() => { date.setTime(5); }); void work("b").then(() => { got = date.getTime(); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "two views of one buffer",
    run: `const bytes = new Uint8Array(2), view = new DataView(bytes.buffer); let got; void work("a").then(() => { bytes[0] = 5; }); void work("b").then(() => { got = view.getUint8(0); }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "timers that are due together fire in the order in which they were armed",
    run: `const log = []; const arm = (name) => work(name).then(() => { setTimeout(() => log.push(name), 500); }); void arm("a"); void arm("b");
      await work("c"); await t.sleep(700); return log;`,
    conflict: ["a", "b"],
  },
  {
    about: "a timer cleared by another turn",
    run: `let fired = false; const timer = setTimeout(() => { fired = true; }, 0); void work("a").then(() => { clearTimeout(timer); }); await work("b"); return fired;`,
    conflict: ["a", "setTimeout 0 ms fires"],
  },
  {
    about: "when work ended, looked at afterwards",
    run: `const late = t.work({ label: "a", latency: [10, 50], answer: () => "a" }); void t.work({ label: "b", latency: [20, 50], answer: () => "b" });
      await late; await work("c"); return t.works.map(({ endedAt }) => endedAt);`,
    conflict: ["a", "b"],
  },
  {
    about: "how many ran at one time",
    run: `void work("a"); void work("b").then(() => { void work("d"); void work("e"); }); await work("c"); await t.sleep(200); return t.peak("work");`,
    conflict: ["a", "b"],
  },
  {
    about: "which work was begun first",
    run: `void work("a").then(() => work("a2")); void work("b").then(() => work("b2")); await t.sleep(300); return t.works.map(({ label }) => label);`,
    conflict: ["a", "b"],
  },
  {
    about: "an abort and what asks for it",
    run: `const controller = new AbortController(); let got; void work("a").then(() => controller.abort()); void work("b").then(() => { got = controller.signal.aborted; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "a signal that follows another",
    run: `const controller = new AbortController(), any = AbortSignal.any([controller.signal]); let got; void work("a").then(() => controller.abort()); void work("b").then(() => { got = any.aborted; }); await work("c"); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "listeners are told in the order in which they came, and leave in any",
    run: `const controller = new AbortController(), { signal } = controller, log = []; const listen = (name) => work(name).then(() => signal.addEventListener("abort", () => log.push(name)));
      void listen("a"); void listen("b"); await t.sleep(200); controller.abort(); return log;`,
    conflict: ["a", "b"],
  },
  {
    about: "removing two listeners",
    run: `const controller = new AbortController(), { signal } = controller; const f = () => {}, g = () => {}; signal.addEventListener("abort", f); signal.addEventListener("abort", g);
      void work("a").then(() => signal.removeEventListener("abort", f)); void work("b").then(() => signal.removeEventListener("abort", g)); await t.sleep(200); return t.listeners(signal);`,
    commute: ["a", "b"],
  },
  {
    about: "work that an abort ends",
    run: `const controller = new AbortController(), { signal } = controller; const one = t.work({ label: "a", latency: [0, 100], signal, answer: () => "a" }).catch(() => "stopped");
      void work("b").then(() => controller.abort()); await work("c"); return await one;`,
    conflict: ["a", "b"],
  },
  {
    about: "a body that is read, or let go by an abort",
    run: `t.route("https://a.example/", { latency: 0, bodyLatency: [0, 50], body: "text" }); const controller = new AbortController();
      const answer = await fetch("https://a.example/", { signal: controller.signal }); let got;
      void work("a").then(() => controller.abort()); void work("b").then(async () => { got = await answer.text().catch(() => "gone"); }); await work("c"); await t.sleep(200); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "fetches apart",
    run: `for (const name of "ab") t.route("https://" + name + ".example/", { latency: [0, 50], body: name });
      const load = async (name) => (await fetch("https://" + name + ".example/")).text(); const slots = [];
      const all = Promise.all(["a", "b"].map(async (name, index) => { slots[index] = await load(name); })); await work("c"); await all; return slots;`,
    commute: ["fetch https://a.example/", "fetch https://b.example/"],
  },
  {
    about: "options that the world keeps",
    run: `const latency = [0, 0]; const route = { latency, body: "x" }; t.route("https://a.example/", route); let at;
      void work("a").then(() => { latency[0] = latency[1] = 70; }); void work("b").then(async () => { const from = t.now; await fetch("https://a.example/"); at = t.now - from; }); await t.sleep(200); return at;`,
    conflict: ["a", "b"],
  },
  {
    about: "a call that is watched",
    run: `const call = t.call("inner", () => work("a")); let got; void work("b").then(() => { got = call.pending; }); await t.sleep(200); return got;`,
    conflict: ["a", "b"],
  },
  {
    about: "random numbers",
    run: `let one, two; void work("a").then(() => { one = Math.random(); }); void work("b").then(() => { two = Math.random(); }); await work("c"); await work("d"); return [one, two];`,
    conflict: ["a", "b"],
  },
  {
    about: "numbers of timers",
    run: `let one, two; void work("a").then(() => { one = setTimeout(() => {}, 10); }); void work("b").then(() => { two = setTimeout(() => {}, 20); }); await t.sleep(200); return [one, two];`,
    conflict: ["a", "b"],
  },
  {
    about: "a count of what is left, kept by hand",
    run: `let left = 2; const { promise, resolve } = Promise.withResolvers(); const log = [];
      for (const name of "ab") void work(name).then(() => { log[name === "a" ? 0 : 1] = left; if (--left === 0) resolve(); }); await promise; return log;`,
    conflict: ["a", "b"],
  },
  {
    about: "a lock, made of a chain of promises",
    run: `let tail = Promise.resolve(); const log = []; const lock = (body) => { const mine = tail.then(body); tail = mine; return mine; };
      const use = async (name) => { await work(name); await lock(async () => { log.push(name); }); }; await Promise.all([use("a"), use("b")]); return log;`,
    conflict: ["a", "b"],
  },
  {
    about: "an abort everywhere, and what it meets",
    run: `const slots = []; try { await Promise.all(["a", "b"].map(async (name, index) => { slots[index] = await t.work({ label: name, latency: [0, 50], signal: t.signal, answer: () => name }); })); } catch { return "stopped " + slots; } return slots;`,
    commute: ["a", "b"],
    options: 'cancel: "everywhere",',
  },
];
