/** The Go original compiles, and is as gofmt and go vet want it, where Go is installed. */
import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

const file = "original.go";
/** Real ms; a first build compiles Go's own library too. */
const timeout = 120_000;

interface Outcome {
  readonly missing: boolean;
  readonly ok: boolean;
  readonly output: string;
}

/** @param onMissing is told once where there is no Go. */
export function createGoCheck(onMissing: () => void): LessonCheck {
  let available: Promise<boolean> | undefined;
  return async (lesson) => {
    const source = lesson.sources.get(file);
    if (source === undefined) return [];
    available ??= run("go", ["version"], os.tmpdir()).then(({ ok }) => {
      if (!ok) onMissing();
      return ok;
    });
    if (!(await available)) return [];
    // Go gets a copy of what was read, in a folder of its own: no link is followed, and no module around the pack has a say.
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "interleave-go-"));
    try {
      await fs.writeFile(path.join(folder, file), source);
      await fs.writeFile(path.join(folder, "go.mod"), "module lesson\n");
      return [...(await formatFindings(lesson, folder)), ...(await vetFindings(lesson, folder))];
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  };
}

async function formatFindings(lesson: LessonUnderCheck, folder: string): Promise<readonly Finding[]> {
  const { output, ok, missing } = await run("gofmt", ["-l", file], folder);
  if (missing || !ok || output.trim() === "") return [];
  return [finding(lesson, file, undefined, "is not formatted by gofmt", "没有用 gofmt 格式化")];
}

/** `go vet` compiles before it looks. */
async function vetFindings(lesson: LessonUnderCheck, folder: string): Promise<readonly Finding[]> {
  const { ok, output } = await run("go", ["vet", "."], folder);
  if (ok) return [];
  const problems = [...output.matchAll(/original\.go:(\d+)(?::\d+)?: (.+)/g)];
  if (problems.length === 0)
    return [finding(lesson, file, undefined, `go vet: ${output.trim()}`, `go vet：${output.trim()}`)];
  return problems.map(([, line, message = ""]) =>
    finding(lesson, file, Number(line), `go vet: ${message}`, `go vet：${message}`),
  );
}

function run(program: string, args: readonly string[], cwd: string): Promise<Outcome> {
  // Without cgo, or the C compiler would read what a file includes and quote it.
  const env = {
    ...process.env,
    GOFLAGS: "-mod=mod",
    GOWORK: "off",
    GOTOOLCHAIN: "local",
    GOPROXY: "off",
    CGO_ENABLED: "0",
  };
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, timeout }, (error, stdout, stderr) => {
      resolve({ ok: error === null, missing: error !== null && error.code === "ENOENT", output: stdout + stderr });
    });
  });
}
