/**
 * Entry of the playground's page: joins the messages of the host, the memory of the page and the view. Draws with the
 * browser's own controls first and with the kit's as soon as they are there. Runs in the webview.
 */
import { render } from "preact";
import type { PlaygroundIntent, PlaygroundState } from "../../src/protocol/playgroundMessages.ts";
import { ControlMaker } from "../common/control.tsx";
import type { Controls } from "../common/controls.ts";
import { loadKitAfterPaint } from "../common/lateKit.ts";
import { nativeControls } from "../common/nativeControls.ts";
import { guardMarkup } from "../common/guardMarkup.ts";
import { setPageLanguage } from "../common/page.ts";
import { startPage } from "../common/startPage.ts";
import { App } from "./app.tsx";
import { type PlaygroundMessage, parseToPlayground } from "./parseMessage.ts";
import { Workbench } from "./workbench.ts";

start();

function start(): void {
  guardMarkup();
  const { api, messenger, report, root } = startPage<PlaygroundMessage, PlaygroundIntent>({
    parse: parseToPlayground,
    receive,
  });
  const workbench = new Workbench({
    post: (intent) => messenger.post(intent),
    remember: (memory) => {
      api.setState(memory);
    },
    changed: () => {
      frame ||= requestAnimationFrame(draw);
    },
  });
  let state: PlaygroundState | undefined;
  let controls: Controls = nativeControls;
  let frame = 0;

  function receive(message: PlaygroundMessage): void {
    if (message.type === "state") {
      if (state === undefined) loadKitAfterPaint(useControls, report);
      state = message.state;
    }
    workbench.receive(message);
  }

  function useControls(kit: Controls): void {
    controls = kit;
    draw();
  }

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    const { view } = workbench;
    if (state === undefined || view === undefined) return;
    setPageLanguage(state.locale);
    render(
      <ControlMaker.Provider value={controls}>
        <App state={state} view={view} workbench={workbench} post={post} report={report} />
      </ControlMaker.Provider>,
      root,
    );
  }

  /** @param done a word for the user once it is done */
  function post(intent: PlaygroundIntent, done?: string): void {
    void messenger.post(intent).then((answer) => {
      if (!answer.ok && answer.problem !== "") workbench.notify(answer.problem, true);
      else if (answer.ok && done !== undefined) workbench.notify(done, false);
    });
  }

  post({ type: "ready" });
}
