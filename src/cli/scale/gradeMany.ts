/** `interleave grade --from DIR`: a folder of submissions, or one shard of it. */
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import { emptySummary, type SubmissionResult, visible, withResult } from "../../core/verdict/gradedRun.ts";
import type { Words } from "../../protocol/words.ts";
import { createNodeGrader } from "../../runner/node/createNodeGrader.ts";
import { CannotRun } from "../cannotRun.ts";
import { createLimit } from "../../base/limit.ts";
import { type GradableLesson, openPack, type Pack, requireCatalog, requireLesson } from "../pack.ts";
import type { Command, ExitStatus, Terminal } from "../terminal.ts";
import { buildOf } from "../version.ts";
import { gradeAll, type Settled } from "./gradeAll.ts";
import { hashOf, type Identity, identify } from "./identity.ts";
import { Journal } from "./journal.ts";
import { type ManyArguments, readManyArguments } from "./manyArguments.ts";
import { runReporters } from "./reporters/reporters.ts";
import type { RunHead } from "./reporters/runReporter.ts";
import { reportTexts } from "./reportTexts.ts";
import { writeReport } from "./reportSink.ts";
import { RunProgress } from "./runProgress.ts";
import { rangeOf } from "./shard.ts";
import { findSubmissions, readSubmission, type Submission } from "./submissions.ts";

/** People whose files are no submissions that are named, one by one. */
const notesTold = 20;
/** Submissions that one process grades, each in a realm of its own: to start Node takes longer than most gradings. */
const jobsPerSandbox = 40;
/** Submissions read side by side. */
const readsAtOnce = 16;

export const gradeMany: Command = async (words, terminal) => {
  const args = readManyArguments(words, terminal);
  const grader = createNodeGrader({ distDir: terminal.distDir, jobsPerSandbox });
  const place = await journalPlace(args);
  try {
    const pack = await openPack(terminal, args.pack);
    const { submissions, lessons, notes } = await findWork(args, pack);
    tellNotes(notes, args, terminal);
    const options = {
      product: buildOf(terminal.distDir),
      engine: `node ${String(grader.node.major)}`,
      locale: args.locale,
      seed: args.seed,
      ...(args.schedules === undefined ? {} : { schedules: args.schedules }),
    };
    const texts = await hashTexts(args.directory, submissions);
    const identity = identify(options, lessons, texts, args.timings);
    const { start, end } = rangeOf(args.shard, submissions.length);
    const part = submissions.slice(start, end);
    const journal = await Journal.open(place.file, args.resume);
    try {
      const { directory, jobs } = args;
      const { signal } = terminal;
      tellDamage(journal, place.file, args, terminal);
      const progress = new RunProgress(terminal, args.locale, part.length);
      const settled = await gradeAll({
        ...{ directory, submissions: part, lessons, identity, grader, journal, jobs, signal },
        settled: (kept, known) => {
          progress.settled(kept.passed, known);
        },
      });
      progress.end();
      if (signal.aborted) throw cancelled(progress.done, part.length, args);
      return await report({ args, identity, part, settled: settled.filter(isThere), journal }, terminal);
    } finally {
      await journal.close();
    }
  } finally {
    grader.dispose();
    await place.dispose();
  }
};

interface Work {
  readonly submissions: readonly Submission[];
  readonly lessons: ReadonlyMap<string, GradableLesson>;
  readonly notes: readonly Words[];
}

/** @throws CannotRun for a lesson that is not there or broken, and a folder that cannot be read. */
async function findWork({ lesson, locale, directory, fileName, from }: ManyArguments, pack: Pack): Promise<Work> {
  if (lesson === undefined && fileName !== undefined) {
    throw new CannotRun(
      "--file goes with a lesson: without one, each file is named after the lesson that it belongs to.",
      "--file 要与课程一起用：不指定课程时，每个文件以它所属的课程命名。",
    );
  }
  const known = lesson === undefined ? lessonOrder((await requireCatalog(pack, locale)).catalog) : [lesson];
  // Before all folders are looked through: a typing error should show at once.
  const lessons = new Map<string, GradableLesson>();
  if (lesson !== undefined) lessons.set(lesson, await requireLesson(pack, lesson, locale));
  const { submissions, notes } = await findSubmissions({ directory, lesson, known, fileName }, from);
  for (const id of known) {
    const wanted = !lessons.has(id) && submissions.some((each) => each.lesson === id);
    if (wanted) lessons.set(id, await requireLesson(pack, id, locale));
  }
  return { submissions, lessons, notes };
}

/** Of all shards: so each knows whether the others saw the same. In the order of the submissions. */
async function hashTexts(directory: string, submissions: readonly Submission[]): Promise<readonly string[]> {
  const limited = createLimit(readsAtOnce);
  return Promise.all(
    submissions.map((submission) =>
      limited(async () => {
        const { person, lesson } = submission;
        return hashOf([person, lesson, await readSubmission(directory, submission)]);
      }),
    ),
  );
}

interface JournalPlace {
  readonly file: string;
  dispose(): Promise<void>;
}

/** Beside the output; where that is stdout, in a folder that goes away with the run. */
async function journalPlace({ output }: ManyArguments): Promise<JournalPlace> {
  if (output !== undefined) return { file: `${output}.journal`, dispose: () => Promise.resolve() };
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "interleave-grade-"));
  return { file: path.join(folder, "journal"), dispose: () => fs.rm(folder, { recursive: true, force: true }) };
}

interface Graded {
  readonly args: ManyArguments;
  readonly identity: Identity;
  readonly part: readonly Submission[];
  readonly settled: readonly Settled[];
  readonly journal: Journal;
}

async function report(graded: Graded, terminal: Terminal): Promise<ExitStatus> {
  const { args, identity, settled } = graded;
  const head: RunHead = {
    run: identity.facts,
    shard: args.shard,
    summary: settled.reduce(
      (summary, { kept }) => withResult(summary, { passed: kept.passed, isError: kept.isError }),
      emptySummary,
    ),
    tests: settled.reduce((sum, { kept }) => sum + kept.tests, 0),
    failures: settled.reduce((sum, { kept }) => sum + kept.failures, 0),
  };
  const colour = terminal.colour && args.output === undefined;
  const reporter = runReporters[args.reporter](head, colour);
  await writeReport(reportTexts(reporter, resultsOf(graded)), args.output, terminal);
  if (settled.some(({ kept }) => kept.lessonBroken)) return 2;
  return head.summary.passed === head.summary.submissions ? 0 : 1;
}

/** One at a time from the journal, so that they are never all held. */
async function* resultsOf({ part, settled, journal, args }: Graded): AsyncGenerator<SubmissionResult> {
  for (const [index, { file, kept }] of settled.entries()) {
    const submission = part[index];
    if (submission === undefined) return;
    const { person, lesson } = submission;
    const { result, durationMs } = await journal.read(kept);
    yield {
      person,
      lesson,
      file: file === "" ? person : `${person}/${file}`,
      ...result,
      ...(args.timings ? { durationMs } : {}),
    };
  }
}

function isThere(settled: Settled | undefined): settled is Settled {
  return settled !== undefined;
}

function tellNotes(notes: readonly Words[], { locale, shard }: ManyArguments, terminal: Terminal): void {
  // Once for all shards is enough.
  if (shard.index > 1) return;
  for (const note of notes.slice(0, notesTold)) terminal.err(`${visible(note[locale])}\n`);
  const more = notes.length - notesTold;
  if (more <= 0) return;
  terminal.err(locale === "en" ? `… and ${String(more)} more like these.\n` : `……以及另外 ${String(more)} 个。\n`);
}

function tellDamage(journal: Journal, file: string, { locale }: ManyArguments, terminal: Terminal): void {
  if (journal.damaged === 0) return;
  const lines = String(journal.damaged);
  terminal.err(
    locale === "en"
      ? `${file}: ${lines} of its lines cannot be read; what they told is graded again.\n`
      : `${file}：有 ${lines} 行无法读取，相应的提交将重新评分。\n`,
  );
}

function cancelled(done: number, total: number, { output }: ManyArguments): CannotRun {
  const [en, zhCn] =
    output === undefined
      ? ["With --output FILE, the next run can go on from there.", "加上 --output FILE，下次就能接着评。"]
      : ["The same command with --resume goes on from there.", "同一条命令加上 --resume 即可接着评。"];
  return new CannotRun(
    `Stopped after ${String(done)} of ${String(total)} submissions. ${en}`,
    `已停止，${String(total)} 份提交中完成了 ${String(done)} 份。${zhCn}`,
  );
}
