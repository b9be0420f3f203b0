/**
 * The lessons of one pack, read when they are asked for and kept until they are forgotten: a list of tracks takes the catalog alone, a
 * list of lessons the lesson.json of those. Whatever is given out bears its name over all packs (lessonName.ts); what is asked for is
 * asked by its id in the pack. Pure but for the reader.
 */
import { ReadOnce } from "../../base/readOnce.ts";
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import { lessonOrder } from "../lesson/catalog.ts";
import { type Finding, findingsOf, type Parsed, parsed } from "../lesson/lessonFinding.ts";
import {
  type Lesson,
  type Mistake,
  readLesson,
  readLessonMeta,
  readMistakes,
  readPlayground,
  readQuiz,
  readUsableCatalog,
} from "../lesson/lessonFiles.ts";
import type { LessonReader } from "../lesson/lessonReader.ts";
import type { Catalog, LessonMeta, Quiz, Track, UsableCatalog } from "../lesson/lessonSchema.ts";
import { lessonName, nameSeenFrom, parseLessonName } from "./lessonName.ts";

export interface Lessons {
  readonly catalog: Catalog;
  /** Of the lessons that can be read, by name. */
  readonly metas: ReadonlyMap<string, LessonMeta>;
  /** Why the others cannot, and what is wrong with the catalog. */
  readonly findings: readonly Finding[];
}

/** A track, as far as the playground can run its lessons. */
export interface PlayableTrack {
  readonly track: Track;
  readonly lessons: readonly LessonMeta[];
}

export interface ShelfOptions {
  readonly reader: LessonReader;
  /** Those that Interleave ships with: their names are their ids. */
  readonly builtIn: boolean;
  /** Told of what was found wrong, once for each time that it is read. */
  readonly onFindings: (findings: readonly Finding[]) => void;
}

/** The catalog, and what names are made with. */
interface ReadCatalog extends UsableCatalog {
  readonly pack: string | undefined;
  /** Ids of its lessons. */
  readonly ids: ReadonlySet<string>;
}

export class LessonShelf {
  readonly #options: ShelfOptions;
  readonly #catalog = new ReadOnce<"catalog", ReadCatalog>();
  readonly #overview = new ReadOnce<"overview", Parsed<Lessons>>();
  readonly #metas = new ReadOnce<string, Parsed<LessonMeta>>();
  readonly #lessons = new ReadOnce<string, Parsed<Lesson>>();
  readonly #mistakes = new ReadOnce<string, Parsed<readonly Mistake[]>>();
  readonly #playgrounds = new ReadOnce<string, Parsed<string | undefined>>();

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** The tracks; undefined where nothing of the catalog can be used. */
  catalog(): Promise<UsableCatalog> {
    return this.#readCatalog();
  }

  /** All lessons; reads each one's lesson.json. */
  overview(): Promise<Parsed<Lessons>> {
    return this.#overview.get("overview", async () => {
      const { catalog, findings, ids } = await this.#readCatalog();
      if (catalog === undefined) return { ok: false, findings };
      const results = await this.metas([...ids]);
      const metas = new Map(results.flatMap((each) => (each.ok ? [[each.value.id, each.value] as const] : [])));
      return parsed({ catalog, metas, findings: [...findings, ...findingsOf(...results)] });
    });
  }

  metas(ids: readonly string[]): Promise<readonly Parsed<LessonMeta>[]> {
    return Promise.all(ids.map((id) => this.meta(id)));
  }

  meta(id: string): Promise<Parsed<LessonMeta>> {
    return this.#metas.get(id, async () => {
      const meta = await this.#told(readLessonMeta(this.#options.reader, id));
      return meta.ok ? parsed(await this.#namedMeta(meta.value)) : meta;
    });
  }

  lesson(id: string): Promise<Parsed<Lesson>> {
    return again(this.#lessons, id, async () => {
      const lesson = await this.#told(readLesson(this.#options.reader, id));
      return lesson.ok ? parsed({ ...lesson.value, meta: await this.#namedMeta(lesson.value.meta) }) : lesson;
    });
  }

  quiz(id: string): Promise<Parsed<Quiz>> {
    return this.#told(readQuiz(this.#options.reader, id));
  }

  mistakes(id: string): Promise<Parsed<readonly Mistake[]>> {
    return again(this.#mistakes, id, () => this.#told(readMistakes(this.#options.reader, id)));
  }

  /** The kinds of bugs that its mistakes show; none where they cannot be read. */
  async trains(id: string): Promise<ReadonlySet<Diagnosis>> {
    const mistakes = await this.mistakes(id);
    return new Set(mistakes.ok ? mistakes.value.map(({ diagnosis }) => diagnosis) : []);
  }

  playground(id: string): Promise<Parsed<string | undefined>> {
    return again(this.#playgrounds, id, () => this.#told(readPlayground(this.#options.reader, id)));
  }

  /** The lessons that the playground can begin with, by track: reads what each says of itself, and its driver. */
  async playable(): Promise<readonly PlayableTrack[]> {
    const { catalog } = await this.#readCatalog();
    const tracks = await Promise.all(
      (catalog?.tracks ?? []).map(async (track) => {
        const lessons = await Promise.all(
          track.lessons.map((name) => this.#ifPlayable(parseLessonName(name)?.id ?? name)),
        );
        return { track, lessons: lessons.flatMap((each) => each ?? []) };
      }),
    );
    return tracks.filter(({ lessons }) => lessons.length > 0);
  }

  async has(id: string): Promise<boolean> {
    return (await this.#readCatalog()).ids.has(id);
  }

  /** The name of what a lesson of this pack calls so. */
  async nameOf(id: string): Promise<string> {
    const { pack, ids } = await this.#readCatalog();
    return nameSeenFrom(pack, id, (each) => ids.has(each));
  }

  /** @param files that have changed, relative to the pack; all of them where none are given */
  forget(files?: readonly string[]): void {
    this.#overview.forgetAll();
    const folders = new Set((files ?? ["catalog.json"]).map((file) => file.split("/")[0] ?? ""));
    if (folders.has("catalog.json")) this.#catalog.forgetAll();
    const kept = [this.#metas, this.#lessons, this.#mistakes, this.#playgrounds] as const;
    for (const each of kept) {
      // Names in a lesson depend on what else the catalog lists.
      if (folders.has("catalog.json")) each.forgetAll();
      else for (const folder of folders) each.forget(folder);
    }
  }

  async #ifPlayable(id: string): Promise<LessonMeta | undefined> {
    const meta = await this.meta(id);
    if (!meta.ok) return undefined;
    const driver = await this.playground(id);
    return driver.ok && driver.value !== undefined ? meta.value : undefined;
  }

  async #told<T>(reading: Promise<Parsed<T>>): Promise<Parsed<T>> {
    const result = await reading;
    if (!result.ok) this.#options.onFindings(result.findings);
    return result;
  }

  async #readCatalog(): Promise<ReadCatalog> {
    const read = await this.#catalog.get("catalog", async () => {
      const { reader, builtIn, onFindings } = this.#options;
      const { catalog, findings } = await readUsableCatalog(reader);
      onFindings(findings);
      const pack = builtIn ? undefined : catalog?.pack?.id;
      const ids = new Set(catalog === undefined ? [] : lessonOrder(catalog));
      return { catalog: catalog && named(catalog, pack), findings, pack, ids };
    });
    if (read.catalog === undefined) this.#catalog.forgetAll();
    return read;
  }

  async #namedMeta(meta: LessonMeta): Promise<LessonMeta> {
    const { pack } = await this.#readCatalog();
    if (pack === undefined) return meta;
    const prerequisites = await Promise.all(meta.prerequisites.map((id) => this.nameOf(id)));
    return {
      ...meta,
      id: lessonName({ pack, id: meta.id }),
      track: lessonName({ pack, id: meta.track }),
      prerequisites,
    };
  }
}

/** As `ReadOnce`, but what could not be read is read again by the next to ask. */
async function again<T>(
  kept: ReadOnce<string, Parsed<T>>,
  id: string,
  read: () => Promise<Parsed<T>>,
): Promise<Parsed<T>> {
  const result = await kept.get(id, read);
  if (!result.ok) kept.forget(id);
  return result;
}

function named(catalog: Catalog, pack: string | undefined): Catalog {
  if (pack === undefined) return catalog;
  const name = (id: string): string => lessonName({ pack, id });
  return {
    ...catalog,
    tracks: catalog.tracks.map((track) => ({ ...track, id: name(track.id), lessons: track.lessons.map(name) })),
  };
}
