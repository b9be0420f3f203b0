// diagnosis: wrong-result - an aborted question never settles, so nobody has to deal with it
type Ask<T> = (text: string, signal: AbortSignal) => Promise<T>;

export function newest<T>(ask: Ask<T>): (text: string) => Promise<T | undefined> {
  let latest: AbortController | undefined;
  return async (text) => {
    latest?.abort();
    const mine = new AbortController();
    latest = mine;
    const answer = await ask(text, mine.signal);
    return mine.signal.aborted ? undefined : answer;
  };
}
