/**
 * What the styles of a drawing may say: nothing about the page around it, and nothing that is fetched. Runs in a
 * webview's page.
 */

/** Moving edges; any other animation could take the name of one of the page's own. */
const keyframesOfMermaid: readonly string[] = ["edge-animation-frame", "dash"];

/** The rules of the sheet that are about the element `id` and what is in it. */
export function cleanStyleSheet(text: string, id: string): string {
  const sheet = new CSSStyleSheet();
  // As the browser understands it: escapes are resolved, what is broken is gone, and so is every @import.
  sheet.replaceSync(text);
  return [...sheet.cssRules].flatMap((rule) => cleanRule(rule, id) ?? []).join("\n");
}

function cleanRule(rule: CSSRule, id: string): string | undefined {
  if (rule instanceof CSSKeyframesRule) return keyframesOfMermaid.includes(rule.name) ? rule.cssText : undefined;
  if (!(rule instanceof CSSStyleRule) || rule.cssRules.length > 0 || !isInside(rule.selectorText, id)) return undefined;
  for (const name of [...rule.style]) {
    if (isForeignStyle(name, rule.style.getPropertyValue(name))) rule.style.removeProperty(name);
  }
  return rule.cssText;
}

/** Every selector of the list begins with the drawing's id, and none goes on to what stands beside it. */
function isInside(selectors: string, id: string): boolean {
  return selectors.split(",").every((selector) => {
    const rest = selector.trim();
    return rest.startsWith(`#${id}`) && /^(?:[\s.:[>][^~+&]*)?$/.test(rest.slice(id.length + 1));
  });
}

/** An address other than that of a part of the same drawing, or a value that is only put together where it is used. */
export function isForeignStyle(name: string, value: string): boolean {
  if (name.startsWith("--") && /[(\\]/.test(value)) return true;
  const elsewhere = value.replace(/url\(\s*["']?#[^"')\\]*["']?\s*\)/gi, "");
  return /(?:url|src|image|image-set|cross-fade|element|paint)\s*\(/i.test(elsewhere) || elsewhere.includes("\\");
}
