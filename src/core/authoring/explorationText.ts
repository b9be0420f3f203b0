/**
 * An exploration as Markdown whose tables are aligned, so that it reads as well in a terminal as in the editor's preview. What
 * comes from the lesson stands in code spans: none of it becomes markup. Pure.
 */
import type { Locale } from "../../protocol/words.ts";
import { describeOrders } from "../verdict/lessonVerdictText.ts";
import { padTo, widthOf } from "../textTable.ts";
import type { Exploration, ExploredTest } from "./exploration.ts";
import { type ExplorationWords, explorationWords } from "./explorationWords.ts";

/** Items of a list within a sentence; the others are counted. */
const mostListed = 8;

export function explorationText(exploration: Exploration, locale: Locale): string {
  const say = explorationWords[locale];
  const { lesson, file, error, tests } = exploration;
  const title = [`# ${say.heading(code(lesson))}`, say.file(code(file))];
  if (error !== undefined) return paragraphs([...title, say.cannotRun(code(error.message[locale]))]);
  return paragraphs([
    ...title,
    `## ${say.tests}`,
    testTable(tests, say, locale),
    ...(tests.some(({ failure }) => failure !== undefined) ? [say.failingNote] : []),
    `## ${say.never}`,
    list(neverLines(tests, say)) ?? say.neverNothing,
    ...(tests.every(({ schedules }) => schedules.exhaustive) ? [] : [say.cutNote]),
    `## ${say.unreached}`,
    list(exploration.unreached.map(unreachedLine)) ?? say.unreachedNothing,
    ...(exploration.unreached.length === 0 ? [] : [say.unreachedNote]),
    `## ${say.oracle}`,
    list(oracleLines(exploration, say)) ?? say.oracleNothing,
    `## ${say.mistakes}`,
    ...mistakeParts(exploration, say),
  ]);
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

function list(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.map((line) => `- ${line}`).join("\n");
}

function testTable(tests: readonly ExploredTest[], say: ExplorationWords, locale: Locale): string {
  const rows = tests.map(({ name, schedules, failure, space, catches, first }, index) => {
    const { least, most } = space.depth;
    return [
      String(index + 1),
      code(name),
      describeOrders(schedules, locale),
      least === most ? String(most) : `${String(least)}–${String(most)}`,
      String(space.widest),
      failure === undefined ? say.passes : say.fails(failure),
      `${String(catches.length)} (${String(first.length)})`,
    ];
  });
  return table(say.testColumns, rows);
}

/** What is missing from a whole test in one line for all such tests; each piece of work by itself. */
function neverLines(tests: readonly ExploredTest[], say: ExplorationWords): readonly string[] {
  const whole = (["choice", "abort", "fault"] as const).flatMap((kind) => {
    const names = tests.filter(({ neverHappens }) => neverHappens.some((each) => each.kind === kind));
    return names.length === 0
      ? []
      : [
          `${listed(
            names.map(({ name }) => name),
            say,
          )}${say.colon}${say.missing[kind]}`,
        ];
  });
  const steps = tests.flatMap(({ name, neverHappens }) =>
    neverHappens.flatMap((each) =>
      each.kind === "allowed" ? [`${code(name)}${say.colon}${say.allowed[each.fate](code(each.step.label))}`] : [],
    ),
  );
  return [...whole, ...steps];
}

function unreachedLine({ from, to, text }: Exploration["unreached"][number]): string {
  return `spec.ts:${from === to ? String(from) : `${String(from)}–${String(to)}`} ${code(text)}`;
}

function oracleLines({ rulesOff, rulesUnasked, tests }: Exploration, say: ExplorationWords): readonly string[] {
  const withPolicy = (policy: "mayFulfil" | "drains"): string[] => {
    const names = tests.filter(({ space }) => space.calls[policy]).map(({ name }) => name);
    return names.length === 0 ? [] : [say.policies[policy](listed(names, say))];
  };
  return [
    ...rulesOff.map(({ rule, tests: off }) => say.ruleOff(rule, listed(off, say))),
    ...withPolicy("mayFulfil"),
    ...withPolicy("drains"),
    ...rulesUnasked.map((rule) => say.ruleUnasked(rule)),
  ];
}

function mistakeParts({ mistakes, tests, unneeded }: Exploration, say: ExplorationWords): readonly string[] {
  if (mistakes.length === 0) return [say.mistakesNothing];
  const rows = mistakes.map(({ name, declared, failures, firstTest }) => [
    code(name),
    firstTest === undefined ? `${declared} (${say.escapes})` : declared,
    ...tests.map((test) => (test.name === firstTest ? "1" : Object.hasOwn(failures, test.name) ? "x" : "")),
  ]);
  const columns = [say.mistake, say.declared, ...tests.map((_, index) => String(index + 1))];
  const names = unneeded.map(code).join(say.comma);
  return [table(columns, rows), say.legend, names === "" ? say.allNeeded : say.unneeded(names)];
}

function listed(names: readonly string[], say: ExplorationWords): string {
  const shown = names.slice(0, mostListed).map(code);
  const rest = names.length - shown.length;
  return [...shown, ...(rest > 0 ? [say.more(rest)] : [])].join(say.comma);
}

/** A code span in a table's cell: what would end either is taken out. */
function code(text: string): string {
  const plain = text
    .replace(/[`\r\n]/g, " ")
    .replaceAll("|", "\\|")
    .trim();
  return plain === "" ? "" : `\`${plain}\``;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, index) =>
    Math.max(3, widthOf(heading), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => padTo(cells[index] ?? "", width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(headings), rule, ...rows.map(line)].join("\n");
}
