/**
 * Turns a learner's or a lesson's TypeScript into plain JavaScript whose every line and column is where it was: types
 * are blanked, exports become the value of a function, imports become calls. Pure. It never runs what it compiles.
 */
import { blankSourceFile } from "ts-blank-space";
import ts from "typescript";
import type { CompiledModule } from "../../protocol/sandboxMessages.ts";
import type { GradeError, GradeErrorCode, SourcePosition } from "../../protocol/verdict.ts";
import type { Words } from "../../protocol/words.ts";
import { type Edit, applyEdits } from "./edits.ts";
import { compileMessages } from "./compileMessages.ts";
import { mark } from "./marks.ts";

export interface CompileOptions {
  readonly fileName: string;
  /** Only a spec may import. */
  readonly mayImport: boolean;
  /** The engine that will run it knows `using`. Where false, `using` declarations are rewritten. */
  readonly knowsUsing: boolean;
}

export type Compiled = { readonly module: CompiledModule } | { readonly error: GradeError };

class CompileFault extends Error {
  readonly error: GradeError;

  constructor(code: GradeErrorCode, message: Words, source?: SourcePosition) {
    super(code);
    this.error = { code, message, ...(source === undefined ? {} : { source }) };
  }
}

/** Never throws for what is in the source; that is the `error` of the result. */
export function compile(source: string, options: CompileOptions): Compiled {
  try {
    return { module: compileOrThrow(source, options) };
  } catch (fault) {
    if (fault instanceof CompileFault) return { error: fault.error };
    // Everything here walks the tree by calling itself, so code that nests without end ends the stack.
    if (fault instanceof RangeError) return { error: { code: "syntax-error", message: compileMessages.tooDeep() } };
    throw fault;
  }
}

function compileOrThrow(source: string, options: CompileOptions): CompiledModule {
  const { fileName } = options;
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  refuseSyntaxErrors(file);
  if (file.statements.length === 0) throw new CompileFault("empty-file", compileMessages.empty(fileName));
  refuseUnrunnable(file);
  const blanked = blankSourceFile(file, (node) => {
    throw new CompileFault("not-erasable", compileMessages.notErasable(nameOf(node)), positionOf(file, node));
  });
  const edits: Edit[] = [];
  const exported = new Map<string, string>();
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) rewriteImport(file, statement, options, edits);
    else if (ts.isExportDeclaration(statement)) rewriteExportList(file, statement, edits, exported);
    else if (ts.isExportAssignment(statement)) rewriteDefault(file, statement, edits, exported);
    else blankExportModifiers(file, statement, edits, exported);
  }
  const body = applyEdits(blanked, edits);
  const tail = [...exported].map(([name, local]) => `${JSON.stringify(name)}: ${local}`).join(", ");
  const finish = (text: string): string => {
    const code = `${text}\nreturn { ${tail} };`;
    return options.knowsUsing ? code : lowerUsing(code, file);
  };
  const marked = mark(file, blanked, edits);
  return {
    fileName,
    code: finish(body),
    exports: [...exported.keys()],
    ...(marked.reason === undefined ? { marked: finish(marked.code) } : { unmarked: marked.reason }),
  };
}

function refuseSyntaxErrors(file: ts.SourceFile): void {
  const [first] = (file as ts.SourceFile & { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] })
    .parseDiagnostics;
  if (first === undefined) return;
  const text = ts.flattenDiagnosticMessageText(first.messageText, " ");
  throw new CompileFault("syntax-error", compileMessages.syntax(text), positionAt(file, first.start));
}

/** What parses but could not run inside a function: dynamic import, import.meta, await at the top level. */
function refuseUnrunnable(file: ts.SourceFile): void {
  const source = file.text;
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      throw new CompileFault("import-not-allowed", compileMessages.dynamicImport(), positionOf(file, node));
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      throw new CompileFault("import-not-allowed", compileMessages.importMeta(), positionOf(file, node));
    }
    // To TypeScript this is `<`, `!`, `--`; to the engine it begins a comment, in which it would not see what we see.
    if (ts.isPrefixUnaryExpression(node) && source.slice(node.getStart(file) - 1, node.getStart(file) + 3) === "<!--") {
      throw new CompileFault("syntax-error", compileMessages.htmlComment(), positionOf(file, node));
    }
    const awaits = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
    if (awaits && !inFunction) {
      throw new CompileFault("syntax-error", compileMessages.topLevelAwait(), positionOf(file, node));
    }
    const inside = inFunction || ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node);
    ts.forEachChild(node, (child) => {
      visit(child, inside);
    });
  };
  visit(file, false);
}

function rewriteImport(
  file: ts.SourceFile,
  statement: ts.ImportDeclaration,
  options: CompileOptions,
  edits: Edit[],
): void {
  const clause = statement.importClause;
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
  const bindings = clause?.namedBindings;
  const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : undefined;
  const values = named?.filter((element) => !element.isTypeOnly);
  const onlyTypes =
    clause !== undefined && clause.name === undefined && values?.length === 0 && (named?.length ?? 0) > 0;
  const from = (statement.moduleSpecifier as ts.StringLiteral).text;
  if (!onlyTypes && !options.mayImport) {
    throw new CompileFault("import-not-allowed", compileMessages.import(from), positionOf(file, statement));
  }
  if (!onlyTypes && values === undefined) {
    throw new CompileFault("import-not-allowed", compileMessages.importForm(from), positionOf(file, statement));
  }
  const names = values.map(({ name, propertyName }) => `${propertyName?.text ?? name.text}: ${name.text}`);
  const text = onlyTypes ? "" : `const { ${names.join(", ")} } = __import(${JSON.stringify(from)});`;
  edits.push({ start: statement.getStart(file), end: statement.end, text });
}

function rewriteExportList(
  file: ts.SourceFile,
  statement: ts.ExportDeclaration,
  edits: Edit[],
  exported: Map<string, string>,
): void {
  if (statement.isTypeOnly) return;
  if (statement.moduleSpecifier !== undefined) {
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    throw new CompileFault("import-not-allowed", compileMessages.import(from), positionOf(file, statement));
  }
  if (statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
    for (const { name, propertyName, isTypeOnly } of statement.exportClause.elements) {
      if (!isTypeOnly) exported.set(name.text, (propertyName ?? name).text);
    }
  }
  edits.push({ start: statement.getStart(file), end: statement.end, text: ";" });
}

function rewriteDefault(
  file: ts.SourceFile,
  statement: ts.ExportAssignment,
  edits: Edit[],
  exported: Map<string, string>,
): void {
  exported.set("default", "$default");
  edits.push({ start: statement.getStart(file), end: statement.expression.getStart(file), text: "var $default = " });
}

function blankExportModifiers(
  file: ts.SourceFile,
  statement: ts.Statement,
  edits: Edit[],
  exported: Map<string, string>,
): void {
  const modifiers = (ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined) ?? [];
  const kinds = modifiers.map(({ kind }) => kind);
  if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DeclareKeyword)) return;
  for (const modifier of modifiers) {
    if (modifier.kind === ts.SyntaxKind.ExportKeyword || modifier.kind === ts.SyntaxKind.DefaultKeyword) {
      edits.push({ start: modifier.getStart(file), end: modifier.end, text: "" });
    }
  }
  const isDefault = kinds.includes(ts.SyntaxKind.DefaultKeyword);
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) collectNames(declaration.name, exported);
  } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    const isOverload = ts.isFunctionDeclaration(statement) && statement.body === undefined;
    if (statement.name !== undefined && !isOverload)
      exported.set(isDefault ? "default" : statement.name.text, statement.name.text);
  }
}

function collectNames(name: ts.BindingName, into: Map<string, string>): void {
  if (ts.isIdentifier(name)) {
    into.set(name.text, name.text);
    return;
  }
  for (const element of name.elements) if (ts.isBindingElement(element)) collectNames(element.name, into);
}

/** For engines before explicit resource management. Lines are kept where the compiler keeps them. */
function lowerUsing(code: string, file: ts.SourceFile): string {
  if (!/\busing\b/.test(file.text)) return code;
  const wrapped = `const $module = function () {${code}\n};`;
  const { outputText } = ts.transpileModule(wrapped, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: false },
  });
  return `${outputText}\nreturn $module();`;
}

function nameOf(node: ts.Node): string {
  if (ts.isEnumDeclaration(node)) return "enum";
  if (ts.isModuleDeclaration(node)) return "namespace";
  if (ts.isParameter(node)) return "parameter property";
  if (ts.isImportEqualsDeclaration(node)) return "import =";
  if (ts.isExportAssignment(node)) return "export =";
  if (ts.isTypeAssertionExpression(node)) return "<T>value";
  return ts.SyntaxKind[node.kind];
}

function positionOf(file: ts.SourceFile, node: ts.Node): SourcePosition {
  return positionAt(file, node.getStart(file));
}

function positionAt(file: ts.SourceFile, offset: number): SourcePosition {
  const { line, character } = file.getLineAndCharacterOfPosition(offset);
  return { line: line + 1, column: character + 1 };
}
