/** `interleave stops`: where the code stops of a repository's onboarding are now; with `--update` it writes that down. */
import { formatFinding } from "../../core/lesson/lessonFinding.ts";
import { canUpdate, updatedOnboarding } from "../../core/onboarding/stopUpdates.ts";
import { placeText, type StopReport } from "../../core/onboarding/judgeStop.ts";
import type { Locale } from "../../protocol/words.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { requestedLocale } from "../locale.ts";
import { nearest } from "../../core/nearest.ts";
import { shownFile } from "../pack.ts";
import { createPaint } from "../paint.ts";
import type { Command, Terminal } from "../terminal.ts";
import { checkOnboarding, type OnboardingReport } from "./checkOnboarding.ts";
import { namedCatalog } from "./namedCatalog.ts";
import { openRepository, replaceOnboarding, type Repository } from "./repository.ts";
import { plainStop } from "./plainStop.ts";

const stopsShape: CommandShape = {
  name: "stops",
  positionals: ["dir"],
  optional: true,
  options: { json: "flag", locale: "text", stop: "text", update: "flag" },
};

export const stops: Command = async (words, terminal) => {
  const args = parseCommandArguments(stopsShape, words);
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const repository = await openRepository(terminal, args.positionals[0] ?? ".");
  const catalog = await namedCatalog(repository, terminal, locale);
  const check = (): Promise<OnboardingReport> => checkOnboarding(repository, catalog, terminal.distDir);
  let report = await check();
  const chosen = chosenStops(report, args.text("stop"));
  let updated: readonly StopReport[] = [];
  if (args.flag("update")) {
    updated = await update(repository, report, chosen);
    if (updated.length > 0) report = await check();
  }
  const ids = new Set(chosen.map(({ stop }) => stop.id));
  const shown = report.stops.filter(({ stop }) => ids.has(stop.id));
  // What is wrong with the file itself hides the stops: it is said instead of them.
  const unusable = report.read === undefined ? report.findings : [];
  for (const each of unusable) {
    terminal.err(`${formatFinding({ ...each, file: shownFile(repository, each.file) }, locale)}\n`);
  }
  if (args.flag("json")) terminal.out(`${JSON.stringify({ version: 1, stops: shown.map(plainStop) }, null, 2)}\n`);
  else print(shown, new Set(updated.map(({ stop }) => stop.id)), terminal, locale);
  return unusable.length === 0 && shown.every(({ state }) => state === "sound") ? 0 : 1;
};

/** @throws CannotRun for an id that the file does not have. */
function chosenStops({ stops: all }: OnboardingReport, id: string | undefined): OnboardingReport["stops"] {
  if (id === undefined) return all;
  const chosen = all.filter(({ stop }) => stop.id === id);
  if (chosen.length > 0) return chosen;
  const known = all.map(({ stop }) => stop.id);
  const [near] = nearest(id, known);
  throw new CannotRun(
    `There is no stop “${id}”.${near === undefined ? "" : ` Did you mean “${near}”?`}`,
    `没有名为“${id}”的代码站点。${near === undefined ? "" : `是不是“${near}”？`}`,
  );
}

async function update(
  repository: Repository,
  { read, symbolsOf }: OnboardingReport,
  chosen: OnboardingReport["stops"],
): Promise<readonly StopReport[]> {
  const reports = chosen.filter(canUpdate);
  if (read === undefined || reports.length === 0) return [];
  await replaceOnboarding(repository, read.json, updatedOnboarding(read.json, read, reports, symbolsOf));
  return reports;
}

function print(
  shown: OnboardingReport["stops"],
  updated: ReadonlySet<string>,
  terminal: Terminal,
  locale: Locale,
): void {
  const paint = createPaint(terminal.colour);
  const remark = locale === "en" ? "updated" : "已更新";
  for (const { stop, state, at, problem } of shown) {
    const sign = state === "sound" ? paint("green", "✓") : paint("red", "✗");
    const place = at === undefined ? stop.file : placeText(at);
    const text = problem === undefined ? `${stop.symbol}  ${paint("dim", place)}` : problem[locale];
    terminal.out(`${sign}  ${stop.id}  ${text}${updated.has(stop.id) ? `  ${paint("cyan", remark)}` : ""}\n`);
  }
  if (shown.length === 0) terminal.out(locale === "en" ? "There are no code stops.\n" : "没有代码站点。\n");
}
