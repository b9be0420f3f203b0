/**
 * What the checks of a pack that is being written need: sandboxes, the type checker's thread, mermaid's thread. Each is made
 * when it is first asked for, and all of them end with `rest`. Runs in the extension host.
 */
import { createNodeGrader, type NodeGrader } from "../../runner/node/createNodeGrader.ts";
import { createDiagramReader, type DiagramFacts, type DiagramReader, type ReadDiagram } from "../diagramFacts.ts";
import { createLessonGrader, type LessonGrader } from "../gradeLesson.ts";
import { createTypeChecker, type TypeChecker } from "../typeChecker.ts";
import type { Simulator } from "../../protocol/grading.ts";

export interface AuthorTools {
  readonly distDir: string;
  readonly readDiagram: ReadDiagram;
  readonly typeChecker: Pick<TypeChecker, "check">;
  grader(signal: AbortSignal): LessonGrader;
  simulator(file: string): Simulator;
}

/** Sandboxes that run side by side: the author goes on writing meanwhile. */
const runsAtOnce = 2;
/** A lesson's files are by one author, who gains nothing from fooling the next file's grading. */
const jobsPerSandbox = 25;
/** Diagrams whose facts are remembered: a lesson has two or three, and most edits are of none of them. */
const rememberedDiagrams = 50;

export class NodeAuthorTools implements AuthorTools {
  readonly distDir: string;
  readonly #facts = new Map<string, DiagramFacts>();
  #grader: NodeGrader | undefined;
  #types: TypeChecker | undefined;
  #diagrams: DiagramReader | undefined;

  constructor(distDir: string) {
    this.distDir = distDir;
  }

  readonly readDiagram = async (source: string): Promise<DiagramFacts> => {
    const known = this.#facts.get(source);
    if (known !== undefined) return known;
    this.#diagrams ??= createDiagramReader(this.distDir);
    const facts = await this.#diagrams.read(source);
    this.#facts.set(source, facts);
    for (const oldest of this.#facts.keys()) {
      if (this.#facts.size <= rememberedDiagrams) break;
      this.#facts.delete(oldest);
    }
    return facts;
  };

  readonly typeChecker: Pick<TypeChecker, "check"> = {
    check: (files, libraries) => (this.#types ??= createTypeChecker(this.distDir)).check(files, libraries),
  };

  grader(signal: AbortSignal): LessonGrader {
    return createLessonGrader(this.#node(), runsAtOnce, signal);
  }

  simulator(file: string): Simulator {
    return this.#node().simulator(file);
  }

  /** Ends all threads and processes; what is asked for after that begins anew. */
  rest(): void {
    this.#grader?.dispose();
    this.#types?.dispose();
    this.#diagrams?.dispose();
    this.#grader = undefined;
    this.#types = undefined;
    this.#diagrams = undefined;
    this.#facts.clear();
  }

  #node(): NodeGrader {
    return (this.#grader ??= createNodeGrader({ distDir: this.distDir, jobsPerSandbox }));
  }
}
