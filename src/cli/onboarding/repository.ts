/** A team's repository on disk, as far as its onboarding goes. */
import { randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import type { LessonReader } from "../../core/lesson/lessonReader.ts";
import { onboardingFile } from "../../core/onboarding/onboardingSchema.ts";
import { repositoryRules } from "../../core/onboarding/repositoryRules.ts";
import { CannotRun } from "../cannotRun.ts";
import { explain } from "../fileErrors.ts";
import { createFolderReader } from "../folderReader.ts";
import { shownPath } from "../pack.ts";
import type { Terminal } from "../terminal.ts";

export interface Repository {
  /** Absolute. */
  readonly directory: string;
  /** How messages name it. */
  readonly name: string;
  readonly reader: LessonReader;
}

/** Whether the folder has an onboarding, readable or not. */
export async function hasOnboarding(directory: string): Promise<boolean> {
  return (await fs.lstat(path.join(directory, onboardingFile)).catch(() => undefined)) !== undefined;
}

/** @throws CannotRun where the folder, or its onboarding, is not there. */
export async function openRepository(terminal: Terminal, folder: string): Promise<Repository> {
  const directory = path.resolve(terminal.workingDirectory, folder);
  const name = shownPath(terminal.workingDirectory, directory);
  if (!(await hasOnboarding(directory))) {
    throw new CannotRun(`There is no ${onboardingFile} in ${name}.`, `${name} 里没有 ${onboardingFile}。`);
  }
  return { directory, name, reader: createFolderReader(directory, repositoryRules) };
}

/**
 * Puts a new text into the place of the one that was read, whole or not at all.
 * @throws CannotRun where somebody else wrote it meanwhile, or where it cannot be written.
 */
export async function replaceOnboarding(repository: Repository, before: string, after: string): Promise<void> {
  const file = path.join(repository.directory, onboardingFile);
  if ((await repository.reader.read(onboardingFile)) !== before) {
    throw new CannotRun(
      `${onboardingFile} was changed meanwhile; nothing was written. Run it again.`,
      `${onboardingFile} 在此期间被改动过，没有写入任何内容。请再运行一次。`,
    );
  }
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    const { mode } = await fs.stat(file);
    await fs.writeFile(draft, after, { flag: "wx", mode });
    await fs.rename(draft, file);
  } catch (error) {
    await fs.rm(draft, { force: true });
    const { en, "zh-cn": zhCn } = explain(error);
    throw new CannotRun(`${onboardingFile} cannot be written: ${en}.`, `无法写入 ${onboardingFile}：${zhCn}。`);
  }
}
