/** The signal option of addEventListener against Node's own. */
import { test } from "node:test";
import { type Script, playBoth } from "./bothPlatforms.ts";

const scripts: Readonly<Record<string, Script>> = {
  "the signal option removes the listener": ({ EventTarget, Event, AbortController }, log) => {
    const target = new EventTarget();
    const controller = new AbortController();
    const { signal } = controller;
    target.addEventListener(
      "x",
      () => {
        log("with signal");
      },
      { signal },
    );
    target.addEventListener(
      "x",
      {
        handleEvent() {
          log("object with signal");
        },
      },
      { signal, once: true },
    );
    target.addEventListener("x", () => {
      log("without");
    });
    target.dispatchEvent(new Event("x"));
    controller.abort();
    target.dispatchEvent(new Event("x"));
    target.addEventListener(
      "x",
      () => {
        log("never");
      },
      { signal },
    );
    target.dispatchEvent(new Event("x"));
  },
  "the signal option during dispatch": ({ EventTarget, Event, AbortController }, log) => {
    const target = new EventTarget();
    const controller = new AbortController();
    target.addEventListener(
      "x",
      () => {
        log("aborting");
        controller.abort();
      },
      { signal: controller.signal },
    );
    target.addEventListener(
      "x",
      () => {
        log("removed");
      },
      { signal: controller.signal },
    );
    target.addEventListener("x", () => {
      log("kept");
    });
    target.dispatchEvent(new Event("x"));
    target.dispatchEvent(new Event("x"));
  },
  "the signal option on a signal's own abort": ({ AbortController }, log) => {
    const controller = new AbortController();
    controller.signal.addEventListener(
      "abort",
      () => {
        log("self");
      },
      { signal: controller.signal },
    );
    controller.signal.addEventListener("abort", () => {
      log("plain");
    });
    controller.abort();
    log("end");
  },
  "a signal that is none": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    for (const signal of [null, 5, {}]) {
      try {
        target.addEventListener(
          "x",
          () => {
            log("never");
          },
          { signal } as object,
        );
        log("accepted");
      } catch (error) {
        log(error);
      }
    }
    target.dispatchEvent(new Event("x"));
  },
};

for (const [name, script] of Object.entries(scripts)) {
  test(`as in Node: ${name}`, () => {
    playBoth(script);
  });
}
