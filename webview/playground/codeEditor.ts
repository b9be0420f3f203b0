/** What the page knows of its editor, whichever there is: a plain text field at first, Monaco as soon as it is there. Runs in the playground's page. */
import type { EditorLook } from "../../src/protocol/playgroundMessages.ts";

export interface CodeEditor {
  readonly text: string;
  /** Puts another text in its place. It can be undone. */
  replace(text: string): void;
  focus(): void;
  /** Puts the caret there, in view. Both from 1. @param focus whether the focus goes there too */
  reveal(line: number, column: number, focus: boolean): void;
  /** Shows what the last run complained of, beside what the editor itself finds. */
  mark(marks: readonly Mark[]): void;
  dispose(): void;
}

export interface Mark {
  /** From 1. */
  readonly line: number;
  /** From 1; the whole line where it is not known. */
  readonly column?: number | undefined;
  readonly message: string;
  readonly severe: boolean;
}

export interface CodeEditorOptions {
  readonly text: string;
  readonly label: string;
  readonly look: EditorLook;
  /** Declarations that are known to the text, by file name. */
  readonly libraries: readonly DeclarationFile[];
  readonly changed: (text: string) => void;
}

export interface DeclarationFile {
  readonly name: string;
  readonly text: string;
}
