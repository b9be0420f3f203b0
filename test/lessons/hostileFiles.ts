// Lessons whose files are not what they should be: links, pipes, folders, giants, other encodings.
import { writeFileSync } from "node:fs";
import type { Hostile, HostilePack } from "./hostilePack.ts";

const lines = (count: number, text: string): string => `${text}\n`.repeat(count);
const outside = "../../secret.txt";

export const links: readonly Hostile[] = [
  ...["lesson.json", "lesson.en.md", "spec.ts", "exercise.ts", "solution.ts", "original.go", "quiz.json"].map(
    (name) => ({
      what: `${name} is a link out of the pack`,
      make: (pack: HostilePack) => {
        pack.link(`bad/${name}`, outside);
      },
      finding: new RegExp(`^bad/${name.replace(".", "\\.")}: cannot be read: it is a link`),
    }),
  ),
  {
    what: "a diagram is a link",
    make: (p) => {
      p.link("bad/diagrams/architecture.mmd", `../${outside}`);
    },
    finding: /^bad\/diagrams\/architecture\.mmd: cannot be read: it is a link/,
  },
  {
    what: "a mistake is a link",
    make: (p) => {
      p.link("bad/mistakes/listener-kept.ts", `../${outside}`);
    },
    finding: /^bad\/mistakes\/listener-kept\.ts: cannot be read: it is a link/,
  },
  {
    what: "a link to a file of the lesson itself",
    make: (p) => {
      p.link("bad/exercise.ts", "solution.ts");
    },
    finding: /^bad\/exercise\.ts: cannot be read: it is a link/,
  },
  {
    what: "a link in a circle",
    make: (p) => {
      p.link("bad/spec.ts", "spec.ts");
    },
    finding: /^bad\/spec\.ts: cannot be read: it is a link/,
  },
  {
    what: "a link to a device",
    make: (p) => {
      p.link("bad/spec.ts", "/dev/zero");
    },
    finding: /^bad\/spec\.ts: cannot be read: it is a link/,
  },
  {
    what: "the lesson's folder is a link out of the pack",
    make: (p) => {
      p.link("bad", "..");
    },
    finding: /^bad: cannot be read: it is a link/,
  },
  {
    what: "the lesson's folder is a link to itself",
    make: (p) => {
      p.link("bad", "bad");
    },
    finding: /^bad: cannot be read: it is a link/,
  },
  {
    what: "the folder of mistakes is a link",
    make: (p) => {
      p.link("bad/mistakes", "/etc");
    },
    finding: /^bad\/mistakes: is a link/,
  },
  {
    what: "the folder of diagrams is a link",
    make: (p) => {
      p.link("bad/diagrams", "../good/diagrams");
    },
    finding: /^bad\/diagrams: is a link/,
  },
  {
    what: "a stray link",
    make: (p) => {
      p.link("bad/notes", "/etc/hostname");
    },
    finding: /^bad\/notes: is a link/,
  },
  {
    what: "the catalog is a link",
    make: (p) => {
      p.link("catalog.json", "../secret.txt");
    },
    finding: /^catalog\.json: cannot be read: it is a link/,
    whole: true,
  },
];

export const kinds: readonly Hostile[] = [
  {
    what: "a pipe for a spec",
    make: (p) => {
      p.pipe("bad/spec.ts");
    },
    finding: /^bad\/spec\.ts: cannot be read: it is not a regular file/,
  },
  {
    what: "a pipe for lesson.json",
    make: (p) => {
      p.pipe("bad/lesson.json");
    },
    finding: /^bad\/lesson\.json: cannot be read: it is not a regular file/,
  },
  {
    what: "a pipe for a mistake",
    make: (p) => {
      p.pipe("bad/mistakes/hanging.ts");
    },
    finding: /^bad\/mistakes\/hanging\.ts: cannot be read: it is not a regular file/,
  },
  {
    what: "a pipe for the catalog",
    make: (p) => {
      p.pipe("catalog.json");
    },
    finding: /^catalog\.json: cannot be read: it is not a regular file/,
    whole: true,
  },
  {
    what: "a folder for a spec",
    make: (p) => {
      p.folder("bad/spec.ts");
    },
    finding: /^bad\/spec\.ts: cannot be read: it is a folder/,
  },
  {
    what: "a folder for the catalog",
    make: (p) => {
      p.folder("catalog.json");
    },
    finding: /^catalog\.json: cannot be read: it is a folder/,
    whole: true,
  },
  {
    what: "a file for the lesson's folder",
    make: (p) => {
      p.write("bad", "file");
    },
    finding: /^bad: cannot be read: it is not a folder/,
  },
  {
    what: "a file for the folder of mistakes",
    make: (p) => {
      p.write("bad/mistakes", "file");
    },
    finding: /^bad\/mistakes: does not belong to a lesson/,
  },
  {
    what: "no folder at all",
    make: (p) => {
      p.remove("bad");
    },
    finding: /^bad: the catalog names it, but there is no such folder/,
  },
  {
    what: "a folder within a folder",
    make: (p) => {
      p.write("bad/deep/a/b/c/d.txt", "x");
    },
    finding: /^bad\/deep: does not belong to a lesson/,
  },
];

export const sizes: readonly Hostile[] = [
  {
    what: "a spec of a gigabyte",
    make: (p) => {
      p.sparse("bad/spec.ts", 2 ** 30);
    },
    finding: /^bad\/spec\.ts: cannot be read: it is larger than 1000000 bytes/,
  },
  {
    what: "a quiz of a terabyte",
    make: (p) => {
      p.sparse("bad/quiz.json", 2 ** 40);
    },
    finding: /^bad\/quiz\.json: cannot be read: it is larger than/,
  },
  {
    what: "prose that is too long",
    make: (p) => {
      p.append("bad/lesson.en.md", "a ".repeat(60_000));
    },
    finding: /^bad\/lesson\.en\.md: cannot be read: it is larger than 100000 bytes/,
  },
  {
    what: "a diagram that is too long",
    make: (p) => {
      p.append("bad/diagrams/architecture.mmd", lines(2_000, "  a --> bcdefg"));
    },
    finding: /^bad\/diagrams\/architecture\.mmd: cannot be read: it is larger than 20000 bytes/,
  },
  {
    what: "an exercise that is too long",
    make: (p) => {
      p.append("bad/exercise.ts", lines(20_000, "// comment"));
    },
    finding: /^bad\/exercise\.ts: cannot be read: it is larger than 200000 bytes/,
  },
  {
    what: "a catalog of a gigabyte",
    make: (p) => {
      p.sparse("catalog.json", 2 ** 30);
    },
    finding: /^catalog\.json: cannot be read: it is larger than/,
    whole: true,
  },
  {
    what: "a folder with too many mistakes",
    make: (p) => {
      for (let n = 0; n < 2_100; n++) writeFileSync(p.path(`bad/mistakes/m${String(n)}.ts`), "");
    },
    finding: /^bad\/mistakes: cannot be read: it holds more than 2000 files/,
  },
  {
    what: "more mistakes than are checked",
    make: (p) => {
      for (let n = 0; n < 110; n++) writeFileSync(p.path(`bad/mistakes/m${String(n)}.ts`), "x");
    },
    finding: /^bad\/mistakes: there are more than 100 mistakes/,
  },
  {
    what: "a catalog that lists too many lessons",
    make: (p) => {
      p.order("good", "bad", ...Array.from({ length: 2_400 }, (_, n) => `l${String(n)}`));
    },
    finding: /^catalog\.json:\d+: "tracks\.0\.lessons" should be <=2000 but is 2402/,
  },
];

const bytes = (text: string, ...more: readonly number[]): Uint8Array =>
  Buffer.concat([Buffer.from(text), Buffer.from(more)]);

export const encodings: readonly Hostile[] = [
  {
    what: "bad UTF-8",
    make: (p) => {
      p.write("bad/spec.ts", bytes("// one\n// two \n// ", 0xc3, 0x28));
    },
    finding: /^bad\/spec\.ts:3: cannot be read: it is not UTF-8/,
  },
  {
    what: "half a character at the end",
    make: (p) => {
      p.write("bad/lesson.en.md", bytes("# Bad\n", 0xe4, 0xb8));
    },
    finding: /^bad\/lesson\.en\.md:2: cannot be read: it is not UTF-8/,
  },
  {
    what: "overlong UTF-8",
    make: (p) => {
      p.write("bad/exercise.ts", bytes("\n", 0xc0, 0xaf));
    },
    finding: /^bad\/exercise\.ts:2: cannot be read: it is not UTF-8/,
  },
  {
    what: "UTF-16",
    make: (p) => {
      p.write("bad/lesson.json", Buffer.from(`\ufeff${p.read("bad/lesson.json")}`, "utf16le"));
    },
    finding: /^bad\/lesson\.json:1: cannot be read: it is not UTF-8/,
  },
  {
    what: "a NUL",
    make: (p) => {
      p.append("bad/solution.ts", "// \0\n");
    },
    finding: /^bad\/solution\.ts:\d+: cannot be read: it has the character U\+0000/,
  },
  {
    what: "a command to the terminal",
    make: (p) => {
      p.change("bad/lesson.en.md", /^# .*/, "# \u001b]0;owned\u0007");
    },
    finding: /^bad\/lesson\.en\.md:1: cannot be read: it has the character U\+001B/,
  },
  {
    what: "text that is turned around",
    make: (p) => {
      p.append("bad/exercise.ts", "/* \u202e } if (admin) { */\n");
    },
    finding: /^bad\/exercise\.ts:\d+: cannot be read: it has the character U\+202E/,
  },
  {
    what: "a catalog in bad UTF-8",
    make: (p) => {
      p.write("catalog.json", bytes("{\n", 0xff));
    },
    finding: /^catalog\.json:2: cannot be read: it is not UTF-8/,
    whole: true,
  },
];
