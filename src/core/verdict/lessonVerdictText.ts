/** A verdict in a few words: headlines, counts of orders, durations. For the panel, the status bar and test output. Pure. */
import type { ScheduleCount, Verdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";

function formatCount(count: number, locale: Locale): string {
  return count.toLocaleString(locale === "en" ? "en-US" : "zh-CN");
}

/** "all 24 orders", "all 14 orders that can differ", "2,000 orders, up to 3 deviations". */
export function describeOrders(schedules: ScheduleCount, locale: Locale): string {
  const count = formatCount(schedules.run, locale);
  if (schedules.exhaustive && schedules.reduced === true) {
    if (schedules.run === 1)
      return locale === "en" ? "one order, all others come to the same" : "一种顺序，其余顺序结果都一样";
    return locale === "en" ? `all ${count} orders that can differ` : `全部 ${count} 种会产生差别的顺序`;
  }
  if (schedules.exhaustive) {
    if (schedules.run === 1) return locale === "en" ? "the only order" : "仅有的一种顺序";
    if (schedules.run === 2) return locale === "en" ? "both orders" : "两种顺序都试过";
    return locale === "en" ? `all ${count} orders` : `全部 ${count} 种顺序`;
  }
  const orders = locale === "en" ? `${count} ${schedules.run === 1 ? "order" : "orders"}` : `${count} 种顺序`;
  if (schedules.deviations === 0) return orders;
  return locale === "en"
    ? `${orders}, up to ${plural(schedules.deviations, "deviation")}`
    : `${orders}，最多 ${String(schedules.deviations)} 处偏离`;
}

/** "Passed: 12 tests, all 4,210 orders", "3 of 12 tests failed", or why the file could not be graded. */
export function describeVerdict(verdict: Verdict, locale: Locale): string {
  if (verdict.error !== undefined) return verdict.error.message[locale];
  const total = verdict.tests.length;
  const failing = verdict.tests.filter((test) => test.status === "failed").length;
  if (failing > 0) {
    return locale === "en"
      ? `${String(failing)} of ${plural(total, "test")} failed`
      : `${String(total)} 个测试中有 ${String(failing)} 个未通过`;
  }
  const orders = describeOrders(sum(verdict), locale);
  return locale === "en" ? `Passed: ${plural(total, "test")}, ${orders}` : `通过：${String(total)} 个测试，${orders}`;
}

/** Two or three words for the status bar: "passed", "3 failed", "could not be run". */
export function describeStanding(verdict: Verdict, locale: Locale): string {
  if (verdict.passed) return locale === "en" ? "passed" : "已通过";
  if (verdict.error !== undefined) return locale === "en" ? "could not be run" : "无法运行";
  const failing = String(verdict.tests.filter((test) => test.status === "failed").length);
  return locale === "en" ? `${failing} failed` : `${failing} 个未通过`;
}

export function formatDuration(milliseconds: number, locale: Locale): string {
  if (milliseconds < 1000) {
    const rounded = String(Math.round(milliseconds));
    return locale === "en" ? `${rounded} ms` : `${rounded} 毫秒`;
  }
  const seconds = (milliseconds / 1000).toFixed(1);
  return locale === "en" ? `${seconds} s` : `${seconds} 秒`;
}

function sum(verdict: Verdict): ScheduleCount {
  const counts = verdict.tests.map((test) => test.schedules);
  return {
    run: counts.reduce((total, each) => total + each.run, 0),
    total: null,
    exhaustive: counts.every((each) => each.exhaustive),
    ...(counts.some((each) => each.reduced === true) ? { reduced: true } : {}),
    // What holds for each of them.
    deviations: Math.min(...counts.map((each) => (each.exhaustive ? Number.POSITIVE_INFINITY : each.deviations))),
  };
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
