// The realm in a process that has everything: files, environment, network, programs, code from text. Programs come from
// layers.test.ts as JSON; for each it prints what grading said. "naive" runs the ways out in an ordinary vm context instead.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import vm from "node:vm";
import type { FromSandboxMessage, GradeJob } from "../../../src/protocol/sandboxMessages.ts";
import { createRealm, kernelScript } from "../../../src/sandbox/realm.ts";
import { runJob } from "../../../src/sandbox/runJob.ts";

const [, , mode = "", kernelFile = "", programsFile = ""] = process.argv;
const kernel = kernelScript(fs.readFileSync(path.resolve(kernelFile), "utf8"));
const programs = JSON.parse(fs.readFileSync(programsFile, "utf8")) as readonly string[];

function job(exercise: string): GradeJob {
  const spec = `const { test } = __import("interleave");
    const { run } = __import("./exercise.ts");
    test("it", { title: { en: "it", "zh-cn": "它" } }, async (t) => {
      const { value } = await t.call("run", () => run());
      t.equal(value, "nothing", "wrong-result", { en: "reached", "zh-cn": "够到了" });
    });`;
  return {
    kind: "grade",
    exercise: { fileName: "exercise.ts", code: `${exercise}\nreturn { run };`, exports: ["run"] },
    spec: { fileName: "spec.ts", code: spec, exports: [] },
    budget: 10,
    seed: 1,
  };
}

async function inRealm(exercise: string, index: number): Promise<string> {
  // The first one closes this process's own built-ins, which is done once.
  const realm = createRealm(kernel, { hostStaysOpen: index > 0 });
  const messages: FromSandboxMessage[] = [];
  const rejected = (reason: unknown): void => {
    realm.kernel.rejected(reason);
  };
  process.on("unhandledRejection", rejected);
  await runJob(job(exercise), realm, (message) => messages.push(message));
  process.off("unhandledRejection", rejected);
  const tested = messages.find((message) => message.type === "tested");
  if (tested?.type === "tested") return tested.verdict.failure?.actual ?? tested.verdict.status;
  return JSON.stringify(messages.at(-1));
}

async function inNaiveContext(exercise: string): Promise<string> {
  const context = vm.createContext({ console, setTimeout, queueMicrotask });
  const run = vm.runInContext(`(() => { ${exercise}\nreturn run; })()`, context) as () => Promise<unknown>;
  return String(await run());
}

const answers: string[] = [];
for (const [index, program] of programs.entries()) {
  answers.push(
    await (mode === "naive" ? inNaiveContext : inRealm)(program, index).catch(
      (error: unknown) => `threw ${String(error)}`,
    ),
  );
}
process.stdout.write(JSON.stringify(answers), () => {
  process.exit(0);
});
