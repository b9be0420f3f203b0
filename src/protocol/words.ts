/** Text that a person reads, in every language of the product. Plain data; crosses processes. */
export interface Words {
  readonly en: string;
  readonly "zh-cn": string;
}

export type Locale = keyof Words;

export const locales: readonly Locale[] = ["en", "zh-cn"];

/** The locale that fits a BCP 47 tag such as "zh-CN" or "en-GB"; English where none fits. */
export function localeFor(tag: string): Locale {
  const lower = tag.toLowerCase();
  return lower === "zh" || lower.startsWith("zh-cn") || lower.startsWith("zh-hans") ? "zh-cn" : "en";
}
