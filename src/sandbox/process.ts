/**
 * Entry of the sandbox process (dist/sandbox.js). Started by the runner with Node's permission model, an empty
 * environment and no code from text; does one job and ends. It talks with its parent only.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { type Job, type ToSandbox, fileOfJob } from "../protocol/sandboxMessages.ts";
import { tryConfinement } from "./confinement.ts";
import { Orders } from "./orders.ts";
import { listenToParent, tellParent } from "./parent.ts";
import { type Realm, createRealm } from "./realm.ts";
import { runJob } from "./runJob.ts";
import { watchSpin } from "./spin.ts";
import { warmUp } from "./warmUp.ts";
import { networkKinds, removeNetwork } from "./withoutNetwork.ts";

/** Real ms without a job after which it practises: where one job follows another, others need the processor. */
const idleMs = 200;

function main(): void {
  const kernelSource = fs.readFileSync(path.join(path.dirname(process.argv[1] ?? ""), "kernel.js"), "utf8");
  const kinds = networkKinds();
  removeNetwork(kinds);
  const { held, broken } = tryConfinement(kinds);
  if (broken.length > 0) {
    refuseToRun(broken);
    return;
  }
  const realm = createRealm(kernelSource);
  process.on("unhandledRejection", (reason) => {
    realm.kernel.rejected(reason);
  });
  let practice: Promise<void> | undefined;
  let wanted = false;
  const idle = setTimeout(() => {
    practice = warmUp(realm, () => wanted);
  }, idleMs);
  const orders = new Orders();
  listenToParent((message) => {
    if (message.type === "simulate") {
      orders.add(message.order);
      return;
    }
    // One job, whatever else is asked.
    if (wanted) return;
    wanted = true;
    clearTimeout(idle);
    // Afterwards the parent, which has what it wanted, ends this process.
    void Promise.resolve(practice).then(() => start(message, realm, orders));
  });
  tellParent({ type: "ready", confinement: held });
}

function start({ job, findSpin }: ToSandbox["run"], realm: Realm, orders: Orders): Promise<void> {
  return runJob(job, findSpin === true ? spinFound(realm, job) : realm, tellParent, orders);
}

/** The same realm, with a watch for loops that spin through promises. */
function spinFound(realm: Realm, job: Job): Realm {
  const watch = watchSpin(fileOfJob(job), (line) => {
    tellParent({ type: "spinning", line });
  });
  return {
    ...realm,
    drain: () => {
      watch.turn();
      realm.drain();
    },
  };
}

function refuseToRun(broken: readonly string[]): void {
  const [en, zhCn] = [broken.join(", "), broken.join("、")];
  tellParent({
    type: "failed",
    error: {
      code: "sandbox-refused",
      message: {
        en: `The sandbox will not run here, since it could do what it must not: ${en}.`,
        "zh-cn": `沙箱拒绝在这里运行，因为它做到了不该做到的事：${zhCn}。`,
      },
    },
  });
}

main();
