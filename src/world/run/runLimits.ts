/** How far one run may go, and how much of it is kept. Runs inside the realm. */

/** Events in one run before it counts as a busy loop. */
export const maxEvents = 100_000;
/** Findings kept of a run: the first ends it, but ten thousand promises may be rejected before it can. */
export const maxFindings = 20;
/** Lines that are kept of what the exercise prints. */
export const maxLines = 200;
/** Lines that are looked at at all; the rest cost nothing. */
export const maxPrinted = 5000;
