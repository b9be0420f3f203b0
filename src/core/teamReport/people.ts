/** Whose exports they are: two of one person are one, the newer. Pure. */
import type { ProgressExport } from "../progress/progressExport.ts";

export interface NamedExport {
  /** As whoever reads the report calls the file. */
  readonly file: string;
  readonly exported: ProgressExport;
}

export interface Merged {
  /** One for each person, by their names; those who gave none come last, the one who exported first coming first. */
  readonly people: readonly ProgressExport[];
  /** Files that do not count, for a newer one is by the same person. A copy of a file that counts is not among them. */
  readonly superseded: readonly { readonly older: NamedExport; readonly newer: NamedExport }[];
}

/** People go by their names alone: who gives none is somebody else with each export that differs. */
export function mergePeople(exports: readonly NamedExport[]): Merged {
  const byPerson = new Map<string, NamedExport[]>();
  for (const each of exports) {
    const person = keyOf(each.exported);
    byPerson.set(person, [...(byPerson.get(person) ?? []), each]);
  }
  const newest: NamedExport[] = [];
  const superseded: { older: NamedExport; newer: NamedExport }[] = [];
  for (const own of byPerson.values()) {
    const [newer, ...others] = own.sort(newestFirst);
    if (newer === undefined) continue;
    newest.push(newer);
    for (const older of others) {
      if (older.exported.checksum !== newer.exported.checksum) superseded.push({ older, newer });
    }
  }
  return { people: newest.map(({ exported }) => exported).sort(byName), superseded };
}

function keyOf({ person, checksum }: ProgressExport): string {
  const name = nameKey(person);
  return name === "" ? ` ${checksum}` : name;
}

function newestFirst({ exported: a }: NamedExport, { exported: b }: NamedExport): number {
  return compare(b.exportedAt, a.exportedAt) || compare(b.checksum, a.checksum);
}

function byName(a: ProgressExport, b: ProgressExport): number {
  const [first, second] = [nameKey(a.person), nameKey(b.person)];
  if (first === "" && second === "") return compare(a.exportedAt, b.exportedAt) || compare(a.checksum, b.checksum);
  if (first === "" || second === "") return first === "" ? 1 : -1;
  return compare(counted(first), counted(second)) || compare(first, second);
}

/** What makes two names one: neither case nor spaces do. */
function nameKey(person: string): string {
  return person.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/** "person 2" comes before "person 10", on every machine: what a locale's own order is depends on the engine's data. */
function counted(name: string): string {
  return name.replace(/[0-9]+/g, (digits) => digits.padStart(20, "0"));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
