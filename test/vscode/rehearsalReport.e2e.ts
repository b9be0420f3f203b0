// Two rehearsals that are on the disk already, in the real VS Code: the report of one is used in every way, until the rehearsal is
// deleted; the other one is gone on with when the extension host is killed in the middle of a word.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { assessmentStrings } from "../../src/core/assessment/assessmentStrings.ts";
import type { RehearsalPlan } from "../../src/core/assessment/rehearsal.ts";
import { reportStrings } from "../../src/core/assessment/reportStrings.ts";
import { foldSession } from "../../src/core/assessment/session.ts";
import { formatSessionEvent, parseSessionEvents, type SessionEvent } from "../../src/core/assessment/sessionEvents.ts";
import { formatVerdicts, summaryOf } from "../../src/core/assessment/verdictSummary.ts";
import { createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { readGrading } from "../lessons/lessonsOnDisk.ts";
import { fits } from "../unit/core/jsonSchema.ts";
import { readLessonFile } from "./lessonFixtures.ts";
import { plainEditor } from "./rig/exercise.ts";
import { greeted } from "./rig/greeting.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
const { en } = reportStrings;
const strings = assessmentStrings.en;
const words = "The caller gets what arrived.";
const crashing = "I hold the line";

let code: VsCode;
let handedIn: string;

before(async () => {
  handedIn = await readLessonFile(lesson, "mistakes/timer-never-cleared.ts");
  code = await openVsCode({
    settings: plainEditor,
    size: { width: 1500, height: 1000 },
    storage: {
      "rehearsals/finished.jsonl": linesOf("finished", 3_600_000, [
        { type: "written", at: 0, item: "1", field: "code", text: handedIn },
        { type: "written", at: 0, item: "1", field: "explanation", text: words },
        { type: "finished", at: 0, why: "handed-in" },
      ]),
      "rehearsals/finished.verdicts.json": await verdictsOn(handedIn),
      "rehearsals/going-on.jsonl": linesOf("going-on", 60_000, [{ type: "paused", at: 0, why: "closed" }]),
    },
  });
  await greeted(code);
});
after(async () => {
  await code.dispose();
});

/** One coding task, begun so many ms ago. */
function linesOf(id: string, ago: number, events: readonly SessionEvent[]): string {
  const start = Date.now() - ago;
  const plan: RehearsalPlan = {
    ...{ version: 1, id, seed: 5, profile: "campus", minutes: 20 },
    items: [{ id: "1", kind: "coding", skill: "fan-out", level: "intermediate", seconds: 360, lesson }],
  };
  const all: readonly SessionEvent[] = [
    { type: "started", at: start, plan },
    ...events.map((event, index) => ({ ...event, at: start + 1_000 * (index + 1) })),
  ];
  return all.map(formatSessionEvent).join("");
}

/** What the real grader says, as the extension keeps it. */
async function verdictsOn(exercise: string): Promise<string> {
  const grader = createNodeGrader({ distDir: join(root, "dist") });
  try {
    const request = { ...readGrading(lesson), exercise, exerciseName: `${lesson}.ts` };
    const verdict = await grader.grade(request, new AbortController().signal);
    assert.equal(verdict.passed, false);
    return formatVerdicts({ "1": summaryOf(verdict) });
  } finally {
    grader.dispose();
  }
}

/** A picture of what was there, where it fails. */
async function pictured(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await code.screenshot(`${name}-failed`);
    throw error;
  }
}

function folder(): string {
  return join(code.userDataDir, "User/globalStorage/interleave.interleave/rehearsals");
}

async function openForm(): Promise<void> {
  await code.runCommand("Interleave: Rehearse an Interview");
  await code.webview().getByRole("heading", { level: 1, name: strings.title }).waitFor();
}

test("a report replays what broke the code, is exported as Markdown and JSON, and is deleted with its rehearsal", async () => {
  await pictured("rehearsal-report", async () => {
    await openForm();
    await code.webview().getByRole("button", { name: strings.openReport }).click();
    await code.webview().getByRole("heading", { name: en.skills }).waitFor();
    await replay();
    await exportAs(en.exportMarkdown, "md", (text) => {
      for (const each of [`## ${en.plan}`, words, "A timer is still armed", handedIn.trim()])
        assert.ok(text.includes(each), each);
    });
    const schema = JSON.parse(await readFile(join(root, "media/schemas/report.schema.json"), "utf8")) as Record<
      string,
      unknown
    >;
    await exportAs(en.exportJson, "json", (text) => {
      const data = JSON.parse(text) as { readonly items: readonly { readonly code?: string }[] };
      assert.ok(fits(data, schema));
      assert.equal(data.items[0]?.code, handedIn);
    });
    await remove();
    assert.deepEqual(code.problems, []);
  });
});

async function replay(): Promise<void> {
  const item = code.webview().locator(".item").first();
  await item.locator("summary").first().click();
  const leaks = item.locator(".criterion", { hasText: "No leaks" });
  await leaks.locator("summary").click();
  await code.screenshot("rehearsal-report-1-evidence");
  await leaks
    .getByRole("button", { name: /^Replay/ })
    .first()
    .click();
  await code.timeline().getByText("A timer is still armed").first().waitFor();
  // What is looked at is the code that was handed in, which nothing can change.
  await code.timeline().getByRole("button", { name: "Show as a table (T)" }).click();
  await code.timeline().getByRole("row").filter({ hasText: "timer setTimeout" }).first().click();
  await code.timeline().getByRole("button", { name: "Go to line" }).first().click();
  await code.page.locator(`.editor-instance .monaco-editor[data-uri$="/finished/1/${lesson}.ts"]`).first().waitFor();
  await code.screenshot("rehearsal-report-2-replayed");
  await code.page.locator(".tabs-container .tab", { hasText: en.panelTitle }).first().click();
}

async function exportAs(button: string, ending: string, check: (text: string) => void): Promise<void> {
  const { page, workspaceDir } = code;
  await code.webview().getByRole("button", { name: button, exact: true }).click();
  await page.locator(".quick-input-widget").getByText("Save the report").first().waitFor();
  await page.keyboard.press("Enter");
  const name = `interleave-finished.${ending}`;
  await page.getByText(`Saved as ${name}`).first().waitFor();
  check(await readFile(join(workspaceDir, name), "utf8"));
}

/** It asks first, and says that nothing brings it back; who thinks better of it keeps everything. */
async function remove(): Promise<void> {
  const { page } = code;
  const dialog = page.locator(".monaco-dialog-box");
  const ask = async (): Promise<void> => {
    await code.webview().getByRole("button", { name: en.remove }).click();
    await dialog.getByText("gone for good").waitFor();
  };
  await ask();
  await code.screenshot("rehearsal-report-3-asked");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.ok((await readdir(folder())).includes("finished.jsonl"));
  await ask();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await dialog.waitFor({ state: "hidden" });
  await openForm();
  await code.webview().getByRole("button", { name: strings.goOn }).waitFor();
  await code.webview().getByRole("button", { name: strings.openReport }).waitFor({ state: "detached" });
  assert.deepEqual(
    (await readdir(folder())).filter((name) => name.startsWith("finished")),
    [],
  );
  assert.equal((await readdir(code.workspaceDir)).length, 2, "exported files stay");
}

test("where the extension host is killed within a word, no more than the last key is lost", async () => {
  await pictured("rehearsal-crash", async () => {
    await openForm();
    await code.webview().getByRole("button", { name: strings.goOn }).click();
    const box = () => code.webview().getByRole("textbox", { name: strings.explain });
    await box().fill(crashing);
    await until(async () => (await explanationOnDisk()) === crashing);
    const { pid } = JSON.parse(await readFile(join(folder(), "going-on.lock"), "utf8")) as { readonly pid: number };
    await box().press("End");
    await code.page.keyboard.type("!");
    process.kill(pid, "SIGKILL");
    await code.reload();
    // VS Code writes down from time to time what a page was at: it may not have been told of the sitting yet.
    await code.turnTo((webview) => webview.getByRole("timer").or(webview.getByRole("button", { name: strings.goOn })));
    const timer = code.webview().getByRole("timer");
    const goOn = code.webview().getByRole("button", { name: strings.goOn });
    if (await goOn.isVisible()) await goOn.click();
    await timer.waitFor();
    const left = await box().inputValue();
    assert.ok([crashing, `${crashing}!`].includes(left), left);
    assert.equal(await explanationOnDisk(), left);
    // And it goes on: another process records it now.
    await box().press("End");
    await code.page.keyboard.type("?");
    await until(async () => (await explanationOnDisk()) === `${left}?`);
    const lock = JSON.parse(await readFile(join(folder(), "going-on.lock"), "utf8")) as { readonly pid: number };
    assert.notEqual(lock.pid, pid);
    await code.screenshot("rehearsal-report-4-crashed");
  });
});

async function explanationOnDisk(): Promise<string | undefined> {
  const text = await readFile(join(folder(), "going-on.jsonl"), "utf8");
  return foldSession(parseSessionEvents(text))?.record.items["1"]?.explanation;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const ends = performance.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < ends, "it did not become so");
    await code.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
