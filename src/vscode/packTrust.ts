/**
 * Whose lessons may be read. Those of the extension itself always; any other pack only in a workspace that its user
 * trusts, since it brings code that runs, however well that is confined. Extension host; pure.
 */
import type * as vscode from "vscode";

/** A folder, as far as this rule looks at it. */
type Place = Pick<vscode.Uri, "scheme" | "authority" | "path">;

export function mayReadPack(root: Place, extension: Place, workspaceIsTrusted: boolean): boolean {
  return workspaceIsTrusted || isBelow(root, extension);
}

function isBelow(place: Place, parent: Place): boolean {
  const steps = place.path.split("/");
  return (
    place.scheme === parent.scheme &&
    place.authority === parent.authority &&
    !steps.includes("..") &&
    place.path.startsWith(parent.path.endsWith("/") ? parent.path : `${parent.path}/`)
  );
}
