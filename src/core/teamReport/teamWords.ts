/** What the report says, in both languages. Pure. */
import type { Locale } from "../../protocol/words.ts";
import { leftAfterDays, type LessonStanding, type Standing } from "./teamReport.ts";

export interface TeamWords {
  /** Of `<html lang>`. */
  readonly language: string;
  readonly title: string;
  readonly standing: Readonly<Record<Standing, string>>;
  /** What a standing means, where its name does not say all of it. */
  readonly meaning: Readonly<Record<Standing, string>>;
  /** Somebody's name, or what stands in its place. */
  person(of: { readonly name: string; readonly unnamed: number }): string;
  people(count: number): string;
  /** Of the people, how many have done something lately. */
  active(count: number): string;
  /** "9 of 12 people" */
  peopleOf(count: number, all: number): string;
  /** @param oldest a date, as is `newest` */
  exported(oldest: string, newest: string): string;
  readonly sections: Readonly<Record<"where" | "bugs" | "lessons" | "how", string>>;
  readonly tiles: Readonly<Record<"people" | "passed" | "bug" | "lesson", string>>;
  passedOf(passed: number, begun: number): string;
  readonly noBug: string;
  readonly noStop: string;
  gaveUpOf(gaveUp: number, begun: number): string;
  /** In a column that says what is counted. */
  partOf(gaveUp: number, begun: number): string;
  explained(name: string, meaning: string): string;
  /** A name and how many people. */
  counted(name: string, count: number): string;
  list(names: readonly string[]): string;
  readonly nothingBegun: string;
  readonly legendNumber: string;
  readonly notBegun: string;
  readonly otherLessons: string;
  untouched(tracks: readonly string[]): string;
  readonly columns: Readonly<
    Record<
      | "person"
      | "passed"
      | "lastSeen"
      | "lesson"
      | "standing"
      | "gaveUp"
      | "attempts"
      | "bug"
      | "people"
      | "times"
      | "seenIn",
      string
    >
  >;
  attempts(count: number): string;
  hints(count: number): string;
  lastAt(date: string): string;
  counts(of: LessonStanding): string;
  attemptsUntilPassed(median: number, most: number): string;
  times(count: number): string;
  readonly lessonsIntroduction: string;
  readonly bugsIntroduction: string;
  readonly notes: readonly string[];
  readonly never: string;
  readonly yes: string;
  readonly no: string;
  readonly csvHeadings: readonly string[];
}

export function teamWords(locale: Locale): TeamWords {
  return locale === "en" ? english : chinese;
}

const standingEn = {
  passed: "Passed on their own",
  aided: "Passed after seeing the solution",
  working: "At work",
  left: "Stopped",
} as const;

function share(part: number, all: number): string {
  return `${String(all === 0 ? 0 : Math.round((100 * part) / all))}%`;
}

const english: TeamWords = {
  language: "en",
  title: "Where the team stands",
  standing: standingEn,
  meaning: {
    passed: "",
    aided: "",
    working: "",
    left: `not passed, and looked at the solution or did nothing for ${String(leftAfterDays)} days`,
  },
  person: ({ name, unnamed }) => (name === "" ? `No name (${String(unnamed)})` : name),
  people: (count) => (count === 1 ? "1 person" : `${String(count)} people`),
  active: (count) => `${String(count)} active in the last ${String(leftAfterDays)} days`,
  peopleOf: (count, all) => `${String(count)} of ${all === 1 ? "1 person" : `${String(all)} people`}`,
  exported: (oldest, newest) => (oldest === newest ? `exported ${newest}` : `exported ${oldest} to ${newest}`),
  sections: {
    where: "Who is where",
    bugs: "Bugs that the team shares",
    lessons: "Lessons that stop people",
    how: "How this was counted",
  },
  tiles: { people: "People", passed: "Lessons passed", bug: "Most shared bug", lesson: "Stops most people" },
  passedOf: (passed, begun) => `${String(passed)} of ${String(begun)} begun`,
  noBug: "No bug has shown yet",
  noStop: "Nobody has given up",
  gaveUpOf: (gaveUp, begun) => `${String(gaveUp)} of ${String(begun)} gave up (${share(gaveUp, begun)})`,
  partOf: (gaveUp, begun) => `${String(gaveUp)} of ${String(begun)} (${share(gaveUp, begun)})`,
  explained: (name, meaning) => `${name}: ${meaning}`,
  counted: (name, count) => `${name} (${String(count)})`,
  list: (names) => names.join(", "),
  nothingBegun: "Nothing begun",
  legendNumber: "Numbers are attempts: until passed, or so far.",
  notBegun: "Not begun",
  otherLessons: "Other lessons",
  untouched: (tracks) => `Nobody has begun: ${tracks.join(", ")}.`,
  columns: {
    person: "Person",
    passed: "Passed",
    lastSeen: "Last active",
    lesson: "Lesson",
    standing: "How people stand",
    gaveUp: "Gave up",
    attempts: "Attempts until passed",
    bug: "Kind of bug",
    people: "People who ran into it",
    times: "Times",
    seenIn: "Where most often",
  },
  attempts: (count) => (count === 1 ? "1 attempt" : `${String(count)} attempts`),
  hints: (count) => (count === 1 ? "1 hint" : `${String(count)} hints`),
  lastAt: (date) => `last active ${date}`,
  counts: ({ counts: { passed, aided, working, left } }) =>
    [
      [passed, "passed on their own"],
      [aided, "after seeing the solution"],
      [working, "at work"],
      [left, "stopped"],
    ]
      .flatMap(([count = 0, name = ""]) => (count === 0 ? [] : `${String(count)} ${String(name)}`))
      .join(" · "),
  attemptsUntilPassed: (median, most) => `median ${String(median)}, at most ${String(most)}`,
  times: (count) => (count === 1 ? "once" : count === 2 ? "twice" : `${String(count)} times`),
  lessonsIntroduction:
    "Those on which most people gave up come first. A bar is as long as the number of people who began.",
  bugsIntroduction: "Each kind of bug that somebody's code showed in a grading. A bar of full width is the whole team.",
  notes: [
    "The page was made from files that these people exported themselves, and from nothing else: it knows no code and no activity beyond the lessons.",
    "An attempt is one grading of an exercise. Median and maximum are over those who passed.",
    `Gave up: passed only after seeing the solution, or stopped. Stopped: not passed, and looked at the solution or did nothing for ${String(leftAfterDays)} days before the export.`,
    "Two exports by one name count as one person, the newer export. Those without a name count as a person each.",
    "Times are in UTC. Each file has a checksum that tells of accidental changes; it is no proof of who wrote it.",
  ],
  never: "never",
  yes: "yes",
  no: "no",
  csvHeadings: [
    "Person",
    "Track",
    "Lesson",
    "Title",
    "Standing",
    "Attempts until passed, or so far",
    "Attempts in all",
    "Hints shown",
    "Solution shown",
    "Kinds of bugs",
    "First active (UTC)",
    "Last active (UTC)",
    "Passed (UTC)",
    "Exported (UTC)",
  ],
};

const chinese: TeamWords = {
  language: "zh-CN",
  title: "团队学到哪里了",
  standing: { passed: "独立通过", aided: "看过解答后通过", working: "正在做", left: "停下了" },
  meaning: {
    passed: "",
    aided: "",
    working: "",
    left: `还没通过，并且看过解答，或者 ${String(leftAfterDays)} 天没有动静`,
  },
  person: ({ name, unnamed }) => (name === "" ? `未署名（${String(unnamed)}）` : name),
  people: (count) => `${String(count)} 人`,
  active: (count) => `最近 ${String(leftAfterDays)} 天有活动的 ${String(count)} 人`,
  peopleOf: (count, all) => `${String(all)} 人中有 ${String(count)} 人`,
  exported: (oldest, newest) => (oldest === newest ? `导出于 ${newest}` : `导出于 ${oldest} 至 ${newest}`),
  sections: { where: "谁学到哪里", bugs: "大家常踩的坑", lessons: "容易卡住人的课", how: "这些数是怎么算的" },
  tiles: { people: "人数", passed: "通过的课", bug: "踩的人最多的坑", lesson: "卡住的人最多" },
  passedOf: (passed, begun) => `已开始 ${String(begun)}，通过 ${String(passed)}`,
  noBug: "还没有出现过错误",
  noStop: "还没有人放弃",
  gaveUpOf: (gaveUp, begun) => `${String(begun)} 人中 ${String(gaveUp)} 人放弃（${share(gaveUp, begun)}）`,
  partOf: (gaveUp, begun) => `${String(begun)} 人中 ${String(gaveUp)} 人（${share(gaveUp, begun)}）`,
  explained: (name, meaning) => `${name}：${meaning}`,
  counted: (name, count) => `${name}（${String(count)}）`,
  list: (names) => names.join("、"),
  nothingBegun: "还没开始",
  legendNumber: "数字是尝试次数：通过为止，或者到目前为止。",
  notBegun: "未开始",
  otherLessons: "其他课程",
  untouched: (tracks) => `还没有人开始：${tracks.join("、")}。`,
  columns: {
    person: "姓名",
    passed: "通过",
    lastSeen: "最近活动",
    lesson: "课程",
    standing: "各人的情况",
    gaveUp: "放弃",
    attempts: "通过前的尝试",
    bug: "错误类别",
    people: "踩过的人",
    times: "次数",
    seenIn: "多见于",
  },
  attempts: (count) => `${String(count)} 次尝试`,
  hints: (count) => `${String(count)} 条提示`,
  lastAt: (date) => `最近活动 ${date}`,
  counts: ({ counts: { passed, aided, working, left } }) =>
    [
      [passed, "独立通过"],
      [aided, "看过解答后通过"],
      [working, "正在做"],
      [left, "停下了"],
    ]
      .flatMap(([count = 0, name = ""]) => (count === 0 ? [] : `${String(count)} 人${String(name)}`))
      .join(" · "),
  attemptsUntilPassed: (median, most) => `中位数 ${String(median)}，最多 ${String(most)}`,
  times: (count) => `${String(count)} 次`,
  lessonsIntroduction: "放弃的人最多的排在最前。条的长短是开始做这一课的人数。",
  bugsIntroduction: "列出评判时在各人代码里出现过的每一类错误。条占满宽度表示全队每个人都踩过。",
  notes: [
    "本页只根据各人自己导出的文件生成：里面没有代码，也没有课程以外的任何活动。",
    "评判一次练习算一次尝试。中位数和最大值只统计已通过的人。",
    `放弃：看过解答之后才通过，或者停下了。停下了：还没通过，并且看过解答，或者到导出时已有 ${String(leftAfterDays)} 天没有动静。`,
    "同名的两份导出算同一个人，以较新的一份为准；没有署名的，每份各算一个人。",
    "时间均为 UTC。每份文件带有校验和，能发现无意的改动，但不能证明文件出自谁手。",
  ],
  never: "从未",
  yes: "是",
  no: "否",
  csvHeadings: [
    "姓名",
    "路线",
    "课程",
    "标题",
    "情况",
    "尝试次数（通过为止或到目前为止）",
    "尝试总次数",
    "看过的提示",
    "看过解答",
    "错误类别",
    "首次活动（UTC）",
    "最近活动（UTC）",
    "通过时间（UTC）",
    "导出时间（UTC）",
  ],
};
