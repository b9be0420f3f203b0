// diagnosis: signal-not-passed-on - whoever ignores an old answer has ended the old question
type Ask<T> = (text: string, signal: AbortSignal) => Promise<T>;

export function newest<T>(ask: Ask<T>): (text: string) => Promise<T | undefined> {
  let calls = 0;
  return async (text) => {
    const mine = ++calls;
    const answer = await ask(text, new AbortController().signal);
    return mine === calls ? answer : undefined;
  };
}
