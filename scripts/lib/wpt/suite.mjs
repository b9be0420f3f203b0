// Finds the test files in a folder of the Web Platform Tests and makes pages of them. Runs on Node 24.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The folders whose subject is in this product's world; below them, what has a name here is another subject. */
const folders = [
  "dom/abort",
  "dom/events",
  "encoding",
  "fetch/api/headers",
  "fetch/api/response",
  "html/webappapis/microtask-queuing",
  "html/webappapis/structured-clone",
  "html/webappapis/timers",
  "url",
  "webidl/ecmascript-binding/es-exceptions",
];
const otherSubjects =
  /\/(resources|support|tools|crashtests|multi-globals|legacy-mb-[^/]*|streams|scrolling|non-cancelable-when-passive)\//;

const testFile = /\.(any|window|worker)\.js$|\.x?html$/;

/** Files that look at how the classes are made, down to which properties could be changed: before the realm is closed. */
const aboutShape = /\/(idlharness|DOMException-(constructor-and-prototype|custom-bindings))\./;

/** What a page uses when it needs more than scripts: a document, its window, events of the user's. */
const needsDocument = /\b(document|window|iframe|MouseEvent|offsetX|host\.attachShadow|getElementById)\b/;

/**
 * @typedef {import("./realm.mjs").Page} Page
 * @typedef {object} TestFile
 * @property {string} name path from the suite's root, with its variant
 * @property {Page | undefined} page
 * @property {string | undefined} notApplicable why it cannot run here
 */

/**
 * The tests below a folder of the suite, in the order of their names.
 * @param {string} suite
 * @param {string} filter a part of the path; "" for all
 * @returns {TestFile[]}
 */
export function findTests(suite, filter) {
  return folders
    .filter((folder) => existsSync(path.join(suite, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(suite, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        `${folder}/${file}`.replaceAll(path.sep, "/"),
      ),
    )
    .filter((file) => testFile.test(file) && !otherSubjects.test(file) && file.includes(filter))
    .sort()
    .flatMap((file) => toTests(suite, file));
}

/**
 * @param {string} suite
 * @param {string} file
 * @returns {TestFile[]}
 */
function toTests(suite, file) {
  const text = readFileSync(path.join(suite, file), "utf8");
  if (/\.sub\./.test(file)) return [without(file, "needs the suite's own server, which fills in parts of the file")];
  if (file.endsWith(".worker.js")) return [without(file, "needs a worker")];
  const isScript = file.endsWith(".js");
  const parts = isScript ? scriptParts(file, text) : pageParts(suite, file, text);
  if (!parts.scripts.some(({ fileName }) => fileName === "/resources/testharness.js")) {
    return [without(file, "checks only that a browser does not crash")];
  }
  const own = parts.scripts.filter(({ fileName }) => !fileName.startsWith("/resources/testharness"));
  const everywhere = file.endsWith(".any.js") && !/^\/\/ META: global=window\s*$/m.test(text);
  if (!everywhere && (own.length === 0 || own.some(({ code }) => needsDocument.test(code ?? "")))) {
    return [without(file, "needs a document")];
  }
  const variants = parts.variants.length === 0 ? [""] : parts.variants;
  return variants.map((variant) => ({
    name: file + variant,
    notApplicable: undefined,
    page: {
      url: `http://web-platform.test/${file}${variant}`,
      title: parts.title ?? path.posix.basename(file).replace(/\..*/, ""),
      scripts: parts.scripts.map(({ fileName, code }) => ({ fileName, code: code ?? read(suite, fileName) ?? "" })),
      open: aboutShape.test(file),
      read: (/** @type {string} */ wanted) => read(suite, wanted),
    },
  }));
}

/**
 * @param {string} name
 * @param {string} reason
 * @returns {TestFile}
 */
function without(name, reason) {
  return { name, page: undefined, notApplicable: reason };
}

/**
 * @typedef {object} Parts
 * @property {string | undefined} title
 * @property {readonly string[]} variants
 * @property {readonly { fileName: string, code?: string }[]} scripts without code: a file of the suite
 */

/**
 * A test that is a script, with comments that say what comes before it.
 * @param {string} file
 * @param {string} text
 * @returns {Parts}
 */
function scriptParts(file, text) {
  const meta = [...text.matchAll(/^\/\/ META: (\w+)=(.*)$/gm)].map(([, key, value = ""]) => ({ key, value }));
  const all = (/** @type {string} */ key) => meta.filter((entry) => entry.key === key).map(({ value }) => value.trim());
  return {
    title: all("title")[0],
    variants: all("variant"),
    scripts: [
      { fileName: "/resources/testharness.js" },
      ...all("script").map((script) => ({ fileName: resolve(file, script) })),
      { fileName: `/${file}`, code: text },
    ],
  };
}

/**
 * @param {string} suite
 * @param {string} file
 * @param {string} text
 * @returns {Parts}
 */
function pageParts(suite, file, text) {
  const scripts = [...text.matchAll(/<script([^>]*)>(?:<!\[CDATA\[)?([\s\S]*?)<\/script>/gi)].map(
    ([, attributes = "", code]) => {
      const source = /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1];
      if (source === undefined) return { fileName: `/${file}`, code: code ?? "" };
      const fileName = resolve(file, source);
      return { fileName, code: read(suite, fileName) ?? "" };
    },
  );
  // The reporter of pages, which draws the results.
  return {
    title: /<title>([^<]*)/i.exec(text)?.[1]?.trim(),
    variants: [],
    scripts: scripts.filter(({ fileName }) => fileName !== "/resources/testharnessreport.js"),
  };
}

/**
 * @param {string} file
 * @param {string} reference
 */
function resolve(file, reference) {
  return new URL(reference, `http://web-platform.test/${file}`).pathname;
}

/**
 * @param {string} suite
 * @param {string} wanted path from the suite's root, which it must not leave
 */
function read(suite, wanted) {
  // The suite's server has this one under another name.
  const name = wanted === "/resources/WebIDLParser.js" ? "/resources/webidl2/lib/webidl2.js" : wanted;
  const full = path.join(suite, path.posix.normalize(`/${name}`));
  return existsSync(full) && statSync(full).isFile() ? readFileSync(full, "utf8") : undefined;
}
