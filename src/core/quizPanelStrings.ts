/** Words of the page "Check yourself", in both languages. Plain data, typed to be complete. */
import type { QuizPanelStrings } from "../protocol/quizPanelMessages.ts";
import type { Locale } from "../protocol/words.ts";

export const quizPanelStrings: Readonly<Record<Locale, QuizPanelStrings>> = {
  en: {
    title: "Check yourself",
    intro: "Choose an answer, then check it and read why it holds or does not.",
    check: "Check",
    chooseFirst: "Choose an answer first.",
    right: "Right",
    wrong: "Not right",
    yourAnswer: "Your answer",
    rightAnswer: "Right answer",
    nextQuestion: "Next question",
    toSummary: "To the summary",
    summary: "Summary",
    tally: "{0} of {1} checked, {2} right.",
    noneChecked: "No question is checked yet.",
    startOver: "Start over",
    showLesson: "Back to the lesson",
    switchLanguage: "简体中文",
    problem: "That did not work",
  },
  "zh-cn": {
    title: "自测",
    intro: "先选一个答案，再核对，看看它为什么成立、为什么不成立。",
    check: "核对",
    chooseFirst: "请先选一个答案。",
    right: "答对了",
    wrong: "不对",
    yourAnswer: "你的答案",
    rightAnswer: "正确答案",
    nextQuestion: "下一题",
    toSummary: "查看小结",
    summary: "小结",
    tally: "共 {1} 题，已核对 {0} 题，答对 {2} 题。",
    noneChecked: "还没有核对任何题目。",
    startOver: "重新开始",
    showLesson: "回到课程",
    switchLanguage: "English",
    problem: "操作没有成功",
  },
};
