/** The style of the exported report: light or dark as the reader's system is, and for paper. Plain data. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --surface: #f6f8fa;
  --you: #0550ae; --campus: #8250df; --experienced: #953800; --good: #116329; --bad: #b42318; --rail: #e4e8ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15181d; --text: #e6e9ed; --muted: #9aa4af; --line: #343b44; --surface: #1e2329;
    --you: #6cb6ff; --campus: #c8a2ff; --experienced: #f0a868; --good: #6bc46d; --bad: #ff8f86; --rail: #2c333b;
  }
}
* { box-sizing: border-box; }
html { background: var(--page); }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: break-word; }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; }
h2 { margin: 2.75rem 0 0.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 1.75rem 0 0.25rem; font-size: 1.05rem; }
p { margin: 0.4rem 0; }
.subtitle { color: var(--muted); font-size: 1.1rem; }
.intro { max-width: 44rem; color: var(--muted); }
.muted, small { color: var(--muted); }
small { display: block; font-weight: 400; }
.verdict { font-size: 1.5rem; font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: 0.4rem 2rem; margin: 1rem 0 0; }
dt { color: var(--muted); font-size: 0.85rem; }
dd { margin: 0; }
table { width: 100%; margin: 0.75rem 0; border-collapse: collapse; font-size: 0.92rem; }
th, td { padding: 0.35rem 0.6rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
thead th { color: var(--muted); font-weight: 500; font-size: 0.85rem; }
tbody th { font-weight: 500; }
.nested th { padding-inline-start: 1.25rem; font-weight: 400; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { width: 26%; vertical-align: middle; }
.meter, .time { display: block; width: 100%; height: 8px; }
.time { height: 12px; }
.rail { fill: var(--rail); }
.fill { fill: var(--you); }
.over { fill: var(--bad); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.points { margin-inline-start: 0.5rem; color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; }
.radar { display: block; width: 100%; max-width: 36rem; margin: 1rem auto 0; }
.radar text { fill: var(--text); font-size: 12px; }
.radar .ring-names text { fill: var(--muted); font-size: 10px; }
.grid path, .grid line { fill: none; stroke: var(--line); }
.area path { fill-opacity: 0.1; stroke-width: 2; stroke-linejoin: round; }
.you path { fill: var(--you); stroke: var(--you); fill-opacity: 0.22; stroke-width: 2.5; }
.open path { fill: none; }
.you circle { fill: var(--you); }
.campus path { fill: none; stroke: var(--campus); stroke-dasharray: 7 4; }
.experienced path { fill: none; stroke: var(--experienced); stroke-dasharray: 2 3; }
.legend { display: flex; flex-wrap: wrap; justify-content: center; gap: 0.25rem 1.5rem; margin: 0.5rem 0 0; padding: 0; list-style: none; font-size: 0.92rem; }
.key { width: 28px; height: 10px; margin-inline-end: 0.5rem; vertical-align: middle; }
.plan li { margin: 0.6rem 0; }
.plan p { margin: 0; }
.bugs > div, .answer > div { margin: 0.7rem 0; }
.bugs dt { color: var(--text); font-size: 1rem; font-weight: 600; }
pre { max-width: 100%; margin: 0.5rem 0; padding: 0.75rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); font: 0.85rem/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
code { font: 0.85em ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
blockquote { margin: 0.5rem 0; padding: 0.1rem 0 0.1rem 1rem; border-inline-start: 3px solid var(--line); white-space: pre-wrap; }
.not-graded { padding: 0.4rem 0.8rem; border-inline-start: 3px solid var(--bad); background: var(--surface); }
summary { padding: 0.3rem 0; cursor: pointer; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 1rem; margin: 1rem 0; }
figure { margin: 0; }
figcaption { font-size: 0.88rem; font-weight: 500; }
figure p { margin: 0; font-size: 0.8rem; }
.multiple { display: block; width: 100%; max-width: 14rem; }
.line { fill: none; stroke: var(--you); stroke-width: 1.5; }
.dot { fill: var(--page); stroke: var(--you); stroke-width: 1.5; }
.latest { fill: var(--you); }
@media (max-width: 36rem) {
  .bar { display: none; }
  main { padding-top: 1.25rem; }
  th, td { padding-inline-end: 0.4rem; overflow-wrap: anywhere; }
  .number { white-space: normal; }
}
@media print {
  :root { --page: #ffffff; --text: #000000; --muted: #444444; --line: #bbbbbb; --surface: #ffffff; --you: #0550ae; --campus: #6a3fb5; --experienced: #953800; --good: #116329; --bad: #b42318; --rail: #e4e8ec; }
  main { max-width: none; padding: 0; }
  body { font-size: 10.5pt; }
  details::details-content { content-visibility: visible; height: auto; }
  article, tr, figure, .radar, .bugs > div { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
