/** The lessons of packs in the Test Explorer, each pack an item of its own, which is filled when somebody opens it. Extension host. */
import * as vscode from "vscode";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import type { LessonMeta } from "../../core/lesson/lessonSchema.ts";
import { parseLessonName } from "../../core/packs/lessonName.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { ReadyPack } from "./packRegistry.ts";
import type { Settings } from "../settings.ts";

export interface PackTestParts {
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly settings: Settings;
}

export class PackTests {
  readonly #controller: vscode.TestController;
  readonly #parts: PackTestParts;
  /** Told of each lesson's item. */
  readonly #made: (item: vscode.TestItem, lesson: string) => void;
  #isShown = false;

  constructor(
    controller: vscode.TestController,
    parts: PackTestParts,
    made: (item: vscode.TestItem, lesson: string) => void,
  ) {
    this.#controller = controller;
    this.#parts = parts;
    this.#made = made;
  }

  /** Lists the packs; of one pack, its lessons. */
  async resolve(item: vscode.TestItem | undefined): Promise<void> {
    if (item === undefined) {
      this.#isShown = true;
      return this.refresh();
    }
    const pack = (await this.#ready()).find(({ id }) => itemId(id) === item.id);
    if (pack === undefined) return;
    const order = lessonOrder(pack.catalog);
    const metas = await pack.shelf.metas(order.map((name) => parseLessonName(name)?.id ?? name));
    const listed = metas.flatMap((meta) => (meta.ok ? [this.#lessonItem(item, meta.value, order)] : []));
    item.children.replace(listed);
  }

  /** What is on show already is brought up to date; nothing else is read. */
  async refresh(): Promise<void> {
    const known = [...this.#controller.items].flatMap(([id, item]) => (id.startsWith(prefix) ? [item] : []));
    if (!this.#isShown && known.length === 0) return;
    const packs = await this.#ready();
    const ids = new Set(packs.map(({ id }) => itemId(id)));
    for (const item of known) if (!ids.has(item.id)) this.#controller.items.delete(item.id);
    for (const pack of packs) {
      const item = this.#packItem(pack);
      if (item.children.size > 0) await this.#update(item, pack);
    }
  }

  /** Makes the lesson's item where there is none. */
  async prepare(lesson: string): Promise<void> {
    const name = parseLessonName(lesson);
    if (name?.pack === undefined || this.itemOf(lesson) !== undefined) return;
    const pack = (await this.#ready()).find(({ id }) => id === name.pack);
    const meta = await pack?.shelf.meta(name.id);
    if (pack === undefined || meta?.ok !== true) return;
    const item = this.#packItem(pack);
    item.children.add(this.#lessonItem(item, meta.value, lessonOrder(pack.catalog)));
  }

  itemOf(lesson: string): vscode.TestItem | undefined {
    const pack = parseLessonName(lesson)?.pack;
    return pack === undefined ? undefined : this.#controller.items.get(itemId(pack))?.children.get(lesson);
  }

  /** Lessons that have an item keep it, with the title that they have now; those that are gone lose it. */
  async #update(item: vscode.TestItem, pack: ReadyPack): Promise<void> {
    const order = lessonOrder(pack.catalog);
    for (const [lesson] of item.children) {
      const meta = order.includes(lesson) ? await pack.shelf.meta(parseLessonName(lesson)?.id ?? lesson) : undefined;
      if (meta?.ok === true) this.#lessonItem(item, meta.value, order);
      else item.children.delete(lesson);
    }
  }

  async #ready(): Promise<readonly ReadyPack[]> {
    return (await this.#parts.library.packs()).filter((each) => each.state === "ready");
  }

  #packItem(pack: ReadyPack): vscode.TestItem {
    const title = pack.info.title[this.#parts.settings.lessonLocale()];
    const known = this.#controller.items.get(itemId(pack.id));
    const item = known ?? this.#controller.createTestItem(itemId(pack.id), title);
    item.label = title;
    // Below the lessons that Interleave ships with.
    item.sortText = `pack ${pack.id}`;
    if (known === undefined) {
      item.canResolveChildren = true;
      this.#controller.items.add(item);
    }
    return item;
  }

  #lessonItem(pack: vscode.TestItem, meta: LessonMeta, order: readonly string[]): vscode.TestItem {
    const title = meta.title[this.#parts.settings.lessonLocale()];
    const item =
      pack.children.get(meta.id) ??
      this.#controller.createTestItem(meta.id, title, this.#parts.exercises.uriOf(meta.id));
    item.label = title;
    item.sortText = String(order.indexOf(meta.id)).padStart(4, "0");
    item.tags = [new vscode.TestTag(meta.level)];
    this.#made(item, meta.id);
    return item;
  }
}

/** No lesson's id has a colon. */
const prefix = "pack:";

function itemId(pack: string): string {
  return `${prefix}${pack}`;
}
