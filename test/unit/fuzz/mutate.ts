// Random changes to texts and JSON values, such as a broken tool, a hurried author or a stranger would make. Every change
// comes from the generator that is given, so a seed gives the same again.

/** A number from 0 to below `bound`. */
export type Pick = (bound: number) => number;

/** A small generator (mulberry32). */
export function randomFrom(seed: number): Pick {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

export function oneOf<T>(pick: Pick, choices: readonly T[]): T {
  const chosen = choices[pick(choices.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}

/** One to four changes to a text: characters, lines and tokens go, come, move or repeat; or it breaks off. */
export function mutateText(text: string, pick: Pick, bits: readonly string[]): string {
  let changed = text;
  for (let left = 1 + pick(4); left > 0; left--) changed = changeText(changed, pick, bits);
  return changed;
}

function changeText(text: string, pick: Pick, bits: readonly string[]): string {
  const at = pick(text.length + 1);
  const lines = text.split("\n");
  const line = pick(lines.length);
  switch (pick(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + pick(20));
    case 2:
      return text.slice(0, at) + oneOf(pick, bits) + text.slice(at);
    case 3:
      return lines.toSpliced(line, 1).join("\n");
    case 4:
      return lines.toSpliced(pick(lines.length), 0, lines[line] ?? "").join("\n");
    case 5:
      return text.slice(0, at) + oneOf(pick, bits).repeat(1 + pick(200)) + text.slice(at);
    case 6:
      return text.slice(0, at) + String.fromCharCode(pick(0x300)) + text.slice(at + 1);
    default: {
      const words = text.split(/\b/);
      const [one, other] = [pick(words.length), pick(words.length)];
      return words.with(one, words[other] ?? "").join("");
    }
  }
}

/** Bytes go, change, or become what UTF-8 does not have. */
export function mutateBytes(text: string, pick: Pick): Uint8Array {
  const bytes = Buffer.from(text);
  for (let left = 1 + pick(3); left > 0 && bytes.length > 0; left--) bytes[pick(bytes.length)] = pick(256);
  return pick(4) === 0 ? bytes.subarray(0, pick(bytes.length + 1)) : bytes;
}

const oddValues: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => "",
  () => "x".repeat(5_000),
  () => "../../etc/passwd",
  () => "__proto__",
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => Object.fromEntries([["__proto__", { polluted: true }]]),
  () => ({ constructor: { prototype: { polluted: true } } }),
  () => Array.from({ length: 300 }, (_, index) => index),
];

/** A copy with one value somewhere in it replaced, removed, renamed, doubled, or swapped for another of the same document. */
export function mutateValue(value: unknown, pick: Pick): unknown {
  const copy: unknown = structuredClone(value);
  const places: { readonly parent: Record<string, unknown>; readonly key: string }[] = [];
  const visit = (parent: unknown): void => {
    if (typeof parent !== "object" || parent === null) return;
    for (const key of Object.keys(parent)) {
      const record = parent as Record<string, unknown>;
      places.push({ parent: record, key });
      visit(record[key]);
    }
  };
  visit(copy);
  if (places.length === 0) return oneOf(pick, oddValues)();
  const { parent, key } = oneOf(pick, places);
  const other = oneOf(pick, places);
  switch (pick(5)) {
    case 0:
      parent[key] = oneOf(pick, oddValues)();
      break;
    case 1:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
      break;
    case 2:
      if (Array.isArray(parent)) parent.reverse();
      else
        Object.defineProperty(parent, oneOf(pick, ["__proto__", "constructor", "toString", "extra"]), {
          value: parent[key],
          enumerable: true,
          configurable: true,
          writable: true,
        });
      break;
    case 3:
      if (Array.isArray(parent))
        (parent as unknown[]).push(
          ...Array.from({ length: 1 + pick(40) }, () => structuredClone((parent as unknown[])[0])),
        );
      else parent[key] = structuredClone(other.parent);
      break;
    default:
      parent[key] = structuredClone(other.parent[other.key]);
  }
  return copy;
}
