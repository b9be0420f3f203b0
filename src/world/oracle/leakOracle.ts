/**
 * The rules that every exercise is held to, L1 to L7 of the curriculum. Runs inside the realm, whenever the microtask
 * queue has run empty. It reads what the world knows; it changes nothing.
 */
import type { CallRecord } from "../run/call.ts";
import { type Finding, rootFirst } from "./findings.ts";
import { formatValue } from "../run/formatValue.ts";
import type { Network } from "../outside/network.ts";
import { type Operation, isRunning } from "../outside/operation.ts";
import { type AbortSignal, abortInternals, abortListeners } from "../platform/abort.ts";
import { sentences } from "./sentences.ts";
import type { Timer } from "../outside/timer.ts";
import type { World } from "../outside/world.ts";

export type Rule = "L1" | "L2" | "L3" | "L4" | "L5" | "L6" | "L7";

export interface OracleOptions {
  /** Rules that the lesson switches off, by name. */
  readonly except?: readonly Rule[];
  /** L1 counts the timer inside AbortSignal.timeout too. */
  readonly platformTimers?: boolean;
}

export interface Watched {
  readonly world: World;
  readonly network: Network;
  /** The signals that the spec made, by the name that the learner reads. */
  readonly signals: ReadonlyMap<AbortSignal, string>;
  /** Set when the test under way is known. */
  options: OracleOptions;
}

/** L5, L6: how one call settled, given what its signal did. */
export function judgeCall(watched: Watched, call: CallRecord): readonly Finding[] {
  const { settled } = call;
  if (settled === undefined) return [];
  if (call.bornAborted) return holds(watched, "L6") ? judgeBornAborted(watched, call) : [];
  if (call.abortedAt === undefined || !holds(watched, "L5")) return [];
  if (settled.at > call.abortedAt && call.policy.drains !== true) {
    const culprit = unlinked(watched, call);
    const at = watched.world.now;
    return culprit === undefined
      ? [
          {
            diagnosis: "late-after-abort",
            message: sentences.lateAfterAbort(call.name, call.abortedAt, settled.at),
            at,
          },
        ]
      : [notPassedOn(call.name, culprit, at)];
  }
  return judgeOutcome(watched, call);
}

function judgeOutcome(watched: Watched, call: CallRecord): readonly Finding[] {
  const { settled } = call;
  const signal = call.policy.signal;
  if (settled === undefined || signal === undefined) return [];
  // What the outside did in the very instant of the abort may win instead; the spec's own checks judge that outcome.
  if (watched.world.lastDeliveryAt === call.abortedAt) return [];
  const at = watched.world.now;
  if (settled.status === "fulfilled") {
    if (call.policy.mayFulfil === true) return [];
    return [{ diagnosis: "abort-swallowed", message: sentences.abortSwallowed(call.name), at }];
  }
  const reason = abortInternals.reason(signal);
  if (Object.is(settled.reason, reason)) return [];
  const [actual, expected] = [formatValue(settled.reason), formatValue(reason)];
  return [
    {
      diagnosis: "reason-replaced",
      message: sentences.reasonReplaced(call.name, actual, expected),
      at,
      expected,
      actual,
    },
  ];
}

function judgeBornAborted(watched: Watched, call: CallRecord): readonly Finding[] {
  const { world, network } = watched;
  const at = world.now;
  const operation = world.operations[call.operationsBefore];
  const request = network.requests[call.requestsBefore];
  const started = operation?.plan.label ?? (request === undefined ? undefined : `fetch ${request.url}`);
  const source = operation?.source ?? request?.source;
  if (started !== undefined) {
    return [
      {
        diagnosis: "aborted-signal-unchecked",
        message: sentences.startedThoughAborted(call.name, started, source),
        at,
        source,
      },
    ];
  }
  if ((call.settled?.at ?? 0) > call.startedAt) {
    return [{ diagnosis: "aborted-signal-unchecked", message: sentences.slowThoughAborted(call.name), at }];
  }
  return judgeOutcome(watched, { ...call, abortedAt: call.startedAt });
}

/** Work that was under way across the abort and did not end with it. */
function unlinked(watched: Watched, call: CallRecord): Operation | undefined {
  const struck = call.abortedAt ?? 0;
  const since = watched.world.operations.slice(call.operationsBefore);
  return since.find(
    (operation) =>
      operation.startedAt <= struck &&
      (operation.endedAt === undefined || operation.endedAt > struck) &&
      !isAborted(operation.plan.signal),
  );
}

function notPassedOn(name: string, operation: Operation, at: number): Finding {
  const { plan, source } = operation;
  const message = sentences.signalNotPassedOn(name, plan.label, source, plan.signal !== undefined);
  return { diagnosis: "signal-not-passed-on", message, at, source };
}

/** L1, L2, L3: what is left behind, now that everything has settled. `name` is what the learner calls it. */
export function judgeLeftovers(watched: Watched, name: string, aborted: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  if (holds(watched, "L3")) findings.push(...leftRunning(watched, name, aborted), ...heldBodies(watched));
  if (holds(watched, "L1")) findings.push(...armedTimers(watched, name));
  if (holds(watched, "L2")) findings.push(...leftListeners(watched, name));
  return rootFirst(findings);
}

function leftRunning(watched: Watched, name: string, aborted: boolean): Finding[] {
  const { world } = watched;
  for (const operation of world.operations) {
    if (!isRunning(operation)) continue;
    const { signal, label, kind } = operation.plan;
    if (isAborted(signal) || (kind === "body" && isUnread(watched.network, operation))) continue;
    if (signal === undefined || aborted) return [notPassedOn(name, operation, world.now)];
    const { source } = operation;
    return [
      {
        diagnosis: "work-still-running",
        message: sentences.workStillRunning(name, label, source),
        at: world.now,
        source,
      },
    ];
  }
  return [];
}

/** A body that nobody asked for is named as such, rather than as work. */
function isUnread(network: Network, operation: Operation): boolean {
  return network.requests.some(
    (request) => request.body === "arriving" && !request.reading && operation.plan.label === `body of ${request.url}`,
  );
}

function heldBodies(watched: Watched): Finding[] {
  const request = watched.network.requests.find(
    ({ signal, body, reading }) => !isAborted(signal) && (body === "held" || (body === "arriving" && !reading)),
  );
  if (request === undefined) return [];
  const { url, status, source } = request;
  return [
    {
      diagnosis: "resource-not-released",
      message: sentences.bodyHeld(url, status, source),
      at: watched.world.now,
      source,
    },
  ];
}

function armedTimers(watched: Watched, name: string): Finding[] {
  const { world, options } = watched;
  const armed: Timer[] = [...world.armed].filter(
    (timer) => timer.owner === "exercise" || options.platformTimers === true,
  );
  const [first] = armed;
  if (first === undefined) return [];
  const leftMs = first.due - world.now;
  const message =
    first.owner === "exercise"
      ? sentences.timerStillArmed(name, first.label, first.source, leftMs, armed.length)
      : sentences.platformTimer(name, first.source, leftMs, armed.length);
  return [{ diagnosis: "timer-still-armed", message, at: world.now, source: first.source }];
}

function leftListeners(watched: Watched, name: string): Finding[] {
  for (const [signal, label] of watched.signals) {
    const listeners = abortListeners(signal);
    const [first] = listeners;
    if (first === undefined) continue;
    const message = sentences.listenerLeft(name, label, first.source, listeners.length);
    return [{ diagnosis: "listener-left-on-signal", message, at: watched.world.now, source: first.source }];
  }
  return [];
}

/** L7: nothing can move any more, and these calls still wait. */
export function judgeDeadlock(watched: Watched, pending: readonly CallRecord[]): Finding {
  const { world } = watched;
  const [call] = pending;
  const last = world.operations.at(-1);
  const state =
    last === undefined ? "" : `${last.plan.label}, ${last.state} at ${String(last.endedAt ?? world.now)} ms`;
  if (call?.bornAborted === true && holds(watched, "L6")) {
    return { diagnosis: "aborted-signal-unchecked", message: sentences.slowThoughAborted(call.name), at: world.now };
  }
  const name = pending.map((waiting) => waiting.name).join(", ") || "the test";
  return {
    diagnosis: "never-settles",
    message: sentences.neverSettles(name, call?.abortedAt, state),
    at: world.now,
    source: last?.source,
  };
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal !== undefined && abortInternals.aborted(signal);
}

function holds(watched: Watched, rule: Rule): boolean {
  return watched.options.except?.includes(rule) !== true;
}
