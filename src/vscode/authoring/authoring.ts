/** What the authors of packs use, put together. Extension host. */
import type * as vscode from "vscode";
import { AuthoredLessons, type AuthoredLessonsParts } from "./authoredLessons.ts";
import { LessonPreviews, type LessonPreviewParts } from "./lessonPreviews.ts";
import { LessonStarter, type LessonStarterParts } from "./lessonStarter.ts";
import { MistakeRecorder, type MistakeRecorderParts } from "./mistakeRecorder.ts";
import { PackAuthoring, type PackAuthoringParts } from "./packAuthoring.ts";
import { PackTypes } from "./packTypes.ts";
import { SpecExplorer, type SpecExplorerParts } from "./specExplorer.ts";

export type AuthoringParts = Omit<
  AuthoredLessonsParts &
    LessonStarterParts &
    LessonPreviewParts &
    MistakeRecorderParts &
    PackAuthoringParts &
    SpecExplorerParts,
  "authored" | "authoring" | "types"
> & {
  readonly workspaceState: vscode.Memento;
};

export interface Authoring {
  dispose(): void;
  readonly starter: LessonStarter;
  readonly recorder: MistakeRecorder;
  readonly explorer: SpecExplorer;
  readonly packs: PackAuthoring;
  readonly previews: LessonPreviews;
}

export function createAuthoring(parts: AuthoringParts): Authoring {
  const authored = new AuthoredLessons(parts);
  const explorer = new SpecExplorer({ ...parts, authored });
  const types = new PackTypes({ ...parts, state: parts.workspaceState });
  const packs = new PackAuthoring({ ...parts, types });
  const previews = new LessonPreviews({ ...parts, authoring: packs });
  return {
    starter: new LessonStarter({ ...parts, authored, types }),
    recorder: new MistakeRecorder({ ...parts, authored }),
    explorer,
    packs,
    previews,
    dispose: () => {
      for (const each of [explorer, previews, packs]) each.dispose();
    },
  };
}
