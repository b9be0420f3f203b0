/** A diagram of the lesson: drawn when it comes near, again in a new theme, lit where the failing order passes. Runs in the panel's page. */
import type { JSX, RefObject } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { DiagramView } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { longestDiagram } from "../common/diagramGuard.ts";
import { observeTheme, readTheme } from "../common/theme.ts";
import { usePanel } from "./context.ts";
import { type DiagramIndex, indexDiagram } from "./indexDiagram.ts";
import { type Light, lightsFor } from "./lightUp.ts";
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
  const { strings, events } = usePanel();
  const view = useRef<HTMLDivElement>(null);
  const { drawn, failed } = useDrawing(diagram, view);
  const lights = useMemo(() => lightsFor(diagram.bindings, events), [diagram.bindings, events]);
  useLights(drawn?.index, lights);
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
      {lights.size > 0 && (
        <p class="diagram-note">
          <Icon name="pulse" />
          {strings.diagramLit}
        </p>
      )}
      <DiagramWords diagram={diagram} keys={failed ? undefined : `${id}-keys`} />
    </figure>
  );
}

function DiagramWords(props: { readonly diagram: DiagramView; readonly keys: string | undefined }): JSX.Element {
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
      </details>
      {props.keys !== undefined && (
        <span class="for-screen-reader" id={props.keys}>
          {strings.diagramKeys}
        </span>
      )}
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
  readonly index: DiagramIndex;
  readonly panZoom: PanZoom;
}

function useDrawing(
  { source, file, title }: DiagramView,
  view: RefObject<HTMLDivElement | null>,
): { readonly drawn: Drawn | undefined; readonly failed: boolean } {
  const { painter, report } = usePanel();
  const [drawn, setDrawn] = useState<Drawn>();
  const [failed, setFailed] = useState(false);
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
    painter.draw(source, readTheme(), box).then(
      (drawing) => {
        if (over) return;
        drawing.setAttribute("role", "img");
        drawing.setAttribute("aria-label", title);
        box.replaceChildren(drawing);
        panZoom = attachPanZoom(box, drawing);
        setDrawn({ index: indexDiagram(drawing), panZoom });
      },
      (error: unknown) => {
        if (over) return;
        setFailed(true);
        report(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    return () => {
      over = true;
      panZoom?.dispose();
    };
    // `report` and `painter` live as long as the page.
  }, [near, source, title, look]);
  return { drawn, failed };
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

function useLights(index: DiagramIndex | undefined, lights: ReadonlyMap<string, Light>): void {
  useEffect(() => {
    for (const [id, elements] of index ?? []) {
      const light = lights.get(id);
      for (const element of elements) {
        if (light === undefined) element.removeAttribute("data-light");
        else element.setAttribute("data-light", light);
      }
    }
  }, [index, lights]);
}
