/** Under a diagram: which run lights it, the current event in words, and the way from event to event. Runs in the panel's page. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DiagramMomentView, LessonPanelIntent, MomentView } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

/** Real ms without a step after which the current event is spoken: while a run plays, nobody wants to hear each. */
const stillMs = 700;

interface DiagramStepsProps {
  readonly file: string;
  /** The diagram is drawn, and can be lit. */
  readonly shown: boolean;
}

export function DiagramSteps({ file, shown }: DiagramStepsProps): JSX.Element | null {
  const { strings, moment, failing } = usePanel();
  const here = moment?.diagrams.find((each) => each.file === file);
  if (!shown) return null;
  if (moment !== undefined && here !== undefined) return <Stepping moment={moment} diagram={here} />;
  if (failing === undefined) {
    return (
      <Note icon="lightbulb">
        <TextButton intent={{ type: "showNaturalOrder" }}>{strings.lightNaturally}</TextButton>
      </Note>
    );
  }
  if (!failing.lights.some((each) => each.file === file)) return null;
  return (
    <Note icon="pulse">
      <span>{strings.diagramLit}</span>{" "}
      <TextButton intent={{ type: "stepThroughFailure", test: failing.test }}>{strings.stepThrough}</TextButton>
    </Note>
  );
}

function Stepping({
  moment,
  diagram,
}: {
  readonly moment: MomentView;
  readonly diagram: DiagramMomentView;
}): JSX.Element {
  const { strings } = usePanel();
  const { previous, next } = diagram;
  const spoken = useWhenStill(moment.event ?? "");
  return (
    <div class="diagram-steps">
      <div class="step-buttons">
        <StepButton icon="arrow-left" label={strings.previousEvent} intent={moveTo(previous)} />
        <span class="step-position">{diagram.position}</span>
        <StepButton icon="arrow-right" label={strings.nextEvent} intent={moveTo(next)} />
        <StepButton
          icon="list-flat"
          label={strings.wholeRun}
          intent={moment.whole ? undefined : { type: "lookAtWhole" }}
        />
      </div>
      <p class="step-words">
        <span class="muted">{moment.title}</span>
        <span class="step-event">{moment.event ?? (moment.whole ? strings.wholeRun : "")}</span>
      </p>
      <span class="for-screen-reader" aria-live="polite">
        {spoken}
      </span>
    </div>
  );
}

function moveTo(moment: number | undefined): LessonPanelIntent | undefined {
  return moment === undefined ? undefined : { type: "moveTo", moment };
}

interface StepButtonProps {
  readonly icon: string;
  readonly label: string;
  /** Undefined: there is no such step. */
  readonly intent: LessonPanelIntent | undefined;
}

/** Keeps the focus where there is no step any more: a button that is switched off would lose it. */
function StepButton({ icon, label, intent }: StepButtonProps): JSX.Element {
  const { post } = usePanel();
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={intent === undefined}
      onClick={() => {
        if (intent !== undefined) post(intent);
      }}
    >
      <Icon name={icon} />
    </button>
  );
}

function Note({ icon, children }: { readonly icon: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <p class="diagram-note">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}

interface TextButtonProps {
  readonly intent: LessonPanelIntent;
  readonly children: string;
}

function TextButton({ intent, children }: TextButtonProps): JSX.Element {
  const { post } = usePanel();
  return (
    <button
      type="button"
      class="link-button"
      onClick={() => {
        post(intent);
      }}
    >
      {children}
    </button>
  );
}

/** The text, once it has stayed the same for a while; at first nothing. */
function useWhenStill(text: string): string {
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => {
      setSpoken(text);
    }, stillMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return spoken;
}
