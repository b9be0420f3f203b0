/** A report as a Markdown file. Whatever a learner wrote, or a run printed, stays text in it. Pure. */
import type { ItemView, ReportView } from "../../protocol/reportMessages.ts";
import type { ReportStrings } from "../../protocol/reportStrings.ts";
import { fill } from "./reportNumbers.ts";

export function reportMarkdown(report: ReportView, strings: ReportStrings): string {
  const blocks = [
    `# ${inline(report.title)}`,
    `**${inline(report.subtitle)}**`,
    list(report.facts.map(({ label, value }) => `${inline(label)}: ${inline(value)}`)),
    ...resultBlocks(report, strings),
    ...skillBlocks(report, strings),
    `## ${inline(strings.plan)}`,
    ...planBlocks(report, strings),
    `## ${inline(strings.bugs)}`,
    ...bugBlocks(report, strings),
    `## ${inline(strings.items)}`,
    inline(strings.itemsIntro),
    ...report.items.flatMap((item) => itemBlocks(item, strings)),
    ...explainedBlocks(report, strings),
    `## ${inline(strings.history)}`,
    table(
      [strings.rehearsal, strings.score],
      report.history.rehearsals.map(({ title, total }) => [title, `${total.text} (${percent(total.share)})`]),
    ),
    `## ${inline(strings.pauses)}`,
    list(report.pauses.map(inline)),
    `## ${inline(strings.limits)}`,
    list(report.limits.map(inline)),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function resultBlocks(report: ReportView, strings: ReportStrings): readonly string[] {
  return [
    `## ${inline(strings.result)}`,
    `**${inline(report.verdict)}**`,
    table(
      ["", strings.score, "%", ""],
      report.parts.map(({ title, total, meaning, nested }) => [
        nested ? `↳ ${title}` : title,
        total.text,
        percent(total.share),
        meaning,
      ]),
    ),
  ];
}

function skillBlocks({ radar, items }: ReportView, strings: ReportStrings): readonly string[] {
  const profiles = radar.areas.filter(({ kind }) => kind !== "you").map(({ title }) => title);
  return [
    `## ${inline(strings.skills)}`,
    inline(strings.skillsIntro),
    table(
      [strings.skill, strings.area, strings.you, ...profiles],
      radar.rows.map(({ skill, area, you, campus, experienced }) => [skill, area, you, campus, experienced]),
    ),
    `## ${inline(strings.time)}`,
    inline(strings.timeIntro),
    table(
      [strings.item, strings.planned, strings.used],
      items.map(({ heading, time }) => [heading, time.plannedText, time.usedText]),
    ),
  ];
}

function planBlocks({ plan }: ReportView, strings: ReportStrings): readonly string[] {
  if (plan.length === 0) return [inline(strings.noPlan)];
  return [
    inline(strings.planIntro),
    table(
      [strings.lesson, strings.minutes, strings.why],
      plan.map(({ lesson, minutes, why }) => [lesson.title, String(minutes), why]),
    ),
  ];
}

function bugBlocks({ bugs }: ReportView, strings: ReportStrings): readonly string[] {
  if (bugs.length === 0) return [inline(strings.noBugs)];
  return [
    inline(strings.bugsIntro),
    table(
      [strings.bugs, strings.items, strings.taughtBy],
      bugs.map(({ title, explanation, items, lessons }) => [
        `${title}: ${explanation}`,
        items,
        lessons.map((lesson) => lesson.title).join("; "),
      ]),
    ),
  ];
}

function itemBlocks(item: ItemView, strings: ReportStrings): readonly string[] {
  const { heading, total, skill, level, notes, prompt, code, answer, notGraded, criteria, time } = item;
  const facts = [total.text, skill, level, `${time.usedText} / ${time.plannedText}`, ...notes];
  return [
    `### ${inline(heading)}`,
    facts.map(inline).join(" · "),
    inline(prompt),
    code === undefined ? "" : fence(code, "ts"),
    notGraded === undefined ? "" : inline(notGraded),
    answer === undefined
      ? ""
      : list([
          `${inline(strings.yourAnswer)}: ${inline(answer.chosen ?? strings.noAnswer)} ${answer.isRight ? "✓" : "✗"}`,
          ...(answer.isRight ? [] : [`${inline(strings.rightAnswer)}: ${inline(answer.right)}`]),
          `${inline(strings.explanation)}: ${inline(answer.why)}`,
        ]),
    ...criteria.flatMap((criterion) => [
      `#### ${inline(criterion.title)}: ${inline(criterion.total.text)}`,
      table(
        [strings.test, "", strings.why, strings.schedule],
        criterion.evidence.map(({ test, title, passed, diagnosis, message, schedule, line }) => [
          `${title} (${test})`,
          passed ? strings.passed : strings.failed,
          [diagnosis, message, line === undefined ? undefined : fill(strings.line, line)]
            .filter((part) => part !== undefined)
            .join(" · "),
          schedule ?? "",
        ]),
      ),
    ]),
  ];
}

function explainedBlocks({ explained }: ReportView, strings: ReportStrings): readonly string[] {
  if (explained.length === 0) return [];
  return [
    `## ${inline(strings.explained)}`,
    inline(strings.explainedIntro),
    ...explained.flatMap(({ title, explanation, rating }) => [
      `### ${inline(title)}`,
      fence(explanation, "text"),
      rating === undefined ? "" : `${inline(strings.yourRating)}: ${inline(rating)}`,
    ]),
  ];
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}

/** Text on one line, in which nothing is markup. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>|~#&$]/g, "\\$&")
    .replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? start : `\\${start}`))
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(inline).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** A block of text that no run of backticks in it can end. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\n*$/, "\n")}${ticks}`;
}
