/** View models of the page of a rehearsal, made by core from a rehearsal that is drawn from what ships. */
import { join } from "node:path";
import { root } from "../../../../scripts/lib/paths.mjs";
import { createFolderReader } from "../../../../src/cli/folderReader.ts";
import { assessmentStrings } from "../../../../src/core/assessment/assessmentStrings.ts";
import {
  afterView,
  type ItemMaterial,
  planTitle,
  sittingView,
  startView,
} from "../../../../src/core/assessment/assessmentView.ts";
import {
  type Checklists,
  checklistOf,
  checklistsFile,
  parseChecklists,
} from "../../../../src/core/assessment/checklists.ts";
import { drawRehearsal } from "../../../../src/core/assessment/draw.ts";
import type { RehearsalPlan } from "../../../../src/core/assessment/rehearsal.ts";
import { foldSession, type Session } from "../../../../src/core/assessment/session.ts";
import type { SessionEvent } from "../../../../src/core/assessment/sessionEvents.ts";
import { type Lesson, readLesson } from "../../../../src/core/lesson/lessonFiles.ts";
import type { AssessmentState } from "../../../../src/protocol/assessmentMessages.ts";
import type { Locale } from "../../../../src/protocol/words.ts";
import { noPast, readMaterial, readRealBank } from "./material.ts";

export interface RehearsalFixture {
  readonly plan: RehearsalPlan;
  readonly title: (locale: Locale) => string;
  readonly start: (locale?: Locale) => AssessmentState;
  /** After these events, which follow the start at `startedAt`. */
  readonly sitting: (events?: readonly SessionEvent[], locale?: Locale, elsewhere?: boolean) => AssessmentState;
  readonly after: (events?: readonly SessionEvent[], locale?: Locale, grading?: boolean) => AssessmentState;
}

/** Real ms since 1970. */
export const startedAt = Date.UTC(2026, 4, 4, 9);

export async function loadRehearsal(seed = 7): Promise<RehearsalFixture> {
  const material = await readMaterial(await readRealBank());
  const request = { id: "fixture", seed, profile: "campus", minutes: 20 } as const;
  const plan = drawRehearsal(request, material, noPast);
  const questions = new Map(material.bank.flatMap((file) => file.questions.map((each) => [each.id, each] as const)));
  const [lessons, checklists] = await Promise.all([readLessons(plan), readChecklists()]);
  const items: ItemMaterial = {
    question: (id) => questions.get(id),
    mistake: (lesson, name) => material.mistakes.get(lesson)?.find((each) => each.name === name),
    lesson: (id) => lessons.get(id),
    checklist: (lesson) => checklistOf(checklists, lesson),
    titleOf: (lesson) => lessons.get(lesson)?.meta.title ?? { en: lesson, "zh-cn": lesson },
  };
  const session = (events: readonly SessionEvent[]): Session => {
    const folded = foldSession([{ type: "started", at: startedAt, plan }, ...events]);
    if (folded === undefined) throw new Error("no session");
    return folded;
  };
  const common = (locale: Locale) => ({ locale, strings: assessmentStrings[locale] });
  return {
    plan,
    title: (locale) => planTitle(plan, locale),
    start: (locale = "en") => {
      const open = session([]).record;
      const done = session([{ type: "finished", at: startedAt + 60_000, why: "handed-in" }]).record;
      return { ...common(locale), start: startView([open, done], locale) };
    },
    sitting: (events = [], locale = "en", elsewhere = false) => {
      const at = events.at(-1)?.at ?? startedAt;
      const inputs = { session: session(events), material: items, now: at, elsewhere };
      return { ...common(locale), sitting: sittingView(inputs, locale) };
    },
    after: (events = [], locale = "en", grading = false) => {
      const end: SessionEvent = { type: "finished", at: events.at(-1)?.at ?? startedAt + 60_000, why: "handed-in" };
      const { record } = session([...events, end]);
      const progress = grading ? { done: 1, of: 2 } : undefined;
      return { ...common(locale), after: afterView({ record, material: items, grading: progress }, locale) };
    },
  };
}

async function readChecklists(): Promise<Checklists> {
  const checklists = parseChecklists(await createFolderReader(join(root, "questions")).read(checklistsFile));
  if (!checklists.ok) throw new Error(JSON.stringify(checklists.findings));
  return checklists.value;
}

async function readLessons({ items }: RehearsalPlan): Promise<ReadonlyMap<string, Lesson>> {
  const reader = createFolderReader(join(root, "lessons"));
  const ids = new Set(items.flatMap((item) => ("lesson" in item ? [item.lesson] : [])));
  const lessons = await Promise.all([...ids].map((id) => readLesson(reader, id)));
  return new Map(lessons.flatMap((lesson) => (lesson.ok ? [[lesson.value.meta.id, lesson.value] as const] : [])));
}
