/** The buttons of a timeline, in groups: steps, what is shown, how it is shown, what can be taken along. Runs in a webview's page. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import type { TimelineScale } from "../../src/core/timeline/timelineView.ts";
import type { TimelineStrings } from "../../src/protocol/timelineMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import type { TimelineAction } from "./keys.ts";
import type { ExplorerMemory } from "./explorerMemory.ts";
import type { Filter } from "./toldRun.ts";

export interface ToolbarState {
  readonly strings: TimelineStrings;
  readonly memory: ExplorerMemory;
  readonly filter: Filter;
  readonly current: number | undefined;
  readonly total: number;
  readonly playing: boolean;
  readonly legend: boolean;
  readonly savable: boolean;
}

export interface ToolbarChoices {
  readonly filter: (by: Filter["by"]) => void;
  readonly scale: (scale: TimelineScale) => void;
}

interface ToolbarProps {
  readonly state: ToolbarState;
  readonly act: (action: TimelineAction) => void;
  readonly choose: ToolbarChoices;
  readonly actions: ComponentChildren;
}

export function Toolbar(props: ToolbarProps): JSX.Element {
  const { state, act } = props;
  const { strings, memory } = state;
  const button = (action: TimelineAction, icon: string, label: string, pressed?: boolean): JSX.Element => (
    <ToolButton {...{ action, icon, label, act, pressed }} />
  );
  return (
    <div class="timeline-toolbar" role="toolbar" aria-label={strings.title}>
      <div role="group" aria-label={strings.steps}>
        {button("first", "debug-reverse-continue", strings.first)}
        {button("back", "chevron-left", strings.back)}
        {state.playing ? button("play", "debug-pause", strings.pause) : button("play", "play", strings.play)}
        {button("forward", "chevron-right", strings.forward)}
        {button("last", "debug-continue", strings.last)}
        <Position {...state} />
      </div>
      <div role="group" aria-label={strings.filter}>
        <FilterChoice {...props} />
      </div>
      <div role="group" aria-label={strings.view}>
        <ScaleChoice {...props} />
        {button("zoomOut", "zoom-out", strings.zoomOut)}
        {button("fit", "screen-full", strings.zoomFit)}
        {button("zoomIn", "zoom-in", strings.zoomIn)}
        {button("compare", "git-compare", strings.compare, memory.compare)}
        {button("table", "table", strings.asTable, memory.table)}
        {button("legend", "question", strings.legend, state.legend)}
      </div>
      <div role="group" aria-label={strings.exports}>
        {state.savable && button("svg", "save", strings.exportSvg)}
        {state.savable && button("png", "device-camera", strings.exportPng)}
        {props.actions}
      </div>
    </div>
  );
}

interface ToolButtonProps {
  readonly action: TimelineAction;
  readonly icon: string;
  readonly label: string;
  readonly act: (action: TimelineAction) => void;
  /** Absent for what is no switch. */
  readonly pressed: boolean | undefined;
}

function ToolButton({ action, icon, label, act, pressed }: ToolButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={() => {
        act(action);
      }}
    >
      <Icon name={icon} />
    </button>
  );
}

function Position({ strings, current, total }: ToolbarState): JSX.Element {
  const text = current === undefined ? strings.wholeRun : strings.position;
  return <span class="timeline-position muted">{format(text, (current ?? 0) + 1, total)}</span>;
}

function FilterChoice({ state, choose }: ToolbarProps): JSX.Element {
  const { strings, filter, current } = state;
  const none = filter.by === "all" && current === undefined;
  const id = useId();
  return (
    <>
      <label for={id} class="for-screen-reader">
        {strings.filter}
      </label>
      <select
        id={id}
        class="timeline-select"
        value={filter.by}
        title={none ? strings.pickFirst : strings.filter}
        disabled={none}
        onChange={({ currentTarget: { value } }) => {
          choose.filter(value === "causes" || value === "effects" ? value : "all");
        }}
      >
        <option value="all">{strings.filterAll}</option>
        <option value="causes">{strings.filterCauses}</option>
        <option value="effects">{strings.filterEffects}</option>
      </select>
    </>
  );
}

function ScaleChoice({ state, choose }: ToolbarProps): JSX.Element {
  const { strings, memory } = state;
  const id = useId();
  return (
    <>
      <label for={id} class="for-screen-reader">
        {strings.scale}
      </label>
      <select
        id={id}
        class="timeline-select"
        value={memory.scale}
        title={strings.scale}
        onChange={({ currentTarget: { value } }) => {
          choose.scale(value === "order" ? "order" : "time");
        }}
      >
        <option value="time">{strings.scaleTime}</option>
        <option value="order">{strings.scaleOrder}</option>
      </select>
    </>
  );
}
