/** Loads the toolkit's controls once the page has been painted without them. Runs in a webview's page that is a form. */
import { afterPaint } from "./afterPaint.ts";
import type { Controls } from "./controls.ts";

/** @param report told why, where they do not come */
export function loadKitAfterPaint(use: (controls: Controls) => void, report: (what: string) => void): void {
  const load = async (): Promise<Controls> => (await import("./kit.ts")).createKit();
  afterPaint(() => {
    void load().then(use, (error: unknown) => {
      report(`the kit did not load: ${String(error)}`);
    });
  });
}
