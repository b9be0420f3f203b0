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
      const begun = ours(await api.readProgress()).map(row);
      if (begun.length === 0) {
        void vscode.window.showInformationMessage("No lesson has been begun.");
        return;
      }
      const chosen = await vscode.window.showQuickPick(begun, { title: "Acme Lessons", matchOnDescription: true });
      if (chosen !== undefined) await api.openLesson(chosen.label);
    }),
    item,
  );
  showCount(await api.readProgress());
};

/** @param {ProgressSnapshot} progress */
function ours(progress) {
  return progress.lessons.filter(({ lesson }) => lessons.includes(lesson));
}

/** @param {ProgressSnapshot["lessons"][number]} lesson */
function row({ lesson, state, attempts, tests, startedAt }) {
  const tested = tests === undefined ? "not run yet" : `${tests.passed} of ${tests.total} tests passed`;
  return {
    label: lesson,
    description: `${state}, ${tested}`,
    detail: `Run ${attempts} times, begun ${new Date(startedAt).toISOString()}`,
  };
}
