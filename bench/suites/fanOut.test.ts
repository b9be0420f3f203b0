/** What a developer would write for the fan-out with vitest: ten schedules on fake timers. `npm run bench` times it. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../programs/fanOut.ts";
import { expectedOrder, pieceName, schedules, timedWork } from "./schedules.ts";

describe("fan-out", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(schedules.map((latencies) => [latencies] as const))("gathers in order of arrival: %s", async (latencies) => {
    const result = run(
      latencies.map((_, index) => pieceName(index)),
      timedWork(latencies),
    );
    await vi.runAllTimersAsync();
    expect(await result).toEqual(expectedOrder(latencies));
  });
});
