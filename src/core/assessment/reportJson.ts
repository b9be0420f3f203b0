/**
 * A report as data, for other programs: what was asked, what was done, what decided each point. The same in every language; its
 * shape is media/schemas/report.schema.json. Pure.
 */
import type { ReportFacts } from "./reportFacts.ts";
import type { CriterionScore, Evidence, ItemScore, PlannedItem } from "./rehearsal.ts";
import { studyPlan } from "./studyPlan.ts";

export function reportJson(facts: Pick<ReportFacts, "record" | "score" | "lessons">): string {
  return `${JSON.stringify(reportData(facts), undefined, 2)}\n`;
}

function reportData({ record, score, lessons }: Pick<ReportFacts, "record" | "score" | "lessons">): object {
  const { plan, startedAt, finished, activeMs, pauses } = record;
  const scores = new Map(score.items.map((each) => [each.item, each] as const));
  return {
    version: 1,
    rehearsal: {
      id: plan.id,
      seed: plan.seed,
      profile: plan.profile,
      minutes: plan.minutes,
      ...(plan.drawn === undefined ? {} : { drawn: plan.drawn }),
      startedAt: time(startedAt),
      ...(finished === undefined ? {} : { finishedAt: time(finished.at), ended: finished.why }),
      activeSeconds: rounded(activeMs / 1000),
      pauses: pauses.map(({ from, to, why }) => ({ from: time(from), to: time(to), why })),
    },
    points: rounded(score.points),
    of: score.of,
    skills: score.skills.map(({ skill, points, of }) => ({ skill, points: rounded(points), of })),
    items: plan.items.flatMap((item) => {
      const its = scores.get(item.id);
      return its === undefined ? [] : [itemData(item, its, record.items)];
    }),
    studyPlan: studyPlan(plan, score, lessons).map(({ lesson, minutes, skills, diagnoses, value, lost }) => ({
      ...{ lesson, minutes, skills, diagnoses, value: rounded(value), pointsLost: rounded(lost) },
    })),
    notMeasured: ["clarity"],
  };
}

function itemData(item: PlannedItem, score: ItemScore, records: ReportFacts["record"]["items"]): object {
  const record = Object.hasOwn(records, item.id) ? records[item.id] : undefined;
  const { id, kind, skill, level, seconds } = item;
  return {
    ...{ id, kind, skill, level, seconds },
    ...("question" in item ? { question: item.question } : { lesson: item.lesson }),
    ...("mistake" in item ? { mistake: item.mistake } : {}),
    activeSeconds: rounded((record?.activeMs ?? 0) / 1000),
    skipped: record?.skipped ?? false,
    flagged: record?.flagged ?? false,
    ...(record?.choice === undefined ? {} : { choice: record.choice }),
    points: rounded(score.points),
    of: score.of,
    criteria: score.criteria.map(criterionData),
    evidence: score.evidence.map(evidenceData),
    diagnoses: score.diagnoses,
    ...(record?.code === undefined ? {} : { code: record.code }),
    ...(record?.explanation === undefined ? {} : { explanation: record.explanation }),
    ...(record?.checked === undefined ? {} : { checked: record.checked }),
    ...(record?.rating === undefined ? {} : { rating: record.rating }),
  };
}

function criterionData({ criterion, points, of, evidence }: CriterionScore): object {
  return { criterion, points: rounded(points), of: rounded(of), evidence: evidence.map(evidenceData) };
}

function evidenceData(evidence: Evidence): object {
  return { ...evidence };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
