/**
 * "Beat the scheduler": the learner chooses what happens next in one test of their exercise, step by step. Each step is played
 * from the beginning in a sandbox of its own, so that undoing is asking again with one choice less. Extension host; knows
 * nothing of VS Code.
 */
import { type Choice, type GameState, stepperView } from "../../core/stepper/stepperView.ts";
import { withoutTrace } from "../../core/verdict/withoutTrace.ts";
import type { GradeRequest, Grader } from "../../protocol/grading.ts";
import type { ListedTest } from "../../protocol/sandboxMessages.ts";
import type { StepName, StepResult } from "../../protocol/steps.ts";
import type { StepperIntent, StepperView } from "../../protocol/stepperMessages.ts";
import type { Locale } from "../../protocol/words.ts";
import type { RunStage } from "../timeline/runStage.ts";

export interface SchedulerGameParts {
  readonly grader: Grader;
  readonly stage: RunStage;
  /** What the runner is asked for the exercise as it stands. */
  readonly gradeRequest: (lesson: string) => Promise<GradeRequest>;
  /** Keeps an order as a test of the learner's own; rejects with words for them. */
  readonly keep: (lesson: string, order: KeptOrder) => Promise<void>;
  /** The game of this lesson looks different now. */
  readonly changed: (lesson: string) => void;
}

export interface KeptOrder {
  /** As the learner gave it; may be empty. */
  readonly name: string;
  readonly test: string;
  readonly steps: readonly StepName[];
}

interface Game extends GameState {
  readonly request: GradeRequest;
  readonly test: string;
}

export class SchedulerGame {
  readonly #parts: SchedulerGameParts;
  #game: Game | undefined;
  /** The step that is being played. */
  #playing: AbortController | undefined;

  constructor(parts: SchedulerGameParts) {
    this.#parts = parts;
  }

  /** What a page of this lesson shows; undefined where no game of it is on. */
  view(lesson: string, locale: Locale): StepperView | undefined {
    const game = this.#game;
    return game?.request.lesson === lesson ? stepperView(game, locale) : undefined;
  }

  /** The lesson whose game is on. */
  get lesson(): string | undefined {
    return this.#game?.request.lesson;
  }

  /** Begins a game; one that is on ends. Resolves once the first choice is open. */
  async start(request: GradeRequest, test: ListedTest): Promise<void> {
    this.stop();
    const empty = { choices: [], result: undefined, busy: false, kept: false };
    this.#game = { request, test: test.name, title: test.title, ...empty };
    await this.#play([]);
  }

  /** Does what a page asks. Anything but to stop is left out while a step is being played. */
  async perform(lesson: string, intent: StepperIntent): Promise<void> {
    const game = this.#game;
    if (game?.request.lesson !== lesson) return;
    if (intent.do === "stop") {
      this.stop();
      return;
    }
    if (game.busy) return;
    switch (intent.do) {
      case "choose":
        return this.#choose(game, intent.index);
      case "undo":
        return game.choices.length === 0 ? undefined : this.#play(game.choices.slice(0, -1));
      case "restart": {
        this.#change({ busy: true });
        const request = await this.#parts.gradeRequest(lesson);
        // It may have been stopped in the meantime.
        if (this.#game?.request !== game.request) return;
        this.#game = { ...this.#game, request };
        return this.#play([]);
      }
      case "keep":
        return this.#keep(game, intent.name);
    }
  }

  /** Ends the game, and takes its run from the stage: the next verdict has its own to show. */
  stop(): void {
    const { lesson } = this;
    const { stage, changed } = this.#parts;
    this.#playing?.abort();
    this.#playing = undefined;
    this.#game = undefined;
    if (lesson === undefined) return;
    if (stage.run?.origin === "steps") stage.show(undefined);
    changed(lesson);
  }

  dispose(): void {
    this.#playing?.abort();
  }

  async #choose({ choices, result }: Game, index: number): Promise<void> {
    const option = result?.options?.[index];
    if (option === undefined) return;
    const from = (result?.trace.at(-1)?.seq ?? -1) + 1;
    await this.#play([...choices, { index, option, from }]);
  }

  async #keep({ choices, request, test, result, kept }: Game, name: string): Promise<void> {
    if (kept || result?.verdict === undefined) return;
    const steps = choices.map(({ option: { what, kind, label, occurrence } }) => ({ what, kind, label, occurrence }));
    await this.#parts.keep(request.lesson, { name, test, steps });
    this.#change({ kept: true });
  }

  /** Plays these choices and shows what comes of them. */
  async #play(choices: readonly Choice[]): Promise<void> {
    const game = this.#game;
    if (game === undefined) return;
    const playing = new AbortController();
    this.#playing = playing;
    this.#change({ busy: true });
    const { request, test } = game;
    const taken = choices.map(({ index }) => index);
    let result: StepResult;
    try {
      result = await this.#parts.grader.step({ ...request, test, choices: taken }, playing.signal);
    } catch (error) {
      if (!playing.signal.aborted) this.#change({ busy: false });
      throw error;
    }
    if (playing.signal.aborted) return;
    this.#change({ choices, result, busy: false, kept: false });
    if (result.error === undefined) this.#show(game, result);
  }

  #change(changed: Partial<Game>): void {
    if (this.#game === undefined) return;
    this.#game = { ...this.#game, ...changed };
    this.#parts.changed(this.#game.request.lesson);
  }

  /** The run so far, at its last event. */
  #show({ request, test, title }: Game, { trace, schedule, options, verdict }: StepResult): void {
    const { lesson, exercise } = request;
    const failure = verdict?.failure === undefined ? {} : { failure: withoutTrace(verdict.failure) };
    const run = { lesson, test, title, schedule, trace, exercise, live: options !== undefined, ...failure };
    this.#parts.stage.show({ ...run, origin: "steps" }, trace.at(-1)?.seq);
  }
}
