/** The terminal of this process. */
import process from "node:process";
import { environmentLocale } from "./locale.ts";
import type { ExitStatus, Terminal } from "./terminal.ts";

/** Exit statuses of shells for a command that a signal ended. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const;

export interface ProcessTerminal {
  readonly terminal: Terminal;
  /** Sets the exit status; the process ends by itself once all is written. */
  readonly finish: (status: ExitStatus) => void;
}

export function createProcessTerminal(distDir: string): ProcessTerminal {
  const { stdout, stderr, env } = process;
  const controller = new AbortController();
  let interrupted: number | undefined;
  for (const [signal, status] of Object.entries(signals)) {
    process.once(signal, () => {
      interrupted = status;
      controller.abort();
    });
  }
  for (const stream of [stdout, stderr]) {
    // Whoever read our output has read enough (`| head`).
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  let shown = false;
  return {
    terminal: {
      out: (text) => void stdout.write(text),
      drained: () => drained(stdout),
      err: (text) => void stderr.write(text),
      progress(text) {
        if (!stderr.isTTY || (text === "" && !shown)) return;
        shown = text !== "";
        stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns || 80) - 1)}`);
      },
      watched: stderr.isTTY,
      colour: stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb",
      interactive: stdout.isTTY,
      workingDirectory: process.cwd(),
      distDir,
      locale: environmentLocale(env),
      signal: controller.signal,
    },
    finish(status) {
      process.exitCode = interrupted ?? status;
    },
  };
}

/** Also where nobody reads any more: then nothing will ever leave. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stream.off("drain", done).off("close", done).off("error", done);
      resolve();
    };
    stream.on("drain", done).on("close", done).on("error", done);
  });
}
