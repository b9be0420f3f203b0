/** The timeline's page: a run, or what to do to get one. Runs in the timeline's page. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type {
  TimelineIntent,
  TimelineMemory,
  TimelineRunView,
  TimelineState,
} from "../../src/protocol/timelineMessages.ts";
import { Icon } from "../common/icon.tsx";
import { type ExplorerMemory, freshMemory } from "./explorerMemory.ts";
import { TimelineExplorer } from "./timelineExplorer.tsx";

export interface AppProps {
  readonly state: TimelineState;
  /** What an earlier page kept. */
  readonly earlier: TimelineMemory | undefined;
  readonly keep: (memory: TimelineMemory) => void;
  readonly post: (intent: TimelineIntent) => void;
  readonly move: (moment: number | null) => void;
  /** A new object for each thing that is said. */
  readonly notice: { readonly text: string } | undefined;
  readonly problem: string | undefined;
  readonly dismissProblem: () => void;
}

export function App(props: AppProps): JSX.Element {
  const { state, post, problem, notice } = props;
  const { strings, run } = state;
  return (
    <main class="timeline-page">
      <h1 class="for-screen-reader">{run === undefined ? strings.title : `${strings.title}: ${run.test}`}</h1>
      {problem !== undefined && (
        <div class="problem" role="alert">
          <Icon name="warning" />
          <p>
            {strings.problem} {problem}
          </p>
          <button
            type="button"
            class="icon-button"
            aria-label={strings.close}
            title={strings.close}
            onClick={props.dismissProblem}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {run === undefined ? <Empty state={state} post={post} /> : <Run key={run.key} {...props} run={run} />}
      <Notice notice={notice} />
    </main>
  );
}

function Empty({ state, post }: Pick<AppProps, "state" | "post">): JSX.Element {
  const { strings, empty } = state;
  return (
    <div class="timeline-empty">
      <p>{empty}</p>
      <div class="button-row">
        <button
          type="button"
          class="button"
          onClick={() => {
            post({ type: "chooseRun" });
          }}
        >
          {strings.chooseRun}
        </button>
        <button
          type="button"
          class="button secondary"
          onClick={() => {
            post({ type: "openLesson" });
          }}
        >
          {strings.openLesson}
        </button>
      </div>
    </div>
  );
}

function Run(props: AppProps & { readonly run: TimelineRunView }): JSX.Element {
  const { state, run, post, earlier } = props;
  const { strings } = state;
  const memory = useMemo<ExplorerMemory>(() => {
    if (earlier === undefined) return freshMemory;
    const { scale, table, compare, zoom, left, key } = earlier;
    // Zoom and place belong to a run; how one likes to look at runs does not.
    return { scale, table, compare, ...(key === run.key ? { zoom, left } : { zoom: 1, left: 0 }) };
  }, []);
  const keep = useMemo(
    () =>
      (changed: ExplorerMemory): void => {
        props.keep({ ...changed, key: run.key });
      },
    [run.key],
  );
  return (
    <TimelineExplorer
      run={run}
      natural={run.natural}
      moment={state.moment}
      lines={state.editor.lines}
      strings={strings}
      title={`${run.lesson} · ${run.test} · ${run.schedule}`}
      summary={<Summary state={state} run={run} />}
      actions={<Actions strings={strings} post={post} />}
      memory={memory}
      onKeep={keep}
      onMove={props.move}
      onReveal={(line, focus) => {
        post({ type: "revealSource", line, focus });
      }}
      onSave={{
        svg: (svg) => {
          post({ type: "saveSvg", svg });
        },
        png: (png) => {
          post({ type: "savePng", png });
        },
      }}
      onProblem={(problem) => {
        post({ type: "reportProblem", problem });
      }}
    />
  );
}

/** What the run is, and what was found wrong with it. */
function Summary({ state, run }: { readonly state: TimelineState; readonly run: TimelineRunView }): JSX.Element {
  const { strings, editor } = state;
  const { failure } = run;
  return (
    <>
      <p class="timeline-run">
        <strong>{run.test}</strong>
        <span class="timeline-origin">{run.live ? strings.live : run.origin}</span>
        <span class="muted">
          {strings.schedule} <code>{run.schedule}</code>
        </span>
      </p>
      {failure !== undefined && (
        <p class="timeline-failure">
          <Icon name="error" />
          <strong>{failure.title}</strong> {failure.message}
        </p>
      )}
      {editor.stale && (
        <p class="timeline-stale">
          <Icon name="warning" /> {strings.stale}
        </p>
      )}
    </>
  );
}

function Actions({ strings, post }: { readonly strings: TimelineState["strings"]; readonly post: AppProps["post"] }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={strings.copySchedule}
      title={strings.copySchedule}
      onClick={() => {
        post({ type: "copySchedule" });
      }}
    >
      <Icon name="copy" />
    </button>
  );
}

/** How long a notice is shown, real ms. */
const noticeTime = 2500;

function Notice({ notice }: Pick<AppProps, "notice">): JSX.Element {
  const [past, setPast] = useState<AppProps["notice"]>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setPast(notice);
    }, noticeTime);
    return () => {
      clearTimeout(timer);
    };
  }, [notice]);
  return (
    <>
      <div class="for-screen-reader" role="status" aria-live="polite">
        {notice?.text}
      </div>
      {notice !== undefined && notice !== past && (
        <div class="toast" aria-hidden="true">
          {notice.text}
        </div>
      )}
    </>
  );
}
