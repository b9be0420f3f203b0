/** `interleave explore`: the schedule space of a lesson's spec against its solution, or against another file. */
import path from "node:path";
import { exploreLesson } from "../../core/authoring/exploreLesson.ts";
import type { Exploration } from "../../core/authoring/exploration.ts";
import { explorationJson } from "../../core/authoring/explorationJson.ts";
import { explorationText } from "../../core/authoring/explorationText.ts";
import { readKnownMistakes } from "../../core/authoring/knownMistakes.ts";
import { readText } from "../../core/lesson/lessonFiles.ts";
import type { GradeRequest } from "../../protocol/grading.ts";
import type { Locale } from "../../protocol/words.ts";
import { createNodeGrader } from "../../runner/node/createNodeGrader.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandArguments, type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { readGiven } from "../gradeArguments.ts";
import { requestedLocale } from "../locale.ts";
import { maxFileBytes } from "../../core/lesson/lessonLimits.ts";
import { openPack, type Pack, refuse, requireLesson, shownFile } from "../pack.ts";
import type { Command, Terminal } from "../terminal.ts";

const exploreShape: CommandShape = {
  name: "explore",
  positionals: ["lesson", "file"],
  optional: true,
  options: { json: "flag", pack: "text", schedules: "text", seed: "text", locale: "text" },
};

/** A lesson's own mistakes, which gain nothing from fooling the next one's grading. */
const jobsPerSandbox = 25;

export const explore: Command = async (words, terminal) => {
  const args = parseCommandArguments(exploreShape, words);
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const pack = await openPack(terminal, args.text("pack"));
  const [id = ""] = args.positionals;
  const { request, file } = await whatToExplore(args, pack, terminal, locale);
  const mistakes = await readKnownMistakes(pack.reader, id);
  if (!mistakes.ok) return refuse(pack, mistakes.findings, locale);
  const grader = createNodeGrader({ distDir: terminal.distDir, jobsPerSandbox });
  try {
    grader.warm();
    const lesson = { request, file, mistakes: mistakes.value };
    const found = await exploreLesson(grader, lesson, terminal.signal, (each, done, total) => {
      terminal.progress(`${each}: ${String(done)}/${String(total)}`);
    });
    terminal.progress("");
    refuseBrokenLesson(found, pack, locale);
    terminal.out(args.flag("json") ? explorationJson(found, locale) : explorationText(found, locale));
    return found.error === undefined && found.tests.every(({ failure }) => failure === undefined) ? 0 : 1;
  } catch (error) {
    if (!terminal.signal.aborted) throw error;
    throw new CannotRun("The exploration was cancelled.", "探索已取消。");
  } finally {
    grader.dispose();
  }
};

async function whatToExplore(
  args: CommandArguments,
  pack: Pack,
  terminal: Terminal,
  locale: Locale,
): Promise<{ readonly request: GradeRequest; readonly file: string }> {
  const [id = "", given] = args.positionals;
  const { meta, spec } = await requireLesson(pack, id, locale);
  const [schedules, seed] = [args.count("schedules"), args.count("seed")];
  const solution = `${id}/solution.ts`;
  const file = given ?? shownFile(pack, solution);
  const exercise =
    given === undefined ? await ownText(pack, solution, locale) : await readGiven(terminal, given, maxFileBytes);
  return {
    file,
    request: {
      ...{ lesson: id, spec, exercise, exerciseName: path.basename(file), exports: meta.exports },
      ...(schedules === undefined ? {} : { schedules }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

/** A file of the pack, with the guards that every file of a pack gets. */
async function ownText(pack: Pack, file: string, locale: Locale): Promise<string> {
  const text = await readText(pack.reader, file);
  return text.ok ? text.value : refuse(pack, text.findings, locale);
}

/** @throws CannotRun where the lesson or the machine is why there is nothing to tell */
function refuseBrokenLesson({ lesson, error }: Exploration, pack: Pack, locale: Locale): void {
  if (error === undefined) return;
  if (error.code === "broken-lesson")
    return refuse(pack, [{ file: `${lesson}/spec.ts`, line: error.source?.line ?? 1, message: error.message }], locale);
  if (error.code === "sandbox-refused") throw new CannotRun(error.message.en, error.message["zh-cn"]);
}
