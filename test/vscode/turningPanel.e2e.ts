// The lesson panel turns to the lesson that one opens next and follows the exercise that has the focus; one that is pinned stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { greeted } from "./rig/greeting.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

test("one panel turns from lesson to lesson and finds the place again; a pinned one stays", async () => {
  await using code = await openVsCode();
  await greeted(code);
  await code.runCommand("Interleave: Focus on Lessons View");
  await row(code, "Fan-out with a timeout").click();
  await heading(code, "Fan-out with a timeout").waitFor();
  const lastHeading = code.webview().locator(".lesson-prose h2").last();
  await lastHeading.scrollIntoViewIfNeeded();

  await row(code, "A semaphore").click();
  await heading(code, "A semaphore").waitFor();
  await tab(code, "A semaphore").waitFor();
  assert.equal(await tab(code, "Fan-out with a timeout").count(), 0);
  await code.screenshot("panel-turned");

  // The exercise whose tab is chosen has its lesson beside it, where the reader left it.
  await code.page
    .getByRole("tab", { name: /^exercise/ })
    .filter({ hasText: "/fan-out-with-timeout" })
    .click();
  await heading(code, "Fan-out with a timeout").waitFor();
  await tab(code, "Fan-out with a timeout").waitFor();
  await inView(lastHeading);
  assert.equal(await tab(code, "A semaphore").count(), 0);

  await tab(code, "Fan-out with a timeout").click();
  await code.runCommand("View: Pin Editor");
  await row(code, "A semaphore").click();
  await tab(code, "A semaphore").waitFor();
  await code.turnTo((webview) => webview.getByRole("heading", { name: "A semaphore", level: 1 }));
  await tab(code, "Fan-out with a timeout").waitFor();
  await code.screenshot("panel-pinned");
  assert.deepEqual(code.problems, []);
});

function row({ page }: VsCode, title: string): Locator {
  return page.getByRole("treeitem", { name: new RegExp(`^${title}, `) });
}

function tab({ page }: VsCode, title: string): Locator {
  return page.getByRole("tab", { name: new RegExp(`^${title}`) });
}

function heading(code: VsCode, name: string): Locator {
  return code.webview().getByRole("heading", { name, level: 1 });
}

/** Resolves once it can be seen in its page. */
async function inView(element: Locator): Promise<void> {
  await element.evaluate(
    (node) =>
      new Promise<void>((resolve) => {
        new IntersectionObserver((entries) => {
          if (entries.some(({ isIntersecting }) => isIntersecting)) resolve();
        }).observe(node);
      }),
  );
}
