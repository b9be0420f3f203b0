/** Playground links: `vscode://interleave.interleave/playground#…`, with a packed document in it. Extension host. */
import * as vscode from "vscode";
import type { PlaygroundDocument } from "../../protocol/playgroundMessages.ts";
import { packDocument, unpackDocument } from "./packedDocument.ts";
import { UserError } from "../userError.ts";

const linkPath = "/playground";

/** @param extension the extension's full id @throws UserError where the document is too long for a link */
export async function linkTo(document: PlaygroundDocument, extension: string): Promise<string> {
  const packed = await packDocument(document);
  if (packed === undefined) {
    throw new UserError(vscode.l10n.t("The program is too long for a link. Save it as a file instead."));
  }
  return `${vscode.env.uriScheme}://${extension}${linkPath}#${packed}`;
}

export function isPlaygroundLink({ path }: vscode.Uri): boolean {
  return path === linkPath;
}

/** @throws UserError for what is no link of ours */
export async function documentOfLink({ fragment }: vscode.Uri): Promise<PlaygroundDocument> {
  const document = await unpackDocument(fragment);
  if (document === undefined) {
    throw new UserError(vscode.l10n.t("This is not a playground link, or it was cut short on its way."));
  }
  return document;
}
