/** How every page joins its host: what it may ask of it, and what it hears. Runs in a webview's page. */
import { createMessenger, type Messenger, windowPort } from "./messenger.ts";
import { createReporter, pageRoot, refuseDrops, watchErrors } from "./page.ts";

export interface Channel<Message> {
  readonly parse: (data: unknown) => Message | undefined;
  readonly receive: (message: Message) => void;
}

interface ProblemReport {
  readonly type: "reportProblem";
  readonly problem: string;
}

export interface StartedPage<Intent extends object> {
  /** Where the page keeps what it must know when it comes back. */
  readonly api: Pick<ReturnType<typeof acquireVsCodeApi>, "getState" | "setState">;
  readonly messenger: Messenger<Intent | ProblemReport>;
  readonly report: (what: string) => void;
  readonly root: Element;
}

/** Once a page. What is wrong in it is reported to the host from here on. */
export function startPage<Message, Intent extends object>(channel: Channel<Message>): StartedPage<Intent> {
  refuseDrops();
  const api = acquireVsCodeApi();
  const report = createReporter((problem) => {
    void messenger.post({ type: "reportProblem", problem });
  });
  const messenger = createMessenger<Message, Intent | ProblemReport>(
    windowPort((message) => {
      api.postMessage(message);
    }),
    { ...channel, reject: report },
  );
  watchErrors(report);
  return { api, messenger, report, root: pageRoot() };
}
