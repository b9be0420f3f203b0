/** The time that is left: the host says how much, and the page counts on by itself. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { format } from "../common/format.ts";
import { useAssessment } from "./context.ts";

export interface ClockReading {
  readonly remainingMs: number;
  readonly running: boolean;
  /** When the host's word came: ms of `performance.now`. */
  readonly at: number;
}

const tickMs = 250;
/** What a screen reader is told of, in minutes left. */
const announced = 5;

export function Clock({ reading }: { readonly reading: ClockReading }): JSX.Element {
  const { strings } = useAssessment();
  const left = useLeft(reading);
  const minutes = Math.ceil(left / 60_000);
  const isLast = left < 60_000;
  return (
    <div class="clock" data-last={isLast} data-running={reading.running}>
      <span class="clock-label" id="clock-label">
        {reading.running ? strings.remaining : strings.paused}
      </span>
      <span class="clock-time" role="timer" aria-labelledby="clock-label">
        {clockText(left)}
      </span>
      <span class="for-screen-reader" aria-live="polite">
        {isLast ? strings.lastMinute : minutes % announced === 0 ? format(strings.minutesLeft, minutes) : ""}
      </span>
    </div>
  );
}

function useLeft({ remainingMs, running, at }: ClockReading): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    setNow(performance.now());
    if (!running) return;
    const ticking = setInterval(() => {
      setNow(performance.now());
    }, tickMs);
    return () => {
      clearInterval(ticking);
    };
  }, [running, at]);
  return running ? Math.max(0, remainingMs - Math.max(0, now - at)) : remainingMs;
}

/** "19:05"; a second counts until it is over. */
function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}
