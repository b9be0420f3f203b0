/** What the panel's page keeps over a reload: where the reader was, what is open, which tab. Runs in the panel's page. */
import type { PanelMemory } from "../../src/protocol/lessonPanelMessages.ts";

export interface MemoryKeeper {
  readonly current: PanelMemory;
  /** True where the page shows again what it showed before: it was made anew, or turned to another lesson and back. */
  readonly restored: boolean;
  change(part: Partial<Omit<PanelMemory, keyof Subject>>): void;
}

/** The lesson, and of a preview its folder: packs have lessons of one name. */
type Subject = Pick<PanelMemory, "lesson" | "folder">;

/** Lessons that a page showed before and whose place it keeps. */
const mostOthers = 20;

/** Keeps the memory of `subject`, with what is known of it from before; the choice of tab is one for all lessons. */
export function keepMemory(
  subject: Subject,
  earlier: PanelMemory | undefined,
  save: (memory: PanelMemory) => void,
): MemoryKeeper {
  const known = earlier === undefined ? [] : flat(earlier);
  const found = known.find((memory) => isOf(memory, subject));
  const others = known.filter((memory) => memory !== found).slice(0, mostOthers);
  let current: PanelMemory = {
    ...(found ?? { ...subject, scrollTop: 0 }),
    ...(earlier?.tab === undefined ? {} : { tab: earlier.tab }),
    ...(others.length === 0 ? {} : { others }),
  };
  if (earlier === undefined || !isOf(earlier, subject)) save(current);
  return {
    get current() {
      return current;
    },
    restored: found !== undefined,
    change(part) {
      current = { ...current, ...part };
      save(current);
    },
  };
}

function isOf(memory: Subject, subject: Subject): boolean {
  return memory.lesson === subject.lesson && memory.folder === subject.folder;
}

/** What is known of each lesson, the latest first. */
function flat({ others = [], tab: _, ...latest }: PanelMemory): NonNullable<PanelMemory["others"]> {
  return [latest, ...others];
}
