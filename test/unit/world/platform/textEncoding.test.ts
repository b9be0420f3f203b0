/** TextEncoder and TextDecoder against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Random } from "../../../../src/base/random.ts";
import { TextDecoder as OurDecoder, TextEncoder as OurEncoder } from "../../../../src/world/platform/textEncoding.ts";
import { call, same } from "./outcome.ts";

const seed = Number(process.env["TEST_SEED"] ?? 20_240_817);

// prettier-ignore
const texts: readonly string[] = [
  "", "plain", "é", "你好", "😀", "\u007f\u0080\u07ff\u0800\uffff", "\ud800\udc00\udbff\udfff", "\ud800", "a\udc00b", "\ud800\ud800\udc00", "\udc00\ud800", "\ufeffx", "\u0000",
];

test("encode gives the bytes that Node gives", () => {
  for (const text of texts)
    assert.deepEqual(new OurEncoder().encode(text), new TextEncoder().encode(text), JSON.stringify(text));
  assert.deepEqual(new OurEncoder().encode(), new Uint8Array(0));
  assert.deepEqual(
    Reflect.apply(new OurEncoder().encode.bind(new OurEncoder()), undefined, [5]),
    new TextEncoder().encode("5"),
  );
  assert.equal(new OurEncoder().encoding, "utf-8");
});

test("encodeInto stops before a code point that does not fit, as in Node", () => {
  for (const text of texts) {
    for (let size = 0; size < 14; size++) {
      const script = (encoder: OurEncoder | InstanceType<typeof TextEncoder>): unknown => {
        const bytes = new Uint8Array(size);
        const { read, written } = encoder.encodeInto(text, bytes);
        return { read, written, bytes: [...bytes] };
      };
      same(
        () => script(new OurEncoder()),
        () => script(new TextEncoder()),
        `${JSON.stringify(text)} into ${String(size)}`,
      );
    }
  }
  assert.throws(
    () => Reflect.apply(new OurEncoder().encodeInto.bind(new OurEncoder()), undefined, ["x", new Uint16Array(4)]),
    TypeError,
  );
});

// prettier-ignore
const sequences: readonly (readonly number[])[] = [
  [], [0x41], [0xc3, 0xa9], [0xc3], [0xc3, 0x41], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0xa0, 0x80], [0xed, 0xa0, 0x80], [0xed, 0x9f, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x90, 0x80, 0x80],
  [0xf4, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80], [0xff], [0xfe, 0xff], [0x80], [0xbf, 0xbf], [0xe4, 0xbd], [0xe4, 0xbd, 0x41], [0xf0, 0x9f, 0x98], [0xf0, 0x9f, 0x98, 0x41], [0xf0, 0x9f, 0xc3, 0xa9],
  [0xef, 0xbb, 0xbf], [0xef, 0xbb, 0xbf, 0x41], [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], [0xef, 0xbb], [0xef, 0xbb, 0x41], [0x41, 0xef, 0xbb, 0xbf], [0xe0, 0xe0, 0xa0, 0x80], [0xf0, 0xf0, 0x90],
];

const modes = [{}, { fatal: true }, { ignoreBOM: true }, { fatal: true, ignoreBOM: true }];

function decodeBoth(bytes: Uint8Array, what: string): void {
  for (const mode of modes) {
    const label = `${what} ${JSON.stringify(mode)} ${Buffer.from(bytes).toString("hex")}`;
    same(
      () => new OurDecoder("utf-8", mode).decode(bytes),
      () => new TextDecoder("utf-8", mode).decode(bytes),
      label,
    );
  }
}

test("the known hard sequences decode as in Node", () => {
  for (const bytes of sequences) decodeBoth(Uint8Array.from(bytes), "sequence");
});

/** Bytes that begin and break off sequences more often than evenly random ones would. */
function randomBytes(random: Random, length: number): Uint8Array {
  const likely = [
    0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe4, 0xed, 0xef, 0xbb, 0xf0, 0xf3, 0xf4,
    0xf5, 0xff,
  ];
  return Uint8Array.from({ length }, () =>
    random.next() < 0.8 ? (likely[random.below(likely.length)] ?? 0) : random.below(256),
  );
}

test(`random bytes decode as in Node (TEST_SEED=${String(seed)})`, () => {
  const random = new Random(seed);
  for (let round = 0; round < 3000; round++)
    decodeBoth(randomBytes(random, random.below(24)), `seed ${String(seed)} round ${String(round)}`);
});

test(`random bytes in random chunks decode as in Node (TEST_SEED=${String(seed)})`, () => {
  const random = new Random(seed + 1);
  for (let round = 0; round < 1500; round++) {
    const bytes =
      round % 5 === 0
        ? Uint8Array.of(0xef, 0xbb, 0xbf, ...randomBytes(random, random.below(9)))
        : randomBytes(random, random.below(16));
    const cuts = Array.from({ length: 3 }, () => random.below(bytes.length + 1)).sort((one, other) => one - other);
    const mode = { ignoreBOM: round % 2 === 0 };
    const script = (decoder: OurDecoder | InstanceType<typeof TextDecoder>): string[] => {
      let from = 0;
      const out: string[] = [];
      for (const cut of cuts) {
        out.push(decoder.decode(bytes.subarray(from, cut), { stream: true }));
        from = cut;
      }
      return [...out, decoder.decode(bytes.subarray(from)), decoder.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x42))];
    };
    same(
      () => script(new OurDecoder("utf-8", mode)),
      () => script(new TextDecoder("utf-8", mode)),
      `seed ${String(seed)} round ${String(round)}: ${Buffer.from(bytes).toString("hex")} cut at ${cuts.join()}`,
    );
  }
});

test("a decoder can be used again after an error, and text round-trips", () => {
  const decoder = new OurDecoder("utf-8", { fatal: true });
  assert.throws(() => decoder.decode(Uint8Array.of(0xff)), TypeError);
  assert.equal(decoder.decode(Uint8Array.of(0x41)), "A");
  const long = "a😀é".repeat(20_000);
  assert.equal(new OurDecoder().decode(new OurEncoder().encode(long)), long);
});

test("labels, inputs and properties are as in Node", () => {
  for (const label of [
    "utf-8",
    "UTF8",
    " utf-8\n",
    "unicode-1-1-utf-8",
    "unicode11utf8",
    "unicode20utf8",
    "x-unicode20utf8",
    "nonsense",
    "",
    "utf_8",
  ]) {
    same(
      () => new OurDecoder(label).encoding,
      () => new TextDecoder(label).encoding,
      label,
    );
  }
  assert.throws(() => new OurDecoder("utf-16le"), { name: "RangeError", message: /only utf-8/ });
  const buffer = Uint8Array.of(0x78, 0x41, 0x42, 0x79).buffer;
  for (const input of [
    buffer,
    new Uint8Array(buffer, 1, 2),
    new DataView(buffer, 1, 2),
    new Uint16Array(buffer),
    undefined,
    new SharedArrayBuffer(2),
  ]) {
    same(
      () => call(new OurDecoder(), "decode", input),
      () => call(new TextDecoder(), "decode", input),
      inspect(input),
    );
  }
  for (const input of [null, "text", 5, {}, [65]]) {
    same(
      () => call(new OurDecoder(), "decode", input),
      () => call(new TextDecoder(), "decode", input),
      inspect(input),
    );
  }
  const decoder = new OurDecoder("utf8", { fatal: true, ignoreBOM: true });
  assert.deepEqual([decoder.fatal, decoder.ignoreBOM, decoder.encoding], [true, true, "utf-8"]);
});
