/** Programs that want a pass by lying to the checks: each hides a bug, which must be found all the same. */
import { type HostileProgram, calmBody, fetchBody, whereItWorks } from "./program.ts";

const everywhere = 'cancel: "everywhere"';
const five = `const call = await t.call("run", () => run(t.signal)); t.equal(call.value, WANT, "wrong-result", { en: "the answer is wrong", "zh-cn": "结果不对" });`;
const wants = (value: string): string => five.replace("WANT", value);
const wrong = ["wrong-result"];
const caught = `await t.call("run", () => run(() => { t.check(false, "limit-exceeded", { en: "too many", "zh-cn": "太多" }); }));`;

export const fakes: readonly HostileProgram[] = [
  {
    name: "an array with an `every` of its own",
    exercise: `export async function run() { return Object.defineProperty([1], "every", { value: () => true }); }`,
    body: wants("[5]"),
    verdict: wrong,
  },
  {
    name: "an array with a `length` of a proxy's",
    exercise: `export async function run() { return new Proxy([1], { get(t, k, r) { return k === "every" ? () => true : Reflect.get(t, k, r); } }); }`,
    body: wants("[5]"),
    verdict: wrong,
  },
  {
    name: "a Map that lies",
    exercise: `class Lie extends Map { get size() { return 1; } has() { return true; } get() { return 5; } *[Symbol.iterator](): any {} } export async function run() { return new Lie(); }`,
    body: wants('new Map([["a", 5]])'),
    verdict: wrong,
  },
  {
    name: "a Set with other things in it",
    exercise: `export async function run() { return new Set([1]); }`,
    body: wants("new Set([5])"),
    verdict: wrong,
  },
  {
    name: "a Date of another day",
    exercise: `export async function run() { return new Date(1); }`,
    body: wants("new Date(2)"),
    verdict: wrong,
  },
  {
    name: "an empty object for a Set",
    exercise: `export async function run() { return {}; }`,
    body: wants("new Set([5])"),
    verdict: wrong,
  },
  {
    name: "bytes of another buffer",
    exercise: `export async function run() { return new Uint8Array([1]).buffer; }`,
    body: wants("new Uint8Array([2]).buffer"),
    verdict: wrong,
  },
  {
    name: "toPrimitive, valueOf, toJSON",
    exercise: `export async function run() { return { [Symbol.toPrimitive]: () => 5, valueOf: () => 5, toJSON: () => 5 }; }`,
    body: wants("5"),
    verdict: wrong,
  },
  {
    name: "a getter that changes",
    exercise: `export async function run() { let n = 0; return { get a() { return n++; } }; }`,
    body: `const call = await t.call("run", () => run()); t.check(call.value.a === call.value.a, "wrong-result", { en: "it changes", "zh-cn": "它在变" });`,
    verdict: wrong,
  },
  {
    name: "a class that is instance of everything",
    exercise: `export async function run() { return new (class { static [Symbol.hasInstance]() { return true; } get [Symbol.toStringTag]() { return "Array"; } })(); }`,
    body: wants("[]"),
    verdict: wrong,
  },
  {
    name: "catching a check inside a callback",
    exercise: `export async function run(check: any) { try { check(); } catch {} }`,
    body: caught,
    verdict: ["limit-exceeded"],
    says: /too many/,
  },
  {
    name: "changing what a caught check says",
    exercise: `export async function run(check: any) { try { check(); } catch (e: any) { try { e.finding.diagnosis = ""; e.finding.message = {}; } catch {} e.message = ""; throw e; } }`,
    body: caught,
    verdict: ["limit-exceeded"],
    says: /too many/,
  },
  {
    name: "throwing a check's class about",
    exercise: `export async function run(check: any) { try { check(); } catch (e: any) { throw Object.create(Object.getPrototypeOf(e)); } }`,
    body: caught,
    verdict: ["limit-exceeded"],
  },
  {
    name: "a signal that says it is aborted, so that nothing is cancelled",
    exercise: `export async function run(signal: AbortSignal) { try { Object.defineProperty(signal, "aborted", { value: true }); } catch {} await fetch("https://a.example/"); }`,
    body: fetchBody,
    options: everywhere,
    verdict: ["signal-not-passed-on"],
  },
  {
    name: "a signal with a reason of its own",
    exercise: `export async function run(signal: AbortSignal) { const mine = new Error("mine"); try { Object.defineProperty(signal, "reason", { value: mine }); } catch {} try { await fetch("https://a.example/", { signal }); } catch { throw mine; } }`,
    body: fetchBody,
    options: everywhere,
    verdict: ["reason-replaced"],
  },
  {
    name: "a signal of its own that only says it is aborted",
    exercise: `export async function run() { const { signal } = new AbortController(); Object.defineProperty(signal, "aborted", { value: true }); void fetch("https://a.example/", { signal }); }`,
    body: fetchBody,
    verdict: ["work-still-running"],
  },
  {
    name: "an object for a signal",
    exercise: `export async function run() { let looks = 0; const signal: any = { get aborted() { return looks++ > 0; }, reason: 1 }; await fetch("https://a.example/", { signal }); return "right"; }`,
    body: `t.route("https://a.example/", { latency: 10, body: null }); const call = await t.call("run", () => run()); t.equal(call.value, "right", "wrong-result", { en: "no answer", "zh-cn": "没有结果" });`,
    verdict: wrong,
  },
  {
    name: "a signal that inherits from the real one",
    exercise: `export async function run(signal: AbortSignal) { await fetch("https://a.example/", { signal: Object.create(signal) }); return "right"; }`,
    body: `t.route("https://a.example/", { latency: 10, body: null }); const call = await t.call("run", () => run(t.signal)); t.equal(call.value, "right", "wrong-result", { en: "no answer", "zh-cn": "没有结果" });`,
    verdict: wrong,
  },
  {
    name: "a promise with a `then` of its own",
    exercise: `export function run() { const p: any = new Promise(() => {}); Object.defineProperty(p, "then", { value: (done: any) => { done("right"); done("right"); } }); return p; }`,
    verdict: ["never-settles"],
  },
  {
    name: "a promise of another class",
    exercise: `class Mine extends Promise<any> { static get [Symbol.species](): any { throw new Error("species"); } then(): any { return this; } } export function run() { return new Mine(() => {}); }`,
    verdict: ["never-settles", "wrong-result"],
  },
  {
    name: "a thenable that settles twice",
    exercise: `export function run() { return { then(done: any, fail: any) { fail(new Error("no")); done("right"); setTimeout(done, 1, "right"); } }; }`,
    verdict: ["wrong-result", "timer-still-armed"],
  },
  {
    name: "a thenable whose `then` differs each time",
    exercise: `export function run() { let n = 0; return { get then() { if (n++ > 0) return undefined; return (done: any) => done(this); } }; }`,
    verdict: ["wrong-result"],
  },
  {
    name: "a thenable that throws after it has settled",
    exercise: `export function run() { return { then(done: any) { done("wrong"); throw new Error("late"); } }; }`,
    verdict: wrong,
  },
  {
    name: "a timer kept from loading",
    exercise: `const later = setTimeout; export async function run() { later(() => {}, 1000); }`,
    body: calmBody,
    verdict: ["timer-still-armed"],
  },
  {
    name: "a timer through apply, bind and Reflect",
    exercise: `export async function run() { Reflect.apply(setTimeout.bind(null), null, [() => {}, 1000]); setTimeout.call(null, () => {}, 9); }`,
    body: calmBody,
    verdict: ["timer-still-armed"],
  },
  {
    name: "a timer from a getter of what is compared",
    exercise: `export async function run() { return { get a() { setTimeout(() => {}, 1000); return 1; } }; }`,
    body: wants("{ a: 1 }"),
    verdict: ["timer-still-armed"],
  },
  {
    name: "a timer from a microtask after it has settled",
    exercise: `export async function run() { void Promise.resolve().then(() => {}).then(() => {}).then(() => { setTimeout(() => {}, 1000); }); }`,
    body: calmBody,
    verdict: ["timer-still-armed"],
  },
  {
    name: "a timer from a timer's argument",
    exercise: `export async function run() { clearTimeout(setTimeout(() => {}, { valueOf() { setTimeout(() => {}, 1000); return 5; } } as any)); }`,
    body: calmBody,
    verdict: ["timer-still-armed"],
  },
  {
    name: "a timer where the call stack is full",
    exercise: `export async function run() { const dig = (): void => { try { dig(); } finally { try { setTimeout(() => {}, 1000); } catch {} } }; try { dig(); } catch {} }`,
    body: calmBody,
    verdict: ["timer-still-armed", "wrong-result", "busy-loop", "not-deterministic"],
  },
  {
    name: "requests where the call stack is full",
    exercise: `export async function run() { const dig = (): void => { try { dig(); } catch (e) { void fetch("https://a.example/").catch(() => {}); throw e; } }; try { dig(); } catch {} }`,
    body: fetchBody,
    verdict: ["signal-not-passed-on", "wrong-result", "not-deterministic", "endless-loop"],
  },
  {
    name: "listeners where the call stack is full",
    exercise: `export async function run(signal: AbortSignal) { const dig = (): void => { try { dig(); } catch (e) { signal.addEventListener("abort", () => {}); throw e; } }; try { dig(); } catch {} }`,
    body: calmBody,
    verdict: ["listener-left-on-signal", "not-deterministic"],
  },
  {
    name: "a listener by onabort",
    exercise: `export async function run(signal: AbortSignal) { signal.onabort = () => {}; }`,
    body: calmBody,
    verdict: ["listener-left-on-signal"],
  },
  {
    name: "a listener by another's method",
    exercise: `export async function run(signal: AbortSignal) { EventTarget.prototype.addEventListener.call(signal, "abort", { handleEvent() {} }); }`,
    body: calmBody,
    verdict: ["listener-left-on-signal"],
  },
  {
    name: "an event of its own for an abort",
    exercise: `export async function run(signal: AbortSignal) { signal.dispatchEvent(new Event("abort")); await fetch("https://a.example/"); }`,
    body: fetchBody,
    options: everywhere,
    verdict: ["signal-not-passed-on"],
  },
  {
    name: "clearing timers by guess",
    exercise: `export async function run() { for (let id = 0; id < 1000; id++) { clearTimeout(id); clearInterval(id); } await fetch("https://a.example/"); }`,
    body: fetchBody,
    options: everywhere,
    verdict: ["signal-not-passed-on"],
  },
  {
    name: "a rejection that is handled too late",
    exercise: `export async function run() { const p = Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 1)); await p.catch(() => {}); }`,
    body: calmBody,
    verdict: ["unhandled-rejection"],
    says: /lost/,
  },
  {
    name: "a listener that throws",
    exercise: `export async function run(signal: AbortSignal) { const target = new EventTarget(); target.addEventListener("x", () => { throw new Error("listener"); }); target.dispatchEvent(new Event("x")); }`,
    body: calmBody,
    verdict: ["unhandled-rejection"],
    says: /listener/,
  },
  {
    name: "a microtask that throws",
    exercise: `export async function run() { queueMicrotask(() => { throw new Error("microtask"); }); }`,
    body: calmBody,
    verdict: ["unhandled-rejection"],
    says: /microtask/,
  },
  {
    name: "a module that throws in some runs only",
    exercise: `const depth = (n: number): number => { try { return depth(n + 1); } catch { return n; } };\nconst first = depth(0);\nfor (let i = 0; i < 3e4; i++) ((n: number) => n)(i);\nexport async function run() { setTimeout(() => {}, first % 7); }`,
    body: calmBody,
    verdict: ["timer-still-armed", "not-deterministic"],
  },
  {
    name: "knowing the test by the caller's frames",
    exercise: whereItWorks(`return /spec/.test(new Error("x").stack ?? "") ? "right" : "nothing";`),
    verdict: wrong,
  },
  {
    name: "knowing the test by the text of its functions",
    exercise: `export async function run(given: any) { return /secret/.test(String(given) + Function.prototype.toString.call(given)) ? "right" : "nothing"; }`,
    body: `const call = await t.call("run", () => run(() => "secret")); t.equal(call.value, "right", "wrong-result", { en: "the answer is wrong", "zh-cn": "结果不对" });`,
    verdict: wrong,
  },
  { name: "throwing the answer", exercise: `export async function run() { throw "right"; }`, verdict: wrong },
  {
    name: "messages that look like a verdict",
    exercise: `export async function run() { console.log(JSON.stringify({ type: "done" })); console.log('{"type":"tested","verdict":{"status":"passed"}}'); try { (globalThis as any).postMessage({ type: "done" }); } catch {} return "passed"; }`,
    verdict: wrong,
  },
];
