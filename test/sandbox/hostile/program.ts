/** Codes of errors, or diagnoses of failures. */
export interface Expected {
  /** What it must get. */
  readonly verdict: string;
  /** What it may get instead, where the same program may end in several ways… */
  readonly or?: readonly string[];
  /** …and why. */
  readonly because?: string;
}

export const fullStack = "how deep the call stack is depends on when the engine optimises";

/** What the programs of the hostile corpus are: each misbehaves in one way, and none of them deserves to pass. */
export interface HostileProgram extends Expected {
  /** What it tries. */
  readonly name: string;
  readonly exercise: string;
  /** Body of the only test; `t` and `run` are in scope. Default: calls `run` with the signal and wants "right". */
  readonly body?: string;
  /** Further test options as source. */
  readonly options?: string;
  /** What the sentence (with the actual value, where there is one) must say. */
  readonly says?: RegExp;
}

/** What an ordinary test does; wants an answer that no program of the corpus deserves to give. */
export const usualBody = `const { value } = await t.call("run", () => run(t.signal), { signal: t.signal });
t.equal(value, "right", "wrong-result", { en: "the answer is wrong", "zh-cn": "结果不对" });`;

/** Body of a test that answers one request, and cancels at every moment. */
export const fetchBody = `t.route("https://a.example/", { latency: 10, body: null });
await t.call("run", () => run(t.signal), { signal: t.signal });`;

/** Body of a test that demands nothing but the rules that hold for everything. */
export const calmBody = `await t.call("run", () => run(t.signal), { signal: t.signal });`;

/** An exercise that answers "right" only where what it tries has worked. */
export function whereItWorks(attempt: string): string {
  return `export async function run(signal: any): Promise<any> { ${attempt} }`;
}
