/**
 * Monaco as the playground's editor. A bundle of its own that the page asks for after its first paint: nothing else may
 * import it. Runs in the playground's page.
 */
import "./features.ts";
import { KeyCode, KeyMod, MarkerSeverity, Uri, editor } from "monaco-editor/editor";
import type { EditorLook } from "../../../src/protocol/playgroundMessages.ts";
import { observeTheme } from "../../common/theme.ts";
import type { CodeEditor, CodeEditorOptions } from "../codeEditor.ts";
import { setUpTypeScript } from "./typeScript.ts";
import { followTheme } from "./theme.ts";

/** Of our marks; TypeScript's own are under another name. */
const markOwner = "interleave";

/** @param parent an empty element whose size the editor follows */
export function createMonaco(parent: HTMLElement, options: CodeEditorOptions): CodeEditor {
  setUpTypeScript(options.libraries);
  followTheme();
  const stopTheme = observeTheme(followTheme);
  const model = editor.createModel(options.text, "typescript", Uri.parse("file:///playground/main.ts"));
  const view = editor.create(parent, { ...settings(options.look), model, ariaLabel: options.label });
  // VS Code's palette, which the page's keys reach, not Monaco's; and Ctrl+S has nothing to save here.
  view.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => undefined);
  model.onDidChangeContent(() => {
    options.changed(model.getValue());
  });
  return {
    get text() {
      return model.getValue();
    },
    replace: (text) => {
      if (text === model.getValue()) return;
      view.pushUndoStop();
      view.executeEdits("interleave", [{ range: model.getFullModelRange(), text }]);
      view.pushUndoStop();
      view.setPosition({ lineNumber: 1, column: 1 });
      view.revealLine(1);
    },
    focus: () => {
      view.focus();
    },
    reveal: (lineNumber, column, focus) => {
      view.setPosition({ lineNumber, column });
      view.revealLineInCenterIfOutsideViewport(lineNumber);
      if (focus) view.focus();
    },
    mark: (marks) => {
      editor.setModelMarkers(
        model,
        markOwner,
        marks.map(({ line, column, message, severe }) => ({
          startLineNumber: line,
          startColumn: column ?? model.getLineFirstNonWhitespaceColumn(Math.min(line, model.getLineCount())),
          endLineNumber: line,
          endColumn: model.getLineMaxColumn(Math.min(line, model.getLineCount())),
          message,
          severity: severe ? MarkerSeverity.Error : MarkerSeverity.Warning,
          source: "Interleave",
        })),
      );
    },
    dispose: () => {
      stopTheme();
      view.dispose();
      model.dispose();
    },
  };
}

/** The editor's own settings, as far as they mean something here. */
function settings(look: EditorLook): editor.IEditorOptions & editor.IGlobalEditorOptions {
  const readsAloud = document.body.classList.contains("vscode-using-screen-reader");
  return {
    fontFamily: look.fontFamily,
    fontSize: look.fontSize,
    fontLigatures: look.fontLigatures,
    lineHeight: look.lineHeight,
    tabSize: look.tabSize,
    insertSpaces: look.insertSpaces,
    wordWrap: look.wordWrap,
    cursorBlinking: look.cursorBlinking,
    automaticLayout: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    // Dimmed, the number of the last line can hardly be read.
    renderFinalNewline: "on",
    renderLineHighlight: "line",
    fixedOverflowWidgets: true,
    overviewRulerBorder: false,
    lineNumbersMinChars: 3,
    scrollbar: { alwaysConsumeMouseWheel: false },
    padding: { top: 8, bottom: 8 },
    accessibilitySupport: readsAloud ? "on" : "auto",
  };
}
