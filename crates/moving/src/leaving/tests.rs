//! Blocks as WordPress's editor has them, and XML that holds whatever the words are.

use super::body::html;
use super::item::{login, slug_of_wordpress};
use super::xml::{cdata, escaped};
use crate::markup::{Around, Dialect, read};
use newsroom::body::{Block, Body, Picture, Span};

fn paragraph(text: Vec<Span>) -> Block {
    Block::Paragraph { text }
}

fn written(blocks: Vec<Block>) -> String {
    html(&Body(blocks), "https://paper.example", &|picture| {
        (picture.size.0 > 0).then(|| (7, format!("https://paper.example/pictures/{}", picture.file)))
    })
}

#[test]
fn words_keep_their_form_and_links_become_whole() {
    let strong = Span { strong: true, ..Span::plain("مهم") };
    let link = Span { link: Some("/stories/خبر".into()), ..Span::plain("هنا & هناك") };
    let html = written(vec![paragraph(vec![strong, Span::plain(" 5 < 7 [gallery] "), link])]);
    assert_eq!(
        html,
        "<!-- wp:paragraph -->\n<p><strong>مهم</strong> 5 &lt; 7 &#91;gallery] \
         <a href=\"https://paper.example/stories/خبر\">هنا &amp; هناك</a></p>\n<!-- /wp:paragraph -->"
    );
}

#[test]
fn a_picture_that_is_not_there_leaves_no_trace() {
    let missing = Picture { file: "tram.jpg".into(), ..Picture::default() };
    assert_eq!(written(vec![Block::Picture(missing.clone()), Block::Gallery { pictures: vec![missing] }]), "");
}

/// What is written is read back by the importer as the same blocks.
#[test]
fn blocks_come_back_as_they_went() {
    let say = |text: &str| vec![Span::plain(text)];
    let picture =
        Picture {
            file: "tram.jpg".into(), alt: "عربة «صفراء»".into(), size: (900, 600), ..Picture::default()
        };
    let blocks = vec![
        paragraph(say("أول [الكلام] وآخره")),
        Block::Heading { level: 2, text: say("عنوان") },
        Block::Heading { level: 3, text: say("أصغر") },
        Block::List { ordered: true, entries: vec![say("واحد"), say("اثنان")] },
        Block::List { ordered: false, entries: vec![say("نقطة")] },
        Block::Quote { text: say("كلام"), source: Some("قائل".into()) },
        Block::Separator,
        Block::Table { header: true, rows: vec![vec![say("أ"), say("ب")], vec![say("1"), say("2")]] },
        Block::Picture(Picture { caption: Some("عند المحطة".into()), ..picture }),
    ];
    let html = written(blocks.clone());
    let around = Around { site: "https://paper.example", blog: "https://paper.example", attachment: &|_| None };
    let back = read(&html, Dialect::Gutenberg, &around).blocks;
    let words = |blocks: &[Block]| Body(blocks.to_vec()).lines_of_blocks();
    assert_eq!(words(&back), words(&blocks), "{html}");
    assert_eq!(back[..8], blocks[..8], "{html}");
    assert!(matches!(&back[8], Block::Picture(back) if back.alt == "عربة «صفراء»"), "{back:?}");
}

#[test]
fn whatever_the_words_are_the_file_is_xml() {
    let text = "أ]]>ب\u{0}\u{8}\u{fffe}ج & <د>";
    let whole = format!("<a><b>{}</b><c>{}</c></a>", cdata(text), escaped(text));
    let tree = roxmltree::Document::parse(&whole).expect("well-formed");
    let said: Vec<String> = tree
        .root_element()
        .children()
        .map(|child| child.children().filter_map(|inner| inner.text()).collect())
        .collect();
    assert_eq!(said, ["أ]]>بج & <د>", "أ]]>بج & <د>"]);
}

#[test]
fn slugs_and_logins_are_what_wordpress_keeps() {
    assert_eq!(slug_of_wordpress("خبر-1"), "%d8%ae%d8%a8%d8%b1-1");
    assert_eq!(login("nour-b"), "nour-b");
    let (one, other) = (login("سلمى"), login("إلياس"));
    assert!(one.starts_with("writer-") && one.is_ascii() && one != other);
}
