// A folder of people who handed in something, or something strange, for the lesson that `interleave new` writes.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { dist, interleave } from "./commandLine.ts";

export const lesson = "tiny";

export class SubmissionFolders {
  readonly root = mkdtempSync(join(tmpdir(), "interleave-people-"));
  /** The pack, and the folder of all people, both in `root`. */
  readonly pack = join(this.root, "pack");
  readonly people = join(this.root, "people");

  /** The lesson must be there before anybody can hand it in. */
  async makeLesson(id = lesson): Promise<void> {
    const made = await interleave(["new", id, "--pack", "pack"], this.root);
    if (made.status !== 0) throw new Error(made.stderr);
  }

  /** One of the lesson's files: "solution.ts", "exercise.ts", "mistakes/listener-kept.ts". */
  own(file: string, id = lesson): string {
    return readFileSync(join(this.pack, id, file), "utf8");
  }

  /** @param file "" for an empty folder */
  handIn(person: string, file: string, text: string | Uint8Array = ""): void {
    const folder = join(this.people, person);
    mkdirSync(join(folder, file, file === "" ? "." : ".."), { recursive: true });
    if (file !== "") writeFileSync(join(folder, file), text);
  }

  /** Everybody that these tests know: texts that are run, some twice, and those who cannot be graded. */
  handInAll(): void {
    const solution = this.own("solution.ts");
    this.handIn("Ada Lovelace", "exercise.ts", solution);
    this.handIn("ben", "tiny.ts", this.own("exercise.ts"));
    this.handIn("ben's twin", "tiny.ts", this.own("exercise.ts"));
    this.handIn("cleo", "tiny/exercise.ts", this.own("mistakes/listener-kept.ts"));
    this.handIn("dora", "exercise.ts", this.own("mistakes/timer-not-cleared.ts"));
    this.handIn("eve <i>\"&']]>", "exercise.ts", `${solution}\nexport const broken = ;\n`);
    this.handIn("# 1..99", "exercise.ts", `${solution}\n// mine\n`);
    this.handIn("early", "exercise.ts", 'throw new Error("early");\nexport function pause() {}\n');
    this.handIn("张伟", "exercise.ts", `${solution}\n// 我的\n`);
    this.handIn("-rf", "exercise.ts", this.own("mistakes/timer-not-cleared.ts"));
    this.handIn("nothing", "");
    this.handIn("other", "notes.txt", "I forgot.");
    this.handIn("large", "exercise.ts", `// ${"x".repeat(1_000_001)}`);
    this.handIn("folder", "exercise.ts/inner.ts", solution);
    this.handIn("binary", "exercise.ts", new Uint8Array([0x2f, 0x2f, 0xff, 0xfe, 0x0a]));
    this.handIn("turned", "exercise.ts", `${solution}\n// \u202e olleh\n`);
    this.handIn("line\nfeed", "exercise.ts", solution);
    this.handIn("\u001b[31mred", "exercise.ts", solution);
    mkdirSync(join(this.people, "linked"));
    symlinkSync(join(this.people, "ben", "tiny.ts"), join(this.people, "linked", "exercise.ts"));
    symlinkSync(join(this.people, "ben"), join(this.people, "link to ben"));
    if (process.platform === "linux") execFileSync("mkfifo", [join(this.people, "linked", "tiny.ts")]);
    // Neither is a person.
    writeFileSync(join(this.people, "README.md"), "Submissions of this week");
    cpSync(this.pack, join(this.people, ".git"), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Starts a run and sends it a signal as soon as it has told of some results. */
export async function signalInTheMiddle(
  root: string,
  signal: NodeJS.Signals,
  words: readonly string[],
): Promise<{ readonly status: number | null; readonly signal: string | null; readonly stderr: string }> {
  const child = spawn(
    process.execPath,
    [join(dist, "cli.js"), "grade", lesson, "--from", "people", "--pack", "pack", ...words, "--jobs", "1"],
    { cwd: root, stdio: ["ignore", "ignore", "pipe"] },
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr === "") child.kill(signal);
    stderr += text;
  });
  return new Promise((resolve) => {
    child.once("close", (status, endedBy) => {
      resolve({ status, signal: endedBy, stderr });
    });
  });
}
