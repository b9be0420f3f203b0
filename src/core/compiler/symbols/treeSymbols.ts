/** The named parts of a TypeScript or JavaScript file, by TypeScript's own parser. Pure. */
import ts from "typescript";
import { type CodeSymbol, type Declaration, type SymbolKind, toSymbols } from "./codeSymbol.ts";
import { treeTokens } from "./treeTokens.ts";

const scriptKinds: Readonly<Record<string, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JSX,
  mjs: ts.ScriptKind.JSX,
  cjs: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
};

/** Where a declaration stands. */
interface Place {
  readonly containers: readonly string[];
  /** Inside a function only functions and classes are named parts: its other variables are details. */
  readonly inFunction: boolean;
}

/** @param ending of a file's name, without the dot, in lower case. */
export function isTreeLanguage(ending: string): boolean {
  return Object.hasOwn(scriptKinds, ending);
}

/** @param ending of the file's name, without the dot. */
export function treeSymbols(ending: string, text: string): readonly CodeSymbol[] {
  const kind = scriptKinds[ending] ?? ts.ScriptKind.TS;
  const file = ts.createSourceFile(`stop.${ending}`, text, ts.ScriptTarget.ESNext, true, kind);
  const collector = new Collector(file);
  collector.visit(file, { containers: [], inFunction: false });
  return toSymbols(collector.declarations);
}

class Collector {
  readonly declarations: Declaration[] = [];
  readonly #file: ts.SourceFile;

  constructor(file: ts.SourceFile) {
    this.#file = file;
  }

  visit(node: ts.Node, place: Place): void {
    ts.forEachChild(node, (child) => {
      this.#declared(child, place);
    });
  }

  #declared(node: ts.Node, place: Place): void {
    if (ts.isVariableStatement(node)) this.#variables(node, place);
    else if (ts.isExportAssignment(node)) this.#value("default", undefined, node, node.expression, place);
    else if (ts.isExpressionStatement(node) && ts.isBinaryExpression(node.expression)) {
      this.#assignment(node, node.expression, place);
    } else if (isMember(node) && node.initializer !== undefined) {
      this.#value(nameOf(node.name), node.name, node, node.initializer, place);
    } else {
      const kind = kindOf(node);
      const named = kind === undefined ? undefined : declaredName(node);
      if (kind === undefined || named === undefined) this.#inside(node, place);
      else this.#add(named.text, named.node, [kind], node, node, place);
    }
  }

  #variables(statement: ts.VariableStatement, place: Place): void {
    const { declarations } = statement.declarationList;
    for (const each of declarations) {
      const whole = declarations.length === 1 ? statement : each;
      const { initializer } = each;
      if (!ts.isIdentifier(each.name)) this.#inside(each, place);
      else if (initializer !== undefined) this.#value(each.name.text, each.name, whole, initializer, place);
      else if (!place.inFunction) this.#add(each.name.text, each.name, ["variable"], whole, each, place);
    }
  }

  /** Something with a value: a variable, a property, a default export. */
  #value(
    text: string | undefined,
    name: ts.Node | undefined,
    whole: ts.Node,
    value: ts.Expression,
    place: Place,
  ): void {
    const inner = unwrapped(value);
    const isFunction = ts.isArrowFunction(inner) || ts.isFunctionExpression(inner);
    const isClass = ts.isClassExpression(inner);
    if (text === undefined || (place.inFunction && !isFunction && !isClass)) this.#inside(whole, place);
    else {
      const more: readonly SymbolKind[] = isFunction ? ["function"] : isClass ? ["class"] : [];
      this.#add(text, name, ["variable", ...more], whole, inner, place);
    }
  }

  /** `exports.retry = …`, `Pool.prototype.acquire = …`: how JavaScript without modules or classes names things. */
  #assignment(statement: ts.ExpressionStatement, { left, operatorToken, right }: ts.BinaryExpression, place: Place) {
    const chain = operatorToken.kind === ts.SyntaxKind.EqualsToken && !place.inFunction ? chainOf(left) : undefined;
    const named = chain?.filter((each) => !["module", "exports", "prototype"].includes(each)) ?? [];
    if (named.length === 0) this.#inside(statement, place);
    else {
      const name = ts.isPropertyAccessExpression(left) ? left.name : undefined;
      this.#value(named.join("."), name, statement, right, place);
    }
  }

  #add(
    text: string,
    name: ts.Node | undefined,
    kinds: readonly SymbolKind[],
    whole: ts.Node,
    body: ts.Node,
    place: Place,
  ): void {
    const containers = [...place.containers, text];
    const at = this.#file.getLineAndCharacterOfPosition((name ?? whole).getStart(this.#file));
    this.declarations.push({
      name: containers.join("."),
      kinds,
      line: at.line + 1,
      column: at.character + 1,
      endLine: this.#file.getLineAndCharacterOfPosition(whole.end).line + 1,
      tokens: treeTokens(whole, this.#file, name),
    });
    this.#inside(body, { ...place, containers });
  }

  #inside(node: ts.Node, place: Place): void {
    this.visit(node, { ...place, inFunction: place.inFunction || ts.isFunctionLike(node) });
  }
}

function isMember(node: ts.Node): node is ts.PropertyDeclaration | ts.PropertyAssignment {
  return ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node);
}

function kindOf(node: ts.Node): SymbolKind | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return "function";
  if (ts.isConstructorDeclaration(node) || ts.isAccessor(node)) return "function";
  if (ts.isClassDeclaration(node)) return "class";
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)) return "type";
  if (ts.isModuleDeclaration(node)) return "module";
  return ts.isPropertyDeclaration(node) ? "variable" : undefined;
}

interface DeclaredName {
  readonly text: string;
  readonly node: ts.Node | undefined;
}

function declaredName(node: ts.Node): DeclaredName | undefined {
  if (ts.isConstructorDeclaration(node)) return { text: "constructor", node: undefined };
  const name = (node as ts.NamedDeclaration).name;
  if (name !== undefined) {
    const text = nameOf(name);
    return text === undefined ? undefined : { text, node: name };
  }
  // `export default function () {}`
  return { text: "default", node: undefined };
}

/** Undefined for a name that is computed, or that no stop could be written with. */
function nameOf(name: ts.Node): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  return ts.isStringLiteral(name) && /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name.text) ? name.text : undefined;
}

/** `a.b.c` as its names; undefined for anything else. */
function chainOf(node: ts.Expression): readonly string[] | undefined {
  if (ts.isIdentifier(node)) return [node.text];
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const before = chainOf(node.expression);
  return before === undefined ? undefined : [...before, node.name.text];
}

/** Without brackets and what only types say: `(… as const)`. */
function unwrapped(value: ts.Expression): ts.Expression {
  const wraps =
    ts.isParenthesizedExpression(value) ||
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value) ||
    ts.isNonNullExpression(value);
  return wraps ? unwrapped(value.expression) : value;
}
