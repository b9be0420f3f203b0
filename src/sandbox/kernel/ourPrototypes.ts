/** Objects of ours that an exercise or a spec is led to by what a run hands out only. Runs inside the realm, once. */
import { Headers } from "../../world/platform/headers.ts";
import { Response } from "../../world/platform/response.ts";
import { URLSearchParams } from "../../world/platform/urlSearchParams.ts";
import { Faulted, type TestHarness } from "../../world/run/harness.ts";

export function ourPrototypes(harness: TestHarness): object[] {
  const call = harness.call("any", () => Promise.resolve());
  const work = harness.work({ label: "any", latency: 0, answer: () => undefined });
  const instances: unknown[] = [
    harness,
    harness.reason,
    call,
    work,
    harness.controller("any"),
    new Headers().entries(),
    new URLSearchParams().entries(),
    new Response("any").body?.getReader(),
    Object.create(Faulted.prototype),
  ];
  return instances.flatMap((instance) => {
    const prototype: unknown = Object.getPrototypeOf(instance);
    return typeof prototype === "object" && prototype !== null ? [prototype] : [];
  });
}
