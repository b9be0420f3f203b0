/**
 * Names of lessons over all packs: that of a built-in lesson is its id ("semaphore"), that of a pack's lesson has the pack's id
 * before it ("acme/rate-limit"). Tracks are named in the same way. Pure.
 */
import * as v from "valibot";
import { id } from "../questions/questionSchema.ts";

/** What `parseLessonName` takes, but for how long it may be. */
export const packNamePattern =
  /^(?:(?!(?:con|prn|aux|nul|com\d|lpt\d)\/)[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/)?(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

export interface LessonName {
  /** Undefined for what Interleave ships with. */
  readonly pack: string | undefined;
  /** Its id in its own pack: the name of its folder. */
  readonly id: string;
}

/** Undefined for what can be no name. */
export function parseLessonName(name: string): LessonName | undefined {
  const parts = name.split("/");
  if (parts.length > 2 || !parts.every((part) => v.is(id, part))) return undefined;
  const [first = "", second] = parts;
  return second === undefined ? { pack: undefined, id: first } : { pack: first, id: second };
}

export function lessonName({ pack, id: own }: LessonName): string {
  return pack === undefined ? own : `${pack}/${own}`;
}

/** Where a name in a pack's own files leads: to that pack's lesson or track where it has one, else to a built-in one. */
export function nameSeenFrom(pack: string | undefined, name: string, own: (id: string) => boolean): string {
  return pack !== undefined && own(name) ? lessonName({ pack, id: name }) : name;
}
