/**
 * Entry of the lesson panel's page: joins the messages of the host, the memory of the page and the view. Runs in the
 * webview; everything it shows comes from the host in `state`.
 */
import { render } from "preact";
import type {
  LessonPanelIntent,
  LessonPanelState,
  PanelMemory,
  PanelPart,
} from "../../src/protocol/lessonPanelMessages.ts";
import { guardMarkup } from "../common/guardMarkup.ts";
import { createDiagramPainter } from "../common/mermaid.ts";
import { createMessenger, windowPort } from "../common/messenger.ts";
import { createReporter, pageRoot, refuseDrops, watchErrors } from "../common/page.ts";
import { App } from "./app.tsx";
import { keepMemory, type MemoryKeeper } from "./memory.ts";
import { parseMemory, type PanelMessage, parseToLessonPanel } from "./parseMessage.ts";

start();

function start(): void {
  guardMarkup();
  refuseDrops();
  const api = acquireVsCodeApi();
  const root = pageRoot();
  const painter = createDiagramPainter();
  const report = createReporter((problem) => {
    void messenger.post({ type: "reportProblem", problem });
  });
  const messenger = createMessenger<PanelMessage, LessonPanelIntent>(
    windowPort((message) => {
      api.postMessage(message);
    }),
    { parse: parseToLessonPanel, receive, reject: report },
  );
  let state: LessonPanelState | undefined;
  let memory: MemoryKeeper | undefined;
  let notice: { readonly text: string } | undefined;
  let problem: string | undefined;
  let reveal: { readonly part: PanelPart } | undefined;

  function receive(message: PanelMessage): void {
    if (message.type === "state") {
      state = message.state;
      const earlier = memory?.current ?? parseMemory(api.getState());
      if (memory?.current.lesson !== state.lesson.id) memory = keepMemory(state.lesson.id, earlier, save);
    } else if (message.type === "announce") {
      notice = { text: message.text };
    } else {
      reveal = { part: message.part };
    }
    draw();
  }

  function draw(): void {
    if (state === undefined || memory === undefined) return;
    document.documentElement.lang = state.locale === "zh-cn" ? "zh-CN" : state.locale;
    render(
      <App
        key={state.lesson.id}
        state={state}
        memory={memory}
        painter={painter}
        post={post}
        report={report}
        notice={notice}
        say={say}
        problem={problem}
        dismissProblem={dismissProblem}
        reveal={reveal}
      />,
      root,
    );
  }

  function post(intent: LessonPanelIntent): void {
    void messenger.post(intent).then((answer) => {
      if (answer.ok || answer.problem === "") return;
      problem = answer.problem;
      draw();
    });
  }

  function say(text: string): void {
    notice = { text };
    draw();
  }

  function dismissProblem(): void {
    problem = undefined;
    draw();
  }

  function save(kept: PanelMemory): void {
    api.setState(kept);
  }

  watchErrors(report);
  post({ type: "ready" });
}
