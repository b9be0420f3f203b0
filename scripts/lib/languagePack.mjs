// Makes a small language pack for 简体中文. A user gets Microsoft's from the marketplace; that one cannot be fetched from
// the npm registry, and all that the tests need is a VS Code that runs in this language: the extension's own
// texts are in its package.nls.zh-cn.json and l10n bundle. What this pack does not translate stays English.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./paths.mjs";
import { packageFolder } from "./vsix.mjs";

const manifest = {
  name: "language-pack-zh-hans",
  displayName: "Interleave test language pack: 简体中文",
  description: "A few words of the workbench, so that VS Code can run in Simplified Chinese.",
  version: "1.0.0",
  publisher: "interleave",
  license: "MIT",
  engines: { vscode: "^1.101.0" },
  contributes: {
    localizations: [
      {
        languageId: "zh-cn",
        languageName: "Chinese Simplified",
        localizedLanguageName: "简体中文",
        translations: [{ id: "vscode", path: "./translations/main.i18n.json" }],
      },
    ],
  },
};

/** By module, then by key: the form of VS Code's own language packs. */
const words = {
  "": ["Interleave's test language pack."],
  version: "1.0.0",
  contents: {
    "vs/workbench/contrib/files/browser/explorerViewlet": { explore: "资源管理器" },
  },
};

/**
 * @returns {Promise<string>} the VSIX
 */
export async function packageLanguagePack() {
  const folder = join(cache, "language-pack");
  mkdirSync(join(folder, "translations"), { recursive: true });
  write(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  write(join(folder, "README.md"), `# ${manifest.displayName}\n`);
  write(join(folder, "translations", "main.i18n.json"), JSON.stringify(words, undefined, 2));
  const vsix = join(cache, "language-pack-zh-hans.vsix");
  await packageFolder(folder, vsix);
  return vsix;
}

/**
 * Leaves a file alone that says this already, so that the pack need not be made again.
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

/**
 * Tells VS Code's server of the pack, where it is installed. The window does that when it installs a pack for a user;
 * `--install-extension` on the command line does not.
 * @param {string} extensionsDir
 * @param {string} userDataDir
 */
export function registerLanguagePack(extensionsDir, userDataDir) {
  const id = `${manifest.publisher}.${manifest.name}`;
  const installed = join(extensionsDir, `${id}-${manifest.version}`);
  if (!existsSync(installed)) return;
  const [localization] = manifest.contributes.localizations;
  if (localization === undefined) return;
  const pack = {
    hash: manifest.version,
    label: localization.localizedLanguageName,
    extensions: [{ extensionIdentifier: { id }, version: manifest.version }],
    translations: Object.fromEntries(localization.translations.map((part) => [part.id, join(installed, part.path)])),
  };
  writeFileSync(join(userDataDir, "languagepacks.json"), JSON.stringify({ [localization.languageId]: pack }));
}
