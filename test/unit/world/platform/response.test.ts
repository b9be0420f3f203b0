/** Response and the stream of its body against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Response as OurResponse, responseInternals } from "../../../../src/world/platform/response.ts";
import { structuredClone as ourClone } from "../../../../src/world/platform/structuredClone.ts";
import { URLSearchParams as OurParams } from "../../../../src/world/platform/urlSearchParams.ts";
import { call, same } from "./outcome.ts";

type AnyResponse = Response | OurResponse;
type Kind = typeof Response | typeof OurResponse;

function look(response: AnyResponse): unknown {
  const { status, statusText, ok, type, url, redirected, bodyUsed, body } = response;
  return [status, statusText, ok, type, url, redirected, bodyUsed, body === null, [...response.headers]];
}

const cases: readonly (readonly unknown[])[] = [
  [],
  [null],
  [undefined],
  ["text"],
  [5],
  [new Uint8Array([65, 66])],
  [new Uint16Array([65, 66]).subarray(1)],
  [new Uint8Array([65, 66]).buffer],
  [new DataView(new ArrayBuffer(2))],
  ["", { status: 404, statusText: "Not there" }],
  ["text", { headers: { "Content-Type": "a/b" } }],
  [null, { status: 204 }],
  [null, { status: 65536 + 200 }],
  ["", { status: 204 }],
  ["x", { status: 304 }],
  [null, { status: 199 }],
  [null, { status: 600 }],
  [null, { status: "201" }],
  [null, { status: 200.9 }],
  [null, { statusText: "\n" }],
  [null, { statusText: "Ā" }],
  [null, { statusText: "tab\té" }],
  [null, { headers: { "bad name": "x" } }],
  [null, null],
];

for (const args of cases) {
  test(`new Response(${args.map((value) => inspect(value)).join(", ")}) is as in Node`, () => {
    const make = (kind: Kind) => look(Reflect.construct(kind, args) as AnyResponse);
    same(
      () => make(OurResponse),
      () => make(Response),
      inspect(args),
    );
  });
}

test("the static methods are as in Node", () => {
  const scripts: readonly ((kind: Kind) => AnyResponse)[] = [
    (kind) => kind.error(),
    (kind) => kind.redirect("http://x.example/a b"),
    (kind) => kind.redirect("http://x.example/", 308),
    (kind) => call(kind, "redirect", "http://x.example/", 200) as AnyResponse,
    (kind) => kind.redirect("no address"),
    (kind) => kind.json({ a: 1 }),
    (kind) => kind.json([], { status: 201, headers: { "content-type": "a/b", x: "y" } }),
    (kind) => kind.json("x", { status: 204 }),
    (kind) => kind.json(Symbol("s")),
    (kind) => kind.json(undefined),
  ];
  for (const script of scripts) {
    same(
      () => look(script(OurResponse)),
      () => look(script(Response)),
      String(script),
    );
  }
});

test("the headers of what came from outside, of redirects and errors cannot be changed", () => {
  const arrived = responseInternals.create(undefined, { headers: { a: "b" } }, "http://x.example/");
  for (const response of [arrived, arrived.clone(), OurResponse.error(), OurResponse.redirect("http://x.example/")]) {
    const { headers } = response;
    assert.throws(() => {
      headers.append("x", "y");
    }, TypeError);
    assert.throws(() => {
      headers.set("a", "y");
    }, TypeError);
    assert.throws(() => {
      headers.delete("a");
    }, TypeError);
  }
  const own = new OurResponse();
  own.headers.set("x", "y");
  assert.equal(own.clone().headers.get("x"), "y");
  assert.equal(arrived.clone().headers.get("a"), "b");
});

test("parameters as a body bring their content type", async () => {
  const response = new OurResponse(new OurParams("a=b c"));
  assert.equal(response.headers.get("content-type"), "application/x-www-form-urlencoded;charset=UTF-8");
  assert.equal(await response.text(), "a=b+c");
});

test("the body of one response can be the body of another, unless it was read", async () => {
  const first = new OurResponse("text");
  const { body } = first;
  const second = new OurResponse(body);
  assert.equal(second.body, body);
  assert.equal(second.headers.get("content-type"), null);
  assert.equal(await second.text(), "text");
  assert.ok(first.bodyUsed);
  assert.throws(() => new OurResponse(body), TypeError);
});

test("two readings of one body do not share their bytes", async () => {
  const response = new OurResponse("abc");
  const copy = response.clone();
  (await response.bytes()).fill(0);
  assert.equal(await copy.text(), "abc");
});

test("a reader that was released: closed rejects, reading rejects, the stream is free", async () => {
  const { body } = new OurResponse("abc");
  assert.ok(body);
  const reader = body.getReader();
  const { closed } = reader;
  reader.releaseLock();
  reader.releaseLock();
  await assert.rejects(closed, TypeError);
  await assert.rejects(reader.read(), TypeError);
  assert.equal(body.locked, false);
  const next = body.getReader();
  await next.read();
  await next.read();
  await next.closed;
  next.releaseLock();
  await assert.rejects(next.closed, TypeError);
});

test("a loop over a body locks it at once, and may leave it open", async () => {
  const { body } = new OurResponse("abc");
  assert.ok(body);
  const chunks = body.values({ preventCancel: true });
  assert.ok(body.locked);
  for await (const chunk of chunks) {
    assert.equal(chunk.length, 3);
    break;
  }
  assert.equal(body.locked, false);
  assert.throws(() => body.getReader({ mode: "byob" }), TypeError);
});

test("a response and its parts cannot be cloned by structuredClone", () => {
  const response = new OurResponse("abc");
  for (const value of [response, response.body, response.body?.getReader()]) {
    assert.throws(() => ourClone(value), { name: "DataCloneError" });
  }
});

test("a view that lies outside its shrunk buffer cannot be cloned", () => {
  for (const View of [Uint8Array, Int32Array]) {
    const buffer = new ArrayBuffer(16, { maxByteLength: 16 });
    const view = new View(buffer, 8);
    const fixed = new View(buffer, 8, 1);
    buffer.resize(4);
    for (const out of [view, fixed]) assert.throws(() => ourClone(out), { name: "DataCloneError" });
  }
});
