/** Pieces of the Test Anything Protocol, version 14. Pure. */

/** A YAML block; a JSON string is a YAML string. */
export function yamlBlock(values: Readonly<Record<string, string>>): readonly string[] {
  return ["  ---", ...Object.entries(values).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`), "  ..."];
}

/** "#" would begin a directive. */
export function escapeTap(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("#", "\\#").replaceAll("\n", " ");
}
