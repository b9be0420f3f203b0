/**
 * Has the rehearsal ready that would begin if "Begin" were pressed now: drawn, read and rendered while the learner looks at the form.
 * Extension host.
 */
import { randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { largestSeed } from "../core/assessment/assessmentIntent.ts";
import { type ItemMaterial, sittingView } from "../core/assessment/assessmentView.ts";
import type { Material, Past } from "../core/assessment/drawInputs.ts";
import { planRehearsal } from "../core/assessment/plan.ts";
import type { RehearsalMinutes, RehearsalPlan } from "../core/assessment/rehearsal.ts";
import { foldSession } from "../core/assessment/session.ts";
import type { ProfileId } from "../core/assessment/skills.ts";
import type { SittingView } from "../protocol/assessmentMessages.ts";
import type { Locale } from "../protocol/words.ts";

export interface RehearsalChoice {
  readonly profile: ProfileId;
  readonly minutes: RehearsalMinutes;
  /** Typed in by the learner; else one is drawn. */
  readonly seed?: number;
}

export interface PreparedRehearsal {
  readonly plan: RehearsalPlan;
  /** As it is when it begins; undefined where there is nothing to ask. */
  readonly view: SittingView | undefined;
}

export interface RehearsalPreparationParts {
  readonly material: () => Promise<Material>;
  readonly past: () => Promise<Past>;
  readonly ofPlan: (plan: RehearsalPlan) => Promise<ItemMaterial>;
  readonly locale: () => Locale;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

interface Preparing {
  /** What was chosen, and the language. */
  readonly key: string;
  readonly prepared: Promise<{ readonly rehearsal: PreparedRehearsal; readonly past: Past }>;
}

export class RehearsalPreparation {
  readonly #parts: RehearsalPreparationParts;
  #latest: Preparing | undefined;

  constructor(parts: RehearsalPreparationParts) {
    this.#parts = parts;
  }

  /** What the form says now. What was got ready for another choice is dropped. */
  consider(choice: RehearsalChoice): void {
    const key = this.#keyOf(choice);
    if (this.#latest?.key === key) return;
    const prepared = this.#parts.past().then(async (past) => ({ rehearsal: await this.#prepare(choice, past), past }));
    // Whoever takes it hears of it.
    prepared.catch(() => undefined);
    this.#latest = { key, prepared };
  }

  /** Each can be taken once. What the learner has done since it was drawn counts. */
  async take(choice: RehearsalChoice): Promise<PreparedRehearsal> {
    const ready = this.#latest?.key === this.#keyOf(choice) ? this.#latest : undefined;
    this.#latest = undefined;
    const [past, known] = await Promise.all([this.#parts.past(), ready?.prepared.catch(() => undefined)]);
    return known !== undefined && isDeepStrictEqual(known.past, past) ? known.rehearsal : this.#prepare(choice, past);
  }

  async #prepare({ profile, minutes, seed }: RehearsalChoice, past: Past): Promise<PreparedRehearsal> {
    const { now, material, ofPlan, locale } = this.#parts;
    const id = `${now().toString(36)}-${randomInt(36 ** 4).toString(36)}`;
    const request = { id, seed: seed ?? randomInt(largestSeed + 1), profile, minutes };
    const plan = planRehearsal(request, seed !== undefined, await material(), past);
    if (plan.items.length === 0) return { plan, view: undefined };
    const session = foldSession([{ type: "started", plan, at: 0 }]);
    const inputs = { material: await ofPlan(plan), now: 0, elsewhere: false };
    return { plan, view: session && sittingView({ session, ...inputs }, locale()) };
  }

  #keyOf({ profile, minutes, seed }: RehearsalChoice): string {
    return JSON.stringify([profile, minutes, seed, this.#parts.locale()]);
  }
}
