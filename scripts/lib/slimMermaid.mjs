// An esbuild plugin that leaves out of mermaid what no lesson draws: 3.5 MB become 1.2 MB. A diagram of another kind
// fails to render with the sentence below.
import { basename } from "node:path";

/** The kinds that lessons draw. */
const KEPT = ["flowDiagram", "sequenceDiagram", "stateDiagram", "classDiagram"];

/** Layouts and formulas, which load only for other kinds or by choice. */
const UNUSED = ["katex", "elkjs", "cytoscape", "cose-bilkent", "swimlanes", "@mermaid-js/parser"];

const MESSAGE = `Diagrams of this kind are not included: use a flowchart, sequence, state or class diagram.`;

/** @type {import("esbuild").Plugin} */
export const slimMermaid = {
  name: "slim-mermaid",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./, namespace: "file" }, ({ path, importer, kind }) => {
      if (kind !== "dynamic-import" || !/[\\/]mermaid[\\/]dist[\\/]/.test(importer)) return undefined;
      const name = basename(path, ".mjs");
      const diagram = /^(.*?diagram|.*?-definition)\b/i.exec(name)?.[1];
      const unused = diagram === undefined ? UNUSED.some((part) => name.startsWith(part)) : !KEPT.includes(diagram);
      return unused ? { path: "unused", namespace: "slim-mermaid", sideEffects: true } : undefined;
    });
    onLoad({ filter: /./, namespace: "slim-mermaid" }, () => ({
      contents: `throw new Error(${JSON.stringify(MESSAGE)});`,
      loader: "js",
    }));
  },
};
