// The rig of the end-to-end tests: a real VS Code (code-server, see scripts/lib/codeServer.mjs) with the extension's VSIX
// installed, in a headless Chromium that Playwright drives. Every call of `openVsCode` has a server, data, extensions and a
// workspace of its own, so tests share nothing. Neither the server nor the browser reaches beyond this machine.
//
//   test("…", async () => {
//     await using code = await openVsCode({ locale: "zh-cn", theme: "dark" });
//     await code.runCommand("Interleave: …");
//     await code.webview().getByRole("heading", { name: "…" }).waitFor();
//     await code.screenshot("lesson-dark");
//   });
//
// A test waits for what it wants to see (locator.waitFor, page.waitForFunction), never for time to pass.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium, type Browser, type FrameLocator, type Locator, type Page } from "playwright-core";
import { ensureChromium } from "../../../scripts/lib/chromium.mjs";
import { startCodeServer, type CodeServer } from "../../../scripts/lib/codeServer.mjs";
import { packageLanguagePack } from "../../../scripts/lib/languagePack.mjs";
import { testResults } from "../../../scripts/lib/paths.mjs";
import { packageExtension } from "../../../scripts/lib/vsix.mjs";

/** VS Code's own themes, by kind. */
const THEMES = {
  light: "Light 2026",
  dark: "Dark 2026",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
} as const;

export type Theme = keyof typeof THEMES;
export type Locale = "en" | "zh-cn";

/** The workbench loads some ten megabytes of script, on a machine that may be busy. */
const WORKBENCH_TIMEOUT_MS = 90_000;
const WAIT_TIMEOUT_MS = 60_000;
const PALETTE_TIMEOUT_MS = 2_000;
/** Which webviews are views, and which are editors. */
const amongViews = '[src*="purpose=webviewView"]';
const amongEditors = `:not(${amongViews})`;

export interface VsCodeOptions {
  /** The language of the workbench, and so of the extension. Default English. */
  readonly locale?: Locale;
  /** Default light. */
  readonly theme?: Theme;
  /** As the browser's zoom: 2 shows everything twice as large. Default 1. */
  readonly zoom?: number;
  /** Size of the window in pixels at zoom 1. Default 1440 x 900. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: boolean;
  /** The user's settings, beside those that keep the window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files of the workspace before VS Code opens it: path in the workspace -> text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files of the user's data before VS Code starts: path in the folder of the extension's storage -> text. */
  readonly storage?: Readonly<Record<string, string>>;
  /** Begins in Restricted Mode, until the folder is trusted by hand. Default: every folder is trusted. */
  readonly restricted?: boolean;
  /** VSIX files to install instead of the project's own extension. */
  readonly extensions?: readonly string[];
}

export interface VsCode extends AsyncDisposable {
  readonly page: Page;
  /** The folder that is open in the window. */
  readonly workspaceDir: string;
  readonly userDataDir: string;
  /** What pages and webviews reported as errors: uncaught ones, and refusals of the content security policy. */
  readonly problems: readonly string[];
  /** Saves test-results/vscode/<name>.png. */
  screenshot(name: string): Promise<void>;
  /** Runs a command from the palette, by the title that it shows there, in the language of the window. */
  runCommand(title: string): Promise<void>;
  /** As `runCommand`, for a command that goes on to ask in the same box. */
  runAskingCommand(title: string): Promise<void>;
  /** The document inside the webview that is to be seen among the editors; where there are several, of the one turned to. */
  webview(): FrameLocator;
  /** From here on `webview` is the one that shows this. Where a webview opens depends on which editor has the focus just then. */
  turnTo(what: (webview: FrameLocator) => Locator): Promise<void>;
  /** The document of the timeline, in the panel area. */
  timeline(): FrameLocator;
  /** Loads the page anew, as the browser does: VS Code may not have written down yet what is open. Waits for the workbench. */
  reload(): Promise<void>;
  /** As a user does it: VS Code first writes down what is open, and what extensions have given it to keep. */
  reloadWindow(): Promise<void>;
  /** Ends the browser and the server with all their children, and deletes their files. */
  dispose(): Promise<void>;
}

/** Starts VS Code and waits until its window is ready for input. */
export async function openVsCode(options: VsCodeOptions = {}): Promise<VsCode> {
  await using started = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "interleave-vscode-"));
  started.defer(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  const workspaceDir = join(folder, "workspace");
  writeFiles(workspaceDir, options.files ?? {});
  writeFiles(join(folder, "data/User/globalStorage/interleave.interleave"), options.storage ?? {});

  const executablePath = await ensureChromium();
  const server = await startServer(folder, options);
  started.defer(() => server.stop());
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  started.defer(() => browser.close());
  const page = await openWindow(browser, options);
  const problems = collectProblems(page);
  const address = new URL(server.address);
  address.searchParams.set("folder", workspaceDir);
  await load(page, address.href, server);

  let turnedTo: string | undefined;
  const running = started.move();
  const dispose = () => running.disposeAsync();
  return {
    page,
    workspaceDir,
    userDataDir: server.userDataDir,
    problems,
    screenshot: async (name) => {
      await page.screenshot({ path: join(testResults, "vscode", `${name}.png`) });
    },
    runCommand: async (title) => {
      await runCommand(page, title);
      await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    },
    runAskingCommand: (title) => runCommand(page, title),
    webview: () => webview(page, turnedTo === undefined ? amongEditors : `[name="${turnedTo}"]`),
    turnTo: async (what) => {
      turnedTo = await findWebview(page, what);
    },
    timeline: () => webview(page, amongViews),
    reload: () => {
      turnedTo = undefined;
      return load(page, address.href, server);
    },
    reloadWindow: async () => {
      turnedTo = undefined;
      const reloaded = page.waitForEvent("load");
      await runCommand(page, "Developer: Reload Window");
      await reloaded;
      await page.locator(".monaco-workbench").waitFor();
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever would go to another machine finds no such host.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

async function startServer(
  folder: string,
  { extensions, settings, restricted = false, theme = "light" }: VsCodeOptions,
): Promise<CodeServer> {
  return startCodeServer({
    folder,
    asksForTrust: restricted,
    extensions: [...(extensions ?? [await packageExtension()]), await packageLanguagePack()],
    settings: {
      "workbench.colorTheme": THEMES[theme],
      "window.autoDetectColorScheme": false,
      "window.autoDetectHighContrast": false,
      // Tests of other things keep the room that the panel would take.
      "interleave.showTimeline": "never",
      // A dialog that covers the window at its start; the banner and the status bar say the same.
      ...(restricted ? { "security.workspace.trust.startupPrompt": "never" } : {}),
      ...settings,
    },
  });
}

async function openWindow(browser: Browser, options: VsCodeOptions): Promise<Page> {
  const { locale = "en", zoom = 1, size = { width: 1440, height: 900 }, reducedMotion = false } = options;
  const context = await browser.newContext({
    // The workbench takes the browser's language when a language pack has it.
    locale: locale === "zh-cn" ? "zh-CN" : "en-US",
    // A browser that is zoomed has fewer CSS pixels, each made of more of the screen's.
    viewport: { width: Math.round(size.width / zoom), height: Math.round(size.height / zoom) },
    deviceScaleFactor: zoom,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
  });
  context.setDefaultTimeout(WAIT_TIMEOUT_MS);
  return context.newPage();
}

async function load(page: Page, address: string, server: CodeServer): Promise<void> {
  try {
    await page.goto(address, { timeout: WORKBENCH_TIMEOUT_MS });
    // The button that says where the window runs is there once the window is connected to its extension host.
    await page.locator(".monaco-workbench #status\\.host").waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
  } catch (error) {
    throw new Error(`The workbench did not load. The server said:\n${server.log()}`, { cause: error });
  }
}

async function runCommand(page: Page, title: string): Promise<void> {
  const palette = page.locator(".quick-input-widget");
  const row = palette.locator(".monaco-list-row").filter({ has: page.getByText(title, { exact: true }) });
  const deadline = Date.now() + WAIT_TIMEOUT_MS;
  for (;;) {
    await page.keyboard.press("F1");
    try {
      await palette.locator("input[type=text]").fill(`>${title}`, { timeout: PALETTE_TIMEOUT_MS });
      await row.first().waitFor({ timeout: PALETTE_TIMEOUT_MS });
      await row.first().click({ timeout: PALETTE_TIMEOUT_MS });
      return;
    } catch (error) {
      // The palette shows the commands that were there when it opened: one that comes later is in the next one. And it closes
      // when an editor opens by itself and takes the focus.
      if (Date.now() > deadline) throw new Error(`The command palette does not have “${title}”.`, { cause: error });
      await page.keyboard.press("Escape");
      await palette.waitFor({ state: "hidden" });
    }
  }
}

/** Its iframe's name, which it keeps for as long as it is there. */
async function findWebview(page: Page, what: (webview: FrameLocator) => Locator): Promise<string> {
  const all = visibleWebviews(page, amongEditors);
  const look = async (index: number): Promise<string | null> => {
    const one = all.nth(index);
    await what(documentOf(one)).first().waitFor({ timeout: PALETTE_TIMEOUT_MS });
    return one.getAttribute("name");
  };
  const deadline = Date.now() + WAIT_TIMEOUT_MS;
  do {
    await all.first().waitFor();
    const places = [...Array(await all.count()).keys()];
    const found = await Promise.any(places.map(look)).catch(() => null);
    if (found !== null) return found;
  } while (Date.now() < deadline);
  throw new Error("No webview of the window shows what was looked for.");
}

function webview(page: Page, which: string): FrameLocator {
  return documentOf(visibleWebviews(page, which).first());
}

function visibleWebviews(page: Page, which: string): Locator {
  return page.locator(`iframe.webview.ready${which}:visible`);
}

/** VS Code puts a webview's document into a frame of a frame, and lays the outer one over the editor, or over a view's place. */
function documentOf(outer: Locator): FrameLocator {
  return outer.contentFrame().frameLocator("#active-frame");
}

function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && message.text().includes("Content Security Policy")) problems.push(message.text());
  });
  return problems;
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
