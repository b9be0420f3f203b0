/** AbortSignal.any against Node's own. */
import { test } from "node:test";
import { type Script, playBoth } from "./bothPlatforms.ts";

const scripts: Readonly<Record<string, Script>> = {
  "any of nothing never aborts": ({ AbortSignal }, log) => {
    const signal = AbortSignal.any([]);
    log(signal.aborted, signal.reason, signal instanceof AbortSignal);
  },
  "any follows the first that aborts, with its very reason": ({ AbortController, AbortSignal }, log) => {
    const one = new AbortController();
    const two = new AbortController();
    const any = AbortSignal.any([one.signal, two.signal]);
    any.addEventListener("abort", (event) => {
      log("any", event.target === any, event.isTrusted);
    });
    const reason = { why: 2 };
    two.abort(reason);
    log(any.aborted, any.reason === reason);
    one.abort("late");
    log(any.reason === reason);
  },
  "any with one that is aborted is aborted from the start": ({ AbortController, AbortSignal }, log) => {
    const reason = {};
    const open = new AbortController();
    const any = AbortSignal.any([open.signal, AbortSignal.abort(reason), AbortSignal.abort("second")]);
    any.onabort = () => {
      log("never");
    };
    log(any.aborted, any.reason === reason);
    open.abort();
  },
  "any of the same signal twice, and of itself": ({ AbortController, AbortSignal }, log) => {
    const one = new AbortController();
    const any = AbortSignal.any([one.signal, one.signal]);
    any.addEventListener("abort", () => {
      log("any");
    });
    log(AbortSignal.any([any]) === any);
    one.abort();
  },
  "any takes every iterable, and nothing but signals": ({ AbortController, AbortSignal }, log) => {
    const one = new AbortController();
    const any = AbortSignal.any(new Set([one.signal]));
    one.abort("set");
    log(any.reason);
    for (const bad of [undefined, null, 5, [{}], [null], [new AbortController()]]) {
      try {
        AbortSignal.any(bad as never);
        log("accepted");
      } catch (error) {
        log(error);
      }
    }
  },
  "any of any": ({ AbortController, AbortSignal }, log) => {
    const one = new AbortController();
    const two = new AbortController();
    const inner = AbortSignal.any([one.signal]);
    const outer = AbortSignal.any([inner, two.signal]);
    inner.addEventListener("abort", () => {
      log("inner", outer.aborted);
    });
    outer.addEventListener("abort", () => {
      log("outer", inner.aborted);
    });
    one.signal.addEventListener("abort", () => {
      log("source", inner.aborted, outer.aborted);
    });
    one.abort("deep");
    log(outer.reason, inner.reason);
  },
  "a dependent that hears of an abort in a source's listener": ({ AbortController, AbortSignal }, log) => {
    const one = new AbortController();
    const two = new AbortController();
    const any = AbortSignal.any([one.signal, two.signal]);
    one.signal.addEventListener("abort", () => {
      log("one", any.reason);
      two.abort("two");
      log("two is aborted", two.signal.reason, any.reason);
    });
    any.addEventListener("abort", () => {
      log("any", any.reason);
    });
    two.signal.addEventListener("abort", () => {
      log("two");
    });
    one.abort("one");
  },
  "a dependent made in a listener is aborted at once": ({ AbortController, AbortSignal }, log) => {
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => {
      const late = AbortSignal.any([controller.signal]);
      late.onabort = () => {
        log("never");
      };
      log(late.aborted, late.reason);
    });
    controller.abort("why");
  },
  "a dependent aborts only once although two sources abort": ({ AbortController, AbortSignal }, log) => {
    const controllers = [new AbortController(), new AbortController(), new AbortController()];
    const any = AbortSignal.any(controllers.map(({ signal }) => signal));
    any.addEventListener("abort", () => {
      log("any", any.reason);
    });
    for (const [index, controller] of controllers.entries()) controller.abort(index);
    log(any.reason);
  },
};

for (const [name, script] of Object.entries(scripts)) {
  test(`as in Node: ${name}`, () => {
    playBoth(script);
  });
}
