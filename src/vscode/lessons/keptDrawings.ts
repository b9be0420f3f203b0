/**
 * Diagrams as lesson panels drew them, for the next panel of the same lesson: fetching mermaid and drawing takes longer than all
 * the rest of opening a lesson. In memory only. Extension host; pure.
 */
import type { KeptDrawing } from "../../protocol/lessonPanelMessages.ts";

/** Lessons whose drawings are kept; a lesson has two or three of some 30 kB each. */
const mostLessons = 40;
/** Diagrams of a lesson that are kept. */
const mostOfLesson = 10;

export class KeptDrawings {
  /** By lesson and file; what was kept last comes last. */
  readonly #lessons = new Map<string, Map<string, KeptDrawing>>();

  of(lesson: string): readonly KeptDrawing[] {
    return [...(this.#lessons.get(lesson)?.values() ?? [])];
  }

  /** In place of an earlier one of the same diagram. */
  keep(lesson: string, drawing: KeptDrawing): void {
    const drawings = this.#lessons.get(lesson) ?? new Map<string, KeptDrawing>();
    putLast(drawings, drawing.file, drawing, mostOfLesson);
    putLast(this.#lessons, lesson, drawings, mostLessons);
  }
}

function putLast<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
