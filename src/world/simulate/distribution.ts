/** Brings together what came of many runs of a scenario. Pure; runs in the sandbox process. */
import type { CountedProblem, Distribution, InFlight, RunEnd, RunProblem } from "../../protocol/simulation.ts";

/** What is known of one run. */
export interface Sample {
  readonly end: RunEnd;
  /** Virtual ms at which `main` settled; where it never did, at which the run ended. */
  readonly at: number;
  readonly results: number | null;
  readonly reason?: string;
  readonly problem?: RunProblem;
  /** Beginning and end of each request, one after the other, virtual ms. */
  readonly flights: readonly number[];
}

/** Moments at which requests in flight are counted: as many as a small chart can show. */
const moments = 120;
/** Problems that are told apart; the rest are rare by then. */
const problemsKept = 20;

export function distributionOf(samples: readonly Sample[]): Distribution {
  const ends: Record<RunEnd, number> = { fulfilled: 0, rejected: 0, cancelled: 0, unsettled: 0 };
  for (const { end } of samples) ends[end]++;
  return {
    runs: samples.length,
    settledAt: samples.map(({ end, at }) => (end === "unsettled" ? null : at)),
    ends,
    results: samples.map(({ results }) => results),
    inFlight: inFlightOf(samples),
    problems: problemsOf(samples),
    problemRuns: samples.filter(({ problem }) => problem !== undefined).length,
  };
}

function inFlightOf(samples: readonly Sample[]): InFlight {
  let end = 0;
  for (const { at, flights } of samples) {
    if (at > end) end = at;
    for (let place = 1; place < flights.length; place += 2) end = Math.max(end, flights[place] ?? 0);
  }
  const stepMs = Math.max(end, 1) / moments;
  const counts = samples.map(({ flights }) => countFlights(flights, stepMs));
  const peak = counts.reduce((most, { busiest }) => Math.max(most, busiest), 0);
  // For each moment, how many runs had so many in flight: sorting each moment's numbers would take far longer.
  const width = peak + 1;
  const runsWith = new Uint32Array((moments + 1) * width);
  for (const { at } of counts) {
    for (let moment = 0; moment <= moments; moment++) {
      const place = moment * width + (at[moment] ?? 0);
      runsWith[place] = (runsWith[place] ?? 0) + 1;
    }
  }
  const quantile = (share: number): number[] =>
    Array.from({ length: moments + 1 }, (_, moment) => {
      const wanted = Math.max(1, Math.ceil(share * samples.length));
      let seen = 0;
      for (let count = 0; count < width; count++) {
        seen += runsWith[moment * width + count] ?? 0;
        if (seen >= wanted) return count;
      }
      return 0;
    });
  return { stepMs, low: quantile(0.1), median: quantile(0.5), high: quantile(0.9), peak };
}

/** Requests of one run in flight at each moment; a request that ends at a moment is no longer one of them. */
function countFlights(
  flights: readonly number[],
  stepMs: number,
): { readonly at: Int32Array; readonly busiest: number } {
  const at = new Int32Array(moments + 2);
  for (let place = 0; place < flights.length; place += 2) {
    const first = Math.ceil((flights[place] ?? 0) / stepMs);
    const after = Math.min(moments + 1, Math.ceil((flights[place + 1] ?? 0) / stepMs));
    if (first >= after) continue;
    at[first] = (at[first] ?? 0) + 1;
    at[after] = (at[after] ?? 0) - 1;
  }
  for (let moment = 1; moment <= moments; moment++) at[moment] = (at[moment] ?? 0) + (at[moment - 1] ?? 0);
  return { at, busiest: busiestOf(flights) };
}

/** The most that overlapped, exactly: what lies between two moments counts too. */
function busiestOf(flights: readonly number[]): number {
  const changes: number[] = [];
  for (let place = 0; place < flights.length; place += 2) {
    const [from = 0, to = 0] = [flights[place], flights[place + 1]];
    // Doubled, so that an end comes before the beginnings of the same instant; what took no time was never in flight.
    if (to > from) changes.push(from * 2 + 1, -(to * 2));
  }
  changes.sort((one, other) => Math.abs(one) - Math.abs(other));
  let [now, most] = [0, 0];
  for (const change of changes) {
    now += change > 0 ? 1 : -1;
    if (now > most) most = now;
  }
  return most;
}

function problemsOf(samples: readonly Sample[]): readonly CountedProblem[] {
  const found = new Map<string, { problem: CountedProblem["problem"]; runs: number; first: number }>();
  const count = (key: string, problem: CountedProblem["problem"], run: number): void => {
    const known = found.get(key);
    if (known !== undefined) known.runs++;
    // Learner code can make a different error in each run.
    else if (found.size < problemsKept) found.set(key, { problem, runs: 1, first: run });
  };
  for (const [run, { problem, end, reason }] of samples.entries()) {
    if (problem !== undefined) count(`${problem.diagnosis} ${String(problem.line ?? 0)}`, problem, run);
    if (end === "rejected" && reason !== undefined) count(`rejected ${reason}`, { reason }, run);
  }
  return [...found.values()].sort((one, other) => other.runs - one.runs || one.first - other.first);
}
