// diagnosis: error-swallowed - only an abort can make the question fail
type Ask<T> = (text: string, signal: AbortSignal) => Promise<T>;

export function newest<T>(ask: Ask<T>): (text: string) => Promise<T | undefined> {
  let latest: AbortController | undefined;
  return async (text) => {
    latest?.abort();
    const mine = new AbortController();
    latest = mine;
    const answer = await ask(text, mine.signal).catch(() => undefined);
    return mine.signal.aborted ? undefined : answer;
  };
}
