/** Asks the compiler thread. Runs in the extension host or the command line. */
import { deferred } from "../../base/deferred.ts";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { CompileOptions, Compiled } from "../../core/compiler/compile.ts";
import type { ToldSpec } from "../../core/compiler/specPlaces.ts";
import type { FoundSymbols } from "../../core/compiler/symbols/codeSymbol.ts";
import type { SourceText, TypeProblem } from "../../core/compiler/typeCheck.ts";
import type { CompilerQuestion, CompilerReply } from "./compilerMessages.ts";

interface Pending {
  resolve(reply: CompilerReply): void;
  reject(error: Error): void;
}

export class CompilerLink {
  readonly #distDir: string;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 1;

  constructor(distDir: string) {
    this.#distDir = distDir;
  }

  /** Starts the thread, which takes about half a second to load TypeScript. */
  warm(): void {
    this.#start();
  }

  async compile(source: string, options: CompileOptions): Promise<Compiled> {
    const reply = await this.#ask({ kind: "compile", source, options });
    if (reply.kind !== "compile") throw new Error("The compiler answered something else.");
    return reply.result;
  }

  /** @param libraries declaration files by name, TypeScript's own among them. */
  async typeCheck(
    files: readonly SourceText[],
    libraries: Readonly<Record<string, string>>,
  ): Promise<readonly TypeProblem[]> {
    const reply = await this.#ask({ kind: "type-check", files, libraries });
    if (reply.kind !== "type-check") throw new Error("The compiler answered something else.");
    return reply.problems;
  }

  /** A spec's source that says which of its places it reaches. */
  async places(source: string): Promise<ToldSpec> {
    const reply = await this.#ask({ kind: "places", source });
    if (reply.kind !== "places") throw new Error("The compiler answered something else.");
    return reply.told;
  }

  /** The named parts of a source file, in the language that its name says. */
  async symbols(file: string, text: string): Promise<FoundSymbols> {
    const reply = await this.#ask({ kind: "symbols", file, text });
    if (reply.kind !== "symbols") throw new Error("The compiler answered something else.");
    return reply.found;
  }

  dispose(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#failAll(new Error("The compiler was stopped."));
  }

  #ask(question: CompilerQuestion): Promise<CompilerReply> {
    const worker = this.#start();
    const id = this.#nextId++;
    const { promise, resolve, reject } = deferred<CompilerReply>();
    this.#pending.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ ...question, id });
    return promise;
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(path.join(this.#distDir, "compiler.js"), { env: {} });
    worker.unref();
    worker.on("message", (reply: CompilerReply) => {
      this.#settle(reply);
    });
    worker.on("error", (error) => {
      this.#worker = undefined;
      this.#failAll(error instanceof Error ? error : new Error(String(error)));
    });
    this.#worker = worker;
    return worker;
  }

  #settle(reply: CompilerReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    if (reply.kind === "broken") pending?.reject(new Error(reply.message));
    else pending?.resolve(reply);
  }

  #failAll(error: Error): void {
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
