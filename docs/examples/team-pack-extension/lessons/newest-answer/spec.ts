import { type Harness, test } from "interleave";
import { newest } from "./exercise.ts";

/** A search whose server takes 10 to 90 ms, and the signals that it was given. */
function searchOf(t: Harness, obeysSignal = true) {
  const signals = new Map<string, AbortSignal>();
  const search = newest((text, signal) => {
    signals.set(text, signal);
    const answer = () => {
      if (text === "broken") throw new Error("the index is being built");
      return `results for ${text}`;
    };
    const watched = signal as unknown as Harness["signal"];
    return t.work({ label: `ask ${text}`, latency: [10, 90], signal: watched, obeysSignal, answer });
  });
  return { signals, ask: (text: string) => t.call(`search(${text})`, () => search(text)) };
}

test(
  "gives-the-answer",
  { title: { en: "Gives what was asked for, and the failure too", "zh-cn": "给出问到的结果，失败也如实给出" } },
  async (t) => {
    const { ask } = searchOf(t);
    const found = await ask("cat");
    t.equal(found.status === "fulfilled" && found.value, "results for cat", "wrong-result", {
      en: "Nobody asked anything else, so search(cat) should resolve to what `ask` gave.",
      "zh-cn": "没有别的提问，search(cat) 应当以 ask 给出的结果兑现。",
    });
    const failed = await ask("broken");
    t.check(failed.status === "rejected", "error-swallowed", {
      en: "`ask` failed and no newer call had begun: search(broken) should reject with that error.",
      "zh-cn": "ask 失败了，也没有更新的调用：search(broken) 应当以那个错误拒绝。",
    });
  },
);

for (const obeys of [true, false]) {
  test(
    obeys ? "newest-counts" : "newest-counts-with-a-deaf-server",
    {
      title: {
        en: `Only the newest answer counts${obeys ? "" : ", also where the older question cannot be ended"}`,
        "zh-cn": `只有最新的答复算数${obeys ? "" : "，即使旧的提问停不下来"}`,
      },
    },
    async (t) => {
      const { ask, signals } = searchOf(t, obeys);
      const older = ask("ca");
      await t.sleep(5);
      const newer = ask("cat");
      t.check(signals.get("ca")?.aborted === true, "signal-not-passed-on", {
        en: "A newer call has begun, but the signal that the older `ask` was given has not aborted: the server goes on working for nobody.",
        "zh-cn": "新的调用已经开始，旧的 ask 拿到的 signal 却没有中止：服务器还在白忙。",
      });
      const [first, second] = [await older, await newer];
      t.equal(first.status === "fulfilled" ? first.value : first.reason, undefined, "wrong-result", {
        en: "search(ca) was superseded, so it should resolve to undefined.",
        "zh-cn": "search(ca) 已被取代，应当以 undefined 兑现。",
      });
      t.equal(second.status === "fulfilled" && second.value, "results for cat", "wrong-result", {
        en: "search(cat) is the newest: it should resolve to its own answer.",
        "zh-cn": "search(cat) 是最新的一次：应当以它自己的答复兑现。",
      });
    },
  );
}
