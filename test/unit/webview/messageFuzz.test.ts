// What the host sends is changed in one place or many: the pages take it whole or not at all, and never throw.
import assert from "node:assert/strict";
import { lessonIntents, quizIntents, reportIntents, timelineIntents } from "../core/intentSamples.ts";
import { test } from "node:test";
import fc from "fast-check";
import { parseReportIntent } from "../../../src/core/assessment/reportIntent.ts";
import { parseIntent } from "../../../src/core/lessonPanel/lessonPanelIntent.ts";
import { lessonPanelStrings } from "../../../src/core/lessonPanel/lessonPanelStrings.ts";
import { parseQuizIntent } from "../../../src/core/questions/quizPanelIntent.ts";
import { parseTimelineIntent } from "../../../src/core/timelinePanel/timelineIntent.ts";
import { timelineStrings } from "../../../src/core/timelinePanel/timelineStrings.ts";
import { quizPanelStrings } from "../../../src/core/questions/quizPanelStrings.ts";
import type { LessonPanelState } from "../../../src/protocol/lessonPanelMessages.ts";
import type { QuizPanelState } from "../../../src/protocol/quizPanelMessages.ts";
import type { TimelineState } from "../../../src/protocol/timelineMessages.ts";
import { parseMemory, parseToLessonPanel } from "../../../webview/lesson/parseMessage.ts";
import { parseMemory as parseQuizMemory, parseToQuizPanel } from "../../../webview/quiz/parseMessage.ts";
import { parseMemory as parseTimelineMemory, parseToTimeline } from "../../../webview/timeline/parseMessage.ts";

const event = {
  seq: 1,
  at: 30,
  type: "fail",
  kind: "fetch",
  operation: 2,
  label: "/a",
  cause: 1,
  line: 3,
  detail: "x",
} as const;
const lesson: LessonPanelState = {
  locale: "en",
  strings: lessonPanelStrings.en,
  lesson: {
    ...{ id: "x", title: "X", summary: "s", track: "t", level: "l", minutes: "m", html: "<p>x</p>" },
    prerequisites: [{ lesson: "y", title: "Y", passed: true }],
    diagrams: [
      {
        ...{ file: "a.mmd", title: "a", description: "d", source: "flowchart LR" },
        bound: true,
      },
    ],
  },
  progress: { status: "passed", text: "Passed" },
  result: {
    ...{ kind: "graded", passed: false, headline: "h", duration: "d", stale: false },
    error: { message: "m", source: { line: 1, column: 2 }, place: "p", stuck: true },
    tests: [
      {
        ...{ name: "n", title: "t", passed: false, orders: "o", output: ["x"] },
        failure: {
          ...{ diagnosis: "wrong-result", diagnosisTitle: "t", explanation: "e", message: "m", schedule: "1", at: "a" },
          ...{ source: { line: 1, column: 2 }, place: "p", expected: "x", actual: "y", storyOmitted: 0 },
          story: [{ at: "30 ms", text: "t", line: 1, event }],
          lights: [{ file: "a.mmd", parts: [{ element: "a", light: "active", count: 1, current: false }] }],
        },
      },
    ],
  },
  hints: { shown: [{ title: "t", html: "<p>x</p>" }], total: 3 },
  exercise: { name: "exercise.ts", canRestore: false, canPlay: true },
  next: { lesson: "z", title: "Z", passed: false, why: "w" },
};
const quiz: QuizPanelState = {
  locale: "en",
  strings: quizPanelStrings.en,
  lesson: { id: "x", title: "X" },
  note: "n",
  questions: [
    {
      ...{ id: "q", heading: "h", kind: "k", prompt: "p", html: "<figure></figure>", answer: "a" },
      source: { lesson: "x", title: "X" },
      options: [{ id: "a", letter: "A", text: "t", output: false, why: "w" }],
    },
  ],
};

const timeline: TimelineState = {
  locale: "en",
  strings: timelineStrings.en,
  empty: "nothing",
  moment: 1,
  editor: { lines: [1], stale: false },
  run: {
    ...{ key: "k", lesson: "L", test: "t", origin: "o", schedule: "i2-", live: false },
    ...{ events: [event], texts: ["x"], natural: { events: [event], texts: ["x"] } },
    failure: { title: "t", message: "m" },
  },
};

type Path = readonly (string | number)[];

/** Every place of a value, the whole included. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

function changeAt(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (typeof value !== "object" || value === null) return value;
  const next = changeAt((value as Record<string, unknown>)[key], rest, change);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === String(key) ? next : each));
  const others = Object.entries(value).filter(([name]) => name !== String(key));
  return Object.fromEntries(next === gone ? others : [...others, [key, next]]);
}

const gone = Symbol("gone");

/** What a structured clone can bring, and what JSON can. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    gone,
    undefined,
    null,
    NaN,
    Infinity,
    -1,
    0,
    1.5,
    1e300,
    "",
    "x",
    "__proto__",
    true,
    false,
    [],
    {},
    [[]],
  ),
  fc.constantFrom<unknown>(new Map(), new Set(), new Date(0), /x/, new Uint8Array(2), 10n, new Error("x")),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__": {"length": 1}}'),
    { length: 1, 0: "x" },
    { toString: "x", valueOf: 1 },
  ),
  fc.anything({ maxDepth: 3, withNullPrototype: true, withSparseArray: true, withBigInt: true, withMap: true }),
);

/** Changes that make a value of another type, and so must be refused wherever they are. */
const wrong = fc.constantFrom<unknown>(null, NaN, new Map(), Symbol.for("x"), 10n, () => undefined);

function mutations(whole: object): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.constantFrom(...pathsOf(whole)), strange);
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<unknown>((value, [path, next]) => changeAt(value, path, () => next), whole));
}

const options = { numRuns: 3000, seed: Number(process.env["SEED"] ?? Date.now() % 2 ** 31) };
console.error(`messageFuzz: SEED=${String(options.seed)}`);

/** The same keys hold the same types of values; extra keys do not matter, since nothing reads them. */
function assertWhole(actual: unknown, pattern: unknown, path: string): void {
  if (actual === undefined) return;
  assert.equal(typeof actual, typeof pattern, path);
  assert.equal(Array.isArray(actual), Array.isArray(pattern), path);
  if (typeof pattern === "number") assert.ok(Number.isFinite(actual), path);
  if (typeof pattern !== "object" || pattern === null || actual === null) {
    assert.notEqual(actual, null, path);
    return;
  }
  if (Array.isArray(pattern)) for (const each of actual as unknown[]) assertWhole(each, pattern[0], `${path}[]`);
  else
    for (const [key, each] of Object.entries(pattern)) {
      assertWhole((actual as Record<string, unknown>)[key], each, `${path}.${key}`);
    }
}

test("a lesson's page takes a changed state whole or not at all", () => {
  assert.ok(parseToLessonPanel({ type: "state", state: lesson }));
  fc.assert(
    fc.property(mutations({ type: "state", state: lesson }), (message) => {
      const parsed = parseToLessonPanel(message);
      if (parsed?.type === "state" && parsed.state.result.kind === "graded") assertWhole(parsed.state, lesson, "state");
    }),
    options,
  );
});

test("the questions' page takes a changed state whole or not at all", () => {
  assert.ok(parseToQuizPanel({ type: "state", state: quiz }));
  fc.assert(
    fc.property(mutations({ type: "state", state: quiz }), (message) => {
      const parsed = parseToQuizPanel(message);
      if (parsed !== undefined) assertWhole(parsed.state, quiz, "state");
    }),
    options,
  );
});

test("the timeline's page takes a changed state whole or not at all", () => {
  assert.ok(parseToTimeline({ type: "state", state: timeline }));
  fc.assert(
    fc.property(mutations({ type: "state", state: timeline }), (message) => {
      const parsed = parseToTimeline(message);
      if (parsed?.type !== "state") return;
      // That no event is current is a value too.
      assertWhole({ ...parsed.state, moment: parsed.state.moment ?? 1 }, timeline, "state");
    }),
    options,
  );
});

test("each part of a state is looked at: none may be of another type, and none that must be there may be missing", () => {
  const inLesson = "prerequisites next error source place failure expected actual line cause detail kind label html";
  const cases: readonly (readonly [object, (message: unknown) => unknown, string])[] = [
    [{ type: "state", state: lesson }, parseToLessonPanel, inLesson],
    [{ type: "state", state: quiz }, parseToQuizPanel, "html source note state.lesson"],
  ];
  for (const [whole, parse, names] of cases) {
    const optional = new Set(names.split(" "));
    for (const path of pathsOf(whole)) {
      const at = path.join(".");
      fc.assert(
        fc.property(wrong, (value) => parse(changeAt(whole, path, () => value)) === undefined),
        { numRuns: 6 },
      );
      const last = path.at(-1);
      const inList = path.length > 0 && /^\d+$/.test(String(last));
      if (last === undefined || inList || optional.has(String(last)) || optional.has(at)) continue;
      assert.equal(parse(changeAt(whole, path, () => gone)), undefined, `${at} missing`);
    }
  }
});

test("an empty set of words is no set of words", () => {
  assert.equal(parseToLessonPanel({ type: "state", state: { ...lesson, strings: {} } }), undefined);
  assert.equal(parseToQuizPanel({ type: "state", state: { ...quiz, strings: {} } }), undefined);
});

test("texts and lists beyond all measure are refused", () => {
  const html = "x".repeat(4_000_001);
  assert.equal(
    parseToLessonPanel({ type: "state", state: { ...lesson, lesson: { ...lesson.lesson, html } } }),
    undefined,
  );
  const questions = Array.from({ length: 10_001 }, () => quiz.questions[0]);
  assert.equal(parseToQuizPanel({ type: "state", state: { ...quiz, questions } }), undefined);
});

test("a memory is whole, or none", () => {
  const memory = { lesson: "x", scrollTop: 1, anchor: { line: 1, offset: 2 }, open: { a: true }, tab: "go" };
  const answers = { lesson: "x", scrollTop: 1, answers: { q: { choice: "a", checked: true } } };
  fc.assert(
    fc.property(mutations(memory), mutations(answers), (one, other) => {
      const kept = parseMemory(one);
      if (kept !== undefined) assertWhole({ ...kept, open: undefined }, memory, "memory");
      assert.doesNotThrow(() => parseQuizMemory(other));
      assert.equal(parseTimelineMemory(other), undefined);
    }),
    options,
  );
});

test("the host takes the closed set of intents, with no key more or less, and within bounds", () => {
  for (const [set, parse] of [
    [lessonIntents, parseIntent],
    [quizIntents, parseQuizIntent],
    [timelineIntents, parseTimelineIntent],
    [reportIntents, parseReportIntent],
  ] as const) {
    for (const intent of set) {
      assert.deepEqual(parse(intent), intent);
      assert.equal(parse({ ...intent, extra: 1 }), undefined);
      for (const path of pathsOf(intent)) {
        for (const value of [gone, null, NaN, 1e300, -1, 1.5, {}, [], "x".repeat(5000), new Map()]) {
          assert.equal(
            parse(changeAt(intent, path, () => value)),
            undefined,
            `${JSON.stringify(intent)} ${path.join(".")} ${typeof value}`,
          );
        }
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...set).chain(mutations), (message) => {
        const parsed: object | undefined = parse(message);
        if (parsed === undefined) return;
        const model = set.find((each) => Reflect.get(each, "type") === Reflect.get(parsed, "type"));
        assert.ok(model);
        assert.deepEqual(Object.keys(parsed).sort(), Object.keys(model).sort());
        assertWhole(parsed, model, "intent");
      }),
      options,
    );
  }
});
