/**
 * A section of a lesson: the host's markup, cleaned. Links within the lessons lead nowhere from here, since a rehearsal gives no
 * hints. Runs in the rehearsal's page.
 */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { sanitiseProse } from "../common/sanitise.ts";

export function Prose({ html }: { readonly html: string }): JSX.Element {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const content = sanitiseProse(html);
    for (const link of content.querySelectorAll('a[data-lesson], a[href^="#"], a:not([href])')) {
      link.replaceWith(...link.childNodes);
    }
    for (const figure of content.querySelectorAll("figure.code")) figure.classList.add("card");
    holder.current?.replaceChildren(content);
  }, [html]);
  return <div class="prose" ref={holder} />;
}
