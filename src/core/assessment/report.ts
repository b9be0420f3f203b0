/** Makes a rehearsal's report: what the page shows and the exports are made of. Pure. */
import type {
  BugView,
  ExplainedView,
  HistoryView,
  LessonLink,
  PartView,
  ReportView,
  ShareView,
  StepView,
} from "../../protocol/reportMessages.ts";
import { type Diagnosis, diagnosisIds } from "../../protocol/diagnosis.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import { drawnWords } from "./plan.ts";
import { criterionIds, type ItemScore, type PlannedItem } from "./rehearsal.ts";
import type { ReportFacts } from "./reportFacts.ts";
import { itemView } from "./reportItems.ts";
import { number, share } from "./reportNumbers.ts";
import { radarView } from "./reportRadar.ts";
import { reportStrings } from "./reportStrings.ts";
import * as say from "./reportWords.ts";
import { skillIds, skills } from "./skills.ts";
import { layoutMultiple } from "./smallMultiples.ts";
import { studyPlan } from "./studyPlan.ts";

/** Rehearsals that the charts of the history show: what fits a narrow page. */
const mostInHistory = 12;
/** Lessons that are named for a kind of bug. */
const mostLessons = 3;
const multipleSize = { width: 132, height: 56, inset: 6 };

export function rehearsalReport(about: ReportFacts, locale: Locale): ReportView {
  const { record, score } = about;
  const { plan } = record;
  const scores = new Map(score.items.map((each) => [each.item, each] as const));
  const scored = plan.items.flatMap((item) => {
    const its = scores.get(item.id);
    return its === undefined ? [] : [{ item, score: its }];
  });
  const total = share(score, locale);
  return {
    id: plan.id,
    title: say.facts.title[locale],
    subtitle: say.subtitle(plan.profile, plan.minutes)[locale],
    facts: factsOf(about, locale),
    total,
    verdict: say.totalSentence(number(score.points), number(score.of), Math.round(total.share * 100))[locale],
    parts: partsOf(scored, locale),
    radar: radarView(score.skills, locale),
    items: scored.map(({ item, score: its }, index) =>
      itemView(about, { item, score: its, number: index + 1 }, locale),
    ),
    bugs: bugsOf(about, scored, locale),
    plan: planOf(about, locale),
    explained: explainedOf(about, locale),
    history: historyOf(about, locale),
    pauses: pausesOf(about, locale),
    limits: say.limits.map((words) => words[locale]),
  };
}

interface ScoredItem {
  readonly item: PlannedItem;
  readonly score: ItemScore;
}

function factsOf({ record, when }: ReportFacts, locale: Locale): ReportView["facts"] {
  const { plan, startedAt, activeMs, finished } = record;
  const { facts } = say;
  const ended = { "handed-in": facts.handedIn, "time-up": facts.timeUp };
  return [
    { label: facts.started[locale], value: when(startedAt) },
    {
      label: facts.ended[locale],
      value:
        finished === undefined ? facts.unfinished[locale] : `${when(finished.at)} · ${ended[finished.why][locale]}`,
    },
    {
      label: facts.clock[locale],
      value: `${say.duration(activeMs / 1000, locale)} / ${say.duration(plan.minutes * 60, locale)}`,
    },
    { label: facts.seed[locale], value: String(plan.seed) },
    ...(plan.drawn === undefined ? [] : [{ label: facts.drawn[locale], value: drawnWords[plan.drawn][locale] }]),
  ];
}

function partsOf(scored: readonly ScoredItem[], locale: Locale): readonly PartView[] {
  const { facts } = say;
  const sum = (list: readonly { readonly points: number; readonly of: number }[]): ShareView =>
    share(
      { points: list.reduce((all, { points }) => all + points, 0), of: list.reduce((all, { of }) => all + of, 0) },
      locale,
    );
  const coding = scored.filter(({ item }) => item.kind === "coding").map(({ score }) => score);
  const questions = scored.filter(({ item }) => item.kind !== "coding").map(({ score }) => score);
  const criteria = criterionIds.flatMap((id): readonly PartView[] => {
    const judged = coding.flatMap((score) => score.criteria.filter(({ criterion }) => criterion === id));
    const { title, meaning } = say.criterionTitles[id];
    if (judged.length === 0) return [];
    return [{ title: title[locale], meaning: meaning[locale], total: sum(judged), nested: true }];
  });
  return [
    {
      title: facts.questions[locale],
      meaning: facts.questionsMeaning[locale],
      total: sum(questions),
      nested: false,
    },
    { title: facts.coding[locale], meaning: facts.codingMeaning[locale], total: sum(coding), nested: false },
    ...criteria,
  ];
}

function bugsOf(about: ReportFacts, scored: readonly ScoredItem[], locale: Locale): readonly BugView[] {
  const numbers = new Map<Diagnosis, number[]>();
  for (const [index, { score }] of scored.entries()) {
    for (const diagnosis of score.diagnoses) numbers.set(diagnosis, [...(numbers.get(diagnosis) ?? []), index + 1]);
  }
  return diagnosisIds.flatMap((diagnosis) => {
    const items = numbers.get(diagnosis);
    if (items === undefined) return [];
    const { title, explanation } = diagnoses[diagnosis];
    const teaching = about.lessons.filter(({ teaches }) => teaches.has(diagnosis)).slice(0, mostLessons);
    return [
      {
        title: title[locale],
        explanation: plain(explanation[locale]),
        items: items.map(String).join(locale === "en" ? ", " : "、"),
        lessons: teaching.flatMap(({ id }) => lessonLink(about, id, locale)),
      },
    ];
  });
}

/** Without the marks of code: reports show plain text. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}

function lessonLink({ lessonTitle }: ReportFacts, id: string, locale: Locale): readonly LessonLink[] {
  const title = lessonTitle(id);
  return title === undefined ? [] : [{ id, title: title[locale] }];
}

function planOf(about: ReportFacts, locale: Locale): readonly StepView[] {
  const { record, score, lessons } = about;
  const separator: Words = { en: ", ", "zh-cn": "、" };
  return studyPlan(record.plan, score, lessons).flatMap((step) =>
    lessonLink(about, step.lesson, locale).map((lesson) => ({
      lesson,
      minutes: step.minutes,
      why: say.stepReason(
        say.joined(
          step.skills.map((skill) => skills[skill].title),
          separator,
        ),
        say.joined(
          step.diagnoses.map((diagnosis) => quoted(diagnoses[diagnosis].title)),
          separator,
        ),
        number(step.lost),
      )[locale],
    })),
  );
}

function quoted({ en, "zh-cn": chinese }: Words): Words {
  return { en: `“${en}”`, "zh-cn": `“${chinese}”` };
}

function explainedOf({ record, lessonTitle }: ReportFacts, locale: Locale): readonly ExplainedView[] {
  return record.plan.items.flatMap((item, index): readonly ExplainedView[] => {
    const its = Object.hasOwn(record.items, item.id) ? record.items[item.id] : undefined;
    if (item.kind !== "coding" || its === undefined) return [];
    const { explanation = "", rating, checked } = its;
    if (explanation.trim() === "" && rating === undefined) return [];
    const title = lessonTitle(item.lesson)?.[locale] ?? item.lesson;
    const rated = rating !== undefined || checked !== undefined;
    return [
      {
        title: `${String(index + 1)}. ${title}`,
        explanation,
        ...(rated ? { rating: say.ratingText(rating, checked?.length ?? 0)[locale] } : {}),
      },
    ];
  });
}

function historyOf({ record, history, when }: ReportFacts, locale: Locale): HistoryView {
  const shown = history.slice(-mostInHistory);
  const multiple = (title: string, values: readonly (number | undefined)[]) => {
    const { width, height, line, dots, guides } = layoutMultiple({ values }, multipleSize);
    const known = values.filter((value) => value !== undefined).map((value) => `${String(Math.round(value * 100))} %`);
    return {
      ...{ title, width, height, line, guides },
      dots: dots.map(({ x, y, latest }) => ({ x, y, latest })),
      text: known.join(" → "),
      latest: percentOr(values.at(-1), reportStrings[locale].notAsked),
    };
  };
  const ofSkills = skillIds.flatMap((skill) => {
    const values = shown.map(({ score }) => {
      const its = score.skills.find((each) => each.skill === skill);
      return its === undefined || its.of === 0 ? undefined : its.points / its.of;
    });
    return values.every((value) => value === undefined) ? [] : [multiple(skills[skill].title[locale], values)];
  });
  const whole = multiple(
    say.facts.whole[locale],
    shown.map(({ score }) => (score.of === 0 ? undefined : score.points / score.of)),
  );
  return {
    rehearsals: shown.map((each) => ({
      id: each.record.plan.id,
      title: `${when(each.record.startedAt)} · ${say.subtitle(each.record.plan.profile, each.record.plan.minutes)[locale]}`,
      total: share(each.score, locale),
      current: each.record.plan.id === record.plan.id,
    })),
    multiples: [whole, ...ofSkills],
  };
}

function percentOr(value: number | undefined, otherwise: string): string {
  return value === undefined ? otherwise : `${String(Math.round(value * 100))} %`;
}

function pausesOf({ record, when }: ReportFacts, locale: Locale): readonly string[] {
  const { pauses } = record;
  if (pauses.length === 0) return [say.noPauses[locale]];
  const seconds = pauses.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0) / 1000;
  return [
    say.pausesSum(pauses.length, seconds)[locale],
    ...pauses.map((pause) => say.pauseSentence(pause, when(pause.from))[locale]),
  ];
}
