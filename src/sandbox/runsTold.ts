/**
 * For a job that is known to get stuck: the same realm, which tells of each run before it goes on, so that the last that was told
 * is the order that leads to the loop. Runs in the sandbox process, outside the realm.
 */
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";
import type { Plan } from "../world/search/plan.ts";
import { encodeSchedule } from "../world/search/schedule.ts";
import type { Realm } from "./realm.ts";

export function runsTold(realm: Realm, tell: (message: FromSandboxMessage) => void): Realm {
  const { kernel } = realm;
  /** The run whose choices become known only as it makes them, and how many of them were told. */
  let choosing: { readonly test: string; told: number } | undefined;
  const told = (test: string, decisions: readonly number[]): void => {
    tell({ type: "begun", test, schedule: encodeSchedule(decisions) });
  };
  /** The same plan, which halts at each choice. */
  const halting = (test: string, plan: string): string => {
    choosing = { test, told: 0 };
    told(test, []);
    return JSON.stringify({ ...(JSON.parse(plan) as Plan), halts: true } satisfies Plan);
  };
  return {
    ...realm,
    kernel: {
      ...kernel,
      begin: (test, plan, seed, recording) => {
        if (plan.startsWith("{")) {
          kernel.begin(test, halting(test, plan), seed, recording);
          return;
        }
        choosing = undefined;
        told(test, plan === "" ? [] : plan.split(",").map(Number));
        kernel.begin(test, plan, seed, recording);
      },
      beginWatched: (test, plan, seed) => {
        kernel.beginWatched(test, halting(test, plan), seed);
      },
    },
    drain: () => {
      if (choosing !== undefined) {
        const taken = kernel.taken();
        if (taken.length > choosing.told)
          told(
            choosing.test,
            Array.from(taken, (choice) => choice.charCodeAt(0)),
          );
        choosing.told = taken.length;
      }
      realm.drain();
    },
  };
}
