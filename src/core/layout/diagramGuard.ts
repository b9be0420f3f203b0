/**
 * What a diagram's source may hold. Mermaid cleans what it draws, but only after it has let the browser lay it out in
 * the page; so what no lesson needs does not get that far. Pure; runs in a webview's page, which draws nothing else, and in
 * `verify`, which tells the author what the page would refuse.
 */

/** In UTF-16 code units. The longest diagram of our lessons has 1,127. */
export const longestDiagram = 10_000;
/** Nodes, edges, groups, messages: laying out more takes seconds. A lesson's diagram has at most 20 nodes. */
export const mostParts = 300;

/** Characters of what was found that a message repeats. */
const longestQuote = 60;

/** The source as mermaid may have it: without the settings that a diagram could bring along. Throws where it is refused. */
export function guardDiagram(source: string): string {
  if (source.length > longestDiagram) {
    throw new Error(`a diagram may have ${String(longestDiagram)} characters, not ${String(source.length)}`);
  }
  const bare = withoutSettings(source);
  const found = foreignIn(bare);
  if (found !== undefined) throw new Error(`a diagram may not contain ${JSON.stringify(found.text)}`);
  return bare;
}

/** Something that no diagram may hold. */
export interface Foreign {
  /** The first characters of it. */
  readonly text: string;
  /** Where it begins, in UTF-16 code units. */
  readonly index: number;
}

/** The first thing in a source without settings that a diagram may not hold, if there is any. */
export function foreignIn(source: string): Foreign | undefined {
  const found = findForeign(source);
  return found === undefined ? undefined : { text: found[0].trim().slice(0, longestQuote), index: found.index };
}

/** Front matter and directives: the colours and the layout are the page's. */
function withoutSettings(source: string): string {
  return source.replace(/^\s*---[^\S\n]*\n(?:[\s\S]*?\n)?---[^\S\n]*(?:\n|$)/, "").replace(/%%\{[\s\S]*?\}%%/g, "");
}

/** Something found in a source: a match of a pattern, or the like. */
interface Found {
  readonly 0: string;
  readonly index: number;
}

function findForeign(source: string): Found | undefined {
  return (
    // Markup in words; a line break is none.
    /(?<!<)<(?!br\s*\/?>)[a-z/!?]/i.exec(source) ??
    /(?:#|&#?)(?:lt|0*60|x0*3c)\b/i.exec(source) ??
    // Addresses in styles, however they are spelt.
    /\burl\s*\(/i.exec(source) ??
    /%%\{/.exec(source) ??
    badStyle.exec(source) ??
    findMenu(source) ??
    findForeignData(source)
  );
}

/** Menus of a participant: mermaid opens them by a handler in an attribute, and fetches the icons that they name. */
function findMenu(source: string): Found | undefined {
  if (!/^\s*sequenceDiagram\b/m.test(source)) return undefined;
  return /(?:^|[\n\r;])[^\S\n\r]*(?:links?|properties|details)[^\S\n\r]+[^\n\r:]*:/i.exec(source) ?? undefined;
}

/** The rest of a line that says how something looks may hold plain values only: nothing that ends a rule or hides a word. */
const badStyle = /(?:^|[\n\r;])[^\S\n\r]*(?:style|classDef|linkStyle)\b[^\n\r]*?[{}@\\<>!/*]/i;

/** `A@{ … }` may give a node its shape and words, an edge its motion; not a picture. */
function findForeignData(source: string): Found | undefined {
  for (const { index } of source.matchAll(/@\s*\{/g)) {
    const rest = source.slice(index);
    if (!plainData.test(rest)) return { 0: rest, index };
  }
  return undefined;
}

const plainData =
  /^@\s*\{\s*(?:(?:shape|label|animate|animation|curve)\s*:\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|[\w-]+)\s*[,\n]?\s*)*\}/;

/** How mermaid's readers of our kinds of diagrams give what they have read. */
const partsGetters = [
  ...["getVertices", "getEdges", "getSubGraphs", "getActors", "getMessages", "getBoxes"],
  ...["getStates", "getRelations", "getClasses", "getNamespaces", "getNotes"],
];

/** How much there is to lay out, of what mermaid has read (a diagram's `db`). */
export function countParts(db: object): number {
  return partsGetters.reduce((sum, name) => sum + sizeOf(getPart(db, name)), 0);
}

function getPart(db: object, name: string): unknown {
  const getter: unknown = Reflect.get(db, name);
  return typeof getter === "function" ? Reflect.apply(getter, db, []) : undefined;
}

function sizeOf(parts: unknown): number {
  if (parts instanceof Map || parts instanceof Set) return parts.size;
  return typeof parts === "object" && parts !== null ? Object.keys(parts).length : 0;
}
