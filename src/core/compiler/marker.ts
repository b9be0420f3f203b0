/** What marking any kind of node needs: the text around it, names, places of variables. Pure. */
import ts from "typescript";
import type { Edit } from "./edits.ts";
import { Variables, isTypeOnly, isWrapper } from "./variables.ts";

/** Where in the file something stands that marks cannot cover. */
export class NotMarkable extends Error {
  readonly node: ts.Node;

  constructor(node: ts.Node, what: string) {
    super(what);
    this.node = node;
  }
}

/** The marked text of one kind of node; undefined where only its children need marks. */
type Dispatch = (m: Marker, node: ts.Node) => string | undefined;

/** Marks nodes of one file. */
export class Marker {
  /** What the marks are called in the code. No name in the file begins with it. */
  readonly name: string;
  readonly variables: Variables;
  readonly #file: ts.SourceFile;
  readonly #blanked: string;
  readonly #edits: readonly Edit[];
  readonly #dispatch: Dispatch;
  #made = 0;

  constructor(file: ts.SourceFile, blanked: string, edits: readonly Edit[], dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.#file = file;
    this.#blanked = blanked;
    this.#edits = edits;
    let name = "$m";
    while (file.text.includes(name)) name += "m";
    this.name = name;
    this.variables = new Variables(file, `${name}_v`);
  }

  file(): string {
    const statements = this.#file.statements.map((statement) => this.part(statement));
    const places = this.places(this.#file);
    return `const ${this.name} = __import("interleave:marks"); ${places}${this.assemble(0, this.#file.end, statements)}`;
  }

  /** The declarations of the places of variables that live in a block. */
  places(home: ts.Block | ts.SourceFile): string {
    const names = this.variables.placesAt(home);
    return names.length === 0 ? "" : `const ${names.map((name) => `${name} = ${this.name}.place()`).join(", ")}; `;
  }

  /** A name that is nobody else's. */
  temporary(): string {
    return `${this.name}_t${String(this.#made++)}`;
  }

  start(node: ts.Node): number {
    return node.getStart(this.#file);
  }

  source(node: ts.Node): string {
    return this.#file.text.slice(this.start(node), node.end);
  }

  /** The text between two offsets, without what is replaced. */
  text(start: number, end: number): string {
    let result = "";
    let position = start;
    for (const edit of this.#edits) {
      if (edit.end <= start || edit.start >= end) continue;
      result += this.#blanked.slice(position, Math.max(position, edit.start)) + (edit.start >= start ? edit.text : "");
      position = Math.max(position, Math.min(edit.end, end));
    }
    return result + this.#blanked.slice(position, end);
  }

  part(node: ts.Node): Edit {
    return { start: this.start(node), end: node.end, text: this.mark(node) };
  }

  /** The text between two offsets with parts of it replaced. */
  assemble(start: number, end: number, parts: readonly Edit[]): string {
    let result = "";
    let position = start;
    for (const part of [...parts].sort((one, other) => one.start - other.start || one.end - other.end)) {
      result += this.text(position, part.start) + part.text;
      position = Math.max(position, part.end);
    }
    return result + this.text(position, end);
  }

  /** A node as it is, with its children marked. */
  inside(node: ts.Node): string {
    const parts: Edit[] = [];
    ts.forEachChild(node, (child) => {
      parts.push(this.part(child));
    });
    return this.assemble(this.start(node), node.end, parts);
  }

  /** The marked text of a node, in place of it. */
  mark(node: ts.Node): string {
    if (isTypeOnly(node)) return this.text(this.start(node), node.end);
    if (ts.isExpressionStatement(node)) return this.#statement(node);
    return this.#dispatch(this, node) ?? this.inside(node);
  }

  /** Where no semicolon ends the statement before, the text of this one must not go on with it. */
  #statement(node: ts.ExpressionStatement): string {
    const { parent } = node;
    const isListed = ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent);
    return `${isListed ? ";" : ""}${this.inside(node)}`;
  }

  /** An operand that may be an object, whose conversion to text or a number then looks into it. */
  operand(node: ts.Expression): string {
    return isPrimitive(node) ? this.mark(node) : `${this.name}.primitive(${this.mark(node)})`;
  }

  /** The key of a property access, as an expression. */
  key(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
    if (ts.isElementAccessExpression(node)) return this.mark(node.argumentExpression);
    if (ts.isPrivateIdentifier(node.name)) throw new NotMarkable(node, "a private name in this place");
    return JSON.stringify(node.name.text);
  }
}

/** @param first goes before the first statement. */
export function markBlock(m: Marker, node: ts.Block, first = ""): string {
  const parts = node.statements.map((statement) => m.part(statement));
  return `{ ${m.places(node)}${first}${m.assemble(m.start(node) + 1, node.end, parts)}`;
}

export function isInAsyncGenerator(node: ts.Node): boolean {
  let owner = node.parent;
  while (!ts.isSourceFile(owner) && !ts.isFunctionLike(owner)) owner = owner.parent;
  return isAsyncGenerator(owner);
}

export function isAsyncGenerator(node: ts.Node): boolean {
  if (!("asteriskToken" in node) || node.asteriskToken === undefined || !ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
}

/** Operators that turn objects into something else. */
export const converting: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.LessThanLessThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  ts.SyntaxKind.AmpersandToken,
  ts.SyntaxKind.BarToken,
  ts.SyntaxKind.CaretToken,
]);

/** Whether an expression certainly gives no object. */
export function isPrimitive(node: ts.Expression): boolean {
  if (isWrapper(node)) return isPrimitive(node.expression);
  if (ts.isLiteralExpression(node)) return !ts.isRegularExpressionLiteral(node);
  if (ts.isTemplateExpression(node) || ts.isTypeOfExpression(node) || ts.isPostfixUnaryExpression(node)) return true;
  if (ts.isPrefixUnaryExpression(node)) return true;
  if (ts.isBinaryExpression(node)) return converting.has(node.operatorToken.kind);
  return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}
