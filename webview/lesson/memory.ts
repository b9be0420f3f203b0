/** What the panel's page keeps over a reload: where the reader was, what is open, which tab. Runs in the panel's page. */
import type { PanelMemory } from "../../src/protocol/lessonPanelMessages.ts";

export interface MemoryKeeper {
  readonly current: PanelMemory;
  /** True where the page shows again what it showed before it was made anew. */
  readonly restored: boolean;
  change(part: Partial<Omit<PanelMemory, keyof Subject>>): void;
}

/** The lesson, and of a preview its folder: packs have lessons of one name. */
type Subject = Pick<PanelMemory, "lesson" | "folder">;

/** Keeps the memory of `subject`; of another lesson only the choice of tab stays. */
export function keepMemory(
  subject: Subject,
  earlier: PanelMemory | undefined,
  save: (memory: PanelMemory) => void,
): MemoryKeeper {
  const restored = earlier?.lesson === subject.lesson && earlier.folder === subject.folder;
  let current: PanelMemory = restored
    ? earlier
    : { ...subject, scrollTop: 0, ...(earlier?.tab === undefined ? {} : { tab: earlier.tab }) };
  if (!restored) save(current);
  return {
    get current() {
      return current;
    },
    restored,
    change(part) {
      current = { ...current, ...part };
      save(current);
    },
  };
}
