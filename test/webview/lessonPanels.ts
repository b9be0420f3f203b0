// What the tests of the lesson panel's page share: one browser for the file, and a panel that has nothing to complain of when a
// test is done with it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import type { Lesson } from "../../src/core/lesson/lessonFiles.ts";
import { makeState, type Situation } from "./fixtures.ts";
import { type Harness, type PanelOptions, type PanelPage, startHarness } from "./harness.ts";

export interface LessonPanels {
  readonly open: Harness["open"];
  readonly withPanel: <T>(
    situation: Situation,
    options: PanelOptions,
    use: (panel: PanelPage, page: Page) => Promise<T>,
  ) => Promise<T>;
}

/** Once a file, outside its tests. */
export function lessonPanels(lesson: Lesson): LessonPanels {
  let harness: Harness | undefined;
  before(async () => {
    harness = await startHarness();
  });
  after(() => harness?.close());
  const open: Harness["open"] = (state, options) => (harness ?? assert.fail("no test runs yet")).open(state, options);
  return {
    open,
    withPanel: async (situation, options, use) => {
      const panel = await open(makeState(lesson, situation), options);
      const result = await use(panel, panel.page);
      assert.deepEqual(await panel.complaints(), []);
      return result;
    },
  };
}
