// Lessons whose JSON is not what it should be, and catalogs with names that lead elsewhere.
import type { Hostile, HostilePack } from "./hostilePack.ts";

const quoted = (text: string): string => JSON.stringify(text);

export const meta =
  (change: (value: Record<string, unknown>) => void) =>
  (pack: HostilePack): void => {
    pack.json("bad/lesson.json", change);
  };

export const json: readonly Hostile[] = [
  {
    what: "brackets without end",
    make: (p) => {
      p.write("bad/lesson.json", "[".repeat(100_000));
    },
    finding: /^bad\/lesson\.json:1: nests deeper than 32 levels/,
  },
  {
    what: "objects without end",
    make: (p) => {
      p.write("bad/quiz.json", '{"a":'.repeat(100_000));
    },
    finding: /^bad\/quiz\.json:1: nests deeper than 32 levels/,
  },
  {
    what: "a hundred thousand values",
    make: (p) => {
      p.write("bad/quiz.json", `[${"1,".repeat(100_000)}1]`);
    },
    finding: /^bad\/quiz\.json:1: has more than 20000 values/,
  },
  {
    what: "a key twice",
    make: (p) => {
      p.change("bad/lesson.json", '"track"', '"level"');
    },
    finding: /^bad\/lesson\.json:\d+: not valid JSON: expected a key other than "level"/,
  },
  {
    what: "__proto__ as a key",
    make: (p) => {
      p.change("bad/lesson.json", '"id"', '"__proto__": {"polluted": true},\n  "id"');
    },
    finding: /^bad\/lesson\.json:2: "__proto__" is not a known key/,
  },
  {
    what: "constructor as a key",
    make: (p) => {
      p.change("bad/lesson.json", '"id"', '"constructor": {"prototype": 1},\n  "id"');
    },
    finding: /^bad\/lesson\.json:2: "constructor" is not a known key/,
  },
  {
    what: "half a character in an escape",
    make: (p) => {
      p.change("bad/lesson.json", '"en": "Bad"', '"en": "Bad \\ud800"');
    },
    finding: /^bad\/lesson\.json:4: this text has the character U\+D800/,
  },
  {
    what: "a command to the terminal in an escape",
    make: (p) => {
      p.change("bad/lesson.json", '"en": "Bad"', '"en": "Bad \\u001b[2J"');
    },
    finding: /^bad\/lesson\.json:4: this text has the character U\+001B/,
  },
  {
    what: "a number beyond all numbers",
    make: (p) => {
      p.change("bad/lesson.json", '"minutes": 20', '"minutes": 1e999');
    },
    finding: /^bad\/lesson\.json:\d+: "minutes" should be/,
  },
  {
    what: "a comma too many",
    make: (p) => {
      p.change("bad/lesson.json", /\n}\s*$/, ",\n}\n");
    },
    finding: /^bad\/lesson\.json:\d+: not valid JSON/,
  },
  {
    what: "a long string",
    make: (p) => {
      p.write("bad/lesson.json", quoted("a\n".repeat(300_000)));
    },
    finding: /^bad\/lesson\.json:1: "" should be Object but is "a.{0,200}…/,
  },
  {
    what: "nothing",
    make: (p) => {
      p.write("bad/lesson.json", "");
    },
    finding: /^bad\/lesson\.json:1: not valid JSON/,
  },
  {
    what: "numbers for words",
    make: meta((value) => {
      value["title"] = 7;
    }),
    finding: /^bad\/lesson\.json:3: "title" should be Object but is 7/,
  },
  {
    what: "null for a list",
    make: meta((value) => {
      value["diagrams"] = null;
    }),
    finding: /^bad\/lesson\.json:\d+: "diagrams" should be Array but is null/,
  },
  {
    what: "an id that is another's",
    make: meta((value) => {
      value["id"] = "good";
    }),
    finding: /^bad\/lesson\.json: the id is "good" but the folder is "bad"/,
  },
  {
    what: "a diagram in another folder",
    make: (p) => {
      p.change("bad/lesson.json", '"architecture.mmd"', '"../../../secret.mmd"');
    },
    finding: /^bad\/lesson\.json:\d+: "diagrams\.0\.file" should be/,
  },
  {
    what: "a diagram named like a device",
    make: (p) => {
      p.change("bad/lesson.json", '"architecture.mmd"', '"con.mmd"');
    },
    finding: /^bad\/lesson\.json:\d+: "diagrams\.0\.file" should be/,
  },
  {
    what: "a binding to the prototype",
    make: (p) => {
      p.change("bad/lesson.json", '"arm"', '"__proto__"');
    },
    finding: /^bad\/lesson\.json:\d+: architecture\.mmd has no element "__proto__"/,
  },
];

export const names: readonly Hostile[] = [
  "../secret",
  "..",
  "/etc",
  "C:\\temp",
  "bad/../good",
  "Bad",
  "con",
  "nul",
  "\u0430bc",
  "l".repeat(300),
].map((name) => ({
  what: `a lesson called ${quoted(name.slice(0, 20))} in the catalog`,
  make: (pack: HostilePack) => {
    pack.order("good", name, "bad");
  },
  finding: /^catalog\.json:\d+: "tracks\.0\.lessons\.1" should be/,
}));
