/** Entry of the command line (dist/cli.js): picks the command, gives it a terminal, and turns what comes of it into an exit status. */
import process from "node:process";
import { CannotRun } from "./cannotRun.ts";
import { explore } from "./authoring/exploreCommand.ts";
import { grade } from "./gradeCommand.ts";
import { type Help, helpEn } from "./help.ts";
import { helpZhCn } from "./helpZhCn.ts";
import { list } from "./listCommand.ts";
import { merge } from "./scale/mergeCommand.ts";
import { nearest } from "../core/nearest.ts";
import { startLesson } from "./newCommand.ts";
import { createProcessTerminal } from "./processTerminal.ts";
import { stops } from "./onboarding/stopsCommand.ts";
import { record } from "./authoring/recordCommand.ts";
import { replay } from "./replayCommand.ts";
import { report } from "./report/reportCommand.ts";
import type { Command, ExitStatus, Terminal } from "./terminal.ts";
import { verify } from "./verifyCommand.ts";
import { versionOf } from "./version.ts";

const commands: Readonly<Record<string, Command>> = {
  list,
  grade,
  merge,
  replay,
  report,
  verify,
  stops,
  new: startLesson,
  explore,
  record,
};

function helpIn(locale: Terminal["locale"]): Help {
  return locale === "en" ? helpEn : helpZhCn;
}

/** About one command; about all where there is none of that name. */
function helpOn(command: string | undefined, locale: Terminal["locale"]): string {
  const { overview, commands: texts } = helpIn(locale);
  const name = command ?? "";
  return (Object.hasOwn(texts, name) ? texts[name] : undefined) ?? overview;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-v") {
    terminal.out(`${versionOf(terminal.distDir)}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.out(helpOn(rest[0], terminal.locale));
    return 0;
  }
  if (name === undefined) {
    terminal.err(helpIn(terminal.locale).overview);
    return 2;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw unknownCommand(name);
  const ownWords = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : rest.length);
  if (ownWords.includes("--help") || ownWords.includes("-h")) {
    terminal.out(helpOn(name, terminal.locale));
    return 0;
  }
  return command(rest, terminal);
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
