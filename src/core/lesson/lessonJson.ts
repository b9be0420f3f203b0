/**
 * JSON that remembers where things are, so that a finding can name a line. Strict JSON, nothing more; a repeated key
 * is an error, since one of the two would be lost in silence. How deep and how much is bounded (lessonLimits.ts). Pure.
 */
import type { Words } from "../../protocol/words.ts";
import { maxJsonDepth, maxJsonValues, maxQuoteLength } from "./lessonLimits.ts";
import { hiddenCharacter, lineAt, quoteForMessage } from "./lessonReader.ts";

export type JsonPath = readonly (string | number)[];

export interface LocatedJson {
  readonly value: unknown;
  /** Line (from 1) of the value at the path, or of its nearest parent that exists. */
  lineOf(path: JsonPath): number;
  /** Where the value at the path begins in the text; undefined where there is none. */
  offsetOf(path: JsonPath): number | undefined;
}

export class JsonSyntaxError extends Error {
  readonly words: Words;
  readonly line: number;

  constructor(words: Words, line: number) {
    super(words.en);
    this.name = "JsonSyntaxError";
    this.words = words;
    this.line = line;
  }
}

/** Throws a `JsonSyntaxError` for text that is not JSON. */
export function parseLocatedJson(text: string): LocatedJson {
  const offsets = new Map<string, number>();
  const value = new Scanner(text, offsets).document();
  return {
    value,
    offsetOf: (path) => offsets.get(keyOf(path)),
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const offset = offsets.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return lineAt(text, offset);
      }
      return 1;
    },
  };
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}

const space = /[ \t\r\n]*/y;
// Control characters are just what a string may not hold.
// eslint-disable-next-line no-control-regex
const stringPart = /[^"\\\u0000-\u001f]+|(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))+/y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Scanner {
  readonly #text: string;
  readonly #offsets: Map<string, number>;
  #at = 0;

  constructor(text: string, offsets: Map<string, number>) {
    this.#text = text.startsWith("\uFEFF") ? " " + text.slice(1) : text;
    this.#offsets = offsets;
  }

  document(): unknown {
    const value = this.#value([]);
    this.#match(space);
    if (this.#at < this.#text.length) this.#fail(wanted.end);
    return value;
  }

  #value(path: JsonPath): unknown {
    this.#match(space);
    if (path.length > maxJsonDepth) this.#refuse(tooDeep);
    if (this.#offsets.size === maxJsonValues) this.#refuse(tooMany);
    this.#offsets.set(keyOf(path), this.#at);
    if (this.#take("{")) return this.#object(path);
    if (this.#take("[")) return this.#array(path);
    const text = this.#string();
    if (text !== undefined) return text;
    const found = this.#match(literal);
    return found === undefined ? this.#fail(wanted.value) : (JSON.parse(found) as unknown);
  }

  /** Part by part: one pattern for a long string would need a stack as long as the string. */
  #string(): string | undefined {
    const start = this.#at;
    if (!this.#take('"')) return undefined;
    while (this.#match(stringPart) !== undefined);
    if (!this.#take('"')) this.#fail(wanted.string, start);
    const text = JSON.parse(this.#text.slice(start, this.#at)) as string;
    const hidden = hiddenCharacter(text);
    if (hidden !== undefined) this.#refuse(hiddenIn(hidden.code), start);
    return text;
  }

  #object(path: JsonPath): unknown {
    const entries: [string, unknown][] = [];
    const seen = new Set<string>();
    this.#match(space);
    if (this.#take("}")) return {};
    do {
      this.#match(space);
      const at = this.#at;
      const key = this.#string() ?? this.#fail(wanted.key);
      if (seen.has(key)) this.#fail(otherKey(key), at);
      seen.add(key);
      this.#match(space);
      if (!this.#take(":")) this.#fail(sign(":"));
      entries.push([key, this.#value([...path, key])]);
      this.#match(space);
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail(sign(",", "}"));
    return Object.fromEntries(entries);
  }

  #array(path: JsonPath): unknown {
    const items: unknown[] = [];
    this.#match(space);
    if (this.#take("]")) return items;
    do {
      items.push(this.#value([...path, items.length]));
      this.#match(space);
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail(sign(",", "]"));
    return items;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  #fail({ en, "zh-cn": zhCn }: Words, at = this.#at): never {
    this.#refuse({ en: `not valid JSON: expected ${en} here`, "zh-cn": `不是合法的 JSON：此处应为${zhCn}` }, at);
  }

  #refuse(words: Words, at = this.#at): never {
    throw new JsonSyntaxError(words, lineAt(this.#text, at));
  }
}

/** What was expected. */
const wanted = {
  end: { en: "the end of the file", "zh-cn": "文件结尾" },
  value: { en: "a value", "zh-cn": "一个值" },
  key: { en: "a key in double quotes", "zh-cn": "双引号中的键" },
  string: { en: "a string that ends on its line", "zh-cn": "在同一行内结束的字符串" },
} as const;

function sign(...signs: readonly string[]): Words {
  const quoted = signs.map((each) => `"${each}"`);
  return { en: quoted.join(" or "), "zh-cn": quoted.join("或") };
}

function otherKey(key: string): Words {
  const quoted = quoteForMessage(key, maxQuoteLength);
  return { en: `a key other than "${quoted}", which is there already`, "zh-cn": `“${quoted}”以外的键，它已经有了` };
}

const tooDeep: Words = {
  en: `nests deeper than ${String(maxJsonDepth)} levels`,
  "zh-cn": `嵌套超过 ${String(maxJsonDepth)} 层`,
};

const tooMany: Words = {
  en: `has more than ${String(maxJsonValues)} values`,
  "zh-cn": `包含的值超过 ${String(maxJsonValues)} 个`,
};

function hiddenIn(code: string): Words {
  return {
    en: `this text has the character ${code}, which cannot be seen and is not allowed`,
    "zh-cn": `这段文字里有不可见的字符 ${code}，不允许使用`,
  };
}
