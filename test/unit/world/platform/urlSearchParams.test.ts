/** URLSearchParams against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { URLSearchParams as OurParams } from "../../../../src/world/platform/urlSearchParams.ts";
import { call, same } from "./outcome.ts";

type AnyParams = URLSearchParams | OurParams;
type Make = (init: unknown) => AnyParams;

const makeOurs: Make = (init) => Reflect.construct(OurParams, init === undefined ? [] : [init]) as OurParams;
const makeNodes: Make = (init) =>
  Reflect.construct(URLSearchParams, init === undefined ? [] : [init]) as URLSearchParams;

// prettier-ignore
const inits: readonly unknown[] = [
  undefined, "", "?", "??", "a", "a=", "=a", "=", "a=b", "?a=b", "a=b&c=d", "a=b&a=c", "&&a=b&&", "a=b=c", "a+b=c+d", "a%20b=%26", "%=%zz", "%e4%bd%a0=%ff", "%ef%bb%bfa=1", "é=ü", "\ud800=\udc00", "a;b", "a#b", "😀=😀",
  null, 5, true, [], [["a", "b"], ["c", "d"]], [["a"]], [["a", "b", "c"]], [[1, 2]], ["ab", "cd"], {}, { a: "b", c: 1 }, { "a b": "c&d" }, { a: undefined }, { "\ud835x": "1", "\ufffdx": "2" },
  new Map([["a", "1"], ["b", "2"]]), new Set([["a", "1"]]), [null], [["a", Symbol("x")]], { [Symbol("x")]: "y" },
];

test(`parameters are read and written as in Node (${String(inits.length)} inits)`, () => {
  const all = (params: AnyParams): unknown => [
    [...params],
    [...params.keys()],
    [...params.values()],
    params.size,
    String(params),
  ];
  for (const init of inits) {
    same(
      () => all(makeOurs(init)),
      () => all(makeNodes(init)),
      inspect(init),
    );
  }
});

test("every ASCII character is encoded as in Node", () => {
  for (let code = 0; code < 0x100; code++) {
    const text = String.fromCharCode(code);
    assert.equal(
      String(new OurParams([[text, text]])),
      String(new URLSearchParams([[text, text]])),
      `U+${code.toString(16)}`,
    );
  }
});

test("methods do as in Node", () => {
  const script = (params: AnyParams): unknown[] => {
    const seen: unknown[] = [
      params.get("a"),
      params.getAll("a"),
      params.has("a"),
      params.has("a", "2"),
      params.has("a", "9"),
      params.get("zz"),
    ];
    params.append("a", "3");
    params.set("b", "new");
    params.set("c", "added");
    seen.push(String(params));
    params.delete("a", "2");
    seen.push(String(params));
    params.delete("a");
    params.append("￿", "1");
    params.append("😀", "2");
    params.append("a", "z");
    params.append("a", "y");
    params.sort();
    seen.push(String(params), Object.prototype.toString.call(params));
    const forEach: (callback: (value: string, name: string) => void, thisArg: unknown) => void =
      params.forEach.bind(params);
    forEach(function (this: unknown, value, name) {
      seen.push([this, value, name]);
    }, "this");
    for (const [method, ...args] of [["append", "a"], ["get"], ["delete"], ["forEach", 1]] as const) {
      try {
        call(params, method, ...args);
        seen.push("no error");
      } catch (error) {
        seen.push(error instanceof TypeError);
      }
    }
    return seen;
  };
  same(
    () => script(makeOurs("a=1&b=x&a=2&b=y")),
    () => script(makeNodes("a=1&b=x&a=2&b=y")),
    "script",
  );
});

test("iterating sees changes that are made meanwhile, as in Node", () => {
  const script = (params: AnyParams): string[] => {
    const seen: string[] = [];
    for (const [name] of params) {
      seen.push(name);
      if (name === "a") params.delete("b");
      if (name === "c") params.append("e", "5");
    }
    return seen;
  };
  const init = "a=1&b=2&c=3&d=4";
  same(
    () => script(makeOurs(init)),
    () => script(makeNodes(init)),
    init,
  );
});

test("a copy is independent of its original", () => {
  const first = new OurParams("a=1");
  const copy = new OurParams(first);
  first.append("b", "2");
  assert.equal(String(copy), "a=1");
});
