//! What the desk is told of its country's ways.

use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use arabic::dates::{Months, month_name};
use arabic::digits::Digits;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use newsroom::country::{Country, OwnWays, Ways};
use newsroom::people::Role;
use newsroom::profile::{Language, Writing};

/// A paper in Cairo that prints western digits and double months.
fn cairo() -> Paper {
    let own = OwnWays { digits: Some(Digits::Western), double: Some(true), ..OwnWays::default() };
    let ways = Ways::of(Country::of("EG").expect("Egypt"), own);
    let zone = TimeZone::get(&ways.zone).expect("its zone");
    Paper { writing: Writing::by(&ways, Language::Ar), zone, ways, ..Paper::default() }
}

#[tokio::test]
async fn each_way_says_whether_it_is_the_countrys_or_the_papers_own() {
    let paper = OpenPaper::open_as(cairo()).await;
    let now = paper.app.now();
    let page = Browser::of_staff(&paper, "ليلى", Role::Editor).await.get("/desk/country").await;
    assert_eq!(page.status, StatusCode::OK);
    let second = format!("/{}", month_name("ar", &Months::Levant, crate::layout::day_of(now, &paper.app.paper).month));
    page.assert_order(&[
        "بلد الجريدة: مصر",
        "<li>يناير</li><li>فبراير</li>",
        "كعادة البلد <code dir=\"ltr\">paper.months</code>",
        &second,
        "من إعدادات الجريدة <code dir=\"ltr\">paper.double-months</code>",
        "كعادة البلد <code dir=\"ltr\">paper.hijri</code>",
        "<li>0 1 2 3 4 5 6 7 8 9</li>",
        "من إعدادات الجريدة <code dir=\"ltr\">paper.digits</code>",
        "<li>السبت</li>",
        "<li>الجمعة</li><li>السبت</li>",
        "Africa/Cairo",
        "كعادة البلد <code dir=\"ltr\">paper.time-zone</code>",
    ]);
}

#[tokio::test]
async fn whoever_reads_french_sees_the_papers_words_as_the_papers() {
    let paper = OpenPaper::open_as(cairo()).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    nadia.post("/desk/me/language", &[("language", "fr")]).await;
    let page = nadia.get("/desk/country").await;
    page.assert_order(&[
        "<html lang=\"fr\" dir=\"ltr\">",
        "Égypte",
        "<ul class=\"in-row\" lang=\"ar\" dir=\"rtl\"><li>يناير</li>",
        "<li>samedi</li>",
        "<li>vendredi</li><li>samedi</li>",
    ]);
}
