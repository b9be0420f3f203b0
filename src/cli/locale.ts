/** Which language to speak. */
import { localeFor, locales, type Locale } from "../protocol/words.ts";
import { CannotRun } from "./cannotRun.ts";

/** The language of the POSIX locale variables, by their order of precedence. */
export function environmentLocale(environment: Readonly<Record<string, string | undefined>>): Locale {
  const value = [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find((each) => each);
  return localeFor(tagOf(value ?? ""));
}

/** The value of `--locale`. @throws CannotRun */
export function requestedLocale(value: string | undefined): Locale | undefined {
  if (value === undefined) return undefined;
  const wanted = tagOf(value).toLowerCase();
  const locale = locales.find((each) => each === wanted);
  if (locale === undefined) {
    throw new CannotRun(
      `--locale ${value} is not a language of Interleave: give one of ${locales.join(", ")}.`,
      `--locale ${value} 不是 Interleave 支持的语言：可用 ${locales.join("、")}。`,
    );
  }
  return locale;
}

/** "zh_CN.UTF-8" → "zh-CN" */
function tagOf(posix: string): string {
  return posix.replace(/[.@].*$/, "").replaceAll("_", "-");
}
