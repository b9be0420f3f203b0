/**
 * Finds out which open files belong to a pack of lessons, by their place alone, and keeps an `AuthoredPack` for each such
 * pack: in a trusted workspace, and as long as something of it is open. Extension host.
 */
import * as vscode from "vscode";
import { possiblePlaces } from "../../core/packs/packPlace.ts";
import { NodeAuthorTools } from "../../verify/live/authorTools.ts";
import { AuthoredPack } from "./authoredPack.ts";
import { PackProblems } from "./packProblems.ts";
import type { PackTypes } from "./packTypes.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

/** Tells menus and the palette whether the file at hand belongs to a lesson of a pack. */
const contextKey = "interleave.inPackLesson";

export interface PackAuthoringParts {
  readonly distDir: string;
  readonly settings: Settings;
  readonly types: PackTypes;
  readonly onProblem: (error: unknown) => void;
}

/** A document's place in a pack. */
export interface PlaceInPack {
  readonly pack: AuthoredPack;
  /** Relative to the root. */
  readonly file: string;
  /** "" for the catalog. */
  readonly lesson: string;
}

export class PackAuthoring implements vscode.Disposable {
  readonly #parts: PackAuthoringParts;
  readonly #tools: NodeAuthorTools;
  readonly #problems = new PackProblems();
  readonly #packs = new Map<string, AuthoredPack>();
  /** Of open documents, by address. */
  readonly #places = new Map<string, PlaceInPack>();
  readonly #changed = new vscode.EventEmitter<AuthoredPack>();
  /** What is known of a pack has changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[] = [];

  constructor(parts: PackAuthoringParts) {
    this.#parts = parts;
    this.#tools = new NodeAuthorTools(parts.distDir);
    const { workspace, window } = vscode;
    this.#subscriptions.push(
      workspace.onDidOpenTextDocument((document) => {
        this.#settle(this.#opened(document));
      }),
      // Told, too, when a text is saved or put back to what is on disk.
      workspace.onDidChangeTextDocument(({ document }) => {
        this.#edited(document);
      }),
      workspace.onDidSaveTextDocument((document) => {
        this.#settle(this.#saved(document));
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#closed(document);
      }),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.start();
      }),
      window.onDidChangeActiveTextEditor(() => {
        this.#settle(this.#tellMenus());
      }),
      parts.settings.onDidChange("lessonLanguage", () => {
        for (const pack of this.#packs.values()) this.#show(pack);
      }),
    );
  }

  /** Looks at what is open already. */
  start(): void {
    for (const document of vscode.workspace.textDocuments) this.#settle(this.#opened(document));
    this.#settle(this.#tellMenus());
  }

  /** The place of a file that may not be open; undefined where it is in no pack, or the workspace is not trusted. */
  async placeOf(uri: vscode.Uri): Promise<PlaceInPack | undefined> {
    const known = this.#places.get(uri.toString());
    if (known !== undefined) return known;
    if (!vscode.workspace.isTrusted || uri.scheme !== "file") return undefined;
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return undefined;
    for (const { root, file, lesson = "" } of possiblePlaces(uri.path)) {
      const place = uri.with({ path: root });
      if (await isPack(place, lesson)) return { pack: this.#packAt(place), file, lesson };
    }
    return undefined;
  }

  /**
   * The place of a file of a lesson.
   * @param uri undefined: the one in the active editor
   * @throws UserError where it is in no lesson
   */
  async placeInLesson(uri: vscode.Uri | undefined): Promise<PlaceInPack> {
    const file = uri ?? vscode.window.activeTextEditor?.document.uri;
    const place = file === undefined ? undefined : await this.placeOf(file);
    if (place !== undefined && place.lesson !== "") return place;
    if (place !== undefined) this.released(place.pack);
    throw new UserError(
      vscode.l10n.t(
        "Open a file of a lesson first: one in a folder beside a catalog.json, in a workspace that you trust.",
      ),
    );
  }

  /** To the pack of the file at hand. @throws UserError where that is in no lesson, or a link is in the way */
  async addTypes(): Promise<void> {
    const { pack } = await this.placeInLesson(undefined);
    this.released(pack);
    await this.#parts.types.add(pack.root);
  }

  /** For who holds a lesson of a pack without a document, when they let it go. */
  released(pack: AuthoredPack): void {
    if (!pack.isIdle) return;
    pack.dispose();
    this.#packs.delete(pack.root.toString());
    this.#problems.clear(pack.root);
    if (this.#packs.size === 0) this.#tools.rest();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#changed, this.#problems).dispose();
    for (const pack of this.#packs.values()) pack.dispose();
    this.#tools.rest();
  }

  async #opened(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const place = await this.placeOf(document.uri);
    if (place === undefined || this.#places.has(key)) return;
    if (document.isClosed) {
      this.released(place.pack);
      return;
    }
    this.#places.set(key, place);
    place.pack.hold(place.lesson, key);
    // Typed while its place was looked for: then nobody has been told.
    if (document.isDirty) place.pack.edited(place.file);
    if (vscode.window.activeTextEditor?.document === document) await this.#tellMenus();
  }

  #edited(document: vscode.TextDocument): void {
    const place = this.#places.get(document.uri.toString());
    place?.pack.edited(place.file);
  }

  /** A file that was none of a pack may have become one: its catalog was saved after it. */
  async #saved(document: vscode.TextDocument): Promise<void> {
    if (!this.#places.has(document.uri.toString())) await this.#opened(document);
    const place = this.#places.get(document.uri.toString());
    if (place === undefined) return;
    if (place.lesson !== "") {
      await place.pack.saved(place.lesson, place.file);
      return;
    }
    place.pack.edited(place.file);
    // With a catalog, the lessons that are open already become a pack's.
    this.start();
  }

  #closed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#places.delete(key);
    place.pack.release(place.lesson, key);
    // What was typed and thrown away does not count any more.
    if (!place.pack.isIdle) place.pack.edited(place.file);
    this.released(place.pack);
  }

  #packAt(root: vscode.Uri): AuthoredPack {
    const known = this.#packs.get(root.toString());
    if (known !== undefined) return known;
    const pack = new AuthoredPack(root, {
      tools: this.#tools,
      settings: this.#parts.settings,
      mayRead: () => vscode.workspace.isTrusted,
      changed: (changed) => {
        this.#show(changed);
      },
      onProblem: this.#parts.onProblem,
    });
    this.#packs.set(root.toString(), pack);
    return pack;
  }

  #show(pack: AuthoredPack): void {
    const locale = this.#parts.settings.lessonLocale();
    this.#problems.show(pack.root, pack.findings(), (finding) => pack.fileOf(finding), locale);
    this.#changed.fire(pack);
  }

  async #tellMenus(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const place = uri === undefined ? undefined : this.#places.get(uri.toString());
    const isLesson = place !== undefined && place.lesson !== "";
    if (isLesson && place.file.endsWith(".ts")) this.#settle(this.#parts.types.look(place.pack.root));
    await vscode.commands.executeCommand("setContext", contextKey, isLesson);
  }

  #settle(work: Promise<unknown>): void {
    work.catch(this.#parts.onProblem);
  }
}

/** Whether lessons lie there, and whether this is one. Other tools have files called catalog.json, too. */
async function isPack(root: vscode.Uri, lesson: string): Promise<boolean> {
  const catalog = await textOf(vscode.Uri.joinPath(root, "catalog.json"));
  if (catalog === undefined || !/"tracks"\s*:/.test(catalog)) return false;
  if (lesson === "" || catalog.includes(`"${lesson}"`)) return true;
  return (await textOf(vscode.Uri.joinPath(root, lesson, "lesson.json"))) !== undefined;
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
