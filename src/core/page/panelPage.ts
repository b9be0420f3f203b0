/**
 * The HTML that a panel's page starts with: no content of its own, and a policy that lets only our own script run.
 * Pure, so that the tests show their pages under the very policy that ships.
 */
export type PanelName = "lesson" | "quiz" | "playground" | "timeline" | "assessment" | "report";

export interface PanelPageOptions {
  /** Also the name of the page's script and style sheet. */
  readonly name: PanelName;
  /** Title of the document, plain text. */
  readonly title: string;
  /** Base64 of random bytes, fresh for each page. */
  readonly nonce: string;
  /** Where style sheets and fonts may come from, as a source of a policy. */
  readonly source: string;
  /** Address of a file of dist/webview. */
  readonly asset: (file: string) => string;
}

export function panelHtml({ name, title, nonce, source, asset }: PanelPageOptions): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(panelPolicy(name, nonce, source))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(asset("codicon.css"))}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${escape(asset(`${name}.css`))}">
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${escape(nonce)}" src="${escape(asset(`${name}.js`))}"></script>
</body>
</html>`;
}

/**
 * The page's content security policy. Whatever falls back to `default-src` and is not named is forbidden: connections,
 * images, media, frames, objects, workers, manifests, `eval`, WebAssembly.
 */
export function panelPolicy(name: PanelName, nonce: string, source: string): string {
  return [
    "default-src 'none'",
    // The page's own module; what it imports is let in with it. No handlers in attributes, no javascript: addresses.
    `script-src 'nonce-${nonce}'`,
    "script-src-attr 'none'",
    `style-src-elem ${stylesFrom[name](source)}`,
    `style-src-attr ${styleAttributes[name]}`,
    ...further[name](source),
    // The icons' font.
    `font-src ${source}`,
    // These four do not fall back to default-src.
    "base-uri 'none'",
    "form-action 'none'",
    // Where a string would become markup or script, it first passes one of these policies: see webview/common/trustedTypes.ts.
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes[name]}`,
  ].join("; ");
}

/** Hash of a style element without text. */
const emptyStyle = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/**
 * Mermaid measures what it draws with a style element and style attributes of its own in the page. It gives them no
 * nonce, and what they say follows the theme, so that no hash fits either. What a diagram may say in them is checked
 * before (core/layout/diagramGuard.ts) and after (sanitise.ts). The questions, a lesson's or a rehearsal's, have no diagrams;
 * the hash there is that of an empty style element, whose rules the toolkit then sets one by one.
 */
const stylesFrom: Readonly<Record<PanelName, (source: string) => string>> = {
  lesson: (source) => `${source} 'unsafe-inline'`,
  quiz: (source) => `${source} '${emptyStyle}'`,
  playground: (source) => `${source} 'unsafe-inline'`,
  timeline: (source) => source,
  assessment: (source) => `${source} '${emptyStyle}'`,
  report: (source) => source,
};
const styleAttributes: Readonly<Record<PanelName, string>> = {
  lesson: "'unsafe-inline'",
  quiz: "'none'",
  playground: "'unsafe-inline'",
  timeline: "'none'",
  assessment: "'none'",
  report: "'none'",
};

/**
 * Monaco (on the playground's page alone) writes the colours of its theme into style elements, and puts each line of code
 * where it belongs by a style attribute. Its workers start from a blob, since a webview may start none from a file, and
 * the text of that blob is fetched from among the extension's own files. Its squiggles are images within its styles.
 */
const further: Readonly<Record<PanelName, (source: string) => readonly string[]>> = {
  lesson: () => [],
  quiz: () => [],
  timeline: () => [],
  assessment: () => [],
  report: () => [],
  playground: (source) => [`connect-src ${source}`, "worker-src blob:", "img-src data:"],
};

/**
 * `interleave` is our sanitiser's, `dompurify` that of mermaid's own one, `fast-html` that of the toolkit, for its
 * templates, `monaco` the one for all that Monaco would make policies for. `default` cleans whatever libraries hand over
 * as plain strings. The timeline and the report make markup of no string.
 */
const trustedTypes: Readonly<Record<PanelName, string>> = {
  lesson: "interleave default dompurify",
  quiz: "interleave default fast-html",
  playground: "interleave default dompurify fast-html monaco",
  timeline: "'none'",
  assessment: "interleave default fast-html",
  report: "'none'",
};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
