// @ts-check
// Brings the lessons of a team to Interleave, opens the first one, and shows how far one has come. Extension host.
const vscode = require("vscode");

/** @typedef {import("../../../api/interleave.d.ts").InterleaveExports} InterleaveExports */
/** @typedef {import("../../../api/interleave.d.ts").ProgressSnapshot} ProgressSnapshot */

/** As lessons/catalog.json has them: the pack's id, then the lesson's. */
const firstLesson = "acme/newest-answer";
const lessons = [firstLesson];

/** @param {vscode.ExtensionContext} context */
exports.activate = async (context) => {
  // It is there: the manifest names it among its `extensionDependencies`.
  const interleave = /** @type {vscode.Extension<InterleaveExports> | undefined} */ (
    vscode.extensions.getExtension("interleave.interleave")
  );
  if (interleave === undefined) throw new Error("Interleave is not installed.");
  const api = (await interleave.activate()).getAPI(1);

  const output = vscode.window.createOutputChannel("Acme Lessons");
  const item = vscode.window.createStatusBarItem("acme.progress", vscode.StatusBarAlignment.Left);
  item.name = "Acme Lessons";
  item.command = "acme.showProgress";

  /** @param {ProgressSnapshot} progress */
  const showCount = (progress) => {
    const passed = ours(progress).filter(({ state }) => state === "passed").length;
    item.text = `$(mortar-board) Acme ${passed}/${lessons.length}`;
    item.show();
  };

  context.subscriptions.push(
    api.contributePack(vscode.Uri.joinPath(context.extensionUri, "lessons")),
    api.onDidChangeProgress(showCount),
    vscode.commands.registerCommand("acme.openFirstLesson", async () => {
      try {
        await api.openLesson(firstLesson);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    }),
    vscode.commands.registerCommand("acme.showProgress", async () => {
      output.replace(report(await api.readProgress()));
      output.show();
    }),
    output,
    item,
  );
  showCount(await api.readProgress());
};

/** @param {ProgressSnapshot} progress */
function ours(progress) {
  return progress.lessons.filter(({ lesson }) => lessons.includes(lesson));
}

/** @param {ProgressSnapshot} progress */
function report(progress) {
  const begun = ours(progress).map(({ lesson, state, attempts, tests, startedAt }) => {
    const tested = tests === undefined ? "not run yet" : `${tests.passed} of ${tests.total} tests passed`;
    return `${lesson}: ${state}, ${tested}, run ${attempts} times, begun ${new Date(startedAt).toISOString()}`;
  });
  return begun.length === 0 ? "No lesson has been begun.\n" : `${begun.join("\n")}\n`;
}
