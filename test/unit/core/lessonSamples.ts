// A lesson in memory for the tests of core: small, but complete by every schema.
import { type LessonReader, unreadable } from "../../../src/core/lesson/lessonReader.ts";

const words = (text: string) => ({ en: text, "zh-cn": `${text}（中）` });

export const catalog = {
  version: 1,
  tracks: [
    { id: "basics", title: words("Basics"), summary: words("First things"), lessons: ["sleep", "retry"] },
    { id: "pools", title: words("Pools"), summary: words("Scarce things"), lessons: ["semaphore"] },
  ],
};

export const meta = {
  id: "sleep",
  title: words("Sleep"),
  summary: words("Wait, but not for ever."),
  track: "basics",
  level: "introductory",
  minutes: 20,
  prerequisites: ["retry"],
  skills: ["abort-signal"],
  seed: ["2.2"],
  exports: ["sleep"],
  diagrams: [
    {
      file: "flow.mmd",
      title: words("Flow"),
      description: words("A timer and a signal race."),
      bindings: [
        { element: "timer", on: { type: "fire" } },
        { element: "e1", on: { type: "abort", kind: "fetch", label: "fetch /*" } },
        { element: "leak", on: { type: "leak" } },
      ],
    },
  ],
};

const option = (id: string) => ({ id, text: words(`option ${id}`), why: words(`because ${id}`) });

export const quiz = {
  version: 1,
  questions: [1, 2, 3, 4, 5, 6].map((number) => ({
    id: `question-${String(number)}`,
    kind: "choose-design",
    prompt: words("Which?"),
    options: [option("a"), option("b")],
    answer: "b",
  })),
};

export const prose = [
  "# Sleep",
  "",
  "Some *prose* with a [page](https://example.org/x), a [lesson](../retry/lesson.en.md) and a [section](#the-rules).",
  "",
  "![Flow](diagrams/flow.mmd)",
  "",
  "![Go](original.go)",
  "",
  "```ts",
  "const a = 1 < 2;",
  "```",
  "",
  "## The rules",
  "",
  "<script>alert(1)</script> and [bad](javascript:alert(1)) and [plain](http://example.org)",
  "",
  "## Hints",
  "",
  "### Nudge",
  "",
  "Look at the signal.",
  "",
  "### Approach",
  "",
  "Use `once`.",
  "",
  "### Nearly there",
  "",
  "Clear the timer.",
  "",
].join("\n");

export const files: Readonly<Record<string, string>> = {
  "catalog.json": JSON.stringify(catalog, null, 2),
  "sleep/lesson.json": JSON.stringify(meta, null, 2),
  "sleep/lesson.en.md": prose,
  "sleep/lesson.zh-cn.md": prose.replace("## Hints", "## 提示"),
  "sleep/diagrams/flow.mmd": "flowchart LR\n  timer e1@--> done",
  "sleep/original.go": "package lesson\n",
  "sleep/exercise.ts": "export async function sleep() {}\n",
  "sleep/solution.ts": "export async function sleep() {}\n",
  "sleep/spec.ts": "export {};\n",
  "sleep/quiz.json": JSON.stringify(quiz, null, 2),
  "sleep/mistakes/no-clear.ts": "// diagnosis: timer-still-armed - a timer ends by itself\nexport {};\n",
};

export function memoryReader(contents: Readonly<Record<string, string>> = files): LessonReader {
  return {
    read: (path) => {
      const text = contents[path];
      return text === undefined ? Promise.reject(unreadable.missing()) : Promise.resolve(text);
    },
    list: (directory) =>
      Promise.resolve(
        Object.keys(contents)
          .filter((path) => path.startsWith(`${directory}/`))
          .map((path) => ({ name: path.slice(directory.length + 1), kind: "file" })),
      ),
  };
}
