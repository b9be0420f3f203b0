/** The report as one page that stands alone: it is read without a script, and nothing in it is fetched. Pure. */
import type { Locale } from "../../protocol/words.ts";
import { html, type Markup } from "../page/markup.ts";
import { bugSection, lessonSection } from "./teamBars.ts";
import { definitions, markOf } from "./teamMarks.ts";
import { titleOf, bugTitle } from "./teamNames.ts";
import { type Cell, standings, type TeamReport } from "./teamReport.ts";
import { teamStyle } from "./teamStyle.ts";
import { teamWords, type TeamWords } from "./teamWords.ts";

/** What is put into the page is escaped; should something slip through after all, this keeps it from running or fetching. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function teamHtml(report: TeamReport, locale: Locale): string {
  const words = teamWords(locale);
  const { oldest, newest, people, lessons } = report;
  const sections = lessons.length === 0 ? (["where", "how"] as const) : (["where", "bugs", "lessons", "how"] as const);
  const lead = `${words.people(people.length)} · ${words.exported(oldest.slice(0, 10), newest.slice(0, 10))}`;
  const page = html`<!DOCTYPE html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${words.title} – Interleave</title>
        <style>
          ${{ markup: teamStyle }}
        </style>
      </head>
      <body>
        ${definitions}
        <header>
          <h1>${words.title}</h1>
          <p class="lead">${lead}</p>
          <nav>${sections.map((id) => html`<a href="#${id}">${words.sections[id]}</a>`)}</nav>
        </header>
        <main>
          ${tiles(report, words, locale)}
          <section id="where">
            <h2>${words.sections.where}</h2>
            ${lessons.length === 0 ? html`<p>${words.nothingBegun}</p>` : matrix(report, words, locale)}
          </section>
          ${lessons.length === 0 ? [] : [bugSection(report, words, locale), lessonSection(report, words, locale)]}
          <section id="how">
            <h2>${words.sections.how}</h2>
            <ul>
              ${words.notes.map((note) => html`<li>${note}</li>`)}
            </ul>
          </section>
        </main>
      </body>
    </html> `;
  return `${page.markup.trim()}\n`;
}

/** What one wants to know before anything else. */
function tiles({ people, bugs, lessons }: TeamReport, words: TeamWords, locale: Locale): Markup {
  const begun = lessons.reduce((sum, lesson) => sum + lesson.begun, 0);
  const passed = lessons.reduce((sum, { counts }) => sum + counts.passed + counts.aided, 0);
  const [bug] = bugs;
  const hardest = lessons.find(({ gaveUp }) => gaveUp > 0);
  const tile = (name: string, value: string, more: string): Markup =>
    html`<div class="tile">
      <dt>${name}</dt>
      <dd><b>${value}</b><span>${more}</span></dd>
    </div>`;
  return html`<dl class="tiles">
    ${[
      tile(words.tiles.people, String(people.length), words.active(people.filter(({ isActive }) => isActive).length)),
      tile(words.tiles.passed, String(passed), words.passedOf(passed, begun)),
      bug === undefined
        ? tile(words.tiles.bug, "–", words.noBug)
        : tile(words.tiles.bug, bugTitle(bug.diagnosis, locale), words.peopleOf(bug.people, people.length)),
      hardest === undefined
        ? tile(words.tiles.lesson, "–", words.noStop)
        : tile(words.tiles.lesson, titleOf(hardest.lesson, locale), words.gaveUpOf(hardest.gaveUp, hardest.begun)),
    ]}
  </dl>`;
}

function matrix(report: TeamReport, words: TeamWords, locale: Locale): Markup {
  const { people, tracks, untouched } = report;
  const lessons = tracks.flatMap((track) => track.lessons.map((lesson, at) => ({ lesson, first: at === 0 })));
  const edge = (first: boolean): string => (first ? "edge" : "");
  return html`${legend(words)}
    <div class="scroll" tabindex="0" role="region" aria-label="${words.sections.where}">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col" rowspan="2" class="person">${words.columns.person}</th>
            <th scope="col" rowspan="2" class="number">${words.columns.passed}</th>
            <th scope="col" rowspan="2">${words.columns.lastSeen}</th>
            ${tracks.map(
              (track) =>
                html`<th scope="colgroup" colspan="${track.lessons.length}" class="track edge">
                  ${track.title?.[locale] ?? words.otherLessons}
                </th>`,
            )}
          </tr>
          <tr>
            ${lessons.map(
              ({ lesson, first }) =>
                html`<th scope="col" class="lesson ${edge(first)}"><span>${titleOf(lesson, locale)}</span></th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${people.map(
            (person) =>
              html`<tr>
                <th scope="row" class="person"><bdi>${words.person(person)}</bdi></th>
                <td class="number">${person.passed}</td>
                <td class="date">${person.lastAt?.slice(0, 10) ?? words.never}</td>
                ${lessons.map(({ lesson, first }) => cell(person.cells.get(lesson.id), edge(first), words, locale))}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${untouched.length === 0 ? "" : html`<p class="note below">${words.untouched(untouched.map(({ title }) => title[locale]))}</p>`}`;
}

function legend(words: TeamWords): Markup {
  return html`<ul class="legend">
    ${standings.map((standing) => {
      const meaning = words.meaning[standing];
      return html`<li>
        ${markOf(standing)}
        ${meaning === "" ? words.standing[standing] : words.explained(words.standing[standing], meaning)}
      </li>`;
    })}
    <li class="note">${words.legendNumber}</li>
  </ul>`;
}

function cell(cell: Cell | undefined, edge: string, words: TeamWords, locale: Locale): Markup {
  if (cell === undefined) return html`<td class="none ${edge}"><span class="hidden">${words.notBegun}</span></td>`;
  const { standing, attempts } = cell;
  const what = `${words.standing[standing]}, ${words.attempts(attempts)}`;
  return html`<td class="${standing} ${edge}" title="${detailsOf(cell, words, locale)}">
    ${markOf(standing)}<span aria-hidden="true">${attempts}</span><span class="hidden">${what}</span>
  </td>`;
}

function detailsOf({ standing, attempts, lesson }: Cell, words: TeamWords, locale: Locale): string {
  return [
    words.standing[standing],
    words.attempts(attempts),
    ...(lesson.hintsShown === 0 ? [] : [words.hints(lesson.hintsShown)]),
    ...lesson.diagnoses.map(({ diagnosis, times }) => `${bugTitle(diagnosis, locale)} ×${String(times)}`),
    words.lastAt(lesson.lastAt.slice(0, 10)),
  ].join(" · ");
}
