/**
 * How large a lesson may be. A pack may come from a stranger, so whatever reads one stops at these, and says so: they bound
 * time and memory, and are several times what the largest lesson of our own needs. Pure data.
 */

/** Bytes of one file. Our longest spec has 60,000; a reader never holds more than this of a file. */
export const maxFileBytes = 1_000_000;

/** Bytes of one exercise, solution or mistake: each is compiled and graded, and there may be many mistakes. */
const maxCodeBytes = 200_000;

/** Bytes of a lesson's prose in one language: ten times ours. The worst that Markdown of this size can be takes two seconds. */
const maxProseBytes = 100_000;

/** How deep quotes and lists may nest: a line that continues them costs the square of it. Ours nest two deep. */
export const maxProseNesting = 20;

/**
 * Characters of code that are coloured, in all and on one line. Longer code is shown plain: the patterns of the colouring
 * take the square of a line's length.
 */
export const maxHighlightedLength = 20_000;
export const maxHighlightedLine = 500;

/** Bytes of a diagram. Mermaid itself refuses more than 50,000, and one with 20 nodes has about 2,000. */
const maxDiagramBytes = 20_000;

/** Real ms that mermaid may take for one diagram, before its thread is ended. The first one loads mermaid, which takes a second. */
export const diagramPatienceMs = 60_000;

/** Real ms that a type check may take before its thread is ended; a lesson of ours takes two seconds on a busy machine. */
export const typeCheckPatienceMs = 180_000;

/** Names in one folder. A folder of a lesson has a dozen; a pack may lie in the root of a repository, beside its lessons. */
export const maxFolderEntries = 2_000;

/** Lessons in one pack. */
export const maxLessons = 2_000;

/** Tracks in one pack. */
export const maxTracks = 100;

/** Entries of one pack's changelog. */
export const maxChanges = 2_000;

/** Known mistakes in one lesson: each is graded by `verify`. */
export const maxMistakes = 100;

/** Diagrams of one lesson, and bindings of one diagram (a diagram should have 20 nodes at most). */
export const maxDiagrams = 20;
export const maxBindings = 200;

/** Questions of one quiz, and options of one question (they are lettered a to z). */
export const maxQuestions = 100;
export const maxOptions = 26;

/** Items in the short lists of lesson.json: prerequisites, skills, seed sections, exports. */
export const maxListed = 100;

/** Characters of an id or of a file's name: it becomes a folder's name, and paths have an end on some systems. */
export const maxNameLength = 64;

/** Steps and code stops of one onboarding: each stop's file is read and parsed. */
export const maxSteps = 200;
export const maxStops = 500;

/** Files of a repository that are looked through for the code of stops that are not where they were. */
export const maxSearchedFiles = 3_000;

/** How deep JSON may nest. Lesson files nest six deep; a parser that calls itself needs a bound. */
export const maxJsonDepth = 32;

/** Values in one JSON file. Our longest quiz has 500. */
export const maxJsonValues = 20_000;

/** Characters of a lesson's own text that a finding repeats. */
export const maxQuoteLength = 120;

/** Characters of a finding, file and line among them. */
export const maxFindingLength = 2_000;

/** Findings about one file; those after them are counted only. */
export const maxFindingsPerFile = 50;

/** Bytes that a file of a pack may have, by its path. */
export function maxBytesOf(path: string): number {
  if (path.endsWith(".mmd")) return maxDiagramBytes;
  if (path.endsWith(".md")) return maxProseBytes;
  return /(?:\/mistakes\/[^/]*|\/exercise|\/solution|\/playground)\.ts$/.test(path) ? maxCodeBytes : maxFileBytes;
}
