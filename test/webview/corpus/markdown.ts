/** Places of Markdown that take words or an address from its author; `§` stands for them. */
export interface MarkdownPlace {
  readonly place: string;
  readonly write: (text: string) => string;
}

const line = (text: string): string => text.replace(/\s+/g, " ");

/** For any text. */
export const wordPlaces: readonly MarkdownPlace[] = [
  { place: "block of HTML", write: (text) => text },
  { place: "HTML in a paragraph", write: (text) => `words ${line(text)} words` },
  { place: "heading", write: (text) => `## ${line(text)}` },
  { place: "heading with an underline", write: (text) => `${line(text)}\n---` },
  { place: "list", write: (text) => `- ${line(text)}\n  1. ${line(text)}` },
  { place: "quotation", write: (text) => `> ${line(text)}` },
  {
    place: "cell of a table",
    write: (text) => `| a | b |\n| - | - |\n| ${line(text)} | ${line(text).replaceAll("|", "\\|")} |`,
  },
  { place: "emphasis", write: (text) => `**${line(text)}** _${line(text)}_ ~~${line(text)}~~` },
  { place: "words of a link", write: (text) => `[${line(text)}](https://example.org/)` },
  { place: "title of a link", write: (text) => `[x](https://example.org/ "${line(text).replaceAll('"', '\\"')}")` },
  { place: "alternative of an image", write: (text) => `![${line(text)}](diagrams/x.mmd) ![${line(text)}](x.png)` },
  { place: "title of an image", write: (text) => `words ![x](x.png '${line(text)}')` },
  { place: "code in a sentence", write: (text) => `\`\` ${line(text)} \`\`` },
  { place: "indented code", write: (text) => `    ${line(text)}` },
  { place: "code", write: (text) => `~~~~~\n${text}\n~~~~~` },
  { place: "code in TypeScript", write: (text) => `~~~~~ts\n${text}\n~~~~~` },
  { place: "code in Go, then TypeScript", write: (text) => `~~~~~go\n${text}\n~~~~~\n\n~~~~~ts\n${text}\n~~~~~` },
  { place: "language of code", write: (text) => `~~~~~${line(text)}\nx\n~~~~~` },
  { place: "language of code, without spaces", write: (text) => `~~~~~${text.replace(/\s+/g, "/")}\nx\n~~~~~` },
  { place: "language of code in a list", write: (text) => `- ~~~~~${line(text)}\n  x\n  ~~~~~` },
  { place: "autolink", write: (text) => `<https://example.org/${line(text).replace(/[<> ]/g, "")}> <${line(text)}>` },
  { place: "definition", write: (text) => `[x]\n\n[x]: <#x> "${line(text).replaceAll('"', '\\"')}"` },
  {
    place: "entities",
    write: (text) => Array.from(line(text), (character) => `&#${String(character.codePointAt(0))};`).join(""),
  },
  { place: "escapes", write: (text) => line(text).replace(/[!-/:-@[-`{-~]/g, "\\$&") },
];

/** For addresses. */
export const addressPlaces: readonly MarkdownPlace[] = [
  { place: "link", write: (address) => `[x](${line(address)})` },
  { place: "link in angle brackets", write: (address) => `[x](<${line(address)}>)` },
  { place: "definition", write: (address) => `[x][y]\n\n[y]: <${line(address)}>` },
  { place: "image", write: (address) => `words ![x](<${line(address)}>)` },
  { place: "image in a link", write: (address) => `[![x](<${line(address)}>)](<${line(address)}>)` },
  { place: "autolink", write: (address) => `<${line(address).replace(/[<> ]/g, "")}>` },
  { place: "link to a lesson", write: (address) => `[x](<../${line(address)}>)` },
  { place: "section", write: (address) => `[x](<#${line(address)}>)` },
  { place: "encoded", write: (address) => `[x](${encodeURI(line(address))})` },
];
