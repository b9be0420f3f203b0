/** The order of events that breaks a test, as a table to read. Runs in the panel's page. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { StoryLine } from "../../src/protocol/lessonPanelMessages.ts";
import { eventIcons } from "../common/eventIcons.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

/** A longer story shows its first and last lines: how it began, and how it came to its end. */
const longest = 12;
const headLines = 3;
const tailLines = 6;

interface StoryProps {
  /** The test's name. */
  readonly name: string;
  readonly lines: readonly StoryLine[];
  readonly omitted: number;
}

export function Story({ name, lines, omitted }: StoryProps): JSX.Element | null {
  const { strings, isOpen, setOpen } = usePanel();
  const table = useRef<HTMLTableElement>(null);
  const key = `story:${name}`;
  if (lines.length === 0) return null;
  const folded = lines.length > longest && !isOpen(key, false);
  const head = folded ? lines.slice(0, headLines) : lines;
  const tail = folded ? lines.slice(-tailLines) : [];
  return (
    <div class="story">
      <table ref={table} tabIndex={-1}>
        <caption>{strings.story}</caption>
        <thead>
          <tr>
            <th scope="col" class="story-at">
              {strings.storyTime}
            </th>
            <th scope="col">{strings.storyEvent}</th>
            <th scope="col" class="story-line">
              {strings.storyLine}
            </th>
          </tr>
        </thead>
        <tbody>
          {head.map((line) => (
            <StoryRow key={line.event.seq} line={line} />
          ))}
          {folded && (
            <tr class="story-more">
              <td colSpan={3}>
                <button
                  type="button"
                  class="link-button"
                  onClick={() => {
                    setOpen(key, true);
                    table.current?.focus({ preventScroll: true });
                  }}
                >
                  <Icon name="unfold" />
                  {format(strings.storyMore, lines.length - headLines - tailLines)}
                </button>
              </td>
            </tr>
          )}
          {tail.map((line) => (
            <StoryRow key={line.event.seq} line={line} />
          ))}
        </tbody>
      </table>
      {omitted > 0 && <p class="muted">{format(strings.storyOmitted, omitted)}</p>}
    </div>
  );
}

function StoryRow({ line: { at, text, line, event } }: { readonly line: StoryLine }): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <tr data-type={event.type}>
      <td class="story-at">{at}</td>
      <td class="story-text">
        <Icon name={eventIcons[event.type]} />
        {text}
      </td>
      <td class="story-line">
        {line !== undefined && (
          <button
            type="button"
            class="link-button"
            title={format(strings.goToLine, line)}
            aria-label={format(strings.goToLine, line)}
            onClick={() => {
              post({ type: "revealSource", source: { line, column: 1 } });
            }}
          >
            {line}
          </button>
        )}
      </td>
    </tr>
  );
}
