/** `interleave list`: the lessons of a pack, in the order in which they are meant to be taken. */
import { lessonOrder, trackOf } from "../core/lesson/catalog.ts";
import { type Finding, formatFinding } from "../core/lesson/lessonFinding.ts";
import { readLessonMeta } from "../core/lesson/lessonFiles.ts";
import type { LessonEntry } from "../core/lesson/lessonReader.ts";
import { locales } from "../protocol/words.ts";
import { type CommandShape, parseCommandArguments } from "./commandArguments.ts";
import { requestedLocale } from "./locale.ts";
import { openPack, requireCatalog, shownFile } from "./pack.ts";
import type { Command } from "./terminal.ts";
import { formatTable } from "../core/textTable.ts";

const listShape: CommandShape = {
  name: "list",
  positionals: [],
  options: { json: "flag", locale: "text", pack: "text" },
};

const headings = {
  en: ["lesson", "track", "title", "level", "minutes", "locales"],
  "zh-cn": ["课程", "路线", "标题", "难度", "分钟", "语言"],
} as const;

/** What cannot be read of the catalog or of a lesson is named on stderr and left out; the status is 2 then. */
export const list: Command = async (words, terminal) => {
  const args = parseCommandArguments(listShape, words);
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const pack = await openPack(terminal, args.text("pack"));
  const { catalog, findings } = await requireCatalog(pack, locale);
  const report = (found: readonly Finding[]): void => {
    for (const finding of found) {
      terminal.err(`${formatFinding({ ...finding, file: shownFile(pack, finding.file) }, locale)}\n`);
    }
  };
  report(findings);
  const lessons = [];
  let broken = findings.length > 0;
  for (const id of lessonOrder(catalog)) {
    const meta = await readLessonMeta(pack.reader, id);
    if (!meta.ok) {
      broken = true;
      report(meta.findings);
      continue;
    }
    const entries = await pack.reader.list(id).catch((): readonly LessonEntry[] => []);
    const names = entries.flatMap(({ name, kind }) => (kind === "file" ? [name] : []));
    const { title, level, minutes, track } = meta.value;
    lessons.push({
      id,
      track: trackOf(catalog, id)?.id ?? track,
      title: title[locale],
      level,
      minutes,
      locales: locales.filter((each) => names.includes(`lesson.${each}.md`)),
    });
  }
  if (args.flag("json")) terminal.out(`${JSON.stringify(lessons, null, 2)}\n`);
  else {
    const columns = headings[locale].map(
      (heading, index) => ({ heading, align: index === 4 ? "right" : "left" }) as const,
    );
    const rows = lessons.map((each) => [
      each.id,
      each.track,
      each.title,
      each.level,
      String(each.minutes),
      each.locales.join(", "),
    ]);
    terminal.out(`${formatTable(columns, rows).join("\n")}\n`);
  }
  return broken ? 2 : 0;
};
