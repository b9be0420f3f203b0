/**
 * What the playground's page knows and does: the program, the scenario, and what came of them. Draws nothing. A change of
 * the scenario runs at once, typing after a moment. Runs in the playground's page.
 */
import type { ChosenRun, Distribution, Scenario } from "../../src/protocol/simulation.ts";
import type {
  PlaygroundIntent,
  PlaygroundMemory,
  PlaygroundState,
  SimulationFailure,
  ToPlaygroundMessage,
} from "../../src/protocol/playgroundMessages.ts";
import type { ToldTrace } from "../../src/protocol/timelineMessages.ts";
import type { Answer } from "../common/messenger.ts";

/** Real ms after the last key until a program runs, and until what was changed is kept. */
const typingMs = 250;
const keepMs = 400;
/** Real ms after which a newer change no longer waits for the picture of an older one. */
const patienceMs = 400;

type Incoming = Exclude<ToPlaygroundMessage, { readonly type: "answer" }>;

export interface WorkbenchParts {
  readonly post: (intent: PlaygroundIntent) => Promise<Answer>;
  /** Keeps it for a page that is loaded anew. */
  readonly remember: (memory: PlaygroundMemory) => void;
  /** Something is to be drawn anew. */
  readonly changed: () => void;
}

/** What is drawn. */
export interface View {
  readonly text: string;
  readonly scenario: Scenario;
  readonly chosen: number;
  /** Nothing runs until the user says so. */
  readonly waits: boolean;
  readonly busy: boolean;
  /** The host has what is shown, and will have it after a reload. */
  readonly kept?: boolean | undefined;
  readonly run?: ChosenRun | undefined;
  /** The events of that run, and a sentence for each. */
  readonly told?: ToldTrace | undefined;
  readonly distribution?: Distribution | undefined;
  readonly failure?: SimulationFailure | undefined;
  /** Something that the host could not do, or a word on what it did. */
  readonly notice?: { readonly text: string; readonly bad: boolean } | undefined;
}

interface Asked {
  readonly request: number;
  /** It has shown all that was asked for, or enough of it for a newer one to begin. */
  shown: boolean;
}

export class Workbench {
  readonly #parts: WorkbenchParts;
  #view: View | undefined;
  #revision: number | undefined;
  #lastRequest = 0;
  #asked: Asked | undefined;
  /** A change has come that the request under way does not know of. */
  #wanted: { readonly distribution: boolean } | undefined;
  #timers: { typing?: number; keep?: number; patience?: number } = {};

  constructor(parts: WorkbenchParts) {
    this.#parts = parts;
  }

  get view(): View | undefined {
    return this.#view;
  }

  receive(message: Incoming): void {
    switch (message.type) {
      case "state":
        this.#take(message.state);
        return;
      case "played":
        if (message.request !== this.#asked?.request) return;
        this.#update({
          run: message.run,
          told: { events: message.run.trace, texts: message.texts },
          failure: undefined,
        });
        return;
      case "sampled":
        if (message.request !== this.#asked?.request) return;
        this.#update({ distribution: message.distribution, failure: undefined });
        this.#asked.shown = true;
        this.#next();
        return;
      case "failed":
        if (message.request === this.#asked?.request) this.#update({ failure: message.failure });
        return;
    }
  }

  #take({ revision, document, chosen, waits }: PlaygroundState): void {
    // The same text in another language, or with other settings.
    if (revision === this.#revision) {
      this.#parts.changed();
      return;
    }
    this.#revision = revision;
    this.#view = { ...document, chosen: Math.min(chosen, document.scenario.runs - 1), waits, busy: false };
    this.#wanted = undefined;
    this.#remember();
    if (waits) void this.#parts.post({ type: "stop" });
    else this.#want(true);
    this.#parts.changed();
  }

  /** The user has read what the text does, or trusts the sandbox. */
  start(): void {
    this.#update({ waits: false });
    this.#remember();
    this.#want(true);
  }

  stop(): void {
    clearTimeout(this.#timers.typing);
    this.#wanted = undefined;
    void this.#parts.post({ type: "stop" });
  }

  edit(text: string): void {
    if (this.#view === undefined || text === this.#view.text) return;
    this.#update({ text });
    this.#remember();
    clearTimeout(this.#timers.typing);
    this.#timers.typing = window.setTimeout(() => {
      this.#want(true);
    }, typingMs);
  }

  change(change: Partial<Scenario>): void {
    if (this.#view === undefined) return;
    const scenario = { ...this.#view.scenario, ...change };
    this.#update({ scenario, chosen: Math.min(this.#view.chosen, scenario.runs - 1) });
    this.#remember();
    this.#want(true);
  }

  /** @param run from 0 */
  choose(run: number): void {
    if (this.#view === undefined || run < 0 || run >= this.#view.scenario.runs) return;
    this.#update({ chosen: run });
    this.#remember();
    this.#want(false);
  }

  notify(text: string, bad: boolean): void {
    this.#update({ notice: { text, bad } });
  }

  dismiss(): void {
    this.#update({ notice: undefined });
  }

  #want(distribution: boolean): void {
    if (this.#view === undefined || this.#view.waits) return;
    this.#wanted = { distribution: distribution || this.#wanted?.distribution === true };
    if (this.#asked === undefined || this.#asked.shown) {
      this.#next();
      return;
    }
    // Were each change of a slider to end the one before it, none would get as far as a picture.
    this.#timers.patience ??= window.setTimeout(() => {
      if (this.#asked !== undefined) this.#asked.shown = true;
      this.#next();
    }, patienceMs);
  }

  #next(): void {
    const { view } = this;
    const wanted = this.#wanted;
    if (view === undefined || wanted === undefined) return;
    this.#wanted = undefined;
    clearTimeout(this.#timers.patience);
    delete this.#timers.patience;
    // A request that is ended before it has told of all runs leaves its picture unfinished.
    const distribution = wanted.distribution || this.#asked !== undefined;
    const request = ++this.#lastRequest;
    this.#asked = { request, shown: !distribution };
    this.#update({ busy: true });
    const { text, scenario, chosen } = view;
    void this.#parts.post({ type: "simulate", request, text, scenario, chosen, distribution }).then((answer) => {
      if (this.#asked?.request !== request) return;
      this.#asked = undefined;
      this.#update({
        busy: false,
        ...(answer.ok || answer.problem === "" ? {} : { notice: { text: answer.problem, bad: true } }),
      });
      this.#next();
    });
  }

  #update(change: Partial<View>): void {
    if (this.#view === undefined) return;
    this.#view = { ...this.#view, ...change };
    this.#parts.changed();
  }

  #remember(): void {
    if (this.#view === undefined) return;
    const { text, scenario, chosen, waits } = this.#view;
    this.#parts.remember({ text, scenario, chosen, waits });
    clearTimeout(this.#timers.keep);
    this.#update({ kept: false });
    // What is kept runs when the playground is opened the next time: not a stranger's text that has not been let run.
    if (waits) return;
    this.#timers.keep = window.setTimeout(() => {
      void this.#parts.post({ type: "keep", text, scenario }).then((answer) => {
        const isLatest = this.#view?.text === text && this.#view.scenario === scenario;
        if (answer.ok && isLatest) this.#update({ kept: true });
      });
    }, keepMs);
  }
}
