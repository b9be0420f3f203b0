/**
 * The lessons that this window knows, by their names over all packs: read once, kept. A lesson that cannot be read is left out of the
 * lists and logged; asking for it by name says what is wrong with it. Packs are read when something of theirs is asked for.
 * Extension host.
 */
import * as vscode from "vscode";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import type { Parsed } from "../../core/lesson/lessonFinding.ts";
import type { Lesson, Mistake } from "../../core/lesson/lessonFiles.ts";
import { type RenderedLesson, renderLesson } from "../../core/lessonPanel/lessonPanelState.ts";
import type { LessonMeta, Quiz } from "../../core/lesson/lessonSchema.ts";
import { type LessonName, lessonName, parseLessonName } from "../../core/packs/lessonName.ts";
import type { Lessons, LessonShelf, PlayableTrack } from "../../core/packs/lessonShelf.ts";
import { changesSincePassed, type LessonChanges } from "../../core/packs/packChanges.ts";
import type { PackInfo } from "../../core/packs/packSchema.ts";
import type { LessonState } from "../../core/progress/progress.ts";
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Locale } from "../../protocol/words.ts";
import type { Added, ListedPack, PackChangeEvent, PackRegistry } from "../packs/packRegistry.ts";
import { UserError } from "../userError.ts";
import { brokenLesson } from "./brokenLesson.ts";

/** A lesson's shelf, and its id there. */
interface Shelved {
  readonly shelf: LessonShelf;
  readonly id: string;
  readonly pack: PackInfo | undefined;
}

/** Lessons that are weighed for what comes next: of a larger pack, those that follow in the catalog's order. */
const mostAround = 100;

export class LessonLibrary {
  readonly #builtIn: LessonShelf;
  readonly #packs: PackRegistry;
  readonly #rendered = new WeakMap<Lesson, Map<Locale, RenderedLesson>>();

  constructor(builtIn: LessonShelf, packs: PackRegistry) {
    this.#builtIn = builtIn;
    this.#packs = packs;
  }

  /** The lessons that Interleave ships with. */
  async overview(): Promise<Lessons> {
    return this.#whole(await this.#builtIn.overview());
  }

  /** The lessons of the pack in which this one is; of a very large one, those that come next. Reads each one's lesson.json. */
  async around(lesson: string): Promise<Lessons> {
    const { shelf, id, pack } = await this.#find(lesson);
    const { catalog, findings } = await shelf.catalog();
    const order = catalog === undefined ? [] : lessonOrder(catalog);
    if (catalog === undefined || order.length <= mostAround) return this.#whole(await shelf.overview());
    const at = Math.max(0, order.indexOf(lessonName({ pack: pack?.id, id })));
    const near = [...order.slice(at), ...order.slice(0, at)].slice(0, mostAround);
    const read = await shelf.metas(near.map((name) => parseLessonName(name)?.id ?? name));
    return { catalog, findings, metas: metasOf(read) };
  }

  /**
   * The built-in lessons, and of other packs the tracks, and those lessons that are named.
   * @param names of lessons, or of tracks
   */
  async naming(names: readonly string[]): Promise<Lessons> {
    const builtIn = await this.overview();
    const wanted = names.flatMap((name) => parseLessonName(name) ?? []);
    const ids = [...new Set(wanted.flatMap(({ pack }) => pack ?? []))];
    if (ids.length === 0) return builtIn;
    const packs = (await Promise.all(ids.map((id) => this.#packs.find(id)))).filter((each) => each !== undefined);
    const read = await Promise.all(
      packs.map(async ({ id, shelf }) => {
        const own = wanted.flatMap((each) => (each.pack === id ? each.id : []));
        const listed = await Promise.all(own.map((each) => shelf.has(each)));
        return shelf.metas(own.filter((_, index) => listed[index]));
      }),
    );
    const tracks = [...builtIn.catalog.tracks, ...packs.flatMap(({ catalog }) => catalog.tracks)];
    return {
      ...builtIn,
      catalog: { ...builtIn.catalog, tracks },
      metas: new Map([...builtIn.metas, ...metasOf(read.flat())]),
    };
  }

  /** Undefined for one that cannot be read. */
  async meta(lesson: string): Promise<LessonMeta | undefined> {
    return (await this.naming([lesson])).metas.get(lesson);
  }

  async lesson(lesson: string): Promise<Lesson> {
    const { shelf, id } = await this.#listed(lesson);
    return this.#whole(await shelf.lesson(id));
  }

  async quiz(lesson: string): Promise<Quiz> {
    const { shelf, id } = await this.#listed(lesson);
    return this.#whole(await shelf.quiz(id));
  }

  /** What the lesson's pack says of itself; undefined for what Interleave ships with. */
  async packOf(lesson: string): Promise<PackInfo | undefined> {
    return (await this.#find(lesson)).pack;
  }

  /** The lesson that a link in another lesson's prose leads to. */
  async linkedFrom(lesson: string, link: string): Promise<string> {
    const { shelf } = await this.#find(lesson);
    return shelf.nameOf(link);
  }

  /** What the learner has to know of changes since they passed it. */
  async changesOf(lesson: string, state: LessonState): Promise<LessonChanges | undefined> {
    const { pack, id } = await this.#find(lesson);
    return pack === undefined ? undefined : changesSincePassed(state, pack, id);
  }

  /** Whether it is one of a pack, as far as the packs have been read: can be answered at once. */
  isKnownInPack(lesson: string): boolean {
    const name = parseLessonName(lesson);
    return this.#packs.known.some(
      (each) =>
        each.state === "ready" &&
        each.id === name?.pack &&
        each.catalog.tracks.some((track) => track.lessons.includes(lesson)),
    );
  }

  /** Reads the packs' catalogs, where that was not done yet. */
  packs(): Promise<readonly ListedPack[]> {
    return this.#packs.list();
  }

  /** The known mistakes of the built-in lessons that can be read, by lesson. */
  async mistakes(): Promise<ReadonlyMap<string, readonly Mistake[]>> {
    const names = [...(await this.overview()).metas.keys()];
    const read = await Promise.all(names.map(async (name) => [name, await this.#builtIn.mistakes(name)] as const));
    return new Map(read.flatMap(([name, each]) => (each.ok ? [[name, each.value] as const] : [])));
  }

  /** The kinds of bugs that the mistakes of each built-in lesson show. */
  async trained(): Promise<ReadonlyMap<string, ReadonlySet<Diagnosis>>> {
    const names = [...(await this.overview()).metas.keys()];
    return new Map(await Promise.all(names.map(async (name) => [name, await this.#builtIn.trains(name)] as const)));
  }

  /** The same for the lessons around this one. */
  async trainedAround(lesson: string): Promise<ReadonlyMap<string, ReadonlySet<Diagnosis>>> {
    const { shelf } = await this.#find(lesson);
    if (shelf === this.#builtIn) return this.trained();
    const names = [...(await this.around(lesson)).metas.keys()];
    const trains = async (name: string) => [name, await shelf.trains(parseLessonName(name)?.id ?? name)] as const;
    return new Map(await Promise.all(names.map(trains)));
  }

  /** The lesson's driver for the playground; undefined where it has none. */
  async playground(lesson: string): Promise<string | undefined> {
    const { shelf, id } = await this.#listed(lesson);
    return this.#whole(await shelf.playground(id));
  }

  /** All lessons that have one: the built-in ones, and those of packs that may be read. */
  async playable(): Promise<readonly (PlayableTrack & { readonly pack: PackInfo | undefined })[]> {
    const ready = (await this.packs()).filter((each) => each.state === "ready");
    const shelves = [
      { shelf: this.#builtIn, pack: undefined },
      ...ready.map(({ shelf, info }) => ({ shelf, pack: info })),
    ];
    const read = shelves.map(async ({ shelf, pack }) => (await shelf.playable()).map((each) => ({ ...each, pack })));
    return (await Promise.all(read)).flat();
  }

  rendered(lesson: Lesson, locale: Locale): RenderedLesson {
    const byLocale = this.#rendered.get(lesson) ?? new Map<Locale, RenderedLesson>();
    this.#rendered.set(lesson, byLocale);
    const known = byLocale.get(locale) ?? renderLesson(lesson, locale);
    byLocale.set(locale, known);
    return known;
  }

  /** Forgets what was read of packs; see `PackRegistry.reload`. */
  reload(root?: vscode.Uri, files?: readonly string[]): void {
    this.#packs.reload(root, files);
  }

  /** Packs, or files of theirs, have changed. */
  onDidChange(listener: (change: PackChangeEvent) => void): Added {
    return this.#packs.onDidChange(listener);
  }

  /** @throws UserError where there is no such lesson */
  async #listed(lesson: string): Promise<Shelved> {
    const found = await this.#find(lesson);
    if (!(await found.shelf.has(found.id))) {
      const { catalog, findings } = await found.shelf.catalog();
      throw catalog === undefined ? brokenLesson(findings) : noSuchLesson(lesson);
    }
    return found;
  }

  /** @throws UserError where there is no such pack */
  async #find(lesson: string): Promise<Shelved> {
    const name: LessonName = parseLessonName(lesson) ?? { pack: undefined, id: lesson };
    if (name.pack === undefined) return { shelf: this.#builtIn, id: name.id, pack: undefined };
    const pack = await this.#packs.find(name.pack);
    if (pack !== undefined) return { shelf: pack.shelf, id: name.id, pack: pack.info };
    throw new UserError(
      vscode.l10n.t(
        'There is no lesson "{0}": the pack "{1}" is not in this workspace, or cannot be read.',
        lesson,
        name.pack,
      ),
    );
  }

  #whole<T>(result: Parsed<T>): T {
    if (!result.ok) throw brokenLesson(result.findings);
    return result.value;
  }
}

function metasOf(read: readonly Parsed<LessonMeta>[]): ReadonlyMap<string, LessonMeta> {
  return new Map(read.flatMap((each) => (each.ok ? [[each.value.id, each.value] as const] : [])));
}

function noSuchLesson(lesson: string): UserError {
  return new UserError(vscode.l10n.t('There is no lesson "{0}".', lesson));
}
