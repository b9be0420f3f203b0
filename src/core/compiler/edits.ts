/** Replacing stretches of text without moving what follows. Pure. */
export interface Edit {
  /** Offsets into the text; stretches do not overlap. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits in the order of their offsets. What is replaced keeps its line breaks, and, where the new text is
 * shorter, its width: all else stays on its line and in its column.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let position = 0;
  for (const { start, end, text: replacement } of edits) {
    const replaced = text.slice(start, end);
    result += text.slice(position, start) + replacement + padding(replaced, replacement.length);
    position = end;
  }
  return result + text.slice(position);
}

function padding(replaced: string, used: number): string {
  const lines = replaced.split("\n");
  if (lines.length === 1) return " ".repeat(Math.max(0, replaced.length - used));
  return `${"\n".repeat(lines.length - 1)}${" ".repeat(lines.at(-1)?.length ?? 0)}`;
}
