/**
 * Draws mermaid diagrams in the colours of the theme. Runs in a webview's page; mermaid itself is fetched once the page has
 * been painted without it.
 */
import type { Mermaid, MermaidConfig } from "mermaid";
import { countParts, guardDiagram, longestDiagram, mostParts } from "../../src/core/layout/diagramGuard.ts";
import { type DiagramView, type KeptDrawing, longestDrawing } from "../../src/protocol/lessonPanelMessages.ts";
import { afterPaint } from "./afterPaint.ts";
import { sanitiseDrawing } from "./sanitise.ts";
import { mixColors, type Theme } from "./theme.ts";

type Diagram = Pick<DiagramView, "file" | "source">;

export interface DiagramPainter {
  /** Drawings that may be shown as they are, where they look as they should. */
  remember(drawings: readonly KeptDrawing[]): void;
  /** Fetches what it takes to draw such a diagram, so that the first one that comes near the view need not wait for it. */
  prepare(diagram: Diagram, theme: Theme): void;
  /** Rejects with what mermaid says where the source is wrong. `host` is where the drawing will stand: it is measured there. */
  draw(diagram: Diagram, theme: Theme, host: Element): Promise<SVGSVGElement>;
}

/** @param keep told of each drawing that was made, for a later page to remember */
export function createDiagramPainter(keep: (drawing: KeptDrawing) => void = () => undefined): DiagramPainter {
  let library: Promise<Mermaid> | undefined;
  const remembered = new Map<string, KeptDrawing>();
  // A drawing's styles are by its id, and those of earlier pages may stand beside it.
  const series = crypto.randomUUID().slice(0, 8);
  // Mermaid has one configuration for the whole page, so one drawing is made after the other.
  let queue: Promise<unknown> = Promise.resolve();
  let count = 0;

  async function load(theme: Theme): Promise<Mermaid> {
    library ??= import("mermaid").then((module) => module.default);
    const mermaid = await library;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the names of all settings: nothing newer gives them
    mermaid.initialize(configure(theme, Object.keys(mermaid.mermaidAPI.defaultConfig)));
    return mermaid;
  }

  async function draw({ file, source }: Diagram, theme: Theme, host: Element): Promise<SVGSVGElement> {
    const look = await lookOf(source, theme);
    const kept = remembered.get(file);
    const known = kept?.look === look ? sanitiseDrawing(kept.svg) : undefined;
    if (known !== undefined) return known;
    const guarded = guardDiagram(source);
    const mermaid = await load(theme);
    await refuseLarge(mermaid, guarded);
    const easel = document.createElement("div");
    easel.className = "easel";
    host.append(easel);
    try {
      const { svg } = await mermaid.render(`drawing-${series}-${String(++count)}`, guarded, easel);
      const drawing = sanitiseDrawing(svg);
      if (drawing === undefined) throw new Error("mermaid drew nothing");
      const text = drawing.outerHTML;
      if (text.length <= longestDrawing) keep({ file, look, svg: text });
      return drawing;
    } finally {
      easel.remove();
    }
  }

  return {
    remember(drawings) {
      for (const drawing of drawings) remembered.set(drawing.file, drawing);
    },
    prepare({ file, source }, theme) {
      // Each kind of diagram is a file of its own, which parsing one fetches. What is wrong with it is told when it is drawn.
      const fetchParts = async (): Promise<void> => {
        if (remembered.get(file)?.look === (await lookOf(source, theme))) return;
        await (await load(theme)).parse(guardDiagram(source));
      };
      queue = queue.then(fetchParts).catch(() => undefined);
    },
    draw(diagram, theme, host) {
      // The text is there to be read first, also where nothing has to be fetched for the drawing.
      const drawing = queue.then(painted).then(() => draw(diagram, theme, host));
      queue = drawing.catch(() => undefined);
      return drawing;
    },
  };
}

function painted(): Promise<void> {
  return new Promise((resolve) => {
    afterPaint(resolve);
  });
}

/** What the drawing of a diagram depends on, as a hash. */
async function lookOf(source: string, theme: Theme): Promise<string> {
  const parts = JSON.stringify([source, configure(theme, []), devicePixelRatio]);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Refuses what would keep the page busy for seconds. Mermaid itself counts edges only, and only those of flowcharts. */
async function refuseLarge(mermaid: Mermaid, source: string): Promise<void> {
  // This also makes the kinds of diagrams known.
  await mermaid.parse(source);
  // Nothing newer gives what is in the diagram.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
  const parts = countParts(db);
  if (parts > mostParts) throw new Error(`a diagram may have ${String(mostParts)} parts, not ${String(parts)}`);
}

/**
 * Layout, look and theme are named, so that another version of mermaid gives the same picture. No diagram may change
 * any setting.
 */
function configure(theme: Theme, settings: readonly string[]): MermaidConfig {
  return {
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: "strict",
    secure: ["secure", "dompurifyConfig", "themeCSS", ...settings],
    maxTextSize: longestDiagram,
    maxEdges: mostParts,
    deterministicIds: true,
    layout: "dagre",
    look: "classic",
    theme: "base",
    fontFamily: theme.color(["font-family"], "sans-serif"),
    fontSize: 14,
    flowchart: { curve: "basis", padding: 9, nodeSpacing: 40, rankSpacing: 44, useMaxWidth: false },
    sequence: {
      useMaxWidth: false,
      mirrorActors: false,
      width: 110,
      height: 42,
      actorMargin: 28,
      messageMargin: 34,
      boxMargin: 8,
      diagramMarginX: 16,
      diagramMarginY: 8,
    },
    state: { useMaxWidth: false },
    class: { useMaxWidth: false },
    themeVariables: themeVariables(theme),
  };
}

function themeVariables(theme: Theme): Record<string, string | boolean> {
  const background = theme.color(["editor-background"], theme.dark ? "#1f1f1f" : "#ffffff");
  const text = theme.color(["editor-foreground", "foreground"], theme.dark ? "#cccccc" : "#3b3b3b");
  const contrast = theme.color(["contrastBorder"], "");
  const surface = contrast === "" ? theme.color(["editorWidget-background"], background) : background;
  const group = contrast === "" ? theme.color(["textCodeBlock-background"], surface) : background;
  const line = contrast === "" ? mixColors(text, background, 0.66) : text;
  const border = contrast === "" ? line : contrast;
  return {
    darkMode: theme.dark,
    background,
    fontFamily: theme.color(["font-family"], "sans-serif"),
    fontSize: "14px",
    primaryColor: surface,
    primaryTextColor: text,
    primaryBorderColor: border,
    secondaryColor: group,
    secondaryTextColor: text,
    secondaryBorderColor: border,
    tertiaryColor: group,
    tertiaryTextColor: text,
    tertiaryBorderColor: border,
    mainBkg: surface,
    nodeBorder: border,
    nodeTextColor: text,
    clusterBkg: group,
    clusterBorder: border,
    titleColor: text,
    textColor: text,
    lineColor: line,
    defaultLinkColor: line,
    edgeLabelBackground: background,
    noteBkgColor: group,
    noteTextColor: text,
    noteBorderColor: border,
    actorBkg: surface,
    actorBorder: border,
    actorTextColor: text,
    actorLineColor: line,
    signalColor: line,
    signalTextColor: text,
    labelBoxBkgColor: group,
    labelBoxBorderColor: border,
    labelTextColor: text,
    loopTextColor: text,
    activationBkgColor: group,
    activationBorderColor: border,
    sequenceNumberColor: background,
    labelColor: text,
    altBackground: group,
    transitionColor: line,
    transitionLabelColor: text,
    stateBkg: surface,
    stateLabelColor: text,
    compositeBackground: group,
    compositeTitleBackground: group,
    errorBkgColor: surface,
    errorTextColor: text,
  };
}
