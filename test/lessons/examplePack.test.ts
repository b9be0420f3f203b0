// The pack of the example extension is one that an author could hand out: `verify` finds nothing.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { promisify } from "node:util";
import { dist, root } from "../../scripts/lib/paths.mjs";

test("the example's pack passes the gate", async () => {
  const pack = join(root, "docs/examples/team-pack-extension/lessons");
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [join(dist, "cli.js"), "verify", pack, "--locale", "en"]);
  assert.match(stdout, /^1 lesson, nothing found\.$/m);
});
