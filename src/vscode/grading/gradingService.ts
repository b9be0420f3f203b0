/**
 * Grades exercises, one run a lesson at a time: a newer run ends the older one. Whoever wants to show something of it
 * (panel, Test Explorer, status bar, squiggles) observes. Extension host; knows nothing of VS Code.
 */
import type { LessonPanelState } from "../../protocol/lessonPanelMessages.ts";
import type { GradeRequest, Grader } from "../../protocol/grading.ts";
import type { ListedTest } from "../../protocol/sandboxMessages.ts";
import type { TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { GradingState } from "../../core/lessonPanel/lessonPanelState.ts";

/** What asked for the run; observers may care. */
export type GradingCause = "save" | "command" | "test-explorer";

export interface GradingSession {
  readonly lesson: LessonPanelState["lesson"]["id"];
  readonly cause: GradingCause;
  /** What the grader was asked. */
  readonly request: GradeRequest;
  /** The text that is graded. */
  readonly text: string;
  /** Resolves with the verdict; where the run was ended early, with one whose error is "cancelled". Never rejects. */
  readonly verdict: Promise<Verdict>;
  cancel(): void;
}

export interface GradingObserver {
  started?(session: GradingSession): void;
  listed?(session: GradingSession, tests: readonly ListedTest[]): void;
  tested?(session: GradingSession, verdict: TestVerdict): void;
  ended?(session: GradingSession, verdict: Verdict): void;
  /** After what `stateOf` shows has changed; the steps of a run come at most every 150 ms. */
  changed?(lesson: string): void;
}

/** Real ms between two tellings of how far a run is: drawing it takes time that the run itself could use. */
const stepMs = 150;

interface Record {
  readonly session: GradingSession;
  readonly before: GradingState;
  /** The text that `before` is about. */
  readonly textBefore: string | undefined;
}

export class GradingService {
  readonly #grader: Grader;
  readonly #observers = new Set<GradingObserver>();
  readonly #states = new Map<string, GradingState>();
  readonly #texts = new Map<string, string>();
  readonly #running = new Map<string, Record>();
  readonly #onProblem: (error: unknown) => void;

  constructor(grader: Grader, onProblem: (error: unknown) => void) {
    this.#grader = grader;
    this.#onProblem = onProblem;
  }

  observe(observer: GradingObserver): { dispose(): void } {
    this.#observers.add(observer);
    return { dispose: () => this.#observers.delete(observer) };
  }

  stateOf(lesson: string): GradingState {
    return this.#states.get(lesson) ?? { kind: "none" };
  }

  /** The text that is graded, or that the last verdict is about. */
  textOf(lesson: string): string | undefined {
    return this.#texts.get(lesson);
  }

  running(lesson: string): GradingSession | undefined {
    return this.#running.get(lesson)?.session;
  }

  /** Starts a run, or joins the one that already grades the same text for the same kind of asker. */
  start(request: GradeRequest, cause: GradingCause, onStart?: (session: GradingSession) => void): GradingSession {
    const { lesson, exercise: text, spec } = request;
    const current = this.#running.get(lesson);
    const isTheSame = current?.session.text === text && current.session.request.spec === spec;
    if (current !== undefined && onStart === undefined && isTheSame) return current.session;
    current?.session.cancel();

    const abort = new AbortController();
    const { promise, resolve } = Promise.withResolvers<Verdict>();
    const session: GradingSession = {
      lesson,
      cause,
      request,
      text,
      verdict: promise,
      cancel: () => {
        abort.abort();
      },
    };
    const before = current?.before ?? this.stateOf(lesson);
    this.#running.set(lesson, { session, before, textBefore: current?.textBefore ?? this.#texts.get(lesson) });
    this.#texts.set(lesson, text);
    onStart?.(session);
    this.#setState(lesson, { kind: "running", done: 0, total: undefined });
    this.#tell((observer) => observer.started?.(session));
    void this.#grade(session, request, abort.signal).then(resolve);
    return session;
  }

  cancel(lesson: string): void {
    this.#running.get(lesson)?.session.cancel();
  }

  /** The exercise's text changed: a verdict about another text is stale. */
  edited(lesson: string, text: string): void {
    const state = this.stateOf(lesson);
    const stale = text !== this.#texts.get(lesson);
    if (state.kind === "graded" && state.stale !== stale) this.#setState(lesson, { ...state, stale });
  }

  dispose(): void {
    for (const { session } of this.#running.values()) session.cancel();
    this.#observers.clear();
  }

  async #grade(session: GradingSession, request: GradeRequest, signal: AbortSignal): Promise<Verdict> {
    const { lesson } = session;
    let done = 0;
    let total: number | undefined;
    const isCurrent = (): boolean => this.#running.get(lesson)?.session === session;
    let shownAt = performance.now();
    const show = (): void => {
      if (!isCurrent()) return;
      this.#states.set(lesson, { kind: "running", done, total });
      if (performance.now() - shownAt < stepMs) return;
      shownAt = performance.now();
      this.#tell((observer) => observer.changed?.(lesson));
    };
    const verdict = await this.#ask(request, signal, {
      listed: (tests) => {
        total = tests.length;
        this.#tell((observer) => observer.listed?.(session, tests));
        show();
      },
      tested: (test) => {
        done++;
        this.#tell((observer) => observer.tested?.(session, test));
        show();
      },
    });
    if (isCurrent()) this.#finish(session, verdict);
    this.#tell((observer) => observer.ended?.(session, verdict));
    return verdict;
  }

  async #ask(
    request: GradeRequest,
    signal: AbortSignal,
    listener: { listed(tests: readonly ListedTest[]): void; tested(verdict: TestVerdict): void },
  ): Promise<Verdict> {
    try {
      return await this.#grader.grade(request, signal, listener);
    } catch (error) {
      this.#onProblem(error);
      const detail = error instanceof Error ? error.message : String(error);
      return {
        version: 1,
        lesson: request.lesson,
        passed: false,
        durationMs: 0,
        tests: [],
        error: {
          code: "sandbox-crashed",
          message: { en: `The exercise could not be run: ${detail}`, "zh-cn": `练习无法运行：${detail}` },
        },
      };
    }
  }

  #finish(session: GradingSession, verdict: Verdict): void {
    const { lesson } = session;
    const record = this.#running.get(lesson);
    this.#running.delete(lesson);
    if (verdict.error?.code !== "cancelled") {
      this.#setState(lesson, { kind: "graded", verdict, stale: false });
      return;
    }
    // What was known before the run that was ended is known still.
    if (record?.textBefore === undefined) this.#texts.delete(lesson);
    else this.#texts.set(lesson, record.textBefore);
    const before = record?.before ?? { kind: "none" };
    this.#setState(
      lesson,
      before.kind === "graded" ? { ...before, stale: session.text !== record?.textBefore } : before,
    );
  }

  #setState(lesson: string, state: GradingState): void {
    this.#states.set(lesson, state);
    this.#tell((observer) => observer.changed?.(lesson));
  }

  #tell(news: (observer: GradingObserver) => void): void {
    for (const observer of this.#observers) {
      try {
        news(observer);
      } catch (error) {
        this.#onProblem(error);
      }
    }
  }
}
