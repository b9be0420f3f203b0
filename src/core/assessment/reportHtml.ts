/**
 * A report as one HTML file that stands alone: no script, nothing that is fetched, light or dark as the reader's system is, fit
 * for paper. Whatever a learner wrote, or a run printed, stays text in it. Pure.
 */
import type { ItemView, ReportState, ReportView, ShareView } from "../../protocol/reportMessages.ts";
import type { ReportStrings } from "../../protocol/reportStrings.ts";
import { html, type Markup } from "../page/markup.ts";
import { multipleSvg, radarSvg } from "./reportDrawings.ts";
import { fill } from "./reportNumbers.ts";
import { reportStyle } from "./reportStyle.ts";

export function reportHtml(report: ReportView, { locale, strings }: Pick<ReportState, "locale" | "strings">): string {
  const title = `${report.title}: ${report.subtitle}`;
  return html`<!DOCTYPE html>
    <html lang="${locale === "zh-cn" ? "zh-CN" : locale}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${{ markup: reportStyle }}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${report.title}</h1>
            <p class="subtitle">${report.subtitle}</p>
            <dl class="facts">
              ${report.facts.map(
                ({ label, value }) =>
                  html`<div>
                    <dt>${label}</dt>
                    <dd>${value}</dd>
                  </div>`,
              )}
            </dl>
          </header>
          ${sections(report, strings)}
        </main>
      </body>
    </html> `.markup;
}

function sections(report: ReportView, strings: ReportStrings): readonly Markup[] {
  return [
    section("result", strings.result, result(report, strings)),
    section("skills", strings.skills, skillsSection(report, strings)),
    section("plan", strings.plan, plan(report, strings)),
    section("bugs", strings.bugs, bugs(report, strings)),
    section("time", strings.time, time(report, strings)),
    section(
      "items",
      strings.items,
      html`<p class="intro">${strings.itemsIntro}</p>
        ${report.items.map((item) => itemSection(item, strings))}`,
    ),
    ...(report.explained.length === 0 ? [] : [section("explained", strings.explained, explained(report, strings))]),
    section("history", strings.history, history(report, strings)),
    section("pauses", strings.pauses, bullets(report.pauses)),
    section("limits", strings.limits, bullets(report.limits)),
  ];
}

function section(id: string, title: string, body: Markup): Markup {
  return html`<section id="${id}">
    <h2>${title}</h2>
    ${body}
  </section>`;
}

function bullets(lines: readonly string[]): Markup {
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

function meter({ share }: ShareView): Markup {
  const width = (Math.min(1, Math.max(0, share)) * 100).toFixed(1);
  return html`<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rail" width="100" height="6" />
    <rect class="fill" width="${width}" height="6" />
  </svg>`;
}

function percent({ share }: ShareView): string {
  return `${String(Math.round(share * 100))} %`;
}

function result(report: ReportView, strings: ReportStrings): Markup {
  return html`<p class="verdict">${report.verdict}</p>
    <table class="parts">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${strings.score}</th>
          <th scope="col">%</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${report.parts.map(
          ({ title, meaning, total, nested }) =>
            html`<tr class="${nested ? "nested" : "whole"}">
              <th scope="row">${title}<small>${meaning}</small></th>
              <td class="number">${total.text}</td>
              <td class="number">${percent(total)}</td>
              <td class="bar">${meter(total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function skillsSection({ radar }: ReportView, strings: ReportStrings): Markup {
  const [campus, experienced] = radar.areas;
  return html`<p class="intro">${strings.skillsIntro}</p>
    ${radarSvg(radar, strings.skills)}
    <table>
      <thead>
        <tr>
          <th scope="col">${strings.skill}</th>
          <th scope="col">${strings.area}</th>
          <th scope="col">${strings.you}</th>
          <th scope="col">${campus?.title ?? ""}</th>
          <th scope="col">${experienced?.title ?? ""}</th>
        </tr>
      </thead>
      <tbody>
        ${radar.rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.skill}</th>
              <td>${row.area}</td>
              <td class="number">${row.you}</td>
              <td class="number">${row.campus}</td>
              <td class="number">${row.experienced}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function plan({ plan: steps }: ReportView, strings: ReportStrings): Markup {
  if (steps.length === 0) return html`<p>${strings.noPlan}</p>`;
  return html`<p class="intro">${strings.planIntro}</p>
    <ol class="plan">
      ${steps.map(
        ({ lesson, minutes, why }) =>
          html`<li>
            <strong>${lesson.title}</strong> <span class="muted">${fill(strings.takes, minutes)}</span>
            <p>${why}</p>
          </li>`,
      )}
    </ol>`;
}

function bugs({ bugs: met }: ReportView, strings: ReportStrings): Markup {
  if (met.length === 0) return html`<p>${strings.noBugs}</p>`;
  return html`<p class="intro">${strings.bugsIntro}</p>
    <dl class="bugs">
      ${met.map(
        ({ title, explanation, items, lessons }) =>
          html`<div>
            <dt>${title}</dt>
            <dd>${explanation}</dd>
            <dd class="muted">
              ${strings.item}
              ${items}${
                lessons.length === 0
                  ? ""
                  : ` · ${strings.taughtBy}: ${lessons.map((lesson) => lesson.title).join(" · ")}`
              }
            </dd>
          </div>`,
      )}
    </dl>`;
}

function time({ items }: ReportView, strings: ReportStrings): Markup {
  const longest = Math.max(1, ...items.flatMap((item) => [item.time.planned, item.time.used]));
  const width = (seconds: number): string => ((100 * seconds) / longest).toFixed(1);
  return html`<p class="intro">${strings.timeIntro}</p>
    <table class="times">
      <thead>
        <tr>
          <th scope="col">${strings.item}</th>
          <th scope="col">${strings.planned}</th>
          <th scope="col">${strings.used}</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          ({ heading, time: its }) =>
            html`<tr>
              <th scope="row">${heading}</th>
              <td class="number">${its.plannedText}</td>
              <td class="number">${its.usedText}</td>
              <td class="bar">
                <svg class="time" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                  <rect class="rail" width="${width(its.planned)}" height="12" />
                  <rect
                    class="${its.used > its.planned ? "fill over" : "fill"}"
                    y="3"
                    width="${width(its.used)}"
                    height="6"
                  />
                </svg>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function itemSection(item: ItemView, strings: ReportStrings): Markup {
  const { heading, skill, level, total, notes, prompt, code, answer, notGraded, criteria, coding } = item;
  return html`<article>
    <h3>${heading} <span class="points">${total.text}</span></h3>
    <p class="muted">${[skill, level, `${item.time.usedText} / ${item.time.plannedText}`, ...notes].join(" · ")}</p>
    <p>${prompt}</p>
    ${
      code === undefined
        ? ""
        : coding
          ? html`<details>
              <summary>${strings.handedIn}</summary>
              <pre>${code}</pre>
            </details>`
          : html`<pre>${code}</pre>`
    }
    ${notGraded === undefined ? "" : html`<p class="not-graded">${notGraded}</p>`}
    ${answer === undefined ? "" : answerList(answer, strings)}
    ${criteria.map(
      (criterion) =>
        html`<details class="criterion">
          <summary>${criterion.title} <span class="points">${criterion.total.text}</span></summary>
          <table>
            <thead>
              <tr>
                <th scope="col">${strings.test}</th>
                <td></td>
                <th scope="col">${strings.why}</th>
                <th scope="col">${strings.schedule}</th>
              </tr>
            </thead>
            <tbody>
              ${criterion.evidence.map(
                (each) =>
                  html`<tr>
                    <th scope="row">${each.title}<small>${each.test}</small></th>
                    <td class="${each.passed ? "good" : "bad"}">
                      ${each.passed ? "✓" : "✗"} ${each.passed ? strings.passed : strings.failed}
                    </td>
                    <td>
                      ${
                        each.diagnosis === undefined ? "" : html`<strong>${each.diagnosis}</strong><br />`
                      }${each.message ?? ""}${each.line === undefined ? "" : html` <span class="muted">${fill(strings.line, each.line)}</span>`}
                    </td>
                    <td><code>${each.schedule ?? ""}</code></td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </details>`,
    )}
  </article>`;
}

function answerList(answer: NonNullable<ItemView["answer"]>, strings: ReportStrings): Markup {
  const { chosen = strings.noAnswer, right, isRight, why } = answer;
  return html`<dl class="answer">
    <div>
      <dt>${strings.yourAnswer}</dt>
      <dd class="${isRight ? "good" : "bad"}">${isRight ? "✓" : "✗"} ${chosen}</dd>
    </div>
    ${
      isRight
        ? ""
        : html`<div>
            <dt>${strings.rightAnswer}</dt>
            <dd>${right}</dd>
          </div>`
    }
    <div>
      <dt>${strings.explanation}</dt>
      <dd>${why}</dd>
    </div>
  </dl>`;
}

function explained({ explained: list }: ReportView, strings: ReportStrings): Markup {
  return html`<p class="intro">${strings.explainedIntro}</p>
    ${list.map(
      ({ title, explanation, rating }) =>
        html`<article>
          <h3>${title}</h3>
          <blockquote>${explanation}</blockquote>
          ${rating === undefined ? "" : html`<p>${strings.yourRating}: ${rating}</p>`}
        </article>`,
    )}`;
}

function history({ history: { rehearsals, multiples } }: ReportView, strings: ReportStrings): Markup {
  const only = rehearsals.length < 2 ? html`<p>${strings.onlyOne}</p>` : "";
  return html`<p class="intro">${strings.historyIntro}</p>
    ${only}
    <div class="multiples">
      ${multiples.map(
        (multiple) =>
          html`<figure>
            <figcaption>${multiple.title}</figcaption>
            ${multipleSvg(multiple)}
            <p class="muted">${multiple.latest}</p>
          </figure>`,
      )}
    </div>
    <table>
      <thead>
        <tr>
          <th scope="col">${strings.rehearsal}</th>
          <th scope="col">${strings.score}</th>
          <th scope="col">%</th>
        </tr>
      </thead>
      <tbody>
        ${rehearsals.map(
          ({ title, total }) =>
            html`<tr>
              <th scope="row">${title}</th>
              <td class="number">${total.text}</td>
              <td class="number">${percent(total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
