/** What the panel's page keeps over a reload: where the reader was, what is open, which tab. Runs in the panel's page. */
import type { PanelMemory } from "../../src/protocol/lessonPanelMessages.ts";

export interface MemoryKeeper {
  readonly current: PanelMemory;
  /** True where the page shows again what it showed before it was made anew. */
  readonly restored: boolean;
  change(part: Partial<Omit<PanelMemory, "lesson">>): void;
}

/** Keeps the memory of `lesson`; of another lesson only the choice of tab stays. */
export function keepMemory(
  lesson: string,
  earlier: PanelMemory | undefined,
  save: (memory: PanelMemory) => void,
): MemoryKeeper {
  const restored = earlier?.lesson === lesson;
  let current: PanelMemory = restored
    ? earlier
    : { lesson, scrollTop: 0, ...(earlier?.tab === undefined ? {} : { tab: earlier.tab }) };
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
