/** A registered test as the process is told of it. Runs inside the realm. */
import { formatValue, plainText } from "../../world/run/formatValue.ts";
import type { TestOptions } from "../../world/run/specApi.ts";

/** A spec is a stranger's too: names and titles are text of a sensible length, whatever it gave. */
export function toListed({ name, options }: { readonly name: string; readonly options: TestOptions }): object {
  const asText = (text: unknown): string => (typeof text === "string" ? plainText(text, maxTitle) : formatValue(text));
  if (typeof name !== "string" || name === "" || name !== asText(name)) throw new TypeError("a test needs a name");
  const { title } = options;
  return { name, title: { en: asText(title.en), "zh-cn": asText(title["zh-cn"]) } };
}

/** Characters of a test's name and title. */
const maxTitle = 200;
