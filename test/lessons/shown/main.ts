/** Runs every mistake of the lessons and writes down what it shows: a child process a lesson, since a mistake may hang. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { format, resolveConfig } from "prettier";
import { root } from "../../../scripts/lib/paths.mjs";
import { type Diagnosis, diagnosisIds } from "../../../src/protocol/diagnosis.ts";
import { lessonIds } from "../lessonsOnDisk.ts";
import { collect } from "./collect.ts";

const table = join(root, "src/core/assessment/shownDiagnoses.ts");

/** Real ms without a word after which a child hangs: no test takes a tenth of it, unless the machine is very busy. */
const longestSilence = 300_000;

type Message =
  | { readonly type: "begins"; readonly mistake: string }
  | { readonly type: "shows"; readonly mistake: string; readonly diagnosis: Diagnosis };

/** By lesson and mistake. */
type Shown = Record<string, Record<string, Set<Diagnosis>>>;

/** Of these lessons; of all where none is named. */
export async function main(lessons: readonly string[]): Promise<void> {
  const shown: Shown = {};
  const all = lessonIds();
  const waiting = (lessons.length === 0 ? all : lessons).values();
  const next = async (): Promise<void> => {
    for (const lesson of waiting) {
      shown[lesson] = await ofLesson(lesson);
      process.stderr.write(`${lesson}\n`);
    }
  };
  await Promise.all([next(), next()]);
  const known =
    lessons.length === 0 ? {} : (await import("../../../src/core/assessment/shownDiagnoses.ts")).shownDiagnoses;
  const style = await resolveConfig(table);
  writeFileSync(table, await format(tableOf(all, shown, known), { ...style, filepath: table }));
}

async function ofLesson(lesson: string): Promise<Record<string, Set<Diagnosis>>> {
  const shown: Record<string, Set<Diagnosis>> = {};
  for (const mistake of mistakesOf(lesson)) {
    const own = (shown[mistake] = new Set());
    const child = fork(join(import.meta.dirname, "child.ts"), [lesson, mistake]);
    if (!(await listen(child, own))) {
      own.add("busy-loop");
      process.stderr.write(`${lesson}/${mistake} hangs: what comes after that is not known\n`);
    }
  }
  return shown;
}

/** False where it had to be ended. */
async function listen(child: ChildProcess, shown: Set<Diagnosis>): Promise<boolean> {
  const state = { hangs: false };
  const watch = (): NodeJS.Timeout =>
    setTimeout(() => {
      state.hangs = true;
      child.kill("SIGKILL");
    }, longestSilence);
  let watchdog = watch();
  child.on("message", (message: Message) => {
    clearTimeout(watchdog);
    watchdog = watch();
    if (message.type === "shows") shown.add(message.diagnosis);
  });
  const [code] = (await once(child, "exit")) as [number | null];
  clearTimeout(watchdog);
  if (!state.hangs && code !== 0) throw new Error("A mistake could not be run.");
  return !state.hangs;
}

/** In the child. */
export function runMistake(lesson: string, mistake: string): void {
  const read = (file: string): string => readFileSync(join(root, "lessons", lesson, file), "utf8");
  const tell = (message: Message): void => void process.send?.(message);
  collect({
    exercise: read(`mistakes/${mistake}.ts`),
    spec: read("spec.ts"),
    begins: () => {
      tell({ type: "begins", mistake });
    },
    shows: (diagnosis) => {
      tell({ type: "shows", mistake, diagnosis });
    },
  });
}

export function mistakesOf(lesson: string): readonly string[] {
  return readdirSync(join(root, "lessons", lesson, "mistakes"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

function tableOf(
  lessons: readonly string[],
  shown: Shown,
  known: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const inOrder = (found: ReadonlySet<Diagnosis>): string => diagnosisIds.filter((id) => found.has(id)).join(" ");
  const rows = lessons.map((lesson) => {
    const own = shown[lesson];
    const lines =
      own === undefined
        ? (known[lesson] ?? {})
        : Object.fromEntries(Object.entries(own).map(([mistake, found]) => [mistake, inOrder(found)]));
    const text = Object.entries(lines).map(([mistake, found]) => `    "${mistake}": "${found}",\n`);
    return `  "${lesson}": {\n${text.join("")}  },\n`;
  });
  return `${heading}export const shownDiagnoses: Readonly<Record<string, Readonly<Record<string, string>>>> = {\n${rows.join("")}};\n`;
}

const heading = `/**
 * Every kind of bug that each known mistake of the lessons shows, in any order and in any test, its own among them: none of them is a
 * wrong answer to what is wrong with it. Written by \`npm run mistakes\`; test/lessons/shownDiagnoses.test.ts runs them again. Pure data.
 */
`;
