/** Chooses what comes next while a run goes on. Runs inside the realm. */

/** What may come next; an array will do. */
export interface Offered {
  readonly length: number;
  at(place: number): Named | undefined;
}

export interface Named {
  readonly name: number;
  /** Place of the event in whose turn it was begun; -1 where that was before all of them. */
  readonly begunIn?: number;
}

export interface Chooser {
  /** Whether it wants to be asked where there is one option only, too. */
  readonly asksAlways: boolean;
  /** The place of the option to take; undefined: none is worth taking. */
  choose(options: Offered): number | undefined;
}

export function namesOf(options: Offered): readonly number[] {
  return Array.from({ length: options.length }, (_, place) => options.at(place)?.name ?? 0);
}
