// An onboarding without any fault.
const words = { en: "Welcome", "zh-cn": "欢迎" };

export const stop = {
  id: "acquire",
  title: { en: "How we wait", "zh-cn": "我们怎样等待" },
  text: { en: "Look at `signal`.", "zh-cn": "看看 `signal`。" },
  file: "src/pool.ts",
  symbol: "Pool.acquire",
  hash: "0123456789abcdef",
  lesson: "semaphore",
};

export const onboarding = {
  version: 1,
  title: words,
  note: words,
  steps: [
    { kind: "lesson", id: "semaphore", due: 2 },
    { kind: "stop", id: "acquire", due: 3 },
    { kind: "track", id: "limits", due: 10, pass: { lessons: 1 } },
  ],
  stops: [stop],
};
