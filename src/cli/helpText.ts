/** Which text `--help` prints. */
import type { Locale } from "../protocol/words.ts";
import { commandHelp, overview } from "./help.ts";
import { commandHelpZhCn, overviewZhCn } from "./helpZhCn.ts";

/** Help on a command; the overview where there is no such command. */
export function helpOn(command: string | undefined, locale: Locale): string {
  const name = command ?? "";
  if (!Object.hasOwn(commandHelp, name)) return overviewIn(locale);
  const english = commandHelp[name] ?? overview;
  if (locale === "en") return english;
  return Object.hasOwn(commandHelpZhCn, name) ? (commandHelpZhCn[name] ?? english) : english;
}

export function overviewIn(locale: Locale): string {
  return locale === "en" ? overview : overviewZhCn;
}
