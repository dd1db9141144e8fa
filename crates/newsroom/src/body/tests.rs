//! The text form: what is typed, what becomes of it, and that writing it out loses nothing.

use super::{
    Amended, Block, Body, Picture, Problem, ProblemKind, Span, plain, read_text_form, spans, spans_as_text,
    write_text_form,
};

fn read(text: &str) -> Vec<Block> {
    let (body, problems) = read_text_form(text);
    assert_eq!(problems, [], "{text}");
    body.0
}

fn words(text: &str) -> Vec<Span> {
    vec![Span::plain(text)]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: words(text) }
}

fn strong(text: &str) -> Span {
    Span { strong: true, ..Span::plain(text) }
}

fn emphasis(text: &str) -> Span {
    Span { emphasis: true, ..Span::plain(text) }
}

fn link(text: &str, to: &str) -> Span {
    Span { link: Some(to.to_owned()), ..Span::plain(text) }
}

fn pictured(file: &str, alt: &str, caption: Option<&str>) -> Picture {
    Picture {
        file: file.into(),
        alt: alt.into(),
        caption: caption.map(str::to_owned),
        credit: None,
        size: (0, 0),
        ..Default::default()
    }
}

/// The body is the same after it was written out and read again.
fn comes_back(blocks: Vec<Block>) {
    let body = Body(blocks);
    let written = write_text_form(&body);
    assert_eq!(read_text_form(&written), (body, Vec::new()), "written as:\n{written}");
}

const EVERY_KIND: &str = "\
وصلت **العربة الأولى** صباحًا، و*انتظرها* كثيرون: [البرنامج](https://example.org/tram).
سطر ثان من الفقرة نفسها.

## المسار

### المحطات الأولى

- الميناء
- **الجامعة**

1. صباحًا
٢. مساءً

> انتظرنا
> طويلًا
> — سائق العربة

> كلام بلا صاحب

![عربة عند الميناء](tram.png){أول رحلة | تصوير: هدى}

![](IMG (1).jpg)

[[https://example.org/tram | صفحة المشروع | الخرائط | والمواعيد]]

[[/about | من نحن]]

!! تعتذر الصحيفة عن *تأخر* الخبر.

!~ الطول تسعة *كيلومترات*.

![أ](a.png){أولى | }
![ب](b.png)

| الخط | الركاب |
| --- | --- |
| **الأول** | 12 \\| 13 |
| الثاني |

---";

#[test]
fn every_kind_of_block_is_read() {
    let first = vec![
        Span::plain("وصلت "),
        strong("العربة الأولى"),
        Span::plain(" صباحًا، و"),
        emphasis("انتظرها"),
        Span::plain(" كثيرون: "),
        link("البرنامج", "https://example.org/tram"),
        Span::plain(". سطر ثان من الفقرة نفسها."),
    ];
    let supplied = |file: &str, alt: &str, below: Option<(&str, &str)>| {
        let (caption, credit) = (below.map(|b| b.0.to_owned()), below.map(|b| b.1.to_owned()));
        Block::Picture(Picture {
            file: file.into(),
            alt: alt.into(),
            caption,
            credit,
            size: (0, 0),
            ..Default::default()
        })
    };
    let card = |address: &str, title: &str, description: Option<&str>| Block::LinkCard {
        address: address.into(),
        title: title.into(),
        description: description.map(str::to_owned),
    };
    let expected = [
        Block::Paragraph { text: first },
        Block::Heading { level: 2, text: words("المسار") },
        Block::Heading { level: 3, text: words("المحطات الأولى") },
        Block::List { ordered: false, entries: vec![words("الميناء"), vec![strong("الجامعة")]] },
        Block::List { ordered: true, entries: vec![words("صباحًا"), words("مساءً")] },
        Block::Quote { text: words("انتظرنا طويلًا"), source: Some("سائق العربة".into()) },
        Block::Quote { text: words("كلام بلا صاحب"), source: None },
        supplied("tram.png", "عربة عند الميناء", Some(("أول رحلة", "تصوير: هدى"))),
        supplied("IMG (1).jpg", "", None),
        card("https://example.org/tram", "صفحة المشروع", Some("الخرائط | والمواعيد")),
        card("/about", "من نحن", None),
        Block::Note {
            text: vec![Span::plain("تعتذر الصحيفة عن "), emphasis("تأخر"), Span::plain(" الخبر.")]
        },
        Block::Correction {
            text: vec![Span::plain("الطول تسعة "), emphasis("كيلومترات"), Span::plain(".")]
        },
        Block::Gallery { pictures: vec![pictured("a.png", "أ", Some("أولى")), pictured("b.png", "ب", None)] },
        Block::Table {
            header: true,
            rows: vec![
                vec![words("الخط"), words("الركاب")],
                vec![vec![strong("الأول")], words("12 | 13")],
                vec![words("الثاني"), vec![]],
            ],
        },
        Block::Separator,
    ];
    assert_eq!(read(EVERY_KIND), expected);
}

#[test]
fn every_kind_of_block_comes_back_from_its_text_form() {
    comes_back(read(EVERY_KIND));
    for block in read(EVERY_KIND) {
        comes_back(vec![block]);
    }
}

#[test]
fn every_kind_of_block_comes_back_from_what_is_stored() {
    let (body, _) = read_text_form(EVERY_KIND);
    let stored = serde_json::to_string(&body).unwrap();
    assert_eq!(serde_json::from_str::<Body>(&stored).unwrap(), body);
}

#[test]
fn blocks_that_need_a_line_part_a_paragraph_without_empty_lines() {
    let read = read("قبل\n## عنوان\nبعد\n---\nأخيرًا");
    let heading = Block::Heading { level: 2, text: words("عنوان") };
    assert_eq!(read, [paragraph("قبل"), heading, paragraph("بعد"), Block::Separator, paragraph("أخيرًا")]);
}

#[test]
fn empty_lines_of_any_kind_part_blocks_and_leave_none() {
    assert_eq!(read("\n\n أ \n\u{A0}\n\t\nب\r\n\r\nج\n"), [paragraph("أ"), paragraph("ب"), paragraph("ج")]);
    assert_eq!(read(" \n\u{A0}\n"), []);
}

#[test]
fn marks_that_do_not_pair_stay_as_typed() {
    for text in [
        "5 * 3 = 15",
        "**قوي",
        "[كلمات",
        "[كلمات](https://example.org",
        "[…] ثم قال",
        "****",
        "**",
        "[](https://example.org)",
    ] {
        assert_eq!(spans(text), words(text), "{text}");
    }
}

#[test]
fn addresses_to_which_a_page_may_not_link_stay_as_typed() {
    for address in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "/\\example.org",
        "ftp://example.org",
        "mailto:a@example.org",
        "https://exa mple.org",
        "https://example.org/\"onclick=",
        "https://example.org/<b>",
        "example.org",
        "",
        "\u{1}https://example.org",
    ] {
        let typed = format!("انظر [هنا]({address}) الآن");
        let read = spans(&typed);
        assert!(read.iter().all(|span| span.link.is_none()), "{typed}");
        assert_eq!(plain(&read), typed);
    }
    for address in ["https://example.org/a?b=c#d", "http://example.org", "/stories/77", "https://example.org/أخبار"]
    {
        assert_eq!(spans(&format!("[هنا]({address})")), [link("هنا", address)]);
    }
}

#[test]
fn what_was_not_understood_is_named_by_line_and_kept_as_a_paragraph() {
    let text = "فقرة\n\n![بلا نهاية](tram.png\n\n![نص](tram.png){بلا نهاية\n\n[[javascript:alert(1) | عنوان]]\n\nقبل\n[[https://example.org]]\n\n[[https://example.org | ]]";
    let (body, problems) = read_text_form(text);
    let problem = |line, kind| Problem { line, kind };
    let expected = [
        problem(3, ProblemKind::Picture),
        problem(5, ProblemKind::Picture),
        problem(7, ProblemKind::LinkCard),
        problem(10, ProblemKind::LinkCard),
        problem(12, ProblemKind::LinkCard),
    ];
    assert_eq!(problems, expected);
    let kept = [
        "فقرة",
        "![بلا نهاية](tram.png",
        "![نص](tram.png){بلا نهاية",
        "[[javascript:alert(1) | عنوان]]",
        "قبل [[https://example.org]]",
        "[[https://example.org | ]]",
    ];
    assert_eq!(body.0, kept.map(paragraph));
}

/// What an import brings may look like the marks of the text form and is none.
#[test]
fn words_that_look_like_marks_come_back_as_words() {
    for text in [
        "- قال الأول",
        "> كلام",
        "## وسم",
        "### وسم",
        "!! تنبيه",
        "---",
        "1. كانون",
        "٢٠٢٥. كان عامًا",
        "![صورة",
        "![صورة](a.png)",
        "[[قوس",
        "[[https://example.org | عنوان]]",
        "نجمة *كبيرة* هنا",
        "**قوي**",
        "[كلمات](https://example.org)",
        "5 * 3 = 15",
        "\\",
        "\\*",
        "مجلد\\ملف",
        "- *نجمة*",
        "— قال",
        "[…] ثم قال",
        "\\- قال",
        "| خانة | خانة |",
        "!~ تصويب",
        "---|---",
    ] {
        comes_back(vec![paragraph(text)]);
        comes_back(vec![Block::Quote { text: words(text), source: None }]);
        comes_back(vec![Block::List { ordered: false, entries: vec![words(text), words("آخر")] }]);
        comes_back(vec![Block::Heading { level: 2, text: words(text) }]);
        comes_back(vec![Block::Correction { text: words(text) }]);
        for header in [false, true] {
            comes_back(vec![Block::Table { header, rows: vec![vec![words(text), vec![]], vec![vec![], words(text)]] }]);
        }
    }
}

#[test]
fn ordinary_words_are_written_without_backslashes() {
    for text in ["السعر 5 * 3", "[…] ثم قال", "قال: «نعم» (ضاحكًا) - ومضى.", "مجلد\\ملف"]
    {
        assert_eq!(spans_as_text(&words(text)), text);
    }
}

#[test]
fn marked_words_that_hold_marks_come_back() {
    let rows = [
        vec![strong("أ*ب"), Span::plain(" ثم")],
        vec![strong("أ*")],
        vec![Span::plain("نجمة *"), strong("قوي")],
        vec![emphasis("أ"), emphasis("ب")],
        vec![emphasis("أ**ب")],
        vec![link("أ](ب", "https://example.org")],
        vec![Span::plain("[قوس "), link("هنا", "https://example.org")],
        vec![link("هنا", "https://example.org/a_%28b%29")],
    ];
    for row in rows {
        assert_eq!(spans(&spans_as_text(&row)), row, "{}", spans_as_text(&row));
    }
}

#[test]
fn brackets_of_an_address_are_written_so_that_they_do_not_end_it() {
    let written = spans_as_text(&[link("هنا", "https://example.org/a_(b)")]);
    assert_eq!(spans(&written), [link("هنا", "https://example.org/a_%28b%29")]);
}

#[test]
fn the_plain_text_has_the_words_of_every_block_on_lines_of_their_own() {
    let (body, _) = read_text_form(
        "أ **ب**\n\n- ج\n- د\n\n> هـ\n> — و\n\n![ز](a.png){ح | ط}\n\n---\n\n[[/x | ي]]\n\n!! ك\n\n!~ ل\n\n| م | ن |\n| س |",
    );
    assert_eq!(body.plain_text(), "أ ب\nج\nد\nهـ\nح\nي\nك\nل\nم | ن\nس |");
    assert_eq!(body.pictures().map(|picture| picture.file.as_str()).collect::<Vec<_>>(), ["a.png"]);
}

#[test]
fn a_body_from_outside_keeps_its_words_and_loses_what_a_page_may_not_show() {
    let spans = vec![Span::plain("انظر "), Span::plain("هنا"), link(" الآن", "javascript:alert(1)"), strong("")];
    let blocks = vec![
        paragraph(" \u{200B}"),
        Block::Paragraph { text: spans },
        Block::Heading { level: 1, text: words("عنوان") },
        Block::Gallery { pictures: vec![pictured("a.png", "", Some(" "))] },
        Block::Gallery { pictures: vec![pictured("", "", None)] },
        Block::LinkCard { address: "data:x".into(), title: "عنوان".into(), description: None },
        Block::Table { header: false, rows: vec![vec![words("أ")], vec![vec![], words("ب")]] },
        Block::Table { header: false, rows: vec![vec![vec![]]] },
        Block::List { ordered: false, entries: vec![words(""), words("ج")] },
    ];
    let expected = vec![
        paragraph("انظر هنا الآن"),
        Block::Heading { level: 2, text: words("عنوان") },
        Block::Picture(pictured("a.png", "", None)),
        paragraph("عنوان data:x"),
        Block::Table { header: false, rows: vec![vec![words("أ"), vec![]], vec![vec![], words("ب")]] },
        Block::List { ordered: false, entries: vec![words("ج")] },
    ];
    let (body, amended) = Body(blocks).checked();
    assert_eq!((body.0, amended), (expected, vec![Amended::Link, Amended::LinkCard]));
}

#[test]
fn a_body_has_an_end() {
    let (body, amended) = Body(vec![Block::Separator; super::MOST_BLOCKS + 1]).checked();
    assert_eq!((body.0.len(), amended), (super::MOST_BLOCKS, vec![Amended::TooLong]));
}
