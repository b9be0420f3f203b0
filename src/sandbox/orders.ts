/** The orders that come in while a program of the playground is simulated: only the newest counts. Runs in the sandbox process. */
import type { SimulationOrder } from "../protocol/simulation.ts";

export class Orders {
  #newest: SimulationOrder | undefined;
  #wake: (() => void) | undefined;

  add(order: SimulationOrder): void {
    this.#newest = order;
    this.#wake?.();
  }

  /** Whether one has come that has not been taken. */
  get waiting(): boolean {
    return this.#newest !== undefined;
  }

  /** The newest, as soon as there is one. */
  async take(): Promise<SimulationOrder> {
    for (;;) {
      const order = this.#newest;
      this.#newest = undefined;
      if (order !== undefined) return order;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
