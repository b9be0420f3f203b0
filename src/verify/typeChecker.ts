/**
 * Type-checks the lessons of a pack one after another, in a thread that nothing else waits for: types can be written that
 * take years to check, so there is a bound, after which the thread is ended and the next lesson gets a new one.
 */
import { deferred } from "../base/deferred.ts";
import type { SourceText, TypeProblem } from "../core/compiler/typeCheck.ts";
import { typeCheckPatienceMs } from "../core/lesson/lessonLimits.ts";
import { CompilerLink } from "../runner/node/compilerLink.ts";
import { createLimit } from "../base/limit.ts";

export interface TypeChecker {
  /** Rejects where the check takes longer than `typeCheckPatienceMs`. */
  check(files: readonly SourceText[], libraries: Readonly<Record<string, string>>): Promise<readonly TypeProblem[]>;
  dispose(): void;
}

export function createTypeChecker(distDir: string): TypeChecker {
  const oneAtATime = createLimit(1);
  let compiler = new CompilerLink(distDir);
  return {
    check: (files, libraries) =>
      oneAtATime(async () => {
        const late = new Error(`checking its types took longer than ${String(typeCheckPatienceMs / 1000)} s`);
        const { promise, reject } = deferred<never>();
        const timer = setTimeout(() => {
          reject(late);
          compiler.dispose();
          compiler = new CompilerLink(distDir);
        }, typeCheckPatienceMs);
        try {
          return await Promise.race([compiler.typeCheck(files, libraries), promise]);
        } finally {
          clearTimeout(timer);
        }
      }),
    dispose() {
      compiler.dispose();
    },
  };
}
