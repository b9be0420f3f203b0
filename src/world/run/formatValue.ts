/**
 * A value as short text for a message. Runs inside the realm, on values that the exercise made, so nothing that a
 * value does (throwing getters, proxies, cycles, enormous strings) may get out of here. Pure but for what it reads.
 */
const maxText = 120;
const maxItems = 12;
const maxDepth = 3;

/** Never throws. */
export function formatValue(value: unknown): string {
  try {
    return format(value, 0, []);
  } catch {
    return "[a value that cannot be shown]";
  }
}

function format(value: unknown, depth: number, above: readonly object[]): string {
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (typeof value === "bigint") return `${value.toString()}n`;
  if (typeof value === "function") return `function ${cut(value.name === "" ? "(anonymous)" : value.name)}`;
  if (typeof value === "symbol") return cut(value.toString());
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (above.includes(value)) return "[circular]";
  if (value instanceof Error) return formatError(value);
  if (depth >= maxDepth) return Array.isArray(value) ? "[…]" : "{…}";
  return formatObject(value, depth + 1, [...above, value]);
}

function formatError(error: Error): string {
  const message = cut(error.message);
  return message === "" ? cut(error.name) : `${cut(error.name)}: ${message}`;
}

function formatObject(value: object, depth: number, above: readonly object[]): string {
  if (Array.isArray(value)) return `[${limited(value.map((item) => format(item, depth, above)))}]`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${format(key, depth, above)} => ${format(item, depth, above)}`);
    return `Map { ${limited(entries)} }`;
  }
  if (value instanceof Set) return `Set { ${limited([...value].map((item) => format(item, depth, above)))} }`;
  if (value instanceof Promise) return "a Promise";
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${format(item, depth, above)}`);
  const name = nameOf(value);
  const prefix = name === "Object" || name === "" ? "" : `${name} `;
  return entries.length === 0 ? `${prefix}{}` : `${prefix}{ ${limited(entries)} }`;
}

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null) return "";
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return typeof maker === "function" ? cut(maker.name) : "";
}

function limited(parts: readonly string[]): string {
  const shown = parts.slice(0, maxItems).join(", ");
  return parts.length > maxItems ? `${shown}, … ${String(parts.length - maxItems)} more` : shown;
}

/** Names and messages of the exercise's own objects may be anything. */
function cut(given: unknown): string {
  const text = typeof given === "string" ? given : String(given);
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
