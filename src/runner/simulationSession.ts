/**
 * One program of the playground in a sandbox of its own: takes order after order for as long as the program's text stays
 * the same, and watches the sandbox while it has something to do. Runs in the extension host.
 */
import { type Deferred, deferred } from "../base/deferred.ts";
import type { SimulationListener } from "../protocol/grading.ts";
import type { CompiledModule, SimulateJob } from "../protocol/sandboxMessages.ts";
import type { SimulationOrder } from "../protocol/simulation.ts";
import type { GradeError } from "../protocol/verdict.ts";
import type { SandboxAnswer } from "./sandboxAnswers.ts";
import { supervisionErrors as errors } from "./supervisionErrors.ts";
import { type SandboxLink, explainEnd } from "./supervisor.ts";
import { Watchdog } from "./watchdog.ts";

export interface SimulationLink extends SandboxLink {
  order(order: SimulationOrder): void;
}

export interface SessionOptions {
  readonly silenceMs: number;
  readonly memoryLimit: number;
  /** The line that a job spins in that was elsewhere when it was asked. */
  readonly findSpin: (job: SimulateJob) => Promise<number | undefined>;
}

interface Current {
  readonly order: SimulationOrder;
  readonly listener: SimulationListener;
  readonly end: Deferred<GradeError | undefined>;
}

export class SimulationSession {
  readonly #link: SimulationLink;
  readonly #program: CompiledModule;
  readonly #options: SessionOptions;
  readonly #watchdog: Watchdog;
  #current: Current | undefined;
  #stage: "new" | "starting" | "running" = "new";
  #failing = false;
  #dead = false;

  constructor(link: SimulationLink, program: CompiledModule, options: SessionOptions) {
    this.#link = link;
    this.#program = program;
    this.#options = options;
    this.#watchdog = new Watchdog(link, {
      ...options,
      bark: (reason) => {
        this.#failing = true;
        void this.#explain(reason);
      },
    });
    void link.exited.then((exit) => {
      // It ends when it is asked where it is; then the answer is what counts.
      if (!this.#failing) this.#end(errors.exited(exit));
    });
  }

  /** False once the sandbox has ended, or is about to: its program needs another one. */
  get usable(): boolean {
    return !this.#dead && !this.#failing;
  }

  /** Resolves with what went wrong, if something did. An order under way ends as cancelled. */
  async simulate(order: SimulationOrder, listener: SimulationListener): Promise<GradeError | undefined> {
    const superseded = this.#current;
    const current: Current = { order, listener, end: deferred() };
    this.#current = current;
    superseded?.end.resolve(errors.cancelled);
    // A sandbox that is stuck in the order before this one stays so: its clock goes on.
    if (superseded === undefined) this.#watchdog.start();
    // While it starts, it takes the newest order with it.
    if (this.#stage === "running") this.#link.order(order);
    else if (this.#stage === "new") await this.#begin();
    return current.end.promise;
  }

  async #begin(): Promise<void> {
    this.#stage = "starting";
    await this.#link.ready;
    const order = this.#current?.order;
    if (order === undefined) return;
    this.#stage = "running";
    this.#watchdog.progressed();
    this.#link.run({ kind: "simulate", program: this.#program, order }, (answer) => {
      this.#receive(answer);
    });
  }

  dispose(): void {
    this.#end(errors.cancelled);
  }

  #receive(answer: SandboxAnswer): void {
    const { usable } = this;
    if (!usable) return;
    this.#watchdog.progressed();
    switch (answer.type) {
      case "failed":
        this.#end(answer.error);
        return;
      case "flood":
      case "damage":
        this.#end(errors[answer.type]);
        return;
      case "played":
        if (answer.order === this.#current?.order.id) this.#current.listener.played(answer.run);
        return;
      case "sampled":
        if (answer.order === this.#current?.order.id) this.#current.listener.sampled(answer.distribution);
        return;
      case "simulated":
        if (answer.order === this.#current?.order.id) this.#finish(undefined);
        return;
      case "ready":
      case "listed":
      case "explored":
      case "progress":
      case "tested":
      case "happened":
      case "spinning":
      case "begun":
      case "done":
        return;
    }
  }

  async #explain(reason: "silence" | "memory"): Promise<void> {
    const order = this.#current?.order;
    const job = order && ({ kind: "simulate", program: this.#program, order } as const);
    const findSpin = (): Promise<number | undefined> =>
      job === undefined ? Promise.resolve(undefined) : this.#options.findSpin(job);
    this.#end(await explainEnd(reason, this.#link, this.#program.fileName, findSpin));
  }

  /** The sandbox is done with for good. */
  #end(error: GradeError): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#finish(error);
    this.#link.kill();
  }

  #finish(error: GradeError | undefined): void {
    this.#watchdog.stop();
    const current = this.#current;
    this.#current = undefined;
    current?.end.resolve(error);
  }
}
