/**
 * The author's gate on a pack that is being written: after a change only the lesson that it touches is read and checked
 * again. Of all other lessons nothing is kept but what they build upon, for circles among them. Runs in the extension host.
 */
import { lessonOrder } from "../../core/lesson/catalog.ts";
import { readText, readUsableCatalog } from "../../core/lesson/lessonFiles.ts";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import type { LessonReader } from "../../core/lesson/lessonReader.ts";
import { type Catalog, parseLessonMeta } from "../../core/lesson/lessonSchema.ts";
import type { Words } from "../../protocol/words.ts";
import { checkCatalog } from "../checkCatalog.ts";
import { circleFindings, type LinkedLesson, linkedLesson } from "../checkCircles.ts";
import { type NamedCheck, runCheck, structuralChecks } from "../checks.ts";
import type { ReadDiagram } from "../diagramFacts.ts";
import type { LessonUnderCheck } from "../lessonCheck.ts";
import { readLessonUnderCheck } from "../readLesson.ts";
import { sortedOnce } from "../sortedFindings.ts";

/** Lessons whose lesson.json is read side by side, and before it is looked whether somebody has typed meanwhile. */
const factsAtOnce = 16;

export interface LivePackParts {
  /** What the author sees: texts that are not saved yet among them. */
  readonly reader: LessonReader;
  readonly readDiagram: ReadDiagram;
  /** Findings or lessons are others than before. */
  readonly changed: () => void;
}

/** A lesson that is being written. */
interface OpenLesson {
  /** As it was read last; absent where lesson.json cannot be used. */
  readonly lesson: LessonUnderCheck | undefined;
  readonly reading: readonly Finding[];
  readonly checking: readonly Finding[];
}

/** What is kept of every lesson of the pack. */
interface LessonFacts {
  readonly title: Words;
  readonly links: LinkedLesson;
}

export class LivePack {
  readonly #parts: LivePackParts;
  readonly #checks: readonly NamedCheck[];
  readonly #open = new Map<string, OpenLesson>();
  readonly #facts = new Map<string, LessonFacts>();
  /** Lessons of the catalog whose facts are not known yet. */
  readonly #unread = new Set<string>();
  readonly #dirty = new Set<string>();
  #catalogIsDirty = true;
  #catalog: Catalog | undefined;
  #catalogFindings: readonly Finding[] = [];
  #circles: readonly Finding[] = [];
  #working: Promise<void> | undefined;
  #closed = false;

  constructor(parts: LivePackParts) {
    this.#parts = parts;
    this.#checks = structuralChecks(parts.readDiagram);
  }

  get catalog(): Catalog | undefined {
    return this.#catalog;
  }

  /** The open lesson as it was read last. */
  lesson(id: string): LessonUnderCheck | undefined {
    return this.#open.get(id)?.lesson;
  }

  titleOf(id: string): Words | undefined {
    return this.#facts.get(id)?.title;
  }

  /** Has the lesson checked from now on; resolves once it is. */
  open(id: string): Promise<void> {
    if (!this.#open.has(id)) this.#open.set(id, { lesson: undefined, reading: [], checking: [] });
    this.#dirty.add(id);
    return this.settled();
  }

  /** Forgets the lesson's findings. */
  close(id: string): void {
    if (this.#open.delete(id)) this.#parts.changed();
  }

  /**
   * Something at this path of the pack is another than before; resolves once all that is known is right again. Changes
   * that come while a lesson is being checked begin that check anew.
   */
  touch(path: string): Promise<void> {
    const [first = "", ...rest] = path.split("/");
    if (rest.length === 0) this.#catalogIsDirty = true;
    if (rest.length > 0 || this.#open.has(first)) this.#dirty.add(first);
    return this.settled();
  }

  /** Resolves once nothing is left to check. */
  settled(): Promise<void> {
    this.#working ??= this.#work();
    return this.#working;
  }

  /** Of the pack as a whole, and of each open lesson; each once, by file, line and text. */
  findings(): readonly Finding[] {
    const lessons = [...this.#open.values()].flatMap(({ reading, checking }) => [...reading, ...checking]);
    return sortedOnce([...this.#catalogFindings, ...lessons, ...this.#circles]);
  }

  dispose(): void {
    this.#closed = true;
  }

  /** Catalog before lessons, which are checked against it; open lessons before what is known of all others. */
  async #work(): Promise<void> {
    // Changes of one turn are one.
    await Promise.resolve();
    try {
      while (!this.#closed) {
        const [dirty] = this.#dirty;
        if (this.#catalogIsDirty) await this.#readCatalog();
        else if (dirty !== undefined) await this.#again(dirty);
        else if (this.#unread.size > 0) await this.#readFacts();
        else return;
      }
    } finally {
      // Here and not after: what is touched from now on begins anew.
      this.#working = undefined;
    }
  }

  async #readCatalog(): Promise<void> {
    this.#catalogIsDirty = false;
    const { reader } = this.#parts;
    const { catalog, findings } = await readUsableCatalog(reader);
    const others = catalog === undefined ? [] : await checkCatalog(reader, catalog);
    this.#catalogFindings = coded("catalog", [...findings, ...others]);
    if (catalog === undefined) {
      // Lessons are checked against the last one that could be used.
      this.#parts.changed();
      return;
    }
    this.#catalog = catalog;
    const listed = new Set(lessonOrder(catalog));
    for (const id of this.#facts.keys()) if (!listed.has(id)) this.#facts.delete(id);
    this.#unread.clear();
    for (const id of listed) if (!this.#facts.has(id)) this.#unread.add(id);
    this.#findCircles();
    for (const [id, { lesson, reading }] of this.#open) {
      // Another catalog is no reason to read a lesson again.
      if (lesson !== undefined) await this.#check(id, { ...lesson, catalog }, reading);
    }
    this.#parts.changed();
  }

  async #again(id: string): Promise<void> {
    this.#dirty.delete(id);
    const catalog = this.#catalog;
    if (catalog === undefined) return;
    if (!this.#open.has(id)) {
      if (this.#facts.delete(id) || lessonOrder(catalog).includes(id)) this.#unread.add(id);
      return;
    }
    const { lesson, findings } = await readLessonUnderCheck(id, { reader: this.#parts.reader, catalog });
    const reading = coded("files", findings);
    if (lesson === undefined) {
      const known = this.#open.get(id);
      // What was drawn of it last can be drawn on.
      if (known !== undefined) this.#open.set(id, { ...known, reading, checking: [] });
    } else if (this.#open.has(id)) {
      this.#unread.delete(id);
      if (lessonOrder(catalog).includes(id)) this.#setFacts(id, lesson.meta.title, linkedLesson(lesson));
      // It can be drawn before it is checked.
      this.#open.set(id, { lesson, reading, checking: this.#open.get(id)?.checking ?? [] });
      this.#parts.changed();
      await this.#check(id, lesson, reading);
    }
    this.#parts.changed();
  }

  async #check(id: string, lesson: LessonUnderCheck, reading: readonly Finding[]): Promise<void> {
    const checking: Finding[] = [];
    for (const check of this.#checks) {
      checking.push(...coded(check.code, await runCheck(check, lesson)));
      // What would come of the rest is about a text that nobody sees any more.
      if (this.#dirty.has(id) || !this.#open.has(id)) return;
    }
    this.#open.set(id, { lesson, reading, checking });
  }

  async #readFacts(): Promise<void> {
    const ids = [...this.#unread].slice(0, factsAtOnce);
    await Promise.all(ids.map((id) => this.#readFactsOf(id)));
    if (this.#unread.size === 0) {
      this.#findCircles();
      this.#parts.changed();
    }
  }

  async #readFactsOf(id: string): Promise<void> {
    const file = `${id}/lesson.json`;
    const text = await readText(this.#parts.reader, file);
    const meta = text.ok ? parseLessonMeta(text.value, file) : text;
    if (!this.#unread.delete(id) || !text.ok || !meta.ok) return;
    const links = linkedLesson({ meta: meta.value, sources: new Map([["lesson.json", text.value]]) });
    this.#facts.set(id, { title: meta.value.title, links });
  }

  #setFacts(id: string, title: Words, links: LinkedLesson): void {
    const before = this.#facts.get(id);
    this.#facts.set(id, { title, links });
    if (JSON.stringify(before?.links) !== JSON.stringify(links)) this.#findCircles();
  }

  #findCircles(): void {
    this.#circles = coded("circle", circleFindings(new Map([...this.#facts].map(([id, { links }]) => [id, links]))));
  }
}

function coded(code: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((each) => ({ ...each, code }));
}
