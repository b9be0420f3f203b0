/**
 * Runs the playground's `main` in one run of a scenario. Runs inside the realm; the outside answers as the scenario's
 * dice say, and what comes next is always what is due next, so that there is nothing to choose.
 */
import { endpointUrl, latencyOf, type RunEnd, type Scenario } from "../../protocol/simulation.ts";
import type { Route } from "../../world/outside/network.ts";
import { plainText, formatValue } from "../../world/run/formatValue.ts";
import type { TestHarness } from "../../world/run/harness.ts";
import type { Run } from "../../world/run/run.ts";
import type { Sample } from "../../world/simulate/distribution.ts";
import { drawLuck, latencyFor } from "../../world/simulate/draw.ts";

/** Characters of an error that are told. */
const maxReason = 300;

export class Simulation {
  readonly #scenario: Scenario;
  readonly #urls: readonly string[];

  constructor(scenario: string) {
    this.#scenario = JSON.parse(scenario) as Scenario;
    this.#urls = Object.freeze(Array.from({ length: this.#scenario.endpoints }, (_, place) => endpointUrl(place)));
  }

  get seed(): number {
    return this.#scenario.seed;
  }

  /** @param index of the run, from 0 */
  start(run: Run, main: unknown, index: number): void {
    run.start({ title: { en: "", "zh-cn": "" } }, async (t) => {
      this.#layOut(t, index);
      const { deadlineMs, limit, cancelAtMs } = this.#scenario;
      const given = Object.freeze({ urls: this.#urls, signal: t.signal, deadlineMs, limit });
      if (cancelAtMs !== null) {
        t.after(cancelAtMs, () => {
          t.abort();
        });
      }
      await t.call("main", () => (main as (given: object) => Promise<unknown>)(given));
    });
  }

  #layOut(t: TestHarness, run: number): void {
    for (const [endpoint, url] of this.#urls.entries()) {
      let attempt = 0;
      t.network.route(url, () => this.#answer(run, endpoint, attempt++));
    }
  }

  #answer(run: number, endpoint: number, attempt: number): Route {
    const { seed, shape, failurePercent } = this.#scenario;
    const { slowness, fate } = drawLuck({ seed, run, endpoint, attempt }, shape);
    const latency = latencyFor(latencyOf(this.#scenario, endpoint), slowness);
    if (fate < failurePercent) return { latency, fails: "always" };
    return { latency, body: JSON.stringify({ endpoint: endpoint + 1, attempt: attempt + 1 }) };
  }

  /** What is known of a run that is over. */
  sample({ harness, world, finding }: Run): Sample {
    const settled = harness.calls[0]?.settled;
    const gaveUp = harness.abortedAt !== undefined && Object.is(settled?.reason, harness.reason);
    const end: RunEnd =
      settled === undefined
        ? "unsettled"
        : settled.status === "fulfilled"
          ? "fulfilled"
          : gaveUp
            ? "cancelled"
            : "rejected";
    const flights: number[] = [];
    for (const { plan, startedAt, endedAt } of world.operations) {
      if (plan.kind === "fetch") flights.push(startedAt, endedAt ?? world.now);
    }
    return {
      end,
      at: settled?.at ?? world.now,
      results: settled?.status === "fulfilled" ? countResults(settled.value) : null,
      ...(end === "rejected" ? { reason: plainText(formatValue(settled?.reason), maxReason) } : {}),
      ...(finding === undefined
        ? {}
        : {
            problem: {
              diagnosis: finding.diagnosis,
              message: finding.message,
              ...(finding.source === undefined ? {} : { line: finding.source.line }),
            },
          }),
      flights,
    };
  }
}

/** A list, or an object with a list of `results`; null for anything else. What it looks at is learner code's own. */
function countResults(value: unknown): number | null {
  try {
    if (Array.isArray(value)) return value.length;
    if (typeof value !== "object" || value === null || !("results" in value)) return null;
    return Array.isArray(value.results) ? value.results.length : null;
  } catch {
    return null;
  }
}
