/**
 * The controls of a form, in our own words. They have two makers: `nativeControls.ts`, which is there at once, and
 * `kit.ts`, which arrives after the first paint and takes over. Runs in a webview's page.
 */
export interface Controls {
  radioGroup(options: RadioGroupOptions): Control<RadioGroupOptions>;
  button(options: ButtonOptions): Control<ButtonOptions>;
}

/** Something that the page shows and that the user acts on; it calls back through its latest options. */
export interface Control<Options> {
  readonly element: HTMLElement;
  update(options: Options): void;
  focus(): void;
}

export interface RadioGroupOptions {
  /** Ids of the elements that name it. */
  readonly labelledBy: string;
  /** Stay the same as long as the control lives, but for `mark` and `note`. */
  readonly choices: readonly Choice[];
  /** Id of a choice. It is set once and then follows the user; undefined for none. */
  readonly chosen: string | undefined;
  /** The choice stands: it can be read, not changed. */
  readonly settled: boolean;
  readonly choose: (id: string) => void;
}

export interface Choice {
  readonly id: string;
  /** "" for none. */
  readonly letter: string;
  readonly text: string;
  /** The text is lines of output. */
  readonly output: boolean;
  readonly mark?: "right" | "wrong";
  /** A few words beside it that say what the mark means. */
  readonly note?: string;
}

export interface ButtonOptions {
  readonly text: string;
  readonly primary: boolean;
  readonly press: () => void;
}

/** What a choice shows: the same with either maker. It takes no clicks, so that they reach the control around it. */
export function fillChoice(element: HTMLElement, choice: Choice): void {
  const letter = span("choice-letter", choice.letter);
  const text = span(choice.output ? "choice-text choice-output" : "choice-text", choice.text);
  element.replaceChildren(letter, text);
  markChoice(element, choice);
}

export function markChoice(element: HTMLElement, { mark, note }: Choice): void {
  element.querySelector(".choice-note")?.remove();
  if (mark === undefined) delete element.dataset["mark"];
  else element.dataset["mark"] = mark;
  if (note === undefined) return;
  const words = span("choice-note", note);
  if (mark !== undefined) {
    const icon = span(`codicon codicon-${mark === "right" ? "pass-filled" : "error"}`, "");
    icon.setAttribute("aria-hidden", "true");
    words.prepend(icon);
  }
  element.append(words);
}

/** What a screen reader says for a choice. */
export function nameOfChoice({ letter, text, note }: Choice): string {
  const name = text.replaceAll("\n", "; ");
  return [letter === "" ? name : `${letter}. ${name}`, ...(note === undefined ? [] : [note])].join(". ");
}

function span(name: string, text: string): HTMLSpanElement {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
