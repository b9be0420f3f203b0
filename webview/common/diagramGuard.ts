/**
 * What a diagram's source may hold. Mermaid cleans what it draws, but only after it has let the browser lay it out in
 * the page; so what no lesson needs does not get that far. Pure; runs in a webview's page.
 */

/** In UTF-16 code units. The longest diagram of our lessons has 1,127. */
export const longestDiagram = 10_000;
/** Nodes, edges, groups, messages: laying out more takes seconds. A lesson's diagram has at most 20 nodes. */
export const mostParts = 300;

/** The source as mermaid may have it: without the settings that a diagram could bring along. Throws where it is refused. */
export function guardDiagram(source: string): string {
  if (source.length > longestDiagram) {
    throw new Error(`a diagram may have ${String(longestDiagram)} characters, not ${String(source.length)}`);
  }
  const bare = withoutSettings(source);
  const found = findForeign(bare);
  if (found !== undefined) throw new Error(`a diagram may not contain ${JSON.stringify(found.slice(0, 60))}`);
  return bare;
}

/** Front matter and directives: the colours and the layout are the page's. */
function withoutSettings(source: string): string {
  return source.replace(/^\s*---[^\S\n]*\n(?:[\s\S]*?\n)?---[^\S\n]*(?:\n|$)/, "").replace(/%%\{[\s\S]*?\}%%/g, "");
}

function findForeign(source: string): string | undefined {
  const [found] =
    // Markup in words; a line break is none.
    /(?<!<)<(?!br\s*\/?>)[a-z/!?]/i.exec(source) ??
    /(?:#|&#?)(?:lt|0*60|x0*3c)\b/i.exec(source) ??
    // Addresses in styles, however they are spelt.
    /\burl\s*\(/i.exec(source) ??
    /%%\{/.exec(source) ??
    badStyle.exec(source) ??
    [];
  return found ?? findMenu(source) ?? findForeignData(source);
}

/** Menus of a participant: mermaid opens them by a handler in an attribute, and fetches the icons that they name. */
function findMenu(source: string): string | undefined {
  if (!/^\s*sequenceDiagram\b/m.test(source)) return undefined;
  return /(?:^|[\n\r;])[^\S\n\r]*(?:links?|properties|details)[^\S\n\r]+[^\n\r:]*:/i.exec(source)?.[0];
}

/** The rest of a line that says how something looks may hold plain values only: nothing that ends a rule or hides a word. */
const badStyle = /(?:^|[\n\r;])[^\S\n\r]*(?:style|classDef|linkStyle)\b[^\n\r]*?[{}@\\<>!/*]/i;

/** `A@{ … }` may give a node its shape and words, an edge its motion; not a picture. */
function findForeignData(source: string): string | undefined {
  for (const { index } of source.matchAll(/@\s*\{/g)) {
    const rest = source.slice(index);
    if (!plainData.test(rest)) return rest;
  }
  return undefined;
}

const plainData =
  /^@\s*\{\s*(?:(?:shape|label|animate|animation|curve)\s*:\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|[\w-]+)\s*[,\n]?\s*)*\}/;
