/** Reads stack traces as V8 writes them. Pure. */

export interface StackFrame {
  /** From 1. */
  readonly line: number;
  /** The frame as it is written, e.g. "    at run (exercise.ts:12:5)". */
  readonly text: string;
}

/** The topmost frame of that file; undefined where the stack has none. */
export function topmostFrame(file: string, stack: string): StackFrame | undefined {
  for (const text of stack.split("\n")) {
    const at = text.lastIndexOf(`${file}:`);
    // A bare name, not the end of a longer one.
    if (at < 0 || !/[ (]/.test(text.charAt(at - 1))) continue;
    const line = Number.parseInt(text.slice(at + file.length + 1), 10);
    if (line > 0) return { line, text };
  }
  return undefined;
}
