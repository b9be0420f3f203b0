/** Headers against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Headers as OurHeaders } from "../../../../src/world/platform/headers.ts";
import { call, same } from "./outcome.ts";

type AnyHeaders = Headers | OurHeaders;

function make(kind: typeof Headers | typeof OurHeaders, init?: unknown): AnyHeaders {
  return Reflect.construct(kind, init === undefined ? [] : [init]) as AnyHeaders;
}

function all(headers: AnyHeaders): unknown {
  return [[...headers], [...headers.keys()], [...headers.values()], headers.getSetCookie()];
}

// prettier-ignore
const inits: readonly unknown[] = [
  undefined, null, 1, "text", true, {}, [], { a: "1", B: "2" }, { b: "1", a: "2", "X-Y": " z\t" }, [["a", "1"], ["A", "2"]], [["a"]], [["a", "1", "2"]], ["ab"], [null], new Map([["Q", "1"]]),
  { "set-cookie": "a" }, [["Set-Cookie", "a=1"], ["x", "1"], ["set-cookie", "b=2"], ["a", "1"]], { "": "x" }, { "a b": "x" }, { "a:": "x" }, { é: "x" }, { a: "é" }, { a: "\u0100" }, { a: "x\ny" }, { a: "\nx\r\n" },
  { a: "x\0" }, { a: "" }, { a: undefined }, { a: null }, { a: 5 }, { a: ["x", "y"] }, { a: Symbol("x") }, { [Symbol("x")]: "y" }, { "!#$%&'*+-.^_`|~09azAZ": "x" }, { "a/b": "x" }, { a: "\u0001\u007f" }, new Set([["a", "b"]]),
];

test(`headers are made as in Node (${String(inits.length)} inits)`, () => {
  for (const init of inits) {
    same(
      () => all(make(OurHeaders, init)),
      () => all(make(Headers, init)),
      inspect(init),
    );
  }
});

test("every ASCII character is allowed or refused in a name and a value as in Node", () => {
  for (let code = 0; code < 0x101; code++) {
    const text = `a${String.fromCharCode(code)}a`;
    const name = (kind: typeof Headers | typeof OurHeaders) => all(make(kind, { [text]: "x" }));
    const value = (kind: typeof Headers | typeof OurHeaders) => all(make(kind, { x: text }));
    same(
      () => name(OurHeaders),
      () => name(Headers),
      `name U+${code.toString(16)}`,
    );
    same(
      () => value(OurHeaders),
      () => value(Headers),
      `value U+${code.toString(16)}`,
    );
  }
});

test("methods do as in Node", () => {
  const script = (headers: AnyHeaders): unknown[] => {
    const seen: unknown[] = [];
    const attempt = (step: () => unknown): void => {
      try {
        seen.push(step());
      } catch (error) {
        seen.push(error instanceof TypeError);
      }
      seen.push(all(headers));
    };
    attempt(() => {
      headers.append("B", " 1 ");
    });
    attempt(() => {
      headers.append("b", "2");
    });
    attempt(() => headers.get("B"));
    attempt(() => {
      headers.set("b", "3");
    });
    attempt(() => {
      headers.set("A", "");
    });
    attempt(() => headers.has("a"));
    attempt(() => headers.get("a"));
    attempt(() => headers.get("missing"));
    attempt(() => headers.has("bad name"));
    attempt(() => headers.get("bad name"));
    attempt(() => {
      headers.delete("bad name");
    });
    attempt(() => {
      headers.set("x", "bad\nvalue");
    });
    attempt(() => {
      headers.append("Set-Cookie", "x=1, y");
    });
    attempt(() => {
      headers.append("Set-Cookie", "z=2");
    });
    attempt(() => headers.get("set-cookie"));
    attempt(() => {
      headers.set("set-cookie", "w=3");
    });
    attempt(() => {
      headers.delete("SET-COOKIE");
    });
    attempt(() => {
      headers.delete("missing");
    });
    attempt(() => call(headers, "forEach", 5));
    attempt(() =>
      call(
        headers,
        "forEach",
        function (this: unknown, ...args: unknown[]) {
          seen.push(this, args[0], args[1], args[2] === headers);
        },
        "this",
      ),
    );
    attempt(() => Object.prototype.toString.call(headers));
    return seen;
  };
  same(
    () => script(make(OurHeaders)),
    () => script(make(Headers)),
    "script",
  );
});

test("headers made of headers keep every cookie", () => {
  const script = (kind: typeof Headers | typeof OurHeaders): unknown => {
    const first = make(kind, [
      ["Set-Cookie", "a"],
      ["set-cookie", "b"],
      ["x", "1"],
    ]);
    const copy = make(kind, first);
    first.append("x", "2");
    return [all(first), all(copy)];
  };
  same(
    () => script(OurHeaders),
    () => script(Headers),
    "copy",
  );
});

test("iterating sees what is added meanwhile", () => {
  const headers = new OurHeaders({ a: "1", b: "2" });
  const seen: string[] = [];
  for (const [name] of headers) {
    seen.push(name);
    if (name === "a") headers.append("c", "3");
  }
  assert.deepEqual(seen, ["a", "b", "c"]);
});
