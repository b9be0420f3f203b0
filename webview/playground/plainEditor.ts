/** The editor until Monaco is there, and where it cannot be had: a text field. Runs in the playground's page. */
import type { CodeEditor, CodeEditorOptions } from "./codeEditor.ts";

export function createPlainEditor(
  parent: HTMLElement,
  { text, label, changed }: Pick<CodeEditorOptions, "text" | "label" | "changed">,
): CodeEditor {
  const field = document.createElement("textarea");
  field.className = "plain-editor";
  field.spellcheck = false;
  field.setAttribute("aria-label", label);
  field.setAttribute("autocapitalize", "off");
  field.value = text;
  field.addEventListener("input", () => {
    changed(field.value);
  });
  parent.replaceChildren(field);
  return {
    get text() {
      return field.value;
    },
    replace: (next) => {
      field.value = next;
    },
    focus: () => {
      field.focus();
    },
    reveal: (line, column, focus) => {
      const before = field.value.split("\n").slice(0, line - 1);
      const place = before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
      if (focus) field.focus();
      field.setSelectionRange(place, place);
    },
    mark: () => undefined,
    dispose: () => {
      field.remove();
    },
  };
}
