/** Finding one's way among tracks and lessons. Pure. */
import type { Catalog, Track } from "./lessonSchema.ts";

/** All lessons in the order in which they are meant to be taken. */
export function lessonOrder(catalog: Catalog): readonly string[] {
  return catalog.tracks.flatMap((track) => track.lessons);
}

export function trackOf(catalog: Catalog, lesson: string): Track | undefined {
  return catalog.tracks.find((track) => track.lessons.includes(lesson));
}
