/** Marks in loops over things: what they look at, also where a turn ends in the middle of the loop. Pure. */
import ts from "typescript";
import type { Edit } from "./edits.ts";
import { type Marker, NotMarkable } from "./marker.ts";
import { assignedPlaces, bindingText, isUsing, pattern, suspends } from "./markedWrites.ts";

export function markLoop(m: Marker, node: ts.ForOfStatement | ts.ForInStatement): string {
  const { initializer, expression, statement } = node;
  const waits = suspends(statement) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
  if (ts.isForInStatement(node) && waits) throw new NotMarkable(node, "for … in that waits");
  const how = ts.isForInStatement(node) ? "seen" : waits ? "walked" : "iterated";
  const parts: Edit[] = [
    { start: m.start(expression), end: expression.end, text: `${m.name}.${how}(${m.mark(expression)})` },
  ];
  const head = loopHead(m, initializer);
  parts.push(...head.edits);
  const body = m.mark(statement);
  const text = head.first === "" ? body : `{ ${head.first}${body} }`;
  parts.push({ start: m.start(statement), end: statement.end, text });
  return m.assemble(m.start(node), node.end, parts);
}

function loopHead(m: Marker, initializer: ts.ForInitializer): { readonly first: string; readonly edits: Edit[] } {
  if (!ts.isVariableDeclarationList(initializer))
    throw new NotMarkable(initializer, "a loop that assigns to a variable");
  const [declaration] = initializer.declarations;
  const name = declaration?.name;
  if (name === undefined) throw new NotMarkable(initializer, "this loop");
  if (ts.isIdentifier(name)) {
    if (m.variables.placeOfDeclared(name) === undefined) return { first: "", edits: [] };
    throw new NotMarkable(name, "a loop variable that its functions and its body change");
  }
  const isVar = (initializer.flags & ts.NodeFlags.BlockScoped) === 0;
  const item = m.temporary();
  const keyword = isVar ? "var" : (initializer.flags & ts.NodeFlags.Const) !== 0 ? "const" : "let";
  if (isUsing(initializer)) throw new NotMarkable(initializer, "this loop");
  const places = isVar ? `, [${assignedPlaces(m, name).join(", ")}]` : "";
  return {
    first: `${keyword} ${bindingText(m, name)} = ${m.name}.destructured(${item}, ${pattern(m, name)}${places}); `,
    edits: [{ start: m.start(initializer), end: initializer.end, text: `const ${item}` }],
  };
}
