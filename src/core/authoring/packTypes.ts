/**
 * What lets an editor know the types of a pack's files: a `tsconfig.json`, the author's from the moment that it is there, and a folder
 * that it extends. Interleave keeps that folder up to date, and git ignores it. Pure but for the files that the host provides.
 */
import type { Words } from "../../protocol/words.ts";

/** In the pack. */
export const typesFolder = ".types";
export const packTsconfig = "tsconfig.json";

/** What spec, exercise and driver know besides ECMAScript, by name; each with its path in Interleave's own folder. */
export const worldDeclarations: Readonly<Record<string, string>> = {
  "world.d.ts": "media/exercise/world.d.ts",
  "playground.d.ts": "media/playground/playground.d.ts",
};

/** What is copied into the folder, likewise. */
const shippedFiles: Readonly<Record<string, string>> = {
  ...worldDeclarations,
  "interleave.d.ts": "dist/lib/interleave.d.ts",
  "tsconfig.json": "media/pack/tsconfig.json",
};

const tsconfigText = `{
  // Lets editors know the world of the lessons. Interleave keeps the folder ${typesFolder} up to date; git ignores it.
  "extends": "./${typesFolder}/tsconfig.json"
}
`;
const ignoreText = "# Written by Interleave, for editors.\n*\n";

export interface PackTypesFiles {
  /** A file of Interleave's own, by its path in its folder. */
  readonly shipped: (file: string) => Promise<string>;
  /** A file of the pack; undefined where nothing bears its name, "" where that is no file but a link or a folder. */
  readonly read: (file: string) => Promise<string | undefined>;
  /** Puts a file of the pack in the place of whatever bears its name, and makes its folder. Never goes through a link. */
  readonly write: (file: string, text: string) => Promise<void>;
}

export type TypesStanding =
  /** There is no tsconfig.json. */
  | "missing"
  | "ours"
  /** The pack's tsconfig.json does without the folder. */
  | "theirs";

export async function typesStanding({ read }: Pick<PackTypesFiles, "read">): Promise<TypesStanding> {
  const text = await read(packTsconfig);
  if (text === undefined) return "missing";
  return /"extends"\s*:\s*(?:\[[^\]]*)?"\.\/\.types\/tsconfig(?:\.json)?"/.test(text) ? "ours" : "theirs";
}

/** Writes what is missing or old. A pack whose tsconfig.json does without gets nothing. */
export async function keepPackTypes(files: PackTypesFiles): Promise<TypesStanding> {
  const standing = await typesStanding(files);
  if (standing === "theirs") return standing;
  await writeTypesFolder(files);
  // Last: an editor that finds it finds all that it speaks of.
  if (standing === "missing") await files.write(packTsconfig, tsconfigText);
  return standing;
}

/** The folder alone, for a tsconfig.json that is to extend it. */
export async function writeTypesFolder({ shipped, read, write }: PackTypesFiles): Promise<void> {
  const wanted = await Promise.all(
    Object.entries(shippedFiles).map(async ([name, path]) => [name, await shipped(path)] as const),
  );
  for (const [name, text] of [[".gitignore", ignoreText] as const, ...wanted]) {
    const file = `${typesFolder}/${name}`;
    if ((await read(file)) !== text) await write(file, text);
  }
}

/** Why nothing is written. @param folder as messages name it */
export function typesBehindLink(folder: string): Words {
  return {
    en: `${folder} is a link, and nothing is written through links.`,
    "zh-cn": `${folder} 是链接，而写文件时不会穿过链接。`,
  };
}
