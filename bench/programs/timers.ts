/**
 * Learner code that lives on timers: half of its events are sleepers that are all armed at once, half come one after
 * another, each under a guard that is armed and cleared.
 */
export async function run(events: number): Promise<number> {
  const half = Math.floor(events / 2);
  let woken = 0;
  const sleep = async (ms: number): Promise<void> => {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
    });
    woken++;
  };
  // Scattered over a second, so that the queue has something to sort.
  await Promise.all(Array.from({ length: half }, (_, index) => sleep(1 + ((index * 7919) % 997))));
  for (let round = half; round < events; round++) {
    const guard = setTimeout(() => {
      throw new Error("the guard was not cleared");
    }, 50);
    await sleep(1);
    clearTimeout(guard);
  }
  return woken;
}
