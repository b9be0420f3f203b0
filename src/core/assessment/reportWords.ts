/** Sentences of a rehearsal's report that depend on the rehearsal. Pure. */
import type { Locale, Words } from "../../protocol/words.ts";
import type { CriterionId, Pause, PlannedItem, RehearsalMinutes } from "./rehearsal.ts";
import type { AreaId, ProfileId } from "./skills.ts";
import { areas } from "./skills.ts";
import type { LessonLevel } from "../lesson/lessonSchema.ts";

const profileTitles: Readonly<Record<ProfileId, Words>> = {
  campus: { en: "Campus hire", "zh-cn": "校招" },
  experienced: { en: "Experienced hire", "zh-cn": "社招" },
};

/** What a profile's line in the radar is called. */
export const profileLines: Readonly<Record<ProfileId, Words>> = {
  campus: { en: "Wanted in campus postings", "zh-cn": "校招岗位的需求" },
  experienced: { en: "Met by experienced candidates", "zh-cn": "社招候选人的达标率" },
};

export const levelTitles: Readonly<Record<LessonLevel, Words>> = {
  introductory: { en: "introductory", "zh-cn": "入门" },
  intermediate: { en: "intermediate", "zh-cn": "进阶" },
  advanced: { en: "advanced", "zh-cn": "高级" },
};

export const kindTitles: Readonly<Record<PlannedItem["kind"], Words>> = {
  "predict-output": { en: "Predict the output", "zh-cn": "预测输出" },
  "find-bug": { en: "Find the bug", "zh-cn": "找出错误" },
  "choose-design": { en: "Choose a design", "zh-cn": "选择设计" },
  coding: { en: "Coding task", "zh-cn": "编程题" },
};

export const criterionTitles: Readonly<Record<CriterionId, { readonly title: Words; readonly meaning: Words }>> = {
  natural: {
    title: { en: "Right in the natural order", "zh-cn": "自然顺序下正确" },
    meaning: {
      en: "What comes out is right when nothing is late.",
      "zh-cn": "没有谁迟到的时候，结果是对的。",
    },
  },
  "every-order": {
    title: { en: "Right in every order", "zh-cn": "每种顺序下都正确" },
    meaning: {
      en: "Tests with several orders pass in each that was run, leaks included.",
      "zh-cn": "有多种顺序的测试，在跑过的每一种里都通过，也没有泄漏。",
    },
  },
  deadlines: {
    title: { en: "Deadlines and cancellation", "zh-cn": "截止时间与取消" },
    meaning: {
      en: "It stops when it is told to, at that moment and with that reason.",
      "zh-cn": "让它停就停，停得及时，原因也不走样。",
    },
  },
  leaks: {
    title: { en: "No leaks", "zh-cn": "没有泄漏" },
    meaning: {
      en: "No timer, listener, permit, body or promise is left behind.",
      "zh-cn": "定时器、监听器、许可、响应体、Promise，一样也没落下。",
    },
  },
  limits: {
    title: { en: "Limits reached and kept", "zh-cn": "用满上限而不越界" },
    meaning: {
      en: "As much at once as is allowed, and never more.",
      "zh-cn": "允许多少就同时做多少，绝不超过。",
    },
  },
};

export const facts = {
  title: { en: "Interview rehearsal", "zh-cn": "模拟面试" },
  whole: { en: "All skills", "zh-cn": "全部能力" },
  seed: { en: "Seed", "zh-cn": "种子" },
  drawn: { en: "Items", "zh-cn": "抽题" },
  started: { en: "Started", "zh-cn": "开始于" },
  clock: { en: "Time on the clock", "zh-cn": "计时用时" },
  ended: { en: "Ended", "zh-cn": "结束方式" },
  handedIn: { en: "handed in", "zh-cn": "主动交卷" },
  timeUp: { en: "time was up", "zh-cn": "时间到" },
  unfinished: { en: "not finished", "zh-cn": "尚未结束" },
  questions: { en: "Questions", "zh-cn": "选择题" },
  questionsMeaning: {
    en: "Each is right or not. The keys were found by running the code.",
    "zh-cn": "只有对与不对。答案是把代码跑出来得到的。",
  },
  coding: { en: "Coding tasks", "zh-cn": "编程题" },
  codingMeaning: {
    en: "Judged by what the code did in every order that was run; what the untouched starter does already earns nothing.",
    "zh-cn": "看代码在跑过的每种顺序下的表现；起始代码本来就做到的，不算分。",
  },
  flagged: { en: "flagged", "zh-cn": "做过标记" },
  skipped: { en: "skipped", "zh-cn": "已跳过" },
  codingPrompt: (title: Words): Words => ({
    en: `Write the exercise of “${title.en}”.`,
    "zh-cn": `完成“${title["zh-cn"]}”的练习。`,
  }),
  mistakePrompt: (title: Words): Words => ({
    en: `Somebody wrote this for “${title.en}”. What is wrong with it?`,
    "zh-cn": `这是某人为“${title["zh-cn"]}”写的代码。它错在哪里？`,
  }),
  gonePrompt: {
    en: "This question is not in this version of Interleave.",
    "zh-cn": "当前版本的 Interleave 里没有这道题。",
  },
} as const;

export const limits: readonly Words[] = [
  {
    en: "How clear the code is. Nobody measured names, structure or style; an interviewer will look at them.",
    "zh-cn": "代码清不清楚。命名、结构、风格都没有衡量，而面试官会看。",
  },
  {
    en: "How you talk about it. Your explanations are rated by yourself alone.",
    "zh-cn": "你讲得怎么样。口头解释只有你自己打分。",
  },
  {
    en: "Whether you would be hired. It is one rehearsal of a sample of questions: a few points up or down between two of them mean little.",
    "zh-cn": "会不会被录用。这只是抽了一部分题目的一次模拟，两次之间差几分说明不了什么。",
  },
  {
    en: "That no order breaks the code. Where there are more orders than can be run, a sample of them was.",
    "zh-cn": "任何顺序下都不会出错。顺序多到跑不完时，跑的是其中一部分。",
  },
];

export function subtitle(profile: ProfileId, minutes: RehearsalMinutes): Words {
  return {
    en: `${profileTitles[profile].en} · ${String(minutes)} minutes`,
    "zh-cn": `${profileTitles[profile]["zh-cn"]} · ${String(minutes)} 分钟`,
  };
}

export function areaTitle(area: AreaId): Words {
  return areas[area].title;
}

/** @param percent 0 to 100 */
export function totalSentence(points: string, of: string, percent: number): Words {
  return {
    en: `${points} of ${of} points, ${String(percent)} %.`,
    "zh-cn": `满分 ${of} 分，得 ${points} 分，即 ${String(percent)} %。`,
  };
}

export function pointsText(points: string, of: string): Words {
  return { en: `${points} of ${of}`, "zh-cn": `${points} / ${of}` };
}

/** @param seconds of real time, at least 0 */
export function duration(seconds: number, locale: Locale): string {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const english = locale === "en";
  if (minutes === 0) return english ? `${String(rest)} s` : `${String(rest)} 秒`;
  const minuteText = english ? `${String(minutes)} min` : `${String(minutes)} 分`;
  if (rest === 0) return english ? minuteText : `${String(minutes)} 分钟`;
  return english ? `${minuteText} ${String(rest)} s` : `${minuteText} ${String(rest)} 秒`;
}

const pauseReasons: Readonly<Record<Pause["why"], Words>> = {
  asked: { en: "you paused it", "zh-cn": "由你暂停" },
  closed: { en: "the window or the page was closed", "zh-cn": "窗口或页面被关闭" },
  lost: {
    en: "it ended without a word (a crash, perhaps); it was last heard of when this pause begins",
    "zh-cn": "没有任何预告就中断了（可能是崩溃）；暂停从最后一次有动静时算起",
  },
};

/** @param when it began, as people write it */
export function pauseSentence({ from, to, why }: Pause, when: string): Words {
  const seconds = Math.max(0, to - from) / 1000;
  return {
    en: `${when}: the clock stood still for ${duration(seconds, "en")}; ${pauseReasons[why].en}.`,
    "zh-cn": `${when}：计时停了 ${duration(seconds, "zh-cn")}，${pauseReasons[why]["zh-cn"]}。`,
  };
}

export const noPauses: Words = {
  en: "None: it was sat in one go.",
  "zh-cn": "没有：一口气做完。",
};

/** @param seconds of all pauses together */
export function pausesSum(count: number, seconds: number): Words {
  return {
    en: `${count === 1 ? "1 pause" : `${String(count)} pauses`}, ${duration(seconds, "en")} in all. Whoever pauses can think on without the clock: keep that in mind when you compare.`,
    "zh-cn": `共暂停 ${String(count)} 次，合计 ${duration(seconds, "zh-cn")}。暂停时人还可以接着想，比较成绩时请把这一点算进去。`,
  };
}

/** @param ticked points of the checklist @param rating 1 to 5 */
export function ratingText(rating: number | undefined, ticked: number): Words {
  const points = ticked === 1 ? "1 point of the checklist" : `${String(ticked)} points of the checklist`;
  return rating === undefined
    ? { en: `${points} made, not rated`, "zh-cn": `讲到清单中的 ${String(ticked)} 点，没有打分` }
    : {
        en: `${String(rating)} of 5, ${points} made`,
        "zh-cn": `${String(rating)} / 5 分，讲到清单中的 ${String(ticked)} 点`,
      };
}

/** @param skills titles @param bugs titles of kinds of bugs @param lost points */
export function stepReason(skills: Words, bugs: Words, lost: string): Words {
  return {
    en: `${lost} points lost in ${skills.en}${bugs.en === "" ? "" : `; teaches ${bugs.en}`}`,
    "zh-cn": `在${skills["zh-cn"]}上丢了 ${lost} 分${bugs["zh-cn"] === "" ? "" : `；讲到${bugs["zh-cn"]}`}`,
  };
}

export function joined(list: readonly Words[], separator: Words): Words {
  return {
    en: list.map(({ en }) => en).join(separator.en),
    "zh-cn": list.map((words) => words["zh-cn"]).join(separator["zh-cn"]),
  };
}
