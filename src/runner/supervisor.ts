/**
 * Watches one job from outside the process that does it: resolves with how it ended, kills what makes no progress or takes
 * too much. Runs in the extension host or the command line. Nothing that runs inside the sandbox can delay this clock.
 */
import { deferred } from "../base/deferred.ts";
import { type FromSandboxMessage, type Job, fileOfJob } from "../protocol/sandboxMessages.ts";
import type { GradeError } from "../protocol/verdict.ts";
import type { SandboxAnswer } from "./sandboxAnswers.ts";
import { type ExitFacts, supervisionErrors as errors } from "./supervisionErrors.ts";
import { Watchdog, type Watched } from "./watchdog.ts";

/**
 * Where a sandbox was when it was ended: a line of the file that was asked for; elsewhere; or no answer, as in a long
 * piece of native work.
 */
export type EndPlace = number | "elsewhere" | "no answer";

/** What a run is to tell besides: see `ToSandbox`. */
export type RunWatch = "findSpin" | "tellRuns";

/** What the supervisor needs of a sandbox, whichever host it runs on. */
export interface SandboxLink extends Watched {
  readonly ready: Promise<unknown>;
  readonly exited: Promise<ExitFacts>;
  run(job: Job, listener: (answer: SandboxAnswer) => void, watch?: RunWatch): void;
  /** Ends it, and tells where it was, from its stack at that moment. */
  endAt(fileName: string): Promise<EndPlace>;
  kill(): void;
}

export type JobEnd = Extract<FromSandboxMessage, { readonly type: "done" | "failed" }>;

export interface SupervisorOptions {
  readonly silenceMs: number;
  readonly memoryLimit: number;
  readonly signal: AbortSignal;
  readonly listen: (message: FromSandboxMessage) => void;
  /** The line that a run spins in that was elsewhere when it was asked. */
  readonly findSpin: () => Promise<number | undefined>;
  /** Leaves a sandbox alive that has done its job as it should: it may be given another. Default: false. */
  readonly leaveAlive?: boolean;
  /** Has each run told as it begins. Default: false. */
  readonly tellRuns?: boolean;
}

/** Never rejects. Once it has resolved, the sandbox is dead or dying, unless it may stay alive and the end is "done". */
export async function supervise(link: SandboxLink, job: Job, options: SupervisorOptions): Promise<JobEnd> {
  if (options.signal.aborted) {
    link.kill();
    return { type: "failed", error: errors.cancelled };
  }
  const end = deferred<JobEnd>();
  const fail = (error: GradeError): void => {
    end.resolve({ type: "failed", error });
  };
  let asked = false;
  const watchdog = new Watchdog(link, {
    ...options,
    bark: (reason) => {
      asked = true;
      void explainEnd(reason, link, fileOfJob(job), options.findSpin).then(fail);
    },
  });
  const onAbort = (): void => {
    fail(errors.cancelled);
  };
  options.signal.addEventListener("abort", onAbort, { once: true });
  void link.exited.then((exit) => {
    // It ends when it is asked where it is; then the answer is what counts.
    if (!asked) fail(errors.exited(exit));
  });
  await link.ready;
  watchdog.start();
  const listener = (answer: SandboxAnswer): void => {
    if (answer.type === "done" || answer.type === "failed") end.resolve(answer);
    else if (answer.type === "flood" || answer.type === "damage") fail(errors[answer.type]);
    else {
      watchdog.progressed();
      options.listen(answer);
    }
  };
  link.run(job, listener, options.tellRuns === true ? "tellRuns" : undefined);
  const result = await end.promise;
  watchdog.stop();
  options.signal.removeEventListener("abort", onAbort);
  if (result.type === "failed" || options.leaveAlive !== true) link.kill();
  return result;
}

/** Ends a sandbox that got stuck or took too much, and says what it was doing. */
export async function explainEnd(
  reason: "silence" | "memory",
  link: Pick<SandboxLink, "endAt">,
  file: string,
  findSpin: SupervisorOptions["findSpin"],
): Promise<GradeError> {
  const place = await link.endAt(file);
  const line = typeof place === "number" ? place : undefined;
  if (reason === "memory") return errors.outOfMemory(line);
  return errors.endlessLoop(place === "elsewhere" ? await findSpin() : line);
}

/** The line that a run spins in through promises alone, which is hardly ever on the stack: it is run once more to see. */
export async function findSpin(
  link: SandboxLink,
  job: Job,
  options: Pick<SupervisorOptions, "silenceMs" | "memoryLimit" | "signal">,
): Promise<number | undefined> {
  const found = deferred<number | undefined>();
  const watchdog = new Watchdog(link, {
    ...options,
    bark: () => {
      found.resolve(undefined);
    },
  });
  const giveUp = (): void => {
    found.resolve(undefined);
  };
  options.signal.addEventListener("abort", giveUp, { once: true });
  void link.exited.then(giveUp);
  await link.ready;
  watchdog.start();
  link.run(
    job,
    (answer) => {
      if (answer.type === "spinning") found.resolve(answer.line);
    },
    "findSpin",
  );
  const line = await found.promise;
  watchdog.stop();
  options.signal.removeEventListener("abort", giveUp);
  link.kill();
  return line;
}
