/**
 * Entry of the sandbox process (dist/sandbox.js). Started by the runner with Node's permission model, an empty
 * environment and no code from text; does one job and ends. It talks with its parent only.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import type { FromSandboxMessage, ToSandboxMessage } from "../protocol/sandboxMessages.ts";
import { tryConfinement } from "./confinement.ts";
import { createRealm } from "./realm.ts";
import { runJob } from "./runJob.ts";
import { warmUp } from "./warmUp.ts";

/** Real ms without a job after which it practises: where one job follows another, others need the processor. */
const idleMs = 200;

function tell(message: FromSandboxMessage): void {
  process.send?.(message);
}

function main(): void {
  const kernelFile = process.argv[2] ?? path.join(path.dirname(process.argv[1] ?? ""), "kernel.js");
  const realm = createRealm(fs.readFileSync(kernelFile, "utf8"));
  const { held, broken } = tryConfinement();
  if (broken.length > 0) {
    const [en, zhCn] = [broken.join(", "), broken.join("、")];
    tell({
      type: "failed",
      error: {
        code: "sandbox-refused",
        message: {
          en: `The sandbox will not run here, since it could do what it must not: ${en}.`,
          "zh-cn": `沙箱拒绝在这里运行，因为它做到了不该做到的事：${zhCn}。`,
        },
      },
    });
    return;
  }
  process.on("unhandledRejection", (reason) => {
    realm.kernel.rejected(reason);
  });
  tell({ type: "ready", confinement: held });
  let practice: Promise<void> | undefined;
  let wanted = false;
  const idle = setTimeout(() => {
    practice = warmUp(realm, () => wanted);
  }, idleMs);
  process.once("message", (message: ToSandboxMessage) => {
    wanted = true;
    clearTimeout(idle);
    // Afterwards the parent, which has what it wanted, ends this process; a farewell could overtake the last message.
    void Promise.resolve(practice).then(() => runJob(message.job, realm, tell));
  });
  process.once("disconnect", () => {
    process.exit(0);
  });
}

main();
