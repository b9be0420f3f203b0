/** Finds where an exercise declares what it exports, for CodeLens and the Test Explorer. Pure, and only a good guess. */

/** Line (from 1) of the first exported function, class or constant with one of the names; 1 where none is found. */
export function exportLine(text: string, names: readonly string[]): number {
  const declaration = /^export\s+(?:default\s+)?(?:async\s+)?(?:function\s*\*?|class|const|let)\s+([A-Za-z_$][\w$]*)/;
  const lines = text.split(/\r?\n/);
  const index = lines.findIndex((line) => {
    const name = declaration.exec(line)?.[1];
    return name !== undefined && names.includes(name);
  });
  return index === -1 ? 1 : index + 1;
}
