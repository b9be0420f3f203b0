/**
 * What a stack trace shows inside the realm: a few frames of the exercise, by their lines. The rest is ours or the
 * spec's, by which an exercise could know the test that it is in; where this program lies on the disk is nobody's
 * business; and in code with marks the columns, and the number of frames, are others. Runs inside the realm.
 */
import type { SourceMark } from "../../world/platform/events.ts";
import { formatValue } from "../../world/run/formatValue.ts";

/** The part of V8's CallSite that is used. */
interface Frame {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  toString(): string;
}

const shownFrames = 3;

export class StackFrames {
  /** The topmost place of each file on the stacks that have been looked at. */
  readonly #places = new WeakMap<object, ReadonlyMap<string, SourceMark>>();
  #shownFile = "";

  /** The file whose frames may be shown. */
  show(file: string): void {
    this.#shownFile = file;
  }

  /** What the engine calls, once for each error whose stack is looked at. Never throws. */
  prepare(error: unknown, frames: readonly Frame[]): string {
    const places = new Map<string, SourceMark>();
    const shown: string[] = [];
    for (const frame of frames) {
      const file = frame.getFileName();
      if (typeof file !== "string") continue;
      const place = { line: frame.getLineNumber() ?? 0, column: frame.getColumnNumber() ?? 0 };
      if (!places.has(file)) places.set(file, place);
      if (file === this.#shownFile && shown.length < shownFrames) shown.push(`\n    at ${withoutColumn(frame, file)}`);
    }
    if (typeof error === "object" && error !== null) this.#places.set(error, places);
    return formatValue(error) + shown.join("");
  }

  /** Where in a file an error was made, by the engine's own account; never throws, whatever it is that was thrown. */
  locate(error: unknown, file: string): SourceMark | undefined {
    if (typeof error !== "object" || error === null) return undefined;
    // The engine makes the trace when it is first asked for. What the property says is of no interest.
    if (!this.#places.has(error)) askForStack(error);
    return this.#places.get(error)?.get(file);
  }
}

/** With the file's bare name: under a debugger it is known by where it lies. */
function withoutColumn(frame: Frame, file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  return frame
    .toString()
    .replace(file, () => name)
    .replace(/:\d+(\)?)$/, "$1");
}

function askForStack(error: object): void {
  try {
    Reflect.get(error, "stack");
  } catch {
    // A proxy, or a getter of the exercise's.
  }
}
