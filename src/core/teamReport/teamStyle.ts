/** How the page looks: light or dark as the reader's system is, and on paper. Pure data. */
export const teamStyle = `
:root {
  --ground: #ffffff; --raised: #f5f7fa; --line: #d5dbe3; --text: #1c2430; --soft: #4d5867; --link: #0b5cad;
  --passed: #1a7f37; --aided: #0f6e84; --working: #3257c4; --left: #b3470f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15191f; --raised: #1e242c; --line: #39424e; --text: #e6eaf0; --soft: #a9b4c2; --link: #7db7f5;
    --passed: #57c46f; --aided: #5cc3d8; --working: #8fabff; --left: #f2995f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 1280px; padding: 32px 24px 64px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
h1 { margin: 0; font-size: 30px; line-height: 1.2; }
h2 { margin: 48px 0 12px; font-size: 21px; line-height: 1.3; }
.lead { margin: 6px 0 12px; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; }
a { color: var(--link); }
.note { color: var(--soft); margin: 0 0 12px; }
.note.below { margin: 8px 0 0; }
.times { white-space: nowrap; }
small { display: block; font-size: 13px; font-weight: normal; color: var(--soft); }
code { font-family: ui-monospace, Consolas, monospace; font-size: 0.95em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.definitions { position: absolute; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 28px 0 0; }
.tile { padding: 14px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
.tile dt { font-size: 13px; color: var(--soft); }
.tile dd { margin: 2px 0 0; }
.tile b { display: block; font-size: 20px; line-height: 1.3; overflow-wrap: anywhere; }
.tile span { font-size: 13px; color: var(--soft); }

.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 12px; padding: 0; list-style: none; font-size: 14px; }
.legend .note { margin: 0; }
.mark { vertical-align: -3px; }
svg.passed { color: var(--passed); } svg.aided { color: var(--aided); }
svg.working { color: var(--working); } svg.left { color: var(--left); }

.scroll { position: relative; overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: 8px; }
.scroll.whole { max-height: none; }
.scroll:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; }
th, td { padding: 6px 10px; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover > * { background: var(--raised); }
thead th { background: var(--raised); font-size: 13px; vertical-align: bottom; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.date { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }

.matrix { width: auto; min-width: 100%; font-size: 14px; }
.matrix thead { position: sticky; top: 0; z-index: 2; }
.matrix .person { position: sticky; left: 0; z-index: 1; background: var(--ground); min-width: 120px; max-width: 240px; overflow-wrap: anywhere; }
.matrix thead .person, .matrix tbody tr:hover .person { background: var(--raised); }
.matrix tbody th { font-weight: 600; }
.matrix .track { text-align: center; border-bottom: 0; }
.matrix .edge { border-inline-start: 1px solid var(--line); }
.matrix .lesson { padding: 4px 8px 8px; text-align: center; font-weight: normal; }
.matrix .lesson span { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); max-height: 220px; line-height: 1.2; text-align: start; overflow-wrap: anywhere; }
:lang(zh) .matrix .lesson span { transform: none; }
.matrix tbody td { vertical-align: middle; }
.matrix tbody td:nth-child(n + 4) { text-align: center; white-space: nowrap; min-width: 46px; font-variant-numeric: tabular-nums; }
.matrix td .mark { margin-inline-end: 4px; }

.bars th[scope="row"] { min-width: 220px; max-width: 460px; font-weight: normal; }
.bars td { min-width: 120px; }
.plot { display: block; max-width: 100%; margin-top: 5px; border-radius: 3px; }
.plot .track { fill: var(--line); opacity: 0.55; }
.bar.people, .bar.passed { fill: var(--passed); }
.bar.people { fill: var(--link); }
.bar.aided { fill: url(#texture-aided); } .bar.working { fill: url(#texture-working); } .bar.left { fill: url(#texture-left); }
.ground { fill: var(--ground); }
pattern .aided { fill: var(--aided); } pattern .working { fill: var(--working); } pattern .left { fill: var(--left); }
.thread { stroke: var(--ground); stroke-width: 1; }

@media (max-width: 600px) { body { padding: 20px 12px 40px; } .matrix .person { min-width: 90px; max-width: 130px; } }
@media (prefers-contrast: more) { :root { --line: var(--text); --soft: var(--text); } }
@media (forced-colors: active) { .mark, .plot { forced-color-adjust: none; } }
@page { size: landscape; margin: 12mm; }
@media print {
  :root {
    color-scheme: light; --ground: #ffffff; --raised: #f5f7fa; --line: #b9c1cc; --text: #000000; --soft: #333333; --link: #0b5cad;
    --passed: #1a7f37; --aided: #0f6e84; --working: #3257c4; --left: #b3470f;
  }
  body { max-width: none; padding: 0; font-size: 11px; }
  nav { display: none; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  .matrix { font-size: 10px; } th, td { padding: 3px 5px; }
  .matrix thead, .matrix .person { position: static; }
  thead { display: table-header-group; }
  tr, .tile { break-inside: avoid; } h2 { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
