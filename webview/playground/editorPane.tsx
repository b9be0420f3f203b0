/**
 * Where the program is written: a plain text field from the first paint on, and Monaco in its place once it has loaded.
 * Runs in the playground's page.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PlaygroundState } from "../../src/protocol/playgroundMessages.ts";
import type { CodeEditor, Mark } from "./codeEditor.ts";
import { usePlayground } from "./context.ts";
import { loadMonaco } from "./loadMonaco.ts";
import { createPlainEditor } from "./plainEditor.ts";

export interface EditorPaneProps {
  readonly state: PlaygroundState;
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Gives out the editor that is there now. */
  readonly ready: (editor: CodeEditor) => void;
}

export function EditorPane({ state, text, marks, ready }: EditorPaneProps): JSX.Element {
  const { strings, workbench, report } = usePlayground();
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | undefined>(undefined);
  const [stage, setStage] = useState<"loading" | "full" | "plain">("loading");
  useEffect(() => {
    const parent = box.current;
    if (parent === null) return;
    let gone = false;
    const changed = (next: string): void => {
      workbench.edit(next);
    };
    const plain = createPlainEditor(parent, { text, label: strings.editor, changed });
    editor.current = plain;
    ready(plain);
    const options = { text, label: strings.editor, look: state.look, libraries: state.libraries, changed };
    loadMonaco(parent, { ...options, locale: state.locale, current: () => plain.text, stillWanted: () => !gone }).then(
      (monaco) => {
        if (monaco === undefined) return;
        editor.current = monaco;
        ready(monaco);
        setStage("full");
      },
      (error: unknown) => {
        report(`Monaco did not load: ${String(error)}`);
        setStage("plain");
      },
    );
    return () => {
      gone = true;
      editor.current?.dispose();
    };
  }, []);
  useEffect(() => {
    // Another text from the host; what the user typed is there already.
    if (editor.current !== undefined && editor.current.text !== text) editor.current.replace(text);
  }, [state.revision]);
  useEffect(() => {
    editor.current?.mark(marks);
  }, [marks, stage]);
  return (
    <section class="editor" aria-label={strings.editor}>
      <div class="editor-box" ref={box} data-stage={stage} />
      <p class="muted small">
        {stage === "full" ? strings.editorKeys : stage === "loading" ? strings.editorLoading : strings.editorMissing}
      </p>
    </section>
  );
}
