/** `interleave verify`: the author's gate, as text or data. */
import { formatFinding } from "../../core/lessonFinding.ts";
import { createNodeGrader } from "../../runner/node/createNodeGrader.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { requestedLocale } from "../locale.ts";
import { openPack, shownFile } from "../pack.ts";
import type { Command } from "../terminal.ts";
import { verifyPack } from "./verifyPack.ts";

/** A pack's files are by one author, who gains nothing from fooling the next file's grading. */
const jobsPerSandbox = 25;

export const verifyShape: CommandShape = {
  name: "verify",
  positionals: ["dir"],
  optional: true,
  options: { json: "flag", locale: "text" },
};

export const verify: Command = async (words, terminal) => {
  const args = parseCommandArguments(verifyShape, words);
  const locale = requestedLocale(args.text("locale")) ?? terminal.locale;
  const pack = await openPack(terminal, args.positionals[0]);
  const grader = createNodeGrader({ distDir: terminal.distDir, jobsPerSandbox });
  try {
    grader.warm();
    const report = await verifyPack({
      ...pack,
      distDir: terminal.distDir,
      grader,
      signal: terminal.signal,
      note: (en, zhCn) => {
        terminal.progress("");
        terminal.err(`${locale === "en" ? en : zhCn}\n`);
      },
      progress: (lesson, done, total) => {
        terminal.progress(`${lesson}: ${String(done)}/${String(total)}`);
      },
    });
    terminal.progress("");
    if (terminal.signal.aborted) throw new CannotRun("The check was cancelled.", "检查已取消。");
    const findings = report.findings.map((each) => ({ ...each, file: shownFile(pack, each.file) }));
    const passed = findings.length === 0;
    if (args.flag("json")) {
      const plain = findings.map(({ file, line, message }) => ({
        file,
        ...(line === undefined ? {} : { line }),
        message: message[locale],
      }));
      terminal.out(`${JSON.stringify({ version: 1, passed, lessons: report.lessons, findings: plain }, null, 2)}\n`);
    } else if (passed) {
      const count = report.lessons.length;
      terminal.out(
        locale === "en"
          ? `${String(count)} ${count === 1 ? "lesson" : "lessons"}, nothing found.\n`
          : `${String(count)} 节课，没有发现问题。\n`,
      );
    } else {
      terminal.out(findings.map((each) => `${formatFinding(each, locale)}\n`).join(""));
    }
    return passed ? 0 : 1;
  } finally {
    grader.dispose();
  }
};
