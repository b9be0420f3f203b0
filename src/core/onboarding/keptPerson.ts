/** What the editor keeps of a person in one repository's onboarding. Pure. */
import * as v from "valibot";
import { maxStops } from "../lesson/lessonLimits.ts";

const day = v.pipe(v.number(), v.integer());

const keptSchema = v.object({
  /** The day on which they began. */
  started: v.optional(day),
  /** Ids of the stops that they have seen. */
  seen: v.optional(v.array(v.string()), []),
  /** The last day on which the onboarding was offered; "never": not again. */
  offered: v.optional(v.union([day, v.literal("never")])),
});

export type KeptPerson = v.InferOutput<typeof keptSchema>;

/** What cannot be understood is as nothing. */
export function parseKeptPerson(value: unknown): KeptPerson {
  const result = v.safeParse(keptSchema, value);
  return result.success ? result.output : { seen: [] };
}

/** Whether to offer the onboarding now: at most once a day, and only before the person has begun. */
export function shouldOffer({ started, offered }: KeptPerson, today: number): boolean {
  return started === undefined && offered !== "never" && (offered === undefined || offered < today);
}

export function withSeen(person: KeptPerson, stop: string): KeptPerson {
  return person.seen.includes(stop) ? person : { ...person, seen: [...person.seen, stop].slice(-maxStops) };
}
