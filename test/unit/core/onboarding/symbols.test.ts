// Which named parts are found in a source file, and what their hashes take for the same.
import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { type CodeSymbol, contentHash } from "../../../../src/core/compiler/symbols/codeSymbol.ts";
import { findSymbols } from "../../../../src/core/compiler/symbols/findSymbols.ts";

function symbolsOf(file: string, text: string): readonly CodeSymbol[] {
  const found = findSymbols(file, text);
  assert.ok("symbols" in found);
  return found.symbols;
}

/** `name:kind@line`, in order. */
const listed = (file: string, text: string): string =>
  symbolsOf(file, text)
    .map(({ name, kinds, line }) => `${name}:${kinds[0] ?? ""}@${String(line)}`)
    .join(" ");

function hashOf(file: string, text: string, name: string): string {
  const found = symbolsOf(file, text).find((each) => each.name === name);
  assert.ok(found, `${name} in ${text}`);
  return found.hash;
}

const files: readonly (readonly [file: string, text: string, symbols: string])[] = [
  [
    "a.ts",
    `export function f(a: string): void;
export function f(a: any) { const helper = () => 1; const n = 1; function inner() {} }
export class Pool<T> extends Base { static #x = 1; run = async () => {}; constructor(private a: number) { super() }
  get n() { return 1 } set n(v) {} async acquire() { return \`a { \${1}\` } [Symbol.dispose]() {} }
export const api = { retry() {}, again: () => {} } as const;
export default function () {}
interface Pool { x: number }
namespace A.B { export const y = 1 }
let q, r = 2; enum E { A, B, } type T = 1;
describe("x", () => { function deep() {} });`,
    "f:function@1 f.helper:variable@2 f.inner:function@2 Pool:class@3 Pool.#x:variable@3 Pool.run:variable@3 Pool.constructor:function@3 Pool.n:function@4 Pool.acquire:function@4 api:variable@5 api.retry:function@5 api.again:variable@5 default:function@6 Pool:type@7 A:module@8 A.B:module@8 A.B.y:variable@8 q:variable@9 r:variable@9 E:type@9 T:type@9 deep:function@10",
  ],
  [
    "a.cjs",
    "exports.z = function () {};\nmodule.exports.y = () => 1;\nPool.prototype.w = () => 1;\nPool.max = 3;\nfoo.bar();",
    "z:variable@1 y:variable@2 Pool.w:variable@3 Pool.max:variable@4",
  ],
  [
    "a.tsx",
    "export const View = () => <p title='a'>it's {1} {'{'}</p>;\nfunction next() {}",
    "View:variable@1 next:function@2",
  ],
  [
    "a.go",
    "package p\ntype Pool[T any] struct {\n\tmu sync.Mutex\n}\ntype (\n\tX int\n)\nvar errX = errors.New(\"x {\")\nfunc (p *Pool[T]) Acquire(ctx context.Context) (interface{}, error) {\n\tx := func() { }\n\treturn nil, nil\n}\nfunc New() interface{ Close() } {\n\treturn `raw {\n `\n}\nfunc (Pool) Close() { r := '{'; _ = r }\n",
    "Pool:type@2 errX:variable@8 Pool.Acquire:function@9 New:function@13 Pool.Close:function@17",
  ],
  [
    "a.py",
    '@dec(1,\n  2)\nclass Pool(Base):\n    """def no(): {"""\n    def __init__(self,\ndef_=1):\n        self.a = "}"  # def no()\n\n    async def acquire(self):\n        def inner(): return 1\n        if x:\n            return 2\n\ndef top(): return {1: 2}\n',
    "Pool:class@3 Pool.__init__:function@5 Pool.acquire:function@9 Pool.acquire.inner:function@10 top:function@14",
  ],
  [
    "a.rs",
    "pub struct Pool<'a, T> where T: X { a: &'a str }\nstruct Unit;\nimpl<'a, T: Clone> Drop for Pool<'a, T> where T: X { fn drop(&mut self) { let c = '{'; } }\nimpl Pool<u8> { pub async fn acquire<F>(&self, f: F) -> Vec<u8> where F: Fn() -> u8 { r#\"}\"#; f() } const N: usize = { 3 }; }\ntrait T { fn x(&self); fn y() {} }\nmod inner { pub fn z() {} }\nstatic S: &'static str = \"x\";\nenum E { A { x: u8 }, B }\n",
    "Pool:class@1 Unit:class@2 Pool.drop:function@3 Pool.acquire:function@4 Pool.N:variable@4 T:type@5 T.x:function@5 T.y:function@5 inner:module@6 inner.z:function@6 S:variable@7 E:type@8",
  ],
  [
    "A.java",
    '@Entity(x = "{")\npublic final class Pool<T> extends Base implements A, B {\n  private Map<String, List<Integer>> m = new HashMap<>() {{ put("a", null); }};\n  public Pool(int n) { this.n = n; }\n  @Override public <T> Lease acquire(int n) throws Closed, Late { if (x) { } return new Lease() { void close() {} }; }\n  abstract void nothing();\n  static { init(); }\n  enum State { A, B; State(int x) {} }\n  record P(int a) { int sum() { return a; } }\n}\n',
    "Pool:class@2 Pool.Pool:function@4 Pool.acquire:function@5 Pool.nothing:function@6 Pool.State:type@8 Pool.State.State:function@8 Pool.P:class@9 Pool.P.sum:function@9",
  ],
  [
    "a.kt",
    "@Foo\ndata class Pool<T>(val n: Int = 3) : Base({ 1 }), Closeable {\n  private val free = ArrayDeque<T>()\n  companion object { fun create(): Pool<Int> = Pool(3) }\n  suspend fun <R> use(block: () -> R): R {\n    return block()\n  }\n  fun short() = free\n    .size\n}\nfun <T> Pool<T>.drain() { }\nobject Single { fun a() {} }\n",
    "Pool:class@2 Pool.free:variable@3 Pool.create:function@4 Pool.use:function@5 Pool.short:function@8 Pool.drain:function@11 Single:class@12 Single.a:function@12",
  ],
  [
    "a.swift",
    "public actor Pool<T>: Sendable {\n  private var free: [T] = []\n  func acquire(_ n: Int) async throws -> Lease { return Lease() }\n}\nextension Pool where T: X { func close() {} }\nprotocol P { func x() }\n",
    "Pool:class@1 Pool.free:variable@2 Pool.acquire:function@3 Pool.close:function@5 P:type@6 P.x:function@6",
  ],
  [
    "a.cs",
    'namespace A.B;\n[Obsolete("x {")]\npublic sealed class Pool<T> : IDisposable where T : new() {\n  private readonly Queue<T> free = new() { };\n  public Pool(int n) : base(n) { }\n  public async Task<Lease> Acquire<R>(CancellationToken token) where R : class { await x(); return @"\\"; }\n  public void Dispose() => free.Clear();\n}\n',
    "Pool:class@3 Pool.Pool:function@5 Pool.Acquire:function@6 Pool.Dispose:function@7",
  ],
  [
    "a.cpp",
    '#define MAX(a) { a\nnamespace a { namespace {\nclass Pool : public Base {\n public:\n  Pool() : size{1}, free{2} { x(); }\n  ~Pool() {}\n  Lease acquire(int n) const;\n};\nLease Other::acquire(int n) const noexcept { return R"x(})x"; }\nstruct Pool *make(void) { return 0; }\nstatic int retry(const char *name, int n)\n{\n  for (;;) { }\n}\n}}\nextern "C" { void c_fn(void) { } }\nMACRO(x);\n',
    "Pool:class@3 Pool.Pool:function@5 Pool.acquire:function@7 Other.acquire:function@9 make:function@10 retry:function@11 c_fn:function@16",
  ],
];

describe("findSymbols", () => {
  for (const [file, text, wanted] of files) {
    it(`finds the named parts of ${file}`, () => {
      assert.equal(listed(file, text), wanted);
    });
  }

  it("says which languages it knows, and that nesting has an end", () => {
    const markdown = findSymbols("a.md", "# A");
    assert.match("unreadable" in markdown ? markdown.unreadable.en : "", /Go, Python, Rust/);
    const deep = findSymbols("a.ts", `x = ${"(".repeat(200_000)}`);
    assert.match("unreadable" in deep ? deep.unreadable.en : "", /too deep/);
  });

  it("finds what it can in a text that is broken, and nothing in one that is empty", () => {
    assert.equal(listed("a.ts", "function a() { return (1 }\nfunction b() {}"), "a:function@1 b:function@2");
    assert.equal(listed("a.go", "func a() {\n"), "a:function@1");
    assert.equal(listed("a.py", "def a(:\n  return (1"), "a:function@1");
    for (const file of files.map(([name]) => name)) assert.equal(listed(file, ""), "");
  });
});

const sameInTypeScript: readonly (readonly [isSame: boolean, a: string, b: string])[] = [
  [true, "{ a(); b() }", "{\n  a()\n  b();\n}"],
  [false, "{ a; (b) }", "{ a(b) }"],
  [false, "{ return x }", "{ return\n x }"],
  [true, "{ return [1, 2] }", "{ return [\n1,\n2,\n] }"],
  [false, "{ return [1,,] }", "{ return [1,] }"],
  [false, "{ for (;;) {} }", "{ for (; x;) {} }"],
  [true, "{ return 'a' }", '{ return "a" }'],
  [false, "{ return 'a b' }", "{ return 'ab' }"],
  [false, "{ return `a b` }", "{ return `a  b` }"],
  [false, "{ return a - -b }", "{ return a--b }"],
  [true, "{ /** @type {x} */ var a }", "{ var a // b\n}"],
  [false, "{ let a }", "{ const a }"],
  [false, "{ return a?.b }", "{ return a.b }"],
  [false, "{ for await (const a of b) {} }", "{ for (const a of b) {} }"],
  [false, "{ return /a b/ }", "{ return /a  b/ }"],
  [false, "{ if (a) { b() } c() }", "{ if (a) { b() c() } }"],
];

describe("the hash of a symbol", () => {
  for (const [isSame, a, b] of sameInTypeScript) {
    it(`${isSame ? "is the same" : "differs"} for ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      const [one, other] = [a, b].map((body) => hashOf("a.ts", `function f() ${body}`, "f"));
      assert.equal(one === other, isSame);
    });
  }

  it("does not hold the symbol's own name, but holds every other", () => {
    assert.equal(hashOf("a.ts", "function f(a) { return a }", "f"), hashOf("a.ts", "function g(a) { return a }", "g"));
    assert.notEqual(
      hashOf("a.ts", "function f(a) { return a }", "f"),
      hashOf("a.ts", "function f(b) { return b }", "f"),
    );
  });

  it("knows the indentation of Python, and no other", () => {
    const [a, b] = ["def f():\n  if x:\n    a()\n  b()\n", "def f():\n  if x:\n    a()\n    b()\n"];
    assert.notEqual(hashOf("a.py", a, "f"), hashOf("a.py", b, "f"));
    assert.equal(hashOf("a.py", a, "f"), hashOf("a.py", a.replaceAll("  ", "\t"), "f"));
    assert.equal(hashOf("a.go", "func f() {\n\ta()\n}", "f"), hashOf("a.go", "func f() {\na()\n}", "f"));
  });

  it("keeps a comma that makes a tuple", () => {
    assert.notEqual(hashOf("a.py", "def f(): return (1,)", "f"), hashOf("a.py", "def f(): return (1)", "f"));
    assert.notEqual(hashOf("a.rs", "fn f() { (1,) }", "f"), hashOf("a.rs", "fn f() { (1) }", "f"));
    assert.equal(hashOf("a.go", "func f() { g(1,) }", "f"), hashOf("a.go", "func f() { g(1) }", "f"));
  });
});

test("a hash stays what it is from version to version, since it is written down", () => {
  assert.equal(contentHash([["function", "f"], ["("]]), "38029c47bf1564e9");
  assert.equal(hashOf("a.ts", "export async function retry(n = 3) { await go(n); }", "retry"), "1e3991f5b000b742");
});

test("no two of a hundred thousand texts have the same hash", () => {
  const hashes = new Set<string>();
  for (let n = 0; n < 100_000; n++) hashes.add(contentHash([["return", String(n)]]));
  assert.equal(hashes.size, 100_000);
  assert.notEqual(contentHash([["a", "b"]]), contentHash([["ab"]]));
  assert.notEqual(contentHash([["a"], ["b"]]), contentHash([["a", "b"]]));
});
