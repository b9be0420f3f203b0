/**
 * Which variables of a file can carry something from one turn to another: those that a function other than their own
 * sees, and whose value may differ from one look to the next. Pure.
 */
import ts from "typescript";

export interface Variable {
  readonly name: string;
  /** Where it lives: a block, a function, the file, the head of a loop … */
  readonly scope: Scope;
  readonly declaration: ts.Node;
  /** Assigned by anything but its own declaration. */
  assigned: boolean;
  /** Assigned outside the head of the loop that declares it. */
  assignedInBody: boolean;
  captured: boolean;
  /** Seen by a function that can run before the declaration has. */
  capturedEarly: boolean;
  /** Seen by a function in the head of the loop, or in the parameters of the function, that declares it. */
  capturedInHead: boolean;
}

interface Scope {
  readonly node: ts.Node;
  readonly parent: Scope | undefined;
  readonly names: Map<string, Variable>;
  /** The function (or file, or initialiser of a class) that this belongs to. */
  readonly owner: ts.Node;
}

/** Where the place of a variable is made: at the start of a function's body or block, or once for the file. */
export type Home = ts.Block | ts.SourceFile;

export class Variables {
  readonly #scopes = new Map<ts.Node, Scope>();
  readonly #references = new Map<ts.Node, Variable>();
  readonly #declared = new Map<ts.Node, Variable>();
  readonly #names = new Map<Home, Map<Variable, string>>();
  readonly #places = new Map<Variable, string>();
  readonly #file: ts.SourceFile;

  /** @param prefix of the names that are made up; no name in the file begins with it. */
  constructor(file: ts.SourceFile, prefix: string) {
    this.#file = file;
    this.#declare(file, this.#open(file, undefined, file));
    this.#resolve(file);
    const all = new Set([...this.#scopes.values()].flatMap(({ names }) => [...names.values()]));
    for (const variable of all) if (isShared(variable)) this.#settle(variable, prefix);
  }

  /** The name of the place of the variable that a reference stands for, if it needs marks. */
  placeOf(reference: ts.Node): string | undefined {
    const variable = this.#references.get(reference);
    return variable === undefined ? undefined : this.#places.get(variable);
  }

  /** The same for the name in a declaration. */
  placeOfDeclared(name: ts.Node): string | undefined {
    const variable = this.#declared.get(name);
    return variable === undefined ? undefined : this.#places.get(variable);
  }

  /** Whether a reference is to a variable of the file that is never assigned after its declaration. */
  isConstant(node: ts.Node): boolean {
    return this.#references.get(node)?.assigned === false;
  }

  /** The names of the places that are to be made at the start of a block, or of the file. */
  placesAt(home: Home): readonly string[] {
    return [...(this.#names.get(home)?.values() ?? [])];
  }

  #settle(variable: Variable, prefix: string): void {
    const home = homeOf(variable, this.#file);
    const names = this.#names.get(home) ?? new Map<Variable, string>();
    this.#names.set(home, names);
    const name = `${prefix}${String(this.#places.size)}`;
    names.set(variable, name);
    this.#places.set(variable, name);
  }

  #open(node: ts.Node, parent: Scope | undefined, owner: ts.Node): Scope {
    const scope: Scope = { node, parent, names: new Map(), owner };
    this.#scopes.set(node, scope);
    return scope;
  }

  #declare(node: ts.Node, scope: Scope): void {
    ts.forEachChild(node, (child) => {
      if (isTypeOnly(child)) return;
      this.#declareName(child, scope);
      const owner = isOwner(child) ? child : scope.owner;
      const opens = owner === child || isScope(child);
      this.#declare(child, opens ? this.#open(child, scope, owner) : scope);
    });
  }

  #declareName(node: ts.Node, scope: Scope): void {
    if (ts.isVariableDeclaration(node)) {
      const list = node.parent;
      const isVar = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) === 0;
      this.#add(node.name, isVar ? functionScope(scope) : scope, isVar);
    } else if (ts.isParameter(node)) this.#add(node.name, scope);
    else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name !== undefined) this.#add(node.name, scope);
    } else if (ts.isImportSpecifier(node)) this.#add(node.name, scope);
  }

  /** @param repeats its declaration may be evaluated many times for one variable, as a `var` in a loop is. */
  #add(name: ts.BindingName, scope: Scope, repeats = false): void {
    if (!ts.isIdentifier(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) this.#add(element.name, scope, repeats);
      return;
    }
    const known = scope.names.get(name.text);
    const variable: Variable = known ?? {
      name: name.text,
      scope,
      declaration: name,
      assigned: repeats,
      assignedInBody: repeats,
      captured: false,
      capturedEarly: false,
      capturedInHead: false,
    };
    // Declared twice: a parameter, a var or a function under one name.
    if (known !== undefined) known.assigned = known.assignedInBody = true;
    scope.names.set(name.text, variable);
    this.#declared.set(name, variable);
  }

  #resolve(file: ts.SourceFile): void {
    const visit = (node: ts.Node, above: Scope): void => {
      if (isTypeOnly(node)) return;
      const scope = this.#scopes.get(node) ?? above;
      if (ts.isIdentifier(node) && isReference(node)) this.#refer(node, scope);
      ts.forEachChild(node, (child) => {
        visit(child, scope);
      });
    };
    const top = this.#scopes.get(file);
    if (top !== undefined) visit(file, top);
  }

  #refer(node: ts.Identifier, from: Scope): void {
    let scope: Scope | undefined = from;
    while (scope !== undefined && !scope.names.has(node.text)) scope = scope.parent;
    const variable = scope?.names.get(node.text);
    if (scope === undefined || variable === undefined) return;
    this.#references.set(node, variable);
    const inHead = isInHead(node, scope.node);
    if (isAssigned(node)) {
      variable.assigned = true;
      variable.assignedInBody ||= !inHead;
    }
    if (from.owner === scope.owner) return;
    variable.captured = true;
    variable.capturedInHead ||= inHead;
    variable.capturedEarly ||= runsEarly(node, variable, scope);
  }
}

function isShared(variable: Variable): boolean {
  if (!variable.captured) return false;
  if (variable.capturedEarly && canSuspend(variable.scope.owner)) return true;
  const isLoop = ts.isForStatement(variable.scope.node);
  // Every turn of a loop has a variable of its own: what its head does to the next one is not seen by the functions
  // that saw this one.
  if (isLoop && !variable.capturedInHead && !variable.assignedInBody) return false;
  return variable.assigned;
}

/** Whether a function that refers to the variable may be called before the variable's declaration was evaluated. */
function runsEarly(reference: ts.Node, variable: Variable, scope: Scope): boolean {
  const { parent } = variable.declaration;
  if (ts.isParameter(parent) || ts.isFunctionDeclaration(parent)) return false;
  // A loop gives its variable a value before its body begins.
  if (ts.isForOfStatement(scope.node) || ts.isForInStatement(scope.node)) return false;
  for (let node = reference.parent; node !== scope.node; node = node.parent) {
    if (ts.isFunctionDeclaration(node)) return true;
    if (isOwner(node) && node.pos < parent.end) return true;
  }
  return false;
}

/** An owner in which turns may end half way. */
function canSuspend(owner: ts.Node): boolean {
  if (!ts.isFunctionLike(owner)) return false;
  const isAsync = ts.canHaveModifiers(owner)
    ? ts.getModifiers(owner)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
    : false;
  const isGenerator = "asteriskToken" in owner && owner.asteriskToken !== undefined;
  return isAsync || isGenerator;
}

function homeOf(variable: Variable, file: ts.SourceFile): Home {
  const { node } = variable.scope;
  if (ts.isBlock(node)) return node;
  const body = ts.isFunctionLike(node) && "body" in node ? node.body : undefined;
  if (body !== undefined && ts.isBlock(body) && !variable.capturedInHead) return body;
  return file;
}

function isInHead(reference: ts.Node, scope: ts.Node): boolean {
  const body =
    ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)
      ? scope.statement
      : ts.isFunctionLike(scope) && "body" in scope
        ? scope.body
        : undefined;
  return body !== undefined && (reference.pos < body.pos || reference.pos >= body.end);
}

function functionScope(scope: Scope): Scope {
  let found = scope;
  while (found.node !== found.owner && found.parent !== undefined) found = found.parent;
  return found;
}

/** What has activations of its own. */
export function isOwner(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node);
}

function isScope(node: ts.Node): boolean {
  return (
    (ts.isBlock(node) && !ts.isFunctionLike(node.parent) && !ts.isClassStaticBlockDeclaration(node.parent)) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node)
  );
}

/** What is gone once types are blanked. */
export function isTypeOnly(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return true;
  if (ts.isTypeParameterDeclaration(node) || ts.isIndexSignatureDeclaration(node)) return true;
  if (ts.isHeritageClause(node)) return node.token === ts.SyntaxKind.ImplementsKeyword;
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true) return true;
  if (ts.isPropertyDeclaration(node)) {
    return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true;
  }
  if (ts.isParameter(node)) return ts.isIdentifier(node.name) && node.name.text === "this";
  return ts.isFunctionLike(node) && "body" in node && node.body === undefined;
}

/** Whether a name stands for a variable's value (or its binding, where it is assigned). */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isPropertyDeclaration(parent)) {
    return parent.initializer === node;
  }
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  const isNamed =
    ts.isFunctionLike(parent) || ts.isClassLike(parent) || ts.isNamedTupleMember(parent) || ts.isImportClause(parent);
  return !(isNamed && "name" in parent && parent.name === node);
}

function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  if (ts.isBinaryExpression(parent) && parent.left === node) return isAssignment(parent) || isPattern(node);
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (isWrapper(parent)) return isAssigned(parent);
  return isPattern(node);
}

/** Whether a node is (part of) what a destructuring assignment assigns to. */
function isPattern(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isPattern(parent.parent);
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node && isPattern(parent.parent);
  if (ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent)) return isPattern(parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return isPatternLiteral(parent);
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && (isPatternLiteral(node) || isPattern(parent));
  }
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return isPatternLiteral(node);
  return isWrapper(parent) && isPattern(parent);
}

function isPatternLiteral(node: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(node) && !ts.isArrayLiteralExpression(node)) return false;
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  }
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isPatternLiteral(parent.parent);
  if (ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent)) return isPatternLiteral(parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return isPatternLiteral(parent);
  return false;
}

export function isWrapper(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  );
}

export function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
