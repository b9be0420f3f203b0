/** The form with which a rehearsal begins, and the earlier ones. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { EarlierView, StartChoice, StartView } from "../../src/protocol/assessmentMessages.ts";
import { afterPaint } from "../common/afterPaint.ts";
import { Button, RadioGroup } from "../common/control.tsx";
import { Icon } from "../common/icon.tsx";
import { useAssessment } from "./context.ts";

interface StartProps {
  readonly view: StartView;
  /** What was asked for last did not work. */
  readonly failed: boolean;
}

export function Start({ view, failed }: StartProps): JSX.Element {
  const { strings, post } = useAssessment();
  const [profile, setProfile] = useState(view.profile);
  const [length, setLength] = useState(view.length);
  const [seed, setSeed] = useState("");
  const [wrong, setWrong] = useState(false);
  const [begun, setBegun] = useState(false);
  const parsed = seedOf(seed);
  const choice = {
    ...{ profile, minutes: Number(length) },
    ...(typeof parsed === "number" ? { seed: parsed } : {}),
  };
  useEffect(() => {
    if (parsed === "wrong") return;
    afterPaint(() => {
      post({ type: "consider", ...choice });
    });
  }, [profile, length, parsed]);
  const begin = (): void => {
    setWrong(parsed === "wrong");
    if (parsed === "wrong") return;
    setBegun(true);
    post({ type: "start", ...choice });
  };
  return (
    <>
      <ul class="rules">
        {strings.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      {view.unfinished.length > 0 && (
        <Earlier heading={strings.unfinished} list={view.unfinished} action={strings.goOn} intent="goOn" />
      )}
      <div class="form">
        <Choices heading={strings.profile} choices={view.profiles} chosen={profile} choose={setProfile} />
        <Choices heading={strings.length} choices={view.lengths} chosen={length} choose={setLength} />
        <SeedField seed={seed} wrong={wrong} change={setSeed} begin={begin} />
        <Button text={begun && !failed ? strings.beginning : strings.begin} primary={true} press={begin} />
      </div>
      {view.earlier.length > 0 && (
        <Earlier heading={strings.earlier} list={view.earlier} action={strings.openReport} intent="openReport" />
      )}
    </>
  );
}

interface ChoicesProps {
  readonly heading: string;
  readonly choices: readonly StartChoice[];
  readonly chosen: string;
  readonly choose: (id: string) => void;
}

function Choices({ heading, choices, chosen, choose }: ChoicesProps): JSX.Element {
  const id = useId();
  return (
    <section class="field" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <RadioGroup
        labelledBy={id}
        choices={choices.map((choice) => ({
          id: choice.id,
          letter: "",
          text: choice.title,
          output: false,
          note: choice.summary,
        }))}
        chosen={chosen}
        settled={false}
        choose={choose}
      />
    </section>
  );
}

interface SeedProps {
  readonly seed: string;
  readonly wrong: boolean;
  readonly change: (seed: string) => void;
  readonly begin: () => void;
}

function SeedField({ seed, wrong, change, begin }: SeedProps): JSX.Element {
  const { strings } = useAssessment();
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field-label">
        {strings.seed}
      </label>
      <input
        id={id}
        class="text-input"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={seed}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => {
          change(currentTarget.value);
        }}
        onKeyDown={({ key }) => {
          if (key === "Enter") begin();
        }}
      />
      <p id={`${id}-hint`} class="hint-line" role={wrong ? "alert" : undefined}>
        {wrong ? strings.seedWrong : strings.seedHint}
      </p>
    </div>
  );
}

interface EarlierProps {
  readonly heading: string;
  readonly list: readonly EarlierView[];
  readonly action: string;
  readonly intent: "goOn" | "openReport";
}

function Earlier({ heading, list, action, intent }: EarlierProps): JSX.Element {
  const { post } = useAssessment();
  const id = useId();
  return (
    <section class="earlier" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <ul>
        {list.map(({ rehearsal, title, detail }) => (
          <li key={rehearsal}>
            <span class="earlier-title">{title}</span>
            <span class="muted">{detail}</span>
            <button
              type="button"
              class="link-button"
              aria-label={`${action}: ${title}, ${detail}`}
              onClick={() => {
                post({ type: intent, rehearsal });
              }}
            >
              <Icon name={intent === "goOn" ? "debug-continue" : "graph"} />
              {action}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Undefined where the field is empty. */
function seedOf(text: string): number | "wrong" | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^\d{1,10}$/.test(trimmed) && Number(trimmed) <= 0xffff_ffff ? Number(trimmed) : "wrong";
}
