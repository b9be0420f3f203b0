// The bank that rehearsals draw from: checks it, every key by running its question's code, and tells how it is mixed.
//   npm run questions                    all of questions/*.json
//   npm run questions -- order fan-out   these skills
// Ends with 1 on any finding. Begins on Node 20, goes on in Node 24.
import process from "node:process";
import { ensureBuilt } from "../../../scripts/lib/ensureBuilt.mjs";
import { ensureInstalled } from "../../../scripts/lib/install.mjs";
import { continueOnNode24 } from "../../../scripts/lib/node24.mjs";

await ensureInstalled();
await continueOnNode24(import.meta.filename, process.argv.slice(2));
ensureBuilt();
const { main } = await import("./main.ts");
process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
