/**
 * How progress is written down: a file is a header and then an event a line, as JSON. Whatever else is found in a file
 * (a torn line, a newer version's event) is no event, and no reason to lose those around it. Pure.
 */
import * as v from "valibot";
import { eventSchema, type ProgressEvent } from "./progressEvents.ts";

const formatName = "interleave-progress";

/** Raised when a reader of the version before would misread a file; new kinds of events and fields need no new version. */
export const formatVersion = 1;

const headerSchema = v.object({
  format: v.literal(formatName),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** The first line of a file; older versions take it for an event that they do not know. */
export function formatHeader(): string {
  return JSON.stringify({ format: formatName, version: formatVersion }) + "\n";
}

export function formatEvent(event: ProgressEvent): string {
  return JSON.stringify(event) + "\n";
}

/** The version that a file says it has in its first line; files from before there were versions say nothing. */
export function parseHeader(line: string): number | undefined {
  const result = v.safeParse(headerSchema, parseJson(withoutPadding(line)));
  return result.success ? result.output.version : undefined;
}

/**
 * The event in a line, without its end. A line that began right behind a torn one, as happened to files without a
 * version, still counts.
 */
export function parseEvent(line: string): ProgressEvent | undefined {
  const text = withoutPadding(line);
  const event = eventOf(text);
  if (event !== undefined || text === "") return event;
  const behind = text.lastIndexOf('{"');
  return behind > 0 ? eventOf(text.slice(behind)) : undefined;
}

/** Without a byte order mark, a carriage return, and the zeros that a power cut may leave in a file. */
function withoutPadding(line: string): string {
  let start = 0;
  while (line.charCodeAt(start) === 0 || line.charCodeAt(start) === 0xfeff) start++;
  return line.slice(start).trim();
}

function eventOf(text: string): ProgressEvent | undefined {
  // Told at a glance: a damaged file may have millions of lines.
  if (!text.includes('"type"')) return undefined;
  const result = v.safeParse(eventSchema, parseJson(text));
  return result.success ? result.output : undefined;
}

function parseJson(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
