/**
 * Entry of the thread that reads mermaid diagrams without drawing them (dist/diagrams.js), started by `verify` alone:
 * mermaid is large, and what a pack gives it to read must neither hang nor change the process that checks the pack.
 */
import { parentPort } from "node:worker_threads";
import "./domPurifyWithoutDom.ts";
import mermaid from "mermaid";
import { countParts } from "../../core/layout/diagramGuard.ts";
import type { DiagramFacts, DiagramReply } from "../diagramFacts.ts";

/** What mermaid's model of a diagram offers; each kind of diagram has a part of it. */
interface Model {
  getAccTitle?(): string;
  getAccDescription?(): string;
  getVertices?(): ReadonlyMap<string, unknown>;
  getEdges?(): readonly { readonly id?: string }[];
  getSubGraphs?(): readonly { readonly id: string }[];
  getStates?(): ReadonlyMap<string, unknown>;
  getActors?(): ReadonlyMap<string, unknown>;
  getMessages?(): readonly unknown[];
  getClasses?(): ReadonlyMap<string, unknown>;
}

/** Rejects with what mermaid says where the source is wrong. One call at a time: mermaid keeps one model. */
async function readDiagram(source: string): Promise<DiagramFacts> {
  // This also makes the kinds of diagrams known.
  await mermaid.parse(source);
  // Nothing newer gives the names of what is in the diagram.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
  const model = diagram.db as Model;
  const messages = model.getActors === undefined ? [] : (model.getMessages?.() ?? []);
  return {
    title: model.getAccTitle?.() ?? "",
    description: model.getAccDescription?.() ?? "",
    elements: [
      ...(model.getVertices?.().keys() ?? []),
      ...(model.getVertices === undefined
        ? []
        : (model.getEdges?.() ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]))),
      ...(model.getSubGraphs?.() ?? []).map(({ id }) => id),
      ...(model.getStates?.().keys() ?? []),
      ...(model.getActors?.().keys() ?? []),
      ...messages.map((_, index) => `i${String(index)}`),
      ...(model.getClasses?.().keys() ?? []),
    ],
    parts: countParts(diagram.db),
  };
}

async function answer(source: string): Promise<DiagramReply> {
  try {
    return { facts: await readDiagram(source) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (source: string) => {
  void answer(source).then((reply) => parentPort?.postMessage(reply));
});
