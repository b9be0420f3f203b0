/** Programs that look for a way out of the realm. They answer "right" where they have found one. */
import { type HostileProgram, fullStack, whereItWorks } from "./program.ts";

/** What a program that has reached Node's `process` does with it: it touches all that must not be touched. */
export const touch = `const touch = (p: any) => { for (const load of [(n: string) => p.getBuiltinModule(n), (n: string) => p.mainModule.require(n), (n: string) => p.binding(n)]) { try { load("child_process").execFileSync("PROGRAM"); } catch {} try { load("fs").writeFileSync("FILE", "touched"); } catch {} try { load("net").connect(PORT, "127.0.0.1"); } catch {} } try { p.binding("spawn_sync").spawn({ file: "PROGRAM", args: ["PROGRAM"], envPairs: [], stdio: [{ type: "ignore" }, { type: "ignore" }, { type: "ignore" }] }); } catch {} void Promise.resolve().then(() => p.execve("PROGRAM", ["PROGRAM"], {})).catch(() => {}); };`;

const found = (attempt: string): string =>
  whereItWorks(`const reached: string[] = []; ${touch} const look = (make: () => any) => { try { const it = make(); if (it !== undefined && it !== null) { let g: any; try { g = it.constructor?.constructor?.("return process")(); } catch {} if (g !== undefined) { reached.push("process"); touch(g); } } } catch {} };
  ${attempt}
  return reached.length > 0 ? "right" : "nothing";`);

const wrong = { verdict: "wrong-result" } as const;

/** Attempts, each an expression that may hold something with a way up. */
const ups: readonly (readonly [name: string, expression: string])[] = [
  ["the constructor of the global", "globalThis"],
  ["the prototype of the global", "Object.getPrototypeOf(globalThis)"],
  ["the class of async functions", "(async () => {})"],
  ["the class of generators", "(function* () {})"],
  ["the class of async generators", "(async function* () {})"],
  ["the class of bound functions", "(() => 1).bind(null)"],
  ["the class of a method's function", "({ m() {} }).m"],
  ["an error of the engine", "(() => { try { (null as any).x } catch (e) { return e } })()"],
  ["an error of a too long array", "(() => { try { new Array(-1) } catch (e) { return e } })()"],
  ["an error of a too long text", "(() => { try { 'x'.repeat(2 ** 30) } catch (e) { return e } })()"],
  ["an error of a too large buffer", "(() => { try { new ArrayBuffer(2 ** 53 - 1) } catch (e) { return e } })()"],
  ["an error of JSON", "(() => { try { JSON.parse('{') } catch (e) { return e } })()"],
  ["an error of a regular expression", "(() => { try { new RegExp('(') } catch (e) { return e } })()"],
  ["an error of the world's", "(() => { try { (setTimeout as any)('text') } catch (e) { return e } })()"],
  ["the refusal of what is not here", "(() => { try { (WebAssembly as any).x } catch (e) { return e } })()"],
  ["a function of the world", "setTimeout"],
  ["a class of the world", "AbortSignal"],
  ["a reason of the world", "AbortSignal.abort().reason"],
  ["the signal it was given", "signal"],
  ["the console", "console.log"],
  ["arguments and who called", "(function (this: any) { return (arguments as any).callee })()"],
  ["who called a function of the world", "(structuredClone as any).caller ?? (Date as any).caller"],
  ["the functions behind a stack", "Object.getOwnPropertyDescriptor(new Error('x'), 'stack')?.get"],
  ["Symbol.species", "(Array as any)[Symbol.species]"],
  ["a segmenter", "new Intl.Segmenter().segment('x')"],
];

/** Programs of one kind, which can be tests of one and the same exercise. */
export const waysUp: readonly HostileProgram[] = ups.map(([name, expression]) => ({
  name: `out through ${name}`,
  exercise: found(`look(() => ${expression});`),
  ...wrong,
}));

export const escapes: readonly HostileProgram[] = [
  {
    name: "code from text, in every way",
    exercise: found(
      `for (const f of [Function, (async () => {}).constructor, (function* () {}).constructor, (async function* () {}).constructor]) { try { (f as any)("return 1"); reached.push("code"); } catch {} } try { (0, eval)("1"); reached.push("eval"); } catch {}`,
    ),
    ...wrong,
  },
  {
    name: "a stack-trace hook",
    exercise: found(
      `try { (Error as any).prepareStackTrace = (_: unknown, frames: any[]) => frames; } catch {} try { Object.defineProperty(Error, "prepareStackTrace", { value: (_: unknown, frames: any[]) => frames }); } catch {} if (typeof new Error("x").stack !== "string") reached.push("frames");`,
    ),
    ...wrong,
  },
  {
    name: "a hook on a class of its own",
    exercise: found(
      `class Mine extends Error { static prepareStackTrace(_: unknown, frames: unknown) { return frames; } } if (typeof new Mine("x").stack !== "string") reached.push("frames"); const o: any = {}; (Error as any).captureStackTrace(o); if (typeof o.stack !== "string") reached.push("frames");`,
    ),
    ...wrong,
  },
  {
    name: "paths in a stack",
    exercise: found(
      `if (/node:|sandbox|kernel|[/\\\\]\\w+[/\\\\]/.test(new Error("x").stack ?? "")) reached.push("path");`,
    ),
    ...wrong,
  },
  {
    name: "the error of a full call stack, while Node formats a trace",
    exercise:
      whereItWorks(`let host: any; let tries = 0; const dig = (): void => { try { dig(); } catch (x) { if (!(x instanceof Error)) host = x; if (host === undefined && tries++ < 100) { try { void new Error("x").stack; } catch (y) { if (!(y instanceof Error)) host = y; } } throw x; } };
    for (let i = 0; i < 2; i++) try { dig(); } catch {}
    if (host === undefined) return "no error of the host";
    const theirs = host.constructor; let changed = 0;
    const top = Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(host)));
    for (const change of [() => { theirs.prepareStackTrace = (_: unknown, f: unknown) => f; }, () => Object.defineProperty(top, "toJSON", { value: () => ({}) }), () => { top.constructor.prototype.polluted = 1; }, () => { theirs.constructor.prototype.call = () => 1; }, () => { top.constructor.keys({}).constructor.prototype[Symbol.iterator] = () => 1; }]) { try { change(); changed++; } catch {} }
    try { theirs.constructor("return process")(); changed++; } catch {}
    return changed > 0 ? "right" : "nothing";`),
    ...wrong,
  },
  {
    name: "import() behind a comment that only the engine sees",
    exercise: `let b = 0, kept: any;\nkept = 1<!--b/*\n;\nkept = import("node:fs");\n/* */;\nexport async function run() { return "right"; }`,
    verdict: "syntax-error",
    says: /comment/,
  },
  {
    name: "import() behind another such comment",
    exercise:
      "let b = 0; const f = () => 1<!--b + `\n;import('node:fs')\n//`;\nexport async function run() { return 'right'; }",
    verdict: "syntax-error",
    says: /comment/,
  },
  {
    name: "import()",
    exercise: `export async function run() { const fs = await import("node:fs"); return "right"; }`,
    verdict: "import-not-allowed",
  },
  {
    name: "import.meta",
    exercise: `export async function run() { return import.meta ? "right" : ""; }`,
    verdict: "import-not-allowed",
  },
  {
    name: "importing the spec",
    exercise: `import { test } from "./spec.ts";\nexport async function run() { return "right"; }`,
    verdict: "import-not-allowed",
    says: /spec/,
  },
  {
    name: "importing the solution",
    exercise: `export { run } from "./solution.ts";`,
    verdict: "import-not-allowed",
    says: /solution/,
  },
  {
    name: "the world's import function",
    exercise: `declare const __import: any; export async function run() { for (const s of ["interleave", "./exercise.ts", "interleave:marks", "node:fs", "./solution.ts"]) { try { if (__import(s)) return "right"; } catch {} } return "nothing"; }`,
    ...wrong,
  },
  {
    name: "breaking out of the function around a module",
    exercise: `export async function run() { return "right"; }\n}); (function () {`,
    verdict: "syntax-error",
  },
  {
    name: "returning from the module",
    exercise: `export async function run() { return "right"; }\nreturn { run: () => "wrong" };`,
    verdict: "wrong-result",
  },
  {
    name: "a promise hook's error at a full call stack",
    exercise: whereItWorks(
      `let host: any; const dig = (): void => { try { dig(); } catch (x) { if (!(x instanceof Error)) host = x; try { void Promise.resolve(1).then(() => 1); } catch (y) { if (!(y instanceof Error)) host = y; } throw x; } }; try { dig(); } catch {} if (host !== undefined) return "right"; await new Promise(() => {});`,
    ),
    verdict: "sandbox-crashed",
    or: ["never-settles", "not-deterministic", "wrong-result"],
    because: fullStack,
  },
  {
    name: "keys that the host looks for",
    exercise: whereItWorks(
      `const p = new Promise((_, r) => { setTimeout(() => r(new Error("gone")), 1); }); Object.setPrototypeOf(p, new Proxy(Promise.prototype, { get(_, key) { throw new Error(String(key)); } })); await new Promise((r) => setTimeout(r, 5)); return "right";`,
    ),
    verdict: "unhandled-rejection",
    says: /could not be looked at/,
  },
  {
    name: "numbers where the host looks for its own",
    exercise: whereItWorks(
      `const p = new Promise((_, r) => { setTimeout(() => r(new Error("gone")), 1); }); Object.setPrototypeOf(p, new Proxy(Promise.prototype, { get(t, key) { return typeof key === "symbol" ? -5 : Reflect.get(t, key); } })); await new Promise((r) => setTimeout(r, 5)); return "right";`,
    ),
    verdict: "sandbox-crashed",
  },
  {
    name: "process by name",
    exercise: `export async function run() { return (globalThis as any).process?.env ? "right" : typeof process; }`,
    ...wrong,
  },
  {
    name: "a program started through whatever leads to Node",
    exercise: found(
      `for (const up of [globalThis, setTimeout, console, signal, signal.reason, new Error("x"), (() => { try { (null as any).x; } catch (e) { return e; } })(), Promise.resolve(), new Proxy({}, {}), Symbol.for("nodejs.util.inspect.custom")] as any[]) { for (const name of ["constructor", "__proto__", "process", "require", "mainModule", "parent", "domain"]) { try { touch(up[name]); touch(up[name].constructor("return process")()); touch(up.constructor.constructor("return this")().process); } catch {} } } for (const name of ["process", "require", "module", "child_process", "spawn", "exec", "Deno", "Bun"]) { try { const it: any = (globalThis as any)[name]; touch(it); it("child_process").execFileSync("PROGRAM"); reached.push(name); } catch {} }`,
    ),
    ...wrong,
  },
  {
    name: "import() of what starts programs",
    exercise: `void import("node:child_process").then((cp) => cp.execFileSync("PROGRAM"));\nexport async function run() { return "right"; }`,
    verdict: "import-not-allowed",
  },
  {
    name: "require() of what starts programs",
    exercise: `declare const require: any;\nrequire("node:child_process").execFileSync("PROGRAM");\nexport async function run() { return "right"; }`,
    verdict: "threw-on-load",
    says: /require is not defined/,
  },
  {
    name: "everything by name",
    exercise: whereItWorks(
      `return ["process", "require", "module", "Buffer", "global", "__dirname", "__kernel", "kernelSource", "postMessage", "self", "window", "document", "XMLHttpRequest", "WebSocket", "Worker", "importScripts", "Deno", "Bun"].some((name) => { try { return (globalThis as any)[name] !== undefined; } catch { return false; } }) ? "right" : "nothing";`,
    ),
    ...wrong,
  },
  {
    name: "a port of this machine",
    exercise: `export async function run() { const answer = await fetch("http://127.0.0.1:PORT/"); return answer.ok ? "right" : "no"; }`,
    verdict: "wrong-result",
  },
  {
    name: "a file by its URL",
    exercise: `export async function run() { const answer = await fetch("file://FILE"); return (await answer.text()) ? "right" : "no"; }`,
    verdict: "wrong-result",
  },
];
