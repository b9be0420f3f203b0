/**
 * Words of the market view, in both languages: what section 4.4 of the source document claims, quoted, and what cannot be known
 * from it. Plain data, typed to be complete.
 */
import type { MarketStrings } from "../../protocol/reportStrings.ts";
import type { Locale } from "../../protocol/words.ts";

export const marketStrings: Readonly<Record<Locale, MarketStrings>> = {
  en: {
    title: "Market view",
    intro:
      "The course's source document has a formula for how many people a technology has to offer, judged by how lively its open-source project is. Move the sliders to see what the formula makes of a project, and read below what that is worth.",
    starGrowth: "Growth in stars",
    responseDays: "Median time until a pull request is answered",
    diversity: "Geographic diversity of contributors",
    perYear: "{0} % a year",
    days: "{0} days",
    sum: "Talent supply, says the formula",
    colon: ": ",
    sumExplained: "A number without a unit: it says more or less, not how many.",
    contribution: "Contribution",
    input: "Input",
    formula: "0.62 × star growth − 0.18 × response days + 0.41 × geographic diversity",
    claims: "What the document claims",
    claimList: [
      "That the formula was fitted to 127 projects over three years, with R² = 0.83: it would explain 83 % of the differences between them. This is the document's own claim. It shows no data and names no project, so nobody can check it here.",
      "That growth in stars drives demand, quick answers to pull requests show that people work well together, and geographic spread shows how wide the pool of people is.",
      "In the document's code the parameter for response time is called “days”, is described as hours, and is divided by 24. It is taken as days here.",
    ],
    cannot: "What it cannot tell",
    cannotList: [
      "Causes. What goes together need not follow from one another: a technology that companies already hire for also gathers stars.",
      "A number of jobs or people. The result has no unit, and can fall below zero or rise above one, which no rate can.",
      "Anything about one person, or about you. Your rehearsals do not enter into it.",
      "Which technology to learn. It knows nothing of your city, of salaries, or of what you enjoy.",
    ],
    quotes: "What else the section says",
    quoteList: [
      {
        quote:
          "“When a project's stars grow by more than 35 % a year, each 10 % more of core contributors who are from outside North America and Western Europe goes with 2.3 more campus positions on average at large Chinese companies for that stack.” (translated)",
        comment: "Given without a source, a period or a range of error; and 2.3 positions of how many is not said.",
      },
      {
        quote:
          "“Medium star growth, slow answers to pull requests, low diversity: companies take more than 9 months to respond with talent.” (translated)",
        comment:
          "The same table has a row for high growth, quick answers and high diversity; its cell is empty in the document.",
      },
      {
        quote:
          "“Star growth up, pull requests answered within 48 hours, contributors from at least five continents: companies start training their own people, and within six months positions for experienced people rise by 37 %.” (translated from a diagram)",
        comment: "The diagram has arrows, as if one led to the other; the document gives no evidence that it does.",
      },
    ],
    startOver: "Back to the start",
  },
  "zh-cn": {
    title: "市场视角",
    intro:
      "课程的原始文档给出了一个公式：从开源项目的活跃程度估计一项技术的人才供给。拖动滑块看看公式会怎么算，再往下读，看看这个数有多大分量。",
    starGrowth: "Star 年增速",
    responseDays: "PR 响应时长中位数",
    diversity: "贡献者的地理多样性",
    perYear: "每年 {0} %",
    days: "{0} 天",
    sum: "公式给出的人才供给",
    colon: "：",
    sumExplained: "没有单位，只能比大小，不能当人数看。",
    contribution: "贡献",
    input: "输入",
    formula: "0.62 × Star 增速 − 0.18 × 响应天数 + 0.41 × 地理多样性",
    claims: "文档声称什么",
    claimList: [
      "公式“经 127 个主流项目三年数据回归验证（R²=0.83）”，也就是能解释项目之间 83 % 的差异。这只是文档自己的说法：没有给出数据，也没有列出项目，在这里无从核实。",
      "“Star 增速驱动需求侧热度，PR 响应效率表征协作成熟度，地理多样性则预示人才池广度。”",
      "文档的代码里，响应时长这个参数名叫“天”，注释写的是小时，计算时又除以 24。这里按天计。",
    ],
    cannot: "它说明不了什么",
    cannotList: [
      "因果。同时出现不等于谁导致了谁：企业本来就在招的技术，Star 自然也多。",
      "岗位数或人数。结果没有单位，还会小于 0 或大于 1，这不是一个“率”该有的样子。",
      "任何一个具体的人，包括你。你的模拟成绩与它无关。",
      "该学哪项技术。它不知道你在哪座城市，不知道薪资，也不知道你喜欢什么。",
    ],
    quotes: "这一节还说了什么",
    quoteList: [
      {
        quote:
          "“当某项目 Star 年增速 >35%，其核心 contributor 中非北美/西欧籍开发者占比每提升 10%，对应国内大厂对该技术栈的校招岗位释放量平均增加 2.3 个。”",
        comment: "没有来源，没有时间范围，也没有误差；基数是多少个岗位，也没有说。",
      },
      {
        quote: "“中 Star 增速 + 慢 PR 响应 + 低多样性：企业人才供给响应周期 > 9 个月。”",
        comment: "同一张表里还有“高 Star 增速 + 快 PR 响应 + 高多样性”一行，但那一格在文档里是空的。",
      },
      {
        quote: "“Star 增速↑、PR 响应 ≤48h、Contributor 覆盖 ≥5 大洲 → 企业启动内训 → 6 个月内社招岗位 +37%。”",
        comment: "图里画的是箭头，好像前者带来后者；文档没有给出依据。",
      },
    ],
    startOver: "恢复初始值",
  },
};
