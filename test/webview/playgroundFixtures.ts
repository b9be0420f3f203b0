/** A playground page whose programs are run by the real simulator, in the real sandbox. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../../scripts/lib/paths.mjs";
import { tellEvent } from "../../src/core/verdict/lessonStory.ts";
import { playgroundStrings } from "../../src/core/playground/strings.ts";
import { timelineStrings } from "../../src/core/timelinePanel/timelineStrings.ts";
import type {
  FromPlaygroundMessage,
  PlaygroundState,
  ToPlaygroundMessage,
} from "../../src/protocol/playgroundMessages.ts";
import { defaultScenario } from "../../src/protocol/simulation.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";

export async function makePlayground(
  locale: Locale = "en",
  change: Partial<PlaygroundState> = {},
): Promise<PlaygroundState> {
  const read = (file: string): Promise<string> => readFile(join(root, "media", file), "utf8");
  const [text, world, playground] = await Promise.all(
    ["playground/main.ts", "exercise/world.d.ts", "playground/playground.d.ts"].map(read),
  );
  return {
    locale,
    strings: playgroundStrings[locale],
    timeline: timelineStrings[locale],
    revision: 1,
    document: { text: text ?? "", scenario: defaultScenario },
    chosen: 0,
    waits: false,
    libraries: [
      { name: "world.d.ts", text: world ?? "" },
      { name: "playground.d.ts", text: playground ?? "" },
    ],
    look: {
      fontFamily: "monospace",
      fontSize: 14,
      lineHeight: 0,
      fontLigatures: false,
      tabSize: 2,
      insertSpaces: true,
      wordWrap: "off",
      cursorBlinking: "solid",
    },
    ...change,
  };
}

type Simulate = Extract<FromPlaygroundMessage, { readonly type: "simulate" }>;

export interface Answering {
  /** What was asked for so far. */
  readonly asked: readonly Simulate[];
  dispose(): void;
}

/** Answers what pages of this tab ask to be simulated, as the extension does. Needs `dist/`. */
export async function answerSimulations(page: Page, locale: () => Locale): Promise<Answering> {
  const grader = createNodeGrader({ distDir: join(root, "dist") });
  grader.warm();
  const simulator = grader.simulator("main.ts");
  const asked: Simulate[] = [];
  const send = (message: ToPlaygroundMessage): void => {
    page
      .evaluate((sent) => {
        (globalThis as unknown as { harness: { send(message: unknown): void } }).harness.send(sent);
      }, message)
      .catch(() => undefined);
  };
  await page.exposeFunction("simulate", async (intent: Simulate) => {
    asked.push(intent);
    const { id, request, text, scenario, chosen, distribution } = intent;
    const error = await simulator.simulate(
      { program: text, scenario, chosen, distribution },
      new AbortController().signal,
      {
        played: (run) => {
          send({ type: "played", request, run, texts: run.trace.map((event) => tellEvent(event, locale())) });
        },
        sampled: (all) => {
          send({ type: "sampled", request, distribution: all });
        },
      },
    );
    if (error !== undefined && error.code !== "cancelled") {
      const { message, source } = error;
      send({ type: "failed", request, failure: { text: message[locale()], ...source } });
    }
    send({ type: "answer", id, ok: true });
  });
  return {
    asked,
    dispose: () => {
      simulator.dispose();
      grader.dispose();
    },
  };
}
