/**
 * Sees to it that no sandbox outlives whoever started it, even one that is stuck in a loop when the editor is killed: a
 * shell that holds the other end of a pipe, and kills what is left when that end is gone. Where there is no shell
 * (Windows), a sandbox that is not stuck still ends by itself. Runs in the extension host or the command line.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import process from "node:process";

/** Reads "+ pid" and "- pid"; the end of the input is the end of our process, however it came. */
const script = `
trap '' INT TERM HUP
pids=
while read -r op pid; do
  if [ "$op" = + ]; then pids="$pids $pid"; continue; fi
  left=
  for each in $pids; do [ "$each" = "$pid" ] || left="$left $each"; done
  pids=$left
done
for each in $pids; do kill -9 "$each" 2>/dev/null; done
`;

export class Reaper {
  #shell: ChildProcess | undefined;

  watch(pid: number): void {
    this.#write(`+ ${String(pid)}\n`);
  }

  /** That process has ended: its number may soon be another's. */
  release(pid: number): void {
    if (this.#shell !== undefined) this.#write(`- ${String(pid)}\n`);
  }

  /** Kills what is still watched. */
  dispose(): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #write(line: string): void {
    if (process.platform === "win32") return;
    this.#shell ??= this.#start();
    this.#shell.stdin?.write(line);
  }

  #start(): ChildProcess {
    // In a group of its own: what is sent to the whole group of the editor must not reach it.
    const shell = spawn("/bin/sh", ["-c", script], {
      cwd: "/",
      env: {},
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    const forget = (): void => {
      if (this.#shell === shell) this.#shell = undefined;
    };
    shell.on("error", forget);
    shell.on("exit", forget);
    shell.stdin.on("error", forget);
    shell.unref();
    // A socket, though its type does not say so.
    if (shell.stdin instanceof Socket) shell.stdin.unref();
    return shell;
  }
}
