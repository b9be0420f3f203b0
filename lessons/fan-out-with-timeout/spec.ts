import { type Diagnosis, type Harness, type Settled, test } from "interleave";
import { fanOutFetch } from "./exercise.ts";

interface Outcome {
  readonly results: string[];
  readonly error: unknown;
}

const site = (name: string): string => `https://${name}.example/`;

/** Calls the exercise; on an abort it resolves, so its value is judged here and not by the abort rules. */
function call(t: Harness, names: readonly string[], timeoutMs: number): PromiseLike<Settled<Outcome>> {
  const urls = names.map(site);
  return t.call("fanOutFetch", () => fanOutFetch(urls, { timeoutMs, signal: t.signal }), {
    signal: t.signal,
    mayFulfil: true,
  });
}

/** It resolves whatever happens; the outcome has the shape that the contract gives it. */
function outcomeOf(t: Harness, settled: Settled<Outcome>): Outcome {
  if (settled.status === "rejected") {
    t.fail("wrong-result", {
      en: "fanOutFetch rejected. It always resolves: what has arrived goes into `results`, why it ended early into `error`.",
      "zh-cn": "fanOutFetch 拒绝了。它总是正常完成：已到达的放进 results，提前结束的原因放进 error。",
    });
  }
  t.check(Array.isArray(settled.value.results) && "error" in settled.value, "wrong-result", {
    en: "fanOutFetch must resolve with { results, error }.",
    "zh-cn": "fanOutFetch 应当返回 { results, error }。",
  });
  return { results: [...settled.value.results], error: settled.value.error };
}

function equalResults(t: Harness, actual: readonly string[], expected: readonly string[]): void {
  const sameSet = [...actual].sort().join("\n") === [...expected].sort().join("\n");
  t.equal(
    actual,
    expected,
    sameSet ? "order-lost" : "wrong-result",
    sameSet
      ? {
          en: "Every body is there, but not in the order in which the complete bodies arrived.",
          "zh-cn": "响应体都在，但顺序不是它们完整到达的顺序。",
        }
      : {
          en: "The results are not the bodies that had arrived, complete and with a 2xx status.",
          "zh-cn": "结果应当是已经完整到达、状态为 2xx 的那些响应体。",
        },
  );
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

function expectNoError(t: Harness, outcome: Outcome): void {
  t.equal(outcome.error, undefined, "wrong-result", {
    en: "Every URL was done with before the deadline and nobody aborted, so `error` must be undefined.",
    "zh-cn": "所有 URL 都在截止时间之前处理完了，也没有人中止，error 应当是 undefined。",
  });
}

/** Judges an outcome of any schedule from what the network saw: what arrived, when, and what ended the wait. */
function judge(t: Harness, settled: Settled<Outcome>, bodies: ReadonlyMap<string, string>, timeoutMs: number): void {
  const outcome = outcomeOf(t, settled);
  const arrived = t.requests
    .filter((request) => request.arrival !== undefined && (request.status ?? 0) < 300)
    .sort((one, other) => (one.arrival ?? 0) - (other.arrival ?? 0));
  const texts = arrived.map((request) => bodies.get(request.url) ?? "");
  const surely = arrived.filter((request) => (request.arrivedAt ?? 0) < settled.at).length;
  const ended = (at: number | undefined): boolean => at !== undefined && at <= settled.at;
  const open = t.requests.filter(
    (request) => !ended(request.arrivedAt) && !ended(request.failedAt) && !((request.status ?? 0) >= 300),
  ).length;
  judgeError(t, outcome, settled.at, open, timeoutMs);
  const least = outcome.error === undefined ? texts.length : surely;
  equalResults(t, outcome.results, texts.slice(0, Math.max(least, Math.min(outcome.results.length, texts.length))));
}

function judgeError(t: Harness, outcome: Outcome, at: number, open: number, timeoutMs: number): void {
  const struck = t.abortedAt === at;
  if (struck && outcome.error === t.reason) return;
  if (at === timeoutMs && isTimeout(outcome.error)) return;
  if (outcome.error === undefined && open === 0) return;
  if (struck) {
    t.check(outcome.error !== undefined, "abort-swallowed", {
      en: "The caller aborted while requests were in flight, but `error` is undefined, as if nothing had happened.",
      "zh-cn": "还有请求在途时调用方就中止了，error 却是 undefined，像什么都没发生一样。",
    });
    t.equal(outcome.error, t.reason, "reason-replaced", {
      en: "After the caller's abort, `error` must be the caller's own reason, the identical object.",
      "zh-cn": "调用方中止之后，error 必须就是调用方自己的 reason，同一个对象。",
    });
  }
  if (at > timeoutMs) {
    t.fail("deadline-missed", {
      en: `The deadline was ${String(timeoutMs)} ms, but fanOutFetch settled at ${String(at)} ms.`,
      "zh-cn": `截止时间是 ${String(timeoutMs)} 毫秒，fanOutFetch 却到 ${String(at)} 毫秒才结束。`,
    });
  }
  t.fail("wrong-result", {
    en:
      at === timeoutMs
        ? "At the deadline, with requests still open, `error` must be a DOMException named TimeoutError."
        : `fanOutFetch settled at ${String(at)} ms although ${String(open)} requests were still open and nothing had ended the wait.`,
    "zh-cn":
      at === timeoutMs
        ? "到了截止时间而还有请求未完成，error 应当是名为 TimeoutError 的 DOMException。"
        : `还有 ${String(open)} 个请求未完成，也没有任何事情结束等待，fanOutFetch 却在 ${String(at)} 毫秒时结束了。`,
  });
}

/** What it means that only so many of several requests were on their way. */
function startsDiagnosis(started: number): Diagnosis {
  if (started === 0) return "wrong-result";
  return started === 1 ? "serial-not-parallel" : "batched-not-sliding";
}

/** Lays out one route a name, its body being the name in capitals. */
function layOut(t: Harness, routes: Readonly<Record<string, Parameters<Harness["route"]>[1]>>): Map<string, string> {
  const bodies = new Map<string, string>();
  for (const [name, route] of Object.entries(routes)) {
    const body = route.body === undefined ? name.toUpperCase() : (route.body ?? "");
    bodies.set(site(name), body);
    t.route(site(name), { ...route, body });
  }
  return bodies;
}

test("gathers-every-answer", { title: { en: "gathers every answer", "zh-cn": "收齐所有响应" } }, async (t) => {
  layOut(t, { a: { latency: 10 }, b: { latency: 20 }, c: { latency: 30, bodyLatency: 5 } });
  const outcome = outcomeOf(t, await call(t, ["a", "b", "c"], 1000));
  equalResults(t, outcome.results, ["A", "B", "C"]);
  expectNoError(t, outcome);
});

test("fetches-all-at-once", { title: { en: "sends all requests at once", "zh-cn": "同时发出所有请求" } }, async (t) => {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  // No body ends in the instant of another's head: those orders are for the tests below.
  layOut(t, Object.fromEntries(names.map((name, index) => [name, { latency: 70 - index * 5, bodyLatency: 12 }])));
  const pending = call(t, names, 1000);
  await t.idle();
  const first = t.requests.length;
  t.check(first === names.length, startsDiagnosis(first), {
    en: `After the call, ${String(first)} of ${String(names.length)} requests were on their way. All of them must start at once.`,
    "zh-cn": `调用之后，${String(names.length)} 个请求只发出了 ${String(first)} 个。应当一次全部发出。`,
  });
  const settled = await pending;
  equalResults(t, outcomeOf(t, settled).results, ["G", "F", "E", "D", "C", "B", "A"]);
  t.equal(settled.at, 82, "wrong-result", {
    en: "The last body was complete at 82 ms; fanOutFetch must settle then, not later.",
    "zh-cn": "最后一个响应体在 82 毫秒时完整到达，fanOutFetch 应当就在那时结束。",
  });
});

test("no-urls", { title: { en: "no URLs: resolves at once", "zh-cn": "没有 URL：立刻完成" } }, async (t) => {
  const settled = await call(t, [], 1000);
  const outcome = outcomeOf(t, settled);
  t.equal(settled.at, 0, "wrong-result", {
    en: "With nothing to fetch there is nothing to wait for: resolve at once.",
    "zh-cn": "没有要请求的东西，就没有什么可等：应当立刻完成。",
  });
  equalResults(t, outcome.results, []);
  expectNoError(t, outcome);
});

test(
  "order-of-complete-bodies",
  { title: { en: "results in the order of the complete bodies", "zh-cn": "按完整响应体到达的顺序排列结果" } },
  async (t) => {
    // The heads come a, b, c; the bodies are complete b, c, a.
    layOut(t, {
      a: { latency: 10, bodyLatency: 80 },
      b: { latency: 20, bodyLatency: 10 },
      c: { latency: 30, bodyLatency: 20 },
    });
    const outcome = outcomeOf(t, await call(t, ["a", "b", "c"], 1000));
    equalResults(t, outcome.results, ["B", "C", "A"]);
  },
);

test(
  "every-order-of-answers",
  { title: { en: "every order of four answers", "zh-cn": "四个响应的每一种到达顺序" } },
  async (t) => {
    const bodies = layOut(t, {
      a: { latency: [10, 90] },
      b: { latency: [10, 90] },
      c: { latency: [10, 90] },
      d: { latency: [10, 90] },
    });
    judge(t, await call(t, ["a", "b", "c", "d"], 1000), bodies, 1000);
  },
);

test(
  "every-order-of-bodies",
  { title: { en: "every order of heads and bodies", "zh-cn": "响应头与响应体的每一种到达顺序" } },
  async (t) => {
    const bodies = layOut(t, {
      a: { latency: [10, 90], bodyLatency: [10, 90] },
      b: { latency: [10, 90], bodyLatency: [10, 90] },
      c: { latency: [10, 90], bodyLatency: [10, 90] },
    });
    judge(t, await call(t, ["a", "b", "c"], 1000), bodies, 1000);
  },
);

test(
  "failures-stand-alone",
  { title: { en: "a failure costs its own answer only", "zh-cn": "一个失败只损失它自己的结果" } },
  async (t) => {
    layOut(t, {
      slow: { latency: 80, bodyLatency: 10 },
      refused: { latency: 10, fails: "always" },
      broken: { latency: 20, bodyLatency: 20, bodyFails: "always" },
      late: { latency: 60, fails: "always" },
      good: { latency: 30 },
    });
    const settled = await call(t, ["slow", "refused", "broken", "late", "good"], 1000);
    const outcome = outcomeOf(t, settled);
    const kept = outcome.results.includes("SLOW");
    t.check(kept || outcome.results.length > 1, "one-cancels-all", {
      en: "One URL failed, and answers of others that were still on their way got lost with it.",
      "zh-cn": "一个 URL 失败了，其他还在路上的响应也跟着丢了。",
    });
    equalResults(t, outcome.results, ["GOOD", "SLOW"]);
    expectNoError(t, outcome);
    t.equal(settled.at, 90, "wrong-result", {
      en: "The last answer was in at 90 ms, and all others had ended before; fanOutFetch must settle then.",
      "zh-cn": "最后一个响应在 90 毫秒时到达，其余的早已结束，fanOutFetch 应当就在那时结束。",
    });
  },
);

test(
  "status-and-unread-bodies",
  { title: { en: "only 2xx counts, and unread bodies are let go", "zh-cn": "只算 2xx，不读的响应体要放掉" } },
  async (t) => {
    layOut(t, {
      missing: { latency: 10, status: 404, body: "no such page" },
      busy: { latency: 20, status: 503, body: "later", bodyLatency: 500 },
      created: { latency: 30, status: 201 },
      empty: { latency: 40, body: "" },
      good: { latency: 50 },
    });
    const settled = await call(t, ["missing", "busy", "created", "empty", "good"], 1000);
    const outcome = outcomeOf(t, settled);
    const lost = !outcome.results.includes("GOOD") && outcome.results.length < 3;
    t.check(!lost, "one-cancels-all", {
      en: "An answer with an error status took the answers of others with it.",
      "zh-cn": "一个错误状态的响应把其他响应也一起带走了。",
    });
    equalResults(t, outcome.results, ["CREATED", "", "GOOD"]);
    expectNoError(t, outcome);
    t.equal(settled.at, 50, "wrong-result", {
      en: "Nothing was left to wait for at 50 ms: the body of a 503 is not worth waiting for.",
      "zh-cn": "到 50 毫秒已经没有什么可等的了：503 的响应体不值得等。",
    });
  },
);

test(
  "every-status",
  { title: { en: "every 2xx counts, and nothing else", "zh-cn": "凡是 2xx 都算，别的都不算" } },
  async (t) => {
    layOut(t, {
      bare: { latency: 10, status: 500, body: null },
      choices: { latency: 15, status: 300, body: "this one or that one", bodyLatency: 500 },
      partial: { latency: 20, status: 206 },
      last: { latency: 25, status: 299, body: " with spaces\n" },
      early: { latency: 30, status: 400, body: null },
      good: { latency: 35 },
    });
    const settled = await call(t, ["bare", "choices", "partial", "last", "early", "good"], 1000);
    const outcome = outcomeOf(t, settled);
    equalResults(t, outcome.results, ["PARTIAL", " with spaces\n", "GOOD"]);
    expectNoError(t, outcome);
  },
);

test(
  "one-url-many-times",
  { title: { en: "a URL that is asked for twice answers twice", "zh-cn": "同一个 URL 要了两次，就有两个结果" } },
  async (t) => {
    layOut(t, { a: { latency: 10 }, b: { latency: 20 } });
    const outcome = outcomeOf(t, await call(t, ["a", "b", "a", "a"], 1000));
    equalResults(t, outcome.results, ["A", "A", "A", "B"]);
  },
);

test(
  "calls-at-one-time",
  { title: { en: "calls at one time know nothing of each other", "zh-cn": "同时的几次调用互不相干" } },
  async (t) => {
    layOut(t, { a: { latency: 10 }, b: { latency: 30 }, c: { latency: 500 }, d: { latency: 60 } });
    const brief = call(t, ["b"], 1000);
    const short = call(t, ["a", "c"], 50);
    const long = call(t, ["b", "d", "a"], 1000);
    equalResults(t, outcomeOf(t, await brief).results, ["B"]);
    const one = await short;
    const first = outcomeOf(t, one);
    t.equal(one.at, 50, "deadline-missed", {
      en: `Several calls run at once. The deadline of one is 50 ms, but it settled at ${String(one.at)} ms.`,
      "zh-cn": `同时有几次调用。其中一次的截止时间是 50 毫秒，它却在 ${String(one.at)} 毫秒时才结束。`,
    });
    equalResults(t, first.results, ["A"]);
    t.check(isTimeout(first.error), "wrong-result", {
      en: "At the deadline `error` must be a DOMException named TimeoutError.",
      "zh-cn": "到了截止时间，error 应当是名为 TimeoutError 的 DOMException。",
    });
    const second = outcomeOf(t, await long);
    t.check(second.results.length === 3, "one-cancels-all", {
      en: "The deadline of one call passed, and another call, which had a longer one, lost answers with it.",
      "zh-cn": "一次调用到了截止时间，另一次截止时间更长的调用也跟着丢了响应。",
    });
    equalResults(t, second.results, ["A", "B", "D"]);
    expectNoError(t, second);
  },
);

test(
  "any-may-fail",
  { title: { en: "whichever of three fails, in every order", "zh-cn": "三个里任意失败，任意顺序" } },
  async (t) => {
    const bodies = layOut(t, {
      a: { latency: [10, 90], fails: "maybe" },
      b: { latency: [10, 90], fails: "maybe" },
      c: { latency: [10, 90], status: 500, bodyLatency: [10, 90] },
    });
    judge(t, await call(t, ["a", "b", "c"], 1000), bodies, 1000);
  },
);

test(
  "deadline-keeps-what-arrived",
  { title: { en: "the deadline keeps what has arrived", "zh-cn": "到点时保留已到达的结果" } },
  async (t) => {
    layOut(t, {
      quick: { latency: 30 },
      slow: { latency: 500 },
      trickle: { latency: 20, bodyLatency: 500 },
      steady: { latency: 60, bodyLatency: 10 },
    });
    const settled = await call(t, ["quick", "slow", "trickle", "steady", "slow"], 100);
    t.check(settled.at <= 100, "deadline-missed", {
      en: `The deadline was 100 ms, but fanOutFetch settled at ${String(settled.at)} ms. Reading bodies counts too.`,
      "zh-cn": `截止时间是 100 毫秒，fanOutFetch 却到 ${String(settled.at)} 毫秒才结束。读取响应体的时间也算在内。`,
    });
    const outcome = outcomeOf(t, settled);
    t.check(isTimeout(outcome.error), "wrong-result", {
      en: "At the deadline `error` must be a DOMException named TimeoutError.",
      "zh-cn": "到了截止时间，error 应当是名为 TimeoutError 的 DOMException。",
    });
    equalResults(t, outcome.results, ["QUICK", "STEADY"]);
    t.equal(settled.at, 100, "deadline-missed", {
      en: "fanOutFetch gave up before its deadline.",
      "zh-cn": "fanOutFetch 在截止时间之前就放弃了。",
    });
  },
);

test(
  "deadline-while-reading",
  { title: { en: "the deadline strikes while only bodies are open", "zh-cn": "只剩响应体未读完时到点" } },
  async (t) => {
    layOut(t, { a: { latency: 10 }, b: { latency: 20, bodyLatency: 500 }, c: { latency: 30, bodyLatency: 400 } });
    const settled = await call(t, ["a", "b", "c"], 100);
    t.check(settled.at <= 100, "deadline-missed", {
      en: `All heads were in by 30 ms, the deadline was 100 ms, and fanOutFetch settled at ${String(settled.at)} ms: it covers the bodies too.`,
      "zh-cn": `响应头在 30 毫秒时就齐了，截止时间是 100 毫秒，fanOutFetch 却到 ${String(settled.at)} 毫秒才结束：截止时间也管响应体。`,
    });
    const outcome = outcomeOf(t, settled);
    equalResults(t, outcome.results, ["A"]);
    t.check(isTimeout(outcome.error), "wrong-result", {
      en: "At the deadline `error` must be a DOMException named TimeoutError.",
      "zh-cn": "到了截止时间，error 应当是名为 TimeoutError 的 DOMException。",
    });
  },
);

test(
  "deadline-in-every-order",
  { title: { en: "the deadline before, between and after the answers", "zh-cn": "截止时间落在响应之前、之间、之后" } },
  async (t) => {
    const bodies = layOut(t, {
      a: { latency: [10, 190] },
      b: { latency: 20, bodyLatency: [10, 190] },
      c: { latency: [50, 190], status: 502, bodyLatency: 40 },
    });
    judge(t, await call(t, ["a", "b", "c"], 100), bodies, 100);
  },
);

test(
  "cancel-everywhere",
  {
    title: { en: "the caller gives up at every possible moment", "zh-cn": "调用方在每一个可能的时刻放弃" },
    cancel: "everywhere",
  },
  async (t) => {
    const bodies = layOut(t, {
      a: { latency: 10, bodyLatency: 30 },
      b: { latency: 20 },
      c: { latency: 30, status: 500, body: "oops", bodyLatency: 60 },
      d: { latency: 70, bodyLatency: 500 },
    });
    judge(t, await call(t, ["a", "b", "c", "d"], 100), bodies, 100);
  },
);

test(
  "already-aborted",
  { title: { en: "an aborted signal: starts nothing", "zh-cn": "signal 已经中止：什么都不启动" } },
  async (t) => {
    layOut(t, { a: { latency: 10 }, b: { latency: 20 } });
    t.abort();
    const outcome = outcomeOf(t, await call(t, ["a", "b"], 1000));
    t.check(t.requests.length === 0, "aborted-signal-unchecked", {
      en: "The caller's signal was aborted before the call, yet requests were sent.",
      "zh-cn": "调用之前 signal 就已中止，却仍然发出了请求。",
    });
    equalResults(t, outcome.results, []);
    t.check(outcome.error !== undefined, "abort-swallowed", {
      en: "The signal was aborted before the call, but `error` is undefined.",
      "zh-cn": "调用之前 signal 就已中止，error 却是 undefined。",
    });
    t.equal(outcome.error, t.reason, "reason-replaced", {
      en: "`error` must be the caller's own reason, the identical object.",
      "zh-cn": "error 必须就是调用方自己的 reason，同一个对象。",
    });
  },
);

test(
  "abort-in-the-turn-of-the-call",
  { title: { en: "the caller gives up in the turn of the call", "zh-cn": "调用之后的同一轮里就放弃" } },
  async (t) => {
    layOut(t, { a: { latency: 10 }, b: { latency: 2000 } });
    const pending = call(t, ["a", "b"], 1000);
    t.abort();
    const settled = await pending;
    t.equal(settled.at, 0, "late-after-abort", {
      en: `The caller aborted right after the call, but fanOutFetch settled only at ${String(settled.at)} ms.`,
      "zh-cn": `调用方在调用之后马上就中止了，fanOutFetch 却到 ${String(settled.at)} 毫秒才结束。`,
    });
    const outcome = outcomeOf(t, settled);
    equalResults(t, outcome.results, []);
    t.equal(outcome.error, t.reason, outcome.error === undefined ? "abort-swallowed" : "reason-replaced", {
      en: "`error` must be the caller's own reason, the identical object.",
      "zh-cn": "error 必须就是调用方自己的 reason，同一个对象。",
    });
  },
);

test("any-reason", { title: { en: "a reason may be any value", "zh-cn": "reason 可以是任何值" } }, async (t) => {
  layOut(t, { a: { latency: 10 }, b: { latency: 2000 } });
  for (const reason of [0, "", null, false]) {
    const caller = t.controller("the caller's signal");
    const signal = caller.signal as unknown as AbortSignal;
    const ask = (): PromiseLike<Settled<Outcome>> =>
      t.call("fanOutFetch", () => fanOutFetch(["a", "b"].map(site), { timeoutMs: 1000, signal }), {
        signal: caller.signal,
        mayFulfil: true,
      });
    const pending = ask();
    await t.sleep(20);
    caller.abort(reason);
    const sent = t.requests.length;
    const own = outcomeOf(t, await pending);
    t.equal(own.error, reason, own.error === undefined ? "abort-swallowed" : "reason-replaced", {
      en: "`error` must be the caller's own reason, the identical value, whatever it is.",
      "zh-cn": "error 必须就是调用方自己的 reason，不管是什么，都是同一个值。",
    });
    equalResults(t, own.results, ["A"]);
    const late = outcomeOf(t, await ask());
    t.check(t.requests.length === sent, "aborted-signal-unchecked", {
      en: `The caller's signal was aborted before the call, with ${String(reason)} as the reason, yet requests were sent. Ask \`aborted\`, not the reason.`,
      "zh-cn": `调用之前 signal 就已中止（reason 是 ${String(reason)}），却仍然发出了请求。要看 aborted，而不是看 reason。`,
    });
    t.equal(late.error, reason, "reason-replaced", {
      en: "`error` must be the caller's own reason, the identical value, whatever it is.",
      "zh-cn": "error 必须就是调用方自己的 reason，不管是什么，都是同一个值。",
    });
  }
});

test(
  "one-signal-many-calls",
  { title: { en: "one signal for many calls, aborted at last", "zh-cn": "一个 signal 用于多次调用，最后才中止" } },
  async (t) => {
    layOut(t, {
      a: { latency: 10 },
      b: { latency: 20, bodyLatency: 5 },
      c: { latency: 300 },
      d: { latency: 10, status: 404 },
    });
    const outcomes: { readonly live: Outcome; readonly before: Outcome }[] = [];
    for (const [names, timeoutMs] of [
      [["a", "b", "d"], 1000],
      [["a", "c"], 100],
      [[], 100],
      [["b", "a"], 50],
    ] as const) {
      const settled = await call(t, names, timeoutMs);
      t.checkLeaks("fanOutFetch");
      const before = outcomeOf(t, settled);
      if (settled.status === "fulfilled") outcomes.push({ live: settled.value, before });
      await t.sleep(500);
    }
    t.abort();
    await t.idle();
    for (const { live, before } of outcomes) {
      t.equal(live, before, "wrong-result", {
        en: "An outcome that the caller had been given was changed afterwards.",
        "zh-cn": "已经交给调用方的结果，后来又被改动了。",
      });
    }
  },
);
