/** Where the reader is in the page: kept while scrolling, found again after a reload. Runs in the panel's page. */
import type { PanelMemory, PanelPart } from "../../src/protocol/lessonPanelMessages.ts";
import { reducesMotion } from "../common/theme.ts";

type Place = Pick<PanelMemory, "scrollTop" | "anchor">;

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

/** Goes back to a place. Blocks are surer than pixels: diagrams above may not be drawn yet. */
export function restorePlace(place: Place): void {
  const block = place.anchor && document.querySelector(`.lesson-prose [data-line="${String(place.anchor.line)}"]`);
  if (place.anchor !== undefined && block) {
    window.scrollTo({ top: window.scrollY + block.getBoundingClientRect().top - place.anchor.offset });
  } else {
    window.scrollTo({ top: place.scrollTop });
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

export function scrollBackTo(top: number): void {
  window.scrollTo({ top, behavior: motion() });
}

function motion(): ScrollBehavior {
  return reducesMotion() ? "instant" : "smooth";
}

function readPlace(): Place {
  const scrollTop = Math.round(window.scrollY);
  for (const block of document.querySelectorAll(".lesson-prose [data-line]")) {
    const { top, bottom } = block.getBoundingClientRect();
    if (bottom <= 0 || top > window.innerHeight) continue;
    return { scrollTop, anchor: { line: Number(block.getAttribute("data-line")), offset: Math.round(top) } };
  }
  return { scrollTop };
}
