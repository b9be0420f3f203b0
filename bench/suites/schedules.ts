/** Ten schedules of six pieces of work, as somebody would write them down by hand: how long each piece takes, in ms. */
export const schedules: readonly (readonly number[])[] = [
  [10, 20, 30, 40, 50, 60],
  [60, 50, 40, 30, 20, 10],
  [10, 30, 50, 20, 40, 60],
  [60, 10, 50, 20, 40, 30],
  [30, 30, 30, 30, 30, 30],
  [20, 10, 40, 30, 60, 50],
  [50, 60, 10, 20, 30, 40],
  [40, 10, 60, 30, 20, 50],
  [10, 60, 20, 50, 30, 40],
  [30, 60, 10, 50, 20, 40],
];

/** The names of the pieces in the order in which they end. */
export function expectedOrder(latencies: readonly number[]): string[] {
  const pieces = latencies.map((latency, index) => ({ latency, name: pieceName(index) }));
  return pieces.sort((one, other) => one.latency - other.latency).map(({ name }) => name);
}

export function pieceName(index: number): string {
  return `w${String(index)}`;
}

/** Work that takes its time on the timers of the platform, which both suites fake. */
export function timedWork(latencies: readonly number[]): (name: string) => Promise<string> {
  return (name) =>
    new Promise((resolve) => {
      setTimeout(
        () => {
          resolve(name);
        },
        latencies[Number(name.slice(1))],
      );
    });
}
