// Ways out of a `vm` context, one function `run` each: it answers "nothing", or what it has reached. Plain JavaScript, as
// the compiler would leave it.

/** Climbs from a value to the realm that made it, and says what is there. */
const climb = `
const own = (function () { return this; })() ?? globalThis;
function reach(value) {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return "nothing";
  const seen = new Set();
  for (let each = value; each !== null && each !== undefined && !seen.has(each); each = Object.getPrototypeOf(each)) {
    seen.add(each);
    let maker;
    try { maker = each.constructor; } catch { continue; }
    if (typeof maker !== "function") continue;
    for (const kind of [maker, maker.constructor]) {
      try {
        const found = kind("return typeof process === 'object' ? process.version : 'none'")();
        if (found !== "none") return "process " + found;
      } catch {}
      try { if (kind.constructor !== Function && kind.constructor !== own.Function) return "a foreign Function"; } catch {}
    }
  }
  return "nothing";
}
async function first(...values) {
  for (const value of values) {
    let settled = value;
    try { settled = await value; } catch (error) { settled = error; }
    const reached = reach(settled);
    if (reached !== "nothing") return reached;
  }
  return "nothing";
}
function thrown(action) { try { action(); return undefined; } catch (error) { return error; } }
async function rejected(action) { try { await action(); return undefined; } catch (error) { return error; } }
`;

const bodies: Readonly<Record<string, string>> = {
  "the global object": "return first(globalThis, Object.getPrototypeOf(globalThis));",
  "this of a sloppy function": "return first((function () { return this; })());",
  "everything on the global object":
    "return first(...Reflect.ownKeys(globalThis).map((key) => { try { return globalThis[key]; } catch { return undefined; } }));",
  "the console": "return first(globalThis.console, globalThis.console?.log);",
  "a timer and what it answers":
    "const id = setTimeout(() => {}, 1); clearTimeout?.(id); return first(setTimeout, id);",
  "the arguments of a timer":
    "return first(...await new Promise((done) => setTimeout((...given) => done(given), 1, {})));",
  "an error of the engine": "return first(thrown(() => null.x), thrown(() => undefined()), thrown(() => x.y));",
  "an error of too deep a stack": "const deep = () => deep() + 1; return first(thrown(deep));",
  "an error of too deep a stack in a built-in":
    "const deep = () => { try { deep(); } catch (error) { throw error; } [1].map(() => setTimeout(() => {}, 0)); }; return first(thrown(deep));",
  "an error of too large an array":
    "return first(thrown(() => new Array(-1)), thrown(() => 'x'.repeat(2 ** 30)), thrown(() => new ArrayBuffer(2 ** 60)));",
  "an error of an invalid expression":
    "return first(thrown(() => new RegExp('(')), thrown(() => JSON.parse('{')), thrown(() => decodeURI('%')));",
  "a stack-trace hook":
    "let seen; try { Error.prepareStackTrace = (_, frames) => { seen = frames; return ''; }; } catch {} void new Error().stack; return first(seen, seen?.[0], seen?.[0]?.getThis?.(), seen?.[0]?.getFunction?.());",
  "a hook on an error of its own":
    "class Mine extends Error {} let seen; try { Object.defineProperty(Mine, 'prepareStackTrace', { value: (_, frames) => (seen = frames) }); } catch {} void new Mine().stack; return first(seen, seen?.at?.(-1)?.getFunction?.());",
  "captured stacks": "const target = {}; Error.captureStackTrace?.(target); return first(target.stack);",
  eval: "return first(thrown(() => (0, eval)('1')), (() => { try { return (0, eval)('globalThis'); } catch {} })());",
  "functions from text":
    "return first(...[function () {}, async function () {}, function* () {}, async function* () {}].map((kind) => thrown(() => kind.constructor('return 1'))));",
  "a proxy that sees the engine's calls":
    "const seen = []; const all = new Proxy({}, { get: (_, key) => (...given) => { seen.push(...given); return all; }, has: () => true }); try { setTimeout(all, 1); } catch {} try { await { then: (...given) => { seen.push(...given); given[0](); } }; } catch {} return first(...seen);",
  "a thenable":
    "const seen = []; await { then(...given) { seen.push(...given); given[0](1); } }; return first(...seen);",
  "a rejection nobody handles":
    "Promise.reject({ get message() { return 'x'; } }).catch(() => {}); return first(await rejected(() => Promise.reject(new Error('x'))));",
  WebAssembly:
    "return first(thrown(() => new WebAssembly.Module(new Uint8Array(8))), (() => { try { return WebAssembly.Module; } catch {} })());",
  "names of Node":
    "return first(...['process', 'require', 'module', 'exports', 'global', 'Buffer', 'setImmediate', '__filename', 'internalBinding'].map((name) => globalThis[name]));",
  "a symbol shared by realms":
    "return first(globalThis[Symbol.for('nodejs.util.inspect.custom')], Symbol.for('x').constructor);",
  species:
    "class Mine extends Array { static get [Symbol.species]() { return function (...given) { Mine.given = given; return []; }; } } new Mine(1).map((x) => x); return first(Mine.given);",
  "tagged templates": "const tag = (strings) => strings; return first(tag`x`, tag`x`.raw);",
  "iterators and generators":
    "return first((function* () { yield 1; })().next(), (async function* () { yield 1; })().next(), [][Symbol.iterator](), 'x'.matchAll(/x/g));",
  internationalisation:
    "return first(globalThis.Intl, globalThis.Intl?.NumberFormat, globalThis.Intl && new Intl.NumberFormat());",
  "weak references": "return first(thrown(() => new WeakRef({})), globalThis.WeakMap, new WeakMap());",
  "shared memory":
    "return first(thrown(() => new SharedArrayBuffer(1)), thrown(() => Atomics.load), globalThis.ArrayBuffer);",
};

export const waysOut: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(bodies).map(([name, body]) => [name, `${climb}\nasync function run() { ${body} }`]),
);
