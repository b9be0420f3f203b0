// Finds a Chromium to drive, or installs one where that is possible. Used by the end-to-end tests.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { findOnPath, run } from "./processes.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge"];

/** Where Chrome lives when it is not on the PATH. */
const APPLICATIONS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * The path of a Chromium, installed first if this is a Debian on which we may. Sees to a Chinese font there too.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const installable = isDebian() && process.getuid?.() === 0;
  const found = findChromium();
  /** @type {string[]} */
  const missing = [];
  if (found === undefined) missing.push("chromium");
  if (installable && !(await hasChineseFont())) missing.push("fonts-wqy-zenhei");
  if (installable && missing.length > 0) {
    console.error(`Installing ${missing.join(" and ")} (apt-get) …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], { env, quiet: true });
    await run("apt-get", ["install", "--yes", "--no-install-recommends", "fontconfig", ...missing], {
      env,
      quiet: true,
    });
  }
  const chromium = found ?? findChromium();
  if (chromium === undefined) {
    throw new Error(
      "No Chromium was found: install Chromium or Chrome (Debian, Ubuntu: sudo apt-get install chromium), " +
        "or set CHROMIUM_PATH to the one you have.",
    );
  }
  return chromium;
}

/** @returns {string | undefined} */
function findChromium() {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist.`);
    return chosen;
  }
  return findOnPath(NAMES) ?? APPLICATIONS.find((file) => existsSync(file)) ?? findInPlaywrightCache();
}

/** Browsers that an earlier `playwright install` left on this machine. */
function findInPlaywrightCache() {
  const folders = [
    process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? "",
    join(homedir(), ".cache", "ms-playwright"),
    join(homedir(), "Library", "Caches", "ms-playwright"),
    join(homedir(), "AppData", "Local", "ms-playwright"),
  ];
  const inside = [
    ["chrome-linux", "chrome"],
    ["chrome-linux64", "chrome"],
    ["chrome-mac", "Chromium.app", "Contents", "MacOS", "Chromium"],
    ["chrome-win", "chrome.exe"],
  ];
  for (const folder of folders.filter((path) => path !== "" && existsSync(path))) {
    const versions = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name));
    for (const version of versions.sort().reverse()) {
      const file = inside.map((parts) => join(folder, version, ...parts)).find((path) => existsSync(path));
      if (file !== undefined) return file;
    }
  }
  return undefined;
}

function isDebian() {
  if (!existsSync("/etc/os-release")) return false;
  // Ubuntu's package "chromium" is a snap, which does not run everywhere: there the user chooses.
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function hasChineseFont() {
  if (findOnPath(["fc-list"]) === undefined) return false;
  return (await run("fc-list", [":lang=zh", "family"], { quiet: true })).trim() !== "";
}
