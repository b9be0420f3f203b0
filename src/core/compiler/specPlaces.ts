/**
 * A spec that says which of its places it reaches: before each statement of a function, and each expression of an arrow
 * function or a conditional, stands a call with the place's number. Every line stays where it was. Pure; compiler thread.
 */
import ts from "typescript";
import type { SpecPlace } from "../../protocol/space.ts";

export interface ToldSpec {
  /** The spec's source with the calls. */
  readonly text: string;
  readonly places: readonly SpecPlace[];
}

/** A piece of text that is put in at an offset. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

const call = "__reached";
const prelude = `import { reached as ${call} } from "interleave:reached"; `;

/** @param source a spec that compiles */
export function tellPlaces(source: string): ToldSpec {
  const file = ts.createSourceFile("spec.ts", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const places: SpecPlace[] = [];
  const insertions: Insertion[] = [];
  const newPlace = (node: ts.Node): string => {
    const line = (offset: number): number => file.getLineAndCharacterOfPosition(offset).line + 1;
    places.push({ line: line(node.getStart(file)), lastLine: line(node.end) });
    return `${call}(${String(places.length - 1)})`;
  };
  const around = (node: ts.Node, before: string, after: string): void => {
    insertions.push({ at: node.getStart(file), text: before }, { at: node.end, text: after });
  };
  const visit = (node: ts.Node): void => {
    for (const statement of statementsOf(node)) {
      if (isRun(statement)) insertions.push({ at: statement.getStart(file), text: `${newPlace(statement)}; ` });
    }
    // Opened before what is inside, closed after it.
    const expressions = expressionsOf(node);
    for (const child of childrenOf(node)) {
      const wraps = expressions.includes(child) || isLoneStatement(node, child);
      if (wraps && ts.isStatement(child)) around(child, `{ ${newPlace(child)}; `, " }");
      else if (wraps) around(child, `(${newPlace(child)}, `, ")");
      visit(child);
    }
  };
  visit(file);
  return { text: prelude + withInsertions(source, insertions), places };
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** What runs one after another; a spec's outermost statements always do. */
function statementsOf(node: ts.Node): readonly ts.Statement[] {
  return ts.isBlock(node) || ts.isCaseOrDefaultClause(node) ? node.statements : [];
}

/** Not a declaration that runs nothing, nor a directive, before which nothing may stand. */
function isRun(statement: ts.Statement): boolean {
  if (ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)) return false;
  return !(
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEmptyStatement(statement) ||
    ts.isBlock(statement)
  );
}

/** Expressions that need not be reached where what is around them is. */
function expressionsOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [node.body];
  return ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : [];
}

/** A statement that stands without braces where a block could. */
function isLoneStatement(parent: ts.Node, child: ts.Node): boolean {
  if (!ts.isStatement(child) || ts.isBlock(child)) return false;
  // `else if` goes on as it was: the parts of the second `if` are places of their own.
  if (ts.isIfStatement(parent)) return !(child === parent.elseStatement && ts.isIfStatement(child));
  return ts.isIterationStatement(parent, false);
}

/** At one offset, what closes stands before what opens, and what is inside closes first and opens last. */
function withInsertions(source: string, insertions: readonly Insertion[]): string {
  const sorted = insertions
    .map((insertion, order) => ({ ...insertion, order, closes: /^(?: \}|\))$/.test(insertion.text) }))
    .sort(
      (a, b) =>
        a.at - b.at || Number(b.closes) - Number(a.closes) || (a.closes ? b.order - a.order : a.order - b.order),
    );
  let text = "";
  let position = 0;
  for (const insertion of sorted) {
    text += source.slice(position, insertion.at) + insertion.text;
    position = insertion.at;
  }
  return text + source.slice(position);
}
