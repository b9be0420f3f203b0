/**
 * Resolves after `ms`. When `signal` aborts first, it rejects at once with `signal.reason`, and nothing of the sleep is
 * left: no armed timer, no listener. With a signal that has already aborted it does not sleep at all.
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  // Begin here: this sleeper cannot be woken. What has to be undone on each of the two ways out?
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Calls `check` at once, and again `everyMs` after each check has ended, until one answers something other than
 * `undefined`; resolves with that answer. A check that rejects ends the poll with its error.
 *
 * When `options.signal` aborts, it rejects at once with `signal.reason`, whether it was waiting or checking; the check
 * hears of the abort through the signal that it was handed.
 */
export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  // Then here: this version never overlaps two checks, and nobody can stop it.
  for (;;) {
    const answer = await check(new AbortController().signal);
    if (answer !== undefined) return answer;
    await sleep(options.everyMs);
  }
}
