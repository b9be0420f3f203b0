/** Plays a run event by event, at a pace at which each can be read. Runs in a webview's page. */
import { useEffect, useRef, useState } from "preact/hooks";

/** Real ms for an event. */
const pace = 900;

interface Playback {
  readonly playing: boolean;
  readonly toggle: () => void;
}

/** @param step shows the next event; false where there is none */
export function usePlayback(step: () => boolean): Playback {
  const [playing, setPlaying] = useState(false);
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => {
      if (!latest.current()) setPlaying(false);
    }, pace);
    return () => {
      clearInterval(timer);
    };
  }, [playing]);
  return {
    playing,
    toggle: () => {
      // The first step comes at once: a press of the button does something.
      setPlaying(!playing && step());
    },
  };
}
