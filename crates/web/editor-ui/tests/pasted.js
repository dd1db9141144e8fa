// Thirty-odd documents as they come out of clipboards, and some made by people who mean ill. All words are invented.
const many = (n, text) => Array.from({ length: n }, (_, at) => (typeof text === "function" ? text(at) : text)).join("");
const p = (text) => ({ block: "paragraph", text: [{ text }] });

/** `wants` is the exact answer, `removes` what must be counted, `holds` words that must be kept, `refused` a reason. */
export const PASTED = [
  {
    name: "Word, an Arabic article with styles and empty paragraphs",
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body lang=AR dir=RTL><!--StartFragment--><p class=MsoNormal dir=RTL style='text-align:right'><span lang=AR-SA style='font-family:"Arial",sans-serif'>وصلت الحافلة إلى\n المحطة.<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><b><span>ثم عادت.</span></b></p><!--EndFragment--></body></html>`,
    wants: [p("وصلت الحافلة إلى المحطة."), { block: "paragraph", text: [{ text: "ثم عادت.", strong: true }] }],
    removes: { empty: 1, styles: 4 },
  },
  {
    name: "Word, a bulleted list",
    html: `<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span><![endif]>أول</p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>ثانٍ</p>`,
    wants: [{ block: "list", ordered: false, entries: [[{ text: "أول" }], [{ text: "ثانٍ" }]] }],
  },
  {
    name: "Word, a numbered list",
    html: `<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>واحد</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>اثنان</p>`,
    wants: [{ block: "list", ordered: true, entries: [[{ text: "واحد" }], [{ text: "اثنان" }]] }],
  },
  {
    name: "Word, a comment in the margin",
    html: `<p>قال المتحدث<span class=MsoCommentReference><a style='mso-comment-reference:x_1' href="#c1">[س1]</a></span> ذلك.</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>تأكّد من الاسم</p></div></div>`,
    wants: [p("قال المتحدث ذلك.")],
    removes: { comments: 1 },
  },
  { name: "Word, headings", html: "<h1><b>عنوان</b></h1><h3>أصغر</h3>", wants: [{ block: "heading", level: 2, text: [{ text: "عنوان" }] }, { block: "heading", level: 3, text: [{ text: "أصغر" }] }] },
  {
    name: "Google Docs, its wrapping b, weights by style, a wrapped address",
    html: `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="rtl" style="line-height:1.38"><span style="font-weight:400">كلام </span><span style="font-weight:700">غليظ</span><span style="font-style:italic"> ومائل</span></p><br><p dir="ltr"><a href="https://www.google.com/url?q=https://example.org/page&amp;sa=D"><span>رابط</span></a></p></b>`,
    wants: [
      { block: "paragraph", text: [{ text: "كلام " }, { text: "غليظ", strong: true }, { text: " ومائل", emphasis: true }] },
      { block: "paragraph", text: [{ text: "رابط", link: "https://example.org/page" }] },
    ],
  },
  {
    name: "Google Docs, a list with paragraphs inside",
    html: `<ul><li dir="rtl"><p role="presentation">أ</p></li><li><p>ب</p><ul><li><p>ب ١</p></li></ul></li><li><p>ج</p></li></ul>`,
    wants: [{ block: "list", ordered: false, entries: [[{ text: "أ" }], [{ text: "ب" }], [{ text: "ب ١" }], [{ text: "ج" }]] }],
  },
  {
    name: "Google Docs, a table",
    html: `<table><colgroup><col><col></colgroup><tbody><tr><td><p>س</p></td><td><p>ص</p></td></tr><tr><td><p>1</p></td><td></td></tr></tbody></table>`,
    wants: [{ block: "table", header: false, rows: [[[{ text: "س" }], [{ text: "ص" }]], [[{ text: "1" }], []]] }],
  },
  {
    name: "WhatsApp, hidden direction marks",
    html: `<span dir="rtl">\u200f\u202bصباح الخير\u202c\u200e</span>`,
    wants: [p("صباح الخير")],
    removes: { controls: 4 },
  },
  {
    name: "WhatsApp Web, lines kept by white-space",
    html: `<span style="white-space: pre-wrap">سطر أول\nسطر ثانٍ\n\nسطر ثالث</span>`,
    wants: [p("سطر أول"), p("سطر ثانٍ"), p("سطر ثالث")],
  },
  { name: "Isolates and an override around a name", html: "<p>كتب \u2067\u2068Rana\u2069\u2069 \u202eabc\u202c</p>", wants: [p("كتب Rana abc")], removes: { controls: 6 } },
  { name: "Joiners that spelling needs stay", html: "<p>می\u200cخواهم 👩\u200d🚒</p>", wants: [p("می\u200cخواهم 👩\u200d🚒")] },
  { name: "A newsletter with tracking pictures", html: `<p>نص</p><img src="https://t.example/p.gif" width="1" height="1"><img src="https://t.example/o" style="width:1px;height:1px"><img src="https://x.example/photo.jpg" width="600">`, wants: [p("نص")], removes: { trackers: 2, pictures: 1 } },
  { name: "A layout table", html: "<table><tr><td><table><tr><td><p>سطر</p></td></tr></table></td></tr></table>", wants: [p("سطر")] },
  { name: "A table with headings and wide cells", html: "<table><tr><th colspan=2>عنوان</th></tr><tr><td>1</td><td>2</td></tr></table>", wants: [{ block: "table", header: true, rows: [[[{ text: "عنوان" }], []], [[{ text: "1" }], [{ text: "2" }]]] }] },
  { name: "A script and its listeners", html: `<p onclick="x()">نص</p><script>alert("</p>")</script><a href="javascript:alert(1)">زر</a>`, wants: [p("نص"), p("زر")], removes: { scripts: 2, links: 1 } },
  { name: "An address written to deceive", html: `<a href=" java\tscript:alert(1)">أ</a><a href="//other.example/x">ب</a><a href="data:text/html,x">ج</a><a href="&#106;avascript:x">د</a>`, wants: [p("أبجد")], removes: { links: 4 } },
  { name: "Active parts of a page", html: `<iframe src="https://x.example"></iframe><svg><script>1</script><text>x</text></svg><form><input value="a"><p>يبقى</p></form><object data=x>y</object>`, wants: [p("يبقى")] },
  { name: "Letters that look like markup", html: "<p>3 &lt; 5 &amp;&amp; 6 > 4 &lt;script&gt;</p>", wants: [p("3 < 5 && 6 > 4 <script>")] },
  { name: "Quotation, rule, address", html: "<blockquote><p>قول</p></blockquote><hr><address>عنوان</address>", wants: [{ block: "quote", text: [{ text: "قول" }], source: null }, { block: "separator" }, p("عنوان")] },
  { name: "Preformatted lines", html: "<pre>أ\n  ب</pre>", wants: [p("أ"), p("ب")] },
  { name: "Hidden words", html: `<p>ظاهر<span style="display:none">خفي</span></p>`, wants: [p("ظاهر")] },
  { name: "Nothing closed", html: "<p>أ<p>ب<b>ج<li>د", holds: ["أ", "ب", "ج", "د"] },
  { name: "Closed that was never open", html: "</p></b></table></td>نص</div>", wants: [p("نص")] },
  { name: "A quote that never ends", html: `<p>قبل</p><a href="x${many(50_000, " <a '")}`, holds: ["قبل"] },
  { name: "A comment that never ends", html: `<p>قبل</p><!-- ${many(100_000, "<!--")}`, holds: ["قبل"] },
  { name: "Ten thousand open elements", html: `${many(10_000, "<div>")}عمق`, holds: ["عمق"] },
  { name: "Formatting that a tree would multiply", html: `${many(5000, (at) => `<b id=${at}>`)}${many(5000, "<p>س")}`, holds: ["س"] },
  { name: "More elements than any article", html: many(25_000, "<p>س</p>"), refused: "large" },
  { name: "More letters than any article", html: `<p>${"س".repeat(2_100_000)}</p>`, refused: "large" },
  { name: "One line of a million signs", html: `<p>${" ".repeat(900_000)}س${"\u200f".repeat(900_000)}</p>`, wants: [p("س")], removes: { controls: 900_000 } },
  { name: "A million spaces kept", html: `<pre>س${" ".repeat(1_000_000)}ص</pre>`, holds: ["س", "ص"] },
  { name: "Tables in tables in tables", html: many(3000, "<table><tr><td>") + "قاع", holds: ["قاع"] },
  { name: "A cell as wide as the world", html: `<table><tr><td colspan=999999999>أ</td><td>ب</td></tr></table>`, holds: ["أ", "ب"] },
  { name: "A table of thousands of cells", html: `<table>${many(90, `<tr>${many(100, "<td>1")}`)}</table>`, holds: ["1"] },
  { name: "Names that objects have", html: `<p __proto__=x constructor=y><constructor>نص</constructor><__proto__>آخر</p>`, holds: ["نص"] },
  { name: "Only empty paragraphs", html: "<p></p><p>&nbsp;</p><p>\u200f</p>", refused: "empty" },
  { name: "Nothing", html: "", refused: "empty" },
  { name: "Zero bytes and other controls", html: "<p>أ\u0000ب\u0007ج</p>", holds: ["أ", "ب", "ج"] },
  { name: "Letters stacked without end", html: `<p>م${"\u064b".repeat(50_000)}</p>`, holds: ["م"] },
];
