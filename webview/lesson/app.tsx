/** The whole lesson panel: status line, prose, result, hints, what to do next. Runs in the panel's page. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type {
  GradedView,
  LessonPanelIntent,
  LessonPanelState,
  MomentView,
  PanelPart,
} from "../../src/protocol/lessonPanelMessages.ts";
import type { StepperView } from "../../src/protocol/stepperMessages.ts";
import type { DiagramPainter } from "../common/mermaid.ts";
import { Stepper } from "../common/stepper.tsx";
import { Actions } from "./actions.tsx";
import { Changes } from "./changes.tsx";
import { AuthorStrip } from "./authorStrip.tsx";
import { type CodeTab, Panel, type PanelContext } from "./context.ts";
import { Hints } from "./hints.tsx";
import { LessonHeader } from "./lessonHeader.tsx";
import type { MemoryKeeper } from "./memory.ts";
import { LiveRegion, ProblemBar, Toast } from "./notices.tsx";
import { Prose } from "./prose.tsx";
import { Result } from "./result.tsx";
import { goToPart, type Place, readPlace, returnTo, watchPlace } from "./scrolling.ts";
import { StatusLine } from "./statusLine.tsx";

export interface AppProps {
  readonly state: LessonPanelState;
  readonly memory: MemoryKeeper;
  readonly painter: DiagramPainter;
  readonly moment: MomentView | undefined;
  /** The scheduler game, while one of this lesson is on. */
  readonly stepper: StepperView | undefined;
  readonly post: (intent: LessonPanelIntent) => void;
  /** Tells the host, for its log. */
  readonly report: (problem: string) => void;
  /** A new object for each thing that is said. */
  readonly notice: { readonly text: string } | undefined;
  readonly say: (text: string) => void;
  readonly problem: string | undefined;
  readonly dismissProblem: () => void;
  /** A new object for each request. */
  readonly reveal: { readonly part: PanelPart } | undefined;
}

export function App(props: AppProps): JSX.Element {
  const { state, problem, stepper, post } = props;
  const { strings, result, author } = state;
  const graded = useLastGraded(state);
  const panel = usePanelContext(props, graded);
  const { away, jump, back } = useJumps(props.reveal);
  useKeptPlace(props.memory);

  return (
    <Panel.Provider value={panel}>
      {author === undefined ? (
        <StatusLine result={result} away={away !== undefined} jump={jump} back={back} />
      ) : (
        <AuthorStrip author={author} />
      )}
      {problem !== undefined && <ProblemBar text={problem} dismiss={props.dismissProblem} />}
      <div class="layout">
        <main class="reading">
          <LessonHeader state={state} />
          {state.changes !== undefined && <Changes changes={state.changes} running={result.kind === "running"} />}
          <Prose class="lesson-prose" html={state.lesson.html} />
        </main>
        <aside class="working" aria-label={author === undefined ? strings.result : strings.hints}>
          {stepper !== undefined && (
            <Stepper
              view={stepper}
              headingId="part-steps"
              post={(intent) => {
                post({ type: "stepper", intent });
              }}
            />
          )}
          {author === undefined && <Result result={result} graded={graded} exercise={state.exercise} />}
          <Hints hints={state.hints} />
          {author === undefined && (
            <Actions exercise={state.exercise} next={state.next} passed={state.progress.status === "passed"} />
          )}
        </aside>
      </div>
      <Toast notice={props.notice} />
      <LiveRegion notice={props.notice} verdict={result.kind === "graded" ? result : undefined} />
    </Panel.Provider>
  );
}

/** The last verdict: it stays on screen, dimmed, while the next run is under way. */
function useLastGraded({ result }: LessonPanelState): GradedView | undefined {
  const last = useRef<GradedView | undefined>(undefined);
  if (result.kind === "graded") last.current = result;
  if (result.kind === "none") last.current = undefined;
  return last.current;
}

function usePanelContext(props: AppProps, graded: GradedView | undefined): PanelContext {
  const { state, memory, painter, moment, post, report, say } = props;
  const { strings, lesson } = state;
  const [tab, setTab] = useState(memory.current.tab);
  const [open, setOpenParts] = useState(memory.current.open ?? {});
  return useMemo(() => {
    const failed = graded?.tests.filter(({ failure }) => failure !== undefined) ?? [];
    const shown = failed.find(({ name }, index) => open[`test:${name}`] ?? index === 0);
    return {
      strings,
      post,
      report,
      painter,
      copyCode: (text: string) => {
        navigator.clipboard.writeText(text).then(
          () => {
            say(strings.copied);
          },
          (error: unknown) => {
            report(`clipboard: ${String(error)}`);
          },
        );
      },
      tab,
      chooseTab: (choice: CodeTab) => {
        setTab(choice);
        memory.change({ tab: choice });
      },
      isOpen: (name: string, initially: boolean) => open[name] ?? initially,
      setOpen: (name: string, isOpen: boolean) => {
        setOpenParts((before) => ({ ...before, [name]: isOpen }));
        memory.change({ open: { ...memory.current.open, [name]: isOpen } });
      },
      diagrams: lesson.diagrams,
      moment,
      failing: shown?.failure === undefined ? undefined : { test: shown.name, lights: shown.failure.lights },
    };
  }, [strings, lesson.diagrams, graded, moment, tab, open, memory, painter, post, report, say]);
}

interface Jumps {
  /** Where the reader was before the jump to another part; undefined where they are still there. */
  readonly away: Place | undefined;
  readonly jump: (part: PanelPart) => void;
  readonly back: () => void;
}

function useJumps(reveal: AppProps["reveal"]): Jumps {
  const [away, setAway] = useState<Place>();
  const jump = (part: PanelPart): void => {
    const from = readPlace();
    const top = document.getElementById(`part-${part}`)?.getBoundingClientRect().top ?? 0;
    goToPart(part);
    // Beside the text, on a wide page, the result is in view already: then nobody goes away.
    if (part !== "top" && (top < 0 || top > window.innerHeight)) setAway((before) => before ?? from);
  };
  useEffect(() => {
    if (reveal !== undefined) jump(reveal.part);
  }, [reveal]);
  return {
    away,
    jump,
    back: () => {
      if (away !== undefined) returnTo(away);
      setAway(undefined);
    },
  };
}

function useKeptPlace(memory: MemoryKeeper): void {
  useLayoutEffect(() => {
    if (memory.restored) returnTo(memory.current, "instant");
    else window.scrollTo({ top: 0 });
  }, [memory]);
  useEffect(
    () =>
      watchPlace((place) => {
        memory.change(place);
      }),
    [memory],
  );
}
