/**
 * What the sandbox process and its parent say to each other: one message a line, as JSON, over the process's own input and
 * output. Runs in the sandbox process.
 */
import fs from "node:fs";
import process from "node:process";
import { StringDecoder } from "node:string_decoder";
import { LineSplitter } from "../base/lines.ts";
import type { FromSandboxMessage, ToSandboxMessage } from "../protocol/sandboxMessages.ts";

/** File descriptor of this process's output. */
const output = 1;

/** Written before this returns, so that nothing is lost when the process is killed next. */
export function tellParent(message: FromSandboxMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let written = 0; written < bytes.length;) written += fs.writeSync(output, bytes, written);
}

/** Calls back with each message. When the parent is gone, so is this process. */
export function listenToParent(listen: (message: ToSandboxMessage) => void): void {
  const decoder = new StringDecoder("utf8");
  const lines = new LineSplitter(Infinity);
  process.stdin.on("data", (chunk: Buffer) => {
    for (const line of lines.push(decoder.write(chunk)) ?? []) listen(JSON.parse(line) as ToSandboxMessage);
  });
  process.stdin.once("close", () => {
    process.exit(0);
  });
}
