/** The quiz of a new lesson: one question to run, one to grade, and four to replace. Pure. */

interface Words {
  readonly en: string;
  readonly "zh-cn": string;
}

/** @param wrong a wrong exercise whose diagnosis is timer-still-armed. */
export function quizTemplate(wrong: string): object {
  const [, ...code] = wrong.split("\n");
  return {
    version: 1,
    questions: [
      predictOutput,
      {
        id: "what-is-left-behind",
        kind: "find-bug",
        prompt: say("What is wrong here?", "这里错在哪里？"),
        code: code.join("\n"),
        options: [
          {
            ...option("a", "The timer stays armed after an abort.", "中止之后计时器还在走。"),
            diagnosis: "timer-still-armed",
          },
          {
            ...option("b", "The signal is never looked at.", "完全没有看信号。"),
            diagnosis: "aborted-signal-unchecked",
          },
        ],
        answer: "a",
      },
      ...["first", "second", "third", "fourth"].map(chooseDesign),
    ],
  };
}

const predictOutput = {
  id: "what-comes-first",
  kind: "predict-output",
  prompt: say("What does this print?", "这段代码会打印什么？"),
  code: 'setTimeout(() => console.log("timer"), 0);\nPromise.resolve().then(() => console.log("promise"));\nconsole.log("now");',
  options: [
    printed(
      "a",
      "now\npromise\ntimer",
      "Reactions of promises run before any timer.",
      "promise 的回调先于任何计时器。",
    ),
    printed("b", "now\ntimer\npromise", "A timer of 0 ms still waits for its turn.", "0 毫秒的计时器也要等轮到它。"),
  ],
  answer: "a",
};

function chooseDesign(which: string): object {
  return {
    id: `${which}-design`,
    kind: "choose-design",
    prompt: say("Which design holds in every order of events?", "哪种设计在任何事件顺序下都成立？"),
    options: [
      option("a", "The one that this lesson teaches.", "这节课讲的那一种。"),
      option("b", "One that works most of the time.", "大多数时候能用的那一种。"),
    ],
    answer: "a",
  };
}

function option(id: string, en: string, zhCn: string): { id: string; text: Words; why: Words } {
  return { id, text: say(en, zhCn), why: say("Why this is right, or why it is not.", "为什么对，或者为什么不对。") };
}

function printed(id: string, output: string, en: string, zhCn: string): object {
  return { id, text: say(output, output), why: say(en, zhCn), output };
}

function say(en: string, zhCn: string): Words {
  return { en, "zh-cn": zhCn };
}
