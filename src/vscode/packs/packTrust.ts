/**
 * Whose lessons may be read. Those inside the folder of an installed extension always, Interleave among them: whoever installed it
 * runs its code anyway. Any other pack only in a workspace that its user trusts, since it brings code that runs, however well
 * that is confined. What counts is where a pack lies, not who names it. Extension host; pure.
 */
import type * as vscode from "vscode";

/** A folder, as far as this rule looks at it. */
type Place = Pick<vscode.Uri, "scheme" | "authority" | "path">;

/** @param extensions the folders of those that are installed; asked for only where they matter */
export function mayReadPack(root: Place, extensions: () => readonly Place[], workspaceIsTrusted: boolean): boolean {
  return workspaceIsTrusted || extensions().some((extension) => isBelow(root, extension));
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
