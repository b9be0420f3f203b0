/**
 * Entry of a page of questions: joins the messages of the host, the memory of the page and the view. Draws with the
 * browser's own controls first and with the kit's as soon as they are there. Runs in the webview.
 */
import { render } from "preact";
import type { QuizMemory, QuizPanelIntent, QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import { ControlMaker } from "../common/control.tsx";
import type { Controls } from "../common/controls.ts";
import { guardMarkup } from "../common/guardMarkup.ts";
import { loadKitAfterPaint } from "../common/lateKit.ts";
import { nativeControls } from "../common/nativeControls.ts";
import { setPageLanguage } from "../common/page.ts";
import { startPage } from "../common/startPage.ts";
import { App } from "./app.tsx";
import { parseMemory, parseToQuizPanel, type QuizMessage } from "./parseMessage.ts";

start();

function start(): void {
  guardMarkup();
  const { api, messenger, report, root } = startPage<QuizMessage, QuizPanelIntent>({
    parse: parseToQuizPanel,
    receive,
  });
  let state: QuizPanelState | undefined;
  let controls: Controls = nativeControls;
  let kitIsAskedFor = false;
  let problem: string | undefined;

  function receive(message: QuizMessage): void {
    state = message.state;
    draw();
    if (kitIsAskedFor) return;
    kitIsAskedFor = true;
    loadKitAfterPaint(useControls, report);
  }

  function useControls(kit: Controls): void {
    controls = kit;
    draw();
  }

  function draw(): void {
    if (state === undefined) return;
    setPageLanguage(state.locale);
    const subject = subjectOf(state);
    const earlier = parseMemory(api.getState());
    render(
      <ControlMaker.Provider value={controls}>
        <App
          key={subject}
          state={state}
          earlier={earlier?.lesson === subject ? earlier : undefined}
          keep={keep}
          post={post}
          problem={problem}
        />
      </ControlMaker.Provider>,
      root,
    );
  }

  function keep(memory: Omit<QuizMemory, "lesson">): void {
    if (state !== undefined) api.setState({ lesson: subjectOf(state), ...memory } satisfies QuizMemory);
  }

  function post(intent: QuizPanelIntent): void {
    void messenger.post(intent).then((answer) => {
      problem = answer.ok || answer.problem === "" ? undefined : answer.problem;
      draw();
    });
  }

  post({ type: "ready" });
}

function subjectOf({ lesson }: QuizPanelState): string {
  return lesson?.id ?? "";
}
