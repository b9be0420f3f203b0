/** Runs one comparison in a process of its own, so that none inherits another's heap, caches or compiled code. */
import { fork } from "node:child_process";
import path from "node:path";
import { engineFlags } from "../../src/runner/node/engineFlags.ts";

/** What the process is told. */
export interface Order {
  readonly name: string;
  readonly quick: boolean;
  /** Whatever the comparison needs besides. */
  readonly input?: unknown;
}

export async function inOwnProcess(order: Order): Promise<unknown> {
  const child = fork(path.join(import.meta.dirname, "../child.ts"), [], {
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning", ...engineFlags],
    // stdout belongs to the result.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  return new Promise((resolve, reject) => {
    let answer: { readonly result: unknown } | undefined;
    child.once("message", (message) => {
      answer = message as { readonly result: unknown };
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0 && answer !== undefined) resolve(answer.result);
      else reject(new Error(`${order.name} broke off (${signal ?? String(code)})`));
    });
    child.send(order);
  });
}
