/** `interleave record`: a wrong answer becomes a known mistake of its lesson, with the diagnosis that it gets. */
import fs from "node:fs/promises";
import path from "node:path";
import {
  beliefProblem,
  describeRecorded,
  failureToRecord,
  mistakeNameProblem,
  recordMistake,
} from "../../core/authoring/recordMistake.ts";
import { readKnownMistakes } from "../../core/authoring/knownMistakes.ts";
import type { Words } from "../../protocol/words.ts";
import { createNodeGrader } from "../../runner/node/createNodeGrader.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandArguments, type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { explain } from "../fileErrors.ts";
import { readGradeArguments } from "../gradeArguments.ts";
import { refuseWhatIsNotTheFilesFault } from "../gradeCommand.ts";
import { refuse } from "../pack.ts";
import type { Command } from "../terminal.ts";

const recordShape: CommandShape = {
  name: "record",
  positionals: ["lesson", "file"],
  options: { pack: "text", name: "text", belief: "text", seed: "text", schedules: "text", locale: "text" },
};

export const record: Command = async (words, terminal) => {
  const args = parseCommandArguments(recordShape, words);
  if (args.text("pack") === undefined) {
    throw new CannotRun(
      "record needs --pack DIR: the lessons that Interleave ships with take no mistakes of yours.",
      "record 还缺 --pack DIR：Interleave 自带的课程不收你的错误写法。",
    );
  }
  const name = required(args, "name", "NAME");
  const belief = required(args, "belief", "TEXT");
  const grader = createNodeGrader({ distDir: terminal.distDir });
  try {
    const given = await readGradeArguments(args, terminal);
    const { pack, request, locale } = given;
    const known = await readKnownMistakes(pack.reader, request.lesson);
    if (!known.ok) return refuse(pack, known.findings, locale);
    refuseWords(beliefProblem(belief));
    refuseWords(
      mistakeNameProblem(
        name,
        known.value.map((each) => each.name),
      ),
    );
    const verdict = await grader.grade(request, terminal.signal);
    if (verdict.error !== undefined) refuseWhatIsNotTheFilesFault(verdict.error, pack, given);
    const found = failureToRecord(verdict);
    if ("problem" in found) throw new CannotRun(found.problem.en, found.problem["zh-cn"]);
    const { file, text } = recordMistake({ name, belief, code: request.exercise, failed: found.failed });
    const inPack = path.join(request.lesson, file);
    await writeNew(path.join(pack.directory, inPack), text);
    terminal.err(`${describeRecorded(found.failed, locale)}\n`);
    terminal.out(`${path.join(pack.name, inPack)}\n`);
    return 0;
  } finally {
    grader.dispose();
  }
};

/** The folder was listed through the pack's reader, which follows no link. @throws CannotRun */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text, { flag: "wx" });
  } catch (error) {
    const why = explain(error);
    throw new CannotRun(`${file} cannot be written: ${why.en}.`, `无法写入 ${file}：${why["zh-cn"]}。`);
  }
}

/** @throws CannotRun */
function refuseWords(problem: Words | undefined): void {
  if (problem !== undefined) throw new CannotRun(problem.en, problem["zh-cn"]);
}

/** @throws CannotRun */
function required(args: CommandArguments, option: string, value: string): string {
  const given = args.text(option);
  if (given !== undefined) return given;
  throw new CannotRun(
    `record needs --${option} ${value}. See interleave record --help.`,
    `record 还缺 --${option} ${value}。参见 interleave record --help。`,
  );
}
