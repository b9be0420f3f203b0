// The API's version 1 as it was published. It stays as it is: see apiTypes.test.ts.
import type { Disposable, Event, Uri } from "vscode";

export interface InterleaveExports {
  getAPI(version: 1): InterleaveApi;
}

export interface InterleaveApi {
  readonly version: 1;

  openLesson(lesson: string): Promise<void>;

  readProgress(): Promise<ProgressSnapshot>;

  readonly onDidChangeProgress: Event<ProgressSnapshot>;

  contributePack(root: Uri): Disposable;
}

export interface ProgressSnapshot {
  readonly lessons: readonly LessonProgress[];
}

export interface LessonProgress {
  readonly lesson: string;
  readonly state: "in-progress" | "passed";
  readonly attempts: number;
  readonly tests?: {
    readonly passed: number;
    readonly total: number;
  };
  readonly startedAt: number;
  readonly lastAt: number;
  readonly passedAt?: number;
}
