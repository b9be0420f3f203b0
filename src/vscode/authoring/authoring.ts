/** What the authors of packs use, put together. Extension host. */
import { AuthoredLessons, type AuthoredLessonsParts } from "./authoredLessons.ts";
import { LessonStarter, type LessonStarterParts } from "./lessonStarter.ts";
import { MistakeRecorder, type MistakeRecorderParts } from "./mistakeRecorder.ts";
import { SpecExplorer, type SpecExplorerParts } from "./specExplorer.ts";

export type AuthoringParts = Omit<
  AuthoredLessonsParts & LessonStarterParts & MistakeRecorderParts & SpecExplorerParts,
  "authored"
>;

export interface Authoring {
  dispose(): void;
  readonly starter: LessonStarter;
  readonly recorder: MistakeRecorder;
  readonly explorer: SpecExplorer;
}

export function createAuthoring(parts: AuthoringParts): Authoring {
  const authored = new AuthoredLessons(parts);
  const explorer = new SpecExplorer({ ...parts, authored });
  return {
    starter: new LessonStarter({ ...parts, authored }),
    recorder: new MistakeRecorder({ ...parts, authored }),
    explorer,
    dispose: () => {
      explorer.dispose();
    },
  };
}
