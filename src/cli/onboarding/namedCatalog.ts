/** The lessons that a repository's onboarding may name: those that Interleave ships with, and those of the repository's own pack. */
import path from "node:path";
import type { Catalog } from "../../core/lesson/lessonSchema.ts";
import { LessonShelf } from "../../core/packs/lessonShelf.ts";
import { workspacePack } from "../../core/packs/packSchema.ts";
import type { Locale } from "../../protocol/words.ts";
import { createFolderReader } from "../folderReader.ts";
import { openPack, requireCatalog } from "../pack.ts";
import type { Terminal } from "../terminal.ts";
import type { Repository } from "./repository.ts";

/** What is wrong with the pack itself is for `verify` of that pack to say: here, what can be used of it is used. */
export async function namedCatalog(repository: Repository, terminal: Terminal, locale: Locale): Promise<Catalog> {
  const { catalog } = await requireCatalog(await openPack(terminal, undefined), locale);
  const reader = createFolderReader(path.join(repository.directory, workspacePack));
  const own = await new LessonShelf({ reader, builtIn: false, onFindings: () => undefined }).catalog();
  if (own.catalog?.pack === undefined) return catalog;
  return { ...catalog, tracks: [...catalog.tracks, ...own.catalog.tracks] };
}
