/**
 * The second line of defence for markup: what the host or mermaid made is cleaned once more before it reaches the
 * page. Runs in a webview's page.
 */
import DOMPurify from "dompurify";

const proseTags = [
  ..."a b blockquote br code del div em figcaption figure h2 h3 h4 h5 h6 hr i kbd li ol p pre s span strong sub sup".split(
    " ",
  ),
  ..."table tbody td th thead tr ul".split(" "),
];

const proseAttributes = [
  ..."class colspan data-diagram data-label data-language data-lesson data-line".split(" "),
  ..."href id rowspan start tabindex title".split(" "),
];

/** Cleans a lesson's prose (see LessonView.html in the protocol for what is in it). */
export function sanitiseProse(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: proseTags,
    ALLOWED_ATTR: proseAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|#)/i,
    // DOMPurify reads every other value as an address too, unless told.
    ADD_URI_SAFE_ATTR: proseAttributes.filter((name) => name !== "href"),
    RETURN_DOM_FRAGMENT: true,
  });
}

/** Cleans a drawing by mermaid: SVG with HTML labels and one style sheet of its own. */
export function sanitiseDrawing(svg: string): SVGSVGElement | undefined {
  const fragment = DOMPurify.sanitize(svg, {
    USE_PROFILES: { svg: true, svgFilters: true, html: true },
    ADD_TAGS: ["foreignobject"],
    ADD_ATTR: ["dominant-baseline"],
    HTML_INTEGRATION_POINTS: { foreignobject: true },
    FORBID_TAGS: ["a", "audio", "button", "form", "image", "img", "input", "script", "video"],
    FORBID_ATTR: ["href", "xlink:href", "src", "srcset", "action"],
    RETURN_DOM_FRAGMENT: true,
  });
  const drawing = fragment.firstElementChild;
  return drawing instanceof SVGSVGElement ? drawing : undefined;
}
