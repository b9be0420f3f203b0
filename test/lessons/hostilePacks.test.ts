// Packs from strangers: whatever is wrong with a lesson is named with its file (and line, where there is one), nothing
// outside of the pack is read, nothing hangs, and the lesson beside it still verifies and is listed.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { createFolderReader } from "../../src/cli/folderReader.ts";
import { list } from "../../src/cli/listCommand.ts";
import { CannotRun } from "../../src/cli/cannotRun.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { verifyPack } from "../../src/cli/verify/verifyPack.ts";
import { formatFinding } from "../../src/core/lessonFinding.ts";
import { dist, interleave } from "./commandLine.ts";
import { HostilePack } from "./hostilePack.ts";

interface Hostile {
  readonly what: string;
  readonly make: (pack: HostilePack) => void;
  /** Start of a finding as `verify` prints it: file, line, words. */
  readonly finding: RegExp;
  /** Nothing of the pack can be used: the catalog itself is broken. */
  readonly whole?: true;
}

const quoted = (text: string): string => JSON.stringify(text);
const lines = (count: number, text: string): string => `${text}\n`.repeat(count);
const outside = "../../secret.txt";

const links: readonly Hostile[] = [
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

const kinds: readonly Hostile[] = [
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

const sizes: readonly Hostile[] = [
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
      p.order("good", "bad", ...Array.from({ length: 600 }, (_, n) => `l${String(n)}`));
    },
    finding: /^catalog\.json:\d+: "tracks\.0\.lessons" should be <=500 but is 602/,
  },
];

const bytes = (text: string, ...more: readonly number[]): Uint8Array =>
  Buffer.concat([Buffer.from(text), Buffer.from(more)]);

const encodings: readonly Hostile[] = [
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

const meta =
  (change: (value: Record<string, unknown>) => void) =>
  (pack: HostilePack): void => {
    pack.json("bad/lesson.json", change);
  };

const json: readonly Hostile[] = [
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

const names: readonly Hostile[] = [
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

const catalogs: readonly Hostile[] = [
  {
    what: "a lesson twice",
    make: (p) => {
      p.order("good", "bad", "bad");
    },
    finding: /^catalog\.json:\d+: "bad" is listed twice/,
  },
  {
    what: "a lesson that is a number",
    make: (p) => {
      p.order("good", 7);
    },
    finding: /^catalog\.json:\d+: "tracks\.0\.lessons\.1" should be string but is 7/,
  },
  {
    what: "two tracks of one name",
    make: (p) => {
      p.json("catalog.json", (v) => {
        const [first] = v["tracks"] as object[];
        v["tracks"] = [first, { ...first, lessons: ["bad"] }];
      });
    },
    finding: /^catalog\.json:\d+: two tracks are called "first-track"/,
  },
  {
    what: "a broken track beside a good one",
    make: (p) => {
      p.json("catalog.json", (v) => {
        v["tracks"] = [...(v["tracks"] as object[]), { id: 1 }];
      });
    },
    finding: /^catalog\.json:\d+: "tracks\.1\.id" should be string but is 1/,
  },
  {
    what: "an unknown key",
    make: (p) => {
      p.json("catalog.json", (v) => {
        v["run"] = "rm";
      });
    },
    finding: /^catalog\.json:\d+: "run" is not a known key/,
  },
  {
    what: "no tracks",
    make: (p) => {
      p.catalog({ version: 1, tracks: [] });
    },
    finding: /^catalog\.json:\d+: "tracks" should be >=1 but is 0/,
    whole: true,
  },
  {
    what: "an empty catalog",
    make: (p) => {
      p.write("catalog.json", "");
    },
    finding: /^catalog\.json:1: not valid JSON/,
    whole: true,
  },
  {
    what: "no catalog",
    make: (p) => {
      p.remove("catalog.json");
    },
    finding: /^catalog\.json: cannot be read: there is no such file/,
    whole: true,
  },
  {
    what: "an unlisted folder of another case",
    make: (p) => {
      p.write("Good/lesson.json", "{}");
    },
    finding: /^Good: the catalog does not list this folder/,
  },
  {
    what: "an unknown prerequisite",
    make: meta((v) => {
      v["prerequisites"] = ["nobody"];
    }),
    finding: /^bad\/lesson\.json:\d+: there is no lesson "nobody" to come first/,
  },
  {
    what: "itself as a prerequisite",
    make: meta((v) => {
      v["prerequisites"] = ["bad"];
    }),
    finding: /^bad\/lesson\.json:\d+: a lesson cannot come before itself/,
  },
  {
    what: "prerequisites in a circle",
    make: (p) => {
      for (const [id, next] of [
        ["bad", "two"],
        ["two", "three"],
        ["three", "bad"],
      ] as const) {
        if (id !== "bad") p.lesson(id);
        p.json(`${id}/lesson.json`, (v) => {
          v["prerequisites"] = [next];
        });
      }
      p.order("good", "bad", "two", "three");
    },
    finding: /^three\/lesson\.json:\d+: the prerequisites lead in a circle: bad → two → three → bad/,
  },
];

const prose = (text: string, finding: RegExp): Hostile => ({
  what: `prose with ${quoted(text.slice(0, 40))}`,
  make: (pack) => {
    pack.change("bad/lesson.en.md", /^(# .*\n)/, `# Bad\n\n${text}\n`);
  },
  finding,
});
const noLink = /^bad\/lesson\.en\.md:3: ".*" is not a link that a lesson may have/;

const texts: readonly Hostile[] = [
  prose("[a](javascript:alert(1))", noLink),
  prose("[a](command:workbench.action.terminal.new)", noLink),
  prose("[a](vscode://file/etc/passwd)", noLink),
  prose("[a](file:///etc/passwd)", noLink),
  prose("[a](data:text/html,x)", noLink),
  prose("[a](http://example.com)", noLink),
  prose("[a](../../secret.txt)", noLink),
  prose("[a](//example.com/x)", noLink),
  prose("![a](https://example.com/x.png)", /^bad\/lesson\.en\.md:3: "https:\/\/example\.com\/x\.png" is neither/),
  prose("![a](picture.svg)", /^bad\/lesson\.en\.md:3: "picture\.svg" is neither/),
  prose("![a](data:image/svg+xml,x)", /^bad\/lesson\.en\.md:3: "data:.*" is neither/),
  prose(`${">".repeat(1_000)} x`, /^bad\/lesson\.en\.md:3: quotes or lists nest deeper than 20 levels/),
  {
    what: "an SVG in the lesson",
    make: (p) => {
      p.write("bad/diagrams/x.svg", "<svg onload='x()'/>");
    },
    finding: /^bad\/diagrams\/x\.svg: does not belong to a lesson/,
  },
];

const diagram = (text: string, line: number, finding: string): Hostile => ({
  what: `a diagram with ${quoted(text.slice(0, 40))}`,
  make: (pack) => {
    pack.change("bad/diagrams/architecture.mmd", /\n/, `\n${text}\n`);
  },
  finding: new RegExp(`^bad/diagrams/architecture\\.mmd:${String(line)}: ${finding}`),
});

const diagrams: readonly Hostile[] = [
  diagram('  click arm "javascript:hit()"', 2, "a diagram may not have a click handler"),
  diagram("  click arm call hit()", 2, "a diagram may not have a click handler"),
  diagram('%%{init: {"securityLevel": "loose"}}%%', 2, "a diagram may not have options for mermaid"),
  diagram('  x["<img src=x onerror=hit()>"]', 2, "a diagram may not have markup"),
  diagram('  x["&lt;script&gt;"]', 2, "a diagram may not have markup"),
  diagram("  style arm fill:url(https://example.com/x)", 2, "a diagram may not have an address in a style"),
  diagram('  x@{ img: "https://example.com/x.png" }', 2, "a diagram may not have a picture"),
  {
    what: "a diagram with front matter",
    make: (p) => {
      p.write("bad/diagrams/architecture.mmd", "---\nconfig:\n  securityLevel: loose\n---\nflowchart LR\n  a --> b\n");
    },
    finding: /^bad\/diagrams\/architecture\.mmd:1: a diagram may not have options/,
  },
  {
    what: "a diagram that is none",
    make: (p) => {
      p.write("bad/diagrams/architecture.mmd", "([{".repeat(6_000));
    },
    finding: /^bad\/diagrams\/architecture\.mmd: mermaid cannot read it/,
  },
];

const all = [...links, ...kinds, ...sizes, ...encodings, ...json, ...names, ...catalogs, ...texts, ...diagrams];

function terminal(pack: HostilePack, said: { out: string; err: string }): Terminal {
  return {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    progress: () => undefined,
    colour: false,
    workingDirectory: pack.root,
    distDir: dist,
    locale: "en",
    signal: new AbortController().signal,
  };
}

const packs: HostilePack[] = [];
function makePack(): HostilePack {
  const pack = new HostilePack();
  packs.push(pack);
  return pack;
}
after(() => {
  for (const pack of packs) pack.dispose();
});

async function verify(pack: HostilePack) {
  return verifyPack({
    reader: createFolderReader(pack.root),
    distDir: dist,
    signal: new AbortController().signal,
    note: () => undefined,
    progress: () => undefined,
  });
}

describe("a hostile pack", () => {
  test("is compared with one that has no fault", async () => {
    assert.deepEqual(await verify(makePack()), { lessons: ["good", "bad"], findings: [] });
  });

  for (const { what, make, finding, whole } of all) {
    test(what, async () => {
      const pack = makePack();
      make(pack);
      const { lessons, findings } = await verify(pack);
      const found = findings.map((each) => formatFinding(each, "en"));
      assert.ok(
        found.some((line) => finding.test(line)),
        `${String(finding)}\n${found.slice(0, 10).join("\n")}`,
      );
      const everything = JSON.stringify(findings);
      assert.doesNotMatch(everything, /a secret outside|root:/);
      assert.doesNotMatch(found.join(""), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]|\p{Cs}/u);
      for (const { message } of findings) assert.ok(message["zh-cn"] !== "" && message["zh-cn"] !== message.en);
      const said = { out: "", err: "" };
      if (whole === true) {
        await assert.rejects(list(["--json", "--pack", pack.root], terminal(pack, said)), CannotRun);
        return;
      }
      assert.ok(lessons.includes("good"));
      assert.deepEqual(
        findings.filter(({ file }) => file === "good" || file.startsWith("good/")),
        [],
      );
      await list(["--json", "--pack", pack.root], terminal(pack, said));
      const listed = (JSON.parse(said.out) as { id: string }[]).map(({ id }) => id);
      assert.ok(listed.includes("good"));
      assert.deepEqual([...new Set(listed)], listed);
    });
  }

  test("a socket for a spec", async () => {
    const pack = makePack();
    pack.remove("bad/spec.ts");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(pack.path("bad/spec.ts"), resolve));
    try {
      const { findings } = await verify(pack);
      assert.match(
        findings.map((each) => formatFinding(each, "en")).join("\n"),
        /^bad\/spec\.ts: cannot be read: it is not a regular file/m,
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test("a file's name with a command to the terminal is shown, not obeyed", async () => {
    const pack = makePack();
    writeFileSync(join(pack.root, "bad", "\u001b[31m\nred"), "");
    const { findings } = await verify(pack);
    const found = findings.map((each) => formatFinding(each, "en"));
    assert.deepEqual(found, ["bad/\\u{1b}[31m?red: does not belong to a lesson"]);
  });

  test("paths that lead elsewhere are refused before anything is opened", async () => {
    const reader = createFolderReader(makePack().root);
    for (const path of [
      "../secret.txt",
      "/etc/hostname",
      "good/../../secret.txt",
      "good\\..\\x",
      "good/con.ts",
      "good/./x",
      "good//x",
      "a\0b",
      "nul",
      "x.",
      "l".repeat(65),
    ]) {
      await assert.rejects(reader.read(path), /its name is not one that a pack may have/, quoted(path));
      await assert.rejects(reader.list(path), /its name is not one that a pack may have/, quoted(path));
    }
  });

  test("the command line names what is broken, and still lists and grades the rest", async () => {
    const pack = makePack();
    pack.pipe("bad/lesson.json");
    pack.order("good", "../secret", "bad");
    const listed = await interleave(["list", "--json", "--pack", "pack"], pack.outer);
    assert.equal(listed.status, 2);
    assert.deepEqual(
      (JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id),
      ["good"],
    );
    assert.match(listed.stderr, /^pack\/catalog\.json:16: .*\npack\/bad\/lesson\.json: cannot be read/);
    const graded = await interleave(
      ["grade", "good", join("pack", "good", "solution.ts"), "--pack", "pack"],
      pack.outer,
    );
    assert.equal(graded.status, 0, graded.stderr);
    const bad = await interleave(["grade", "bad", join("pack", "good", "solution.ts"), "--pack", "pack"], pack.outer);
    assert.deepEqual([bad.status, bad.stdout], [2, ""]);
    const huge = join(pack.outer, "huge.ts");
    pack.sparse("../huge.ts", 2 ** 30);
    const tooLarge = await interleave(["grade", "good", huge, "--pack", "pack"], pack.outer);
    assert.deepEqual([tooLarge.status, tooLarge.stdout], [2, ""]);
    assert.match(tooLarge.stderr, /it is larger than 1000000 bytes/);
  });
});
