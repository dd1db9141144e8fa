//! Names and addresses of sections, as somebody types them.

use super::{NewSection, SectionProblem};
use crate::slug::Slug;

fn wrong(slug: Option<&str>, name: &str) -> Vec<SectionProblem> {
    NewSection::new(slug, name, None).expect_err("something is wrong")
}

#[test]
fn a_section_with_a_name_alone_gets_its_address_from_it() {
    let made = NewSection::new(None, "  أخبارُ   المدينة ", None).expect("a section");
    assert_eq!((made.slug.as_str(), made.name.as_str()), ("أخبار-المدينة", "أخبارُ المدينة"));
    let empty = NewSection::new(Some("  "), "Culture & Arts", Some(2)).expect("a section");
    assert_eq!((empty.slug.as_str(), empty.place), ("culture-arts", Some(2)));
}

#[test]
fn an_address_is_taken_as_typed_or_not_at_all() {
    for slug in ["city", "محليات", "house-rules", "قسم-2"] {
        assert_eq!(Slug::new(slug).map(|slug| slug.to_string()), Ok(slug.to_owned()));
    }
    for (typed, instead) in
        [("City", Some("city")), ("a/b", Some("a-b")), ("قسمٌ", Some("قسم")), ("24", None), ("", None)]
    {
        assert_eq!(
            Slug::new(typed).map_err(|slug| slug.map(|slug| slug.to_string())),
            Err(instead.map(str::to_owned)),
            "{typed}"
        );
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    assert_eq!(wrong(None, " ـ "), [SectionProblem::NameMissing]);
    assert_eq!(
        wrong(Some("a b"), &"ط".repeat(41)),
        [SectionProblem::NameTooLong, SectionProblem::SlugSigns(Slug::of("a b")),]
    );
    assert_eq!(wrong(None, "2025"), [SectionProblem::SlugSigns(None)]);
    assert!(NewSection::new(None, &"ط".repeat(40), None).is_ok());
}
