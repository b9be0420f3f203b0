type Ask<T> = (text: string, signal: AbortSignal) => Promise<T>;

export function newest<T>(ask: Ask<T>): (text: string) => Promise<T | undefined> {
  let latest: AbortController | undefined;
  return async (text) => {
    latest?.abort();
    const mine = new AbortController();
    latest = mine;
    try {
      const answer = await ask(text, mine.signal);
      return mine.signal.aborted ? undefined : answer;
    } catch (error) {
      if (mine.signal.aborted) return undefined;
      throw error;
    }
  };
}
