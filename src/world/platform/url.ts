/**
 * URL as the URL standard defines it, except for hosts with non-ASCII characters, which it refuses with an error that
 * says so: their mapping needs tables that the world does not carry. Runs inside the realm.
 */
import { encodeSets, percentEncode } from "./percentEncoding.ts";
import { parseHost } from "./urlHost.ts";
import {
  type UrlRecord,
  defaultPort,
  encodeQuery,
  fileHost,
  isSpecial,
  parseUrl,
  pathFrom,
  pathText,
  portNumber,
  splitPort,
  urlText,
  withoutTabsAndLines,
} from "./urlParser.ts";
import { URLSearchParams, searchParamsInternals } from "./urlSearchParams.ts";
import { asInterface, need, usvString } from "./webIdl.ts";

export class URL {
  #record: UrlRecord;
  #searchParams: URLSearchParams | undefined;

  constructor(url: string | URL, base: string | URL | undefined = undefined) {
    need(arguments.length, 1);
    const text = usvString(url);
    const record = parseWithBase(text, base);
    if (record === undefined) throw invalid(text);
    this.#record = record;
  }

  /** The URL, or null where the constructor would throw for want of one. */
  static parse(url: string | URL, base: string | URL | undefined = undefined): URL | null {
    need(arguments.length, 1);
    const record = parseWithBase(url, base);
    return record === undefined ? null : new URL(urlText(record));
  }

  static canParse(url: string | URL, base: string | URL | undefined = undefined): boolean {
    need(arguments.length, 1);
    return parseWithBase(url, base) !== undefined;
  }

  get href(): string {
    return urlText(this.#record);
  }

  set href(value: string) {
    const record = parseUrl(usvString(value));
    if (record === undefined) throw invalid(usvString(value));
    this.#record = record;
    this.#queryChanged();
  }

  get origin(): string {
    const { scheme, path } = this.#record;
    if (scheme === "blob" && typeof path === "string") {
      const inner = parseUrl(path);
      return inner?.scheme === "http" || inner?.scheme === "https" ? originOf(inner) : "null";
    }
    return originOf(this.#record);
  }

  get protocol(): string {
    return `${this.#record.scheme}:`;
  }

  set protocol(value: string) {
    const record = this.#record;
    const text = withoutTabsAndLines(usvString(value));
    const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*)(?::|$)/.exec(text)?.[1]?.toLowerCase();
    if (scheme === undefined || isSpecial(scheme) !== isSpecial(record.scheme)) return;
    if (scheme === "file" && (hasCredentials(record) || record.port !== null)) return;
    if (record.scheme === "file" && (record.host === "" || record.host === null)) return;
    record.scheme = scheme;
    if (record.port === defaultPort(scheme)) record.port = null;
  }

  get username(): string {
    return this.#record.username;
  }

  set username(value: string) {
    if (mayHavePort(this.#record)) this.#record.username = percentEncode(usvString(value), encodeSets.userinfo);
  }

  get password(): string {
    return this.#record.password;
  }

  set password(value: string) {
    if (mayHavePort(this.#record)) this.#record.password = percentEncode(usvString(value), encodeSets.userinfo);
  }

  get host(): string {
    const { host, port } = this.#record;
    return host === null ? "" : port === null ? host : `${host}:${String(port)}`;
  }

  set host(value: string) {
    this.#setHost(usvString(value), true);
  }

  get hostname(): string {
    return this.#record.host ?? "";
  }

  set hostname(value: string) {
    this.#setHost(usvString(value), false);
  }

  #setHost(value: string, withPort: boolean): void {
    const record = this.#record;
    if (typeof record.path === "string") return;
    const special = isSpecial(record.scheme);
    const text = withoutTabsAndLines(value.toWellFormed()).split(special ? /[/\\?#]/ : /[/?#]/, 1)[0] ?? "";
    if (record.scheme === "file") {
      record.host = fileHost(text) ?? record.host;
      return;
    }
    const { host, port } = splitPort(text);
    if (port !== null && (host === "" || !withPort)) return;
    if (host === "" && (special || hasCredentials(record) || record.port !== null)) return;
    const parsed = host === "" ? "" : parseHost(host, special);
    if (parsed === undefined) return;
    record.host = parsed;
    if (port !== null) this.#setPort(port);
  }

  get port(): string {
    const { port } = this.#record;
    return port === null ? "" : String(port);
  }

  set port(value: string) {
    const record = this.#record;
    if (!mayHavePort(record)) return;
    const text = withoutTabsAndLines(usvString(value));
    if (usvString(value) === "") record.port = null;
    else this.#setPort(text);
  }

  #setPort(text: string): void {
    const digits = /^[0-9]+/.exec(text)?.[0];
    const port = digits === undefined ? undefined : portNumber(digits, this.#record.scheme);
    if (port !== undefined) this.#record.port = port;
  }

  get pathname(): string {
    return pathText(this.#record);
  }

  set pathname(value: string) {
    const record = this.#record;
    if (typeof record.path === "string") return;
    const text = withoutTabsAndLines(usvString(value));
    record.path = text === "" && record.host === null ? [""] : pathFrom(text, record.scheme);
  }

  get search(): string {
    const { query } = this.#record;
    return query === null || query === "" ? "" : `?${query}`;
  }

  set search(value: string) {
    const text = usvString(value);
    const query = withoutTabsAndLines(text.startsWith("?") ? text.slice(1) : text);
    this.#record.query = text === "" ? null : encodeQuery(query, this.#record.scheme);
    this.#queryChanged();
  }

  get searchParams(): URLSearchParams {
    if (this.#searchParams === undefined) {
      const params = new URLSearchParams(this.#record.query ?? "");
      searchParamsInternals.replace(params, this.#record.query ?? "");
      searchParamsInternals.connect(params, (text) => {
        this.#record.query = text === "" ? null : text;
      });
      this.#searchParams = params;
    }
    return this.#searchParams;
  }

  #queryChanged(): void {
    if (this.#searchParams !== undefined) searchParamsInternals.replace(this.#searchParams, this.#record.query ?? "");
  }

  get hash(): string {
    const { fragment } = this.#record;
    return fragment === null || fragment === "" ? "" : `#${fragment}`;
  }

  set hash(value: string) {
    const text = usvString(value);
    const fragment = withoutTabsAndLines(text.startsWith("#") ? text.slice(1) : text);
    this.#record.fragment = text === "" ? null : percentEncode(fragment, encodeSets.fragment);
  }

  toString(): string {
    return urlText(this.#record);
  }

  toJSON(): string {
    return urlText(this.#record);
  }

  static {
    asInterface(URL, "URL");
  }
}

function parseWithBase(url: string | URL, base: string | URL | undefined): UrlRecord | undefined {
  const text = usvString(url);
  if (base === undefined) return parseUrl(text);
  const parsedBase = parseUrl(usvString(base));
  return parsedBase === undefined ? undefined : parseUrl(text, parsedBase);
}

function originOf({ scheme, host, port }: UrlRecord): string {
  if (!isSpecial(scheme) || scheme === "file" || host === null) return "null";
  return `${scheme}://${host}${port === null ? "" : `:${String(port)}`}`;
}

function hasCredentials(record: UrlRecord): boolean {
  return record.username !== "" || record.password !== "";
}

/** Whether the URL can have a user name, a password or a port. */
function mayHavePort(record: UrlRecord): boolean {
  return record.host !== null && record.host !== "" && record.scheme !== "file";
}

function invalid(text: string): TypeError {
  return new TypeError(`Invalid URL: ${text}`);
}
