/** Short words to the reader: spoken, shown for a moment, or shown until closed. Runs in the panel's page. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { GradedView } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

interface Notice {
  readonly text: string;
}

/** How long a toast stays, in ms. */
const toastTime = 2500;

export function Toast({ notice }: { readonly notice: Notice | undefined }): JSX.Element | null {
  const [hidden, setHidden] = useState<Notice>();
  useEffect(() => {
    if (notice === undefined) return undefined;
    const timer = setTimeout(() => {
      setHidden(notice);
    }, toastTime);
    return () => {
      clearTimeout(timer);
    };
  }, [notice]);
  if (notice === undefined || notice === hidden) return null;
  return (
    <div class="toast" aria-hidden="true">
      {notice.text}
    </div>
  );
}

interface LiveRegionProps {
  readonly notice: Notice | undefined;
  readonly verdict: GradedView | undefined;
}

/** Speaks notices, and the headline of each new verdict: not of the one that was there when the page came. */
export function LiveRegion({ notice, verdict }: LiveRegionProps): JSX.Element {
  const [spoken, setSpoken] = useState("");
  const first = useRef(true);
  useEffect(() => {
    if (notice !== undefined) setSpoken(notice.text);
  }, [notice]);
  useEffect(() => {
    if (!first.current && verdict !== undefined && !verdict.stale) setSpoken(verdict.headline);
    first.current = false;
  }, [verdict]);
  return (
    <div class="for-screen-reader" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}

export function ProblemBar({ text, dismiss }: { readonly text: string; readonly dismiss: () => void }): JSX.Element {
  const { strings } = usePanel();
  return (
    <div class="problem" role="alert">
      <Icon name="warning" />
      <p>
        {strings.problem} {text}
      </p>
      <button type="button" class="icon-button" aria-label={strings.close} title={strings.close} onClick={dismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
