/** Which rehearsal a choice of the learner means. Pure. */
import type { Words } from "../../protocol/words.ts";
import { drawRehearsal } from "./draw.ts";
import { type DrawRequest, type Material, nothingKnown, type Past } from "./drawInputs.ts";
import type { DrawnBy, PlannedItem, RehearsalPlan } from "./rehearsal.ts";

/**
 * With a seed of chance, one that leaves out what the learner has met. With one that was typed in, the same one whatever the learner
 * has done since: the earlier rehearsal with this seed, or what the seed alone gives.
 */
export function planRehearsal(request: DrawRequest, typed: boolean, material: Material, past: Past): RehearsalPlan {
  const alone = drawRehearsal(request, material, nothingKnown);
  if (typed) {
    const earlier = past.plans.find((plan) => isSameRequest(plan, request) && isStillThere(plan, material));
    if (earlier !== undefined) return { ...alone, items: earlier.items, drawn: "again" };
  }
  const around = drawRehearsal(request, material, past);
  if (isSame(alone.items, around.items)) return alone;
  return typed ? { ...alone, drawn: "seed-alone" } : { ...around, drawn: "around-history" };
}

/** For the learner, who may want to compare rehearsals. */
export const drawnWords: Readonly<Record<DrawnBy, Words>> = {
  "around-history": {
    en: "Drawn around what you have met: the same seed asks somebody else for other things.",
    "zh-cn": "避开了你做过、看过的内容：别人用同一个种子，抽到的题会不一样。",
  },
  "seed-alone": {
    en: "Drawn by the seed alone: it may ask what you have met lately.",
    "zh-cn": "完全按种子抽题，没有避开你最近做过、看过的内容。",
  },
  again: {
    en: "The same items as in an earlier rehearsal of yours with this seed.",
    "zh-cn": "与你之前用这个种子的那一场题目相同。",
  },
};

function isSameRequest(plan: RehearsalPlan, { seed, profile, minutes }: DrawRequest): boolean {
  return plan.seed === seed && plan.profile === profile && plan.minutes === minutes;
}

function isStillThere({ items }: RehearsalPlan, { bank, lessons, mistakes }: Material): boolean {
  const questions = new Set(bank.flatMap((file) => file.questions.map(({ id }) => id)));
  const known = new Set(lessons.map(({ id }) => id));
  return items.every((item) => {
    if ("question" in item) return questions.has(item.question);
    if ("mistake" in item) return mistakes.get(item.lesson)?.some(({ name }) => name === item.mistake) === true;
    return known.has(item.lesson);
  });
}

function isSame(some: readonly PlannedItem[], others: readonly PlannedItem[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}
