/** What a path of the setting `interleave.packs` means. Pure. */
import { isAbsolute } from "../absolutePath.ts";

export interface PackFolder {
  readonly path: string;
  /** Else relative to the workspace's first folder. */
  readonly absolute: boolean;
}

/** Undefined for one that names nothing. @param home the user's home folder */
export function packFolderOf(setting: string, home: string): PackFolder | undefined {
  // A slash at the end makes no other folder of it.
  const path = setting.trim().replace(/(?<=[^\\/:])[\\/]+$/, "");
  if (path === "") return undefined;
  if (path === "~") return { path: home, absolute: true };
  if (/^~[\\/]/.test(path)) return { path: `${home}/${path.slice(2)}`, absolute: true };
  return { path, absolute: isAbsolute(path) };
}
