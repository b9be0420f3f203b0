// Mutation testing of the lessons' specs: each small change of a solution must fail, or be listed as one that changes nothing.
//   npm run lessons:mutants                   all lessons, a line each, and every mutant that survived
//   npm run lessons:mutants -- semaphore      these lessons
//   npm run lessons:mutants -- --all          every mutant with its fate
// Ends with 1 when fewer than 95 % are killed, or a listed equivalent is none any more. Begins on Node 20, goes on in Node 24.
import process from "node:process";
import { parseArgs } from "node:util";
import { ensureBuilt } from "../../../scripts/lib/ensureBuilt.mjs";
import { ensureInstalled } from "../../../scripts/lib/install.mjs";
import { continueOnNode24 } from "../../../scripts/lib/node24.mjs";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: "boolean", default: false } },
});
await ensureInstalled();
await continueOnNode24(import.meta.filename, process.argv.slice(2));
ensureBuilt();
const { main } = await import("./main.ts");
process.exitCode = (await main(positionals, flags)) ? 0 : 1;
