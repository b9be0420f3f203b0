/**
 * Shows the pages of panels in a real browser without VS Code: builds them, serves them under the panel's own policy,
 * and drives them. Used by the tests of this folder.
 */
import { readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/lib/chromium.mjs";
import { cache, root } from "../../scripts/lib/paths.mjs";
import { slimMermaid } from "../../scripts/lib/slimMermaid.mjs";
import type { LessonPanelState, ToLessonPanelMessage } from "../../src/protocol/lessonPanelMessages.ts";
import type { QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import { type ThemeKind, themes } from "./themes.ts";

/** The whole picture that one of the pages draws. */
export type PageState = LessonPanelState | QuizPanelState;

export interface PanelOptions {
  readonly theme?: ThemeKind;
  /** In CSS pixels: VS Code at 200% gives a panel half as many. */
  readonly width?: number;
  readonly height?: number;
}

export interface Harness {
  /** Shows a panel as if it had just been opened; the one before it is gone. */
  open(state: PageState, options?: PanelOptions): Promise<PanelPage>;
  close(): Promise<void>;
}

export interface PanelPage {
  readonly page: Page;
  send(message: ToLessonPanelMessage): Promise<void>;
  show(state: PageState): Promise<void>;
  theme(kind: ThemeKind): Promise<void>;
  /** Intents so far, oldest first. */
  posted(): Promise<readonly { readonly type: string }[]>;
  /** What broke the page's policy, what the page reported, and what it logged as an error. */
  complaints(): Promise<readonly string[]>;
  /** Until what was sent is drawn. */
  settle(): Promise<void>;
  /** Presses a key, until what came of it is drawn. */
  press(key: string): Promise<void>;
  /** Until every diagram that is near enough is drawn. */
  drawn(): Promise<void>;
}

const nonce = "aGFybmVzcw";

export async function startHarness(): Promise<Harness> {
  const folder = join(cache, "webview-test", String(process.pid));
  await buildPanel(folder);
  const server = await serve(folder);
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  const tab = await openTab(browser, origin);
  return {
    open: (state, options = {}) => openPanel(tab, origin, state, options),
    async close() {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function buildPanel(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: "webview/lesson/main.tsx", out: "lesson" },
      { in: "webview/lesson/lesson.css", out: "lesson" },
      { in: "webview/quiz/main.tsx", out: "quiz" },
      { in: "webview/quiz/quiz.css", out: "quiz" },
    ],
    outdir: folder,
    bundle: true,
    format: "esm",
    splitting: true,
    platform: "browser",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    plugins: [slimMermaid],
  });
}

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
};

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? "/", "http://localhost").pathname);
    void fileOf(name, folder).then(
      (body) => {
        response.setHeader("content-type", types[extname(name)] ?? "text/html; charset=utf-8");
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}

async function fileOf(name: string, folder: string): Promise<Buffer | string> {
  if (name === "lesson.html" || name === "quiz.html") return html(name.replace(".html", ""));
  if (name === "favicon.ico" || name === "empty.html") return "";
  if (name === "page.js") return readFile(join(root, "test/webview/page.js"));
  if (name.startsWith("codicon.")) return readFile(join(root, "node_modules/@vscode/codicons/dist", name));
  return readFile(join(folder, name));
}

// The policy is the one of the extension's own page, with this server in place of VS Code's address.
const html = (page: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Panel</title>
<link rel="stylesheet" href="codicon.css">
<link rel="stylesheet" href="${page}.css">
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="page.js"></script>
<script type="module" nonce="${nonce}" src="${page}.js"></script>
</body>
</html>`;

/** What page.js adds to the window. */
interface BrowserSide {
  readonly harness: {
    readonly posted: { type: string }[];
    readonly violations: string[];
    readonly problems: string[];
    send(message: ToLessonPanelMessage): void;
    show(state: PageState): void;
    theme(theme: (typeof themes)[ThemeKind]): void;
  };
}

/** A tab that shows one panel after the other: cheaper than a new one for each test. */
async function openTab(browser: Browser, origin: string): Promise<Tab> {
  const context = await browser.newContext({
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) errors.push(`request: ${request.url()}`);
  });
  await page.goto(`${origin}/empty.html`);
  return { page, errors };
}

interface Tab {
  readonly page: Page;
  readonly errors: string[];
}

async function openPanel(
  { page, errors }: Tab,
  origin: string,
  state: PageState,
  options: PanelOptions,
): Promise<PanelPage> {
  const { theme = "dark", width = 700, height = 900 } = options;
  await page.setViewportSize({ width, height });
  const fixture = JSON.stringify({ shown: state, look: themes[theme] });
  await page.evaluate((name) => {
    sessionStorage.clear();
    Object.assign(globalThis, { name });
  }, fixture);
  errors.length = 0;
  await page.goto(`${origin}/${"questions" in state ? "quiz" : "lesson"}.html`);
  await page.waitForSelector("h1");
  return {
    page,
    send: (message) =>
      page.evaluate((sent) => {
        (globalThis as unknown as BrowserSide).harness.send(sent);
      }, message),
    show: async (next) => {
      await page.evaluate((shown) => {
        (globalThis as unknown as BrowserSide).harness.show(shown);
      }, next);
      await settle(page);
    },
    theme: async (kind) => {
      await page.evaluate((look) => {
        (globalThis as unknown as BrowserSide).harness.theme(look);
      }, themes[kind]);
      await settle(page);
    },
    posted: () => page.evaluate(() => (globalThis as unknown as BrowserSide).harness.posted),
    complaints: async () => {
      const { violations, problems } = await page.evaluate(() => (globalThis as unknown as BrowserSide).harness);
      return [...errors, ...violations, ...problems];
    },
    settle: () => settle(page),
    press: async (key) => {
      await page.keyboard.press(key);
      await settle(page);
    },
    drawn: () => drawn(page),
  };
}

/** Two frames: what was sent is drawn, and its effects have run. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))",
  );
}

async function drawn(page: Page): Promise<void> {
  for (const view of await page.locator(".card.diagram").all()) {
    await view.scrollIntoViewIfNeeded();
    await view.locator('[data-drawn="true"], pre').first().waitFor();
  }
}

/** Waits until an expression holds in the page, whose policy forbids Playwright's own way to wait for one. */
export async function until(page: Page, expression: string): Promise<void> {
  const holds = `new Promise((done) => {
    const look = () => (${expression}) ? done(true) : Date.now() > ${String(Date.now() + 10_000)} ? done(false) : setTimeout(look, 20);
    look();
  })`;
  if (!(await page.evaluate<boolean>(holds))) throw new Error(`never came true: ${expression}`);
}
