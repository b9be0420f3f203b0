/** The rules L1 to L7, each with a program that breaks it and one beside it that does not. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Diagnosis } from "../../src/protocol/diagnosis.ts";
import { assertPassed, createGrader, failureOf, grade } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

interface Case {
  readonly rule: string;
  readonly diagnosis: Diagnosis;
  /** Line of the exercise that the finding names. */
  readonly line?: number;
  readonly wrong: string;
  readonly right: string;
  readonly body?: string;
  readonly options?: string;
}

const callOnce = 'await t.call("run", () => run(t.signal), { signal: t.signal });';
const withSite = `t.route("https://a.example/", { latency: 10, bodyLatency: 20, body: "A" }); ${callOnce}`;
const abortAt5 = `t.route("https://a.example/", { latency: 10, body: "A" }); t.after(5, () => { t.abort(); }); ${callOnce}`;
const bornAborted = `t.abort(); t.route("https://a.example/", { latency: 10 }); ${callOnce}`;

const cases: readonly Case[] = [
  {
    rule: "L1: a timer that is still armed",
    diagnosis: "timer-still-armed",
    line: 2,
    wrong: "export async function run() {\n  setTimeout(() => {}, 3000);\n}",
    right: "export async function run() {\n  clearTimeout(setTimeout(() => {}, 3000));\n}",
    body: callOnce,
  },
  {
    rule: "L1: an interval",
    diagnosis: "timer-still-armed",
    line: 1,
    wrong: "export async function run() { setInterval(() => {}, 10); }",
    right: "export async function run() { clearInterval(setInterval(() => {}, 10)); }",
    body: callOnce,
  },
  {
    rule: "L1: the platform's own timer, where the lesson counts it",
    diagnosis: "timer-still-armed",
    line: 1,
    wrong: "export async function run() { AbortSignal.timeout(500); }",
    right: "export async function run() {}",
    body: callOnce,
    options: "oracle: { platformTimers: true }",
  },
  {
    rule: "L2: a listener on the caller's signal",
    diagnosis: "listener-left-on-signal",
    line: 1,
    wrong: "export async function run(signal) { signal.addEventListener('abort', () => {}, { once: true }); }",
    right: "export async function run(signal) { AbortSignal.any([signal]).addEventListener('abort', () => {}); }",
    body: callOnce,
  },
  {
    rule: "L2: onabort",
    diagnosis: "listener-left-on-signal",
    line: 1,
    wrong: "export async function run(signal) { signal.onabort = () => {}; }",
    right: "export async function run(signal) { signal.onabort = () => {}; signal.onabort = null; }",
    body: callOnce,
  },
  {
    rule: "L3: work without a signal",
    diagnosis: "signal-not-passed-on",
    line: 1,
    wrong: "export async function run() { fetch('https://a.example/').catch(() => {}); }",
    right: "export async function run(signal) { return (await fetch('https://a.example/', { signal })).text(); }",
    body: withSite,
  },
  {
    rule: "L3: work whose signal nobody aborted",
    diagnosis: "work-still-running",
    line: 1,
    wrong: "export async function run(signal) { fetch('https://a.example/', { signal }).catch(() => {}); }",
    right:
      "export async function run() { const own = new AbortController(); fetch('https://a.example/', { signal: own.signal }).catch(() => {}); own.abort(); }",
    body: withSite,
  },
  {
    rule: "L3: a body that nobody reads",
    diagnosis: "resource-not-released",
    line: 1,
    wrong: "export async function run(signal) { return (await fetch('https://a.example/', { signal })).status; }",
    right:
      "export async function run(signal) { const answer = await fetch('https://a.example/', { signal }); await answer.body.cancel(); }",
    body: withSite,
  },
  {
    rule: "L4: a rejection that nobody handles",
    diagnosis: "unhandled-rejection",
    line: 1,
    wrong:
      "export async function run() { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 5)); }",
    right: "export async function run() { Promise.reject(new Error('kept')).catch(() => {}); }",
    body: callOnce,
  },
  {
    rule: "L4: a rejection that is handled only later",
    diagnosis: "unhandled-rejection",
    line: 1,
    wrong:
      "export async function run() { const p = Promise.reject(new Error('late')); await new Promise((r) => setTimeout(r, 5)); await p.catch(() => {}); }",
    right:
      "export async function run() { const p = Promise.reject(new Error('soon')); await null; await p.catch(() => {}); }",
    body: callOnce,
  },
  {
    rule: "L4: a callback that throws",
    diagnosis: "unhandled-rejection",
    line: 1,
    wrong:
      "export async function run() { await new Promise((r) => setTimeout(() => { r(); throw new Error('thrown'); }, 5)); }",
    right: "export async function run() { await new Promise((r) => setTimeout(r, 5)); }",
    body: callOnce,
  },
  {
    rule: "L5: late after an abort",
    diagnosis: "late-after-abort",
    wrong:
      "export async function run(signal) { await new Promise((r) => setTimeout(r, 30)); signal.throwIfAborted(); }",
    right: "export async function run(signal) { await fetch('https://a.example/', { signal }); }",
    body: abortAt5,
  },
  {
    rule: "L5: late because the signal was not passed on",
    diagnosis: "signal-not-passed-on",
    line: 1,
    wrong: "export async function run(signal) { await fetch('https://a.example/'); signal.throwIfAborted(); }",
    right: "export async function run(signal) { await fetch('https://a.example/', { signal }); }",
    body: abortAt5,
  },
  {
    rule: "L5: another reason",
    diagnosis: "reason-replaced",
    wrong:
      "export async function run(signal) { try { await fetch('https://a.example/', { signal }); } catch { throw new Error('aborted'); } }",
    right: "export async function run(signal) { await fetch('https://a.example/', { signal }); }",
    body: abortAt5,
  },
  {
    rule: "L5: an abort swallowed",
    diagnosis: "abort-swallowed",
    wrong: "export async function run(signal) { await fetch('https://a.example/', { signal }).catch(() => {}); }",
    right: "export async function run(signal) { await fetch('https://a.example/', { signal }); }",
    body: abortAt5,
  },
  {
    rule: "L6: an aborted signal, and work is started",
    diagnosis: "aborted-signal-unchecked",
    line: 1,
    wrong: "export async function run(signal) { await fetch('https://a.example/', { signal }); }",
    right:
      "export async function run(signal) { signal.throwIfAborted(); await fetch('https://a.example/', { signal }); }",
    body: bornAborted,
  },
  {
    rule: "L6: an aborted signal, and it waits for the event",
    diagnosis: "aborted-signal-unchecked",
    wrong:
      "export function run(signal) { return new Promise((_, no) => signal.addEventListener('abort', () => no(signal.reason))); }",
    right: "export async function run(signal) { throw signal.reason; }",
    body: bornAborted,
  },
  {
    rule: "L7: it never settles",
    diagnosis: "never-settles",
    wrong: "export function run() { return new Promise(() => {}); }",
    right: "export async function run() {}",
    body: callOnce,
  },
];

for (const { rule, diagnosis, line, wrong, right, body = callOnce, options = "" } of cases) {
  test(`${rule} is ${diagnosis}`, async () => {
    const failure = failureOf(await grade(grader, { body, exercise: wrong, options }));
    assert.equal(failure.diagnosis, diagnosis, failure.message.en);
    assert.ok(failure.message["zh-cn"].length > 5);
    if (line !== undefined) assert.equal(failure.source?.line, line);
    assertPassed(await grade(grader, { body, exercise: right, options }));
  });
}
