/**
 * Entry of the page of a rehearsal: joins the messages of the host, the memory of the page and the view. Draws with the
 * browser's own controls first and with the kit's as soon as they are there. Runs in the webview.
 */
import { render } from "preact";
import type { AssessmentIntent, AssessmentMemory, AssessmentState } from "../../src/protocol/assessmentMessages.ts";
import { ControlMaker } from "../common/control.tsx";
import type { Controls } from "../common/controls.ts";
import { guardMarkup } from "../common/guardMarkup.ts";
import { loadKitAfterPaint } from "../common/lateKit.ts";
import { nativeControls } from "../common/nativeControls.ts";
import { setPageLanguage } from "../common/page.ts";
import { startPage } from "../common/startPage.ts";
import { App } from "./app.tsx";
import type { ClockReading } from "./clock.tsx";
import { type AssessmentMessage, parseToAssessment } from "./parseMessage.ts";

start();

function start(): void {
  guardMarkup();
  const { api, messenger, report, root } = startPage<AssessmentMessage, AssessmentIntent>({
    parse: parseToAssessment,
    receive,
  });
  let state: AssessmentState | undefined;
  let revision = 0;
  let reading: ClockReading = { remainingMs: 0, running: false, at: 0 };
  let written: ReadonlySet<string> = new Set();
  let controls: Controls = nativeControls;
  let kitIsAskedFor = false;
  let problem: string | undefined;

  function receive(message: AssessmentMessage): void {
    if (message.type === "clock") {
      const { remainingMs, running } = message;
      reading = { remainingMs, running, at: performance.now() };
    } else if (message.type === "written") written = new Set([...written, message.item]);
    else adopt(message.state);
    draw();
    if (kitIsAskedFor) return;
    kitIsAskedFor = true;
    loadKitAfterPaint(useControls, report);
  }

  function adopt(next: AssessmentState): void {
    state = next;
    revision++;
    written = new Set();
    const { sitting, after } = next;
    if (sitting !== undefined)
      reading = { remainingMs: sitting.remainingMs, running: sitting.running, at: performance.now() };
    api.setState({ rehearsal: sitting?.rehearsal ?? after?.rehearsal ?? "" } satisfies AssessmentMemory);
  }

  function useControls(kit: Controls): void {
    controls = kit;
    draw();
  }

  function draw(): void {
    if (state === undefined) return;
    setPageLanguage(state.locale);
    render(
      <ControlMaker.Provider value={controls}>
        <App state={state} revision={revision} reading={reading} written={written} post={post} problem={problem} />
      </ControlMaker.Provider>,
      root,
    );
  }

  function post(intent: AssessmentIntent): void {
    void messenger.post(intent).then((answer) => {
      const before = problem;
      problem = answer.ok || answer.problem === "" ? undefined : answer.problem;
      if (problem !== before) draw();
    });
  }

  post({ type: "ready" });
}
