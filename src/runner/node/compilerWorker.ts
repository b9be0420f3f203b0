/**
 * Entry of the compiler thread (dist/compiler.js): TypeScript is large and slow to load, so it lives off the main
 * thread of whoever grades. Trusted code; it reads learner text but never runs it.
 */
import { parentPort } from "node:worker_threads";
import { tellPlaces } from "../../core/compiler/specPlaces.ts";
import { findSymbols } from "../../core/compiler/symbols/findSymbols.ts";
import { typeCheck } from "../../core/compiler/typeCheck.ts";
import { compileForEngine } from "./compileForEngine.ts";
import type { CompilerReply, CompilerRequest } from "./compilerMessages.ts";

function answer(request: CompilerRequest): CompilerReply {
  const { id } = request;
  try {
    if (request.kind === "compile")
      return { id, kind: "compile", result: compileForEngine(request.source, request.options) };
    if (request.kind === "places") return { id, kind: "places", told: tellPlaces(request.source) };
    if (request.kind === "symbols") return { id, kind: "symbols", found: findSymbols(request.file, request.text) };
    return { id, kind: "type-check", problems: typeCheck(request.files, request.libraries) };
  } catch (error) {
    return { id, kind: "broken", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (request: CompilerRequest) => {
  parentPort?.postMessage(answer(request));
});
