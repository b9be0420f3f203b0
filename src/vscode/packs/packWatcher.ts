/**
 * Has packs read anew when their files change. A folder is watched from the moment that it was read; what comes in one go (a pull, a save
 * of many files) is one change. Extension host.
 */
import * as vscode from "vscode";
import type { Added, PackRegistry } from "./packRegistry.ts";

export class PackWatcher implements vscode.Disposable {
  readonly #registry: PackRegistry;
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #changed = new Map<string, { readonly root: vscode.Uri; readonly files: Set<string> }>();
  readonly #listening: Added;

  constructor(registry: PackRegistry) {
    this.#registry = registry;
    this.#listening = registry.onDidRead(() => {
      this.#update();
    });
  }

  dispose(): void {
    this.#listening.dispose();
    for (const each of this.#watchers.values()) each.dispose();
    this.#watchers.clear();
  }

  /** Nothing is watched that may not be read. */
  #update(): void {
    const wanted = new Map(
      this.#registry.known
        .filter(({ state }) => state !== "untrusted")
        .map(({ root }) => [root.toString(), root] as const),
    );
    for (const [key, watcher] of this.#watchers) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      this.#watchers.delete(key);
    }
    for (const [key, root] of wanted) if (!this.#watchers.has(key)) this.#watchers.set(key, this.#watch(root));
  }

  #watch(root: vscode.Uri): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, "**/*"));
    const note = (uri: vscode.Uri): void => {
      this.#note(root, uri);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(note),
      watcher.onDidCreate(note),
      watcher.onDidDelete(note),
    );
  }

  /** VS Code tells of all that came together in one turn; it is passed on at the end of that. */
  #note(root: vscode.Uri, uri: vscode.Uri): void {
    const key = root.toString();
    if (this.#changed.size === 0) {
      queueMicrotask(() => {
        this.#tell();
      });
    }
    const files = this.#changed.get(key)?.files ?? new Set<string>();
    this.#changed.set(key, { root, files });
    files.add(uri.path.startsWith(`${root.path}/`) ? uri.path.slice(root.path.length + 1) : "");
  }

  #tell(): void {
    const changes = [...this.#changed.values()];
    this.#changed.clear();
    // The folder itself came or went: all of it counts as changed.
    for (const { root, files } of changes) this.#registry.reload(root, files.has("") ? undefined : [...files]);
  }
}
