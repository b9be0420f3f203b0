// style: promise chains and recursion, no async keyword
type Options = { everyMs: number; signal: AbortSignal };

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal === undefined) return new Promise((done) => void setTimeout(done, ms));
  if (signal.aborted) return Promise.reject(signal.reason);
  let timer: ReturnType<typeof setTimeout>;
  let stop: () => void;
  return new Promise<void>((done, fail) => {
    stop = () => fail(signal.reason);
    timer = setTimeout(done, ms);
    signal.addEventListener("abort", stop);
  }).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  });
}

function heed<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const off = () => signal.removeEventListener("abort", onAbort);
    const onAbort = () => {
      off();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort(); // the check itself may have brought it about
    work.then(
      (value) => {
        off();
        resolve(value);
      },
      (error) => {
        off();
        reject(signal.aborted ? signal.reason : error);
      },
    );
  });
}

export function pollUntil<T>(check: (signal: AbortSignal) => Promise<T | undefined>, options: Options): Promise<T> {
  const { everyMs, signal } = options;
  const round = (): Promise<T> =>
    heed(signal, check(signal)).then((answer) => (answer === undefined ? sleep(everyMs, signal).then(round) : answer));
  return signal.aborted ? Promise.reject(signal.reason) : round();
}
