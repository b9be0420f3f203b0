/** Reads a file that the user has named, which may be a link or a pipe; only how much is read of it has an end. */
import { createReadStream } from "node:fs";
import { unreadable } from "../core/lesson/lessonReader.ts";

/** @throws UnreadableFile for one that is larger than `maxBytes`. */
export async function readBounded(file: string, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of createReadStream(file) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw unreadable.tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
