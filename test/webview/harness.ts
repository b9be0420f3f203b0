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
import { monacoBundles } from "../../scripts/lib/monacoBundles.mjs";
import { slimMermaid } from "../../scripts/lib/slimMermaid.mjs";
import { panelHtml, type PanelName } from "../../src/core/page/panelPage.ts";
import type { AssessmentState, ToAssessmentMessage } from "../../src/protocol/assessmentMessages.ts";
import type { KeptDrawing, LessonPanelState, ToLessonPanelMessage } from "../../src/protocol/lessonPanelMessages.ts";
import type { PlaygroundState, ToPlaygroundMessage } from "../../src/protocol/playgroundMessages.ts";
import type { QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import type { ReportState, ToReportMessage } from "../../src/protocol/reportMessages.ts";
import type { TimelineState, ToTimelineMessage } from "../../src/protocol/timelineMessages.ts";
import { type ThemeKind, themes } from "./themes.ts";

/** The whole picture that one of the pages draws. */
export type PageState =
  LessonPanelState | QuizPanelState | PlaygroundState | TimelineState | AssessmentState | ReportState;

type PageMessage =
  ToLessonPanelMessage | ToPlaygroundMessage | ToTimelineMessage | ToAssessmentMessage | ToReportMessage;

export interface PanelOptions {
  readonly theme?: ThemeKind;
  /** In CSS pixels: VS Code at 200% gives a panel half as many. */
  readonly width?: number;
  readonly height?: number;
  /** What an earlier page of the lesson had kept. */
  readonly drawings?: readonly KeptDrawing[];
}

export interface Harness {
  /** Shows a page of the tests: `layers` under the lesson panel's policy, or `control` without any. */
  openBare(name: "layers" | "control"): Promise<BarePage>;
  /** Shows a panel as if it had just been opened; the one before it is gone. */
  open(state: PageState, options?: PanelOptions): Promise<PanelPage>;
  close(): Promise<void>;
}

export interface BarePage {
  readonly page: Page;
  /** What broke the page's policy, left the page or was fetched, and what it logged as an error. */
  complaints(): Promise<readonly string[]>;
}

export interface PanelPage extends BarePage {
  send(message: PageMessage): Promise<void>;
  show(state: PageState): Promise<void>;
  theme(kind: ThemeKind): Promise<void>;
  /** Intents so far, oldest first. */
  posted(): Promise<readonly { readonly type: string }[]>;
  /** Drawings that it had kept so far: intents too, but nothing that a person does. */
  kept(): Promise<readonly KeptDrawing[]>;
  /** Links that VS Code was asked to open, so far. */
  followed(): Promise<readonly string[]>;
  /** Until what was sent is drawn. */
  settle(): Promise<void>;
  /** Presses a key, until what came of it is drawn. */
  press(key: string): Promise<void>;
  /** Until every diagram that is near enough is drawn. */
  drawn(): Promise<void>;
}

const nonce = "aGFybmVzcw";

/** @param options `monaco`: with the playground's editor, which takes some seconds to bundle */
export async function startHarness(options: { readonly monaco?: boolean } = {}): Promise<Harness> {
  const folder = join(cache, "webview-test", String(process.pid));
  const monaco = options.monaco === true ? monacoBundles({ outdir: "monaco" }) : [];
  await Promise.all([
    buildPanel(folder),
    ...monaco.map((bundle) => build({ absWorkingDir: root, outdir: folder, ...bundle })),
  ]);
  const server = await serve(folder);
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  const tab = await openTab(browser, origin);
  return {
    openBare: (name) => openBare(tab, origin, name),
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
      { in: "webview/playground/main.tsx", out: "playground" },
      { in: "webview/playground/playground.css", out: "playground" },
      { in: "webview/timeline/main.tsx", out: "timeline" },
      { in: "webview/assessment/main.tsx", out: "assessment" },
      { in: "webview/assessment/assessment.css", out: "assessment" },
      { in: "webview/timeline/timeline.css", out: "timeline" },
      { in: "webview/report/main.tsx", out: "report" },
      { in: "webview/report/report.css", out: "report" },
      { in: "test/webview/layers.ts", out: "layers" },
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
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const name = pathname.startsWith("/monaco/") ? `monaco/${basename(pathname)}` : basename(pathname);
    void fileOf(name, folder, `http://${request.headers.host ?? ""}`).then(
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

async function fileOf(name: string, folder: string, origin: string): Promise<Buffer | string> {
  if (name === "lesson.html") return html("lesson", origin);
  if (name === "quiz.html") return html("quiz", origin);
  if (name === "playground.html") return html("playground", origin);
  if (name === "timeline.html") return html("timeline", origin);
  if (name === "assessment.html") return html("assessment", origin);
  if (name === "report.html") return html("report", origin);
  if (name === "layers.html") return html("lesson", origin).replaceAll('src="lesson.js"', 'src="layers.js"');
  if (name === "control.html") return "<!DOCTYPE html><title>Control</title><body></body>";
  if (name === "favicon.ico" || name === "empty.html") return "";
  if (name === "page.js") return readFile(join(root, "test/webview/page.js"));
  if (name.startsWith("codicon.")) return readFile(join(root, "node_modules/@vscode/codicons/dist", name));
  return readFile(join(folder, name));
}

/** The extension's own page, and before its policy, as VS Code puts it there, the script that stands in for VS Code. */
function html(name: PanelName, origin: string): string {
  const page = panelHtml({ name, title: "Panel", nonce, source: origin, asset: (file) => file });
  return page.replace("<head>", '<head>\n<script src="page.js"></script>');
}

/** What page.js adds to the window. */
interface BrowserSide {
  readonly harness: {
    readonly posted: { type: string }[];
    readonly kept: KeptDrawing[];
    readonly violations: string[];
    readonly problems: string[];
    readonly followed: string[];
    send(message: PageMessage): void;
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
  const tab: Tab = { page, errors: [], address: "", leaving: true };
  // Nothing leaves this machine, also where a page has no policy.
  await context.route(
    (url) => url.origin !== origin,
    (route) => route.abort(),
  );
  watch(tab, origin);
  await page.goto(`${origin}/empty.html`);
  tab.leaving = false;
  return tab;
}

interface Tab {
  readonly page: Page;
  readonly errors: string[];
  /** Of the page that the test wants to see. */
  address: string;
  /** The test itself is loading another page. */
  leaving: boolean;
}

/** Notes whatever a page does beyond drawing itself. */
function watch(tab: Tab, origin: string): void {
  const { page } = tab;
  const note = (what: string): void => void tab.errors.push(what);
  page.on("pageerror", (error) => {
    note(`error: ${error.message}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!isOwnFile(request.url(), origin) && !isOwnWorker(request.url(), tab, origin))
      note(`request: ${request.url()}`);
  });
  page.on("popup", (other) => {
    note(`popup: ${other.url()}`);
    void other.close();
  });
  page.on("download", (download) => {
    note(`download: ${download.url()}`);
    void download.cancel();
  });
  page.on("worker", (worker) => {
    // The playground's editor has some, from blobs of its own.
    if (!isOwnWorker(worker.url(), tab, origin)) note(`worker: ${worker.url()}`);
  });
  page.on("frameattached", (frame) => {
    note(`frame: ${frame.url()}`);
  });
  page.on("framenavigated", (frame) => {
    // Where a test loads its own page anew, nothing has been left.
    if (!tab.leaving && frame.url() !== tab.address) note(`navigation: ${frame.url()}`);
  });
}

/** A page of the harness, or a file that the build made or that comes with VS Code's icons. */
function isOwnFile(address: string, origin: string): boolean {
  const { origin: from, pathname } = new URL(address);
  return (
    from === origin && (pathname === "/favicon.ico" || /^\/(?:monaco\/)?[\w.-]+\.(?:html|js|css|ttf)$/.test(pathname))
  );
}

function isOwnWorker(address: string, tab: Tab, origin: string): boolean {
  return tab.address.endsWith("/playground.html") && address.startsWith(`blob:${origin}/`);
}

async function load(tab: Tab, address: string): Promise<void> {
  const { page, errors } = tab;
  errors.length = 0;
  Object.assign(tab, { address, leaving: true });
  await page.goto(address);
  tab.leaving = false;
}

async function openBare(tab: Tab, origin: string, name: "layers" | "control"): Promise<BarePage> {
  const { page, errors } = tab;
  await page.evaluate((fixture) => Object.assign(globalThis, { name: fixture }), JSON.stringify({ look: themes.dark }));
  await load(tab, `${origin}/${name}.html`);
  return {
    page,
    complaints: async () => {
      const violations = await page.evaluate(
        () => (globalThis as unknown as Partial<BrowserSide>).harness?.violations ?? [],
      );
      return [...errors, ...violations];
    },
  };
}

async function openPanel(tab: Tab, origin: string, state: PageState, options: PanelOptions): Promise<PanelPage> {
  const { page, errors } = tab;
  const { theme = "dark", width = 700, height = 900, drawings } = options;
  await page.setViewportSize({ width, height });
  const fixture = JSON.stringify({ shown: state, look: themes[theme], drawings });
  await page.evaluate((name) => {
    sessionStorage.clear();
    Object.assign(globalThis, { name });
  }, fixture);
  await load(tab, `${origin}/${nameOf(state)}.html`);
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
    kept: () => page.evaluate(() => (globalThis as unknown as BrowserSide).harness.kept),
    complaints: async () => {
      const { violations, problems } = await page.evaluate(() => (globalThis as unknown as BrowserSide).harness);
      return [...errors, ...violations, ...problems];
    },
    followed: () => page.evaluate(() => (globalThis as unknown as BrowserSide).harness.followed),
    settle: () => settle(page),
    press: async (key) => {
      await page.keyboard.press(key);
      await settle(page);
    },
    drawn: () => drawn(page),
  };
}

function nameOf(state: PageState): PanelName {
  if ("questions" in state) return "quiz";
  if ("start" in state || "sitting" in state || "after" in state) return "assessment";
  if ("document" in state) return "playground";
  if ("market" in state) return "report";
  return "editor" in state ? "timeline" : "lesson";
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

/** What was asked of the host so far, without the intents' numbers and the lesson that they are about. @param besides types of intents that are left out */
export async function asked(panel: PanelPage, besides: readonly string[] = []): Promise<readonly object[]> {
  return (await panel.posted())
    .filter(({ type }) => !besides.includes(type))
    .map((intent) => Object.fromEntries(Object.entries(intent).filter(([name]) => name !== "id" && name !== "shown")));
}

/** Waits until an expression holds in the page, whose policy forbids Playwright's own way to wait for one. */
export async function until(page: Page, expression: string): Promise<void> {
  const holds = `new Promise((done) => {
    const look = () => (${expression}) ? done(true) : Date.now() > ${String(Date.now() + 10_000)} ? done(false) : setTimeout(look, 20);
    look();
  })`;
  if (!(await page.evaluate<boolean>(holds))) throw new Error(`never came true: ${expression}`);
}
