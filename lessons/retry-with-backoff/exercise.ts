/**
 * Calls `operation` until it succeeds, at most `maxAttempts` times, and resolves with what it gave. Attempts count from 1.
 *
 * - After attempt n has failed it waits `Math.random() * min(maxDelayMs, baseMs * 2 ** (n - 1))` ms, with one
 *   `Math.random()` for each wait, and then makes the next attempt.
 * - The last error, and an error that `isRetryable` says no to, are thrown on as they are, at once. Without `isRetryable`
 *   every error is worth another attempt.
 * - When `signal` aborts, during an attempt or during a wait, it rejects at once with `signal.reason` and tries no more.
 *   The attempt hears of the abort through the signal that it was handed.
 */
export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: {
    maxAttempts: number;
    baseMs: number;
    maxDelayMs: number;
    signal: AbortSignal;
    isRetryable?: (error: unknown) => boolean;
  },
): Promise<T> {
  // Begin here: this version tries again at once, as everybody else does, and nobody can stop it.
  for (let attempt = 1; attempt < options.maxAttempts; attempt++) {
    try {
      return await operation(attempt, new AbortController().signal);
    } catch {
      // Perhaps the next one.
    }
  }
  return operation(options.maxAttempts, new AbortController().signal);
}
