//! Every file that may come in as a printed issue has a clear end, and its first page is drawn or is not.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod pdfs;

use darkroom::{
    Answer, Job, MOST_PDF_BYTES, NotPrinted, PAGE_WIDTH, Printed, Refused, first_page, inspect, stand_in, work,
};

fn of_pages(pages: u32) -> Result<Printed, NotPrinted> {
    Ok(Printed { pages, acts: false })
}

#[test]
fn a_file_is_known_by_its_ends_and_its_structure() {
    let whole = pdfs::issue(3);
    let named = [b"MZ", whole.as_slice()].concat();
    let open_ended = &whole[..whole.len() - 40];
    let mut trailing = whole.clone();
    trailing.extend([b' '; 600]);
    for (name, bytes, found) in [
        ("three pages", whole.as_slice(), of_pages(3)),
        ("blanks behind it", &trailing, of_pages(3)),
        ("nothing", b"", Err(NotPrinted::Empty)),
        ("a page of the web", b"<!doctype html><script>alert(1)</script>%%EOF", Err(NotPrinted::Unknown)),
        ("a program that is a PDF as well", &named, Err(NotPrinted::Unknown)),
        ("the first half", &whole[..whole.len() / 2], Err(NotPrinted::CutOff)),
        ("all but its end", open_ended, Err(NotPrinted::CutOff)),
        ("a name and nothing behind it", b"%PDF-1.7\n%%EOF", Err(NotPrinted::Broken)),
        ("a password", &pdfs::locked(), Err(NotPrinted::Locked)),
    ] {
        assert_eq!(inspect(bytes), found, "{name}");
    }
    assert_eq!(inspect(&pdfs::issue(0)), Err(NotPrinted::NoPages));
    let mut much = whole;
    much.resize(MOST_PDF_BYTES + 1, b' ');
    assert_eq!(inspect(&much), Err(NotPrinted::Heavy));
}

#[test]
fn what_acts_is_seen_and_its_page_drawn_all_the_same() {
    for (name, bytes) in [
        ("a script", pdfs::scripted()),
        ("a call", pdfs::launching()),
        ("a script when a page is opened", pdfs::acting("/AA << /O << /S /JavaScript /JS (1) >> >>")),
        ("a script behind a link", pdfs::acting("/A << /S /URI /URI (x) /Next << /S /JavaScript /JS (1) >> >>")),
        ("a call in a note", pdfs::acting("/Annots [<< /Subtype /Link /A << /S /Launch /F (a) >> >>]")),
    ] {
        assert_eq!(inspect(&bytes), Ok(Printed { pages: 1, acts: true }), "{name}");
        assert_eq!(first_page(&bytes).expect(name).size.0, PAGE_WIDTH, "{name}");
    }
}

#[test]
fn a_link_is_nothing_that_acts() {
    let linked = pdfs::acting("/Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]");
    assert_eq!(inspect(&linked), of_pages(1));
}

#[test]
fn the_first_page_is_drawn_as_wide_as_it_is_shown() {
    let page = first_page(&pdfs::issue(2)).expect("a page");
    assert_eq!(page.size, (PAGE_WIDTH, 1_553), "of letter paper");
    let again = darkroom::develop(&page.bytes).expect("a picture");
    assert_eq!(again.size, page.size);
    let blank = first_page(&pdfs::of_objects(&pdfs::objects(1, (612, 792), ""), "")).expect("a page");
    assert_ne!(page.print, blank.print, "the bar is seen");
}

#[test]
fn a_page_of_any_size_is_drawn_within_bounds_or_not_at_all() {
    let drawn = |size| first_page(&pdfs::of_objects(&pdfs::objects(1, size, pdfs::BAR), "")).map(|page| page.size);
    assert_eq!(drawn((14_400, 14_400)), Ok((1_200, 1_200)));
    assert_eq!(drawn((100, 400)), Ok((600, 2_400)), "higher than wide");
    assert_eq!(drawn((10, 14_400)), Err(Refused::Large), "a thread");
    assert_eq!(drawn((4_000_000, 4)), Err(Refused::Large), "a thread that lies");
    let (width, height) = drawn((1, 1)).expect("a point");
    assert!(width <= PAGE_WIDTH && height <= 2_400);
}

#[test]
fn a_page_that_draws_itself_comes_to_an_end() {
    assert_eq!(inspect(&pdfs::endless()), of_pages(1));
    assert_eq!(first_page(&pdfs::endless()).expect("a page").size.0, PAGE_WIDTH);
}

#[test]
fn the_stand_in_is_a_picture_of_the_same_width() {
    let page = stand_in().expect("a picture");
    assert_eq!(page.size, (PAGE_WIDTH, 1_680));
    assert_eq!(darkroom::press(&page.bytes, 480).map(|small| small.is_empty()), Ok(false));
}

#[test]
fn a_worker_does_the_same() {
    let does = |job: Job, bytes: &[u8]| Answer::read(work(&[job.head().as_slice(), bytes].concat()));
    assert_eq!(does(Job::Inspect, &pdfs::issue(2)), Ok(Answer::Inspected(of_pages(2))));
    assert_eq!(does(Job::Inspect, b"GIF89a"), Ok(Answer::Inspected(Err(NotPrinted::Unknown))));
    let Ok(Answer::Developed(page)) = does(Job::FirstPage, &pdfs::issue(1)) else { panic!("no page") };
    assert_eq!(*page, first_page(&pdfs::issue(1)).expect("a page"));
    assert_eq!(does(Job::FirstPage, b"%PDF-"), Err(Refused::Broken));
}

#[test]
fn every_reason_has_a_key_of_its_own() {
    let keys: std::collections::BTreeSet<_> = NotPrinted::ALL.iter().map(|why| why.key()).collect();
    assert_eq!(keys.len(), NotPrinted::ALL.len());
}
