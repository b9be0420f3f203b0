/** Has the diagrams of a lesson's panel follow the run that is on show. Extension host. */
import { type TouchedRun, momentView, touchDiagrams } from "../../core/lessonPanel/diagramMoment.ts";
import type { MomentView } from "../../protocol/lessonPanelMessages.ts";
import type { ShownRun } from "../../protocol/shownRun.ts";
import type { LessonLibrary } from "./lessonLibrary.ts";
import type { RunStage, StageObserver } from "../timeline/runStage.ts";
import type { Settings } from "../settings.ts";

export interface DiagramFollowerParts {
  readonly stage: RunStage;
  readonly library: LessonLibrary;
  readonly settings: Settings;
  /** Has the lesson's panel, if there is one, ask for its moment. */
  readonly follow: (lesson: string) => Promise<void>;
  readonly onProblem: (error: unknown) => void;
}

export class DiagramFollower implements StageObserver {
  readonly #parts: DiagramFollowerParts;
  readonly #observing: { dispose(): void };
  /** What the run on show touches: looked up once, however many of its moments are looked at. */
  #touched: TouchedRun | undefined;
  #lesson: string | undefined;

  constructor(parts: DiagramFollowerParts) {
    this.#parts = parts;
    this.#observing = parts.stage.observe(this);
  }

  showed(run: ShownRun | undefined): void {
    const before = this.#lesson;
    this.#lesson = run?.lesson;
    if (before !== undefined && before !== run?.lesson) this.#follow(before);
    if (run !== undefined) this.#follow(run.lesson);
  }

  moved(): void {
    if (this.#lesson !== undefined) this.#follow(this.#lesson);
  }

  /** What the diagrams of this lesson show now; undefined where the run on show is none of its own. */
  async moment(lesson: string): Promise<MomentView | undefined> {
    const { stage, library, settings } = this.#parts;
    if (this.#lesson !== lesson) return undefined;
    const { meta } = await library.lesson(lesson);
    // Only now: while the lesson was read, another run or moment may have come.
    const { run, moment } = stage;
    if (run?.lesson !== lesson) return undefined;
    if (this.#touched?.run !== run) this.#touched = touchDiagrams(run, meta.diagrams);
    return momentView(this.#touched, moment, settings.lessonLocale());
  }

  dispose(): void {
    this.#observing.dispose();
  }

  #follow(lesson: string): void {
    this.#parts.follow(lesson).catch(this.#parts.onProblem);
  }
}
