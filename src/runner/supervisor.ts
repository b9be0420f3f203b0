/**
 * Watches one job from outside the process that does it: resolves with how it ended, kills what makes no progress.
 * Runs in the extension host or the command line. Nothing that runs inside the sandbox can delay this clock.
 */
import { deferred } from "../base/deferred.ts";
import type { FromSandboxMessage, Job } from "../protocol/sandboxMessages.ts";
import type { GradeError } from "../protocol/verdict.ts";

/** What the supervisor needs of a sandbox, whichever host it runs on. */
export interface SandboxLink {
  readonly ready: Promise<unknown>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  run(job: Job, listener: (message: FromSandboxMessage) => void): void;
  kill(): void;
  /** Processor time that the sandbox has used, in ms, where the host can tell. */
  cpuMs(): number | undefined;
}

export type JobEnd = Extract<FromSandboxMessage, { readonly type: "done" | "failed" }>;

export interface SupervisorOptions {
  /** Ms without a sign of progress after which the sandbox counts as stuck; see `isStuck`. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
  readonly listen: (message: FromSandboxMessage) => void;
}

/** Never rejects. Once it has resolved, the sandbox is dead or dying. */
export async function supervise(link: SandboxLink, job: Job, options: SupervisorOptions): Promise<JobEnd> {
  const end = deferred<JobEnd>();
  const stop = (error: GradeError): void => {
    end.resolve({ type: "failed", error });
    link.kill();
  };
  const onAbort = (): void => {
    stop(errors.cancelled);
  };
  const watchdog = new Watchdog(link, options.silenceMs, () => {
    stop(errors.endlessLoop);
  });
  if (options.signal.aborted) {
    link.kill();
    return { type: "failed", error: errors.cancelled };
  }
  options.signal.addEventListener("abort", onAbort, { once: true });
  void link.exited.then(({ code, signal }) => {
    end.resolve({
      type: "failed",
      error: code === 134 || signal === "SIGABRT" ? errors.outOfMemory : errors.crashed(code, signal),
    });
  });
  await link.ready;
  watchdog.reset();
  link.run(job, (message) => {
    if (message.type === "done" || message.type === "failed") end.resolve(message);
    else {
      watchdog.reset();
      options.listen(message);
    }
  });
  const result = await end.promise;
  watchdog.stop();
  options.signal.removeEventListener("abort", onAbort);
  link.kill();
  return result;
}

/** Real ms without progress after which a sandbox is given up, even one that hardly got the processor. */
const patienceMs = 15_000;

/**
 * Fires when a sandbox has been silent for `silenceMs` of its own processor time. On a busy machine a run that only
 * waits for its turn is not stuck, so real time decides alone only where processor time is not known, or at long last.
 */
class Watchdog {
  readonly #link: SandboxLink;
  readonly #silenceMs: number;
  readonly #bark: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #cpuAtReset = 0;

  constructor(link: SandboxLink, silenceMs: number, bark: () => void) {
    this.#link = link;
    this.#silenceMs = silenceMs;
    this.#bark = bark;
  }

  /** There was a sign of progress. */
  reset(): void {
    this.#since = performance.now();
    this.#cpuAtReset = this.#link.cpuMs() ?? 0;
    this.#wait(this.#silenceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const used = this.#link.cpuMs();
      const left = used === undefined ? 0 : this.#silenceMs - (used - this.#cpuAtReset);
      if (left <= 0 || performance.now() - this.#since > patienceMs) this.#bark();
      else this.#wait(Math.max(left, 20));
    }, ms);
  }
}

const errors = {
  cancelled: {
    code: "cancelled",
    message: { en: "The run was cancelled.", "zh-cn": "运行已取消。" },
  },
  endlessLoop: {
    code: "endless-loop",
    message: {
      en: "The exercise is stuck in an endless loop: it kept the thread busy and never let anything else run. It was stopped from outside.",
      "zh-cn": "练习陷入了死循环：它一直占着线程，别的什么都没有机会运行。已从外部将它终止。",
    },
  },
  outOfMemory: {
    code: "out-of-memory",
    message: {
      en: "The exercise used more memory than the sandbox has (256 MB), so it was stopped.",
      "zh-cn": "练习用掉的内存超过了沙箱的上限（256 MB），已被终止。",
    },
  },
  crashed: (code: number | null, signal: string | null): GradeError => ({
    code: "sandbox-crashed",
    message: {
      en: `The sandbox ended before the run was over (${signal ?? `exit status ${String(code)}`}). Run it again; if it happens again, please report it.`,
      "zh-cn": `沙箱在运行结束之前退出了（${signal ?? `退出码 ${String(code)}`}）。请再运行一次；如果仍然如此，请报告这个问题。`,
    },
  }),
} satisfies Record<string, GradeError | ((code: number | null, signal: string | null) => GradeError)>;
