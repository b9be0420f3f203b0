/**
 * What the form beside the program says. The endpoints answer after a time that is drawn anew for each request, and some
 * of the requests fail; what is handed to `main` here is up to `main` to keep.
 */
interface Scenario {
  /** One address for each endpoint. The body of an answer is JSON: `{ "endpoint": 1, "attempt": 1 }`. */
  readonly urls: readonly string[];
  /** The caller's: it aborts when the caller gives up. */
  readonly signal: AbortSignal;
  /** Virtual ms in which `main` should be done. */
  readonly deadlineMs: number;
  /** How many requests should be in flight at a time, at most. */
  readonly limit: number;
}
