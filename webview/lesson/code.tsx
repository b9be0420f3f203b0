/** Code in the prose: a block with its language and Copy, or tabs of the same pattern in two languages. Runs in the panel's page. */
import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../common/icon.tsx";
import { type CodeTab, usePanel } from "./context.ts";

export interface CodePiece {
  readonly language: string;
  readonly label: string;
  readonly line: string | undefined;
  /** Sanitised markup of the coloured code. */
  readonly html: string;
  readonly text: string;
}

export function CodeBlock({ piece }: { readonly piece: CodePiece }): JSX.Element {
  return (
    <figure class="card code" data-line={piece.line}>
      <div class="card-head">
        <figcaption class="code-label">{piece.label}</figcaption>
        <CopyButton text={piece.text} />
      </div>
      <Code piece={piece} />
    </figure>
  );
}

export function CodeTabs({ pieces }: { readonly pieces: readonly CodePiece[] }): JSX.Element {
  const { strings, tab, chooseTab } = usePanel();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const keep = useKeepInPlace(list);
  const chosen = Math.max(
    pieces.findIndex(({ language }) => language === tab),
    0,
  );
  const current = pieces[chosen];

  function choose(index: number): void {
    const language = pieces[index]?.language;
    if (!isCodeTab(language)) return;
    keep();
    chooseTab(language);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  }

  return (
    <figure class="card code" data-line={current?.line}>
      <div class="card-head">
        <div class="tabs" role="tablist" aria-label={strings.codeTabs} ref={list}>
          {pieces.map(({ language, label }, index) => (
            <button
              key={language}
              type="button"
              role="tab"
              id={`${id}-tab-${String(index)}`}
              aria-selected={index === chosen}
              aria-controls={`${id}-panel`}
              tabIndex={index === chosen ? 0 : -1}
              onClick={() => {
                choose(index);
              }}
              onKeyDown={(event) => {
                const next = neighbour(event.key, chosen, pieces.length);
                if (next === undefined) return;
                event.preventDefault();
                choose(next);
              }}
            >
              {label}
            </button>
          ))}
        </div>
        <CopyButton text={current?.text ?? ""} />
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${String(chosen)}`}>
        {current !== undefined && <Code key={current.language} piece={current} />}
      </div>
    </figure>
  );
}

function Code({ piece }: { readonly piece: CodePiece }): JSX.Element {
  return (
    <pre tabIndex={0}>
      <code class="hljs" dangerouslySetInnerHTML={{ __html: piece.html }} />
    </pre>
  );
}

function CopyButton({ text }: { readonly text: string }): JSX.Element {
  const { strings, copyCode } = usePanel();
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={strings.copyCode}
      title={strings.copyCode}
      onClick={() => {
        copyCode(text);
      }}
    >
      <Icon name="copy" />
    </button>
  );
}

/** All pairs change together, so code further up may grow or shrink: the one that was clicked stays where it is. */
function useKeepInPlace(element: { readonly current: HTMLElement | null }): () => void {
  const before = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const top = element.current?.getBoundingClientRect().top;
    if (before.current !== undefined && top !== undefined)
      window.scrollBy({ top: top - before.current, behavior: "instant" });
    before.current = undefined;
  });
  return () => {
    before.current = element.current?.getBoundingClientRect().top;
  };
}

function neighbour(key: string, index: number, count: number): number | undefined {
  if (key === "ArrowRight") return (index + 1) % count;
  if (key === "ArrowLeft") return (index + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}

function isCodeTab(language: string | undefined): language is CodeTab {
  return language === "go" || language === "ts";
}
