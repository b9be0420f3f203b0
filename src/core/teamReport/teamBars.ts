/** The two tables with bars: kinds of bugs by people, lessons by how people stand in them. Pure. */
import type { Locale } from "../../protocol/words.ts";
import { html, type Markup } from "../page/markup.ts";
import { bugExplanation, bugTitle, titleOf } from "./teamNames.ts";
import { type LessonStanding, type SharedBug, type Standing, standings, type TeamReport } from "./teamReport.ts";
import type { TeamWords } from "./teamWords.ts";

/** CSS pixels of a bar that stands for everybody. */
const fullWidth = 240;
const height = 14;
/** Lessons that are named for a kind of bug. */
const namedLessons = 3;

export function bugSection({ bugs, people }: TeamReport, words: TeamWords, locale: Locale): Markup {
  const { bug, people: peopleHeading, times, seenIn } = words.columns;
  const body =
    bugs.length === 0
      ? html`<p>${words.noBug}</p>`
      : html`<p class="note">${words.bugsIntroduction}</p>
          ${table(
            words.sections.bugs,
            [bug, peopleHeading, times, seenIn],
            bugs.map((each) => bugRow(each, people.length, words, locale)),
          )}`;
  return html`<section id="bugs">
    <h2>${words.sections.bugs}</h2>
    ${body}
  </section>`;
}

function bugRow(bug: SharedBug, all: number, words: TeamWords, locale: Locale): Markup {
  const explanation = bugExplanation(bug.diagnosis, locale);
  const lessons = bug.lessons
    .slice(0, namedLessons)
    .map(({ lesson, people }) => words.counted(titleOf(lesson, locale), people));
  return html`<tr>
    <th scope="row">
      <b>${bugTitle(bug.diagnosis, locale)}</b
      >${explanation === "" ? "" : html`<small>${withCode(explanation)}</small>`}
    </th>
    <td>${bar([{ name: "people", count: bug.people }], all)}<small>${words.peopleOf(bug.people, all)}</small></td>
    <td class="times">${words.times(bug.times)}</td>
    <td>${words.list(lessons)}</td>
  </tr> `;
}

export function lessonSection({ lessons, people }: TeamReport, words: TeamWords, locale: Locale): Markup {
  const { lesson, standing, gaveUp, attempts } = words.columns;
  const rows = lessons.map((each) => lessonRow(each, people.length, words, locale));
  return html`<section id="lessons">
    <h2>${words.sections.lessons}</h2>
    <p class="note">${words.lessonsIntroduction}</p>
    <ul class="legend">
      ${standings.map((name) => html`<li>${swatch(name)} ${words.standing[name]}</li>`)}
    </ul>
    ${table(words.sections.lessons, [lesson, standing, gaveUp, attempts], rows)}
  </section>`;
}

function lessonRow(standing: LessonStanding, all: number, words: TeamWords, locale: Locale): Markup {
  const { lesson, begun, counts, gaveUp, attempts } = standing;
  const parts = standings.map((name) => ({ name, count: counts[name] }));
  return html`<tr>
    <th scope="row"><b>${titleOf(lesson, locale)}</b></th>
    <td>${bar(parts, all)}<small>${words.counts(standing)}</small></td>
    <td>${gaveUp === 0 ? "–" : words.partOf(gaveUp, begun)}</td>
    <td>${attempts === undefined ? "–" : words.attemptsUntilPassed(attempts.median, attempts.most)}</td>
  </tr> `;
}

function swatch(name: Standing): Markup {
  return html`<svg class="mark" width="20" height="14" aria-hidden="true" focusable="false">
    <rect width="20" height="14" rx="2" class="bar ${name}" />
  </svg>`;
}

function table(name: string, columns: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="scroll whole" tabindex="0" role="region" aria-label="${name}">
    <table class="bars">
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** What it shows stands in words beside it, so that it is hidden from screen readers. */
function bar(parts: readonly { readonly name: string; readonly count: number }[], all: number): Markup {
  const unit = fullWidth / Math.max(1, all);
  let before = 0;
  const drawn = parts.map(({ name, count }) => {
    const part = html`<rect
      x="${rounded(before * unit)}"
      width="${rounded(count * unit)}"
      height="${height}"
      class="bar ${name}"
    />`;
    before += count;
    return count === 0 ? html`` : part;
  });
  return html`<svg
    class="plot"
    width="${fullWidth}"
    height="${height}"
    viewBox="0 0 ${fullWidth} ${height}"
    aria-hidden="true"
    focusable="false"
  >
    <rect width="${fullWidth}" height="${height}" class="track" />
    ${drawn}
  </svg>`;
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Words in backticks are code. */
function withCode(text: string): readonly Markup[] {
  return text.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
