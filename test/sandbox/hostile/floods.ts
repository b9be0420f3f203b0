/** Programs that want the grader to break, to hang, or to show what it should not. */
import { type Expected, type HostileProgram, calmBody, whereItWorks } from "./program.ts";

const wrong = "wrong-result";
const stopped: Expected = {
  verdict: "endless-loop",
  or: ["out-of-memory"],
  because: "a fast machine fills the memory before the watch takes it for an endless loop",
};
const mayEnd = (verdict: string): Expected => ({
  verdict,
  or: ["endless-loop", "out-of-memory"],
  because: "a slow machine is stopped before it is through, or its memory is full",
});
const thrown = `const call = await t.call("run", () => run(t.signal)); t.equal(call.reason, 1, "wrong-result", { en: "it threw", "zh-cn": "它抛出了" });`;

/** Values that a test is told of. */
const values: readonly (readonly [name: string, value: string, gets?: Expected])[] = [
  ["a revoked proxy", "(() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy; })()"],
  ["a toString that throws", "{ toString() { throw 1; } }"],
  ["a cycle", "(() => { const o: any = {}; o.o = o; return o; })()"],
  ["a text of 50 MB", "'x'.repeat(5e7)"],
  ["the longest text there is", "'x'.repeat(2 ** 29 - 24)"],
  ["an error whose message is 50 MB", "new Error('x'.repeat(5e7))"],
  ["an error with a stack of 50 MB", "Object.assign(new Error('x'), { stack: 'at exercise.ts:1:1\\n'.repeat(3e6) })"],
  ["an error that causes itself", "(() => { const e: any = new Error('x'); e.cause = e; return e; })()"],
  ["a million errors in one", "new AggregateError(Array.from({ length: 1e6 }, () => 1))", mayEnd(wrong)],
  ["an array with ten million places", "new Array(1e7)", mayEnd(wrong)],
  ["the longest array there is", "new Array(2 ** 32 - 1)"],
  [
    "an array that joins to 500 MB",
    "Object.defineProperty([1], 'map', { value: () => ({ length: 1, slice: () => ({ join: () => 'x'.repeat(2 ** 29 - 24) }) }) })",
  ],
  ["a bigint of a million digits", "2n ** 3000000n"],
  [
    "an object with a million properties",
    "Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [i, i]))",
    mayEnd(wrong),
  ],
  ["a function with a name of 50 MB", "Object.defineProperty(() => 1, 'name', { value: 'x'.repeat(5e7) })"],
  ["getters that throw", "new Proxy({}, { ownKeys() { throw 1; }, getPrototypeOf() { throw 2; } })"],
  ["an object a thousand deep", "(() => { let o: any = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; })()"],
];

const told: readonly HostileProgram[] = values.flatMap(([name, value, gets = { verdict: wrong }]) => [
  {
    name: `answering ${name}`,
    exercise: `export async function run(): Promise<any> { return ${value}; }`,
    ...gets,
  },
  {
    name: `throwing ${name}`,
    exercise: `export async function run() { throw ${value}; }`,
    body: thrown,
    ...gets,
  },
]);

export const floods: readonly HostileProgram[] = [
  ...told,
  {
    name: "throwing a revoked proxy while loading",
    exercise: `export async function run() {}\nconst r = Proxy.revocable({}, {}); r.revoke(); throw r.proxy;`,
    verdict: "threw-on-load",
  },
  {
    name: "rejecting with a revoked proxy, unhandled",
    exercise: `export async function run() { const r = Proxy.revocable({}, {}); r.revoke(); void Promise.reject(r.proxy); }`,
    body: calmBody,
    verdict: "unhandled-rejection",
  },
  {
    name: "a million lines on the console",
    exercise: whereItWorks(`for (let i = 0; i < 1e6; i++) console.log("line", i); return "printed";`),
    ...mayEnd(wrong),
  },
  {
    name: "one line of 500 MB",
    exercise: whereItWorks(`console.log("x".repeat(2 ** 29 - 24)); return "printed";`),
    verdict: wrong,
  },
  {
    name: "a million things on one line",
    exercise: whereItWorks(
      `for (let i = 0; i < 100; i++) console.log(...Array.from({ length: 1e4 }, () => ({}))); return "printed";`,
    ),
    verdict: wrong,
  },
  {
    name: "printing what throws",
    exercise: whereItWorks(
      `console.log(new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } })); console.count({ toString() { throw 4; } }); return "printed";`,
    ),
    verdict: wrong,
  },
  {
    name: "colours, cursor and direction of a terminal",
    exercise: `export async function run() { console.log("\\u001b[2J\\u202egnirts\\u0007"); throw new Error("\\u001b]0;title\\u0007\\u202e\\ud800"); }`,
    body: thrown,
    verdict: wrong,
  },
  { name: "an endless loop", exercise: `export async function run() { for (;;); }`, verdict: "endless-loop" },
  {
    name: "an endless loop in a getter that a message asks",
    exercise: `export async function run() { return { get a() { for (;;); } }; }`,
    verdict: "endless-loop",
  },
  {
    name: "endless microtasks",
    exercise: `export async function run() { const again = (): void => queueMicrotask(again); again(); }`,
    verdict: "endless-loop",
  },
  {
    name: "endless timers",
    exercise: `export function run() { return new Promise(() => { setInterval(() => {}, 1); }); }`,
    verdict: "busy-loop",
  },
  {
    name: "a million timers",
    exercise: `export async function run() { for (let i = 0; i < 1e6; i++) setTimeout(() => {}, i); }`,
    body: calmBody,
    ...mayEnd("timer-still-armed"),
  },
  {
    name: "half a million requests",
    exercise: `export async function run() { for (let i = 0; i < 5e5; i++) void fetch("https://a.example/").catch(() => {}); }`,
    body: calmBody,
    ...mayEnd("signal-not-passed-on"),
  },
  {
    name: "a million listeners",
    exercise: `export async function run(signal: AbortSignal) { for (let i = 0; i < 1e6; i++) signal.addEventListener("abort", () => {}); }`,
    body: calmBody,
    ...mayEnd("listener-left-on-signal"),
  },
  {
    name: "a million rejections",
    exercise: `export async function run() { for (let i = 0; i < 1e6; i++) void Promise.reject(i); }`,
    body: calmBody,
    ...mayEnd("unhandled-rejection"),
  },
  {
    name: "all the memory",
    exercise: `export async function run() { const kept: any[] = []; for (;;) kept.push(new Array(1e5).fill(kept.length)); }`,
    ...stopped,
  },
  {
    name: "recursion without an end",
    exercise: `export async function run(): Promise<any> { return run(); }`,
    verdict: wrong,
  },
  {
    name: "an expression that backtracks for ever",
    exercise: `export async function run() { return /^(a+)+$/.test("a".repeat(50) + "!"); }`,
    verdict: "endless-loop",
  },
  {
    name: "a disposer that throws",
    exercise: `export async function run() { using d = { [Symbol.dispose]() { throw new Error("disposer"); } }; return "right"; }`,
    verdict: wrong,
  },
  {
    name: "a name that is declared twice",
    exercise: `let a = 1;\nlet a = 2;\nexport async function run() { return "right"; }`,
    verdict: "syntax-error",
    says: /a/,
  },
];
