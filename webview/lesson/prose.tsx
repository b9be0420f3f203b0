/**
 * A lesson's prose: the host's markup, cleaned, with code, tabs, diagrams and links made live. Runs in the panel's
 * page. The markup is described in src/protocol/lessonPanelMessages.ts (LessonView.html).
 */
import { type ComponentChild, h, type JSX } from "preact";
import { useMemo } from "preact/hooks";
import { sanitiseProse } from "../common/sanitise.ts";
import { CodeBlock, type CodePiece, CodeTabs } from "./code.tsx";
import { usePanel } from "./context.ts";
import { Diagram } from "./diagram.tsx";

export function Prose({ html, class: name }: { readonly html: string; readonly class?: string }): JSX.Element {
  const content = useMemo(() => convertAll(sanitiseProse(html)), [html]);
  return <div class={name === undefined ? "prose" : `prose ${name}`}>{content}</div>;
}

function convertAll(parent: ParentNode & Node): readonly ComponentChild[] {
  return [...parent.childNodes].map(convert);
}

function convert(node: Node): ComponentChild {
  if (!(node instanceof HTMLElement)) return node.nodeType === Node.TEXT_NODE ? node.textContent : null;
  if (node.matches("figure.code")) return <CodeBlock piece={codePiece(node)} />;
  if (node.matches("div.code-tabs"))
    return <CodeTabs pieces={[...node.querySelectorAll("figure.code")].map(codePiece)} />;
  if (node.matches("figure.diagram")) {
    return <Diagram file={node.dataset["diagram"] ?? ""} line={node.dataset["line"]} />;
  }
  if (node.matches("a[data-lesson]")) {
    return <LessonAnchor lesson={node.dataset["lesson"] ?? ""}>{convertAll(node)}</LessonAnchor>;
  }
  const element = h(node.localName, attributesOf(node), convertAll(node));
  // A wide table scrolls in itself, never the page.
  return node.localName === "table" ? (
    <div class="table-view" tabIndex={0}>
      {element}
    </div>
  ) : (
    element
  );
}

/** The sanitiser left only harmless ones. */
function attributesOf(element: Element): Record<string, string> {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
}

function codePiece(figure: Element): CodePiece {
  const code = figure.querySelector("code");
  return {
    language: figure.getAttribute("data-language") ?? "",
    label: figure.getAttribute("data-label") ?? "",
    line: figure.getAttribute("data-line") ?? undefined,
    html: code?.innerHTML ?? "",
    text: code?.textContent ?? "",
  };
}

function LessonAnchor(props: { readonly lesson: string; readonly children: readonly ComponentChild[] }): JSX.Element {
  const { post } = usePanel();
  return (
    <a
      href="#"
      onClick={(event) => {
        // VS Code follows links itself, from a listener further up.
        event.preventDefault();
        event.stopPropagation();
        post({ type: "openLesson", lesson: props.lesson });
      }}
    >
      {props.children}
    </a>
  );
}
