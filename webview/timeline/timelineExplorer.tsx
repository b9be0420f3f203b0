/**
 * A run to look at: chart or table, steps, filters, comparison, pictures. Knows nothing of who shows it, so that every page
 * can: give it a run, its current event, and say what to do when the reader moves. Runs in a webview's page.
 */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { type EventSet, firstDifference } from "../../src/core/timeline/causes.ts";
import type { TimelineHit } from "../../src/core/timeline/timelineHit.ts";
import { domainOf, type TimelineScale } from "../../src/core/timeline/timelineView.ts";
import type { TimelineStrings, ToldTrace } from "../../src/protocol/timelineMessages.ts";
import type { ChartContent, ChartSurface } from "./chartSurface.ts";
import { Details } from "./details.tsx";
import { Difference } from "./difference.tsx";
import { EventTable } from "./eventTable.tsx";
import { drawRuns, pngOf, svgOf } from "./pictures.ts";
import { keyAction, moveByKey, type TimelineAction } from "./keys.ts";
import { Legend } from "./legend.tsx";
import { TimelineChart } from "./timelineChart.tsx";
import { performAction, type TimelineHands } from "./performAction.ts";
import { Toolbar, type ToolbarChoices, type ToolbarState } from "./toolbar.tsx";
import {
  chosenBy,
  drawingWords,
  type Filter,
  placeOfSeq,
  rowsOf,
  stepFrom,
  tellHit,
  type ToldRun,
  toldRun,
} from "./toldRun.ts";
import { usePlayback } from "./usePlayback.ts";
import { useTimelineTheme } from "./useTimelineTheme.ts";
import type { ExplorerMemory } from "./explorerMemory.ts";
import { createViewport, type ViewportStore } from "./viewport.ts";

export interface TimelineExplorerProps {
  readonly run: ToldTrace;
  /** The same in the natural order, to compare with; absent where it is that order, or not known. */
  readonly natural?: ToldTrace | undefined;
  /** `seq` of the current event. */
  readonly moment: number | null;
  /** Lines of the exercise whose lanes are lit. */
  readonly lines: readonly number[];
  readonly strings: TimelineStrings;
  /** What a picture of the run is called. */
  readonly title: string;
  /** What to say while no event is current. */
  readonly summary: ComponentChildren;
  /** More buttons for the end of the toolbar. */
  readonly actions?: ComponentChildren;
  readonly memory: ExplorerMemory;
  readonly onKeep: (memory: ExplorerMemory) => void;
  readonly onMove: (seq: number | null) => void;
  /** @param focus the reader wants to go there, not only to see it */
  readonly onReveal: (line: number, focus: boolean) => void;
  /** Absent: pictures cannot be saved here. @param png bytes in base64 */
  readonly onSave?: { readonly svg: (svg: string) => void; readonly png: (png: string) => void } | undefined;
  readonly onProblem: (problem: string) => void;
}

export function TimelineExplorer(props: TimelineExplorerProps): JSX.Element {
  const { strings, moment } = props;
  const [memory, keep] = useMemory(props);
  const [filter, setFilter] = useState<Filter>({ by: "all" });
  const [legend, setLegend] = useState(false);
  const run = useMemo(() => toldRun(props.run), [props.run]);
  const natural = useMemo(() => (props.natural === undefined ? undefined : toldRun(props.natural)), [props.natural]);
  const compared = memory.compare && !memory.table ? natural : undefined;
  const chosen = useMemo(() => chosenBy(run, filter), [run, filter]);
  const current = placeOfSeq(run, moment);
  const surface = useRef<ChartSurface | undefined>(undefined);
  const charts = useCharts(props, { run, natural, compared, chosen, current, scale: memory.scale });
  const viewport = useViewport(memory, keep);
  const moves = movesOf(props, { run, chosen, current, rows: charts.main.picture.rows, table: memory.table });
  const playback = usePlayback(() => moves.step(1));
  useEffect(() => {
    surface.current?.showCurrent();
  }, [current, memory.table, memory.scale, chosen]);

  const hands: TimelineHands = {
    ...moves,
    play: playback.toggle,
    zoomBy: (factor) => surface.current?.zoomBy(factor),
    fit: () => surface.current?.fit(),
    toggle: (what) => {
      if (what === "legend") setLegend(!legend);
      else keep({ [what]: !memory[what] });
    },
    save: (kind) => {
      savePicture(kind, charts, props);
    },
  };
  const act = (action: TimelineAction): void => {
    performAction(action, hands);
  };
  const toolbar: ToolbarState = {
    ...{ strings, memory, filter, current, legend, total: run.model.events.length, playing: playback.playing },
    savable: props.onSave !== undefined,
  };
  const choose: ToolbarChoices = {
    filter: (by) => {
      setFilter(by === "all" || current === undefined ? { by: "all" } : { by, event: current });
    },
    scale: (scale) => {
      // Another scale has other places: the whole run is where one finds oneself again.
      viewport.set({ zoom: 1, left: 0 });
      keep({ scale });
    },
  };
  return (
    <section class="timeline" aria-label={props.title}>
      <Toolbar state={toolbar} act={act} choose={choose} actions={props.actions} />
      {legend && <Legend theme={charts.main.theme} strings={strings} />}
      <Details {...{ run, current, filter, chosen, strings }} reveal={props.onReveal}>
        {props.summary}
      </Details>
      <Body {...{ props, memory, run, natural, compared, chosen, current, charts, moves, viewport, surface, act }} />
    </section>
  );
}

interface BodyProps extends Omit<Shown, "scale"> {
  readonly props: TimelineExplorerProps;
  readonly memory: ExplorerMemory;
  readonly charts: Charts;
  readonly moves: Moves;
  readonly viewport: ViewportStore;
  readonly surface: { current: ChartSurface | undefined };
  readonly act: (action: TimelineAction) => void;
}

/** Chart or table, and the natural order beneath. */
function Body(body: BodyProps): JSX.Element {
  const { props, memory, run, natural, compared, charts, moves, viewport, act } = body;
  const { strings } = props;
  const help = useId();
  const other = useRef<ChartSurface | undefined>(undefined);
  const onKey = (event: KeyboardEvent): void => {
    const action = keyAction(event);
    if (action === undefined) return;
    event.preventDefault();
    act(action);
  };
  const shared = { viewport, help, onKey };
  return (
    <>
      <p id={help} class="for-screen-reader">
        {strings.chartHelp}
      </p>
      {memory.table ? (
        <EventTable
          {...{ ...tableProps(props, memory.compare ? charts.difference : undefined, moves), run, strings, onKey }}
          chosen={body.chosen}
          current={body.current}
        />
      ) : (
        <TimelineChart
          {...shared}
          surface={body.surface}
          content={charts.main}
          label={strings.chartLabel}
          onClick={moves.clicked}
          tell={(hit) => tellHit(run, hit, strings)}
        />
      )}
      {memory.compare && (
        <Difference
          {...{ run, natural, strings }}
          place={charts.difference}
          show={() => {
            moves.go(charts.difference);
          }}
        />
      )}
      {compared !== undefined && charts.other !== undefined && (
        <TimelineChart
          {...shared}
          surface={other}
          content={charts.other}
          label={strings.naturalOrder}
          onClick={() => undefined}
          tell={(hit) => tellHit(compared, hit, strings)}
        />
      )}
    </>
  );
}

function tableProps(
  { strings, lines, onReveal }: TimelineExplorerProps,
  difference: number | undefined,
  { go }: Moves,
) {
  const reveal = (line: number): void => {
    onReveal(line, true);
  };
  return { label: strings.chartLabel, difference, lines, onMove: go, onReveal: reveal };
}

interface Place {
  readonly run: ToldRun;
  readonly chosen: EventSet | undefined;
  readonly current: number | undefined;
  readonly rows: readonly number[];
  readonly table: boolean;
}

interface Moves extends Pick<TimelineHands, "goToEnd" | "goAcross" | "showWhole" | "reveal"> {
  /** False where there is no event any more. */
  readonly step: (way: 1 | -1) => boolean;
  readonly go: (place: number | undefined) => void;
  readonly clicked: (hit: TimelineHit) => void;
}

/** Every way from the current event to another one. */
function movesOf({ onMove, onReveal }: TimelineExplorerProps, { run, chosen, current, rows, table }: Place): Moves {
  const go = (place: number | undefined): boolean => {
    const seq = place === undefined ? undefined : run.model.events[place]?.seq;
    if (seq !== undefined) onMove(seq);
    return seq !== undefined;
  };
  const reveal = (place: number | undefined, focus: boolean): void => {
    const line = place === undefined ? undefined : run.model.events[place]?.line;
    if (line !== undefined) onReveal(line, focus);
  };
  return {
    go,
    step: (way) => go(stepFrom(run, current, way, chosen)),
    goToEnd: (end) => go(stepFrom(run, undefined, end === "first" ? 1 : -1, chosen)),
    goAcross: (way) => go(moveByKey(run, rows, current, way, chosen, table)),
    showWhole: () => {
      onMove(null);
    },
    reveal: () => {
      reveal(current, true);
    },
    clicked: (hit) => {
      go(hit.event);
      reveal(hit.event, false);
    },
  };
}

function savePicture(kind: "svg" | "png", charts: Charts, { title, onSave, onProblem }: TimelineExplorerProps): void {
  if (onSave === undefined) return;
  const { main, other } = charts;
  const drawings = drawRuns(other === undefined ? [main] : [main, other], title);
  if (kind === "svg") onSave.svg(svgOf(drawings, main.theme, title));
  else
    pngOf(drawings, main.theme).then(onSave.png, (error: unknown) => {
      onProblem(String(error));
    });
}

function useMemory({ memory: first, onKeep }: TimelineExplorerProps) {
  const [memory, setMemory] = useState(first);
  const latest = useRef(memory);
  const keep = useMemo(
    () =>
      (part: Partial<ExplorerMemory>): void => {
        latest.current = { ...latest.current, ...part };
        setMemory(latest.current);
        onKeep(latest.current);
      },
    [onKeep],
  );
  return [memory, keep] as const;
}

/** Zoom and scrolling change with every frame: the page's tree is left alone then, and they are kept once all is still. */
function useViewport(memory: ExplorerMemory, keep: (part: Partial<ExplorerMemory>) => void) {
  const viewport = useMemo(() => createViewport({ zoom: memory.zoom, left: memory.left }), []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = viewport.observe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        keep(viewport.current);
      }, 300);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [viewport, keep]);
  return viewport;
}

interface Shown {
  readonly run: ToldRun;
  readonly natural: ToldRun | undefined;
  readonly compared: ToldRun | undefined;
  readonly chosen: EventSet | undefined;
  readonly current: number | undefined;
  readonly scale: TimelineScale;
}

interface Charts {
  readonly main: ChartContent;
  readonly other: ChartContent | undefined;
  /** Where the two part: a place in either. */
  readonly difference: number | undefined;
}

function useCharts({ lines, strings }: TimelineExplorerProps, shown: Shown): Charts {
  const { run, natural, compared, chosen, current, scale } = shown;
  const theme = useTimelineTheme();
  const words = useMemo(() => drawingWords(strings), [strings]);
  const rows = useMemo(() => rowsOf(run, chosen), [run, chosen]);
  const difference = useMemo(
    () => (natural === undefined ? undefined : firstDifference(run.model.events, natural.model.events)),
    [run, natural],
  );
  const shownDifference = compared === undefined ? undefined : difference;
  const domain = domainOf([run.model, ...(compared === undefined ? [] : [compared.model])], scale);
  const main = useMemo<ChartContent>(
    () => ({
      picture: { model: run.model, rows, chosen, current, difference: shownDifference, lines, words },
      ...{ scale, domain, theme },
    }),
    [run, rows, chosen, current, shownDifference, lines, words, scale, domain, theme],
  );
  const other = useMemo<ChartContent | undefined>(() => {
    if (compared === undefined) return undefined;
    const picture = {
      model: compared.model,
      rows: rowsOf(compared, undefined),
      difference: shownDifference,
      lines,
      words,
    };
    return { picture, scale, domain, theme };
  }, [compared, shownDifference, lines, words, scale, domain, theme]);
  return { main, other, difference };
}
