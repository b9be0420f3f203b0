/** Where a report goes: stdout, or a file that is there only once it is whole. */
import fs from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { CannotRun } from "../cannotRun.ts";
import { explain } from "../fileErrors.ts";
import type { Terminal } from "../terminal.ts";

/** Characters that are written at once. */
const pieceLength = 1 << 16;

/**
 * Writes what comes, and waits for slow readers.
 * @param output absolute path of the file, or undefined for stdout
 * @throws CannotRun where the file cannot be written
 */
export async function writeReport(
  texts: AsyncIterable<string>,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (output === undefined) {
    await inPieces(texts, async (piece) => {
      terminal.out(piece);
      await terminal.drained();
    });
    return;
  }
  // Beside it, so that it can be renamed: whoever waits for the file never sees half of it.
  const unfinished = path.join(path.dirname(output), `.${path.basename(output)}.${String(process.pid)}`);
  try {
    const handle = await fs.open(unfinished, "w");
    try {
      await inPieces(texts, async (piece) => {
        await handle.appendFile(piece);
      });
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(unfinished, output);
  } catch (error) {
    await fs.rm(unfinished, { force: true }).catch(() => undefined);
    // The system's errors have a code; all others are not about the file.
    if (!(error instanceof Error && "code" in error)) throw error;
    const why = explain(error);
    throw new CannotRun(`${output} cannot be written: ${why.en}.`, `无法写入 ${output}：${why["zh-cn"]}。`);
  }
}

async function inPieces(texts: AsyncIterable<string>, write: (piece: string) => Promise<void>): Promise<void> {
  let piece = "";
  for await (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    await write(piece);
    piece = "";
  }
  if (piece !== "") await write(piece);
}
