/** Entry of the command line (dist/cli.js): picks the command, gives it a terminal, and turns what comes of it into an exit status. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { CannotRun } from "./cannotRun.ts";
import { grade } from "./gradeCommand.ts";
import { commandHelp, overview } from "./help.ts";
import { list } from "./listCommand.ts";
import { nearest } from "../core/nearest.ts";
import { newLesson } from "./newLesson/newCommand.ts";
import { createProcessTerminal } from "./processTerminal.ts";
import { stops } from "./onboarding/stopsCommand.ts";
import { replay } from "./replayCommand.ts";
import type { Command, ExitStatus, Terminal } from "./terminal.ts";
import { verify } from "./verify/verifyCommand.ts";

const commands: Readonly<Record<string, Command>> = { list, grade, replay, verify, stops, new: newLesson };

async function run(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-v") {
    terminal.out(`${version(terminal.distDir)}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.out(commandHelp[rest[0] ?? ""] ?? overview);
    return 0;
  }
  if (name === undefined) {
    terminal.err(overview);
    return 2;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw unknownCommand(name);
  const ownWords = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : rest.length);
  if (ownWords.includes("--help") || ownWords.includes("-h")) {
    terminal.out(commandHelp[name] ?? overview);
    return 0;
  }
  return command(rest, terminal);
}

function version(distDir: string): string {
  const manifest = JSON.parse(fs.readFileSync(path.join(distDir, "..", "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

function unknownCommand(name: string): CannotRun {
  const [near] = nearest(name, Object.keys(commands));
  return new CannotRun(
    `There is no command “${name}”.${near === undefined ? "" : ` Did you mean “${near}”?`} See interleave --help.`,
    `没有名为“${name}”的命令。${near === undefined ? "" : `是不是想用“${near}”？`}参见 interleave --help。`,
  );
}

async function main(): Promise<void> {
  const { terminal, finish } = createProcessTerminal(__dirname);
  try {
    finish(await run(process.argv.slice(2), terminal));
  } catch (error) {
    terminal.progress("");
    if (error instanceof CannotRun) terminal.err(`${error.words[terminal.locale]}\n`);
    else terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    finish(2);
  }
}

void main();
