/** Reads stack traces as V8 writes them. Pure. */

/** Line (from 1) of the topmost frame of that file; undefined where the stack has none. */
export function topmostLine(file: string, stack: string): number | undefined {
  for (const frame of stack.split("\n")) {
    const at = frame.lastIndexOf(`${file}:`);
    // A bare name, not the end of a longer one.
    if (at < 0 || !/[ (]/.test(frame.charAt(at - 1))) continue;
    const line = Number.parseInt(frame.slice(at + file.length + 1), 10);
    if (line > 0) return line;
  }
  return undefined;
}
