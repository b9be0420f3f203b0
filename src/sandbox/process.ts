/**
 * Entry of the sandbox process (dist/sandbox.js). Started by the runner with Node's permission model, an empty
 * environment and no code from text. Does one job, or, where the parent wants it so, one after another, each in a realm of its own.
 * It talks with its parent only.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { type Job, type ToSandbox, fileOfJob } from "../protocol/sandboxMessages.ts";
import { tryConfinement } from "./confinement.ts";
import { Orders } from "./orders.ts";
import { listenToParent, tellParent } from "./parent.ts";
import { type Realm, createRealm, kernelScript } from "./realm.ts";
import { runsTold } from "./runsTold.ts";
import { runJob } from "./runJob.ts";
import { watchSpin } from "./spin.ts";
import { compileLater } from "./tiering.ts";
import { warmUp } from "./warmUp.ts";
import { networkKinds, removeNetwork } from "./withoutNetwork.ts";

/** Real ms without a job after which it practises: where one job follows another, others need the processor. */
const idleMs = 200;

function main(): void {
  compileLater();
  const kernelFile = path.join(path.dirname(process.argv[1] ?? ""), "kernel.js");
  const kernel = kernelScript(fs.readFileSync(kernelFile, "utf8"));
  const kinds = networkKinds();
  removeNetwork(kinds);
  const { held, broken } = tryConfinement(kinds);
  if (broken.length > 0) {
    refuseToRun(broken);
    return;
  }
  let realm = createRealm(kernel);
  process.on("unhandledRejection", (reason) => {
    realm.kernel.rejected(reason);
  });
  let practice: Promise<void> | undefined;
  let jobs = 0;
  let busy = false;
  const idle = setTimeout(() => {
    practice = warmUp(realm, () => busy);
  }, idleMs);
  const orders = new Orders();
  const run = async (message: ToSandbox["run"]): Promise<void> => {
    await practice;
    // This process's own built-ins have been closed with the first realm.
    if (jobs++ > 0) realm = createRealm(kernel, { hostStaysOpen: true });
    await start(message, realm, orders, () => {
      busy = false;
    });
  };
  listenToParent((message) => {
    if (message.type === "simulate") {
      orders.add(message.order);
      return;
    }
    // One at a time, whatever else is asked.
    if (busy) return;
    busy = true;
    clearTimeout(idle);
    // Afterwards the parent, which has what it wanted, ends this process, or gives it the next job.
    void run(message);
  });
  tellParent({ type: "ready", confinement: held });
}

/** @param over called right before the parent is told that the job is done */
function start(message: ToSandbox["run"], realm: Realm, orders: Orders, over: () => void): Promise<void> {
  const tell: typeof tellParent = (message) => {
    if (message.type === "done") over();
    tellParent(message);
  };
  return runJob(message.job, watched(message, realm), tell, orders);
}

function watched({ job, findSpin, tellRuns }: ToSandbox["run"], realm: Realm): Realm {
  if (findSpin === true) return spinFound(realm, job);
  return tellRuns === true ? runsTold(realm, tellParent) : realm;
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
