/**
 * The report as a table for spreadsheets: a row for each lesson that somebody has begun. Pure.
 *
 * A cell that a spreadsheet would take for a formula begins with an apostrophe: names and ids come from other people's files.
 */
import { diagnoses } from "../verdict/diagnoses.ts";
import { isDiagnosis } from "../../protocol/diagnosis.ts";
import type { Locale } from "../../protocol/words.ts";
import type { Cell, Person, ReportLesson, TeamReport } from "./teamReport.ts";
import { teamWords, type TeamWords } from "./teamWords.ts";

/** Line ends and quotes as RFC 4180 has them, and the mark by which spreadsheets know UTF-8. */
export function teamCsv(report: TeamReport, locale: Locale): string {
  const words = teamWords(locale);
  const titled = report.tracks.flatMap(({ title, lessons }) =>
    lessons.map((lesson) => ({ lesson, track: title?.[locale] })),
  );
  const rows = report.people.flatMap((person) => {
    const own = titled.flatMap(({ lesson, track }) => {
      const cell = person.cells.get(lesson.id);
      return cell === undefined ? [] : [rowOf(person, lesson, track ?? "", cell, words, locale)];
    });
    return own.length > 0
      ? own
      : [[words.person(person), "", "", "", words.nothingBegun, ...empty, minute(person.exportedAt)]];
  });
  return `\ufeff${[words.csvHeadings, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}

const empty = Array<string>(8).fill("");

function rowOf(
  person: Person,
  lesson: ReportLesson,
  track: string,
  { standing, lesson: exported, attempts }: Cell,
  words: TeamWords,
  locale: Locale,
): readonly string[] {
  const bugs = exported.diagnoses.map(({ diagnosis, times }) => {
    const title = isDiagnosis(diagnosis) ? diagnoses[diagnosis].title[locale] : diagnosis;
    return `${title} ×${String(times)}`;
  });
  return [
    words.person(person),
    track,
    lesson.id,
    lesson.title?.[locale] ?? "",
    words.standing[standing],
    String(attempts),
    String(exported.attempts),
    String(exported.hintsShown),
    exported.solutionShown ? words.yes : words.no,
    bugs.join("; "),
    minute(exported.firstAt),
    minute(exported.lastAt),
    exported.status === "passed" ? minute(exported.passedAt) : "",
    minute(person.exportedAt),
  ];
}

/** "2026-03-01 09:30": what a spreadsheet takes for a time. */
function minute(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}

/** Full-width signs count as well: spreadsheets of Chinese and Japanese systems read them as the others. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;

export function csvCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
