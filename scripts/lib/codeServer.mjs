// A real VS Code for `npm start` and for the end-to-end tests: code-server, which carries VS Code whole, from the npm
// registry. It is no dependency of the project: it is fetched on first use into .cache, as @vscode/test-electron
// does with VS Code itself. Nothing of it is built: without the native modules (terminal, search) it only logs warnings.
//
// Display language. VS Code's server takes it, per page, from `--locale`, argv.json, the cookie `vscode.nls.locale` or the
// browser's Accept-Language header, in this order; and it has only the languages of the installed language packs.
// So: install and register a language pack (languagePack.mjs makes a small one) and open the page in a browser whose language is
// zh-CN. The workbench then says zh-cn to the extension host, `vscode.env.language` is "zh-cn", and the extension's own
// package.nls.zh-cn.json and l10n bundle are used. One server serves pages in several languages.
import { createHash } from "node:crypto";
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { registerLanguagePack } from "./languagePack.mjs";
import { requireNode24 } from "./node24.mjs";
import { cache } from "./paths.mjs";
import { npm, run, startService } from "./processes.mjs";

const VERSION = "4.139.1";
const START_TIMEOUT_MS = 60_000;

/**
 * Installs code-server if this checkout has none yet.
 * @returns {Promise<string>} its entry script
 */
async function ensureCodeServer() {
  const folder = join(cache, `code-server-${VERSION}`);
  const entry = join(folder, "node_modules", "code-server", "out", "node", "entry.js");
  if (existsSync(entry)) return entry;

  console.error(`Fetching code-server ${VERSION}, a VS Code that runs in the browser (once, about 600 MB on disk) …`);
  mkdirSync(cache, { recursive: true });
  // Made beside its place and moved there when complete, so that an interrupted download leaves nothing half done.
  const draft = mkdtempSync(join(cache, "code-server-draft-"));
  try {
    writeFileSync(join(draft, "package.json"), '{ "private": true }\n');
    const flags = ["--ignore-scripts", "--legacy-peer-deps", "--omit=dev", "--no-audit", "--no-fund"];
    await npm(["install", `code-server@${VERSION}`, "--no-package-lock", ...flags], draft);
    const vscode = join(draft, "node_modules", "code-server", "lib", "vscode");
    await npm(["install", ...flags], vscode);
    // TypeScript, for the language service of the editor.
    await npm(["install", ...flags], join(vscode, "extensions"));
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return entry;
}

/**
 * @typedef {object} CodeServer
 * @property {string} address where its pages are, e.g. "http://127.0.0.1:41234/"
 * @property {string} userDataDir
 * @property {() => string} log what it has printed
 * @property {() => Promise<void>} stop ends it and all its children
 */

/**
 * Starts VS Code on 127.0.0.1 and a free port, with its data, its extensions and its home in one folder.
 * @param {object} options
 * @param {string} options.folder where everything it writes goes; kept, so a second start finds the first one's data
 * @param {readonly string[]} options.extensions VSIX files to install first
 * @param {Record<string, unknown>} [options.settings] the user's settings.json, where the folder has none yet
 * @param {number} [options.port] default: any free one
 * @param {boolean} [options.asksForTrust] begins in Restricted Mode, until the user trusts the folder; default: every folder is trusted
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer({ folder, extensions, settings = {}, port = 0, asksForTrust = false }) {
  const entry = await ensureCodeServer();
  const node = requireNode24();
  const userDataDir = join(folder, "data");
  const home = join(folder, "home");
  mkdirSync(join(userDataDir, "User"), { recursive: true });
  mkdirSync(home, { recursive: true });
  const settingsFile = join(userDataDir, "User", "settings.json");
  if (!existsSync(settingsFile)) writeJson(settingsFile, { ...QUIET, ...settings });
  // Without this file the server takes English for the user's choice, and never asks the browser.
  writeJson(join(userDataDir, "User", "argv.json"), {});
  // Socket paths are limited to about 100 bytes, which a checkout's own path may use up.
  const sockets = mkdtempSync(join(tmpdir(), "interleave-"));

  const shared = [
    entry,
    ...["--config", join(folder, "config.yaml")],
    ...["--user-data-dir", userDataDir],
    ...["--extensions-dir", join(folder, "extensions")],
    ...["--session-socket", join(sockets, "session.sock")],
  ];
  const env = environment(home, sockets);
  try {
    const installed = join(folder, "extensions");
    const install = (/** @type {readonly string[]} */ place) => {
      const installs = extensions.flatMap((vsix) => ["--install-extension", vsix]);
      return run(node, [...shared, ...place, ...installs, "--force"], { cwd: folder, env, quiet: true });
    };
    if (existsSync(installed)) await install([]);
    else await copyInstalled(extensions, installed, (into) => install(["--extensions-dir", into]));
    registerLanguagePack(installed, userDataDir);
    const service = startService(
      node,
      [
        ...shared,
        ...["--bind-addr", `127.0.0.1:${port}`, "--auth", "none"],
        ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override", "--disable-proxy"],
        ...(asksForTrust ? [] : ["--disable-workspace-trust"]),
        "--ignore-last-opened",
      ],
      { cwd: folder, env },
    );
    const stop = async () => {
      await service.stop();
      rmSync(sockets, { recursive: true, force: true });
    };
    try {
      const [, address] = await service.waitFor(
        /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+\/)/,
        START_TIMEOUT_MS,
      );
      if (address === undefined) throw new Error("code-server did not say where it listens.");
      return { address, userDataDir, log: service.output, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    rmSync(sockets, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Fills a new folder of extensions. To install takes VS Code several seconds, and a copy of what it made is as good: so each
 * set of VSIX files is installed once, into .cache.
 * @param {readonly string[]} extensions VSIX files
 * @param {string} into
 * @param {(folder: string) => Promise<unknown>} install
 */
async function copyInstalled(extensions, into, install) {
  const states = extensions.map((vsix) => `${vsix} ${statSync(vsix).size} ${statSync(vsix).mtimeMs}`);
  const key = createHash("sha256")
    .update([VERSION, ...states].join("\n"))
    .digest("hex")
    .slice(0, 16);
  const kept = join(cache, "installed-extensions", key);
  if (!existsSync(kept)) {
    mkdirSync(dirname(kept), { recursive: true });
    const draft = mkdtempSync(`${kept}-`);
    if (extensions.length > 0) await install(draft);
    replaceInList(draft, draft, kept);
    renameSync(draft, kept);
  }
  cpSync(kept, into, { recursive: true, mode: constants.COPYFILE_FICLONE });
  replaceInList(into, kept, into);
}

/**
 * VS Code's list of the extensions in a folder names their places.
 * @param {string} folder
 * @param {string} from
 * @param {string} to
 */
function replaceInList(folder, from, to) {
  const list = join(folder, "extensions.json");
  if (existsSync(list)) writeFileSync(list, readFileSync(list, "utf8").replaceAll(from, to));
}

/** Keeps everything away that is not the product: tips, sign-in, chat, experiments and update checks. */
const QUIET = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * An environment in which code-server neither reads nor writes the developer's own settings.
 * @param {string} home
 * @param {string} sockets
 */
function environment(home, sockets) {
  const kept = ["PATH", "LANG", "TZ", "SYSTEMROOT", "COMSPEC", "PATHEXT"];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.includes(name.toUpperCase())));
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_DATA_HOME: join(home, ".local", "share"),
    XDG_CACHE_HOME: join(home, ".cache"),
    XDG_RUNTIME_DIR: sockets,
    TMPDIR: sockets,
    TEMP: sockets,
    TMP: sockets,
  };
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
