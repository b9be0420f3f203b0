/** Looks at a sandbox from outside, again and again, and barks once: no progress, or too much memory. Runs in the extension host or the command line. */

/** Real ms between two looks: memory fills at some gigabytes a second. */
const lookEveryMs = 40;
/** Real ms without progress after which a sandbox is given up, even one that hardly got the processor. */
const usualPatienceMs = 15_000;

export interface Watched {
  /** Processor time that it has used, in ms, where the system tells. */
  cpuMs(): number | undefined;
  /** Bytes of memory that it holds, where the system tells. */
  memory(): number | undefined;
}

export interface WatchdogOptions {
  /**
   * Ms of its own processor time without progress after which it counts as stuck: on a busy machine a run that only waits
   * for its turn is not. Real ms where processor time is not known.
   */
  readonly silenceMs: number;
  /** Real ms after which it counts as stuck in any case. Default 15,000. */
  readonly patienceMs?: number;
  /** Bytes. */
  readonly memoryLimit: number;
  readonly bark: (reason: "silence" | "memory") => void;
}

export class Watchdog {
  readonly #watched: Watched;
  readonly #options: WatchdogOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #since = 0;
  #cpuAtReset = 0;

  constructor(watched: Watched, options: WatchdogOptions) {
    this.#watched = watched;
    this.#options = options;
  }

  start(): void {
    this.progressed();
    this.#timer = setInterval(() => {
      this.#look();
    }, lookEveryMs);
  }

  /** There was a sign of progress. */
  progressed(): void {
    this.#since = performance.now();
    this.#cpuAtReset = this.#watched.cpuMs() ?? 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { bark, memoryLimit, silenceMs } = this.#options;
    const tooMuch = (this.#watched.memory() ?? 0) > memoryLimit;
    if (!tooMuch && this.#quietMs() < silenceMs) return;
    this.stop();
    bark(tooMuch ? "memory" : "silence");
  }

  #quietMs(): number {
    const { silenceMs, patienceMs = usualPatienceMs } = this.#options;
    const waited = performance.now() - this.#since;
    // Asked only where it matters: it is a file to read.
    if (waited < silenceMs || waited > patienceMs) return waited;
    const used = this.#watched.cpuMs();
    return used === undefined ? waited : used - this.#cpuAtReset;
  }
}
