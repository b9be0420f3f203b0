/** What `verify` asks of a diagram, and the way to the bundle that knows. */
import path from "node:path";
import { pathToFileURL } from "node:url";

export interface DiagramFacts {
  /** accTitle */
  readonly title: string;
  /** accDescr */
  readonly description: string;
  /** Names of nodes, edges, groups, states, participants, messages, classes: what a binding may name. */
  readonly elements: readonly string[];
}

export type ReadDiagram = (source: string) => Promise<DiagramFacts>;

/** Loads mermaid on first use, and reads one diagram after the other. */
export function createDiagramReader(distDir: string): ReadDiagram {
  let queue: Promise<unknown> = Promise.resolve();
  let loaded: Promise<{ readonly readDiagram: ReadDiagram }> | undefined;
  return (source) => {
    const reading = queue.then(async () => {
      const url = pathToFileURL(path.join(distDir, "diagrams.js")).href;
      loaded ??= import(url) as Promise<{ readonly readDiagram: ReadDiagram }>;
      return (await loaded).readDiagram(source);
    });
    queue = reading.catch(() => undefined);
    return reading;
  };
}
