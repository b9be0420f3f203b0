/**
 * Entry of the lesson panel's page: joins the messages of the host, the memory of the page and the view. Runs in the
 * webview; everything it shows comes from the host in `state`.
 */
import { render } from "preact";
import type {
  FromLessonPanelMessage,
  LessonPanelIntent,
  LessonPanelState,
  PanelMemory,
} from "../../src/protocol/lessonPanelMessages.ts";
import { afterPaint } from "../common/afterPaint.ts";
import { guardMarkup } from "../common/guardMarkup.ts";
import { createDiagramPainter, type DiagramPainter } from "../common/mermaid.ts";
import { setPageLanguage } from "../common/page.ts";
import { startPage } from "../common/startPage.ts";
import { readTheme } from "../common/theme.ts";
import { App, type AppProps } from "./app.tsx";
import { keepMemory, type MemoryKeeper } from "./memory.ts";
import { parseMemory, type PanelMessage, parseToLessonPanel } from "./parseMessage.ts";
import { drawInPlace } from "./stillPlace.ts";

/** What is drawn besides the state. */
type Extras = Pick<AppProps, "notice" | "problem" | "moment" | "stepper" | "reveal">;

/** The lesson on the page, which every message names. */
type Shown = Pick<FromLessonPanelMessage, "shown">;

const nothing: Extras = {
  notice: undefined,
  problem: undefined,
  moment: undefined,
  stepper: undefined,
  reveal: undefined,
};

start();

function start(): void {
  guardMarkup();
  const painter = createDiagramPainter((drawing) => {
    // Nobody is told where it is not kept: it is drawn again then.
    void messenger.post({ type: "keepDrawing", drawing, ...shownIn(state) });
  });
  const { api, messenger, report, root } = startPage<PanelMessage, LessonPanelIntent & Shown>({
    parse: parseToLessonPanel,
    receive,
  });
  let state: LessonPanelState | undefined;
  let memory: MemoryKeeper | undefined;
  let extras: Extras = nothing;

  function receive(message: PanelMessage): void {
    if (message.type === "state") {
      const turned = state?.lesson.id !== message.state.lesson.id;
      state = message.state;
      if (turned) {
        // What is said, drawn and played is of one lesson.
        extras = nothing;
        memory = keepMemory(subjectOf(state), memory?.current ?? parseMemory(api.getState()), save);
      }
      if (!turned && state.author !== undefined) drawInPlace(draw);
      else draw();
      if (turned) prepareDiagrams(state, painter);
    } else if (message.type === "drawings") painter.remember(message.drawings);
    else if (message.type === "moment") change({ moment: message.moment });
    else if (message.type === "stepper") change({ stepper: message.view });
    else if (message.type === "announce") say(message.text);
    else change({ reveal: { part: message.part } });
  }

  function change(changed: Partial<Extras>): void {
    extras = { ...extras, ...changed };
    draw();
  }

  function draw(): void {
    if (state === undefined || memory === undefined) return;
    setPageLanguage(state.locale);
    render(
      <App
        key={state.lesson.id}
        state={state}
        memory={memory}
        painter={painter}
        post={post}
        report={report}
        say={say}
        dismissProblem={dismissProblem}
        {...extras}
      />,
      root,
    );
  }

  function post(intent: LessonPanelIntent): void {
    void messenger.post({ ...intent, ...shownIn(state) }).then((answer) => {
      if (answer.ok || answer.problem === "") return;
      change({ problem: answer.problem });
    });
  }

  function say(text: string): void {
    change({ notice: { text } });
  }

  function dismissProblem(): void {
    change({ problem: undefined });
  }

  function save(kept: PanelMemory): void {
    api.setState(kept);
  }

  post({ type: "ready" });
}

function shownIn(state: LessonPanelState | undefined): Shown {
  return state === undefined ? {} : { shown: state.lesson.id };
}

function subjectOf({ lesson, author }: LessonPanelState): Pick<PanelMemory, "lesson" | "folder"> {
  return { lesson: lesson.id, ...(author === undefined ? {} : { folder: author.folder }) };
}

/** Not before the page can be read. */
function prepareDiagrams({ lesson }: LessonPanelState, painter: DiagramPainter): void {
  const [first] = lesson.diagrams;
  if (first === undefined) return;
  afterPaint(() => {
    painter.prepare(first, readTheme());
  });
}
