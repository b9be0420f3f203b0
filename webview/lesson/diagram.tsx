/** A diagram of the lesson: drawn when it comes near, again in a new theme, lit where the run on show passes. Runs in the panel's page. */
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { longestDiagram } from "../../src/core/layout/diagramGuard.ts";
import type { DiagramView, PartLight } from "../../src/protocol/lessonPanelMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { observeTheme, readTheme } from "../common/theme.ts";
import { usePanel } from "./context.ts";
import { drawBadges, nameOfPart } from "./countBadges.ts";
import { DiagramSteps } from "./diagramSteps.tsx";
import { type DiagramIndex, indexDiagram } from "./indexDiagram.ts";
import { attachPanZoom, type PanZoom, zoomStep } from "./panZoom.ts";

interface DiagramProps {
  readonly file: string;
  readonly line: string | undefined;
}

export function Diagram({ file, line }: DiagramProps): JSX.Element | null {
  const { diagrams } = usePanel();
  const diagram = diagrams.find((candidate) => candidate.file === file);
  return diagram === undefined ? null : <DiagramFigure diagram={diagram} line={line} />;
}

function DiagramFigure({
  diagram,
  line,
}: {
  readonly diagram: DiagramView;
  readonly line: string | undefined;
}): JSX.Element {
  const { moment, failing } = usePanel();
  const view = useRef<HTMLDivElement>(null);
  const { drawn, failed } = useDrawing(diagram, view);
  const lit: readonly { readonly file: string; readonly parts: readonly PartLight[] }[] =
    moment?.diagrams ?? failing?.lights ?? [];
  const parts = lit.find(({ file }) => file === diagram.file)?.parts ?? noParts;
  useLights(drawn, parts);
  const id = useId();

  return (
    <figure class="card diagram" data-line={line} aria-labelledby={`${id}-title`}>
      <div class="card-head">
        <figcaption id={`${id}-title`}>{diagram.title}</figcaption>
        {drawn !== undefined && <ZoomButtons panZoom={drawn.panZoom} />}
      </div>
      {failed ? (
        <DiagramSource source={diagram.source} />
      ) : (
        <div
          class="diagram-view"
          ref={view}
          tabIndex={0}
          role="group"
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-keys`}
          data-drawn={drawn !== undefined}
          onKeyDown={(event) => {
            if (drawn !== undefined && zoomByKey(event.key, drawn.panZoom)) event.preventDefault();
          }}
        />
      )}
      <DiagramSteps file={diagram.file} shown={drawn !== undefined && diagram.bound} />
      <DiagramWords diagram={diagram} keys={failed ? undefined : `${id}-keys`}>
        {drawn !== undefined && parts.length > 0 && <TakenCounts index={drawn.index} parts={parts} />}
      </DiagramWords>
    </figure>
  );
}

/** One array for all diagrams that nothing lights. */
const noParts: readonly PartLight[] = [];

interface DiagramWordsProps {
  readonly diagram: DiagramView;
  readonly keys: string | undefined;
  readonly children: ComponentChildren;
}

function DiagramWords(props: DiagramWordsProps): JSX.Element {
  const { strings, isOpen, setOpen } = usePanel();
  const name = `diagram:${props.diagram.file}`;
  return (
    <>
      <details
        class="diagram-words"
        open={isOpen(name, false)}
        onToggle={(event) => {
          if (event.currentTarget.open !== isOpen(name, false)) setOpen(name, event.currentTarget.open);
        }}
      >
        <summary>{strings.diagramDescription}</summary>
        <p>{props.diagram.description}</p>
        {props.children}
      </details>
      {props.keys !== undefined && (
        <span class="for-screen-reader" id={props.keys}>
          {strings.diagramKeys}
        </span>
      )}
    </>
  );
}

/** What the badges say, in words. */
function TakenCounts(props: { readonly index: DiagramIndex; readonly parts: readonly PartLight[] }): JSX.Element {
  const { strings } = usePanel();
  const id = useId();
  return (
    <>
      <p class="taken-head" id={id}>
        {strings.takenCounts}
      </p>
      <ul class="taken" aria-labelledby={id}>
        {props.parts.map(({ element, count, current }) => {
          const name = nameOfPart(element, props.index.get(element) ?? []);
          return (
            <li key={element}>
              {format(count === 1 ? strings.takenOnce : strings.takenTimes, name, count)}
              {current && <strong> ({strings.takenNow})</strong>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function DiagramSource({ source }: { readonly source: string }): JSX.Element {
  const { strings } = usePanel();
  return (
    <>
      <p class="diagram-note">
        <Icon name="warning" />
        {strings.diagramFailed}
      </p>
      <pre tabIndex={0}>
        <code>{source.slice(0, longestDiagram)}</code>
      </pre>
    </>
  );
}

function ZoomButtons({ panZoom }: { readonly panZoom: PanZoom }): JSX.Element {
  const { strings } = usePanel();
  const buttons = [
    {
      icon: "zoom-out",
      label: strings.zoomOut,
      act: () => {
        panZoom.zoom(1 / zoomStep);
      },
    },
    {
      icon: "screen-full",
      label: strings.zoomFit,
      act: () => {
        panZoom.fit();
      },
    },
    {
      icon: "zoom-in",
      label: strings.zoomIn,
      act: () => {
        panZoom.zoom(zoomStep);
      },
    },
  ];
  return (
    <div class="zoom-buttons">
      {buttons.map(({ icon, label, act }) => (
        <button key={icon} type="button" class="icon-button" aria-label={label} title={label} onClick={act}>
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

function zoomByKey(key: string, panZoom: PanZoom): boolean {
  if (key === "+" || key === "=") panZoom.zoom(zoomStep);
  else if (key === "-") panZoom.zoom(1 / zoomStep);
  else if (key === "0") panZoom.fit();
  else return false;
  return true;
}

interface Drawn {
  readonly drawing: SVGSVGElement;
  readonly index: DiagramIndex;
  readonly panZoom: PanZoom;
}

function useDrawing(
  { source, file, title }: DiagramView,
  view: RefObject<HTMLDivElement | null>,
): { readonly drawn: Drawn | undefined; readonly failed: boolean } {
  const { painter, report } = usePanel();
  const [drawn, setDrawn] = useState<Drawn>();
  /** The source that could not be drawn: another one is tried anew. */
  const [failed, setFailed] = useState<string>();
  const [look, setLook] = useState(0);
  const near = useNear(view);
  useEffect(
    () =>
      observeTheme(() => {
        setLook((count) => count + 1);
      }),
    [],
  );
  useEffect(() => {
    const box = view.current;
    if (!near || box === null) return undefined;
    let panZoom: PanZoom | undefined;
    let over = false;
    painter.draw({ file, source }, readTheme(), box).then(
      (drawing) => {
        if (over) return;
        drawing.setAttribute("role", "img");
        drawing.setAttribute("aria-label", title);
        box.replaceChildren(drawing);
        panZoom = attachPanZoom(box, drawing);
        setDrawn({ drawing, index: indexDiagram(drawing), panZoom });
      },
      (error: unknown) => {
        if (over) return;
        setFailed(source);
        report(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    return () => {
      over = true;
      panZoom?.dispose();
    };
    // `report` and `painter` live as long as the page.
  }, [near, file, source, title, look]);
  return { drawn, failed: failed === source };
}

/** True from the moment when the element comes within a screen's height of the view. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: "100% 0px" },
    );
    observer.observe(element.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return near;
}

function useLights(drawn: Drawn | undefined, parts: readonly PartLight[]): void {
  useEffect(() => {
    if (drawn === undefined) return;
    const lights = new Map(parts.map((part) => [part.element, part]));
    for (const [id, elements] of drawn.index) {
      const part = lights.get(id);
      for (const element of elements) {
        if (part === undefined) element.removeAttribute("data-light");
        else element.setAttribute("data-light", part.light);
        element.toggleAttribute("data-current", part?.current === true);
      }
    }
    drawBadges(drawn.drawing, drawn.index, parts);
  }, [drawn, parts]);
}
