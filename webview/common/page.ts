/** What every page does when it starts. Runs in a webview's page. */

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
