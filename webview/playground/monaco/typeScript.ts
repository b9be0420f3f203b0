/** Tells Monaco's TypeScript what an exercise's tsconfig tells VS Code's. Runs in the playground's page. */
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register";
import type { DeclarationFile } from "../codeEditor.ts";

export function setUpTypeScript(libraries: readonly DeclarationFile[]): void {
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    // The world of an exercise: the language itself, and nothing of a browser or of Node.
    lib: ["es2024", "esnext.array", "esnext.disposable", "esnext.iterator", "esnext.promise"],
    types: [],
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    moduleDetection: 3,
    strict: true,
    erasableSyntaxOnly: true,
    noEmit: true,
    skipLibCheck: true,
    allowNonTsExtensions: true,
  });
  typescriptDefaults.setDiagnosticsOptions({ noSemanticValidation: false, noSyntaxValidation: false });
  typescriptDefaults.setExtraLibs(
    libraries.map(({ name, text }) => ({ content: text, filePath: `file:///playground/${name}` })),
  );
  typescriptDefaults.setEagerModelSync(true);
}
