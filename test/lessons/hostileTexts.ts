// Catalogs that contradict themselves, prose and diagrams that want to do something.
import { meta } from "./hostileJson.ts";
import type { Hostile } from "./hostilePack.ts";

const quoted = (text: string): string => JSON.stringify(text);

export const catalogs: readonly Hostile[] = [
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

export const texts: readonly Hostile[] = [
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

export const diagrams: readonly Hostile[] = [
  diagram('  click arm "javascript:hit()"', 2, "a diagram may not have a click handler"),
  diagram("  click arm call hit()", 2, "a diagram may not have a click handler"),
  diagram('%%{init: {"securityLevel": "loose"}}%%', 2, "a diagram may not have options for mermaid"),
  diagram('  x["<img src=x onerror=hit()>"]', 2, "a diagram may not have markup"),
  diagram('  x["&lt;script&gt;"]', 2, "a diagram may not have markup"),
  diagram("  style arm fill:url(https://example.com/x)", 2, "a diagram may not have an address in a style"),
  diagram('  x@{ img: "https://example.com/x.png" }', 2, "a diagram may not have a picture"),
  diagram("  classDef x fill:red;} body{display:none}", 2, "the lesson panel does not draw a diagram with"),
  {
    what: "a diagram with more parts than the panel draws",
    make: (p) => {
      const nodes = Array.from({ length: 320 }, (_, index) => `  n${String(index)}["x"]`).join("\n");
      p.write(
        "bad/diagrams/architecture.mmd",
        `flowchart LR\n  accTitle: Many\n  accDescr: Very many.\n  start([x]) abort@--> done([x])\n${nodes}\n`,
      );
    },
    finding: /^bad\/diagrams\/architecture\.mmd:1: a diagram may have 300 nodes, edges and messages in all, not 3\d\d/,
  },
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
      p.write("bad/diagrams/architecture.mmd", "([{".repeat(3_000));
    },
    finding: /^bad\/diagrams\/architecture\.mmd: mermaid cannot read it/,
  },
];
