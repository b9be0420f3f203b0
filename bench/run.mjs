// `npm run bench`: measures Interleave side by side with the tools it stands beside, and prints the ratios.
//   npm run bench                    a table; about two minutes
//   npm run -s bench -- --json       one JSON object on stdout, everything else on stderr
//   npm run -s bench -- --quick      a shortened version, for a smoke test: its figures say little
// Begins on Node 20 with nothing installed and goes on in Node 24.
import process from "node:process";
import { parseArgs } from "node:util";
import { ensureBuilt } from "../scripts/lib/ensureBuilt.mjs";
import { ensureInstalled } from "../scripts/lib/install.mjs";
import { continueOnNode24 } from "../scripts/lib/node24.mjs";

const { values: flags } = parseArgs({
  options: { json: { type: "boolean", default: false }, quick: { type: "boolean", default: false } },
});
await ensureInstalled();
await continueOnNode24(import.meta.filename, process.argv.slice(2));
ensureBuilt({ oldWillDo: flags.quick });
const { main } = await import("./main.ts");
await main(flags);
