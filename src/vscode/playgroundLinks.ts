/**
 * Playground links: `vscode://interleave.interleave/playground#…`, with the text of the document's file in it, deflated and
 * in base64url. What comes with one is a stranger's: it is bounded, checked, and never run unasked. Extension host.
 */
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import * as vscode from "vscode";
import { documentToFile, fileToDocument } from "../core/playground/sharing.ts";
import { type PlaygroundDocument, longestProgram } from "../protocol/playgroundMessages.ts";
import { UserError } from "./userError.ts";

const linkPath = "/playground";
/** Characters of a link's document: longer ones do not survive every program that they pass through. */
const longestPacked = 8_000;
/** Bytes that it may unpack to: what a program of the longest length can take, and its scenario. */
const longestUnpacked = 4 * longestProgram + 10_000;

const deflate = promisify(deflateRaw);
const inflate = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflateRaw);

/** @param extension the extension's full id @throws UserError where the document is too long for a link */
export async function linkTo(document: PlaygroundDocument, extension: string): Promise<string> {
  const packed = (await deflate(Buffer.from(documentToFile(document)), { level: 9 })).toString("base64url");
  if (packed.length > longestPacked) {
    throw new UserError(vscode.l10n.t("The program is too long for a link. Save it as a file instead."));
  }
  return `${vscode.env.uriScheme}://${extension}${linkPath}#${packed}`;
}

/** @throws UserError for what is no link of ours */
export async function documentOfLink({ path, fragment }: vscode.Uri): Promise<PlaygroundDocument> {
  const document =
    path === linkPath && /^[\w-]+$/.test(fragment) && fragment.length <= longestPacked
      ? fileToDocument(await unpack(fragment))
      : undefined;
  if (document === undefined) {
    throw new UserError(vscode.l10n.t("This is not a playground link, or it was cut short on its way."));
  }
  return document;
}

/** "" for what does not unpack, which is no document. */
async function unpack(packed: string): Promise<string> {
  try {
    const bytes = await inflate(Buffer.from(packed, "base64url"), { maxOutputLength: longestUnpacked });
    return bytes.toString("utf8");
  } catch {
    return "";
  }
}
