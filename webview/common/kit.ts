/**
 * Controls of a form made with `@vscode/webview-ui-toolkit`, in the words of controls.ts: nothing of the toolkit shows
 * outside. The only file that may import it, and only forms load this one, by `import()` after their first paint: it
 * weighs the same however little of it is used. Its colours come from kit.css. Runs in a webview's page.
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeRadio, vsCodeRadioGroup } from "@vscode/webview-ui-toolkit";
import {
  type ButtonOptions,
  type Control,
  type Controls,
  fillChoice,
  markChoice,
  nameOfChoice,
  type RadioGroupOptions,
} from "./controls.ts";

/** Registers what a form needs; once a page. */
export function createKit(): Controls {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeRadio(), vsCodeRadioGroup());
  return { radioGroup, button };
}

function radioGroup(options: RadioGroupOptions): Control<RadioGroupOptions> {
  let current = options;
  const element = document.createElement("vscode-radio-group") as HTMLElement & { value: string };
  element.className = "choices kit";
  element.setAttribute("orientation", "vertical");
  const rows = options.choices.map((choice) => {
    const row = document.createElement("vscode-radio");
    row.className = "choice";
    row.setAttribute("value", choice.id);
    fillChoice(row, choice);
    return { id: choice.id, row };
  });
  element.append(...rows.map(({ row }) => row));
  if (options.chosen !== undefined) element.setAttribute("value", options.chosen);
  element.addEventListener("change", () => {
    // It also reports the value that it was given.
    if (element.value !== "" && element.value !== current.chosen) current.choose(element.value);
  });

  function update(next: RadioGroupOptions): void {
    current = next;
    element.setAttribute("aria-labelledby", next.labelledBy);
    element.toggleAttribute("disabled", next.settled);
    for (const { id, row } of rows) {
      const choice = next.choices.find((each) => each.id === id);
      if (choice === undefined) continue;
      row.dataset["chosen"] = String(id === next.chosen);
      row.dataset["settled"] = String(next.settled);
      row.setAttribute("aria-label", nameOfChoice(choice));
      markChoice(row, choice);
    }
  }

  update(options);
  return {
    element,
    update,
    focus: () => {
      const row = (rows.find(({ id }) => id === current.chosen) ?? rows[0])?.row;
      // The group itself makes it focusable, but only a moment after it was made.
      if (row?.hasAttribute("tabindex") === false) row.tabIndex = 0;
      row?.focus();
    },
  };
}

function button(options: ButtonOptions): Control<ButtonOptions> {
  let current = options;
  const element = document.createElement("vscode-button");
  element.className = "form-button kit";
  element.addEventListener("click", () => {
    current.press();
  });
  function update(next: ButtonOptions): void {
    current = next;
    element.setAttribute("appearance", next.primary ? "primary" : "secondary");
    element.textContent = next.text;
  }
  update(options);
  return {
    element,
    update,
    focus: () => {
      element.focus();
    },
  };
}
