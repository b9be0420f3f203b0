// Old school: counters, callbacks, and the promise constructor around it all.
export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  return new Promise<R[]>((resolve, reject) => {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit");
    const outer = options && options.signal;
    if (outer && outer.aborted) {
      reject(outer.reason);
      return;
    }
    const inner = new AbortController();
    const iterator = items[Symbol.iterator]();
    const out: R[] = [];
    let index = 0;
    let active = 0;
    let ended = false;
    let closable = true;
    let failed = false;
    let error: unknown;

    const onAbort = () => stop(outer && outer.reason);
    const stop = (reason: unknown) => {
      if (failed) return;
      failed = true;
      error = reason;
      inner.abort(reason);
      maybeDone();
    };
    const maybeDone = () => {
      if (active > 0 || !(ended || failed) || pumping) return;
      if (outer) outer.removeEventListener("abort", onAbort);
      if (!failed) {
        resolve(out);
        return;
      }
      if (!ended && closable && iterator.return) iterator.return();
      closable = false;
      reject(error);
    };
    let pumping = false;
    const pump = () => {
      pumping = true;
      while (active < limit && !ended && !failed) {
        let step: IteratorResult<T>;
        try {
          step = iterator.next();
        } catch (thrown) {
          closable = false;
          stop(thrown);
          break;
        }
        if (step.done) {
          ended = true;
          break;
        }
        const at = index++;
        active++;
        fn(step.value, inner.signal).then(
          (value) => {
            out[at] = value;
            active--;
            pump();
          },
          (thrown) => {
            active--;
            stop(thrown);
            maybeDone();
          },
        );
      }
      pumping = false;
      maybeDone();
    };
    if (outer) outer.addEventListener("abort", onAbort);
    pump();
  });
}
