/** Measures several sides in turn (A B A B …), so that whatever disturbs the machine disturbs them alike. */

/** Gives one figure. */
export type Side = () => number | Promise<number>;

export interface Interleaving {
  /** Rounds whose figures are thrown away. */
  readonly warmUps: number;
  readonly rounds: number;
}

/** The figures of each side, round by round. Each measurement begins on a heap that was just collected. */
export async function interleaved<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  { warmUps, rounds }: Interleaving,
): Promise<Record<Name, number[]>> {
  const entries = Object.entries<Side>(sides);
  const figures = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, side] of entries) {
      globalThis.gc?.();
      const figure = await side();
      if (round >= 0) figures[name as Name].push(figure);
    }
  }
  return figures;
}
