/**
 * Entry of the page of a rehearsal's report, which is also that of the market view: joins the messages of the host, the memory of
 * the page and the view. Runs in the webview.
 */
import { render } from "preact";
import type { ReportIntent, ReportMemory, ReportState } from "../../src/protocol/reportMessages.ts";
import { setPageLanguage } from "../common/page.ts";
import { startPage } from "../common/startPage.ts";
import { App } from "./app.tsx";
import { parseMemory, parseToReport, type ReportMessage } from "./parseMessage.ts";

/** Real ms for which an announcement can be read. */
const announcementMs = 4_000;

start();

function start(): void {
  const { api, messenger, root } = startPage<ReportMessage, ReportIntent>({ parse: parseToReport, receive });
  let state: ReportState | undefined;
  let problem: string | undefined;
  let announcement = "";
  let fading: ReturnType<typeof setTimeout> | undefined;

  function receive(message: ReportMessage): void {
    if (message.type === "state") state = message.state;
    else announce(message.text);
    draw();
  }

  function announce(text: string): void {
    announcement = text;
    clearTimeout(fading);
    fading = setTimeout(() => {
      announcement = "";
      draw();
    }, announcementMs);
  }

  function draw(): void {
    if (state === undefined) return;
    setPageLanguage(state.locale);
    const rehearsal = state.report?.id ?? "";
    const earlier = parseMemory(api.getState());
    render(
      <App
        key={rehearsal}
        state={state}
        scrollTop={earlier?.rehearsal === rehearsal ? earlier.scrollTop : 0}
        keep={keep}
        post={post}
        problem={problem}
        announcement={announcement}
      />,
      root,
    );
  }

  function keep(scrollTop: number): void {
    if (state !== undefined) api.setState({ rehearsal: state.report?.id ?? "", scrollTop } satisfies ReportMemory);
  }

  function post(intent: ReportIntent): void {
    void messenger.post(intent).then((answer) => {
      problem = answer.ok || answer.problem === "" ? undefined : answer.problem;
      draw();
    });
  }

  post({ type: "ready" });
}
