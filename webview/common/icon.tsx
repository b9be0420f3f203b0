/** An icon of VS Code's own set, for the eye only: a word beside it or on its button says the same. Runs in a webview's page. */
import type { JSX } from "preact";

export function Icon({ name, spin = false }: { readonly name: string; readonly spin?: boolean }): JSX.Element {
  return <span class={`codicon codicon-${name}${spin ? " codicon-modifier-spin" : ""}`} aria-hidden="true" />;
}
