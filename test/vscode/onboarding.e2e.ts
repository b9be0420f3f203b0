// A new person opens a sample team's repository in the real VS Code: is offered its onboarding, begins, sees what is done, due and
// overdue, and is taken to the team's own code, also where that is no longer what it was.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { findSymbols } from "../../src/core/compiler/symbols/findSymbols.ts";
import type { ProgressEvent } from "../../src/core/progress/progressEvents.ts";
import { formatEvent, formatHeader } from "../../src/core/progress/progressLines.ts";
import { openVsCode } from "./rig/vsCode.ts";

const pool = `import { open } from "./open.ts";

export class Queue {
  acquire() {
    return 1;
  }
}

export class Pool {
  async acquire(signal: AbortSignal) {
    signal.throwIfAborted();
    return open("db", { signal });
  }
}
`;
const retry = `package retry

func Retry(ctx context.Context, run func() error) error {
	return run()
}
`;

function hashOf(file: string, text: string, name: string): string {
  const found = findSymbols(file, text);
  const symbol = "symbols" in found ? found.symbols.find((each) => each.name === name) : undefined;
  assert.ok(symbol);
  return symbol.hash;
}

const onboarding = {
  version: 1,
  title: { en: "Welcome to the pool team", "zh-cn": "欢迎加入连接池团队" },
  steps: [
    { kind: "lesson", id: "semaphore", due: 0 },
    { kind: "lesson", id: "connection-pool", due: 3, note: { en: "Ours is like it.", "zh-cn": "我们的与它相像。" } },
    { kind: "stop", id: "retry", due: 5 },
  ],
  stops: [
    {
      id: "acquire",
      title: { en: "How we wait for a connection", "zh-cn": "我们怎样等一条连接" },
      text: { en: "Note that the **signal** goes on to `open`.", "zh-cn": "注意**信号**一直传给 `open`。" },
      file: "src/pool.ts",
      symbol: "Pool.acquire",
      hash: hashOf("pool.ts", pool, "Pool.acquire"),
      lesson: "connection-pool",
    },
    {
      id: "retry",
      title: { en: "Our retry", "zh-cn": "我们的重试" },
      text: { en: "It waits twice as long each time.", "zh-cn": "每次等待的时间加倍。" },
      file: "retry/retry.go",
      symbol: "func Retry",
      hash: hashOf("retry.go", retry.replace("return run()", "return twice(run)"), "Retry"),
    },
  ],
};

const files = {
  ".interleave/onboarding.json": JSON.stringify(onboarding, null, 2),
  "src/pool.ts": pool,
  "retry/retry.go": retry,
};

function passed(lesson: string): string {
  const at = Date.now() - 86_400_000;
  const events: readonly ProgressEvent[] = [
    { id: "w-1", at, lesson, type: "opened" },
    { id: "w-2", at, lesson, type: "graded", passed: true, diagnoses: [] },
  ];
  return formatHeader() + events.map(formatEvent).join("");
}

const row = (page: Page, name: RegExp) => page.getByRole("treeitem", { name });

test("a new person is taken through lessons and the team's own code", async () => {
  await using code = await openVsCode({ files, storage: { "progress/earlier.jsonl": passed("semaphore") } });
  const { page } = code;
  const offer = page.locator(".notification-list-item", {
    hasText: "This repository has an onboarding for new people",
  });
  await offer.getByText(/Welcome to the pool team/).waitFor();
  await code.screenshot("onboarding-offered");
  await offer.getByRole("button", { name: "Start" }).click();

  await row(page, /^Welcome to the pool team/)
    .getByText("1/3")
    .waitFor();
  await row(page, /, passed$/)
    .first()
    .waitFor();
  await row(page, /^Our retry, due /).waitFor();
  await row(page, /^Our retry/)
    .getByText("changed since this was written")
    .waitFor();
  const stop = row(page, /^How we wait for a connection, Pool\.acquire$/);
  await stop.click();
  await page.getByText("Ln 10, Col 9").waitFor();
  const comment = page.locator(".review-widget .comment-body");
  await comment.getByText("Note that the signal goes on to open.").waitFor();
  await code.screenshot("onboarding-stop");

  // The one whose code is another since the text was written.
  await code.runCommand("Interleave: Next Code Stop");
  await comment.getByText("Retry has changed since this was written (retry/retry.go:3)").waitFor();
  await comment.getByText("It waits twice as long each time.").waitFor();
  await page.getByText("Ln 3, Col 6").waitFor();
  await row(page, /^Our retry, seen/).waitFor();
  await row(page, /^Welcome to the pool team/)
    .getByText("2/3")
    .waitFor();
  await code.screenshot("onboarding-changed");

  // A pull changes the code of the other.
  const file = join(code.workspaceDir, "src/pool.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace("signal.throwIfAborted();", ""));
  await row(page, /^How we wait for a connection, Pool\.acquire, changed since this was written$/).waitFor();

  await code.reload();
  await code.runCommand("Interleave: Focus on Lessons View");
  await row(page, /^Welcome to the pool team/)
    .getByText("2/3")
    .waitFor();
  await row(page, /^Our retry, seen/).waitFor();
  assert.equal(await offer.count(), 0);
  await code.screenshot("onboarding-reloaded");
  assert.deepEqual(code.problems, []);
});
