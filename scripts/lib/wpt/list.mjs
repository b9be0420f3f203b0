// The list of results: what is known of each test file, in a form that is the same however it was found. Runs on Node 24.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";

/**
 * @typedef {object} Reason why something does not pass, in one sentence
 * @property {string} files regular expression for the name of a test file, from its start
 * @property {string} [subtests] regular expression for the names of subtests; all of them without it
 * @property {string} reason
 *
 * @typedef {object} Expectations
 * @property {{ repository: string, commit: string }} suite what the list was made from
 * @property {readonly Reason[]} notApplicable files that are not run
 * @property {readonly Reason[]} failing subtests that do not pass; the first that fits counts
 *
 * @typedef {object} Entry
 * @property {string} [notApplicable] why the file is not run
 * @property {number} [pass] how many subtests pass
 * @property {Record<string, string>} [others] each subtest that does not: its status and why
 *
 * @typedef {object} List
 * @property {Expectations["suite"]} suite
 * @property {Record<string, Entry>} files
 */

/** The name under which an error outside of every subtest is listed. */
const outside = "(outside of every subtest)";

/**
 * @param {string} file
 * @returns {List | undefined}
 */
export function readList(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * @param {string} file
 * @param {List} list
 */
export async function writeList(file, { suite, files }) {
  const sorted = Object.fromEntries(Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(file, await format(JSON.stringify({ suite, files: sorted }), { parser: "json", printWidth: 120 }));
}

/**
 * Why a test file is not run, if so.
 * @param {Expectations} expectations
 * @param {string} name
 * @returns {string | undefined}
 */
export function whyNotRun(expectations, name) {
  return expectations.notApplicable.find(({ files }) => matches(files, name))?.reason;
}

/**
 * @param {Expectations} expectations
 * @param {string} name
 * @param {import("./realm.mjs").PageResult} result
 * @returns {{ entry: Entry, unexplained: string[] }} unexplained: subtests that do not pass, and nobody has said why
 */
export function toEntry(expectations, name, { error, subtests }) {
  const failed = subtests.filter(({ status }) => status !== "PASS");
  /** @type {[name: string, status: string, message: string | null][]} */
  const rows = failed.map((subtest) => [subtest.name, subtest.status, subtest.message]);
  if (error !== undefined) rows.unshift([outside, "ERROR", error]);
  const unexplained = [];
  /** @type {Record<string, string>} */
  const others = {};
  for (const [subtest, status, message] of rows) {
    const reason = expectations.failing.find(
      (entry) => matches(entry.files, name) && (entry.subtests === undefined || matches(entry.subtests, subtest)),
    );
    others[subtest] = `${status}: ${reason?.reason ?? "not explained yet"}`;
    if (reason === undefined) unexplained.push(`${subtest}: ${status} ${message ?? ""}`.trim());
  }
  const pass = subtests.length - failed.length;
  return { entry: rows.length === 0 ? { pass } : { pass, others }, unexplained };
}

/**
 * What passes by the list and does not any more.
 * @param {Entry | undefined} listed
 * @param {Entry} found
 * @returns {string[]}
 */
export function regressions(listed, found) {
  if (listed?.pass === undefined) return [];
  if (found.pass === undefined) return [`is not run any more: ${found.notApplicable ?? ""}`];
  const lost = Object.entries(found.others ?? {})
    .filter(([subtest]) => listed.others?.[subtest] === undefined)
    .map(([subtest, status]) => `${subtest}: ${status}`);
  if (lost.length === 0 && found.pass < listed.pass) {
    lost.push(`${found.pass} subtests pass, and ${listed.pass} by the list`);
  }
  return lost;
}

/**
 * Files that are run, subtests that pass and that do not, and files that cannot run, by folder.
 * @param {List["files"]} files
 * @returns {string} a table in Markdown
 */
export function table(files) {
  /** @type {Map<string, { run: number, pass: number, others: number, notApplicable: number }>} */
  const rows = new Map();
  const sum = { run: 0, pass: 0, others: 0, notApplicable: 0 };
  for (const [name, { pass, others = {}, notApplicable }] of Object.entries(files)) {
    const folder = name.split("/").slice(0, -1).join("/");
    const row = rows.get(folder) ?? { run: 0, pass: 0, others: 0, notApplicable: 0 };
    rows.set(folder, row);
    for (const count of [row, sum]) {
      count.run += pass === undefined ? 0 : 1;
      count.pass += pass ?? 0;
      count.others += Object.keys(others).length;
      count.notApplicable += notApplicable === undefined ? 0 : 1;
    }
  }
  const width = Math.max(...[...rows.keys()].map((folder) => folder.length), 6);
  const lines = [...rows, /** @type {const} */ (["all", sum])].map(
    ([folder, { run, pass, others, notApplicable }]) =>
      `| ${folder.padEnd(width)} | ${cell(run)} | ${cell(pass)} | ${cell(others)} | ${cell(notApplicable)} |`,
  );
  return [
    `| ${"Folder".padEnd(width)} | Files run | Subtests that pass | that do not | Files not run |`,
    `| ${"-".repeat(width)} | --: | --: | --: | --: |`,
    ...lines,
  ].join("\n");
}

/** @param {number} count */
function cell(count) {
  return String(count).padStart(5);
}

/**
 * @param {string} pattern
 * @param {string} text
 */
function matches(pattern, text) {
  return new RegExp(`^(?:${pattern})`, "u").test(text);
}
