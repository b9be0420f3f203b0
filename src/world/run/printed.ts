/** One line of the console, of no more characters than are kept. Runs inside the realm. */
import { formatValue, plainText } from "./formatValue.ts";

/** Characters of a line. */
const maxLineLength = 500;

/** Never throws. */
export function printed(values: readonly unknown[]): string {
  let line = "";
  for (let place = 0; place < values.length && line.length <= maxLineLength; place++) {
    const value = values[place];
    line += `${place === 0 ? "" : " "}${typeof value === "string" ? plainText(value, maxLineLength) : formatValue(value)}`;
  }
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line;
}
