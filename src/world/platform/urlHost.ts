/** The host parser of the URL standard, for hosts in ASCII. Pure; runs inside the realm. */
import { encodeSets, percentDecode, percentEncode } from "./percentEncoding.ts";
import { encodeUtf8 } from "./utf8.ts";

const forbiddenHost = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const forbiddenDomain = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;

/**
 * The host as it is written in the URL; undefined when there is none to be made of the text.
 * @throws TypeError for a special URL's host with other than ASCII characters: their mapping is not supported here.
 */
export function parseHost(text: string, special: boolean): string | undefined {
  if (text.startsWith("[")) {
    const pieces = text.endsWith("]") ? parseIpv6(text.slice(1, -1)) : undefined;
    return pieces === undefined ? undefined : `[${ipv6Text(pieces)}]`;
  }
  if (!special) return forbiddenHost.test(text) ? undefined : percentEncode(text, encodeSets.control);
  const bytes = percentDecode(encodeUtf8(text));
  if (bytes.some((byte) => byte > 0x7f)) {
    throw new TypeError(`The host "${text}" is not supported here: hosts with non-ASCII characters are not.`);
  }
  const domain = String.fromCharCode(...bytes).toLowerCase();
  if (domain === "" || forbiddenDomain.test(domain)) return undefined;
  return endsInNumber(domain) ? parseIpv4(domain) : domain;
}

function endsInNumber(domain: string): boolean {
  const parts = domain.split(".");
  if (parts.at(-1) === "") {
    if (parts.length === 1) return false;
    parts.pop();
  }
  const last = parts.at(-1) ?? "";
  return /^[0-9]+$/.test(last) || /^0x[0-9a-f]*$/.test(last);
}

function parseIpv4(domain: string): string | undefined {
  const parts = domain.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  if (parts.length > 4) return undefined;
  const numbers = parts.map(ipv4Number);
  const last = numbers.pop();
  if (last === undefined) return undefined;
  let address = last;
  for (const [index, number] of numbers.entries()) {
    if (number === undefined || number > 255) return undefined;
    address += number * 256 ** (3 - index);
  }
  if (last >= 256 ** (4 - numbers.length)) return undefined;
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
}

/** Decimal, octal after "0", or hexadecimal after "0x". */
function ipv4Number(text: string): number | undefined {
  if (/^0x[0-9a-f]*$/.test(text)) return text.length === 2 ? 0 : Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

/** Eight numbers of 16 bits. */
function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => ipv6Pieces(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 && !head.includes(-1) ? head : undefined;
  const pieces = [...head, ...tail];
  if (pieces.includes(-1) || pieces.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - pieces.length).fill(0), ...tail];
}

/** The pieces of one side of "::"; -1 stands for what is not a piece. */
function ipv6Pieces(text: string, mayEndInIpv4: boolean): number[] {
  if (text === "") return [];
  const parts = text.split(":");
  return parts.flatMap((part, index) => {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) return [Number.parseInt(part, 16)];
    const octets = mayEndInIpv4 && index === parts.length - 1 ? ipv4Octets(part) : undefined;
    if (octets === undefined) return [-1];
    const [first = 0, second = 0, third = 0, fourth = 0] = octets;
    return [first * 256 + second, third * 256 + fourth];
  });
}

function ipv4Octets(text: string): number[] | undefined {
  const parts = text.split(".");
  const valid = parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return valid ? parts.map(Number) : undefined;
}

/** The first longest run of two zeros or more is written "::". */
function ipv6Text(pieces: readonly number[]): string {
  let start = -1;
  let length = 1;
  for (let index = 0; index < pieces.length; index++) {
    let end = index;
    while (pieces[end] === 0) end++;
    if (end - index > length) {
      start = index;
      length = end - index;
    }
  }
  const written = (part: readonly number[]): string => part.map((piece) => piece.toString(16)).join(":");
  if (start < 0) return written(pieces);
  return `${written(pieces.slice(0, start))}::${written(pieces.slice(start + length))}`;
}
