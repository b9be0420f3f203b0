/** What rehearsals are drawn from in tests: the real lessons, with the real bank or with one that is made up. */
import { join } from "node:path";
import { root } from "../../../../scripts/lib/paths.mjs";
import { createFolderReader } from "../../../../src/cli/folderReader.ts";
import type { Material } from "../../../../src/core/assessment/drawInputs.ts";
import {
  type BankFile,
  type BankQuestion,
  levels,
  parseBankFile,
} from "../../../../src/core/assessment/questionBank.ts";
import { skillIds } from "../../../../src/core/assessment/skills.ts";
import { lessonOrder } from "../../../../src/core/lesson/catalog.ts";
import { readCatalog, readLessonMeta, readMistakes } from "../../../../src/core/lesson/lessonFiles.ts";
import type { Parsed } from "../../../../src/core/lesson/lessonFinding.ts";

/** Nobody has learned anything yet. */
export { nothingKnown as noPast } from "../../../../src/core/assessment/drawInputs.ts";

export async function readMaterial(bank: readonly BankFile[]): Promise<Material> {
  const reader = createFolderReader(join(root, "lessons"));
  const ids = lessonOrder(valueOf(await readCatalog(reader)));
  const metas = await Promise.all(ids.map(async (id) => valueOf(await readLessonMeta(reader, id))));
  const mistakes = await Promise.all(ids.map(async (id) => [id, valueOf(await readMistakes(reader, id))] as const));
  return { bank, lessons: metas, mistakes: new Map(mistakes) };
}

export async function readRealBank(): Promise<readonly BankFile[]> {
  const reader = createFolderReader(join(root, "questions"));
  const names = (await reader.list("")).map(({ name }) => name).filter((name) => name.endsWith(".json"));
  return Promise.all(names.map(async (name) => valueOf(parseBankFile(await reader.read(name), name))));
}

/** Thirteen questions for each skill, as the real bank has them. */
export function madeUpBank(): readonly BankFile[] {
  return skillIds.map((skill) => ({
    version: 1,
    skill,
    questions: Array.from({ length: 13 }, (_, index) => madeUpQuestion(skill, index)),
  }));
}

function madeUpQuestion(skill: string, index: number): BankQuestion {
  const words = (text: string): { en: string; "zh-cn": string } => ({ en: text, "zh-cn": text });
  const level = levels[index % 3] ?? "advanced";
  const common = {
    id: `${skill}-${String(index)}`,
    prompt: words(`Question ${String(index)} about ${skill}?`),
    answer: "a",
    level,
    seconds: { introductory: 60, intermediate: 75, advanced: 95 }[level],
  };
  const options = ["a", "b", "c", "d"].map((id) => ({ id, text: words(id), why: words(id) }));
  if (index === 12)
    return { ...common, kind: "find-bug", lesson: "semaphore", code: "export {};\n", options, seconds: 120 };
  if (index % 2 === 0) return { ...common, kind: "choose-design", options };
  return {
    ...common,
    kind: "predict-output",
    code: "console.log(1);\n",
    options: options.map((option) => ({ ...option, output: option.id })),
  };
}

function valueOf<T>(result: Parsed<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}
