/** Entry of the process that one comparison runs in: takes an order, answers with a result, ends. */
import process from "node:process";
import type { Order } from "./measure/ownProcess.ts";

/** Loaded one at a time: none must pay for what another imports. */
async function measure({ name, quick, input }: Order): Promise<unknown> {
  switch (name) {
    case "fastCheck":
      return (await import("./comparisons/fastCheck.ts")).measureFastCheck(quick);
    case "planted":
      return (await import("./comparisons/planted.ts")).measurePlanted(quick);
    case "verdict":
      return (await import("./comparisons/verdict.ts")).measureVerdict(quick);
    case "bareLoop":
      return (await import("./comparisons/bareLoop.ts")).measureBareLoop(quick);
    case "growth":
      return (await import("./comparisons/growth.ts")).measureGrowth(quick);
    case "memory":
      return (await import("./comparisons/memory.ts")).measureMemory(input);
    case "selfCheck":
      return (await import("./comparisons/selfCheck.ts")).measureSelfCheck(quick);
    default:
      throw new RangeError(`there is no comparison called ${name}`);
  }
}

process.once("message", (order: Order) => {
  void measure(order).then(
    (result) => process.send?.({ result }, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
