/** The lists of the setting `interleave.packs`: the user's and the workspace's, both of which count. Pure. */

export type PackListLevel = "user" | "workspace";

/** As they were written: an entry need not be a path. */
export type PackLists = Readonly<Record<PackListLevel, readonly unknown[]>>;

export const packListLevels: readonly PackListLevel[] = ["workspace", "user"];

/** Where an entry stood, so that it can be put back. */
export interface TakenEntry {
  readonly at: number;
  readonly entry: unknown;
}

export interface Shortened {
  readonly list: readonly unknown[];
  readonly taken: readonly TakenEntry[];
}

/**
 * How a list names a folder: the workspace's by the way from its first folder where it lies below that, so that it is right on other
 * machines, too.
 */
export function entryFor(
  folder: { readonly path: string; readonly fsPath: string },
  level: PackListLevel,
  workspaceFolder: { readonly path: string } | undefined,
): string {
  if (level === "user" || workspaceFolder === undefined) return folder.fsPath;
  if (folder.path === workspaceFolder.path) return ".";
  const start = workspaceFolder.path.endsWith("/") ? workspaceFolder.path : `${workspaceFolder.path}/`;
  return folder.path.startsWith(start) ? folder.path.slice(start.length) : folder.fsPath;
}

/** @param names whether an entry names the folder that is to go */
export function without(list: readonly unknown[], names: (entry: unknown) => boolean): Shortened {
  const taken = list.flatMap((entry, at) => (names(entry) ? [{ at, entry }] : []));
  return { list: list.filter((entry) => !names(entry)), taken };
}

/** Each entry where it was, or at the end of a list that has become shorter. */
export function putBack(list: readonly unknown[], taken: readonly TakenEntry[]): readonly unknown[] {
  const whole = [...list];
  for (const { at, entry } of taken) if (!whole.includes(entry)) whole.splice(at, 0, entry);
  return whole;
}
