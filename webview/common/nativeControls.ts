/** Controls of a form that the browser has by itself: a form works with them before the kit is there, and without it. Runs in a webview's page. */
import {
  type ButtonOptions,
  type Control,
  type Controls,
  fillChoice,
  markChoice,
  nameOfChoice,
  type RadioGroupOptions,
} from "./controls.ts";

export const nativeControls: Controls = { radioGroup, button };

function radioGroup(options: RadioGroupOptions): Control<RadioGroupOptions> {
  let current = options;
  const element = document.createElement("div");
  element.className = "choices";
  element.setAttribute("role", "radiogroup");
  const rows = options.choices.map((choice) => {
    const row = document.createElement("label");
    row.className = "choice";
    const input = document.createElement("input");
    input.type = "radio";
    input.name = `choice-${options.labelledBy}`;
    input.checked = choice.id === options.chosen;
    input.addEventListener("change", () => {
      if (input.checked) current.choose(choice.id);
    });
    const content = document.createElement("span");
    content.className = "choice-content";
    fillChoice(content, choice);
    row.append(input, content);
    return { id: choice.id, row, input, content };
  });
  element.append(...rows.map(({ row }) => row));

  function update(next: RadioGroupOptions): void {
    current = next;
    element.setAttribute("aria-labelledby", next.labelledBy);
    for (const { id, row, input, content } of rows) {
      const choice = next.choices.find((each) => each.id === id);
      if (choice === undefined) continue;
      row.dataset["chosen"] = String(id === next.chosen);
      row.dataset["settled"] = String(next.settled);
      input.disabled = next.settled;
      input.setAttribute("aria-label", nameOfChoice(choice));
      markChoice(content, choice);
    }
  }

  update(options);
  return {
    element,
    update,
    focus: () => {
      (rows.find(({ input }) => input.checked) ?? rows[0])?.input.focus();
    },
  };
}

function button(options: ButtonOptions): Control<ButtonOptions> {
  let current = options;
  const element = document.createElement("button");
  element.type = "button";
  element.addEventListener("click", () => {
    current.press();
  });
  function update(next: ButtonOptions): void {
    current = next;
    element.className = next.primary ? "button form-button" : "button form-button secondary";
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
