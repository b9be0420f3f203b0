/** Percent-encoding and the sets of the URL standard. Pure; runs inside the realm. */
import { encodeUtf8 } from "./utf8.ts";

/** Which ASCII code points a part of a URL encodes; everything from U+007F on is encoded always. */
export interface EncodeSet {
  has(point: number): boolean;
}

function encodeSet(characters: string, base?: ReadonlySet<number>): ReadonlySet<number> {
  const points = new Set(base ?? Array.from({ length: 0x20 }, (_, index) => index));
  for (const character of characters) points.add(character.charCodeAt(0));
  return points;
}

const control = encodeSet("");
const fragment = encodeSet(' "<>`');
const query = encodeSet(' "#<>');
const specialQuery = encodeSet("'", query);
const path = encodeSet("?^`{}", query);
const userinfo = encodeSet("/:;=@[\\]|", path);

export const encodeSets = { control, fragment, query, specialQuery, path, userinfo } as const;

export function percentEncode(text: string, set: EncodeSet): string {
  let encoded = "";
  for (const byte of encodeUtf8(text)) {
    encoded += byte < 0x7f && !set.has(byte) ? String.fromCharCode(byte) : escaped(byte);
  }
  return encoded;
}

/** application/x-www-form-urlencoded. */
export function formUrlEncode(text: string): string {
  let encoded = "";
  for (const byte of encodeUtf8(text)) {
    const character = String.fromCharCode(byte);
    if (character === " ") encoded += "+";
    else encoded += /[0-9A-Za-z*\-._]/.test(character) ? character : escaped(byte);
  }
  return encoded;
}

export function percentDecode(bytes: Uint8Array): Uint8Array {
  const decoded: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    const pair = byte === 0x25 ? String.fromCharCode(...bytes.subarray(index + 1, index + 3)) : "";
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      decoded.push(Number.parseInt(pair, 16));
      index += 2;
    } else {
      decoded.push(byte);
    }
  }
  return Uint8Array.from(decoded);
}

function escaped(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
