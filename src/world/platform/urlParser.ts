/** The URL record of the URL standard, and how it is read from text and written. Pure; runs inside the realm. */
import { encodeSets, percentEncode } from "./percentEncoding.ts";
import { parseHost } from "./urlHost.ts";

export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  /** Null for a URL without "//". */
  host: string | null;
  port: number | null;
  /** A string that is never taken apart ("mailto:someone"), or segments. */
  path: string | string[];
  query: string | null;
  fragment: string | null;
}

const defaultPorts: Readonly<Record<string, number | null>> = {
  ftp: 21,
  file: null,
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
};

export function isSpecial(scheme: string): boolean {
  return Object.hasOwn(defaultPorts, scheme);
}

export function defaultPort(scheme: string): number | null {
  return isSpecial(scheme) ? (defaultPorts[scheme] ?? null) : null;
}

export function withoutTabsAndLines(text: string): string {
  return text.replace(/[\t\n\r]/g, "");
}

/** What follows the scheme or its base, read from the front. */
interface Rest {
  readonly text: string;
  readonly query: string | null;
}

/**
 * Undefined when the text is no URL.
 * @throws TypeError for a host that is not supported here.
 */
export function parseUrl(given: string, base?: UrlRecord): UrlRecord | undefined {
  const text = withoutTabsAndLines(given.toWellFormed().replace(/^[\0- ]+|[\0- ]+$/g, ""));
  const hash = text.indexOf("#");
  const fragment = hash < 0 ? null : percentEncode(text.slice(hash + 1), encodeSets.fragment);
  const before = hash < 0 ? text : text.slice(0, hash);
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(before)?.[1]?.toLowerCase();
  const rest = splitQuery(scheme === undefined ? before : before.slice(scheme.length + 1));
  const record =
    scheme === undefined ? withoutScheme(rest, hash >= 0, base) : withScheme(scheme, rest, hash >= 0, base);
  if (record === undefined) return undefined;
  return { ...record, fragment };
}

function splitQuery(text: string): Rest {
  const mark = text.indexOf("?");
  return mark < 0 ? { text, query: null } : { text: text.slice(0, mark), query: text.slice(mark + 1) };
}

function withScheme(
  scheme: string,
  rest: Rest,
  hasFragment: boolean,
  base: UrlRecord | undefined,
): UrlRecord | undefined {
  const record = emptyRecord(scheme, rest.query);
  if (scheme === "file") return parseFile(record, rest, base?.scheme === "file" ? base : undefined);
  if (isSpecial(scheme)) {
    if (base?.scheme === scheme && !rest.text.startsWith("//")) return parseRelative(record, rest, base);
    return parseAuthority(record, rest.text.replace(/^[/\\]+/, ""));
  }
  if (rest.text.startsWith("//")) return parseAuthority(record, rest.text.slice(2));
  if (rest.text.startsWith("/")) return { ...record, path: appendSegments([], rest.text.slice(1), scheme) };
  return { ...record, path: opaquePath(rest.text, hasFragment || rest.query !== null) };
}

function opaquePath(text: string, more: boolean): string {
  const path = percentEncode(text, encodeSets.control);
  return more ? path.replace(/ $/, "%20") : path;
}

function withoutScheme(rest: Rest, hasFragment: boolean, base: UrlRecord | undefined): UrlRecord | undefined {
  if (base === undefined) return undefined;
  if (typeof base.path === "string") {
    return hasFragment && rest.text === "" && rest.query === null ? { ...base } : undefined;
  }
  const record = emptyRecord(base.scheme, rest.query);
  return base.scheme === "file" ? parseFile(record, rest, base) : parseRelative(record, rest, base);
}

function emptyRecord(scheme: string, query: string | null): UrlRecord {
  return {
    scheme,
    username: "",
    password: "",
    host: null,
    port: null,
    path: [],
    query: query === null ? null : encodeQuery(query, scheme),
    fragment: null,
  };
}

export function encodeQuery(query: string, scheme: string): string {
  return percentEncode(query, isSpecial(scheme) ? encodeSets.specialQuery : encodeSets.query);
}

/** A copy; none for a path that is never taken apart. */
function segmentsOf({ path }: UrlRecord): string[] {
  return typeof path === "string" ? [] : [...path];
}

function isSlash(character: string | undefined, scheme: string): boolean {
  return character === "/" || (character === "\\" && isSpecial(scheme));
}

function parseRelative(record: UrlRecord, rest: Rest, base: UrlRecord): UrlRecord | undefined {
  const { scheme } = record;
  const { text } = rest;
  if (isSlash(text[0], scheme) && isSlash(text[1], scheme)) {
    return parseAuthority(record, isSpecial(scheme) ? text.replace(/^[/\\]+/, "") : text.slice(2));
  }
  const { username, password, host, port } = base;
  const inherited = { ...record, username, password, host, port };
  if (isSlash(text[0], scheme)) return { ...inherited, path: appendSegments([], text.slice(1), scheme) };
  const path = segmentsOf(base);
  if (text === "") return { ...inherited, path, query: rest.query === null ? base.query : record.query };
  shorten(path, scheme);
  return { ...inherited, path: appendSegments(path, text, scheme) };
}

function parseAuthority(record: UrlRecord, text: string): UrlRecord | undefined {
  const special = isSpecial(record.scheme);
  const end = text.search(special ? /[/\\]/ : /\//);
  const authority = end < 0 ? text : text.slice(0, end);
  const at = authority.lastIndexOf("@");
  const hostAndPort = authority.slice(at + 1);
  if (hostAndPort === "" && (special || at >= 0)) return undefined;
  const split = splitPort(hostAndPort);
  if (split.port !== null && (split.host === "" || !/^[0-9]*$/.test(split.port))) return undefined;
  const host = split.host === "" ? "" : parseHost(split.host, special);
  const port = split.port === null ? null : portNumber(split.port, record.scheme);
  if (host === undefined || port === undefined) return undefined;
  const path = end < 0 ? "" : text.slice(end);
  return {
    ...record,
    ...userInfo(authority.slice(0, Math.max(0, at))),
    host,
    port,
    path: pathFrom(path, record.scheme),
  };
}

function userInfo(text: string): Pick<UrlRecord, "username" | "password"> {
  const colon = text.indexOf(":");
  return {
    username: percentEncode(colon < 0 ? text : text.slice(0, colon), encodeSets.userinfo),
    password: colon < 0 ? "" : percentEncode(text.slice(colon + 1), encodeSets.userinfo),
  };
}

/** At the first ":" outside brackets. */
export function splitPort(text: string): { readonly host: string; readonly port: string | null } {
  let inBrackets = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "[") inBrackets = true;
    else if (character === "]") inBrackets = false;
    else if (character === ":" && !inBrackets) return { host: text.slice(0, index), port: text.slice(index + 1) };
  }
  return { host: text, port: null };
}

/** Null for the default port of the scheme; undefined when the number is too large for a port. */
export function portNumber(digits: string, scheme: string): number | null | undefined {
  if (digits === "") return null;
  const port = Number(digits);
  if (port > 65535) return undefined;
  return port === defaultPort(scheme) ? null : port;
}

/** The "path start" state. */
export function pathFrom(text: string, scheme: string): string[] {
  if (text === "" && !isSpecial(scheme)) return [];
  return appendSegments([], isSlash(text[0], scheme) ? text.slice(1) : text, scheme);
}

function appendSegments(path: string[], text: string, scheme: string): string[] {
  const segments = text.split(isSpecial(scheme) ? /[/\\]/ : "/");
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const plain = segment.replace(/%2e/gi, ".");
    if (plain === "..") shorten(path, scheme);
    if (plain === "." || plain === "..") {
      if (last) path.push("");
      continue;
    }
    const drive = scheme === "file" && path.length === 0 && /^[A-Za-z][:|]$/.test(segment);
    path.push(drive ? `${segment.slice(0, 1)}:` : percentEncode(segment, encodeSets.path));
  }
  return path;
}

function shorten(path: string[], scheme: string): void {
  if (scheme === "file" && path.length === 1 && isDrive(path[0])) return;
  path.pop();
}

function isDrive(segment: string | undefined): boolean {
  return segment !== undefined && /^[A-Za-z]:$/.test(segment);
}

function startsWithDrive(text: string): boolean {
  return /^[A-Za-z][:|](?:[/\\]|$)/.test(text);
}

function parseFile(record: UrlRecord, rest: Rest, base: UrlRecord | undefined): UrlRecord | undefined {
  const { text } = rest;
  const file = { ...record, host: "" };
  if (isSlash(text[0], "file")) {
    if (isSlash(text[1], "file")) return parseFileHost(file, text.slice(2));
    const path: string[] = [];
    const drive = base?.path[0];
    if (drive !== undefined && isDrive(drive) && !startsWithDrive(text.slice(1))) path.push(drive);
    return { ...file, host: base?.host ?? "", path: appendSegments(path, text.slice(1), "file") };
  }
  if (base === undefined) return { ...file, path: appendSegments([], text, "file") };
  const path = segmentsOf(base);
  if (text === "") return { ...file, host: base.host, path, query: rest.query === null ? base.query : record.query };
  if (startsWithDrive(text)) return { ...file, host: base.host, path: appendSegments([], text, "file") };
  shorten(path, "file");
  return { ...file, host: base.host, path: appendSegments(path, text, "file") };
}

function parseFileHost(record: UrlRecord, text: string): UrlRecord | undefined {
  const end = text.search(/[/\\]/);
  const name = end < 0 ? text : text.slice(0, end);
  if (/^[A-Za-z][:|]$/.test(name)) return { ...record, path: appendSegments([], text, "file") };
  const host = fileHost(name);
  if (host === undefined) return undefined;
  return { ...record, host, path: pathFrom(end < 0 ? "" : text.slice(end), "file") };
}

/** "localhost" is no host of its own there. */
export function fileHost(text: string): string | undefined {
  const host = text === "" ? "" : parseHost(text, true);
  return host === "localhost" ? "" : host;
}

export function pathText(record: UrlRecord): string {
  if (typeof record.path === "string") return record.path;
  return record.path.map((segment) => `/${segment}`).join("");
}

export function urlText(record: UrlRecord): string {
  const { scheme, username, password, host, port, path, query, fragment } = record;
  let text = `${scheme}:`;
  if (host !== null) {
    const user = username === "" && password === "" ? "" : `${username}${password === "" ? "" : `:${password}`}@`;
    text += `//${user}${host}${port === null ? "" : `:${String(port)}`}`;
  } else if (typeof path !== "string" && path.length > 1 && path[0] === "") {
    text += "/.";
  }
  text += pathText(record);
  return text + (query === null ? "" : `?${query}`) + (fragment === null ? "" : `#${fragment}`);
}
