/** Entry of the timeline's page: joins the messages of the host, the memory of the page and the view. Runs in the webview. */
import { render } from "preact";
import type { TimelineIntent, TimelineMemory, TimelineState } from "../../src/protocol/timelineMessages.ts";
import { setPageLanguage } from "../common/page.ts";
import { startPage } from "../common/startPage.ts";
import { App } from "./app.tsx";
import { parseMemory, parseToTimeline, type TimelineMessage } from "./parseMessage.ts";

start();

function start(): void {
  const { api, messenger, root } = startPage<TimelineMessage, TimelineIntent>({
    parse: parseToTimeline,
    receive,
  });
  let state: TimelineState | undefined;
  let memory = parseMemory(api.getState());
  let notice: { readonly text: string } | undefined;
  let problem: string | undefined;

  function receive(message: TimelineMessage): void {
    if (message.type === "state") state = message.state;
    else if (message.type === "announce") notice = { text: message.text };
    else if (state !== undefined && message.type === "moved") state = { ...state, moment: message.moment };
    else if (state !== undefined && message.type === "editor") {
      state = { ...state, editor: { lines: message.lines, stale: message.stale } };
    }
    draw();
  }

  function draw(): void {
    if (state === undefined) return;
    setPageLanguage(state.locale);
    render(
      <App
        state={state}
        earlier={memory}
        keep={keep}
        post={post}
        move={move}
        notice={notice}
        problem={problem}
        dismissProblem={dismissProblem}
      />,
      root,
    );
  }

  function keep(kept: TimelineMemory): void {
    memory = kept;
    api.setState(kept);
  }

  /** The page moves at once and tells the host; the host tells everybody else. */
  function move(moment: number | null): void {
    if (state === undefined || state.moment === moment) return;
    state = { ...state, moment };
    post(moment === null ? { type: "showWhole" } : { type: "moveTo", seq: moment });
    draw();
  }

  function post(intent: TimelineIntent): void {
    void messenger.post(intent).then((answer) => {
      if (answer.ok || answer.problem === "") return;
      problem = answer.problem;
      draw();
    });
  }

  function dismissProblem(): void {
    problem = undefined;
    draw();
  }

  post({ type: "ready" });
}
