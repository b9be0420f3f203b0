/**
 * A playground document packed into a link: the text of its file, deflated, in base64url. What is unpacked is a stranger's,
 * so it is bounded before and after, and checked. Extension host.
 */
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { documentToFile, fileToDocument } from "../../core/playground/sharing.ts";
import { type PlaygroundDocument, longestProgram } from "../../protocol/playgroundMessages.ts";

/** Characters of a packed document: longer links do not survive every program that they pass through. */
export const longestPacked = 8_000;
/** Bytes that it may unpack to: what a program of the longest length can take, and its scenario. */
const longestUnpacked = 4 * longestProgram + 10_000;

const deflate = promisify<Buffer, { readonly level: number }, Buffer>(deflateRaw);
const inflate = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflateRaw);

/** Undefined where it is too long for a link. */
export async function packDocument(document: PlaygroundDocument): Promise<string | undefined> {
  const packed = (await deflate(Buffer.from(documentToFile(document)), { level: 9 })).toString("base64url");
  return packed.length > longestPacked ? undefined : packed;
}

/** Undefined for what is no document. */
export async function unpackDocument(packed: string): Promise<PlaygroundDocument | undefined> {
  if (packed.length > longestPacked || !/^[\w-]+$/.test(packed)) return undefined;
  try {
    const bytes = await inflate(Buffer.from(packed, "base64url"), { maxOutputLength: longestUnpacked });
    return fileToDocument(bytes.toString("utf8"));
  } catch {
    // Cut short, or never deflated, or more than a document can be.
    return undefined;
  }
}
