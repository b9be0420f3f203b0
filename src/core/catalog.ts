/** Finding one's way among tracks and lessons. Pure. */
import type { Catalog, Track } from "./lessonSchema.ts";

/** All lessons in the order in which they are meant to be taken. */
export function lessonOrder(catalog: Catalog): readonly string[] {
  return catalog.tracks.flatMap((track) => track.lessons);
}

/** The lesson after this one, into the next track if need be. */
export function nextLesson(catalog: Catalog, lesson: string): string | undefined {
  const order = lessonOrder(catalog);
  const at = order.indexOf(lesson);
  return at === -1 ? undefined : order[at + 1];
}

export function trackOf(catalog: Catalog, lesson: string): Track | undefined {
  return catalog.tracks.find((track) => track.lessons.includes(lesson));
}
