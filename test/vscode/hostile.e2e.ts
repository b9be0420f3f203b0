// Hostile exercises in the real VS Code: none passes, each is explained, the extension host is never held up, and when it
// is killed no sandbox goes on.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { readLessonFile } from "./lessonFixtures.ts";
import { editor, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { assertNeverHeldUp, startProbe, withHostProbe } from "./rig/hostProbe.ts";
import { openVsCode } from "./rig/vsCode.ts";

const lesson = "context-tree";
const run = promisify(execFile);
/** Put in front of a right solution. */
const programs: Readonly<Record<string, readonly [code: string, told: RegExp]>> = {
  "an endless loop": ["for (;;);", /endless loop at line 1/],
  "an endless loop of promises": ["void (async () => { for (;;) await null; })();", /endless loop/],
  "memory without end": ["const kept: unknown[] = []; for (;;) kept.push(new Array(1e5).fill(kept));", /./],
  "buffers without end": ["const kept: unknown[] = []; for (;;) kept.push(new Uint8Array(1 << 24).fill(1));", /./],
  "a console flooded": [
    'for (let n = 0; n < 1e6; n++) console.log("x".repeat(1000));\nthrow new Error("flooded");',
    /flooded/,
  ],
  "an enormous message": ['throw new Error("x".repeat(5e7));', /while it was being loaded/],
  "a hostile value thrown": [
    "throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });",
    /while it was being loaded/,
  ],
  "a built-in patched": [
    "Array.prototype.push = () => 0;",
    /tried to change a built-in \(Array\.prototype\.push\) at line 1/,
  ],
  "the process": ["process.exit(0);", /process/],
  "an import": ['import fs from "node:fs";', /import/],
};

test("hostile exercises neither pass nor hold the editor up", async (t) => {
  await using code = await openVsCode({
    settings: { ...plainEditor, "interleave.openOnStart": lesson },
    extensions: await withHostProbe(),
  });
  await editor(code).waitFor();
  const right = await readLessonFile(lesson, "solution.ts");
  await replaceText(code, right);
  await save(code);
  await verdict(code, /^Passed/).waitFor();

  await startProbe(code);
  for (const [what, [program, told]] of Object.entries(programs)) {
    await t.test(what, async () => {
      await replaceText(code, `${program}\n${right}`);
      await code.webview().locator(".status-line[data-stale=true]").waitFor();
      await save(code);
      await code.webview().locator(".status-line[data-standing=failed][data-stale=false]").waitFor();
      assert.match(await code.webview().locator(".status-line").innerText(), told);
    });
  }
  await assertNeverHeldUp(code, t);
  await code.screenshot("hostile-last");
  assert.deepEqual(code.problems, []);
});

test("a sandbox at work does not outlive the extension host", async () => {
  const large = "connection-pool";
  await using code = await openVsCode({ settings: { ...plainEditor, "interleave.openOnStart": large } });
  await editor(code).waitFor();
  await code.webview().locator(".status-line").waitFor();
  // Each run takes a tenth of a second or more, and there are many.
  await replaceText(code, `for (let n = 0; n < 2e8; n++);\n${await readLessonFile(large, "solution.ts")}`);
  await save(code);
  await code.webview().locator(".status-line[data-standing=running]").waitFor();
  // It would be at it for a minute; one that is stuck in a loop is a test of its own, in test/sandbox.
  const hosts = await processes("-f", "type=extensionHost");
  const sandboxes = (await Promise.all(hosts.map((host) => processes("-P", host, "-f", "sandbox.js")))).flat();
  assert.notDeepEqual(sandboxes, []);
  await run("kill", ["-9", ...hosts]);
  await Promise.all(
    sandboxes.map((pid) => run("tail", ["--pid", pid, "-s", "0.02", "-f", "/dev/null"], { timeout: 20_000 })),
  );
});

/** Numbers of the processes that `pgrep` finds, as text. */
async function processes(...args: readonly string[]): Promise<readonly string[]> {
  const found = await run("pgrep", args).catch(() => ({ stdout: "" }));
  return found.stdout.split("\n").filter((line) => line !== "");
}
