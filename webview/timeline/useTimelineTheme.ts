/** The colours of drawings, anew when VS Code's theme changes. Runs in a webview's page. */
import { useEffect, useState } from "preact/hooks";
import type { TimelineTheme } from "../../src/core/timeline/timelineSvg.ts";
import { observeTheme } from "../common/theme.ts";
import { readTimelineTheme } from "./timelineTheme.ts";

export function useTimelineTheme(): TimelineTheme {
  const [theme, setTheme] = useState(readTimelineTheme);
  useEffect(
    () =>
      observeTheme(() => {
        setTheme(readTimelineTheme());
      }),
    [],
  );
  return theme;
}
