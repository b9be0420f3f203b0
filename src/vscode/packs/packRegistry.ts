/**
 * The packs that this window knows of, beside the lessons that Interleave ships with. Somebody says where one is; nothing of it is read
 * before it is asked for. Extension host.
 */
import type * as vscode from "vscode";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import { isMissing, type LessonReader } from "../../core/lesson/lessonReader.ts";
import type { Catalog } from "../../core/lesson/lessonSchema.ts";
import { idIsTaken, namelessPack } from "../../core/packs/packCheck.ts";
import { LessonShelf } from "../../core/packs/lessonShelf.ts";
import type { PackInfo } from "../../core/packs/packSchema.ts";

/** Who named the folder. */
export type PackOrigin =
  /** `.interleave/pack` of the workspace: need not be there. */
  | "workspace"
  /** `interleave.packs` */
  | "setting"
  /** Another extension. */
  | "extension"
  /** The user, for this window. */
  | "command";

export interface PackPlace {
  readonly root: vscode.Uri;
  readonly origin: PackOrigin;
}

export interface ReadyPack extends PackPlace {
  readonly state: "ready";
  readonly id: string;
  readonly info: PackInfo;
  /** With names over all packs: "acme/rate-limit". */
  readonly catalog: Catalog;
  /** What is wrong with the rest of the catalog. */
  readonly findings: readonly Finding[];
  readonly shelf: LessonShelf;
}

export type ListedPack =
  | ReadyPack
  | (PackPlace & {
      /** "repeated": a pack before it has the same id. */
      readonly state: "untrusted" | "missing" | "broken" | "repeated";
      /** Relative to the root. */
      readonly findings: readonly Finding[];
    });

/** What has changed: which packs there are, or files of one (all of them where none are named). */
export type PackChangeEvent = { readonly root: vscode.Uri; readonly files?: readonly string[] } | undefined;

export interface PackRegistryParts {
  readonly readerOf: (root: vscode.Uri) => LessonReader;
  readonly mayRead: (root: vscode.Uri) => boolean;
  /** Told of what was found wrong, once for each time that it is read. */
  readonly onFindings: (root: vscode.Uri, findings: readonly Finding[]) => void;
}

/** Takes back what was added. */
export interface Added {
  dispose(): void;
}

interface Registered extends PackPlace {
  readonly shelf: LessonShelf;
  readonly reader: LessonReader;
}

/** Packs of one id: that of the one named first counts. Those of the workspace come before all others. */
const order: readonly PackOrigin[] = ["workspace", "setting", "command", "extension"];

export class PackRegistry implements vscode.Disposable {
  readonly #parts: PackRegistryParts;
  readonly #listeners = new Set<(change: PackChangeEvent) => void>();
  readonly #readListeners = new Set<() => void>();
  #registered: readonly Registered[] = [];
  #listing: Promise<readonly ListedPack[]> | undefined;
  #known: readonly ListedPack[] = [];

  constructor(parts: PackRegistryParts) {
    this.#parts = parts;
  }

  /** The folders, whether or not there is a pack in them. */
  get places(): readonly PackPlace[] {
    return this.#registered;
  }

  /** As far as they have been read: what can be answered at once. */
  get known(): readonly ListedPack[] {
    return this.#known;
  }

  /** A folder that somebody else has named already is there once, for as long as one of them names it. */
  add(root: vscode.Uri, origin: PackOrigin): Added {
    const known = this.#registered.find((each) => each.root.toString() === root.toString());
    const { shelf, reader } = known ?? this.#newShelf(root);
    const added: Registered = { root, origin, shelf, reader };
    this.#registered = [...this.#registered, added].sort((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin));
    this.#changed(undefined);
    return {
      dispose: () => {
        if (!this.#registered.includes(added)) return;
        this.#registered = this.#registered.filter((each) => each !== added);
        this.#changed(undefined);
      },
    };
  }

  /** Reads the catalogs that were not read yet, and nothing else. */
  list(): Promise<readonly ListedPack[]> {
    if (this.#listing !== undefined) return this.#listing;
    const listing = this.#list();
    this.#listing = listing;
    listing.then(
      (known) => {
        if (this.#listing !== listing) return;
        this.#known = known;
        for (const each of this.#readListeners) each();
      },
      () => {
        if (this.#listing === listing) this.#listing = undefined;
      },
    );
    return listing;
  }

  /** The pack of that id, where it can be used. */
  async find(id: string): Promise<ReadyPack | undefined> {
    return (await this.list()).find((each) => each.state === "ready" && each.id === id) as ReadyPack | undefined;
  }

  /**
   * Forgets what was read: the next to ask reads anew.
   * @param root of one pack, or all of them
   * @param files of that pack, relative to it, with `/`; all of them where none are given
   */
  reload(root?: vscode.Uri, files?: readonly string[]): void {
    const wanted = root?.toString();
    for (const each of this.#registered) {
      if (wanted === undefined || each.root.toString() === wanted) each.shelf.forget(files);
    }
    this.#changed(root === undefined ? undefined : { root, ...(files === undefined ? {} : { files }) });
  }

  onDidChange(listener: (change: PackChangeEvent) => void): Added {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** The catalogs were read: `known` is what there is. */
  onDidRead(listener: () => void): Added {
    this.#readListeners.add(listener);
    return { dispose: () => this.#readListeners.delete(listener) };
  }

  dispose(): void {
    this.#listeners.clear();
    this.#readListeners.clear();
    this.#registered = [];
  }

  #newShelf(root: vscode.Uri): Pick<Registered, "shelf" | "reader"> {
    const reader = this.#parts.readerOf(root);
    const onFindings = (findings: readonly Finding[]): void => {
      this.#parts.onFindings(root, findings);
    };
    return { reader, shelf: new LessonShelf({ reader, builtIn: false, onFindings }) };
  }

  async #list(): Promise<readonly ListedPack[]> {
    const roots = new Set<string>();
    const once = this.#registered.filter(({ root }) => !roots.has(root.toString()) && roots.add(root.toString()));
    const read = await Promise.all(once.map((each) => this.#read(each)));
    const ids = new Map<string, ReadyPack>();
    const listed = read.map((each): ListedPack => {
      if (each.state !== "ready") return each;
      const first = ids.get(each.id);
      if (first !== undefined) return repeated(each, first);
      ids.set(each.id, each);
      return each;
    });
    return listed;
  }

  async #read({ root, origin, shelf, reader }: Registered): Promise<ListedPack> {
    const place = { root, origin };
    if (!this.#parts.mayRead(root)) return { ...place, state: "untrusted", findings: [] };
    const { catalog, findings } = await shelf.catalog();
    if (catalog === undefined) return { ...place, state: (await isThere(reader)) ? "broken" : "missing", findings };
    const { pack: info } = catalog;
    if (info === undefined) return { ...place, state: "broken", findings: [...findings, namelessPack] };
    return { ...place, state: "ready", id: info.id, info, catalog, findings, shelf };
  }

  #changed(change: PackChangeEvent): void {
    this.#listing = undefined;
    for (const listener of this.#listeners) listener(change);
  }
}

function repeated({ id, root, origin }: ReadyPack, first: ReadyPack): ListedPack {
  return { root, origin, state: "repeated", findings: [idIsTaken(id, first.root.path)] };
}

async function isThere(reader: LessonReader): Promise<boolean> {
  try {
    await reader.list("");
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}
