/**
 * Compiles, and asks the engine whether it can parse what came out: a name that is declared twice, a `break` without a
 * loop and their like are errors to the engine that TypeScript's parser lets pass. Nothing is run. Compiler thread.
 */
import vm from "node:vm";
import { compileMessages } from "../../core/compiler/compileMessages.ts";
import { compile, type CompileOptions, type Compiled } from "../../core/compiler/compile.ts";
import type { GradeError, SourcePosition } from "../../protocol/verdict.ts";

/** As the sandbox wraps it (src/sandbox/realm.ts). */
const prefix = '(function (__import) { "use strict"; ';

export function compileForEngine(source: string, options: CompileOptions): Compiled {
  const compiled = compile(source, options);
  if ("error" in compiled) return compiled;
  const { marked, ...module } = compiled.module;
  const error = problemOf(module.code, options.fileName);
  if (error !== undefined) return { error };
  if (marked === undefined) return compiled;
  const reason = problemOf(marked, options.fileName);
  return reason === undefined ? compiled : { module: { ...module, unmarked: reason.message.en } };
}

function problemOf(code: string, fileName: string): GradeError | undefined {
  try {
    new vm.Script(`${prefix}${code}\n})`, { filename: fileName });
    return undefined;
  } catch (error) {
    // The engine's parser runs out of its stack where code nests too deeply.
    if (error instanceof RangeError) return { code: "syntax-error", message: compileMessages.tooDeep() };
    if (!(error instanceof SyntaxError)) throw error;
    const source = positionIn(error.stack ?? "");
    const message = compileMessages.syntax(error.message);
    return { code: "syntax-error", message, ...(source === undefined ? {} : { source }) };
  }
}

/** The stack begins with `file:line`, the line's text and a mark below the place. */
function positionIn(stack: string): SourcePosition | undefined {
  const [, line, space = ""] = /:(\d+)\n.*\n( *)\^/.exec(stack) ?? [];
  if (line === undefined) return undefined;
  const shift = line === "1" ? prefix.length : 0;
  return { line: Number(line), column: Math.max(1, space.length + 1 - shift) };
}
