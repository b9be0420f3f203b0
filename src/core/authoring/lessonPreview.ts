/** A lesson that is being written, as the panel would show it, with what its author is told beside it. Pure. */
import type { LessonPanelState } from "../../protocol/lessonPanelMessages.ts";
import type { AuthorView } from "../../protocol/authorView.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import type { Lesson } from "../lesson/lessonFiles.ts";
import { panelState, type RenderedLesson } from "../lessonPanel/lessonPanelState.ts";
import { lessonPanelStrings } from "../lessonPanel/lessonPanelStrings.ts";
import type { Catalog, LessonMeta } from "../lesson/lessonSchema.ts";
import { Progress } from "../progress/progress.ts";

/** As much of the lesson as there is. */
export interface WrittenLesson {
  readonly meta: LessonMeta;
  readonly texts: Readonly<Partial<Record<Locale, string>>>;
  /** By path in the lesson's folder. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface PreviewInputs {
  readonly locale: Locale;
  readonly catalog: Catalog;
  readonly lesson: Lesson;
  readonly rendered: RenderedLesson;
  readonly titleOf: (lesson: string) => Words | undefined;
  readonly author: AuthorView;
}

/** What is not written yet is empty. */
export function lessonSoFar({ meta, texts, sources }: WrittenLesson): Lesson {
  const text = (file: string): string => sources.get(file) ?? "";
  return {
    meta,
    text: { en: texts.en ?? "", "zh-cn": texts["zh-cn"] ?? "" },
    diagrams: meta.diagrams.map(({ file }) => ({ file, source: text(`diagrams/${file}`) })),
    original: text("original.go"),
    exercise: text("exercise.ts"),
    solution: text("solution.ts"),
    spec: text("spec.ts"),
  };
}

export function previewState({ rendered, author, ...inputs }: PreviewInputs): LessonPanelState {
  const state = panelState({
    ...inputs,
    rendered,
    progress: Progress.of(),
    grading: { kind: "none" },
    canRestore: false,
    canPlay: false,
    next: undefined,
  });
  return {
    ...state,
    // No run of an exercise lights them here.
    lesson: { ...state.lesson, diagrams: state.lesson.diagrams.map((each) => ({ ...each, bound: false })) },
    // An author wants to see all of them.
    hints: { shown: rendered.hints, total: rendered.hints.length },
    author,
  };
}

/** Address of the lesson's folder in what the page of a preview had kept (`PanelMemory`), if that is what it is. */
export function previewedFolder(memory: unknown): string | undefined {
  if (typeof memory !== "object" || memory === null || !("folder" in memory)) return undefined;
  const { folder } = memory;
  return typeof folder === "string" && folder.startsWith("file://") ? folder : undefined;
}

/** Where lesson.json cannot be used yet. */
export function nothingToPreview(id: string, locale: Locale, author: AuthorView): LessonPanelState {
  const sentence: Words = {
    en: "This lesson can be shown once lesson.json and catalog.json can be read. The problems above say what they lack.",
    "zh-cn": "等 lesson.json 和 catalog.json 可以读取之后，这里就会显示课程。上方的问题说明了还缺什么。",
  };
  return {
    locale,
    strings: lessonPanelStrings[locale],
    lesson: {
      id,
      title: id,
      summary: "",
      track: "",
      level: "",
      minutes: "",
      prerequisites: [],
      html: `<p>${sentence[locale]}</p>`,
      diagrams: [],
    },
    progress: { status: "not-started", text: "" },
    result: { kind: "none" },
    hints: { shown: [], total: 0 },
    exercise: { name: "exercise.ts", canRestore: false, canPlay: false },
    author,
  };
}
