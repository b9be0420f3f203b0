/** The whole page: a rehearsal's report, or the market view. Runs in the report's page. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import {
  type ExportFormat,
  exportFormats,
  type ReportIntent,
  type ReportState,
  type ReportView,
} from "../../src/protocol/reportMessages.ts";
import { Icon } from "../common/icon.tsx";
import { LanguageButton } from "../common/languageButton.tsx";
import { reducesMotion } from "../common/theme.ts";
import { ReportPage, useReport } from "./context.ts";
import { History } from "./history.tsx";
import { Items } from "./items.tsx";
import { Bugs, Bullets, Explained, Plan } from "./lists.tsx";
import { Market } from "./market.tsx";
import { Radar } from "./radar.tsx";
import { Result, Times } from "./result.tsx";

export interface AppProps {
  readonly state: ReportState;
  /** CSS pixels: where an earlier page of the same rehearsal was. */
  readonly scrollTop: number;
  readonly keep: (scrollTop: number) => void;
  readonly post: (intent: ReportIntent) => void;
  readonly problem: string | undefined;
  readonly announcement: string;
}

export function App({ state, scrollTop, keep, post, problem, announcement }: AppProps): JSX.Element {
  const { strings, report, market } = state;
  useKeptPlace(scrollTop, keep);
  const page = useMemo(() => ({ strings, post }), [strings, post]);
  return (
    <ReportPage.Provider value={page}>
      <main class="report">
        <Language locale={state.locale} />
        {problem !== undefined && (
          <p class="problem" role="alert">
            {strings.problem}: {problem}
          </p>
        )}
        {report === undefined ? <Market strings={market} /> : <Report report={report} />}
      </main>
      <div role="status" class={announcement === "" ? "for-screen-reader" : "toast"}>
        {announcement}
      </div>
    </ReportPage.Provider>
  );
}

function Language({ locale }: Pick<ReportState, "locale">): JSX.Element {
  const { strings, post } = useReport();
  return (
    <div class="report-language">
      <LanguageButton
        locale={locale}
        text={strings.switchLanguage}
        choose={(language) => {
          post({ type: "setLanguage", language });
        }}
      />
    </div>
  );
}

function Report({ report }: { readonly report: ReportView }): JSX.Element {
  const { strings } = useReport();
  const parts = [
    { id: "result", title: strings.result, body: <Result report={report} /> },
    { id: "skills", title: strings.skills, intro: strings.skillsIntro, body: <Radar radar={report.radar} /> },
    { id: "plan", title: strings.plan, body: <Plan plan={report.plan} /> },
    { id: "bugs", title: strings.bugs, body: <Bugs bugs={report.bugs} /> },
    { id: "time", title: strings.time, intro: strings.timeIntro, body: <Times items={report.items} /> },
    { id: "items", title: strings.items, intro: strings.itemsIntro, body: <Items items={report.items} /> },
    ...(report.explained.length === 0
      ? []
      : [
          {
            id: "explained",
            title: strings.explained,
            intro: strings.explainedIntro,
            body: <Explained explained={report.explained} />,
          },
        ]),
    {
      id: "history",
      title: strings.history,
      intro: strings.historyIntro,
      body: <History history={report.history} />,
    },
    { id: "pauses", title: strings.pauses, body: <Bullets lines={report.pauses} /> },
    { id: "limits", title: strings.limits, body: <Bullets lines={report.limits} /> },
  ];
  return (
    <>
      <header class="report-header">
        <h1>{report.title}</h1>
        <p class="summary">{report.subtitle}</p>
        <dl class="facts">
          {report.facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Actions />
        <nav aria-label={report.title}>
          <ul class="contents">
            {parts.map(({ id, title }) => (
              <li key={id}>
                <button
                  type="button"
                  class="link-button"
                  onClick={() => {
                    goTo(id);
                  }}
                >
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {parts.map(({ id, title, intro, body }) => (
        <Section key={id} id={id} title={title} intro={intro}>
          {body}
        </Section>
      ))}
    </>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly intro: string | undefined;
  readonly children: ComponentChildren;
}

function Section({ id, title, intro, children }: SectionProps): JSX.Element {
  return (
    <section aria-labelledby={id} class="report-section">
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {intro !== undefined && <p class="intro">{intro}</p>}
      {children}
    </section>
  );
}

function Actions(): JSX.Element {
  const { strings, post } = useReport();
  const formats: Readonly<Record<ExportFormat, string>> = {
    markdown: strings.exportMarkdown,
    html: strings.exportHtml,
    json: strings.exportJson,
  };
  return (
    <div class="report-actions">
      <div class="button-row" role="group" aria-label={strings.exportAs}>
        <span class="muted" aria-hidden="true">
          {strings.exportAs}
        </span>
        {exportFormats.map((format) => (
          <button
            key={format}
            type="button"
            class="button secondary"
            onClick={() => {
              post({ type: "exportReport", format });
            }}
          >
            <Icon name="export" />
            {formats[format]}
          </button>
        ))}
      </div>
      <div class="button-row">
        <button
          type="button"
          class="quiet-button"
          onClick={() => {
            post({ type: "showMarket" });
          }}
        >
          <Icon name="graph-line" />
          {strings.showMarket}
        </button>
        <button
          type="button"
          class="quiet-button"
          onClick={() => {
            post({ type: "remove" });
          }}
        >
          <Icon name="trash" />
          {strings.remove}
        </button>
      </div>
    </div>
  );
}

/** Keeps the place when scrolling comes to rest; goes back there at the start. */
function useKeptPlace(scrollTop: number, keep: AppProps["keep"]): void {
  useLayoutEffect(() => {
    if (scrollTop > 0) window.scrollTo({ top: scrollTop, behavior: "instant" });
  }, []);
  useEffect(() => {
    const save = (): void => {
      keep(Math.round(window.scrollY));
    };
    save();
    window.addEventListener("scrollend", save);
    return () => {
      window.removeEventListener("scrollend", save);
    };
  }, [keep]);
}

/** Brings a heading into view and moves the keyboard focus there. */
function goTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "start", behavior: reducesMotion() ? "instant" : "smooth" });
}
