// A pack in a temporary folder with two lessons: "good", which nothing is done to, and "bad", which each test breaks.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lessonTemplate } from "../../src/core/authoring/lessonTemplate.ts";

const words = { en: "Track", "zh-cn": "路线" };
const track = "first-track";

export class HostilePack {
  readonly outer = fs.mkdtempSync(join(tmpdir(), "interleave-hostile-"));
  readonly root = join(this.outer, "pack");

  constructor() {
    this.lesson("good");
    this.lesson("bad");
    this.catalog({ version: 1, tracks: [{ id: track, title: words, summary: words, lessons: ["good", "bad"] }] });
    this.write("../secret.txt", "a secret outside of the pack\n");
  }

  lesson(id: string): void {
    for (const [name, text] of Object.entries(lessonTemplate(id, track))) this.write(`${id}/${name}`, text);
  }

  catalog(value: unknown): void {
    this.write("catalog.json", JSON.stringify(value, null, 2));
  }

  /** The lessons of one track, in order. */
  order(...lessons: readonly unknown[]): void {
    this.catalog({ version: 1, tracks: [{ id: track, title: words, summary: words, lessons }] });
  }

  path(file: string): string {
    return join(this.root, file);
  }

  read(file: string): string {
    return fs.readFileSync(this.path(file), "utf8");
  }

  write(file: string, content: string | Uint8Array): void {
    fs.mkdirSync(dirname(this.path(file)), { recursive: true });
    fs.rmSync(this.path(file), { recursive: true, force: true });
    fs.writeFileSync(this.path(file), content);
  }

  change(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`${file} has no ${String(from)}`);
    this.write(file, after);
  }

  append(file: string, text: string): void {
    this.write(file, this.read(file) + text);
  }

  /** Changes one JSON file as a value; it is written with one value a line. */
  json(file: string, change: (value: Record<string, unknown>) => void): void {
    const value = JSON.parse(this.read(file)) as Record<string, unknown>;
    change(value);
    this.write(file, JSON.stringify(value, null, 2));
  }

  remove(file: string): void {
    fs.rmSync(this.path(file), { recursive: true, force: true });
  }

  link(file: string, target: string): void {
    this.remove(file);
    fs.symlinkSync(target, this.path(file));
  }

  folder(file: string): void {
    this.remove(file);
    fs.mkdirSync(this.path(file));
  }

  pipe(file: string): void {
    this.remove(file);
    execFileSync("mkfifo", [this.path(file)]);
  }

  /** A file of this size that takes no room. */
  sparse(file: string, bytes: number): void {
    this.write(file, "");
    fs.truncateSync(this.path(file), bytes);
  }

  dispose(): void {
    fs.rmSync(this.outer, { recursive: true, force: true });
  }
}

/** One way in which a stranger might break the lesson "bad", or the catalog. */
export interface Hostile {
  readonly what: string;
  readonly make: (pack: HostilePack) => void;
  /** Start of a finding as `verify` prints it: file, line, words. */
  readonly finding: RegExp;
  /** Nothing of the pack can be used: the catalog itself is broken. */
  readonly whole?: true;
}
