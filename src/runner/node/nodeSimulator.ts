/** Simulates programs of the playground on hosts that have Node: one at a time, each in a sandbox of its own. Runs in the extension host. */
import type { Compiled } from "../../core/compiler/compile.ts";
import type { SimulationListener, SimulationRequest, Simulator } from "../../protocol/grading.ts";
import type { GradeError } from "../../protocol/verdict.ts";
import { type SessionOptions, type SimulationLink, SimulationSession } from "../simulationSession.ts";
import { supervisionErrors } from "../supervisionErrors.ts";

export interface SimulatorParts extends SessionOptions {
  /** Compiles a program and sees that it has a `main`. */
  readonly compile: (program: string) => Promise<Compiled>;
  /** A sandbox that waits for its job. */
  readonly take: () => SimulationLink;
  /** Gets the next sandbox ready. */
  readonly refill: () => void;
}

export class NodeSimulator implements Simulator {
  readonly #parts: SimulatorParts;
  #compiled: { readonly program: string; readonly result: Compiled } | undefined;
  #session: { readonly program: string; readonly session: SimulationSession } | undefined;
  #newest = 0;

  constructor(parts: SimulatorParts) {
    this.#parts = parts;
  }

  async simulate(
    request: SimulationRequest,
    signal: AbortSignal,
    listener: SimulationListener,
  ): Promise<GradeError | undefined> {
    const id = ++this.#newest;
    const { program, scenario, chosen, distribution } = request;
    const compiled = await this.#compile(program);
    if (id !== this.#newest || signal.aborted) return supervisionErrors.cancelled;
    if ("error" in compiled) return compiled.error;
    const session = this.#sessionFor(program, compiled);
    const onAbort = (): void => {
      session.dispose();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const error = await session.simulate({ id, scenario, chosen, distribution }, listener);
    signal.removeEventListener("abort", onAbort);
    // Only once the picture is out: starting the next sandbox takes the processor.
    setImmediate(this.#parts.refill);
    return error;
  }

  dispose(): void {
    this.#newest++;
    this.#session?.session.dispose();
    this.#session = undefined;
  }

  async #compile(program: string): Promise<Compiled> {
    if (this.#compiled?.program === program) return this.#compiled.result;
    const result = await this.#parts.compile(program);
    this.#compiled = { program, result };
    return result;
  }

  #sessionFor(program: string, compiled: Extract<Compiled, { readonly module: unknown }>): SimulationSession {
    const known = this.#session;
    if (known?.program === program && known.session.usable) return known.session;
    known?.session.dispose();
    const session = new SimulationSession(this.#parts.take(), compiled.module, this.#parts);
    this.#session = { program, session };
    return session;
  }
}
