/** Event against Node's own. */
import { test } from "node:test";
import { type Script, playBoth } from "./bothPlatforms.ts";

const scripts: Readonly<Record<string, Script>> = {
  "this and the event's properties during and after dispatch": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    const event = new Event("x", { cancelable: true });
    const note = (): void => {
      log(
        event.target === target,
        event.currentTarget === target,
        event.srcElement === target,
        event.eventPhase,
        event.composedPath().length,
        event.defaultPrevented,
        event.returnValue,
      );
    };
    note();
    target.addEventListener("x", function (this: unknown, given) {
      log(this === target, given === event);
      note();
      event.preventDefault();
      note();
    });
    log(target.dispatchEvent(event));
    note();
    log(
      event.type,
      event.bubbles,
      event.cancelable,
      event.composed,
      event.isTrusted,
      Event.NONE,
      Event.CAPTURING_PHASE,
      Event.AT_TARGET,
      Event.BUBBLING_PHASE,
    );
  },
  "preventDefault needs a cancelable event and an active listener": ({ EventTarget, Event }, log) => {
    for (const cancelable of [true, false]) {
      for (const passive of [true, false]) {
        const target = new EventTarget();
        target.addEventListener(
          "x",
          (event) => {
            event.preventDefault();
          },
          { passive },
        );
        const event = new Event("x", { cancelable });
        log(target.dispatchEvent(event), event.defaultPrevented);
      }
    }
  },
  "an event can be dispatched again, but not while it is": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    const other = new EventTarget();
    other.addEventListener("x", () => {
      log("other");
    });
    let calls = 0;
    target.addEventListener("x", (event) => {
      calls++;
      try {
        other.dispatchEvent(event);
      } catch (error) {
        log(error instanceof Error);
      }
    });
    const event = new Event("x");
    target.dispatchEvent(event);
    target.dispatchEvent(event);
    other.dispatchEvent(event);
    log(calls, event.target === other);
  },
  "types are strings": ({ EventTarget, Event }, log) => {
    const target = new EventTarget();
    target.addEventListener(5 as unknown as string, () => {
      log("five");
    });
    target.dispatchEvent(new Event("5"));
    log(new Event(null as unknown as string).type, new Event(undefined as unknown as string).type);
  },
  "an Event needs a type": ({ Event }, log) => {
    log(Reflect.construct(Event, []));
  },
  "only an event can be dispatched": ({ EventTarget }, log) => {
    const target = new EventTarget();
    for (const bad of [null, {}, { type: "x" }, "x"]) {
      try {
        log(Reflect.apply(target.dispatchEvent.bind(target), undefined, [bad]));
      } catch (error) {
        log(error);
      }
    }
  },
  "subclasses of Event and EventTarget": ({ EventTarget, Event }, log) => {
    class Progress extends Event {
      readonly loaded: number;
      constructor(loaded: number) {
        super("progress");
        this.loaded = loaded;
      }
    }
    class Job extends EventTarget {
      go(): boolean {
        return this.dispatchEvent(new Progress(5));
      }
    }
    const job = new Job();
    job.addEventListener("progress", (event) => {
      log(event instanceof Progress && event.loaded, event.target === job);
    });
    log(job.go());
  },
};

for (const [name, script] of Object.entries(scripts)) {
  test(`as in Node: ${name}`, () => {
    playBoth(script);
  });
}
