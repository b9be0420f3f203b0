/** `interleave verify`: the author's gate and the decay of a team's onboarding, as text or data. */
import fs from "node:fs/promises";
import path from "node:path";
import { formatFinding } from "../core/lesson/lessonFinding.ts";
import { createNodeGrader } from "../runner/node/createNodeGrader.ts";
import { CannotRun } from "./cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "./commandArguments.ts";
import { requestedLocale } from "./locale.ts";
import type { Locale, Words } from "../protocol/words.ts";
import { namedCatalog } from "./onboarding/namedCatalog.ts";
import { checkOnboarding, type OnboardingReport } from "./onboarding/checkOnboarding.ts";
import { plainStop } from "./onboarding/plainStop.ts";
import { hasOnboarding, openRepository, type Repository } from "./onboarding/repository.ts";
import { openPack, type Pack, shownFile } from "./pack.ts";
import type { Command, Terminal } from "./terminal.ts";
import { type PackReport, verifyPack } from "../verify/verifyPack.ts";

/** A pack's files are by one author, who gains nothing from fooling the next file's grading. */
const jobsPerSandbox = 25;

export const verifyShape: CommandShape = {
  name: "verify",
  positionals: ["dir"],
  optional: true,
  options: { json: "flag", locale: "text", onboarding: "text" },
};

export const verify: Command = async (words, terminal) => {
  const args = parseCommandArguments(verifyShape, words);
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const { lessons, repository } = await whatToVerify(terminal, args.positionals[0], args.text("onboarding"));
  const packReport = lessons === undefined ? undefined : await verifyLessons(lessons, terminal, locale);
  const stopReport = repository === undefined ? undefined : await verifyRepository(repository, terminal, locale);
  const findings = [...(packReport?.findings ?? []), ...(stopReport?.findings ?? [])];
  const passed = findings.length === 0;
  if (args.flag("json")) {
    const plain = findings.map(({ file, line, message }) => ({
      file,
      ...(line === undefined ? {} : { line }),
      message: message[locale],
    }));
    const stops = stopReport === undefined ? {} : { stops: stopReport.stops.map(plainStop) };
    const report = { version: 1, passed, lessons: packReport?.lessons ?? [], ...stops, findings: plain };
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  } else if (passed) {
    terminal.out(nothingFound(packReport?.lessons.length, stopReport?.stops.length)[locale]);
  } else {
    terminal.out(findings.map((each) => `${formatFinding(each, locale)}\n`).join(""));
  }
  return passed ? 0 : 1;
};

/**
 * A folder may be a pack, a team's repository with an onboarding, or both. Without a folder it is the onboarding of the
 * working directory, if there is one: a team has no use for the lessons that Interleave ships with being checked.
 */
async function whatToVerify(terminal: Terminal, folder: string | undefined, named: string | undefined) {
  const place = path.resolve(terminal.workingDirectory, folder ?? ".");
  const own = named === undefined && (await hasOnboarding(place)) ? place : undefined;
  const repository = named ?? own;
  const isPack = folder !== undefined && (own === undefined || (await exists(path.join(place, "catalog.json"))));
  return {
    repository: repository === undefined ? undefined : await openRepository(terminal, repository),
    lessons: isPack || repository === undefined ? await openPack(terminal, folder) : undefined,
  };
}

async function exists(file: string): Promise<boolean> {
  return (await fs.lstat(file).catch(() => undefined)) !== undefined;
}

async function verifyLessons(pack: Pack, terminal: Terminal, locale: Locale): Promise<PackReport> {
  const grader = createNodeGrader({ distDir: terminal.distDir, jobsPerSandbox });
  try {
    grader.warm();
    const report = await verifyPack({
      ...pack,
      distDir: terminal.distDir,
      grader,
      signal: terminal.signal,
      note: (en, zhCn) => {
        terminal.progress("");
        terminal.err(`${locale === "en" ? en : zhCn}\n`);
      },
      progress: (lesson, done, total) => {
        terminal.progress(`${lesson}: ${String(done)}/${String(total)}`);
      },
    });
    terminal.progress("");
    if (terminal.signal.aborted) throw new CannotRun("The check was cancelled.", "检查已取消。");
    return { ...report, findings: report.findings.map((each) => ({ ...each, file: shownFile(pack, each.file) })) };
  } finally {
    grader.dispose();
  }
}

async function verifyRepository(repository: Repository, terminal: Terminal, locale: Locale): Promise<OnboardingReport> {
  const catalog = await namedCatalog(repository, terminal, locale);
  const report = await checkOnboarding(repository, catalog, terminal.distDir);
  return { ...report, findings: report.findings.map((each) => ({ ...each, file: shownFile(repository, each.file) })) };
}

function nothingFound(lessons: number | undefined, stops: number | undefined): Words {
  const en = [
    ...(lessons === undefined ? [] : [`${String(lessons)} ${lessons === 1 ? "lesson" : "lessons"}`]),
    ...(stops === undefined ? [] : [`${String(stops)} ${stops === 1 ? "code stop" : "code stops"}`]),
  ];
  const zhCn = [
    ...(lessons === undefined ? [] : [`${String(lessons)} 节课`]),
    ...(stops === undefined ? [] : [`${String(stops)} 个代码站点`]),
  ];
  return { en: `${en.join(", ")}, nothing found.\n`, "zh-cn": `${zhCn.join("，")}，没有发现问题。\n` };
}
