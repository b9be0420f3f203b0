/**
 * The one run that is on show, and the moment of it that is looked at. The timeline, the diagrams of the lesson and the
 * marks in the editor all follow it, and whoever steps through it (timeline, scheduler game, debugger) moves it. Extension host.
 */
import type { ShownRun } from "../../protocol/shownRun.ts";

export interface StageObserver {
  /** Another run is on show, or the same one has grown; `undefined`: none. */
  showed?(run: ShownRun | undefined): void;
  /** Another event is current. */
  moved?(moment: number | undefined): void;
}

export class RunStage {
  readonly #observers = new Set<StageObserver>();
  readonly #onProblem: (error: unknown) => void;
  #run: ShownRun | undefined;
  #moment: number | undefined;

  constructor(onProblem: (error: unknown) => void) {
    this.#onProblem = onProblem;
  }

  get run(): ShownRun | undefined {
    return this.#run;
  }

  /** `seq` of the current event; undefined: the run is looked at as a whole. */
  get moment(): number | undefined {
    return this.#moment;
  }

  observe(observer: StageObserver): { dispose(): void } {
    this.#observers.add(observer);
    return { dispose: () => this.#observers.delete(observer) };
  }

  /** Puts a run on show, looked at as a whole or at one event of it. */
  show(run: ShownRun | undefined, moment?: number): void {
    this.#run = run;
    this.#moment = moment;
    this.#tell((observer) => observer.showed?.(run));
  }

  moveTo(moment: number | undefined): void {
    if (moment === this.#moment) return;
    this.#moment = moment;
    this.#tell((observer) => observer.moved?.(moment));
  }

  dispose(): void {
    this.#observers.clear();
  }

  #tell(about: (observer: StageObserver) => void): void {
    for (const observer of this.#observers) {
      try {
        about(observer);
      } catch (error) {
        this.#onProblem(error);
      }
    }
  }
}
