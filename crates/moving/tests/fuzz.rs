//! Damaged files of old papers and of agencies. Nothing fails, nothing grows, and what cannot be read on is the last that is said.
#![allow(clippy::expect_used, missing_docs)] // a test that cannot go on says why

#[path = "../../../fuzz/mutation.rs"]
mod mutation;

use moving::markup::{Around, Dialect, comment_text, title_text};
use moving::old::{Broken, Item, Kept, OldFile, Placed};
use moving::others::{Others, System};
use moving::page::{Part, SavedPage, decode};
use moving::wxr::Wxr;
use moving::{markup, page, wire};
use mutation::{Target, fuzz};
use newsroom::body::{Body, MOST_BLOCKS};
use std::collections::BTreeSet;
use std::ops::Range;

#[test]
fn every_line_of_a_saved_page_is_in_one_place() {
    fuzz(&Target { name: "page", texts: 300, longest: 64 * 1024 }, |bytes| {
        let text = decode(bytes).text;
        let page = page::read(&text);
        let dropped: BTreeSet<usize> = page.dropped.iter().map(|dropped| dropped.line).collect();
        assert_eq!(dropped.len(), page.dropped.len(), "a line was dropped twice");
        assert!(page.dropped.is_sorted_by_key(|dropped| dropped.line));
        let lines = lines_of(&text);
        let mut places = vec![0_usize; lines.len() + 1];
        let placed = stretches(&page).into_iter().flatten().filter(|line| !dropped.contains(line));
        for line in placed.chain(dropped.iter().copied()) {
            *places.get_mut(line).expect("a line of the file") += 1;
        }
        for (line, at) in lines.iter().zip(1..) {
            let is_blank = line.chars().all(|c| matches!(c, ' ' | '\t' | '\u{B}' | '\u{C}'));
            assert!(is_blank || places[at] == 1, "line {at} is in {} places: {line:?}", places[at]);
        }
        for (comment, position) in page.comments.iter().zip(1..) {
            assert!(comment.position == position && !comment.text.trim().is_empty(), "{comment:?}");
        }
    });
}

/// The lines of the file as an outsider counts them.
fn lines_of(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect()
}

/// The lines of everything that became something.
fn stretches(page: &SavedPage) -> Vec<Range<usize>> {
    let body = page.body.iter().map(|part| match part {
        Part::Paragraph(stretch) | Part::Picture(stretch) => stretch.lines.clone(),
    });
    let byline = page.byline.iter().map(|byline| byline.line..byline.line + 1);
    let comments = page.comments.iter().map(|comment| comment.lines.clone());
    let lead = page.lead.iter().map(|lead| lead.lines.clone());
    [page.headline.lines.clone()].into_iter().chain(lead).chain(body).chain(byline).chain(comments).collect()
}

#[test]
fn an_export_of_wordpress_is_read_to_its_end_or_to_its_first_error() {
    fuzz(&Target { name: "wxr", texts: 300, longest: 64 * 1024 }, |bytes| {
        let kept = Wxr::new(vec![OldFile::of_bytes("export.xml", bytes)], Vec::new());
        comes_to_an_end(&kept, bytes.len());
    });
}

#[test]
fn files_of_other_systems_are_read_to_their_end_or_to_their_first_error() {
    fuzz(&Target { name: "others", texts: 300, longest: 64 * 1024 }, |bytes| {
        for system in System::ALL {
            let kept = Others::new(system, vec![OldFile::of_bytes("old", bytes)], "https://old.example/");
            comes_to_an_end(&kept, bytes.len());
        }
    });
}

/// Items and then perhaps one error, never more items than bytes, the same when it is read again; bodies become blocks.
fn comes_to_an_end(kept: &dyn Kept, bytes: usize) {
    let read = || kept.items().collect::<Vec<Result<Placed, Broken>>>();
    let items = read();
    assert_eq!(items, read(), "read twice, the same");
    assert!(items.len() <= bytes + 16, "{} items of {bytes} bytes", items.len());
    let broken = items.iter().position(Result::is_err);
    assert!(broken.is_none_or(|at| at + 1 == items.len()), "something follows an error");
    for placed in items.iter().flatten() {
        if let Item::Story(story) = &placed.item {
            let read = markup::read(&story.body.text, story.body.dialect, &Around::unknown());
            assert!(read.blocks.len() <= MOST_BLOCKS);
        }
    }
}

#[test]
fn an_old_body_becomes_blocks_that_may_be_kept() {
    let around = Around { site: "https://old.example", blog: "", attachment: &|_| None };
    fuzz(&Target { name: "markup", texts: 300, longest: 64 * 1024 }, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        for dialect in [Dialect::Classic, Dialect::Gutenberg, Dialect::Html] {
            let read = markup::read(&text, dialect, &around);
            assert!(read.blocks.len() <= MOST_BLOCKS);
            let (_, amended) = Body(read.blocks).checked();
            assert_eq!(amended, []);
        }
        comment_text(&text);
        assert!(!title_text(&text).contains('\n'));
    });
}

#[test]
fn what_a_wire_or_a_feed_sends_is_items_or_a_reason() {
    fuzz(&Target { name: "feed", texts: 300, longest: 64 * 1024 }, |bytes| {
        let read = wire::read(bytes);
        assert_eq!(read, wire::read(bytes), "read twice, the same");
        if let Ok(sheet) = read {
            assert!(sheet.items.len() <= bytes.len(), "{} items", sheet.items.len());
            assert!(sheet.items.iter().all(|item| item.urgency.is_none_or(|urgency| (1..=9).contains(&urgency))));
        }
    });
}
