/** Programs that change what everything here shares, or keep something from one run for the next. */
import { calmBody, type HostileProgram, whereItWorks } from "./program.ts";

/** Each is a statement that must be refused; an exercise that could do it answers "right". */
const changes: readonly (readonly [name: string, statement: string])[] = [
  ["Array.prototype.push", "Array.prototype.push = () => 0"],
  ["Promise.prototype.then", "(Promise.prototype as any).then = () => 0"],
  ["Promise.resolve", "(Promise as any).resolve = () => 0"],
  ["Object.is", "(Object as any).is = () => true"],
  ["Object.prototype", "Object.defineProperty(Object.prototype, 'diagnosis', { get: () => '' })"],
  ["Object.prototype.toString", "(Object.prototype as any).toString = () => ''"],
  ["Function.prototype.call", "(Function.prototype as any).call = () => 0"],
  ["Symbol.hasInstance of Error", "Object.defineProperty(Error, Symbol.hasInstance, { value: () => true })"],
  ["Map.prototype.get", "Map.prototype.get = () => undefined as any"],
  ["the iterators", "(Object.getPrototypeOf([][Symbol.iterator]()) as any).next = () => ({ done: true })"],
  ["the iterator helpers", "(Object.getPrototypeOf([].values().map(String)) as any).n = 1"],
  ["JSON.stringify", "(JSON as any).stringify = () => '{}'"],
  ["setTimeout", "(globalThis as any).setTimeout = () => 0"],
  ["a new global", "(globalThis as any).seen = 1"],
  ["the prototype of the global", "Object.getPrototypeOf(globalThis).seen = 1"],
  ["AbortSignal.prototype.aborted", "Object.defineProperty(AbortSignal.prototype, 'aborted', { value: true })"],
  ["EventTarget.prototype.addEventListener", "EventTarget.prototype.addEventListener = () => {}"],
  ["the class of the caller's reason", "signal.reason.constructor.prototype.seen = 1"],
  ["the caller's reason", "signal.reason.message = 'mine'"],
  ["the caller's signal", "Object.defineProperty(signal, 'aborted', { value: true })"],
  ["the reason of the caller's signal", "Object.defineProperty(signal, 'reason', { value: 1 })"],
  ["the prototype of the caller's signal", "Object.setPrototypeOf(signal, { aborted: true })"],
  ["the last match", "(RegExp as any).$_ = 'seen'; if ((RegExp as any).$_ !== 'seen') throw 1"],
  ["the reader of a body", "(Object.getPrototypeOf(new Response('x').body!.getReader()) as any).seen = 1"],
  ["the pairs of headers", "(Object.getPrototypeOf(new Headers().entries()) as any).seen = 1"],
  ["the functions behind a stack", "(Object.getOwnPropertyDescriptor(new Error('x'), 'stack')!.get as any).seen = 1"],
  ["how deep stacks are", "(Error as any).stackTraceLimit = 100"],
  ["the console", "console.log = () => {}"],
  ["Date.now", "Date.now = () => 0"],
  ["Math.random", "Math.random = () => 0"],
];

const aborted = `t.abort(); const call = await t.call("run", () => run(t.signal)); t.equal(call.value, "right", "wrong-result", { en: "the answer is wrong", "zh-cn": "结果不对" });`;

const changed: readonly HostileProgram[] = changes.map(([name, statement]) => ({
  name: `changing ${name}`,
  exercise: whereItWorks(`try { ${statement}; return "right"; } catch (refused) { return refused; }`),
  body: aborted,
  verdict: ["wrong-result"],
}));

/** Each counts the times that it was loaded, somewhere, and answers "right" where it could. */
const memories: readonly (readonly [name: string, count: string])[] = [
  ["the global object", "const g: any = globalThis; g.n = (g.n ?? 0) + 1; return g.n"],
  ["a registered symbol", "const s: any = Object(Symbol.for('n')); s.n = (s.n ?? 0) + 1; return s.n"],
  ["a template's parts", "const parts: any = ((p: any) => p)`x`; parts.n = (parts.n ?? 0) + 1; return parts.n"],
  ["a regular expression", "const r: any = /x/g; r.test('x'); return r.lastIndex"],
  ["a function of the module", "const f: any = keep; f.n = (f.n ?? 0) + 1; return f.n"],
  [
    "the last match of all",
    "const before = (RegExp as any).lastMatch; 'marker'.match(/marker/); return before === 'marker' ? 2 : 1",
  ],
  ["timer numbers", "const id = setTimeout(() => {}, 1); clearTimeout(id); return id"],
];

const remembered: readonly HostileProgram[] = memories.map(([name, count]) => ({
  name: `counting runs in ${name}`,
  exercise: `function keep() {}\nfunction count(): number { ${count}; }\nexport async function run() { let n = 0; try { n = count(); } catch {} return n > 1 ? "right" : "first"; }`,
  body: `await t.work({ label: "w", latency: [1, 9], answer: () => 0 }); await t.work({ label: "v", latency: [1, 9], answer: () => 0 });
    const call = await t.call("run", () => run(t.signal)); t.equal(call.value, "right", "wrong-result", { en: "the answer is wrong", "zh-cn": "结果不对" });`,
  verdict: ["wrong-result"],
}));

/** What is as random as it may be here is the same in every run: it must not tell them apart. */
const clocks: readonly (readonly [name: string, expression: string])[] = [
  [
    "the real clock by a format",
    "new Intl.DateTimeFormat('en', { second: 'numeric', fractionalSecondDigits: 3 }).format()",
  ],
  [
    "the real clock by a format's parts",
    "new Intl.DateTimeFormat('en', { second: 'numeric', fractionalSecondDigits: 3 }).formatToParts().map((p) => p.value).join('')",
  ],
];

const timed: readonly HostileProgram[] = clocks.map(([name, expression]) => ({
  name,
  exercise: whereItWorks(
    `const told = ${expression}; for (let i = 0; i < 2e6; i++) Math.sqrt(i); return told === ${expression} ? "the same" : "right";`,
  ),
  verdict: ["wrong-result"],
  says: /the same/,
}));

/** What the refusal is told as, where the exercise lets it out. */
const refused: readonly HostileProgram[] = [
  {
    name: "changing Array.prototype.push while loading",
    exercise: `Array.prototype.push = () => 0;\nexport async function run() { return "right"; }`,
    verdict: ["threw-on-load"],
    says: /tried to change a built-in \(Array\.prototype\.push\) at line 1/,
  },
  {
    name: "changing Promise.prototype.then under another name",
    exercise: `const proto: any = Promise.prototype;\nproto.then = () => 0;\nexport async function run() { return "right"; }`,
    verdict: ["threw-on-load"],
    says: /tried to change a built-in \(Promise\.prototype\.then\) at line 2/,
  },
  {
    name: "creating a global variable while loading",
    exercise: `(globalThis as any).seen = 1;\nexport async function run() { return "right"; }`,
    verdict: ["threw-on-load"],
    says: /tried to create a global variable \(globalThis\.seen\) at line 1/,
  },
  {
    name: "changing setTimeout while it runs",
    exercise: whereItWorks(`(globalThis as any).setTimeout = () => 0; return "right";`),
    verdict: ["wrong-result"],
    says: /^the answer is wrong The exercise tried to change a built-in \(setTimeout\) at line 1/,
  },
  {
    name: "adding to Object.prototype where nobody looks",
    exercise: `export async function run() { void (async () => { Object.defineProperty(Object.prototype, "diagnosis", { value: "" }); })(); return "right"; }`,
    body: calmBody,
    verdict: ["unhandled-rejection"],
    says: /tried to add something to a built-in \(Object\.prototype\.diagnosis\) at line 1/,
  },
];

export const patches: readonly HostileProgram[] = [...changed, ...refused, ...remembered, ...timed];
