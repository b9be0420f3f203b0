// Hostile diagrams in a real browser, under the policy that ships: through the whole path that a diagram takes, and at its
// last layer alone. Nothing runs, nothing is fetched, and the page around a drawing stays as it is, also while it is drawn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertHarmless, plantCanary } from "./canary.ts";
import { diagramPlaces, diagramTexts, drawings } from "./corpus/diagrams.ts";
import { numbered, payloads } from "./corpus/payloads.ts";
import { fanOut, loadLesson, makeState } from "./fixtures.ts";
import { type BarePage, type Harness, startHarness } from "./harness.ts";

let harness: Harness;

before(async () => {
  harness = await startHarness();
});
after(async () => {
  await harness.close();
});

/** A button of the page, looked at in every frame: nothing may hide it, cover it or change its looks. */
const plantWitness = `(() => {
  const witness = document.createElement("button");
  witness.textContent = "witness";
  witness.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 90px; height: 30px; z-index: 5";
  document.body.append(witness);
  const look = () => {
    const { display, visibility, backgroundColor, opacity, position } = getComputedStyle(witness);
    const body = getComputedStyle(document.body);
    return [display, visibility, backgroundColor, opacity, position, body.display, body.visibility, body.backgroundColor,
      document.elementFromPoint(40, 15) === witness].join(" ");
  };
  const first = look();
  globalThis.seen = [];
  globalThis.watchWitness = () => { if (look() !== first) seen.push(look()); };
  const each = () => { watchWitness(); requestAnimationFrame(each); };
  each();
  return first;
})()`;

async function openLayers(): Promise<BarePage> {
  const shown = await harness.openBare("layers");
  await plantCanary(shown.page);
  assert.match(await shown.page.evaluate<string>(plantWitness), /true$/, "the witness can be seen");
  return shown;
}

/** Gives each text to a layer; those whose numbers come back left something to see. */
async function pass(shown: BarePage, layer: string, texts: readonly string[]): Promise<readonly number[]> {
  return shown.page.evaluate(`(async () => {
    const drawn = [];
    for (const [number, text] of ${JSON.stringify(texts)}.entries()) {
      if (await layers.${layer}(text)) drawn.push(number);
      watchWitness();
    }
    return drawn;
  })()`);
}

async function assertUntouched(shown: BarePage, texts: readonly string[]): Promise<void> {
  await assertHarmless(shown, (number) => texts[Number(number)] ?? String(number));
  assert.deepEqual(await shown.page.evaluate("seen"), [], "the page around is as it was");
}

test("every text in every place of a diagram", async () => {
  const shown = await openLayers();
  const texts = diagramPlaces
    // Each text comes in every third place, and every place gets a third of them.
    .flatMap(({ write }, place) => diagramTexts.filter((_, index) => index % 3 === place % 3).map(write))
    .map((text, number) => numbered(text, number));
  assert.ok(texts.length > 450);
  const drawn = await pass(shown, "diagram", texts);
  assert.ok(drawn.length > 100, `${String(drawn.length)} diagrams are drawn, so that there is something to look at`);
  await assertUntouched(shown, texts);
});

test("drawings as no version of mermaid makes them, at the last layer", async () => {
  const shown = await openLayers();
  const texts = [
    ...drawings,
    ...payloads.map(({ template }) => `<foreignObject width="9" height="9">${template}</foreignObject>`),
  ]
    .map(
      (inner) =>
        `<svg id="drawing-1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">${inner}</svg>`,
    )
    .map((text, number) => numbered(text, number));
  const drawn = await pass(shown, "drawing", texts);
  assert.ok(drawn.length > 200, String(drawn.length));
  await assertUntouched(shown, texts);
});

test("markup that a library assigns is cleaned on its way, and a string becomes no script", async () => {
  const shown = await openLayers();
  const texts = payloads.map(({ template }, number) => numbered(template, number));
  await pass(shown, "label", texts);
  await assertUntouched(shown, texts);
  const refused = await shown.page.evaluate<string[]>(`[
    () => { document.createElement("script").text = "hit(0)"; },
    () => { document.createElement("script").src = "x.js"; },
    () => { document.body.setAttribute("onclick", "hit(0)"); },
    () => { trustedTypes.createPolicy("other", { createHTML: (markup) => markup }); },
    () => { trustedTypes.createPolicy("interleave", { createHTML: (markup) => markup }); },
  ].map((attempt) => { try { attempt(); return String(attempt); } catch { return "refused"; } })`);
  assert.deepEqual(
    refused.filter((each) => each !== "refused").map((each) => each.slice(0, 90)),
    [],
  );
});

const tooLarge: Readonly<Record<string, string>> = {
  "ten thousand nodes": `flowchart LR\n${Array.from({ length: 10_000 }, (_, index) => `n${String(index)}`).join("\n")}`,
  "a few thousand in few words": `flowchart LR\n${Array.from({ length: 1_500 }, (_, index) => `n${index.toString(36)}`).join(" & ")}`,
  "many edges": `flowchart LR\n${"a & b & c & d & e & f & g & h & i & j --> m & n & o & p & q & r & s & t & u & v\n".repeat(12)}`,
  "many messages": `sequenceDiagram\n${"A->>B: x\n".repeat(1_000)}`,
  "many states": `stateDiagram-v2\n${Array.from({ length: 700 }, (_, index) => `s${String(index)} --> t`).join("\n")}`,
  "many classes": `classDiagram\n${Array.from({ length: 700 }, (_, index) => `class C${String(index)}`).join("\n")}`,
  "a label of megabytes": `flowchart LR\nA["${"x ".repeat(1_500_000)}"]`,
};

test("a diagram that is too large shows its source and a sentence, and the page goes on", async () => {
  const state = makeState(await loadLesson(fanOut), "failed");
  const diagrams = Object.values(tooLarge).map((source, index) => ({
    ...{ file: `d${String(index)}.mmd`, title: "x", description: "x", source, bound: false },
  }));
  const html = diagrams.map(({ file }) => `<figure class="diagram" data-diagram="${file}"></figure>`).join("");
  const panel = await harness.open({ ...state, lesson: { ...state.lesson, html, diagrams } });
  await panel.drawn();
  assert.equal(await panel.page.locator(".diagram pre").count(), diagrams.length);
  const reports = (await panel.complaints()).filter((complaint) => /^d\d+\.mmd: /.test(complaint));
  assert.equal(reports.length, diagrams.length, "each is refused");
  const refusal = /^d\d+\.mmd: (?:a diagram may have |Edge limit exceeded)/;
  assert.deepEqual(
    reports.filter((report) => !refusal.test(report)),
    [],
    "and before it is laid out",
  );
  await panel.page.getByRole("button", { name: state.strings.resetExercise }).click();
  assert.ok((await panel.posted()).some(({ type }) => type === "resetExercise"));
});
