/**
 * "Beat the scheduler": what may happen next, as a list to choose from; what was chosen; and how it ended. Runs in the page of
 * whoever shows it (`src/protocol/stepperMessages.ts`).
 */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { StepAction } from "../../src/protocol/steps.ts";
import type {
  StepperEnd,
  StepperIntent,
  StepperOption,
  StepperStrings,
  StepperView,
} from "../../src/protocol/stepperMessages.ts";
import { format } from "./format.ts";
import { Icon } from "./icon.tsx";

export interface StepperProps {
  readonly view: StepperView;
  readonly post: (intent: StepperIntent) => void;
  /** Id of the heading, for whoever jumps to it. */
  readonly headingId: string;
}

const icons: Readonly<Record<StepAction, string>> = {
  complete: "check",
  fail: "error",
  hang: "debug-pause",
  slow: "watch",
  cancel: "debug-stop",
  "cancel-before": "debug-stop",
  "cancel-within": "debug-stop",
};

/** Options that have a key of their own. */
const keys = 9;

export function Stepper({ view, post, headingId }: StepperProps): JSX.Element {
  const { strings, options, ended, problem, busy } = view;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const intent = busy || isTyping(event.target) ? undefined : intentOfKey(event, view);
    if (intent === undefined) return;
    event.preventDefault();
    post(intent);
  };
  return (
    <section class="card stepper" aria-labelledby={headingId} aria-busy={busy} onKeyDown={onKeyDown}>
      <div class="card-head">
        <h2 id={headingId} tabIndex={-1}>
          {strings.title}
        </h2>
        <Buttons view={view} post={post} />
      </div>
      <div class="stepper-body">
        <p class="stepper-test">{view.test}</p>
        <p class="muted">{strings.help}</p>
        <Chosen view={view} />
        {problem !== undefined && (
          <p class="stepper-problem" role="alert">
            <Icon name="error" />
            {problem}
          </p>
        )}
        {ended !== undefined && <End key={ended.schedule} end={ended} strings={strings} busy={busy} post={post} />}
        {options.length > 0 && <Options options={options} strings={strings} busy={busy} post={post} />}
      </div>
    </section>
  );
}

/** 1 to 9 choose, Backspace undoes; with a modifier a key is somebody else's. */
function intentOfKey(
  { key, ctrlKey, metaKey, altKey }: TargetedKeyboardEvent<HTMLElement>,
  { options, steps }: StepperView,
): StepperIntent | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === "Backspace") return steps.length > 0 ? { do: "undo" } : undefined;
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
  return index >= 0 && index < options.length ? { do: "choose", index } : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}

function Buttons({ view, post }: { readonly view: StepperView; readonly post: StepperProps["post"] }): JSX.Element {
  const { strings, steps } = view;
  const buttons = [
    { icon: "discard", label: strings.undo, intent: { do: "undo" }, off: steps.length === 0 },
    { icon: "debug-restart", label: strings.restart, intent: { do: "restart" }, off: false },
    { icon: "close", label: strings.stop, intent: { do: "stop" }, off: false },
  ] as const;
  return (
    <div class="stepper-buttons">
      {buttons.map(({ icon, label, intent, off }) => (
        <button
          key={icon}
          type="button"
          class="icon-button"
          aria-label={label}
          title={label}
          aria-disabled={off}
          onClick={() => {
            if (!off) post(intent);
          }}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

function Chosen({ view: { strings, steps, now } }: { readonly view: StepperView }): JSX.Element {
  return (
    <div class="stepper-chosen">
      <h3>{format(strings.chosen, now)}</h3>
      {steps.length === 0 ? (
        <p class="muted">{strings.nothingChosen}</p>
      ) : (
        <ol>
          {steps.map(({ text, then }, place) => (
            <li key={place}>
              {text}
              {then !== "" && <span class="stepper-then"> → {then}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface OptionsProps {
  readonly options: readonly StepperOption[];
  readonly strings: StepperStrings;
  readonly busy: boolean;
  readonly post: StepperProps["post"];
}

/** The first option takes the focus whenever there are new ones, if the focus was on an option or went with it. */
function Options({ options, strings, busy, post }: OptionsProps): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const wasHere = useRef(false);
  useEffect(() => {
    const active = document.activeElement;
    if (wasHere.current && (active === document.body || active?.closest(".stepper-options") === list.current)) {
      list.current?.querySelector("button")?.focus({ preventScroll: true });
    }
  }, [options]);
  return (
    <>
      <h3>{strings.next}</h3>
      <ol class="stepper-options" ref={list} data-busy={busy}>
        {options.map(({ what, text, detail, natural }, index) => (
          <li key={index}>
            <button
              type="button"
              aria-disabled={busy}
              aria-keyshortcuts={index < keys ? String(index + 1) : undefined}
              onFocus={() => {
                wasHere.current = true;
              }}
              onClick={() => {
                if (!busy) post({ do: "choose", index });
              }}
            >
              <kbd aria-hidden="true">{index < keys ? index + 1 : ""}</kbd>
              <Icon name={icons[what]} />
              <span class="stepper-words">
                <span>{text}</span>
                <span class="stepper-detail">
                  {detail}
                  {natural && <span class="stepper-natural"> · {strings.natural}</span>}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

interface EndProps {
  readonly end: StepperEnd;
  readonly strings: StepperStrings;
  readonly busy: boolean;
  readonly post: StepperProps["post"];
}

function End({ end, strings, busy, post }: EndProps): JSX.Element {
  const [name, setName] = useState(end.name);
  const heading = useRef<HTMLHeadingElement>(null);
  // No form: in a webview of ours forms are not allowed, and none is ever submitted.
  const keep = (): void => {
    if (!busy) post({ do: "keep", name });
  };
  // What was chosen last is gone: the focus goes on to what came of it, which is then read out.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="stepper-end" data-passed={end.passed}>
      <h3 ref={heading} tabIndex={-1}>
        <Icon name={end.passed ? "pass" : "bug"} />
        {end.headline}
      </h3>
      {end.message !== "" && <p>{end.message}</p>}
      <p class="muted">
        {strings.schedule} <code>{end.schedule}</code>
      </p>
      {end.kept ? (
        <p role="status">
          <Icon name="check" /> {strings.kept}
        </p>
      ) : (
        <div class="stepper-keep">
          <label>
            <span>{strings.keepName}</span>
            <input
              type="text"
              value={name}
              maxLength={120}
              onInput={(event) => {
                setName(event.currentTarget.value);
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter" && !event.isComposing) keep();
              }}
            />
          </label>
          <button type="button" class="button" onClick={keep}>
            <Icon name="save" />
            {strings.keep}
          </button>
        </div>
      )}
    </div>
  );
}
