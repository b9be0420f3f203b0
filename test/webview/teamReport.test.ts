// The page of `interleave report` alone in a real browser, from a file, with the network off: it is read, light and dark, in
// both languages, on paper; nothing is asked for, nothing runs, and axe finds nothing.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/lib/chromium.mjs";
import { root, testResults } from "../../scripts/lib/paths.mjs";
import { mergePeople } from "../../src/core/teamReport/people.ts";
import { teamHtml } from "../../src/core/teamReport/teamHtml.ts";
import { teamReport } from "../../src/core/teamReport/teamReport.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { learner, team, tracks } from "../unit/core/teamReport/teams.ts";

const lessons = ["sleep", "retry", "pool", "own-lesson"];
const hostile = [
  "<img src=x onerror=alert(1)>",
  "</style><script>alert(1)</script>",
  '" onload="alert(1)',
  "",
  "陈思远",
];

let browser: Browser;
let folder: string;
let axe: string;

before(async () => {
  [browser, folder, axe] = await Promise.all([
    ensureChromium().then((executablePath) =>
      chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] }),
    ),
    mkdtemp(join(tmpdir(), "interleave-report-")),
    readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8"),
  ]);
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the page asked for beside itself, ran, or complained about. */
  readonly noted: readonly string[];
}

async function open(
  people: number,
  locale: Locale,
  look: { readonly colorScheme: "light" | "dark"; readonly width?: number },
  use: (opened: Opened) => Promise<void>,
): Promise<void> {
  const exports = [
    ...team(people, lessons),
    ...hostile.map((name, index) => ({ file: name, exported: learner(name, lessons, 1_000 + index) })),
  ];
  const file = join(folder, `${String(people)}-${locale}.html`);
  await writeFile(file, teamHtml(teamReport(mergePeople(exports).people, tracks), locale));
  const context = await browser.newContext({
    offline: true,
    colorScheme: look.colorScheme,
    viewport: { width: look.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  const noted: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address) noted.push(`request: ${request.url()}`);
  });
  page.on("console", (message) => noted.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noted.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    noted.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  await use({ page, noted });
  assert.deepEqual(noted, []);
  await context.close();
}

/** The page's own policy lets no script in, which an evaluation of the test's is not bound by. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(
    "axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))",
  );
}

for (const locale of ["en", "zh-cn"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`a team of twelve: ${locale}, ${colorScheme}`, async () => {
      await open(7, locale, { colorScheme }, async ({ page }) => {
        const heading = locale === "en" ? "Where the team stands" : "团队学到哪里了";
        await page.getByRole("heading", { level: 1, name: heading }).waitFor();
        assert.equal(await page.getByRole("rowheader", { name: hostile[0] ?? "", exact: true }).count(), 1);
        assert.equal(await page.locator("script, img, iframe, link").count(), 0);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
        const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        assert.equal(ground, colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(21, 25, 31)");
        await page.screenshot({
          path: join(testResults, "webview", `report-${locale}-${colorScheme}.png`),
          fullPage: true,
        });
        assert.deepEqual(await violations(page), []);
      });
    });
  }
}

test("two hundred people: heads stay in sight, and a keyboard reaches all of the table", async () => {
  await open(200, "en", { colorScheme: "light" }, async ({ page }) => {
    const table = page.getByRole("region", { name: "Who is where" });
    await table.focus();
    await page.keyboard.press("End");
    await page.getByRole("rowheader", { name: "陈思远" }).waitFor();
    await page.waitForFunction("document.querySelector('.scroll').scrollTop > 1000");
    const [head, box] = await Promise.all([table.locator("thead").boundingBox(), table.boundingBox()]);
    assert.ok(head !== null && box !== null);
    assert.ok(Math.abs(head.y - box.y) <= 2, `${String(head.y)} ${String(box.y)}`);
    assert.deepEqual(await violations(page), []);
  });
});

test("a narrow window scrolls tables, never the page", async () => {
  await open(7, "en", { colorScheme: "light", width: 360 }, async ({ page }) => {
    assert.equal(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
    assert.deepEqual(await violations(page), []);
  });
});

test("it prints: light on paper, whole, with all that a box hides on the screen", async () => {
  await open(60, "en", { colorScheme: "dark" }, async ({ page }) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.evaluate("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
    assert.equal(
      await page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter((box) => box.scrollHeight > box.clientHeight + 2).length",
      ),
      0,
    );
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 3 && pages <= 12, String(pages));
  });
});

test("such a page would be caught if it asked for something", async () => {
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent('<img src="http://example.invalid/x.png">');
  assert.deepEqual(requests, ["http://example.invalid/x.png"]);
  await page.close();
});
