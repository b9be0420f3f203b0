/** Bodies of `async function run(log)`, each full of one thing that marks must leave as it is. */
export const snippets: Readonly<Record<string, string>> = {
  "the order of evaluation in calls": `
    const o = { get f() { log("get f"); return function (...a) { log(this === o); return a; }; } };
    const make = () => { log("object"); return o; };
    log(make().f(log("one"), log("two")));
    log(make()["f"](log("x")));
    log((0, o.f)(1));`,
  "the order of evaluation in assignments": `
    const o = { set x(v) { log("set " + v); }, get x() { log("get"); return 5; } };
    const at = () => { log("at"); return o; };
    at().x = log(1); at()[(log("key"), "x")] += log(2); at().x++; --at().x; at().x ||= log("never"); at().x &&= log("and"); at().x ??= log("never");
    let y = 1; y += log(y = 5); log(y); y **= 2; log(y);`,
  "a call of something that is nothing": `
    try { null.f(log("not evaluated")); } catch (e) { log(e.constructor.name); }
    const empty = {}; try { empty.f(log("evaluated")); } catch (e) { log(e.message); }
    try { undefined.x = log("evaluated too"); } catch (e) { log(e.constructor.name); }
    const g = 5; try { g(log("args")); } catch (e) { log(e.message); }
    try { new g(); } catch (e) { log(e.constructor.name); }`,
  "optional chains": `
    const o = { a: { f() { return this.n; }, n: 7, list: [1, [2]] }, nothing: null };
    log(o?.a?.f()); log(o.b?.c.d.e(log("never"))); log(o.nothing?.[log("never")]); log(o.a.f?.()); log(o.a.g?.(log("never")));
    log(o.a?.["list"]?.[1]?.[0]); log((o.b?.c) === undefined); log(o?.a!.n); log(o.a?.list.map((x) => x)?.length);
    const f = undefined; log(f?.(1)); log([1]?.at?.(0)); try { (o.b?.c).d; } catch (e) { log(e.constructor.name); }`,
  destructuring: `
    const o = { a: 1, b: { c: [2, 3] }, get g() { log("get g"); return 4; } };
    const { a, b: { c: [first, second = 9, third = log("default")] }, g, z = log("z"), ...rest } = o;
    log([a, first, second, third, g, z, Object.keys(rest)]);
    const f = ({ a, b: { c } = { c: 1 } } = {}, [x, ...more] = [1, 2, 3], { length } = "four") => [a, c, x, more, length];
    log(f()); log(f({ a: 5, b: { c: 6 } }, new Set([7, 8]))); log(f.length); log(f.name);
    let p, q; ({ a: p, z: q = 3 } = o); [p, q] = [q, p]; log([p, q]); const l = [1, 2, 3]; [l[0], l[2]] = [l[2], l[0]]; log(l);
    for (const { k, v } of [{ k: 1, v: 2 }]) log([k, v]); for (const [k, v] of new Map([[3, 4]])) log([k, v]);
    try { const { x } = null; } catch (e) { log(e.constructor.name); }`,
  "closures in loops": `
    const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); log(fs.map((f) => f()));
    const gs = []; for (let i = 0; i < 3; i++) { gs.push(() => i); i += 0.5; } log(gs.map((f) => f()));
    const hs = []; for (const x of [1, 2]) hs.push(() => x); log(hs.map((f) => f())); var vs = []; for (var v = 0; v < 2; v++) vs.push(() => v); log(vs.map((f) => f()));
    const ks = []; for (const k in { a: 1, b: 2 }) ks.push(() => k); log(ks.map((f) => f()));
    let n = 0; const up = () => { n++; ++n; n--; return n += 2; }; log([up(), up(), n]);`,
  "labels, switch and comma": `
    outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; log([i, j]); } }
    const pick = (x) => { switch (x) { case log("case") && 1: return "one"; case 2: { let y = x; return (() => y++, y); } default: return "other"; } };
    log([pick(1), pick(2), pick(3)]); let a = (log("left"), log("right")); log(a);`,
  classes: `
    class A { static count = 0; static #secret = 1; #x = 1; y = this.#x + 1; static { log("static " + this.name); }
      constructor(z) { this.z = z; A.count++; } get x() { return this.#x; } set x(v) { this.#x = v; } #hidden(a) { return this.#x + a; }
      call(a) { return this.#hidden(a); } static peek(o) { return #x in o; } static secret() { return A.#secret++ + A.#secret; } ["computed" + 1]() { return "c"; }
      bump() { this.#x += 2; this.#x++; ++this.#x; this.#x ||= 9; this.#x &&= this.#x * 2; return this.#x; } }
    class B extends A { z2 = log("field"); constructor() { log("before"); super(log(3)); log(this.z); } call(a) { return super.call(a) * 2; } get x() { return super.x + 100; } }
    const b = new B(); log([b.y, b.call(1), b.x, A.count, A.peek(b), A.peek({}), A.secret(), b.computed1(), b.bump(), b instanceof A, B.name, Object.keys(b)]);
    class E extends Error { name = "E"; constructor(m, options) { super(m, options); } } const e = new E("m", { cause: 1 }); log([e.message, e.cause, String(e), e instanceof Error]);
    class M extends Map { get(k) { return super.get(k) ?? "none"; } } log([...new M([[1, 2]])]); log(new M().get(1));
    const C = class { static n = C2(); }; function C2() { return 4; } log([C.name, C.n]); class D { static f = () => this === D; } log(D.f()); try { A(); } catch (error) { log(error.constructor.name); }`,
  "names and lengths": `
    const f = () => {}, o = { g() {}, h: () => {}, ["k" + 1]: () => {}, get p() { return 1; } }; let later; later = () => {}; const again = () => later;
    log([f.name, o.g.name, o.h.name, o.k1.name, later.name, again().name, Object.getOwnPropertyDescriptor(o, "p").get.name]);
    function d(a, b = 1, ...c) { return c; } log([d.length, d(1, 2, 3, 4), ((a, b) => 0).length, (({ a }, b) => 0).length, (async (x) => x).length]);
    let { anon = () => {} } = {}; log(anon.name);`,
  "this and arguments": `
    function f() { return [typeof this, arguments.length, arguments[1]]; } log(f(1, 2)); log(f.call("x", 3)); log(f.apply(null, [4, 5, 6])); log(f.bind(7, 8)(9));
    const o = { n: 1, f() { return () => this.n; }, async g() { await null; return this.n; } }; log(o.f()()); log(await o.g()); log([1, 2].map(function (x) { return this.k * x; }, { k: 3 }));
    log(new.target === undefined); function F() { return new.target === F; } log(F());`,
  generators: `
    function* g(a) { log("began"); try { const x = yield a; log("got " + x); const y = yield* h(); log("h gave " + y); yield* [7, 8]; } finally { log("finally"); yield "late"; } }
    function* h() { const r = yield "inner"; log("r " + r); return "done"; }
    const it = g(1); log(it.next()); log(it.next("x")); log(it.next("y")); log(it.next()); log(it.return("end")); log(it.next()); log([...g(2)].length);
    const t = g(3); t.next(); try { t.throw(new Error("thrown")); } catch { log("threw"); } log(it[Symbol.iterator]() === it); for (const x of g(5)) { log(x); break; }
    class Tree { #items = [1, 2]; *[Symbol.iterator]() { yield* this.#items; } } log([...new Tree()]); log(Math.max(...new Tree())); log(Array.from(new Tree(), (x) => x * 2));`,
  "async generators": `
    async function* g() { try { log("began"); const x = yield 1; log("x " + x); await null; yield Promise.resolve(2); yield 3; } finally { log("finally"); } }
    const it = g(); log(await it.next()); log(await it.next("v")); log(await it.return("r")); log(await it.next());
    for await (const x of g()) { log(x); if (x === 2) break; } for await (const x of [Promise.resolve(1), 2]) log(x);
    const both = g(); log(await Promise.all([both.next(), both.next(), both.next(), both.next()]));
    async function* bad() { yield 1; throw new Error("bad"); } try { for await (const x of bad()) log(x); } catch (e) { log(e.message); }
    async function* nested() { try { await Promise.reject(new Error("in")); } catch (e) { yield e.message; } } for await (const x of nested()) log(x);`,
  "loops that wait": `
    const list = [1, 2]; for (const x of list) { if (x === 1) list.push(3); await null; log(x); }
    const map = new Map([[1, "a"], [2, "b"]]); for (const [k, v] of map) { await null; map.delete(2); log([k, v]); }
    function* g() { try { yield 1; yield 2; } finally { log("closed"); } } for (const x of g()) { await null; log(x); break; }
    try { for (const x of g()) { await null; throw new Error("out"); } } catch (e) { log(e.message); }
    const own = { *[Symbol.iterator]() { yield 4; yield 5; } }; for (const x of own) { await null; log(x); } let i = 0; while (i < 2) { await null; i++; } do { await null; } while (i++ < 3); log(i);`,
  promises: `
    const wait = (v, n) => { let p = Promise.resolve(v); for (let k = 0; k < n; k++) p = p.then((x) => x); return p; };
    log(await Promise.all([wait(1, 3), 2, wait(3, 1)])); log(await Promise.race([wait(1, 3), wait(2, 1)])); log(await Promise.any([Promise.reject(1), wait(2, 2)]));
    log(await Promise.allSettled([Promise.reject(1), wait(2, 2)])); log(await Promise.all([])); log(await Promise.all(new Set([wait(1, 1)])));
    try { await Promise.any([Promise.reject(1), Promise.reject(2)]); } catch (e) { log([e.name, e.message, e.errors]); } try { await Promise.all([wait(1, 1), Promise.reject(new Error("no"))]); } catch (e) { log(e.message); }
    try { await Promise.all(5); } catch (e) { log(e.constructor.name); } try { await Promise.race(null); } catch (e) { log(e.constructor.name); }
    const d = Promise.withResolvers(); d.resolve(1); d.resolve(2); d.reject(3); log(await d.promise); log(Object.keys(d));
    log(await new Promise((resolve, reject) => { log([resolve.length, resolve.name]); resolve(wait(5, 2)); reject(1); throw new Error("ignored"); })); try { await new Promise(() => { throw new Error("early"); }); } catch (e) { log(e.message); }
    try { new Promise(5); } catch (e) { log(e.constructor.name); } try { Promise(); } catch (e) { log(e.constructor.name); }
    log(await Promise.resolve(1).finally(() => log("f")).then((x) => x + 1)); log(await Promise.reject(1).catch((x) => x)); log(await { then(r) { log("then"); r(6); } });`,
  "microtasks, counted": `
    const order = []; const a = async () => { order.push("a1"); await null; order.push("a2"); await b(); order.push("a3"); return "a"; };
    const b = async () => { order.push("b1"); return Promise.resolve("b"); }; const c = Promise.resolve().then(() => order.push("c1")).then(() => order.push("c2")).then(() => order.push("c3")).then(() => order.push("c4")).then(() => order.push("c5"));
    const o = { async m() { try { await this.n(); } catch (e) { order.push(e.message); } finally { await null; order.push("f"); } }, async n() { await null; throw new Error("n"); } };
    await Promise.all([a(), c, o.m(), Promise.race([a(), c])]); queueMicrotask(() => order.push("q")); await null; log(order);`,
  using: `
    const make = (name) => ({ name, [Symbol.dispose]() { log("dispose " + name); }, async [Symbol.asyncDispose]() { await null; log("async " + name); } });
    { using a = make("a"), b = make("b"); log(a.name + b.name); } { await using c = make("c"); log(c.name); } for (using d of [make("d")]) log(d.name);
    try { using e = make("e"); throw new Error("body"); } catch (e) { log(e.message); } using none = null; log(none);`,
  "templates and tags": `
    const tag = (parts, ...values) => [parts.raw, values]; log(tag\`a\${1}b\\n\${{ x: 1 }}\`); log(String.raw\`a\\n\${[1, 2]}\`); log(\`\${[1, [2, 3]]} \${{ toString: () => "own" }} \${null}\`);
    log("" + [1, 2]); log([2] * 3); log({ valueOf: () => 4 } + 1); log([] + {}); log(new Date(0) - 5); log("b" > "a"); log([1] == 1); log(null == undefined); log(-"3"); log(+[5]); log(~"1"); log("a" in { a: 1 });`,
  "literals, spreads and getters": `
    const inner = { get now() { log("getter"); return 1; } }; const o = { ...inner, ...null, ..."ab", a: 1, "b-c": 2, 3: 4, [Symbol.toStringTag]: "T", __proto__: { up: 5 }, inner };
    log(o); log(o.up); log(String(o)); log([...[1, , 2], ...new Set([3])]); log(Math.max(...[1, 5], 2)); log({ async *g() {}, get x() { return 1; }, set x(v) {} }.x); log([, 1].length); const r = /a(.)/g; log([..."abac".matchAll(r)].length); log(r.exec("abac").index); log(delete o.a); log("a" in o); log(o?.["b-c"]);`,
  "built-ins that call back": `
    log([3, 1, 2].sort()); log([3, 1, 2].sort((a, b) => b - a)); log([1, 2, 3].reduce((a, b) => a + b)); log([[1], [2]].flatMap((x) => x)); log(["1", "2", "3"].map(Number)); log(["10", "10"].map(parseInt)); log([0, 1].filter(Boolean)); log([[1, 2]].map(String));
    log(Object.entries({ a: 1 }).map(([k, v]) => k + v)); log(Object.fromEntries([["a", 1]])); log(JSON.stringify({ a: [1, { toJSON: () => "j" }] }, null, 1)); log(JSON.parse("[1]", (k, v) => v)); log("a-b".replace(/-/g, (x) => x + x)); log("a,b".split(",")); log(Array.from({ length: 3 }, (_, i) => i)); log(new Array(3).fill(0)); log(Array.of(1, 2));
    const s = new Set([1]); s.add(2).delete(1); log([...s]); const m = new Map().set("a", 1); m.forEach((v, k) => log([k, v])); log([...m.entries(), ...m.keys(), ...m.values()]); log(new WeakMap([[m, 1]]).get(m)); log(Object.groupBy([1, 2], (x) => x % 2)); log(Reflect.apply(Math.max, null, [1, 2])); log(Reflect.get({ get a() { return 1; } }, "a")); log([1, 2].push.call([1], 2)); log(Object.assign({}, { a: 1 }, null)); log(Object.freeze([1])); log(Number("5") + BigInt(5).toString().length); log(structuredClone({ a: [1] })); log(typeof Symbol("x")); log(Object.hasOwn({ a: 1 }, "a")); log([1, 2, 3].values().next()); log([...[1, 2].entries()]);`,
  "no semicolons": `
    let n = 0
    const up = () => { n++
      n--
      n += 1
      return n }
    let o = { x: 1 }
    o.x++
    up()
    n++
    ;[n, o.x] = [o.x, n]
    const f = () => n
    if (n) n++
    else n--
    log([n, o.x, f()])
    for (const x of [1]) n += x
    log(n)`,
  "types in all places": `
    type T = { a?: number }; interface I { b: string } const o = { a: 1 } as T; const f = <U,>(x: U, y?: number): U => x!; log(f<number>(o.a!)); log((o as unknown as I).b satisfies unknown); abstract class A<X> { declare q: X; abstract m(): X; n?(): void; constructor(protected readonly z?: X) { } }
    log(typeof A); function over(a: string): string; function over(a: number): number; function over(a: unknown): unknown { return a; } log(over(1)); let definite!: number; definite = 3; const g = () => definite; definite++; log(g()); function typed(this: { k: number }, a: number) { return this.k + a; } log(typed.call({ k: 1 }, 2));`.replace(
    "constructor(protected readonly z?: X) { }",
    "",
  ),
  exceptions: `
    const f = () => { try { return log("try"); } finally { log("finally"); } }; log(f()); const g = () => { try { throw log("t"); } catch { return "c"; } finally { return "f"; } }; log(g());
    let e = 1; const h = () => e; try { throw 2; } catch (e) { const k = () => e; e = 3; log(k()); } log(h()); e = 4; log(h()); try { tooEarly; let tooEarly = 1; } catch (x) { log(x.constructor.name); } const late = () => soon; try { late(); } catch (x) { log(x.message); } await null; const soon = 1; log(late());`,
  "variables that are shared": `
    let a = 1, b; const set = (v) => { a = v; b ??= v; }; const get = () => [a, b]; set(2); log(get()); ({ a, b } = { a: 5, b: 6 }); log(get()); [a = 9, b] = [undefined, 7]; log(get()); { let a = 10; const own = () => a++; own(); log(a); } log(typeof a); log({ a, b });
    async function* s() { let n = 0; const inc = () => ++n; yield inc(); yield inc(); } for await (const x of s()) log(x); function hoisted() { return later; } var later = 3; later = 4; log(hoisted()); function param(p) { const q = () => p; p = 2; return q(); } log(param(1)); const dflt = (x, y = () => x) => { x = 5; return y(); }; log(dflt(1)); let un; const look = () => un; log(look()); un = await null; log(look());`,
};
