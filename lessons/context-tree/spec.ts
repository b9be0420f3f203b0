import { type Harness, test } from "interleave";
import { type Scope, withCancel, withTimeout } from "./exercise.ts";

/** A deadline's timer must be let go here, so the one inside AbortSignal.timeout counts too. */
const oracle = { platformTimers: true } as const;

class Reason extends Error {
  override readonly name = "Reason";
}

/** Opens a scope and makes sure that it is one. */
function open(t: Harness, make: () => Scope): Scope {
  const scope = make();
  const usable =
    typeof scope === "object" &&
    scope.signal instanceof AbortSignal &&
    typeof scope.cancel === "function" &&
    typeof scope[Symbol.dispose] === "function";
  t.check(usable, "wrong-result", {
    en: "A scope has a `signal`, a `cancel` and a `[Symbol.dispose]`.",
    "zh-cn": "作用域应当有 signal、cancel 和 [Symbol.dispose]。",
  });
  return scope;
}

function openLive(t: Harness, make: () => Scope): Scope {
  const scope = open(t, make);
  t.check(!scope.signal.aborted, "wrong-result", {
    en: "The scope was aborted as soon as it was opened, although nothing had ended it.",
    "zh-cn": "作用域刚打开就已中止，可并没有任何事情结束它。",
  });
  return scope;
}

function isNamed(reason: unknown, name: string): boolean {
  return reason instanceof DOMException && reason.name === name;
}

/** After `cancel()` or dispose. */
function expectEnded(t: Harness, scope: Scope, how: string): void {
  t.check(scope.signal.aborted, "work-still-running", {
    en: `After ${how} the scope's signal is not aborted, so whatever was started under it runs on.`,
    "zh-cn": `${how} 之后作用域的 signal 没有中止，在它之下启动的工作都会继续运行。`,
  });
}

function expectAbortError(t: Harness, scope: Scope, how: string): void {
  t.check(isNamed(scope.signal.reason, "AbortError"), "wrong-result", {
    en: `${how} without a reason gives a DOMException named AbortError.`,
    "zh-cn": `不带原因的 ${how}，signal 的 reason 应当是名为 AbortError 的 DOMException。`,
  });
}

function expectReason(t: Harness, scope: Scope, reason: unknown, whose: { en: string; "zh-cn": string }): void {
  t.equal(scope.signal.reason, reason, "reason-replaced", {
    en: `The signal's reason must be ${whose.en}, the identical value.`,
    "zh-cn": `signal 的 reason 应当就是${whose["zh-cn"]}，同一个值。`,
  });
}

const parents = { en: "the parent's own reason", "zh-cn": "父 signal 自己的 reason" };
const given = { en: "the one that was given to cancel", "zh-cn": "传给 cancel 的那个" };

/** After the parent's abort: the child must have ended in the same instant, for the parent's reason. */
async function expectFollowed(t: Harness, scope: Scope, reason: unknown): Promise<void> {
  await t.idle();
  if (!scope.signal.aborted) {
    await t.sleep(200);
    await t.idle();
    t.fail(scope.signal.aborted ? "late-after-abort" : "signal-not-passed-on", {
      en: scope.signal.aborted
        ? "The parent aborted, but its child only some time later. It must abort in the same instant."
        : "The parent aborted, but its child did not: the abort is not passed on.",
      "zh-cn": scope.signal.aborted
        ? "父 signal 中止了，子作用域却过了一段时间才中止。应当在同一时刻中止。"
        : "父 signal 中止了，子作用域却没有：中止没有传下去。",
    });
  }
  expectReason(t, scope, reason, parents);
}

function expectAlive(t: Harness, scope: { readonly signal: AbortSignal }, who: { en: string; "zh-cn": string }): void {
  t.check(!scope.signal.aborted, "one-cancels-all", {
    en: `Ending one scope also ended ${who.en}. A scope ends what is below it, nothing else.`,
    "zh-cn": `结束一个作用域时，${who["zh-cn"]}也跟着结束了。作用域只结束它下面的，别的都不动。`,
  });
}

const parent = { en: "its parent", "zh-cn": "它的父节点" };
const sibling = { en: "its sibling", "zh-cn": "它的兄弟" };

test(
  "cancel-ends-the-scope",
  { title: { en: "cancel ends the scope, for its reason", "zh-cn": "cancel 以给定的原因结束作用域" }, oracle },
  async (t) => {
    const plain = openLive(t, () => withCancel(t.signal));
    plain.cancel();
    expectEnded(t, plain, "cancel()");
    expectAbortError(t, plain, "cancel()");
    for (const reason of [new Reason("enough"), "enough", 0, "", null, false]) {
      const scope = openLive(t, () => withCancel(t.signal));
      scope.cancel(reason);
      expectEnded(t, scope, "cancel(reason)");
      expectReason(t, scope, reason, given);
    }
    const timed = openLive(t, () => withTimeout(t.signal, 100));
    timed.cancel();
    expectEnded(t, timed, "cancel()");
    expectAbortError(t, timed, "cancel()");
    await t.idle();
    expectAlive(t, t, parent);
  },
);

test(
  "deadline-ends-the-scope",
  { title: { en: "the deadline ends the scope, on time", "zh-cn": "截止时间准时结束作用域" }, oracle },
  async (t) => {
    for (const ms of [37, 100, 250, 90_000]) {
      const scope = openLive(t, () => withTimeout(t.signal, ms));
      await t.sleep(ms - 1);
      await t.idle();
      t.check(!scope.signal.aborted, "deadline-missed", {
        en: `The scope has a deadline of ${String(ms)} ms, but had ended after ${String(ms - 1)} ms.`,
        "zh-cn": `作用域的截止时间是 ${String(ms)} 毫秒，却在 ${String(ms - 1)} 毫秒时就已结束。`,
      });
      await t.sleep(1.5);
      await t.idle();
      t.check(scope.signal.aborted, "deadline-missed", {
        en: `The scope has a deadline of ${String(ms)} ms, but is still alive after it.`,
        "zh-cn": `作用域的截止时间是 ${String(ms)} 毫秒，过了之后它却还在。`,
      });
      t.check(isNamed(scope.signal.reason, "TimeoutError"), "wrong-result", {
        en: "At the deadline the reason must be a DOMException named TimeoutError, so that callers can tell it from a cancel.",
        "zh-cn": "到了截止时间，reason 应当是名为 TimeoutError 的 DOMException，调用方才能把它和取消区分开。",
      });
      expectAlive(t, t, parent);
      t.checkLeaks("the scope whose deadline passed");
    }
  },
);

test(
  "parent-ends-its-children",
  {
    title: { en: "the parent's abort reaches every child at once", "zh-cn": "父节点中止立刻传到每个子作用域" },
    oracle,
  },
  async (t) => {
    const scopes = [
      openLive(t, () => withCancel(t.signal)),
      openLive(t, () => withTimeout(t.signal, 5000)),
      openLive(t, () => withCancel(t.signal)),
      openLive(t, () => withTimeout(t.signal, 7000)),
      openLive(t, () => withCancel(t.signal)),
    ];
    await t.sleep(21);
    t.abort();
    for (const scope of scopes) await expectFollowed(t, scope, t.reason);
    t.checkLeaks("every scope");
    // A reason can be any value, also one that looks like none.
    for (const reason of [0, "", null, false]) {
      const odd = t.controller("a parent");
      const below = [openLive(t, () => withCancel(odd.signal)), openLive(t, () => withTimeout(odd.signal, 5000))];
      odd.abort(reason);
      for (const scope of below) await expectFollowed(t, scope, reason);
    }
  },
);

test(
  "dispose-is-cancel",
  { title: { en: "leaving a `using` block cancels", "zh-cn": "离开 using 块就是取消" }, oracle },
  async (t) => {
    for (const make of [() => withCancel(t.signal), () => withTimeout(t.signal, 3000)]) {
      const scope = openLive(t, make);
      scope[Symbol.dispose]();
      expectEnded(t, scope, "leaving the `using` block");
      expectAbortError(t, scope, "leaving the block");
      expectAlive(t, t, parent);
      await t.idle();
      t.checkLeaks("the scope");
    }
  },
);

test(
  "ending-twice",
  { title: { en: "ending a scope again changes nothing", "zh-cn": "重复结束不会改变任何事" }, oracle },
  async (t) => {
    const first = new Reason("first");
    for (const make of [() => withCancel(t.signal), () => withTimeout(t.signal, 3000)]) {
      const scope = openLive(t, make);
      scope.cancel(first);
      try {
        scope.cancel(new Reason("second"));
        scope.cancel();
        scope[Symbol.dispose]();
        scope[Symbol.dispose]();
      } catch {
        t.fail("wrong-result", {
          en: "Ending a scope that has ended threw. cancel() is idempotent: `using` calls it again after every early cancel.",
          "zh-cn": "结束一个已结束的作用域时抛出了异常。cancel() 是幂等的：提前取消之后，using 还会再调用它一次。",
        });
      }
      expectReason(t, scope, first, given);
      await t.idle();
      expectReason(t, scope, first, given);
    }
    await endAgainFromListener(t);
  },
);

/** Whoever hears of the end ends the scope again, in the middle of it. */
async function endAgainFromListener(t: Harness): Promise<void> {
  const mine = new Reason("first");
  const scope = openLive(t, () => withTimeout(t.signal, 3000));
  let threw = false;
  let heard = 0;
  scope.signal.addEventListener("abort", () => {
    heard++;
    try {
      scope.cancel(new Reason("second"));
      scope[Symbol.dispose]();
    } catch {
      threw = true;
    }
  });
  scope.cancel(mine);
  await t.idle();
  t.check(heard === 1 && !threw, "wrong-result", {
    en: "A listener to the scope's abort ended the scope again, and that threw, or the abort came more than once. cancel() is idempotent, also while it is under way.",
    "zh-cn":
      "监听作用域中止的人又结束了它一次，结果抛出了异常，或者中止来了不止一次。cancel() 是幂等的，正在进行时也一样。",
  });
  expectReason(t, scope, mine, given);
}

test(
  "already-aborted-parent",
  {
    title: { en: "an aborted parent gives an aborted child", "zh-cn": "父节点已中止，子作用域一出生就是中止的" },
    oracle,
  },
  async (t) => {
    t.abort();
    const odd = [0, "", null, false].map((reason) => {
      const { signal, abort } = t.controller(`a parent that was aborted with ${JSON.stringify(reason)}`);
      abort(reason);
      return [signal, reason] as const;
    });
    for (const [signal, reason] of [[t.signal, t.reason] as const, ...odd]) {
      for (const make of [() => withCancel(signal), () => withTimeout(signal, 1000)]) {
        const scope = open(t, make);
        t.check(scope.signal.aborted, "aborted-signal-unchecked", {
          en: "The parent was aborted before the scope was opened, so the scope must be aborted at once: an aborted signal fires no more events.",
          "zh-cn": "打开作用域之前父节点就已中止，作用域应当立刻处于中止状态：已中止的 signal 不会再触发事件。",
        });
        expectReason(t, scope, reason, parents);
        scope.cancel(new Reason("too late"));
        expectReason(t, scope, reason, parents);
        await t.idle();
        t.checkLeaks("a scope under an aborted parent");
      }
    }
  },
);

test(
  "children-never-end-their-parent",
  {
    title: {
      en: "a child ends neither its parent nor its siblings",
      "zh-cn": "子作用域不会结束父节点，也不会结束兄弟",
    },
    oracle,
  },
  async (t) => {
    const root = openLive(t, () => withCancel(t.signal));
    const left = openLive(t, () => withCancel(root.signal));
    const middle = openLive(t, () => withTimeout(root.signal, 30));
    const right = openLive(t, () => withTimeout(root.signal, 5000));
    const leaf = openLive(t, () => withCancel(right.signal));
    const twin = openLive(t, () => withCancel(root.signal));
    const timedTwin = openLive(t, () => withTimeout(root.signal, 5000));
    left.cancel(new Reason("left"));
    await t.idle();
    expectAlive(t, twin, sibling);
    timedTwin.cancel();
    await t.idle();
    for (const other of [middle, right, leaf]) expectAlive(t, other, sibling);
    expectAlive(t, root, parent);
    await t.sleep(40);
    await t.idle();
    t.check(middle.signal.aborted, "deadline-missed", {
      en: "A scope's deadline of 30 ms has passed, and it is still alive.",
      "zh-cn": "作用域 30 毫秒的截止时间已过，它却还在。",
    });
    expectAlive(t, root, parent);
    expectAlive(t, right, sibling);
    leaf[Symbol.dispose]();
    expectAlive(t, right, parent);
    expectAlive(t, root, parent);
    root.cancel();
    await expectFollowed(t, right, root.signal.reason);
    expectAlive(t, t, parent);
  },
);

test(
  "one-ends-the-others-still-follow",
  {
    title: { en: "when one scope ends, the others still follow", "zh-cn": "一个作用域结束后，其他的仍然跟随父节点" },
    oracle,
  },
  async (t) => {
    const scopes = [1, 2, 3, 4].map((_, index) =>
      openLive(t, () => (index % 2 === 0 ? withCancel(t.signal) : withTimeout(t.signal, 900))),
    );
    const [first, , third] = scopes;
    first?.cancel();
    third?.[Symbol.dispose]();
    await t.sleep(15);
    t.abort();
    for (const [index, scope] of scopes.entries()) if (index % 2 === 1) await expectFollowed(t, scope, t.reason);
  },
);

test(
  "first-reason-wins",
  { title: { en: "the first reason wins, for good", "zh-cn": "第一个原因永远有效" }, oracle },
  async (t) => {
    const mine = new Reason("mine");
    const early = t.controller("a parent that aborts later");
    const cancelled = openLive(t, () => withCancel(early.signal));
    const cancelledTimed = openLive(t, () => withTimeout(early.signal, 60));
    const timed = openLive(t, () => withTimeout(early.signal, 20));
    const followed = openLive(t, () => withTimeout(early.signal, 80));
    cancelled.cancel(mine);
    cancelledTimed.cancel(mine);
    await t.sleep(40);
    const late = new Reason("the parent's");
    early.abort(late);
    await t.idle();
    followed.cancel(mine);
    timed.cancel(mine);
    await t.sleep(100);
    await t.idle();
    expectReason(t, cancelled, mine, given);
    expectReason(t, cancelledTimed, mine, given);
    expectReason(t, followed, late, parents);
    t.check(isNamed(timed.signal.reason, "TimeoutError"), "reason-replaced", {
      en: "The deadline had ended the scope; a later cancel and the parent's abort must not change the reason.",
      "zh-cn": "截止时间已经结束了这个作用域，之后的 cancel 和父节点的中止都不能再改变 reason。",
    });
  },
);

test(
  "a-tree-follows-its-root",
  {
    title: { en: "a whole tree ends with its root, each branch alone", "zh-cn": "整棵树随根结束，分支各自独立" },
    oracle,
  },
  async (t) => {
    const a = openLive(t, () => withCancel(t.signal));
    const b = openLive(t, () => withTimeout(t.signal, 9000));
    const a1 = openLive(t, () => withTimeout(a.signal, 8000));
    const a2 = openLive(t, () => withCancel(a.signal));
    const a11 = openLive(t, () => withCancel(a1.signal));
    const b1 = openLive(t, () => withTimeout(b.signal, 7000));
    const b11 = openLive(t, () => withTimeout(b1.signal, 6000));
    const reason = new Reason("branch a");
    a.cancel(reason);
    for (const scope of [a1, a2, a11]) await expectFollowed(t, scope, reason);
    for (const scope of [b, b1, b11]) expectAlive(t, scope, sibling);
    await t.sleep(10);
    t.abort();
    for (const scope of [b, b1, b11]) await expectFollowed(t, scope, t.reason);
    for (const scope of [a1, a2, a11]) expectReason(t, scope, reason, parents);
  },
);

test(
  "the-nearest-deadline-wins",
  { title: { en: "the nearest deadline in the chain wins", "zh-cn": "链条上最近的截止时间生效" }, oracle },
  async (t) => {
    const outer = openLive(t, () => withTimeout(t.signal, 50));
    const inner = openLive(t, () => withTimeout(outer.signal, 500));
    const innermost = openLive(t, () => withTimeout(inner.signal, 20));
    await t.sleep(30);
    await t.idle();
    t.check(innermost.signal.aborted, "deadline-missed", {
      en: "A deadline of 20 ms under longer ones did not end its scope.",
      "zh-cn": "较长的截止时间之下，20 毫秒的截止时间没有结束它的作用域。",
    });
    expectAlive(t, inner, parent);
    await t.sleep(30);
    t.check(outer.signal.aborted, "deadline-missed", {
      en: "The outer scope's deadline of 50 ms has passed, and it is still alive.",
      "zh-cn": "外层作用域 50 毫秒的截止时间已过，它却还在。",
    });
    await expectFollowed(t, inner, outer.signal.reason);
  },
);

test(
  "work-under-a-scope",
  { title: { en: "work handed the signal ends with the scope", "zh-cn": "拿到 signal 的工作随作用域结束" }, oracle },
  async (t) => {
    const endings: readonly ((scope: Scope) => void)[] = [
      (scope) => {
        scope.cancel(new Reason("stop"));
      },
      (scope) => {
        scope[Symbol.dispose]();
      },
      () => undefined,
    ];
    for (const end of endings) {
      const scope = openLive(t, () => withTimeout(t.signal, 90));
      const job = t.work({ label: "work under the scope", latency: 4000, signal: scope.signal, answer: () => "done" });
      const ended = job.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      await t.sleep(45);
      end(scope);
      const reason = await ended;
      t.check(reason !== undefined, "work-still-running", {
        en: "The scope ended, but the work that had its signal ran to the end.",
        "zh-cn": "作用域结束了，拿着它 signal 的工作却一直运行到底。",
      });
      expectReason(t, scope, reason, { en: "what the work was ended with", "zh-cn": "结束工作时的那个原因" });
      await t.idle();
      t.checkLeaks("the scope");
    }
  },
);

test(
  "parent-and-deadline-in-one-instant",
  {
    title: {
      en: "parent and deadline in one instant: either, but whole",
      "zh-cn": "父节点与截止时间同时发生：谁赢都行，但要完整",
    },
    oracle,
  },
  async (t) => {
    const scope = openLive(t, () => withTimeout(t.signal, 100));
    t.after(100, () => {
      t.abort();
    });
    await t.sleep(150);
    await t.idle();
    t.check(scope.signal.aborted, "deadline-missed", {
      en: "Both the parent and the deadline have ended the scope, and it is still alive.",
      "zh-cn": "父节点和截止时间都该结束这个作用域，它却还在。",
    });
    const reason: unknown = scope.signal.reason;
    t.check(reason === t.reason || isNamed(reason, "TimeoutError"), "reason-replaced", {
      en: "The reason is neither the parent's nor a TimeoutError.",
      "zh-cn": "reason 既不是父节点的，也不是 TimeoutError。",
    });
  },
);

test(
  "ten-thousand-scopes",
  {
    title: { en: "ten thousand ended scopes leave nothing behind", "zh-cn": "一万个结束的作用域什么都不留下" },
    oracle,
  },
  async (t) => {
    // Most are cancelled; every tenth ends by its deadline, every tenth by leaving its block.
    const reason = new Reason("done");
    for (let count = 0; count < 10_000; count++) {
      const scope = count % 2 === 0 ? withTimeout(t.signal, 50) : withCancel(t.signal);
      if (count % 10 === 1) scope[Symbol.dispose]();
      else if (count % 10 !== 2) scope.cancel(reason);
      // In one turn they would look like an endless loop on a slow machine.
      if (count % 500 === 499) await t.idle();
    }
    await t.sleep(60);
    await t.idle();
    t.checkLeaks("10,000 scopes, all ended,");
    const last = openLive(t, () => withTimeout(t.signal, 1000));
    t.abort();
    await expectFollowed(t, last, t.reason);
  },
);
