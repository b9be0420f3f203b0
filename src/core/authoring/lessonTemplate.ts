/** The files of a new lesson, by their path in its folder: a pause that can be cancelled, whole but small. Pure. */
import { quizTemplate } from "./quizTemplate.ts";

/** @param title in both languages; by default made of the id */
export function lessonTemplate(id: string, track: string, title = titleOf(id)): Readonly<Record<string, string>> {
  return {
    "lesson.json": json(lessonMeta(id, track, title)),
    "lesson.en.md": english.replace("TITLE", () => title),
    "lesson.zh-cn.md": chinese.replace("TITLE", () => title),
    "diagrams/architecture.mmd": diagram,
    "original.go": original,
    "exercise.ts": starter,
    "solution.ts": solution,
    "spec.ts": spec,
    "mistakes/timer-not-cleared.ts": timerNotCleared,
    "mistakes/listener-kept.ts": listenerKept,
    "quiz.json": json(quizTemplate(timerNotCleared)),
    "playground.ts": playground,
  };
}

/** "worker-pool" → "Worker pool" */
export function titleOf(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function lessonMeta(id: string, track: string, title: string): object {
  return {
    id,
    title: { en: title, "zh-cn": title },
    summary: { en: "What one learns here, in one sentence.", "zh-cn": "用一句话说明这节课学什么。" },
    track,
    level: "introductory",
    minutes: 20,
    prerequisites: [],
    skills: ["cancellation"],
    seed: [],
    exports: ["pause"],
    diagrams: [
      {
        file: "architecture.mmd",
        title: { en: "A pause and its two endings", "zh-cn": "一次暂停的两种结局" },
        description: {
          en: "The caller asks for a pause, which arms a timer. Either the timer fires and the pause is over, or the caller's signal aborts it.",
          "zh-cn": "调用方请求暂停，暂停会设一个计时器。要么计时器触发，暂停结束；要么调用方的信号将它中止。",
        },
        bindings: [
          { element: "arm", on: { type: "start", kind: "timer" } },
          { element: "abort", on: { type: "cancel" } },
        ],
      },
    ],
  };
}

const english = `# TITLE

Why the pattern exists, in a few sentences.

![A pause and its two endings](diagrams/architecture.mmd)

## The Go pattern

![Go](original.go)

## What changes in TypeScript

What a Go developer would get wrong here.

\`\`\`ts
setTimeout(resolve, ms);
\`\`\`

## The rules of the exercise

\`pause(ms, signal)\` resolves after \`ms\`. When \`signal\` aborts first, or has aborted before the call, it rejects at once with \`signal.reason\`. It leaves no timer and no listener behind.

## Hints

### A nudge

Who can end the pause?

### A direction

Each of the two endings has to take away what the other one was waiting for.

### Nearly there

Keep the timer's id and the listener in variables, so that both endings can reach them.
`;

const chinese = `# TITLE

用几句话说明为什么会有这个模式。

![一次暂停的两种结局](diagrams/architecture.mmd)

## Go 的写法

![Go](original.go)

## 换成 TypeScript 有什么不同

Go 开发者在这里容易出错的地方。

\`\`\`ts
setTimeout(resolve, ms);
\`\`\`

## 练习规则

\`pause(ms, signal)\` 在 \`ms\` 之后兑现。如果 \`signal\` 先中止，或在调用之前就已中止，它立刻以 \`signal.reason\` 拒绝。它不留下任何计时器和监听器。

## 提示

### 轻轻一推

谁能结束这次暂停？

### 指个方向

两种结局各自都要收走另一方还在等的东西。

### 就差一步

把计时器 id 和监听器存进变量，让两种结局都够得着。
`;

const diagram = `flowchart LR
  accTitle: A pause and its two endings
  accDescr: The caller asks for a pause, which arms a timer. The timer fires, or the caller's signal aborts the pause.
  caller(["caller"]) call@--> pause["pause"]
  pause arm@--> timer(["timer"])
  timer fire@-->|ms| pause
  caller abort@-.->|signal| pause
`;

const original = `// Package pause waits, unless it is told to stop.
package pause

import (
	"context"
	"time"
)

// Pause returns after d, or with the context's error when that ends first.
func Pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
`;

const declaration = "export function pause(ms: number, signal: AbortSignal): Promise<void> {";

const playground = `import { pause } from "./exercise.ts";

/** What the playground runs, below the exercise: a pause of half the scenario's deadline, which the caller may cut short. */
export async function main({ signal, deadlineMs }: Scenario): Promise<string> {
  await pause(deadlineMs / 2, signal);
  return "paused";
}
`;

const starter = `/** Resolves after \`ms\`; rejects with \`signal.reason\` at once when \`signal\` aborts first. */
${declaration}
  // Begin here. This version does not listen to the signal.
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    void signal;
  });
}
`;

const solution = `${declaration}
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
`;

const spec = `import { test } from "interleave";
import { pause } from "./exercise.ts";

test(
  "resolves-after-the-pause",
  { title: { en: "Resolves after the pause", "zh-cn": "暂停之后兑现" } },
  async (t) => {
    const settled = await t.call("pause", () => pause(100, t.signal), { signal: t.signal });
    t.equal(settled.status, "fulfilled", "wrong-result", {
      en: "Nobody aborted, so the pause should resolve.",
      "zh-cn": "没有人中止，暂停应当兑现。",
    });
    t.equal(settled.at, 100, "wrong-result", {
      en: "The pause should last exactly 100 ms.",
      "zh-cn": "暂停应当恰好持续 100 毫秒。",
    });
  },
);

// What must hold after an abort, the leak oracle checks by itself.
test(
  "ends-with-the-signal",
  { title: { en: "Ends with the signal", "zh-cn": "随信号结束" }, cancel: "everywhere" },
  async (t) => {
    await t.call("pause", () => pause(100, t.signal), { signal: t.signal });
  },
);
`;

const timerNotCleared = `// diagnosis: timer-still-armed - a promise that has rejected cannot resolve, so its timer does no harm
${declaration}
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      reject(signal.reason);
    };
    setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
`;

const listenerKept = `// diagnosis: listener-left-on-signal - once: true takes the listener away
${declaration}
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(resolve, ms);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
`;
