/** Type-checks files against given declaration files, in memory, as the editor would show them. Pure. */
import ts from "typescript";
import type { SourcePosition } from "../../protocol/verdict.ts";

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

export interface TypeProblem {
  readonly file: string;
  readonly message: string;
  readonly source?: SourcePosition;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: [
    "lib.es2024.d.ts",
    "lib.esnext.disposable.d.ts",
    "lib.es2025.promise.d.ts",
    "lib.es2025.iterator.d.ts",
    "lib.es2025.collection.d.ts",
  ],
  types: [],
  strict: true,
  noEmit: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

/**
 * @param files checked, each a module; they may import each other by name.
 * @param libraries declaration files by name: TypeScript's own, and those of the world.
 */
export function typeCheck(
  files: readonly SourceText[],
  libraries: Readonly<Record<string, string>>,
): readonly TypeProblem[] {
  const texts = new Map([...Object.entries(libraries), ...files.map(({ name, text }) => [name, text] as const)]);
  const own = Object.keys(libraries).filter((name) => !name.startsWith("lib."));
  const program = ts.createProgram([...own, ...files.map(({ name }) => name)], options, createHost(texts));
  const problems = ts.getPreEmitDiagnostics(program);
  return problems.map((problem) => {
    const { file, start } = problem;
    const message = ts.flattenDiagnosticMessageText(problem.messageText, " ");
    if (file === undefined || start === undefined) return { file: "", message };
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    return { file: file.fileName, message, source: { line: line + 1, column: character + 1 } };
  });
}

function createHost(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  return {
    fileExists: (name) => texts.has(clean(name)),
    readFile: (name) => texts.get(clean(name)),
    getSourceFile: (name, languageVersion) => {
      const text = texts.get(clean(name));
      return text === undefined ? undefined : ts.createSourceFile(name, text, languageVersion, true);
    },
    getDefaultLibFileName: () => "lib.es2024.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
    directoryExists: () => true,
    getDirectories: () => [],
  };
}

function clean(name: string): string {
  return name.replace(/^\.?\//, "");
}
