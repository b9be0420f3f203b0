/**
 * Entry of the page "Check yourself": joins the messages of the host, the memory of the page and the view. Draws with the
 * browser's own controls first and with the kit's as soon as they are there. Runs in the webview.
 */
import { render } from "preact";
import type { QuizMemory, QuizPanelIntent, QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import type { Controls } from "../common/controls.ts";
import { guardMarkup } from "../common/guardMarkup.ts";
import { createMessenger, windowPort } from "../common/messenger.ts";
import { nativeControls } from "../common/nativeControls.ts";
import { createReporter, pageRoot, refuseDrops, watchErrors } from "../common/page.ts";
import { App } from "./app.tsx";
import { parseMemory, parseToQuizPanel, type QuizMessage } from "./parseMessage.ts";

start();

function start(): void {
  guardMarkup();
  refuseDrops();
  const api = acquireVsCodeApi();
  const root = pageRoot();
  const report = createReporter((problem) => {
    void messenger.post({ type: "reportProblem", problem });
  });
  const messenger = createMessenger<QuizMessage, QuizPanelIntent>(
    windowPort((message) => {
      api.postMessage(message);
    }),
    { parse: parseToQuizPanel, receive, reject: report },
  );
  let state: QuizPanelState | undefined;
  let controls: Controls = nativeControls;
  let kitIsAskedFor = false;
  let problem: string | undefined;

  function receive(message: QuizMessage): void {
    state = message.state;
    draw();
    if (kitIsAskedFor) return;
    kitIsAskedFor = true;
    afterPaint(() => {
      loadKit().catch((error: unknown) => {
        report(`the kit did not load: ${String(error)}`);
      });
    });
  }

  async function loadKit(): Promise<void> {
    const { createKit } = await import("../common/kit.ts");
    controls = createKit();
    draw();
  }

  function draw(): void {
    if (state === undefined) return;
    document.documentElement.lang = state.locale === "zh-cn" ? "zh-CN" : state.locale;
    const earlier = parseMemory(api.getState());
    render(
      <App
        key={state.lesson.id}
        state={state}
        controls={controls}
        earlier={earlier?.lesson === state.lesson.id ? earlier : undefined}
        keep={keep}
        post={post}
        problem={problem}
      />,
      root,
    );
  }

  function keep(memory: Omit<QuizMemory, "lesson">): void {
    if (state !== undefined) api.setState({ lesson: state.lesson.id, ...memory } satisfies QuizMemory);
  }

  function post(intent: QuizPanelIntent): void {
    void messenger.post(intent).then((answer) => {
      problem = answer.ok || answer.problem === "" ? undefined : answer.problem;
      draw();
    });
  }

  watchErrors(report);
  post({ type: "ready" });
}

function afterPaint(action: () => void): void {
  requestAnimationFrame(() => {
    setTimeout(action);
  });
}
