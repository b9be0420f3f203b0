/**
 * The second line of defence for markup: what the host or mermaid made is cleaned once more before it reaches the
 * page. Runs in a webview's page.
 */
import createPurifier, { type Config } from "dompurify";
import { cleanStyleSheet, isForeignStyle } from "./drawingStyles.ts";
import { createMarkupPolicy } from "./trustedTypes.ts";

// One of our own: mermaid adds hooks to the one that it shares with everybody.
const purifier = createPurifier(window);

/** Only the purifier has it, to read markup in a document that runs nothing. */
const policy = createMarkupPolicy("interleave", {
  createHTML: (markup) => markup,
  createScriptURL: () => "about:blank",
});
const common: Config = policy === undefined ? {} : { TRUSTED_TYPES_POLICY: policy as Config["TRUSTED_TYPES_POLICY"] };

/** Nothing where the purifier finds no body to look at: a <frameset> leaves none. Its types do not say so. */
function purify(html: string, rules: Config): DocumentFragment {
  const clean = purifier.sanitize(html, { ...common, ...rules, RETURN_DOM_FRAGMENT: true }) as DocumentFragment | null;
  return clean ?? document.createDocumentFragment();
}

const proseTags =
  "a b blockquote br code del div em figcaption figure h2 h3 h4 h5 h6 hr i kbd li ol p pre s span strong sub sup " +
  "table tbody td th thead tr ul";

/** What each attribute of prose may say. A class could borrow the looks of the page's own parts, an id their place. */
const proseValues: Readonly<Record<string, RegExp>> = {
  class: /^(?:code|diagram|code-tabs|(?:(?:hljs(?:-[a-z-]+)?|[a-z]+_|language-[^\s]*)(?: |$))+)$/,
  "data-diagram": /^[a-z0-9-]+\.mmd$/,
  "data-label": /^/,
  "data-language": /^/,
  "data-lesson": /^[a-z0-9/@._-]+$/,
  "data-line": /^\d{1,9}$/,
  href: /^(?:https:\/\/|#)/i,
  id: /^section-/,
  start: /^\d{1,9}$/,
  tabindex: /^0$/,
  title: /^/,
};

/** Cleans a lesson's prose (see LessonView.html in the protocol for what is in it). */
export function sanitiseProse(html: string): DocumentFragment {
  const fragment = purify(html, {
    ALLOWED_TAGS: proseTags.split(" "),
    ALLOWED_ATTR: Object.keys(proseValues),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https:\/\/|#)/i,
    // DOMPurify reads every other value as an address too, unless told.
    ADD_URI_SAFE_ATTR: Object.keys(proseValues).filter((name) => name !== "href"),
  });
  for (const element of fragment.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (proseValues[name]?.test(value) !== true) element.removeAttribute(name);
    }
  }
  return fragment;
}

/** Cleans a few words with marks, as libraries put them into the page while they draw. */
export function sanitiseLabel(html: string): string {
  const holder = document.createElement("div");
  const fragment = purify(html, {
    ALLOWED_TAGS: "b br code del div em i li ol p pre s span strong sub sup u ul".split(" "),
    ALLOWED_ATTR: ["class"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
  holder.append(fragment);
  return holder.innerHTML;
}

/** Cleans a drawing by mermaid: SVG with HTML labels and one style sheet of its own. */
export function sanitiseDrawing(svg: string): SVGSVGElement | undefined {
  const fragment = purify(svg, {
    USE_PROFILES: { svg: true, svgFilters: true, html: true },
    ADD_TAGS: ["foreignobject"],
    ADD_ATTR: ["dominant-baseline"],
    HTML_INTEGRATION_POINTS: { foreignobject: true },
    FORBID_TAGS: [
      ..."a animate animatemotion animatetransform area audio button dialog feimage form image img input map option".split(
        " ",
      ),
      ..."picture script select set source template textarea track use video".split(" "),
    ],
    FORBID_ATTR: ["href", "xlink:href", "src", "srcset", "action", "background", "poster", "popover", "is", "slot"],
  });
  const drawing = fragment.firstElementChild;
  if (!(drawing instanceof SVGSVGElement)) return undefined;
  for (const sheet of drawing.querySelectorAll("style"))
    sheet.textContent = cleanStyleSheet(sheet.textContent, drawing.id);
  for (const element of [drawing, ...drawing.querySelectorAll<HTMLElement | SVGElement>("*")]) cleanAttributes(element);
  return drawing;
}

function cleanAttributes(element: HTMLElement | SVGElement): void {
  for (const name of [...element.style]) {
    if (isForeignStyle(name, element.style.getPropertyValue(name))) element.style.removeProperty(name);
  }
  for (const { name, value } of [...element.attributes]) {
    if (name !== "style" && isForeignStyle(name, value)) element.removeAttribute(name);
  }
}
