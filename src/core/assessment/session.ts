/**
 * A rehearsal as its events tell it: what was done, and how much time is left. Each event of a beginning of the file folds
 * into a session that is whole, whatever comes after it. Pure; time is handed in as real ms since 1970.
 */
import type { ItemRecord, Pause, RehearsalPlan, RehearsalRecord } from "./rehearsal.ts";
import { longestWriting, type SessionEvent, type WritingField } from "./sessionEvents.ts";

/** Between two signs of life of a rehearsal that goes on, in ms. */
export const heartbeatMs = 5_000;
/** After so many ms without one it has stood still: the window was gone, or the machine slept. */
const longestSilence = 6 * heartbeatMs;

export interface Session {
  readonly record: RehearsalRecord;
  /** Id of the item that was on the screen last. */
  readonly current: string;
  /** The clock runs: it is neither paused nor over. */
  readonly running: boolean;
  /** Time of the last sign of life. */
  readonly lastAt: number;
  /** Since when and why the clock stands still, where it does and the rehearsal is not over. */
  readonly pause?: { readonly from: number; readonly why: "closed" | "asked" };
}

/** The session after these events; undefined where they do not begin with its start. */
export function foldSession(events: readonly SessionEvent[]): Session | undefined {
  let session: Session | undefined;
  for (const event of events) session = afterEvent(session, event);
  return session;
}

export function afterEvent(session: Session | undefined, event: SessionEvent): Session | undefined {
  if (session === undefined) return event.type === "started" ? begun(event.plan, event.at) : undefined;
  if (event.type === "started") return session;
  const then = { ...event, at: Math.max(event.at, session.lastAt) };
  if (session.record.finished !== undefined) return afterTheEnd(session, then);
  return apply(advanced(session, then), then);
}

/** Real ms that are left at this moment: 0 to the whole length. */
export function remainingMs(session: Session, now: number): number {
  const { record, running, lastAt } = session;
  const since = Math.max(0, now - lastAt);
  const counted = running && since <= longestSilence ? since : 0;
  return Math.max(0, wholeMs(record.plan) - record.activeMs - counted);
}

/** An item counts as answered once something was chosen or written. */
export function isAnswered({ choice, code }: ItemRecord): boolean {
  return choice !== undefined || code !== undefined;
}

function wholeMs({ minutes }: RehearsalPlan): number {
  return minutes * 60_000;
}

const untouched: ItemRecord = { skipped: false, flagged: false, activeMs: 0 };

function begun(plan: RehearsalPlan, at: number): Session {
  return {
    record: {
      plan,
      startedAt: at,
      activeMs: 0,
      pauses: [],
      items: Object.fromEntries(plan.items.map(({ id }) => [id, untouched])),
    },
    current: plan.items[0]?.id ?? "",
    running: true,
    lastAt: at,
  };
}

/** What the time up to this event has done: it ran, or it turns out to have stood still. */
function advanced(session: Session, { at, type }: SessionEvent): Session {
  const { record, running, lastAt, current } = session;
  const since = at - lastAt;
  if (!running) return { ...session, lastAt: at };
  // Who goes on without having paused was gone without a word.
  if (type === "resumed" || since > longestSilence) return { ...withPause(session, lastAt, at, "lost"), lastAt: at };
  const counted = Math.min(since, wholeMs(record.plan) - record.activeMs);
  const next = withItem({ ...session, lastAt: at }, current, (of) => ({ ...of, activeMs: of.activeMs + counted }));
  return { ...next, record: { ...next.record, activeMs: record.activeMs + counted } };
}

function apply(session: Session, event: SessionEvent): Session {
  switch (event.type) {
    case "shown":
      return event.item in session.record.items ? { ...session, current: event.item } : session;
    case "paused":
      return session.running ? { ...session, running: false, pause: { from: event.at, why: event.why } } : session;
    case "resumed":
      return resumed(session, event.at);
    case "finished":
      return finished(session, event);
    case "heartbeat":
    case "started":
      return session;
    case "answered":
    case "skipped":
    case "flagged":
    case "written":
    case "edited":
    case "ticked":
    case "rated":
      return withItem(session, event.item, (of) => afterDeed(of, event));
  }
}

type Deed = Extract<SessionEvent, { readonly item: string }>;

function afterDeed(item: ItemRecord, event: Deed): ItemRecord {
  switch (event.type) {
    case "answered":
      return { ...item, choice: event.choice, skipped: false };
    case "skipped":
      return { ...item, skipped: item.choice === undefined };
    case "flagged":
      return { ...item, flagged: event.flagged };
    case "written":
      return withWriting(item, event.field, event.text);
    case "edited": {
      const before = item[event.field] ?? "";
      const { from, remove, insert, length } = event;
      const fits = from + remove <= before.length && before.length - remove + insert.length === length;
      if (!fits || length > longestWriting) return item;
      return withWriting(item, event.field, before.slice(0, from) + insert + before.slice(from + remove));
    }
    case "shown":
    case "ticked":
    case "rated":
      return item;
  }
}

function withWriting(item: ItemRecord, field: WritingField, text: string): ItemRecord {
  return field === "code" ? { ...item, code: text, skipped: false } : { ...item, explanation: text };
}

/** Comparing oneself with the model answer is what is left to do. */
function afterTheEnd(session: Session, event: SessionEvent): Session {
  if (event.type === "ticked") {
    const checked = [...new Set(event.checked)].sort((a, b) => a - b);
    return withItem(session, event.item, (of) => ({ ...of, checked }));
  }
  if (event.type === "rated") return withItem(session, event.item, (of) => ({ ...of, rating: event.rating }));
  return session;
}

function resumed(session: Session, at: number): Session {
  const { pause, ...rest } = session;
  const after = pause === undefined ? rest : withPause(rest, pause.from, at, pause.why);
  return { ...after, running: true };
}

function finished(session: Session, { at, why }: Extract<SessionEvent, { readonly type: "finished" }>): Session {
  const { pause, ...rest } = session;
  const after = pause === undefined ? rest : withPause(rest, pause.from, at, pause.why);
  return { ...after, running: false, record: { ...after.record, finished: { at, why } } };
}

function withPause(session: Session, from: number, to: number, why: Pause["why"]): Session {
  const pauses = [...session.record.pauses, { from, to, why }];
  return { ...session, record: { ...session.record, pauses } };
}

function withItem(session: Session, id: string, change: (item: ItemRecord) => ItemRecord): Session {
  const { items } = session.record;
  const known = Object.hasOwn(items, id) ? items[id] : undefined;
  if (known === undefined) return session;
  return { ...session, record: { ...session.record, items: { ...items, [id]: change(known) } } };
}
