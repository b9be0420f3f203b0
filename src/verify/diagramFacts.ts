/** What `verify` asks of a diagram, and the way to the thread that knows. */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { deferred } from "../base/deferred.ts";
import { diagramPatienceMs } from "../core/lesson/lessonLimits.ts";
import { createLimit } from "../base/limit.ts";

export interface DiagramFacts {
  /** accTitle */
  readonly title: string;
  /** accDescr */
  readonly description: string;
  /** Names of nodes, edges, groups, states, participants, messages, classes: what a binding may name. */
  readonly elements: readonly string[];
  /** How many nodes, edges, groups, messages, notes there are: what the lesson panel's page counts before it draws. */
  readonly parts: number;
}

/** Rejects with what mermaid says where the source is wrong. */
export type ReadDiagram = (source: string) => Promise<DiagramFacts>;

/** What the thread answers. */
export type DiagramReply = { readonly facts: DiagramFacts } | { readonly problem: string };

export interface DiagramReader {
  readonly read: ReadDiagram;
  dispose(): void;
}

/** Megabytes of heap that mermaid may fill. */
const heapMb = 512;

/**
 * Loads mermaid on first use, in a thread of its own, and reads one diagram after the other. A diagram for which mermaid
 * takes too long costs its thread, and the next one gets a new one.
 */
export function createDiagramReader(distDir: string): DiagramReader {
  const oneAtATime = createLimit(1);
  let worker: Worker | undefined;
  const end = (): void => {
    void worker?.terminate();
    worker = undefined;
  };
  const ask = async (source: string): Promise<DiagramFacts> => {
    const reply = deferred<DiagramReply>();
    worker ??= new Worker(path.join(distDir, "diagrams.js"), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    const fail = (problem: string): void => {
      end();
      reply.resolve({ problem });
    };
    const timer = setTimeout(() => {
      fail(`it took longer than ${String(diagramPatienceMs / 1000)} s`);
    }, diagramPatienceMs);
    const onError = (error: Error): void => {
      fail(error.message);
    };
    const current = worker;
    current.once("message", reply.resolve).once("error", onError);
    current.postMessage(source);
    const answer = await reply.promise;
    clearTimeout(timer);
    current.off("message", reply.resolve).off("error", onError);
    if ("problem" in answer) throw new Error(answer.problem);
    return answer.facts;
  };
  return { read: (source) => oneAtATime(() => ask(source)), dispose: end };
}
