/**
 * Has the rehearsal ready that would begin if "Begin" were pressed now: drawn, read and rendered while the learner looks at the form.
 * Extension host.
 */
import { randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { largestSeed } from "../../core/assessment/assessmentIntent.ts";
import { type ItemMaterial, sittingView } from "../../core/assessment/assessmentView.ts";
import type { Material, Past } from "../../core/assessment/drawInputs.ts";
import { planRehearsal } from "../../core/assessment/plan.ts";
import type { RehearsalMinutes, RehearsalPlan } from "../../core/assessment/rehearsal.ts";
import { foldSession } from "../../core/assessment/session.ts";
import type { ProfileId } from "../../core/assessment/skills.ts";
import type { SittingView } from "../../protocol/assessmentMessages.ts";
import type { Locale } from "../../protocol/words.ts";

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

interface Ready {
  readonly rehearsal: PreparedRehearsal;
  /** What it was drawn around. */
  readonly past: Past;
}

export class RehearsalPreparation {
  readonly #parts: RehearsalPreparationParts;
  /** What was considered last, by what was chosen and the language. */
  #latest: { readonly key: string; readonly ready: Promise<Ready> } | undefined;

  constructor(parts: RehearsalPreparationParts) {
    this.#parts = parts;
  }

  /** What the form says now. What was got ready for another choice is dropped. */
  consider(choice: RehearsalChoice): void {
    const ready = this.#fresh(choice);
    // Whoever takes it hears of it.
    ready.catch(() => undefined);
    this.#latest = { key: this.#keyOf(choice), ready };
  }

  /** Each can be taken once. */
  async take(choice: RehearsalChoice): Promise<PreparedRehearsal> {
    const ready = this.#fresh(choice);
    this.#latest = undefined;
    return (await ready).rehearsal;
  }

  /** What is ready, unless the learner has met something since. */
  async #fresh(choice: RehearsalChoice): Promise<Ready> {
    const latest = this.#latest?.key === this.#keyOf(choice) ? this.#latest : undefined;
    const [past, known] = await Promise.all([this.#parts.past(), latest?.ready.catch(() => undefined)]);
    if (known !== undefined && isDeepStrictEqual(known.past, past)) return known;
    return { rehearsal: await this.#prepare(choice, past), past };
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
