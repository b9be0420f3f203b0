/** Where the reader is in the page: kept while scrolling, found again after a reload. Runs in the panel's page. */
import type { PanelMemory, PanelPart } from "../../src/protocol/lessonPanelMessages.ts";
import { reducesMotion } from "../common/theme.ts";

export type Place = Pick<PanelMemory, "scrollTop" | "anchor">;

/** Reports the place when scrolling comes to rest. */
export function watchPlace(report: (place: Place) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onScroll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      report(readPlace());
    }, 120);
  };
  window.addEventListener("scroll", onScroll, { passive: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener("scroll", onScroll);
  };
}

/** Goes back to a place. Blocks are surer than pixels: diagrams above may be drawn in between. */
export function returnTo(place: Place, behavior: ScrollBehavior = motion()): void {
  const block = place.anchor && document.querySelector(`.lesson-prose [data-line="${String(place.anchor.line)}"]`);
  if (place.anchor !== undefined && block) {
    window.scrollTo({ top: window.scrollY + block.getBoundingClientRect().top - place.anchor.offset, behavior });
  } else {
    window.scrollTo({ top: place.scrollTop, behavior });
  }
}

/** Brings a part's heading into view and moves the keyboard focus there. */
export function goToPart(part: PanelPart): void {
  const heading = document.getElementById(`part-${part}`);
  if (heading === null) return;
  heading.focus({ preventScroll: true });
  if (part === "top") window.scrollTo({ top: 0, behavior: motion() });
  else heading.scrollIntoView({ block: "start", behavior: motion() });
}

function motion(): ScrollBehavior {
  return reducesMotion() ? "instant" : "smooth";
}

export function readPlace(): Place {
  const scrollTop = Math.round(window.scrollY);
  let spanning: PanelMemory["anchor"];
  for (const block of document.querySelectorAll(".lesson-prose [data-line]")) {
    const { top, bottom } = block.getBoundingClientRect();
    if (top > window.innerHeight) break;
    const anchor = { line: Number(block.getAttribute("data-line")), offset: Math.round(top) };
    // Best is a block whose beginning is in view: one that began further up may yet change its height.
    if (top >= 0) return { scrollTop, anchor };
    if (bottom > 0) spanning ??= anchor;
  }
  return { scrollTop, ...(spanning === undefined ? {} : { anchor: spanning }) };
}
