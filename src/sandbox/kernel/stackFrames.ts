/**
 * What a stack trace shows inside the realm: the frames of the exercise and its spec. The rest is ours, and where this
 * program lies on the disk is nobody's business. Runs inside the realm, called by the engine.
 */
import { formatValue } from "../../world/run/formatValue.ts";

/** The part of V8's CallSite that is used. */
interface Frame {
  getFileName(): string | null | undefined;
  toString(): string;
}

/** Never throws. */
export function showOwnFrames(error: unknown, frames: readonly Frame[]): string {
  const shown = frames.filter(isOwn).map((frame) => `\n    at ${frame.toString()}`);
  return formatValue(error) + shown.join("");
}

/** Modules of a lesson have bare names; everything else has a path, a scheme or no name. */
function isOwn(frame: Frame): boolean {
  const name = frame.getFileName();
  return typeof name === "string" && name.endsWith(".ts") && !/[/\\:]/.test(name);
}
