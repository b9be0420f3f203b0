import { defaultScenario } from "../../../src/protocol/simulation.ts";

/** One of each intent that the panels' pages may post. */

export const lessonIntents: readonly object[] = [
  ..."ready run stop showHint showSolution resetExercise restoreExercise openExercise checkYourself debugLoop showNaturalOrder lookAtWhole beatScheduler openInPlayground"
    .split(" ")
    .map((type) => ({ id: 1, type })),
  { id: 1, type: "revealSource", source: { line: 1, column: 2 } },
  { id: 1, type: "copySchedule", test: "a" },
  { id: 1, type: "replayFailure", test: "a" },
  { id: 1, type: "showFailure", test: "a" },
  { id: 1, type: "debugFailure", test: "a" },
  { id: 1, type: "stepThroughFailure", test: "a" },
  { id: 1, type: "moveTo", moment: 3 },
  { id: 1, type: "stepper", intent: { do: "choose", index: 0 } },
  { id: 1, type: "openLesson", lesson: "a" },
  { id: 1, type: "openPackFile", file: "a/lesson.json", line: 3 },
  { id: 1, type: "keepDrawing", drawing: { file: "a.mmd", look: "0f", svg: "<svg></svg>" } },
  { id: 1, type: "setLanguage", language: "en" },
  { id: 1, type: "reportProblem", problem: "x" },
];

export const quizIntents: readonly object[] = [
  { id: 1, type: "ready" },
  { id: 1, type: "showLesson", lesson: "a" },
  { id: 1, type: "answered", question: "a--b", choice: "wrong-result" },
  { id: 1, type: "setLanguage", language: "zh-cn" },
  { id: 1, type: "reportProblem", problem: "x" },
];

export const assessmentIntents: readonly object[] = [
  ..."ready toStart pause resume handIn stopGrading".split(" ").map((type) => ({ id: 1, type })),
  { id: 1, type: "start", profile: "campus", minutes: 20 },
  { id: 1, type: "start", profile: "experienced", minutes: 60, seed: 4_294_967_295 },
  { id: 1, type: "consider", profile: "campus", minutes: 40 },
  { id: 1, type: "consider", profile: "experienced", minutes: 20, seed: 0 },
  { id: 1, type: "goOn", rehearsal: "lq2k-1" },
  { id: 1, type: "openReport", rehearsal: "lq2k-1" },
  ..."show skip openTask".split(" ").map((type) => ({ id: 1, type, item: "1" })),
  { id: 1, type: "choose", item: "1", choice: "wrong-result" },
  { id: 1, type: "flag", item: "1", flagged: true },
  { id: 1, type: "explain", item: "1", text: "" },
  { id: 1, type: "tick", item: "1", checked: [0, 49] },
  { id: 1, type: "rate", item: "1", rating: 5 },
  { id: 1, type: "setLanguage", language: "zh-cn" },
  { id: 1, type: "reportProblem", problem: "x" },
];

export const timelineIntents: readonly object[] = [
  ..."ready showWhole copySchedule openLesson chooseRun".split(" ").map((type) => ({ id: 1, type })),
  { id: 1, type: "moveTo", seq: 3 },
  { id: 1, type: "revealSource", line: 1, focus: true },
  { id: 1, type: "saveSvg", svg: '<svg xmlns="x"></svg>\n' },
  { id: 1, type: "savePng", png: "iVBORw0KGgoAAA==" },
  { id: 1, type: "reportProblem", problem: "x" },
];

export const reportIntents: readonly object[] = [
  ..."ready remove showMarket".split(" ").map((type) => ({ id: 1, type })),
  { id: 1, type: "replay", item: "4", test: "a" },
  { id: 1, type: "openCode", item: "4" },
  { id: 1, type: "openLesson", lesson: "a" },
  { id: 1, type: "openReport", rehearsal: "r-1" },
  ...["markdown", "html", "json"].map((format) => ({ id: 1, type: "exportReport", format })),
  { id: 1, type: "setLanguage", language: "en" },
  { id: 1, type: "reportProblem", problem: "x" },
];

const playgroundDocument = { text: "x", scenario: defaultScenario };

export const playgroundIntents: readonly object[] = [
  ..."ready stop openFile startFrom".split(" ").map((type) => ({ id: 1, type })),
  { id: 1, type: "saveSvg", svg: '<svg xmlns="x"></svg>\n' },
  { id: 1, type: "savePng", png: "iVBORw0KGgoAAA==" },
  ..."keep saveFile copyLink".split(" ").map((type) => ({ id: 1, type, ...playgroundDocument })),
  { id: 1, type: "simulate", ...playgroundDocument, request: 2, chosen: 0, distribution: true },
  { id: 1, type: "reportProblem", problem: "x" },
];
