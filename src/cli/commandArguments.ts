/** The words after a command's name, checked: known options only, the right number of positionals. */
import { parseArgs } from "node:util";
import { CannotRun } from "./cannotRun.ts";

export interface CommandShape {
  readonly name: string;
  /** Names of the positional arguments; the last may be missing where `optional` is set. */
  readonly positionals: readonly string[];
  readonly optional?: boolean;
  /** The last positional may be given any number of times. */
  readonly repeated?: boolean;
  readonly options: Readonly<Record<string, "text" | "flag">>;
}

export interface CommandArguments {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
  /** A positive integer. @throws CannotRun */
  count(option: string): number | undefined;
}

/** @throws CannotRun where the arguments do not fit the shape. */
export function parseCommandArguments(shape: CommandShape, args: readonly string[]): CommandArguments {
  const { values, positionals } = parse(shape, args);
  checkPositionals(shape, positionals);
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === "string" ? value : undefined;
  };
  return {
    positionals,
    text,
    flag: (option) => values[option] === true,
    count: (option) => {
      const value = text(option);
      return value === undefined ? undefined : toCount(option, value);
    },
  };
}

function parse(
  shape: CommandShape,
  args: readonly string[],
): { values: Readonly<Record<string, unknown>>; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(shape.options).map(
      ([name, kind]) => [name, { type: kind === "text" ? "string" : "boolean" } as const] as const,
    ),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new CannotRun(
      `${sentence.replace(/\.$/, "")}. ${seeHelp(shape.name).en}`,
      `${sentence}。${seeHelp(shape.name).zhCn}`,
    );
  }
}

function checkPositionals(
  { name, positionals, optional = false, repeated = false }: CommandShape,
  given: readonly string[],
): void {
  const needed = positionals.length - (optional ? 1 : 0);
  const missing = positionals.slice(given.length, needed);
  const help = seeHelp(name);
  if (missing.length > 0) {
    const list = missing.map((each) => `<${each}>`).join(" ");
    throw new CannotRun(`${name} needs ${list}. ${help.en}`, `${name} 还缺 ${list}。${help.zhCn}`);
  }
  const extra = repeated ? undefined : given[positionals.length];
  if (extra !== undefined) {
    throw new CannotRun(
      `${name} does not know what to do with “${extra}”. ${help.en}`,
      `${name} 用不上“${extra}”。${help.zhCn}`,
    );
  }
}

/** @throws CannotRun for anything but a positive integer. */
function toCount(option: string, value: string): number {
  const count = Number(value);
  if (/^[0-9]+$/.test(value) && Number.isSafeInteger(count) && count > 0) return count;
  throw new CannotRun(`--${option} ${value} is not a positive whole number.`, `--${option} ${value} 不是正整数。`);
}

function seeHelp(command: string): { readonly en: string; readonly zhCn: string } {
  return { en: `See interleave ${command} --help.`, zhCn: `参见 interleave ${command} --help。` };
}
