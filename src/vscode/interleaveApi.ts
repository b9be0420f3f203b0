/**
 * What `activate` gives to other extensions: api/interleave.d.ts says what each part promises. An extension runs with all rights of
 * its user anyway, so this is about clear answers and about nothing changing under those who rely on it. Extension host.
 */
import * as vscode from "vscode";
import type { InterleaveApi, InterleaveExports, ProgressSnapshot } from "../../api/interleave.d.ts";
import { progressSnapshot } from "../core/progress/progressSnapshot.ts";
import type { LessonActions } from "./lessons/lessonActions.ts";
import type { PackRegistry } from "./packs/packRegistry.ts";
import type { ProgressStore } from "./progress/progressStore.ts";

export interface ApiParts {
  readonly actions: Pick<LessonActions, "open">;
  readonly packs: Pick<PackRegistry, "add">;
  readonly store: Pick<ProgressStore, "progress" | "loading" | "onDidChange">;
  /** Logs an error and gives a sentence for the user. */
  readonly explain: (error: unknown) => string;
  /** That of Interleave. */
  readonly product: string;
}

export class OfferedApi implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ProgressSnapshot>();
  readonly #listening: { dispose(): void };
  readonly exports: InterleaveExports;

  constructor(parts: ApiParts) {
    const { store, product } = parts;
    let known = JSON.stringify(progressSnapshot(store.progress));
    this.#listening = store.onDidChange(() => {
      const snapshot = progressSnapshot(store.progress);
      const text = JSON.stringify(snapshot);
      // A store also says so when it has read the same once more.
      if (text === known) return;
      known = text;
      this.#changed.fire(snapshot);
    });
    const api = createApi(parts, this.#changed.event);
    this.exports = Object.freeze({
      getAPI: (version: unknown): InterleaveApi => {
        if (version === api.version) return api;
        throw new Error(
          `Interleave ${product} has version 1 of its API, and no version ${String(version)}. Ask for getAPI(1), or for another version of Interleave.`,
        );
      },
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}

function createApi(
  { actions, packs, store, explain }: ApiParts,
  onDidChangeProgress: vscode.Event<ProgressSnapshot>,
): InterleaveApi {
  return Object.freeze({
    version: 1 as const,
    openLesson: async (lesson: unknown): Promise<void> => {
      if (typeof lesson !== "string") throw new TypeError("openLesson takes the id of a lesson, as a string.");
      try {
        await actions.open(lesson);
      } catch (error) {
        throw new Error(explain(error), { cause: error });
      }
    },
    readProgress: async (): Promise<ProgressSnapshot> => {
      await store.loading;
      return progressSnapshot(store.progress);
    },
    onDidChangeProgress,
    contributePack: (root: unknown): vscode.Disposable => {
      if (!(root instanceof vscode.Uri)) throw new TypeError("contributePack takes the Uri of a pack's folder.");
      const added = packs.add(root, "extension");
      return new vscode.Disposable(() => {
        added.dispose();
      });
    },
  });
}
