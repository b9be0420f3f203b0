/** Loads Monaco with its style sheet and its words, after the first paint. Runs in the playground's page. */
import type { Locale } from "../../src/protocol/words.ts";
import type { CodeEditor, CodeEditorOptions } from "./codeEditor.ts";
import type * as monacoBundle from "./monaco/main.ts";
import { provideMonacoHooks } from "./monacoHooks.ts";

export interface MonacoOptions extends CodeEditorOptions {
  readonly locale: Locale;
  /** What has been typed in the meantime. */
  readonly current: () => string;
  readonly stillWanted: () => boolean;
}

/** Undefined where it is no longer wanted. What was in the parent is gone once it is there; the focus stays. */
export async function loadMonaco(parent: HTMLElement, options: MonacoOptions): Promise<CodeEditor | undefined> {
  await firstPaint();
  await provideMonacoHooks({ editor: addressOf("editor.worker.js"), typescript: addressOf("ts.worker.js") });
  const [{ createMonaco }] = await Promise.all([
    // Its words first: it reads them as it is evaluated.
    (options.locale === "zh-cn" ? load("zh-cn.js") : Promise.resolve()).then(loadEditor),
    loadStyles(addressOf("editor.css")),
  ]);
  if (!options.stillWanted()) return undefined;
  const place = document.createElement("div");
  place.className = "monaco-place";
  const hadFocus = parent.contains(document.activeElement);
  parent.append(place);
  const monaco = createMonaco(place, { ...options, text: options.current() });
  parent.querySelector(".plain-editor")?.remove();
  if (hadFocus) monaco.focus();
  return monaco;
}

async function loadEditor(): Promise<typeof monacoBundle> {
  return (await load("editor.js")) as typeof monacoBundle;
}

/** A bundle of its own, which this page's bundle knows by its address alone. */
function load(file: string): Promise<unknown> {
  return import(addressOf(file));
}

function addressOf(file: string): string {
  // Beside the page's own script, wherever the code of this file ended up.
  return new URL(`monaco/${file}`, document.querySelector<HTMLScriptElement>("script[type=module][src]")?.src).href;
}

function loadStyles(address: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  const loaded = new Promise<void>((resolve, reject) => {
    link.addEventListener("load", () => {
      resolve();
    });
    link.addEventListener("error", () => {
      reject(new Error(`${address} did not load`));
    });
  });
  document.head.append(link);
  return loaded;
}

function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      setTimeout(resolve);
    });
  });
}
