type Ask<T> = (text: string, signal: AbortSignal) => Promise<T>;

/** A function that asks. A newer call ends the one before, which then resolves to undefined. */
export function newest<T>(ask: Ask<T>): (text: string) => Promise<T | undefined> {
  // Begin here. This version lets every answer through, in whichever order they come.
  return (text) => ask(text, new AbortController().signal);
}
