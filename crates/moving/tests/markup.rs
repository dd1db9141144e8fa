//! Bodies of any kind become blocks that may be kept.
#![allow(clippy::expect_used, clippy::print_stderr, missing_docs)] // a test that cannot go on says why

use moving::markup::{Around, Dialect, comment_text, read, title_text};
use newsroom::body::{Block, Body, MOST_BLOCKS, Span};
use proptest::prelude::*;
use std::path::PathBuf;

/// Every run of words in a block.
fn spans(block: &Block) -> Vec<&Span> {
    match block {
        Block::Paragraph { text }
        | Block::Heading { text, .. }
        | Block::Note { text }
        | Block::Correction { text }
        | Block::Quote { text, .. } => text.iter().collect(),
        Block::List { entries, .. } => entries.iter().flatten().collect(),
        Block::Table { rows, .. } => rows.iter().flatten().flatten().collect(),
        Block::Picture(_) | Block::LinkCard { .. } | Block::Gallery { .. } | Block::Separator => Vec::new(),
    }
}

/// Blocks that may be kept as they are, without a sign that no text holds; a new line is a line break.
fn check(html: &str, dialect: Dialect) {
    let made = read(html, dialect, &Around { site: "https://old.example", blog: "", attachment: &|_| None });
    assert!(made.blocks.len() <= MOST_BLOCKS);
    for block in &made.blocks {
        for span in spans(block) {
            assert!(!span.text.chars().any(|c| c.is_control() && c != '\n'), "{block:?}");
        }
    }
    let body = Body(made.blocks);
    for picture in body.pictures() {
        assert!(picture.file.starts_with("http"), "{picture:?}");
        assert!(!picture.alt.chars().any(char::is_control));
        assert!(made.pictures.contains(&picture.file));
    }
    let (_, amended) = body.checked();
    assert_eq!(amended, [], "{html}");
}

proptest! {
    #[test]
    fn any_text_becomes_blocks_that_may_be_kept(text in "\\PC{0,200}", raw in any::<String>()) {
        for dialect in [Dialect::Classic, Dialect::Gutenberg, Dialect::Html] {
            check(&text, dialect);
            check(&raw, dialect);
        }
    }

    #[test]
    fn any_heap_of_marks_becomes_blocks_that_may_be_kept(parts in prop::collection::vec(0..PARTS.len(), 0..40)) {
        let text: String = parts.into_iter().map(|at| PARTS[at]).collect();
        for dialect in [Dialect::Classic, Dialect::Html] {
            check(&text, dialect);
        }
        comment_text(&text);
        prop_assert!(!title_text(&text).contains('\n'));
    }
}

const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<blockquote>",
    "<cite>",
    "</blockquote>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<img src='/a.jpg' alt='\u{1}b'>",
    "<a href='/x'>",
    "<a href='javascript:x'>",
    "</a>",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<iframe src='//youtube.com/embed/a'>",
    "</iframe>",
    "<!-- wp:image -->",
    "<!-- wp:embed {\"url\":\"https://a.example/\"} -->",
    "<!-- /wp:embed -->",
    "<!-- wp:gallery -->",
    "<!-- /wp:gallery -->",
    "<!--more-->",
    "<!--nextpage-->",
    "[caption]",
    "[/caption]",
    "[gallery ids='1']",
    "[vc_row]",
    "[/vc_row]",
    "[embed]",
    "[/embed]",
    "https://a.example/b",
    "\n",
    "\n\n",
    " ",
    "كلمة",
    "\u{7}",
    "&nbsp;",
    "&#1;",
    "&amp;",
    "\"",
    "'",
    "<",
    ">",
    "[",
    "]",
    "<br>",
    "<h2>",
    "</h2>",
    "<pre>",
    "</pre>",
    "<dl><dt>",
    "<dd>",
    "<video src='/v.mp4'>",
    "</video>",
    "http://\\x",
    "<audio>",
    "<x-embed>",
];

/// The bodies of a WordPress export, roughly.
fn bodies(file: &str) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/import-cases/wxr").join(file);
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/import-cases/wxr").join(file);
    let Ok(text) = std::fs::read_to_string(path).or_else(|_| std::fs::read_to_string(shared)) else {
        eprintln!("SKIPPED: {file} is not there, and nothing of it was looked at");
        return Vec::new();
    };
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(&text, options).expect("the export");
    let is_body = |node: &roxmltree::Node<'_, '_>| {
        node.tag_name().name() == "encoded"
            && node.tag_name().namespace().is_some_and(|space| space.contains("content"))
    };
    document.descendants().filter(is_body).map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_block_of_wordpress_goes_through() {
    let all = bodies("theme-test-data/64-block-test-data.xml");
    for body in &all {
        check(body, Dialect::Classic);
    }
    if all.is_empty() {
        return;
    }
    let text = |body: &String| {
        let made = read(body, Dialect::Classic, &Around::unknown());
        Body(made.blocks).plain_text()
    };
    let words: String = all.iter().map(text).collect();
    assert!(words.len() > 30_000, "{}", words.len());
    assert!(!words.contains("wp:") && !words.contains("<!--"), "block comments are printed");
}

#[test]
fn every_classic_body_goes_through() {
    for file in ["theme-test-data/themeunittestdata.wordpress.xml", "wordpress-importer/theme-unit-test-data.xml"] {
        for body in bodies(file) {
            check(&body, Dialect::Classic);
            let made = read(&body, Dialect::Classic, &Around::unknown());
            let words = Body(made.blocks).plain_text();
            for code in ["[caption", "[gallery", "[/caption]", "[playlist"] {
                assert!(!words.contains(code), "{code} in {words}");
            }
        }
    }
}

#[test]
fn the_file_of_every_sign_keeps_its_arabic_words() {
    for body in bodies("wordpress-importer/wxr-utf-8-challenges.xml") {
        check(&body, Dialect::Classic);
    }
}
