/**
 * Runs `operation`, and runs it again beside itself when it is slow or fails. Attempts count from 1.
 *
 * - While none has succeeded, another attempt starts `hedgeAfterMs` after the latest start, and each failure starts one
 *   more at once; `maxAttempts` in all.
 * - The first success settles the promise in the same instant and aborts the signals of the other attempts, but not its
 *   own: what it answered may have a body that is still to be read.
 * - When all attempts have failed it rejects with an `AggregateError` of their errors, in the order of the attempts.
 * - When `options.signal` aborts it aborts every attempt and rejects with that signal's reason, at once.
 */
export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  // Begin here. This version tries again after a failure, but against slowness it does nothing.
  let lastError: unknown;
  for (let attempt = 1; attempt <= options.maxAttempts; attempt++) {
    try {
      return await operation(options.signal, attempt);
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
}
