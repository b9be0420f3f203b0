/** The page of a report as core makes it, and the market view. */
import { marketStrings } from "../../src/core/assessment/marketStrings.ts";
import { rehearsalReport } from "../../src/core/assessment/report.ts";
import { reportStrings } from "../../src/core/assessment/reportStrings.ts";
import type { ReportFacts } from "../../src/core/assessment/reportFacts.ts";
import type { ReportState } from "../../src/protocol/reportMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { sampleFacts } from "../unit/core/assessment/reportSamples.ts";

export function reportState(locale: Locale = "en", facts: ReportFacts = sampleFacts()): ReportState {
  return { ...marketState(locale), report: rehearsalReport(facts, locale) };
}

export function marketState(locale: Locale = "en"): ReportState {
  return { locale, strings: reportStrings[locale], market: marketStrings[locale] };
}
