/** A rehearsal while it is sat: clock, items, and one of them at a time. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { ItemView, SittingView } from "../../src/protocol/assessmentMessages.ts";
import { afterPaint } from "../common/afterPaint.ts";
import { Icon } from "../common/icon.tsx";
import { Clock, type ClockReading } from "./clock.tsx";
import { useAssessment } from "./context.ts";
import { HandIn } from "./handIn.tsx";
import { Item, itemHeading } from "./item.tsx";
import { ItemList } from "./itemList.tsx";
import { useKeys } from "./keys.ts";
import { type AllMarks, markOf, type Marks, marksOf, standingOf, withMarks } from "./marks.ts";

interface SittingProps {
  readonly view: SittingView;
  readonly reading: ClockReading;
  /** Coding tasks in whose files something was written since the view was made. */
  readonly written: ReadonlySet<string>;
}

export function Sitting({ view, reading, written }: SittingProps): JSX.Element {
  const { strings, post } = useAssessment();
  if (view.elsewhere) {
    return (
      <Standstill text={strings.elsewhere} action={strings.goOnHere}>
        {() => {
          post({ type: "goOn", rehearsal: view.rehearsal });
        }}
      </Standstill>
    );
  }
  return (
    <>
      <Running view={view} reading={reading} written={written} />
      {!reading.running && (
        <Standstill text={strings.pausedNote} action={strings.resume}>
          {() => {
            post({ type: "resume" });
          }}
        </Standstill>
      )}
    </>
  );
}

/** Kept while the clock stands still, out of sight. */
function Running({ view, reading, written }: SittingProps): JSX.Element {
  const { post } = useAssessment();
  const sat = useSat(view, written);
  const { item, mark, marks, change, go, toggleFlag, skip, step } = sat;
  const [asking, setAsking] = useState(false);
  const keys = useMemo(
    () =>
      reading.running && !asking
        ? { next: () => void step(1), back: () => void step(-1), skip, flag: toggleFlag }
        : undefined,
    [reading.running, asking, step, skip, toggleFlag],
  );
  useKeys(keys);
  const handIn = (): void => {
    setAsking(true);
  };
  return (
    <>
      <div class="bar">
        <Clock reading={reading} />
        {reading.running && <BarButtons handIn={handIn} />}
        {reading.running && <ItemList view={view} marks={marks} current={item.id} show={go} />}
      </div>
      {reading.running && asking && (
        <HandIn
          unanswered={view.items.filter(({ id }) => standingOf(markOf(marks, id)) !== "answered").length}
          keepGoing={() => {
            setAsking(false);
            document.getElementById(itemHeading)?.focus();
          }}
        />
      )}
      {reading.running && !asking && (
        <>
          <Item
            key={item.id}
            item={item}
            mark={mark}
            choose={(choice) => {
              change({ choice, skipped: false });
              post({ type: "choose", item: item.id, choice });
            }}
            explain={(text) => {
              change({ explanation: text });
              post({ type: "explain", item: item.id, text });
            }}
          />
          <ItemButtons sat={sat} view={view} handIn={handIn} />
        </>
      )}
    </>
  );
}

interface Sat {
  readonly item: ItemView;
  readonly mark: Marks;
  readonly marks: AllMarks;
  readonly change: (change: Partial<Marks>) => void;
  readonly go: (item: string) => void;
  readonly toggleFlag: () => void;
  readonly skip: () => void;
  /** Goes so many items on; false where there is none. */
  readonly step: (by: number) => boolean;
}

/** What is drawn is told to the host afterwards, never waited for. */
function useSat(view: SittingView, written: ReadonlySet<string>): Sat {
  const { post } = useAssessment();
  const [marks, setMarks] = useState<AllMarks>(() => marksOf(view));
  const [current, setCurrent] = useState(view.current);
  const [moved, setMoved] = useState(0);
  useEffect(() => {
    afterPaint(() => {
      post({ type: "show", item: current });
    });
  }, [current]);
  useLayoutEffect(() => {
    if (moved === 0) return;
    document.getElementById(itemHeading)?.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
  }, [moved]);
  useEffect(() => {
    setMarks((before) =>
      [...written].reduce((all, id) => withMarks(all, id, { written: true, skipped: false }), before),
    );
  }, [written]);
  const item = view.items.find(({ id }) => id === current) ?? view.items[0];
  if (item === undefined) throw new Error("a rehearsal without items");
  const mark = markOf(marks, item.id);
  const change = (part: Partial<Marks>): void => {
    setMarks((before) => withMarks(before, item.id, part));
  };
  const go = (id: string): void => {
    setCurrent(id);
    setMoved((before) => before + 1);
  };
  const step = (by: number): boolean => {
    const next = view.items[view.items.indexOf(item) + by];
    if (next !== undefined) go(next.id);
    return next !== undefined;
  };
  const skip = (): void => {
    if (standingOf(mark) !== "answered") {
      change({ skipped: true });
      post({ type: "skip", item: item.id });
    }
    step(1);
  };
  const toggleFlag = (): void => {
    change({ flagged: !mark.flagged });
    post({ type: "flag", item: item.id, flagged: !mark.flagged });
  };
  return { item, mark, marks, change, go, toggleFlag, skip, step };
}

function BarButtons({ handIn }: { readonly handIn: () => void }): JSX.Element {
  const { strings, post } = useAssessment();
  return (
    <div class="bar-buttons">
      <button
        type="button"
        class="button secondary"
        onClick={() => {
          post({ type: "pause" });
        }}
      >
        <Icon name="debug-pause" />
        {strings.pause}
      </button>
      <button type="button" class="button secondary" onClick={handIn}>
        <Icon name="check-all" />
        {strings.handIn}
      </button>
    </div>
  );
}

interface ItemButtonsProps {
  readonly sat: Sat;
  readonly view: SittingView;
  readonly handIn: () => void;
}

function ItemButtons({ sat, view, handIn }: ItemButtonsProps): JSX.Element {
  const { strings } = useAssessment();
  const { item, mark, step, skip, toggleFlag } = sat;
  const isFirst = view.items[0] === item;
  const isLast = view.items.at(-1) === item;
  return (
    <>
      <div class="item-buttons">
        {!isFirst && <StepButton icon="arrow-left" text={strings.back} press={() => void step(-1)} />}
        <StepButton
          icon={isLast ? "check-all" : "arrow-right"}
          text={isLast ? strings.handIn : strings.next}
          primary={true}
          press={() => {
            if (!step(1)) handIn();
          }}
        />
        {!isLast && <StepButton icon="debug-step-over" text={strings.skip} press={skip} />}
        <StepButton
          icon="bookmark"
          text={mark.flagged ? strings.unflag : strings.flag}
          press={toggleFlag}
          pressed={mark.flagged}
        />
      </div>
      <p class="hint-line">{strings.keys}</p>
    </>
  );
}

interface StepButtonProps {
  readonly icon: string;
  readonly text: string;
  readonly primary?: boolean;
  readonly pressed?: boolean;
  readonly press: () => void;
}

function StepButton({ icon, text, primary = false, pressed, press }: StepButtonProps): JSX.Element {
  return (
    <button type="button" class={primary ? "button" : "button secondary"} data-pressed={pressed} onClick={press}>
      <Icon name={icon} />
      {text}
    </button>
  );
}

interface StandstillProps {
  readonly text: string;
  readonly action: string;
  readonly children: () => void;
}

function Standstill({ text, action, children: act }: StandstillProps): JSX.Element {
  return (
    <section class="standstill" role="status">
      <p>{text}</p>
      <button type="button" class="button" onClick={act}>
        <Icon name="debug-continue" />
        {action}
      </button>
    </section>
  );
}
