/** Work that a spec has the outside do for the exercise: `t.work`. Runs inside the realm. */
import type { OperationPlan } from "../outside/operation.ts";
import type { WorkOptions } from "./specApi.ts";

export class Work<T> implements OperationPlan {
  readonly kind: "dial" | "work";
  readonly label: string;
  readonly latency: OperationPlan["latency"];
  readonly owner = "exercise";
  readonly signal: OperationPlan["signal"];
  readonly obeysSignal: boolean;
  readonly cleanupMs: number;
  readonly mayFail: boolean;
  readonly mayHang: boolean;
  readonly maySlowBy: number | undefined;
  readonly promise: Promise<T>;
  readonly #options: WorkOptions<T>;
  #resolve: (value: T) => void = nobody;
  #reject: (reason: unknown) => void = nobody;

  constructor(options: WorkOptions<T>) {
    this.kind = options.kind ?? "work";
    this.label = options.label;
    this.latency = options.latency;
    this.signal = options.signal;
    this.obeysSignal = options.obeysSignal ?? true;
    this.cleanupMs = options.cleanupMs ?? 0;
    this.mayFail = options.mayFailWith !== undefined;
    this.mayHang = options.mayHang ?? false;
    this.maySlowBy = options.maySlowBy;
    this.#options = options;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  complete(): "completed" | "failed" {
    try {
      this.#resolve(this.#options.answer());
      return "completed";
    } catch (error) {
      this.#reject(error);
      return "failed";
    }
  }

  fail(): void {
    this.#reject(this.#options.mayFailWith);
  }

  aborted(reason: unknown): void {
    this.#reject(reason);
  }
}

function nobody(): void {
  // Replaced before anybody can call it: a promise calls its executor at once.
}
