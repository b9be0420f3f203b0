// A program that has got out of the realm, in a process with Node's permission model and an empty environment alone: it
// tries everything, and prints what worked. Started by layers.test.ts.
import childProcess from "node:child_process";
import fs from "node:fs";
import inspector from "node:inspector";
import process from "node:process";
import vm from "node:vm";
import { Worker } from "node:worker_threads";

const [, , secretFile = "", newFile = ""] = process.argv;

const attempts: Readonly<Record<string, () => unknown>> = {
  "read a file": () => fs.readFileSync(secretFile, "utf8"),
  "open a file": () => fs.openSync(secretFile, "r"),
  "follow a link": () => fs.readlinkSync("/proc/self/exe"),
  "read /proc": () => fs.readFileSync("/proc/self/environ"),
  "write a file": () => {
    fs.writeFileSync(newFile, "x");
  },
  "append to itself": () => {
    fs.appendFileSync(process.argv[1] ?? "", "x");
  },
  "list a folder": () => fs.readdirSync("/"),
  "make a folder": () => fs.mkdtempSync(newFile),
  "delete a file": () => {
    fs.unlinkSync(secretFile);
  },
  "start a program": () => childProcess.execFileSync("/bin/sh", ["-c", "echo"]),
  "start Node": () => childProcess.execFileSync(process.execPath, ["--version"]),
  "start a worker": () => new Worker("0", { eval: true }),
  "load a native module": () => {
    process.dlopen({ exports: {} }, process.execPath);
  },
  "open itself to a debugger": () => {
    inspector.open(0);
  },
  "use a native binding": () => {
    const { binding } = process as typeof process & { readonly binding: (name: string) => unknown };
    binding("fs");
  },
  // What is tried is what must be refused.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  "make code from text": () => new Function("return 1"),
  "evaluate text": () => (0, eval)("1") as unknown,
  "read the environment": () => {
    const found = Object.keys(process.env).filter((name) => name !== "TZ");
    if (found.length === 0) throw new Error("there is none");
    return found;
  },
};

const worked = Object.entries(attempts).filter(([, attempt]) => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
});
// A realm is no way around the permissions: it has none of this process's objects, but this process has it.
const realm: unknown = vm.runInNewContext("typeof process");
fs.writeSync(1, JSON.stringify({ tried: Object.keys(attempts).length, worked: worked.map(([what]) => what), realm }));
process.exit(0);
