/** The same suite for node:test and its `mock.timers`. `npm run bench` times it; its name keeps vitest away from it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { run } from "../programs/fanOut.ts";
import { expectedOrder, pieceName, schedules, timedWork } from "./schedules.ts";

describe("fan-out", () => {
  for (const latencies of schedules) {
    it(`gathers in order of arrival: ${latencies.join()}`, async (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const result = run(
        latencies.map((_, index) => pieceName(index)),
        timedWork(latencies),
      );
      // Not `runAll`, which goes only as far as the timer that its heap happens to hold last.
      t.mock.timers.tick(Math.max(...latencies));
      assert.deepEqual(await result, expectedOrder(latencies));
    });
  }
});
