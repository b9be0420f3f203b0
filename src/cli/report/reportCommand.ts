/** `interleave report`: what many people's exports of their progress say of a team, as a page and as a table. */
import fs from "node:fs/promises";
import path from "node:path";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import { readLessonMeta } from "../../core/lesson/lessonFiles.ts";
import { type NamedExport, mergePeople } from "../../core/teamReport/people.ts";
import { teamCsv } from "../../core/teamReport/teamCsv.ts";
import { teamHtml } from "../../core/teamReport/teamHtml.ts";
import { type KnownTrack, type ReportLesson, teamReport } from "../../core/teamReport/teamReport.ts";
import { teamWords } from "../../core/teamReport/teamWords.ts";
import type { Locale } from "../../protocol/words.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandArguments, type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { explain } from "../fileErrors.ts";
import { requestedLocale } from "../locale.ts";
import { openPack, requireCatalog } from "../pack.ts";
import type { Command, Terminal } from "../terminal.ts";
import { readExports } from "./readExports.ts";

const reportShape: CommandShape = {
  name: "report",
  positionals: ["files"],
  repeated: true,
  options: { html: "text", csv: "text", locale: "text", pack: "text" },
};

/** The name that stands for stdout. */
const stdout = "-";

/** 0 where every file could be read, 1 where some could not, 2 where none could. */
export const report: Command = async (words, terminal) => {
  const args = parseCommandArguments(reportShape, words);
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const targets = chooseTargets(args, terminal);
  const tracks = await readTracks(terminal, args.text("pack"), locale);
  const { exports, failures } = await readExports(args.positionals, locale, terminal);
  if (exports.length === 0) {
    throw new CannotRun("None of the files could be read, so there is no report.", "没有一份文件可用，所以没有报告。");
  }
  const { people, superseded } = mergePeople(exports);
  for (const { older, newer } of superseded) terminal.err(`${describeSuperseded(older, newer, locale)}\n`);
  const result = teamReport(people, tracks);
  await write(terminal, targets.html, () => teamHtml(result, locale));
  await write(terminal, targets.csv, () => teamCsv(result, locale));
  terminal.err(`${describeWritten(targets, people.length, locale)}\n`);
  return failures > 0 ? 1 : 0;
};

interface Targets {
  readonly html: string | undefined;
  readonly csv: string | undefined;
}

/** @throws CannotRun for targets that can hardly be meant. */
function chooseTargets(args: CommandArguments, terminal: Terminal): Targets {
  const [html, csv] = [args.text("html"), args.text("csv")];
  if (html === undefined && csv === undefined) {
    if (!terminal.interactive) return { html: stdout, csv };
    throw new CannotRun(
      "report makes a page, which is of no use in a terminal: name a file with --html FILE or --csv FILE, or redirect stdout.",
      "report 生成的是网页，显示在终端里没有用处：请用 --html FILE 或 --csv FILE 指定文件，或者重定向标准输出。",
    );
  }
  for (const [option, file] of [
    ["html", html],
    ["csv", csv],
  ] as const) {
    if (file === undefined) continue;
    const whole = path.resolve(terminal.workingDirectory, file);
    const isGiven = args.positionals.some((each) => path.resolve(terminal.workingDirectory, each) === whole);
    // `--html *.json` names the first export as the page.
    if (file === "" || file.endsWith(".json") || isGiven) {
      throw new CannotRun(
        `--${option} ${file} would not be a page but take an export's place: name another file.`,
        `--${option} ${file} 会覆盖一份导出文件：请换个文件名。`,
      );
    }
  }
  if (html !== undefined && html === csv) {
    throw new CannotRun("--html and --csv name the same file.", "--html 与 --csv 指向同一个文件。");
  }
  return { html, csv };
}

/** The tracks of the pack, for titles and order. What cannot be read of it goes by its id, since that is not what was asked for. */
async function readTracks(
  terminal: Terminal,
  option: string | undefined,
  locale: Locale,
): Promise<readonly KnownTrack[]> {
  const pack = await openPack(terminal, option);
  const { catalog } = await requireCatalog(pack, locale);
  const lessons = new Map<string, ReportLesson>();
  for (const id of lessonOrder(catalog)) {
    const meta = await readLessonMeta(pack.reader, id);
    lessons.set(id, meta.ok ? { id, title: meta.value.title } : { id });
  }
  return catalog.tracks.map(({ id, title, lessons: ids }) => ({
    id,
    title,
    lessons: ids.flatMap((lesson) => lessons.get(lesson) ?? []),
  }));
}

async function write(terminal: Terminal, target: string | undefined, make: () => string): Promise<void> {
  if (target === undefined) return;
  if (target === stdout) {
    terminal.out(make());
    return;
  }
  try {
    await fs.writeFile(path.resolve(terminal.workingDirectory, target), make());
  } catch (error) {
    const why = explain(error);
    throw new CannotRun(`${target} cannot be written: ${why.en}.`, `无法写入 ${target}：${why["zh-cn"]}。`);
  }
}

function describeSuperseded(older: NamedExport, newer: NamedExport, locale: Locale): string {
  const person = newer.exported.person;
  return locale === "en"
    ? `${older.file}: not counted, for ${newer.file} is a newer export by “${person}”`
    : `${older.file}：不计入，因为 ${newer.file} 是“${person}”较新的导出`;
}

function describeWritten({ html, csv }: Targets, people: number, locale: Locale): string {
  const files = [html, csv].filter((each) => each !== undefined && each !== stdout);
  const count = teamWords(locale).people(people);
  if (files.length === 0) return locale === "en" ? `A report on ${count}.` : `报告涵盖 ${count}。`;
  return locale === "en" ? `Wrote ${files.join(", ")}: ${count}.` : `已写入 ${files.join("、")}：${count}。`;
}
