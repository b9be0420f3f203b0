/**
 * Puts marks into code: calls that tell the world, while the code runs, what it reads and changes. The marked code does
 * what the plain code does, in the same order and in as many microtasks; only runs that are watched use it. Pure.
 *
 * What a mark means is said in src/world/accesses/marks.ts. A file with something that is not understood is not marked
 * at all, and its runs count as touching everything.
 */
import ts from "typescript";
import type { Edit } from "./edits.ts";
import { markExpression } from "./markedExpressions.ts";
import { markStatement } from "./markedStatements.ts";
import { Marker, NotMarkable } from "./marker.ts";

export type Marked = { readonly code: string; readonly reason?: undefined } | { readonly reason: string };

/** A name that is spelt with escapes might be that of the marks. */
function refuseEscapedNames(file: ts.SourceFile): void {
  if (!file.text.includes("\\u")) return;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.getText(file).includes("\\"))
      throw new NotMarkable(node, "a name with an escape");
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/**
 * @param blanked the text of the file with its types blanked, each character where it was.
 * @param edits what else is replaced, at statements of the file.
 */
export function mark(file: ts.SourceFile, blanked: string, edits: readonly Edit[]): Marked {
  try {
    refuseEscapedNames(file);
    return {
      code: new Marker(file, blanked, edits, (m, node) => markExpression(m, node) ?? markStatement(m, node)).file(),
    };
  } catch (error) {
    if (error instanceof RangeError) return { reason: "it nests too deeply" };
    if (!(error instanceof NotMarkable)) throw error;
    const { line } = file.getLineAndCharacterOfPosition(error.node.getStart(file));
    return { reason: `${error.message} (line ${String(line + 1)})` };
  }
}
