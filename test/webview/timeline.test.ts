// The timeline's page in a real browser, under the extension's own policy.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { root } from "../../scripts/lib/paths.mjs";
import { parseTimelineIntent } from "../../src/core/timelinePanel/timelineIntent.ts";
import type { ShownRun } from "../../src/protocol/shownRun.ts";
import { type Harness, type PanelOptions, type PanelPage, startHarness, until } from "./harness.ts";
import { themeKinds } from "./themes.ts";
import { failingRun, longTrace, stateOf } from "./timelineFixtures.ts";

let harness: Harness;
let run: ShownRun;
let axe: string;

before(async () => {
  [harness, run, axe] = await Promise.all([
    startHarness(),
    failingRun(),
    readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8"),
  ]);
});
after(async () => {
  await harness.close();
});

async function withRun(
  use: (panel: PanelPage, page: Page) => Promise<void>,
  { state = stateOf(run), ...options }: PanelOptions & { readonly state?: ReturnType<typeof stateOf> } = {},
): Promise<void> {
  const panel = await harness.open(state, { width: 1100, height: 420, ...options });
  await use(panel, panel.page);
  assert.deepEqual(await panel.complaints(), []);
}

const chart = (page: Page): Locator => page.getByRole("application", { name: "Timeline of the run" });
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });
const details = (page: Page): Promise<string> => page.locator(".timeline-details").innerText();

async function lastPosted(panel: PanelPage): Promise<object | undefined> {
  const posted = await panel.posted();
  return posted.findLast(({ type }) => type !== "ready");
}

/** Every intent that the page has posted is one that the host takes. */
async function assertIntents(panel: PanelPage): Promise<void> {
  for (const message of await panel.posted())
    assert.ok(parseTimelineIntent(message), JSON.stringify(message).slice(0, 200));
}

test("before there is a run it says what to do, and offers it", async () => {
  await withRun(
    async (panel, page) => {
      await page.getByText("Save your exercise").waitFor();
      await button(page, "Choose a test…").click();
      await button(page, "Show the lesson").click();
      await panel.settle();
      assert.deepEqual(
        (await panel.posted()).map(({ type }) => type),
        ["ready", "chooseRun", "openLesson"],
      );
    },
    { state: stateOf(undefined) },
  );
});

test("the keyboard alone: steps both ways, to the ends, across lanes, to the source and back to the whole", async () => {
  await withRun(async (panel, page) => {
    assert.match(await details(page), /A timer is still armed/);
    await chart(page).focus();
    await panel.press("ArrowRight");
    assert.match(await details(page), /^0 ms fanOut is called/);
    await panel.press("ArrowRight");
    assert.match(await details(page), /timer setTimeout 100 ms starts/);
    await panel.press("ArrowDown");
    assert.match(await details(page), /timer setTimeout 1000 ms starts/);
    await panel.press("ArrowUp");
    await panel.press("ArrowLeft");
    assert.match(await details(page), /fanOut is called/);
    await panel.press("ArrowLeft");
    assert.match(await details(page), /fanOut is called/);
    await panel.press("End");
    assert.match(await details(page), /100 ms A timer is still armed/);
    await panel.press("Enter");
    assert.deepEqual(await lastPosted(panel), { id: 8, type: "revealSource", line: 7, focus: true });
    await panel.press("Escape");
    assert.match(await details(page), /Failing order/);
    const moves = (await panel.posted()).map((each) => ("seq" in each ? each.seq : each.type));
    assert.deepEqual(moves, ["ready", 0, 1, 2, 1, 0, run.trace.length - 1, "revealSource", "showWhole"]);
    await assertIntents(panel);
  });
});

test("a click on a bar chooses its event and shows its line; hovering tells of it", async () => {
  await withRun(async (panel, page) => {
    const box = await page.locator(".timeline-canvas").boundingBox();
    assert.ok(box);
    // The third lane, in the middle of the chart: the timer that is left.
    const place = { x: 600, y: 46 + 2.5 * 24 };
    await page.mouse.move(box.x + place.x, box.y + place.y);
    const tip = page.locator(".timeline-tooltip");
    await tip.getByText("timer setTimeout 1000 ms starts").waitFor();
    await tip.getByText("0 ms to 100 ms · leaked").waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await panel.settle();
    assert.deepEqual(await lastPosted(panel), { id: 3, type: "revealSource", line: 7, focus: false });
    assert.match(await details(page), /timer setTimeout 1000 ms starts/);
    await assertIntents(panel);
  });
});

test("filters leave the causes of an event, or what it caused", async () => {
  await withRun(async (panel, page) => {
    const filter = page.getByRole("combobox", { name: "Filter" });
    assert.ok(await filter.isDisabled(), "there is no event to ask about yet");
    await chart(page).focus();
    await panel.press("End");
    await filter.selectOption("causes");
    await panel.settle();
    assert.match(await details(page), /Causes of this event: A timer is still armed · 3 of 12 events\./);
    await button(page, "Show as a table (T)").click();
    assert.equal(await page.locator("tbody tr").count(), 3);
    await filter.selectOption("all");
    await panel.settle();
    assert.equal(await page.locator("tbody tr").count(), 12);
    await page.locator("tbody tr", { hasText: "100 ms fires" }).first().click();
    await filter.selectOption("effects");
    await panel.settle();
    assert.equal(await page.locator("tbody tr").count(), 4);
  });
});

test("the table is one: headings, the current row, the keys of the chart, the lines of the exercise", async () => {
  const state = stateOf(run, "en", { editor: { lines: [12], stale: false } });
  await withRun(
    async (panel, page) => {
      await chart(page).focus();
      await panel.press("t");
      const table = page.getByRole("region", { name: "Timeline of the run" });
      assert.deepEqual(await table.getByRole("columnheader").allInnerTexts(), [
        "Time",
        "Lane",
        "Event",
        "Because of",
        "Line",
      ]);
      await table.focus();
      await panel.press("ArrowDown");
      await panel.press("ArrowDown");
      const current = page.locator('tr[aria-current="true"]');
      assert.match(await current.innerText(), /timer setTimeout 100 ms starts/);
      assert.equal(await page.locator('tr[data-lit="true"]').count(), 6);
      await current.getByRole("button", { name: "Go to line 7" }).click();
      await panel.settle();
      assert.deepEqual(await lastPosted(panel), { id: 4, type: "revealSource", line: 7, focus: true });
      await panel.press("t");
      await assertIntents(panel);
    },
    { state },
  );
});

test("beside the natural order the first difference is said and shown", async () => {
  await withRun(async (panel, page) => {
    await button(page, "Compare with the natural order").click();
    await page
      .getByText(
        "They part at 10 ms: here “work fetch https://b.example/ completes”, in the natural order “work fetch https://a.example/ completes”.",
      )
      .waitFor();
    await page.getByRole("application", { name: "Natural order" }).waitFor();
    await button(page, "Show the first difference").click();
    await panel.settle();
    assert.match(await details(page), /10 ms work fetch https:\/\/b\.example\/ completes/);
  });
});

test("pictures: an SVG that the host takes, and a PNG of the same", async () => {
  await withRun(async (panel, page) => {
    await button(page, "Save as SVG…").click();
    await button(page, "Save as PNG…").click();
    await until(page, "harness.posted.some(({ type }) => type === 'savePng')");
    const posted = (await panel.posted()) as readonly {
      readonly type: string;
      readonly svg?: string;
      readonly png?: string;
    }[];
    const svg = posted.find(({ type }) => type === "saveSvg")?.svg ?? "";
    for (const text of [
      "timer setTimeout 1000 ms",
      "Fan-out with a timeout · Whichever answers first · i2-00",
      "leaked-cross",
    ]) {
      assert.ok(svg.includes(text), text);
    }
    const png = Buffer.from(posted.find(({ type }) => type === "savePng")?.png ?? "", "base64");
    assert.deepEqual([png.readUInt32BE(16), png.subarray(1, 4).toString()], [2400, "PNG"]);
    await assertIntents(panel);
  });
});

test("it plays event by event, stops at the end, and keeps how it is looked at over a reload", async () => {
  await withRun(
    async (panel, page) => {
      await chart(page).focus();
      await panel.press(" ");
      assert.match(
        await details(page),
        new RegExp(run.trace.at(-1)?.label === undefined ? "" : "A timer is still armed"),
      );
      await until(page, "document.querySelector('[aria-label=\"Play (Space)\"]') !== null");
      await page.getByRole("combobox", { name: "Scale" }).selectOption("order");
      await chart(page).focus();
      await panel.press("+");
      await until(page, "JSON.parse(sessionStorage.getItem('panel-memory'))?.zoom === 1.5");
      await panel.press("t");
      await page.reload();
      await page.locator("tbody tr").first().waitFor();
      assert.equal(await page.getByRole("combobox", { name: "Scale" }).inputValue(), "order");
    },
    { state: stateOf(run, "en", { moment: run.trace.at(-2)?.seq ?? 0 }) },
  );
});

test("an edited exercise is said; what the host moves, moves", async () => {
  await withRun(async (panel, page) => {
    await panel.send({ type: "editor", lines: [], stale: true });
    await page.getByText("The exercise has changed since this run").waitFor();
    await panel.send({ type: "moved", moment: 3 });
    await page.getByText("Event 4 of 12").waitFor();
    assert.deepEqual(
      (await panel.posted()).map(({ type }) => type),
      ["ready"],
      "and nothing goes back to the host",
    );
  });
});

test("a hundred thousand events: whatever is looked at, few shapes are drawn", async () => {
  await withRun(async (panel, page) => {
    const measured = await page.evaluate<{ first: number; zoom: number; pan: number; shapes: number[]; rows: number }>(
      `(${measure.toString()})((${longTrace.toString()})(100000))`,
    );
    const { first, zoom, pan, shapes } = measured;
    const said = [first, zoom, pan].map((ms) => ms.toFixed(1)).join(", ");
    console.error(`timeline of 100,000 events: first paint, a frame of zooming, of panning (median), in ms: ${said}`);
    assert.ok(shapes.length === 60 && shapes.every((count) => count > 20 && count < 1500), String(shapes));
    await chart(page).focus();
    await panel.press("End");
    assert.match(await details(page), /done/);
    await panel.press("t");
    assert.ok((await page.locator("tbody tr").count()) <= 400);
  });
});

/** In the page: shows the trace, then zooms and pans for thirty frames each. */
async function measure(events: readonly { readonly label: string; readonly type: string }[]): Promise<unknown> {
  interface Side {
    readonly harness: { readonly state: { readonly run: object } };
  }
  const { state } = (globalThis as unknown as Side).harness;
  const texts = events.map(({ label, type }) => `${label} ${type}`);
  const long = { ...state.run, events, texts, natural: undefined, key: "long" };
  const data = structuredClone({ type: "state", state: { ...state, run: long } });
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  const began = performance.now();
  window.dispatchEvent(new MessageEvent("message", { data, origin: window.origin }));
  await frame();
  const first = performance.now() - began;
  const scroller = document.querySelector(".timeline-scroller");
  const shapes: number[] = [];
  const median = async (act: (turn: number) => void): Promise<number> => {
    const times: number[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const last = performance.now();
      act(turn);
      await frame();
      await new Promise((done) => setTimeout(done));
      times.push(performance.now() - last);
      shapes.push(Number(document.querySelector<HTMLElement>(".timeline-canvas")?.dataset["shapes"]));
    }
    return times.sort((one, other) => one - other)[15] ?? NaN;
  };
  const wheel = { ctrlKey: true, clientX: 700, clientY: 200, cancelable: true, bubbles: true };
  const zoom = await median((turn) => {
    scroller?.dispatchEvent(new WheelEvent("wheel", { ...wheel, deltaY: turn < 20 ? -120 : 60 }));
  });
  const pan = await median(() => scroller?.scrollBy(60, 3000));
  return { first, zoom, pan, shapes };
}

test("axe finds nothing serious, in any theme, as chart, as table and empty, and nothing is wider than the page", async () => {
  for (const theme of themeKinds) {
    for (const look of ["chart", "table", "empty"] as const) {
      const state = look === "empty" ? stateOf(undefined, "zh-cn") : stateOf(run, "zh-cn", { moment: 4 });
      const panel = await harness.open(state, { theme, width: look === "table" ? 550 : 1100, height: 420 });
      const { page } = panel;
      if (look !== "empty") {
        await button(page, "图例").click();
        await button(page, "与自然顺序对比").click();
      }
      if (look === "table") await button(page, "用表格显示（T）").click();
      await panel.settle();
      await page.evaluate(axe);
      const found = await page.evaluate<string>(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])))",
      );
      assert.equal(found, "[]", `${theme} ${look}`);
      assert.ok(
        (await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")) <= 0,
        `${theme} ${look}`,
      );
    }
  }
});
