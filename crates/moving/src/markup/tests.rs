use super::*;
use newsroom::body::{Picture, plain};

const SITE: Around<'static> = Around {
    site: "https://old.example",
    blog: "https://old.example/",
    attachment: &|id| {
        (id == 7).then(|| Attachment {
            address: "https://old.example/wp-content/uploads/2020/01/tram.jpg".to_owned(),
            alt: "قطار".to_owned(),
            caption: Some("القطار الجديد".to_owned()),
            credit: Some("هدى".to_owned()),
        })
    },
};

fn classic(html: &str) -> Read {
    read(html, Dialect::Classic, &SITE)
}

/// Blocks as lines: their kind and their words.
fn said(read: &Read) -> Vec<String> {
    let picture = |picture: &Picture| {
        format!("[{} «{}» {}]", picture.file, picture.alt, picture.caption.as_deref().unwrap_or("-"))
    };
    let block = |block: &Block| match block {
        Block::Paragraph { text } => plain(text),
        Block::Heading { level, text } => format!("{} {}", "#".repeat(usize::from(*level)), plain(text)),
        Block::List { ordered, entries } => {
            let entries: Vec<String> = entries.iter().map(|entry| plain(entry)).collect();
            format!("{} {}", if *ordered { "1." } else { "-" }, entries.join(" / "))
        }
        Block::Quote { text, source } => format!("> {} — {}", plain(text), source.as_deref().unwrap_or("?")),
        Block::Picture(one) => picture(one),
        Block::LinkCard { address, title, .. } => format!("@ {address} {title}"),
        Block::Gallery { pictures } => format!("G {}", pictures.iter().map(picture).collect::<String>()),
        Block::Table { header, rows } => {
            let row = |row: &Vec<Vec<Span>>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join("|");
            format!("T{} {}", u8::from(*header), rows.iter().map(row).collect::<Vec<_>>().join("//"))
        }
        Block::Note { text } | Block::Correction { text } => format!("! {}", plain(text)),
        Block::Separator => "---".to_owned(),
    };
    read.blocks.iter().map(block).collect()
}

fn noted(read: &Read) -> Vec<What> {
    read.notes.iter().map(|noted| noted.what).collect()
}

#[test]
fn lines_of_a_classic_body_are_paragraphs_and_line_breaks() {
    let read = classic("أول سطر\nسطر ثان\n\nفقرة &amp; <b>غليظة</b>\n\n\n&nbsp;\n\n<p>وأخرى<br />\nبعدها</p>");
    assert_eq!(said(&read), ["أول سطر\nسطر ثان", "فقرة & غليظة", "وأخرى\nبعدها"]);
    assert_eq!(read.notes, []);
}

#[test]
fn lines_of_html_mean_nothing_and_two_breaks_are_a_paragraph() {
    let read = super::read("<div>one\ntwo<br><br>three</div>[gallery]", Dialect::Html, &SITE);
    assert_eq!(said(&read), ["one two", "three", "[gallery]"]);
}

#[test]
fn pictures_have_their_first_name_and_what_was_said_of_them() {
    let read = classic(
        "[caption id=\"a\" width=\"300\"]<a href=\"/x.jpg\"><img src=\"/wp-content/uploads/a-300x200.jpg\" alt=\"باب\"></a> سطر تحتها[/caption]\n\n\
         <img src=\"//old.example/b-scaled.png\" srcset=\"c.png 2x\"><img class=\"wp-image-7\" src=\"tram-1024x683.jpg\">\n\
         <img src='https://i0.wp.com/old.example/d-e1234567890.jpg?resize=3%2C2'><img src=\"data:image/png;base64,AA\">",
    );
    assert_eq!(
        said(&read),
        [
            "[https://old.example/wp-content/uploads/a.jpg «باب» سطر تحتها]",
            "[https://old.example/b.png «» -]",
            "[https://old.example/wp-content/uploads/2020/01/tram.jpg «قطار» القطار الجديد]",
            "[https://old.example/d.jpg «» -]",
        ]
    );
    assert_eq!(noted(&read), [What::Picture]);
    assert_eq!(read.pictures.len(), 4);
}

#[test]
fn links_of_the_old_site_become_paths_and_those_that_look_like_it_do_not() {
    let read = classic(
        "<a href='http://www.old.example/2019/05/tram/?x=1#y'>a</a> <a href='//OLD.example:443//evil'>b</a> \
         <a href='https://ol%64.example/c'>c</a> <a href='https://old.example.evil.example/'>d</a> \
         <a href='https://notold.example/'>e</a> <a href='&#x6A;avascript:alert(1)'>f</a> <a href='page/'>g</a> \
         <a href='https://https://old.example/h'>h</a> <a href='mailto:a@b.example'>i</a>",
    );
    let Block::Paragraph { text } = &read.blocks[0] else { panic!("{read:?}") };
    let leads: Vec<(&str, Option<&str>)> = text
        .iter()
        .filter(|span| span.text.trim() != "")
        .map(|span| (span.text.trim(), span.link.as_deref()))
        .collect();
    assert_eq!(
        leads,
        [
            ("a", Some("/2019/05/tram/?x=1#y")),
            ("b", Some("/evil")),
            ("c", Some("/c")),
            ("d", Some("https://old.example.evil.example/")),
            ("e", Some("https://notold.example/")),
            ("f", None),
            ("g", Some("/page/")),
            ("h", Some("/h")),
            ("i", None),
        ]
    );
    assert_eq!(noted(&read), [What::Address, What::Address]);
    assert_eq!(read.links.len(), 5);
}

#[test]
fn what_runs_or_loads_is_removed_and_said() {
    let read = classic(
        "<p onclick=\"x()\">كلام</p><script>alert('<p>لا</p>')</script><style>p{}</style>\
         <iframe src=\"https://www.youtube.com/embed/abc?x=1\" title=\"فيلم\"></iframe><iframe src=\"https://evil.example/\"></iframe>\
         <video src=\"/v.mp4\"></video><form><input value=\"لا\"><button>لا</button></form><object data=\"x.swf\"></object>",
    );
    assert_eq!(
        said(&read),
        ["كلام", "@ https://www.youtube.com/watch?v=abc فيلم", "@ /v.mp4 https://old.example/v.mp4"]
    );
    let expected =
        [What::Handler, What::Script, What::Style, What::FrameCard, What::Frame, What::Media, What::Form, What::Frame];
    assert_eq!(noted(&read), expected);
}

#[test]
fn marks_of_page_builders_are_never_printed() {
    let read = classic(
        "[vc_row css=\".a{}\"][vc_column width=\"1/2\"][vc_column_text]كلام[/vc_column_text][/vc_column][/vc_row]\
         [vc_raw_html]PGI+[/vc_raw_html][td_block_1 limit=\"5\"][et_pb_section]آخر[/et_pb_section] [sic] [1] [[gallery]]\
         [unknown_thing a=\"b\"]باق[/unknown_thing][gallery ids=\"7,8\"][elementor-template id=\"3\"]",
    );
    let text = said(&read).join("\n");
    for mark in ["vc_", "td_", "et_pb", "unknown", "PGI", "elementor", "ids="] {
        assert!(!text.contains(mark), "{text}");
    }
    for word in ["كلام", "آخر", "[sic]", "[1]", "[gallery]", "باق", "tram.jpg"] {
        assert!(text.contains(word), "{text}");
    }
    for what in [What::Builder, What::BuilderCode, What::Shortcode, What::LostFile] {
        assert!(noted(&read).contains(&what), "{:?}", read.notes);
    }
}

#[test]
fn blocks_of_wordpress_become_blocks() {
    let read = classic(
        "<!-- wp:paragraph {\"dropCap\":true} --><p>أول</p><!-- /wp:paragraph -->\n\n<!-- wp:more --><!--more--><!-- /wp:more -->\
         <!-- wp:columns --><div><!-- wp:column --><div><!-- wp:heading {\"level\":4} --><h4>عنوان</h4><!-- /wp:heading --></div>\
         <!-- /wp:column --></div><!-- /wp:columns --><!-- wp:list --><ul><!-- wp:list-item --><li>أ<ul><li>ب</li></ul></li>\
         <!-- /wp:list-item --><li>ج</li></ul><!-- /wp:list --><!-- wp:quote --><blockquote><p>قول</p><cite>سلمى</cite></blockquote>\
         <!-- /wp:quote --><!-- wp:separator --><hr/><!-- /wp:separator --><!-- wp:table --><figure><table><thead><tr><th>س</th><th>ص</th></tr>\
         </thead><tbody><tr><td>١</td></tr></tbody></table><figcaption>جدول</figcaption></figure><!-- /wp:table -->\
         <!-- wp:embed {\"url\":\"https://video.example/1\"} --><figure><div>\nhttps://video.example/1\n</div><figcaption>فيلم</figcaption></figure><!-- /wp:embed -->\
         <!-- wp:gallery --><figure class=\"wp-block-gallery\"><!-- wp:image {\"id\":7} --><figure><img src=\"/a.jpg\"></figure><!-- /wp:image -->\
         <!-- wp:image --><figure><img src=\"/b.jpg\" alt=\"ب\"><figcaption>ثانية</figcaption></figure><!-- /wp:image --></figure><!-- /wp:gallery -->\
         <!-- wp:latest-posts {\"postsToShow\":3} /--><!-- wp:block {\"ref\":12} /--><!-- wp:acme/box --><div>باق</div><!-- /wp:acme/box -->\
         <!-- wp:button --><div><a href=\"/x\">زر</a></div><!-- /wp:button --><!-- wp:image {\"id\":7} /--> عار\n\nبقية",
    );
    assert_eq!(
        said(&read),
        [
            "أول",
            "### عنوان",
            "- أ / ب / ج",
            "> قول — سلمى",
            "---",
            "T1 س|ص//١|",
            "جدول",
            "@ https://video.example/1 فيلم",
            "G [https://old.example/a.jpg «قطار» -][https://old.example/b.jpg «ب» ثانية]",
            "باق",
            "@ /x زر",
            "[https://old.example/wp-content/uploads/2020/01/tram.jpg «قطار» القطار الجديد]",
            "عار",
            "بقية",
        ]
    );
    assert_eq!(read.standfirst_before_more.as_deref(), Some("أول"));
    assert_eq!(noted(&read), [What::Nested, What::Filled, What::Reused, What::Block]);
}

#[test]
fn an_address_alone_on_its_line_is_a_card() {
    let read = classic("قبل\nhttps://video.example/watch?v=1\nبعد https://a.example/ في سطر");
    assert_eq!(
        said(&read),
        ["قبل", "@ https://video.example/watch?v=1 https://video.example/watch?v=1", "بعد https://a.example/ في سطر"]
    );
}

#[test]
fn words_are_never_changed() {
    let text = "إِنَّ الكِتَابَ\u{A0}ـــ آدم ﻻ ١٢٣ «نصّ» \u{200F}";
    let read = classic(text);
    assert_eq!(said(&read), [text.trim_end()]);
}

#[test]
fn a_quotation_mark_that_nobody_closes_hides_nothing() {
    let read = classic("<a href=\"x>رابط</a>\n\nبقية القصة <b>هنا</b> <!-- لا نهاية");
    assert!(said(&read).join("\n").contains("بقية القصة هنا"), "{:?}", said(&read));
    assert!(noted(&read).contains(&What::Tag));
}

#[test]
fn more_blocks_than_a_story_may_have_are_joined() {
    let read = classic(&"سطر\n\n".repeat(MOST_BLOCKS + 10));
    assert_eq!(read.blocks.len(), MOST_BLOCKS - 1);
    assert_eq!(noted(&read), [What::Joined]);
    assert_eq!(Body(read.blocks).plain_text().matches("سطر").count(), MOST_BLOCKS + 10);
}

#[test]
fn comments_and_headlines_are_words() {
    let text = "<p>أول &amp; <a href=\"https://a.example/x\">هنا</a></p>\n<p>ثان<br />\nسطر <script>لا</script></p>";
    assert_eq!(comment_text(text), "أول & هنا (https://a.example/x)\n\nثان\nسطر");
    assert_eq!(comment_text("سطر\nسطر\n\nفقرة"), "سطر\nسطر\n\nفقرة");
    assert_eq!(title_text("  «أ» &#8211; <em>ب</em>\n&lt;c&gt; 3 < 4 "), "«أ» – ب <c> 3 < 4");
}

#[test]
fn hostile_texts_come_to_an_end() {
    for text in [
        "<div>",
        "<a href=\"",
        "[a ",
        "[vc_row ",
        "<!--",
        "<b><i>",
        "<!-- wp:a --><p>",
        "<td>",
        "[[",
        "<table>",
        "<script",
        "&",
        "<li><ul>",
    ] {
        let hostile = text.repeat(20_000 / text.len());
        for dialect in [Dialect::Classic, Dialect::Gutenberg, Dialect::Html] {
            read(&hostile, dialect, &SITE);
        }
        comment_text(&hostile);
    }
    let many = format!("<p {}>x", (0..50_000).map(|n| format!("a{n} ")).collect::<String>());
    assert!(noted(&classic(&many)).contains(&What::Tag));
}

#[test]
fn notes_have_keys_of_their_own() {
    let keys: std::collections::BTreeSet<_> = What::ALL.iter().map(|what| what.key()).collect();
    assert_eq!(keys.len(), What::ALL.len());
}
