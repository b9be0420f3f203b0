/** Programs that are made up, for the tests of the search: what each does is known without running any real code. */
import { ending, nameOf, operationOf, strikes } from "../../../../src/world/outside/options.ts";
import { Watcher, chooserFor } from "../../../../src/world/search/choosers.ts";
import type { MaybeFootprint } from "../../../../src/world/search/footprint.ts";
import type { Plan, RunRecord } from "../../../../src/world/search/plan.ts";
import type { Random } from "../../../../src/base/random.ts";

/** One event's effect: variables by number. What is written depends on what was read, and on who writes. */
export interface Step {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** It may fail: then it writes something else, and its task ends. */
  readonly mayFail?: boolean;
}

export interface Program {
  /** Steps of one task come one after another; steps of different tasks in any order. */
  readonly tasks: readonly (readonly Step[])[];
  readonly variables: number;
  /** An abort may strike, at any time while a task is under way: it writes the first variable and ends all tasks. */
  readonly mayStrike?: boolean;
  readonly fails?: (outcome: Outcome) => string | undefined;
}

export interface Outcome {
  /** Final values of the variables. */
  readonly values: readonly number[];
  /** The tasks in the order in which their steps came, as letters. */
  readonly order: string;
}

export interface Played {
  readonly record: RunRecord;
  readonly outcome: Outcome;
}

export function play(program: Program, plan: Plan): Played {
  const state = new State(program);
  const chooser = chooserFor(plan);
  const options: number[] = [];
  const taken: number[] = [];
  let blocked = false;
  for (;;) {
    const names = state.options();
    if (names.length === 0) break;
    let place: number | undefined = 0;
    if (names.length > 1 || chooser.asksAlways) {
      place = chooser.choose(names.map((name) => ({ name, begunIn: state.begunIn(name) })));
    }
    if (place === undefined) {
      blocked = true;
      break;
    }
    if (place >= names.length) throw new Error(`an option that there is not: ${JSON.stringify(plan)}`);
    if (names.length > 1) {
      options.push(names.length);
      taken.push(place);
    }
    const footprint = state.perform(names[place] ?? 0);
    if (chooser instanceof Watcher) chooser.turnEnded(footprint);
  }
  const outcome = { values: state.values, order: state.order };
  const failure = blocked ? undefined : program.fails?.(outcome);
  const record = { options, taken, failure };
  return {
    record: chooser instanceof Watcher ? { ...record, events: chooser.events, blocked } : record,
    outcome,
  };
}

class State {
  readonly values: number[];
  order = "";
  readonly #program: Program;
  readonly #done: number[];
  /** Whose step each event was. */
  readonly #events: number[] = [];

  constructor(program: Program) {
    this.#program = program;
    this.values = new Array<number>(program.variables).fill(0);
    this.#done = program.tasks.map(() => 0);
  }

  options(): number[] {
    const ready = this.#program.tasks.flatMap((steps, task) => {
      const step = steps[this.#done[task] ?? 0];
      return step === undefined ? [] : [{ step, id: this.#id(task) }];
    });
    const names = ready.map(({ id }) => nameOf(id, ending.complete));
    for (const { step, id } of ready) if (step.mayFail === true) names.push(nameOf(id, ending.fail));
    if (ready.length > 0 && this.#program.mayStrike === true) names.push(strikes.now);
    return names;
  }

  /** The event of the step before, in the same task. */
  begunIn(name: number): number {
    if (operationOf(name) === 0) return -1;
    return this.#events.lastIndexOf(Math.floor((operationOf(name) - 1) / 100));
  }

  /** Each step is an operation of its own. */
  #id(task: number): number {
    return 1 + task * 100 + (this.#done[task] ?? 0);
  }

  perform(name: number): MaybeFootprint {
    this.#events.push(operationOf(name) === 0 ? -1 : Math.floor((operationOf(name) - 1) / 100));
    if (operationOf(name) === 0) {
      this.values[0] = mix(this.values[0] ?? 0, 7777);
      for (const [task, steps] of this.#program.tasks.entries()) this.#done[task] = steps.length;
      this.order += "!";
      return undefined;
    }
    const task = Math.floor((operationOf(name) - 1) / 100);
    const step = this.#program.tasks[task]?.[this.#done[task] ?? 0];
    if (step === undefined) throw new Error("no such step");
    const failed = name === nameOf(this.#id(task), ending.fail);
    const read = step.reads.reduce((sum, place) => mix(sum, this.values[place] ?? 0), this.#id(task));
    for (const place of step.writes) this.values[place] = failed ? mix(read, 13) : read;
    this.order += String.fromCharCode((failed ? 65 : 97) + task);
    this.#done[task] = failed ? Number.MAX_SAFE_INTEGER : (this.#done[task] ?? 0) + 1;
    return { reads: step.reads, writes: step.writes, adds: [], due: 0, timed: false };
  }
}

function mix(one: number, other: number): number {
  return (Math.imul(one ^ 0x9e3779b1, 31) + Math.imul(other + 1, 0x85ebca6b)) >>> 0;
}

/** @param chains @param steps of each; no two chains touch anything in common */
export function independentChains(chains: number, steps: number): Program {
  return {
    tasks: Array.from({ length: chains }, (_, chain) =>
      Array.from({ length: steps }, () => ({ reads: [chain], writes: [chain] })),
    ),
    variables: chains,
  };
}

/** So many tasks of one step that all touch the same variable. */
export function contenders(count: number, fails?: Program["fails"]): Program {
  const tasks = Array.from({ length: count }, () => [{ reads: [0], writes: [0] }]);
  return fails === undefined ? { tasks, variables: 1 } : { tasks, variables: 1, fails };
}

export interface Shape {
  readonly maxTasks: number;
  readonly maxSteps: number;
  readonly faults?: boolean;
  readonly strikes?: boolean;
}

export function randomProgram(random: Random, shape: Shape): Program {
  const variables = 1 + random.below(5);
  const places = (most: number): number[] => [
    ...new Set(Array.from({ length: random.below(most + 1) }, () => random.below(variables))),
  ];
  const tasks = Array.from({ length: 2 + random.below(shape.maxTasks - 1) }, () =>
    Array.from({ length: 1 + random.below(shape.maxSteps) }, () => ({
      reads: places(2),
      writes: places(2),
      mayFail: shape.faults === true && random.next() < 0.3,
    })),
  );
  return { tasks, variables, mayStrike: shape.strikes === true && random.next() < 0.5 };
}
