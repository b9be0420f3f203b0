/**
 * Cleans what libraries write as markup. Pages that show none do without it, and without the purifier. Runs in a webview's page.
 */
import { sanitiseLabel } from "./sanitise.ts";
import { createMarkupPolicy } from "./trustedTypes.ts";

/**
 * From now on each string that a library assigns as markup is cleaned first, and none becomes a script. Without a "<"
 * it is text and nothing else: so is the style sheet that mermaid writes.
 */
export function guardMarkup(): void {
  createMarkupPolicy("default", {
    createHTML: (markup) => (markup.includes("<") ? sanitiseLabel(markup) : markup),
  });
}
