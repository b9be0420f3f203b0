/** Documents in links: they come back whole, and nothing else comes out. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { deflateRawSync } from "node:zlib";
import { defaultScenario } from "../../../src/protocol/simulation.ts";
import { longestPacked, packDocument, unpackDocument } from "../../../src/vscode/playground/packedDocument.ts";

const document = {
  text: 'export async function main() {\n  console.log("你好 🙂");\n}\n',
  scenario: { ...defaultScenario, endpoints: 9, cancelAtMs: 120 },
};

function pack(text: string | Buffer): string {
  return deflateRawSync(text).toString("base64url");
}

it("gives back the document that was packed, in characters that every link may have", async () => {
  const packed = (await packDocument(document)) ?? "";
  assert.match(packed, /^[\w-]{50,}$/);
  assert.deepEqual(await unpackDocument(packed), document);
});

it("packs no document that is too long for a link", async () => {
  // Numbers do not deflate well.
  const text = Array.from({ length: 6000 }, (_, place) => Math.imul(place + 1, 2_654_435_761).toString(36)).join(";");
  assert.equal(await packDocument({ ...document, text }), undefined);
});

it("unpacks nothing that was cut short, is no link, or has no scenario that can be read", async () => {
  const packed = (await packDocument(document)) ?? "";
  const bad = ["", "?", `${packed}=`, packed.slice(0, -8), packed.slice(8), "x".repeat(longestPacked + 1)];
  bad.push(pack('// interleave scenario: {"endpoints":1e9}\n'), Buffer.from("plain").toString("base64url"));
  for (const text of bad) assert.equal(await unpackDocument(text), undefined, text.slice(0, 40));
});

it("unpacks nothing that is far larger than it looks", async () => {
  const bomb = pack(Buffer.alloc(5_000_000, "a"));
  assert.ok(bomb.length < longestPacked);
  assert.equal(await unpackDocument(bomb), undefined);
});
