/**
 * Which files of a team's repository are read, and how: inside of it only, never through a link, whatever its people call
 * them. Stricter than needed in nothing, since source files have names that no pack may have. Pure.
 */
import { maxNameLength } from "../lesson/lessonLimits.ts";
import { packRules, type ReadingRules, unreadable } from "../lesson/lessonReader.ts";

const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
// Control characters are just what a name may not hold.
// eslint-disable-next-line no-control-regex
const plainName = /^(?!\.{1,2}$)[^\\/:*?"<>|\u0000-\u001f]*[^\\/:*?"<>|\u0000-\u001f. ]$/;

export const repositoryRules: ReadingRules = {
  segments(path) {
    const segments = path === "" ? [] : path.split("/");
    for (const segment of segments) {
      if (!plainName.test(segment) || segment.length > 4 * maxNameLength || deviceName.test(segment)) {
        throw unreadable.name();
      }
    }
    return segments;
  },
  decode(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      // Which line it is, the pack's rules know.
      return packRules.decode(bytes);
    }
  },
};
