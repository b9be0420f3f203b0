// A small extension that measures how long one turn holds the extension host's thread up (rig/hostProbe/extension.cjs).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { cache } from "../../../scripts/lib/paths.mjs";
import { packageExtension, packageFolder } from "../../../scripts/lib/vsix.mjs";
import type { VsCode } from "./vsCode.ts";

/** Ms of its own processor time that a turn of the extension host may take. */
const turnBudgetMs = 50;
/**
 * Turns that may take longer: now and then the engine cleans up, or another extension of VS Code has its own work to do.
 * What a hostile exercise could do to the host it would do in each of them.
 */
const longTurns = 4;

/** The VSIX files of Interleave and of the probe. */
export async function withHostProbe(): Promise<readonly string[]> {
  const probe = join(cache, "host-probe.vsix");
  await packageFolder(join(import.meta.dirname, "hostProbe"), probe);
  return [await packageExtension(), probe];
}

export function startProbe(code: VsCode): Promise<void> {
  return code.runCommand("Host Probe: Start");
}

/** Ends the measuring, and says and judges what it found. */
export async function assertNeverHeldUp(code: VsCode, t: TestContext): Promise<void> {
  await code.runCommand("Host Probe: Stop");
  const file = join(code.userDataDir, "User/globalStorage/interleave.host-probe/turns.json");
  const { turns, longest } = JSON.parse(await readFile(file, "utf8")) as { turns: number; longest: number[] };
  t.diagnostic(`the longest of ${String(turns)} turns of the extension host: ${longest.slice(0, 5).join(", ")} ms`);
  assert.ok((longest[longTurns] ?? Infinity) < turnBudgetMs, longest.join(", "));
}
