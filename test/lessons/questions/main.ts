/** `npm run questions`, see run.mjs. */
import { join } from "node:path";
import process from "node:process";
import { root } from "../../../scripts/lib/paths.mjs";
import { createFolderReader } from "../../../src/cli/folderReader.ts";
import { type BankReport, verifyBank } from "../../../src/verify/verifyBank.ts";
import { formatFinding } from "../../../src/core/lesson/lessonFinding.ts";
import { createNodeGrader } from "../../../src/runner/node/createNodeGrader.ts";
import { lessonIds, readGrading } from "../lessonsOnDisk.ts";

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

/** @param skills all where there is none. Resolves with whether nothing was found. */
export async function main(skills: readonly string[]): Promise<boolean> {
  const { files, findings } = await checkBank(skills);
  for (const { skill, questions } of files) print(`${skill}: ${String(questions.length)} questions`);
  for (const finding of findings) print(formatFinding(finding, "en"));
  print(findings.length === 0 ? "Nothing found." : `${String(findings.length)} findings.`);
  return findings.length === 0;
}

export async function checkBank(skills: readonly string[]): Promise<BankReport> {
  const grader = createNodeGrader({ distDir: join(root, "dist") });
  const known = new Set(lessonIds());
  try {
    return await verifyBank({
      reader: createFolderReader(join(root, "questions")),
      grader,
      signal: new AbortController().signal,
      grading: (lesson) => (known.has(lesson) ? readGrading(lesson) : undefined),
      ...(skills.length === 0 ? {} : { only: skills.map((skill) => `${skill}.json`) }),
    });
  } finally {
    grader.dispose();
  }
}
