// Runs every known mistake of the lessons and writes down what it shows: src/core/assessment/shownDiagnoses.ts.
//   npm run mistakes                all of lessons/*/mistakes: some minutes
//   npm run mistakes -- semaphore   of these lessons
// Begins on Node 20, goes on in Node 24.
import process from "node:process";
import { ensureBuilt } from "../../../scripts/lib/ensureBuilt.mjs";
import { ensureInstalled } from "../../../scripts/lib/install.mjs";
import { continueOnNode24 } from "../../../scripts/lib/node24.mjs";

await ensureInstalled();
await continueOnNode24(import.meta.filename, process.argv.slice(2));
ensureBuilt();
const { main } = await import("./main.ts");
await main(process.argv.slice(2));
