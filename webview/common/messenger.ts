/**
 * The page's end of the line to the extension host: numbered intents go out, each gets one answer; messages come in
 * checked. Runs in a webview's page; knows no panel in particular.
 */
import { isBoolean, isNumber, isObject, isString } from "./guards.ts";

export type Answer = { readonly ok: true } | { readonly ok: false; readonly problem: string };

export interface MessengerOptions<Incoming> {
  /** The message if it is one of this channel's (answers are not asked about), else undefined. */
  readonly parse: (data: unknown) => Incoming | undefined;
  readonly receive: (message: Incoming) => void;
  /** Something came that is not of this channel, e.g. from a host of another version. */
  readonly reject: (why: string) => void;
}

export interface Messenger<Intent extends object> {
  /** Never rejects. After `dispose`, what waits is answered with a failure without words. */
  post(intent: Intent): Promise<Answer>;
  dispose(): void;
}

/** What of the VS Code API and of `window` the messenger needs; tests bring their own. */
export interface MessagePort {
  postMessage(message: unknown): void;
  listen(listener: (data: unknown) => void): () => void;
}

export function createMessenger<Incoming, Intent extends object>(
  port: MessagePort,
  options: MessengerOptions<Incoming>,
): Messenger<Intent> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;

  function settle(id: number, answer: Answer): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  const stop = port.listen((data) => {
    const answer = parseAnswer(data);
    if (answer !== undefined) {
      settle(answer.id, answer.answer);
      return;
    }
    const message = options.parse(data);
    if (message === undefined) options.reject(`not a message for this page: ${describe(data)}`);
    else options.receive(message);
  });

  return {
    post(intent) {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        port.postMessage({ ...intent, id });
      });
    },
    dispose() {
      stop();
      for (const id of [...waiting.keys()]) settle(id, { ok: false, problem: "" });
    },
  };
}

/**
 * Listens to messages to the page's own window. VS Code hands on what the host says from the frame around the page, which
 * is of the same origin, and takes `window.parent` away, so that it cannot be named. The page itself sends nothing here, and
 * has no frames in it: whoever is of the same origin and is not the page is the frame around it.
 */
export function windowPort(postMessage: (message: unknown) => void): MessagePort {
  return {
    postMessage,
    listen(listener) {
      const onMessage = (event: MessageEvent<unknown>): void => {
        if (event.origin === window.origin && event.source !== window) listener(event.data);
      };
      window.addEventListener("message", onMessage);
      return () => {
        window.removeEventListener("message", onMessage);
      };
    },
  };
}

function parseAnswer(data: unknown): { readonly id: number; readonly answer: Answer } | undefined {
  if (!isObject(data) || data["type"] !== "answer" || !isNumber(data["id"]) || !isBoolean(data["ok"])) return undefined;
  if (data["ok"]) return { id: data["id"], answer: { ok: true } };
  const problem = data["problem"];
  return { id: data["id"], answer: { ok: false, problem: isString(problem) ? problem : "" } };
}

function describe(data: unknown): string {
  return isObject(data) && isString(data["type"]) ? `"${data["type"].slice(0, 100)}"` : typeof data;
}
