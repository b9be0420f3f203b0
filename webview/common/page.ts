/** What every page does when it starts. Runs in a webview's page. */
import { longestProblem } from "../../src/protocol/lessonPanelMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";

/** What is dragged over the page goes nowhere: the browser would leave the page for a link or a file that is dropped. */
export function refuseDrops(): void {
  for (const type of ["dragover", "drop"] as const) {
    window.addEventListener(type, (event) => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "none";
    });
  }
}

/** A page that fails again and again does not fill the host's log. */
const mostReports = 100;

/** Tells the host of a problem in words that it takes. */
export function createReporter(post: (problem: string) => void): (what: string) => void {
  let left = mostReports;
  return (what) => {
    if (left > 0) post(what.slice(0, longestProblem));
    left--;
  };
}

/** Reports what no one has caught. */
export function watchErrors(report: (what: string) => void): void {
  window.addEventListener("error", (event) => {
    report(event.message);
  });
  window.addEventListener("unhandledrejection", (event: PromiseRejectionEvent) => {
    const reason: unknown = event.reason;
    report(reason instanceof Error ? reason.message : String(reason));
  });
}

/** The element that the page is drawn into. */
export function pageRoot(): Element {
  const existing = document.getElementById("app");
  if (existing !== null) return existing;
  const root = document.createElement("div");
  root.id = "app";
  document.body.append(root);
  return root;
}

/** The language of all that the page says. */
export function setPageLanguage(locale: Locale): void {
  document.documentElement.lang = locale === "zh-cn" ? "zh-CN" : locale;
}
