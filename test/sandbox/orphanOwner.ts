// Starts a sandbox that is stuck in a loop, and a spare; says so, and waits to be killed. Started by orphans.test.ts.
import process from "node:process";
import { createGrader, request } from "./grading.ts";

const grader = createGrader();
const stuck = request('await t.call("run", () => run());', "export async function run() { for (;;); }");
// Once the tests are listed, the first of them runs, and never ends.
await grader.grade(stuck, new AbortController().signal, {
  listed: () => {
    grader.warm();
    process.stdout.write("stuck\n");
  },
});
