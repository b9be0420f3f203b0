// Follows the author's guide to the letter: writes each file that it shows, runs each command with the built command line, and
// compares exit status and output. "…" in what is shown stands for what differs from run to run. The pack that comes of it has no type errors.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { it } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { dist } from "./commandLine.ts";
import { typesOf } from "./typesOf.ts";

interface Block {
  /** Of a file, its path; undefined for commands and what they print. */
  readonly file: string | undefined;
  readonly text: string;
}

interface Step {
  readonly command: string;
  readonly shown: string;
}

function blocksOf(guide: string): readonly Block[] {
  const text = readFileSync(join(root, "docs", guide), "utf8");
  const pattern = /(?:^`([^`\n]+)`[:：]\n\n)?^(`{3,})([a-z]+)\n([\s\S]*?)^\2$/gm;
  return [...text.matchAll(pattern)].map(([, file, , language, content = ""]) => {
    assert.equal(file === undefined, language === "console", `a block of ${String(language)} in ${guide}`);
    return { file, text: content };
  });
}

function stepsOf(text: string): readonly Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const [command = "", ...shown] = step.split("\n");
      return { command, shown: shown.join("\n") };
    });
}

/** Runs a command line in a shell, both outputs as one. */
function shell(command: string, folder: string): Promise<{ readonly status: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const path = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
    const env = { PATH: path, HOME: process.env["HOME"], LANG: "C" };
    const child = spawn("sh", ["-c", `exec 2>&1; ${command}`], { cwd: join(folder, "work"), env });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", reject);
    child.on("close", (status) => {
      // The one line that depends on the machine.
      resolve({ status, output: output.replace("Go is not installed, so the Go originals were not checked.\n", "") });
    });
  });
}

function assertShown(output: string, shown: string, command: string): void {
  const [lines, wanted] = [output.split("\n"), shown.split("\n")];
  const matches = (line: string, pattern: string): boolean =>
    pattern.endsWith("…") ? line.startsWith(pattern.slice(0, -1)) : line === pattern;
  const same = lines.length === wanted.length && wanted.every((pattern, index) => matches(lines[index] ?? "", pattern));
  if (!same) assert.equal(output, shown, command);
}

it("can be followed to the letter", { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "interleave-guide-"));
  try {
    const program = join(folder, "bin", "interleave");
    mkdirSync(dirname(program));
    mkdirSync(join(folder, "work"));
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(dist, "cli.js")}" "$@"\n`);
    chmodSync(program, 0o755);
    let commands = 0;
    for (const { file, text } of blocksOf("authoring.md")) {
      if (file !== undefined) {
        const target = join(folder, "work", file);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
        continue;
      }
      const steps = stepsOf(text);
      for (const [index, { command, shown }] of steps.entries()) {
        if (command === "echo $?") continue;
        const next = steps[index + 1];
        const { status, output } = await shell(command, folder);
        assertShown(output, shown, command);
        assert.equal(status, next?.command === "echo $?" ? Number(next.shown) : 0, `${command}\n${output}`);
        commands++;
      }
    }
    assert.ok(commands >= 10);
    const { errors, files } = await typesOf(join(folder, "work/team-lessons"));
    assert.deepEqual(errors, []);
    assert.ok(["spec.ts", "playground.ts"].every((file) => files.includes(`until-ready/${file}`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("shows the same files and commands in both languages", () => {
  const [en, zhCn] = [blocksOf("authoring.md"), blocksOf("authoring.zh-cn.md")];
  assert.ok(en.length >= 20);
  assert.deepEqual(zhCn, en);
});
