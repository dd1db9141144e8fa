//! Pages, as somebody writes them.

use super::{PageFile, PageProblem, PageText};

#[test]
fn a_file_may_say_its_title_and_comes_back_as_it_was_written() {
    let file = "title: من نحن\n\nجريدة الحي.\n\n- خبر\n- رأي";
    let read = PageFile::read(file);
    assert_eq!((read.title, read.above), (Some("من نحن"), 1));
    let page = PageText::new(read.title.unwrap_or_default(), read.text).expect("a page");
    assert_eq!(PageFile::write(&page.title, &page.body), file);
    let bare = PageFile::read("جريدة الحي.\ntitle: ليس عنوانا");
    assert_eq!((bare.title, bare.above), (None, 0));
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let problems = PageText::new("  ", "![صورة](\n\nفقرة\n\n[[x]]").expect_err("nothing fits");
    assert_eq!(problems, [PageProblem::TitleMissing, PageProblem::Picture(1), PageProblem::LinkCard(5)]);
    let problems = PageText::new(&"ط".repeat(101), " \n ").expect_err("nothing fits");
    assert_eq!(problems, [PageProblem::TitleTooLong, PageProblem::BodyMissing]);
}
