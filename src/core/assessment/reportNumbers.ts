/** Points as a report writes them. Pure. */
import type { ShareView } from "../../protocol/reportMessages.ts";
import type { Locale } from "../../protocol/words.ts";
import * as say from "./reportWords.ts";

/** At most one decimal. */
export function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function share({ points, of }: { readonly points: number; readonly of: number }, locale: Locale): ShareView {
  return { share: of === 0 ? 0 : points / of, text: say.pointsText(number(points), number(of))[locale] };
}

/** Fills `{0}`, `{1}` … in a text. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
