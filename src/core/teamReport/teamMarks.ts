/** The signs of the report: a shape for each standing, and a texture for its part of a bar, since not everybody sees colours. Pure. */
import { html, type Markup } from "../page/markup.ts";
import type { Standing } from "./teamReport.ts";

/** What the signs and bars of the page refer to; stands once, at its beginning. */
export const definitions: Markup = html`<svg
  class="definitions"
  width="0"
  height="0"
  aria-hidden="true"
  focusable="false"
>
  <defs>
    <symbol id="mark-passed" viewBox="0 0 16 16">
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.6 8.2l2.3 2.4 4.5-5" fill="none" stroke="var(--ground)" stroke-width="1.8" />
    </symbol>
    <symbol id="mark-aided" viewBox="0 0 16 16">
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="M4.8 8.2l2.3 2.4 4.3-4.8" fill="none" stroke="currentColor" stroke-width="1.8" />
    </symbol>
    <symbol id="mark-working" viewBox="0 0 16 16">
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
    </symbol>
    <symbol id="mark-left" viewBox="0 0 16 16">
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
      <path d="M6 5v6M10 5v6" stroke="var(--ground)" stroke-width="1.8" />
    </symbol>
    <pattern id="texture-aided" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" class="ground" />
      <rect width="3" height="6" class="aided" />
    </pattern>
    <pattern id="texture-working" width="5" height="5" patternUnits="userSpaceOnUse">
      <rect width="5" height="5" class="ground" />
      <circle cx="2.5" cy="2.5" r="1.6" class="working" />
    </pattern>
    <pattern id="texture-left" width="4" height="4" patternUnits="userSpaceOnUse">
      <rect width="4" height="4" class="left" />
      <path d="M0 4h4" class="thread" />
    </pattern>
  </defs>
</svg>`;

export function markOf(standing: Standing): Markup {
  return html`<svg class="mark ${standing}" width="16" height="16" aria-hidden="true" focusable="false">
    <use href="#mark-${standing}" />
  </svg>`;
}
