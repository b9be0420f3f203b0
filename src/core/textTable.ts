/** Columns of text in a fixed-width font, where a Chinese character is as wide as two Latin ones. Pure. */

export interface Column {
  readonly heading?: string;
  readonly align?: "left" | "right";
}

/** Lines without trailing spaces; the heading is left out where no column has one. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const head = columns.map(({ heading = "" }) => heading);
  const all = head.some((heading) => heading !== "") ? [head, ...rows] : rows;
  const widths = columns.map((_, index) => Math.max(0, ...all.map((row) => widthOf(row[index] ?? ""))));
  return all.map((row) =>
    columns
      .map(({ align }, index) => padTo(row[index] ?? "", widths[index] ?? 0, align))
      .join("  ")
      .trimEnd(),
  );
}

export function padTo(text: string, width: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? space + text : text + space;
}

/** Columns of the terminal that the text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
