import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessenger, type Messenger } from "../../../../webview/common/messenger.ts";

interface Ping {
  readonly type: "ping";
}

function setUp() {
  const sent: unknown[] = [];
  const received: Ping[] = [];
  const rejected: string[] = [];
  let deliver: (data: unknown) => void = () => undefined;
  let listening = false;
  const messenger: Messenger<{ type: string }> = createMessenger<Ping, { type: string }>(
    {
      postMessage: (message) => sent.push(message),
      listen: (listener) => {
        deliver = listener;
        listening = true;
        return () => {
          listening = false;
        };
      },
    },
    {
      parse: (data) => (JSON.stringify(data) === '{"type":"ping"}' ? { type: "ping" } : undefined),
      receive: (message) => received.push(message),
      reject: (why) => rejected.push(why),
    },
  );
  return {
    messenger,
    sent,
    received,
    rejected,
    deliver: (data: unknown) => {
      deliver(data);
    },
    listening: () => listening,
  };
}

test("intents are numbered from 1, and each gets its own answer", async () => {
  const { messenger, sent, deliver } = setUp();
  const run = messenger.post({ type: "run" });
  const stop = messenger.post({ type: "stop" });
  assert.deepEqual(sent, [
    { type: "run", id: 1 },
    { type: "stop", id: 2 },
  ]);
  deliver({ type: "answer", id: 2, ok: false, problem: "no run" });
  deliver({ type: "answer", id: 1, ok: true });
  assert.deepEqual(await run, { ok: true });
  assert.deepEqual(await stop, { ok: false, problem: "no run" });
});

test("messages of the channel are received, others are reported and go no further", () => {
  const { received, rejected, deliver } = setUp();
  deliver({ type: "ping" });
  for (const data of [null, 4, { type: "evil" }, { type: "answer", id: "1", ok: true }]) deliver(data);
  assert.deepEqual(received, [{ type: "ping" }]);
  assert.equal(rejected.length, 4);
});

test("an answer that nobody waits for, or that comes twice, does nothing", async () => {
  const { messenger, rejected, deliver } = setUp();
  const run = messenger.post({ type: "run" });
  deliver({ type: "answer", id: 9, ok: true });
  deliver({ type: "answer", id: 1, ok: true });
  deliver({ type: "answer", id: 1, ok: false, problem: "late" });
  assert.deepEqual(await run, { ok: true });
  assert.deepEqual(rejected, []);
});

test("nothing waits for ever: dispose answers what is open and stops listening", async () => {
  const { messenger, listening } = setUp();
  const run = messenger.post({ type: "run" });
  messenger.dispose();
  assert.deepEqual(await run, { ok: false, problem: "" });
  assert.equal(listening(), false);
});
