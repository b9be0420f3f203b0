/**
 * The API that Interleave offers to other VS Code extensions, version 1. Copy this file beside your code; it needs `@types/vscode`
 * and nothing else.
 *
 * ```ts
 * import type { InterleaveExports } from "./interleave";
 *
 * const interleave = vscode.extensions.getExtension<InterleaveExports>("interleave.interleave");
 * const api = (await interleave?.activate())?.getAPI(1);
 * ```
 *
 * Name `"interleave.interleave"` in your manifest's `extensionDependencies`, and VS Code installs and activates it before yours.
 *
 * Within version 1 nothing is taken away and nothing changes its meaning; there may be more properties later, so ignore those
 * that you do not know.
 */
import type { Disposable, Event, Uri } from "vscode";

/** What `activate` of Interleave gives to other extensions. */
export interface InterleaveExports {
  /**
   * @param version the version of the API that you have written your code against
   * @throws Error where this Interleave has no such version; its message says which ones it has
   */
  getAPI(version: 1): InterleaveApi;
}

/** Version 1 of the API. */
export interface InterleaveApi {
  /** Of this API; that of Interleave is in its manifest (`extension.packageJSON.version`). */
  readonly version: 1;

  /**
   * Opens a lesson as a click in the Lessons view does: its exercise, and its text beside it. Resolves once both are open.
   * @param lesson its id: `"semaphore"` for one of Interleave's own, `"acme/rate-limit"` for one of the pack with the id `acme`
   * @throws Error (the promise rejects) where there is no such lesson, or it cannot be read. The message is a sentence for the
   *   user, in the language of VS Code; nothing was shown yet.
   */
  openLesson(lesson: string): Promise<void>;

  /**
   * How far the user has come, as this window knows it now: what happened in this window, and what other windows had saved when
   * this one last had the focus. Never a line of the user's code, and nothing is sent anywhere by it.
   */
  readProgress(): Promise<ProgressSnapshot>;

  /** Fires with the new snapshot whenever `readProgress` would give another one than before. */
  readonly onDidChangeProgress: Event<ProgressSnapshot>;

  /**
   * Shows a pack of lessons in the Lessons view, beside Interleave's own, until what is returned is disposed of: put that into
   * `context.subscriptions`. Nothing of the pack is read before somebody looks at the view or opens one of its lessons. What is
   * wrong with it is said there, and `interleave verify` says it beforehand.
   *
   * A pack inside the folder of an installed extension is read always: whoever installed the extension trusts what it brings.
   * Any other one is read only while the workspace is trusted.
   * @param root the folder with the pack's `catalog.json`, which names the pack's id (`"pack": { "id": "acme", … }`), as in
   *   `Uri.joinPath(context.extensionUri, "lessons")`
   * @throws TypeError where that is no Uri
   */
  contributePack(root: Uri): Disposable;
}

/** A copy that does not change any more. */
export interface ProgressSnapshot {
  /** The lessons that the user has begun, by their ids; one that is not among them was not begun. */
  readonly lessons: readonly LessonProgress[];
}

/** How far the user has come in one lesson. */
export interface LessonProgress {
  /** As `openLesson` takes it. */
  readonly lesson: string;
  /** A lesson that was passed once stays so. */
  readonly state: "in-progress" | "passed";
  /** How often the exercise was run as a whole; 0 or more. */
  readonly attempts: number;
  /** Of the lesson's own tests, in the last of those runs that came to a result; absent where there was none. */
  readonly tests?: {
    /** 0 to `total`. */
    readonly passed: number;
    /** 1 or more. */
    readonly total: number;
  };
  /** When the user first opened it: ms since 1970, as all times here. */
  readonly startedAt: number;
  /** When the user last did something in it. */
  readonly lastAt: number;
  /** When it was first passed; absent where it was not. */
  readonly passedAt?: number;
}
