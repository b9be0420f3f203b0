/** Keeps what the reader looks at where it is while the prose around it changes. Runs in the panel's page. */

interface Held {
  readonly text: string;
  readonly line: number;
  /** Below the view's upper edge, in CSS pixels. */
  readonly top: number;
}

/**
 * Draws, and scrolls by as much as the block at the top of the view has moved. The block is known by its text, since its
 * line changes with every line that is written above it; where it was rewritten itself, the one at its line stands in.
 */
export function drawInPlace(draw: () => void): void {
  const held = topmost();
  draw();
  if (held === undefined) return;
  const block = find(held);
  if (block !== undefined) window.scrollBy({ top: block.getBoundingClientRect().top - held.top, behavior: "instant" });
}

function blocks(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".lesson-prose [data-line]")];
}

/** Undefined at the very top: there the reader wants to see what comes above the prose. */
function topmost(): Held | undefined {
  if (window.scrollY === 0) return undefined;
  const block = blocks().find((each) => each.getBoundingClientRect().bottom > 0);
  if (block === undefined) return undefined;
  return { text: textOf(block), line: lineOf(block), top: block.getBoundingClientRect().top };
}

function find({ text, line }: Held): HTMLElement | undefined {
  const all = blocks();
  const same = all.filter((each) => textOf(each) === text);
  const distance = (block: HTMLElement): number => Math.abs(lineOf(block) - line);
  return (same.length > 0 ? same : all).toSorted((a, b) => distance(a) - distance(b))[0];
}

function textOf(block: HTMLElement): string {
  return block.textContent;
}

function lineOf(block: HTMLElement): number {
  return Number(block.dataset["line"]);
}
