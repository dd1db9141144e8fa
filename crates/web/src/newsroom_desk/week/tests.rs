//! The week of the plan begins where the paper's weeks begin.

use super::week_of;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use jiff::civil::date;
use newsroom::country::{Country, OwnWays, Ways};
use newsroom::people::Role;
use newsroom::profile::{Language, Writing};

/// A paper of this country, in Arabic.
fn paper_of(code: &str) -> Paper {
    let ways = Ways::of(Country::of(code).expect("a country of the table"), OwnWays::default());
    Paper { writing: Writing::by(&ways, Language::Ar), ways, ..Paper::default() }
}

#[test]
fn it_begins_with_the_countrys_first_day_and_marks_its_rest() {
    // A Wednesday.
    let (day, today) = (date(2026, 3, 4), date(2026, 3, 2));
    let egypt = week_of(&paper_of("EG"), day, today);
    let names: Vec<&str> = egypt.iter().map(|one| one.name).collect();
    assert_eq!(names, ["السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"]);
    let rests: Vec<&str> = egypt.iter().filter(|one| one.rests).map(|one| one.name).collect();
    assert_eq!(rests, ["السبت", "الجمعة"]);
    assert_eq!((egypt[0].iso.as_str(), egypt[0].number.as_str()), ("2026-02-28", "٢٨"));
    assert_eq!(egypt.iter().position(|one| one.is_here), Some(4));
    assert_eq!(egypt.iter().position(|one| one.is_today), Some(2));
    let morocco = week_of(&paper_of("MA"), day, today);
    assert_eq!((morocco[0].name, morocco[0].iso.as_str()), ("الاثنين", "2026-03-02"));
    assert!(morocco[5].rests && morocco[6].rests && !morocco[4].rests);
}

#[test]
fn a_week_at_the_end_of_the_calendar_has_the_days_that_there_are() {
    let last = date(9999, 12, 31);
    let week = week_of(&paper_of("DZ"), last, last);
    assert!(!week.is_empty() && week.len() < 8, "{week:?}");
    assert_eq!(week.last().map(|one| one.iso.as_str()), Some("9999-12-31"));
}

#[tokio::test]
async fn the_plan_leads_to_each_day_of_the_week() {
    let paper = OpenPaper::open_as(paper_of("DZ")).await;
    let page = Browser::of_staff(&paper, "ليلى", Role::Editor).await.get("/desk/plan?day=2026-03-04").await;
    page.assert_order(&[
        "aria-label=\"الأسبوع\"",
        "<li class=\"rest\"><a href=\"/desk/plan?day=2026-02-28\">",
        "<li><a href=\"/desk/plan?day=2026-03-01\">",
        "<li><a href=\"/desk/plan?day=2026-03-04\" aria-current=\"date\">",
        "الأربعاء 4 مارس 2026",
        "<li class=\"rest\"><a href=\"/desk/plan?day=2026-03-06\">",
    ]);
}
