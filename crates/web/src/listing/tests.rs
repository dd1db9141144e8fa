//! Sections, tags, writers and the archive, as a reader goes through them.

use crate::layout::address;
use crate::page_cache::Tag;
use crate::paper::Paper;
use crate::tests::open_paper::{Got, OpenPaper, of_story};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::Timestamp;

/// A time of the past, so that no test depends on today's month.
fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[tokio::test]
async fn a_section_lists_its_own_stories_newest_first_and_no_draft() {
    let paper = OpenPaper::open().await;
    paper.publishes_draft(paper.draft("خبر قديم"), at("2026-03-01T08:00:00Z")).await;
    paper.publishes_draft(paper.draft("خبر جديد"), at("2026-03-02T08:00:00Z")).await;
    let mut other = paper.draft("خبر من الثقافة");
    other.text.section = Some(newsroom::SectionId(2));
    paper.publishes_draft(other, at("2026-03-03T08:00:00Z")).await;
    let draft = paper.draft("مسودة سرية");
    paper.app.store.keep_draft(&draft, newsroom::people::Actor::Program, draft.begun_at).await.expect("a draft");
    let got = paper.get("/sections/city").await;
    got.assert_order(&["aria-current=\"page\">المدينة", "<h1><bdi>المدينة</bdi></h1>", "خبر جديد", "خبر قديم"]);
    assert!(!got.text.contains("خبر من الثقافة"));
    assert!(!got.text.contains("مسودة سرية"));
}

#[tokio::test]
async fn an_empty_section_says_so_and_an_unknown_one_is_not_found() {
    let paper = OpenPaper::open().await;
    paper.get("/sections/culture").await.assert_order(&["الثقافة", "لم يُنشر شيء هنا بعد."]);
    assert_eq!(paper.get("/sections/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(paper.get("/tags/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(paper.get("/writers/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn older_pages_are_found_by_key_and_no_story_is_missed_or_shown_twice() {
    let paper = OpenPaper::open_as(Paper { stories_per_page: 2, ..Paper::default() }).await;
    for day in 1..=5 {
        let time = at("2026-03-01T08:00:00Z") + SignedDuration::from_hours(24 * day);
        paper.publishes_draft(paper.draft(&format!("الخبر رقم {day}")), time).await;
    }
    let (mut path, mut seen) = (String::from("/sections/city"), Vec::new());
    loop {
        let got = paper.get(&path).await;
        seen.extend((1..=5).rev().filter(|day| got.text.contains(&format!("الخبر رقم {day}<"))));
        let Some(older) = older(&got) else { break };
        path = older;
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    assert_eq!(paper.get("/sections/city?before=nonsense").await.status, StatusCode::NOT_FOUND);
}

/// The link «الأقدم», if there is one.
fn older(got: &Got) -> Option<String> {
    let before = got.text.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    before.map(|(href, _)| href.to_owned()).find(|href| href.contains("?before="))
}

#[tokio::test]
async fn a_tag_and_a_writer_have_pages_under_their_names() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    for path in [address::tag("نقل-عام"), address::writer(&story.text.bylines[0].slug)] {
        let got = paper.get(&path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        got.assert_order(&["<h1><bdi>", "خط الترام يصل إلى المرفأ"]);
    }
}

#[tokio::test]
async fn the_archive_leads_to_months_and_months_to_stories() {
    let paper = OpenPaper::open().await;
    paper.publishes_draft(paper.draft("خبر آذار"), at("2026-03-31T23:59:59Z")).await;
    paper.publishes_draft(paper.draft("خبر نيسان"), at("2026-04-01T00:00:00Z")).await;
    paper.get("/archive").await.assert_order(&[">2026<", "/archive/2026-04", "مادة واحدة", "/archive/2026-03"]);
    let march = paper.get("/archive/2026-03").await;
    assert!(march.text.contains("خبر آذار"));
    assert!(!march.text.contains("خبر نيسان"));
    for path in ["/archive/2026-05", "/archive/2026-13", "/archive/2026", "/archive/x-y"] {
        assert_eq!(paper.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_story_in_another_language_says_so_in_lists() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("Le quai des noms");
    draft.text.language = newsroom::profile::Language::Fr.into();
    paper.publishes_draft(draft, paper.app.now()).await;
    paper.get("/sections/city").await.assert_order(&["<article", "lang=\"fr\" dir=\"ltr\"", "Le quai des noms"]);
}

#[tokio::test]
async fn lists_declare_themselves_and_their_stories() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    let (app, before) = (paper.app.clone(), || Query(Default::default()));
    let section = super::section(State(app.clone()), Path("city".into()), before()).await.expect("a section");
    assert_eq!(section.tags, [Tag::Section("city".into()), of_story(&story)]);
    let tag = super::tag(State(app.clone()), Path("نقل-عام".into()), before()).await.expect("a tag");
    assert_eq!(tag.tags, [Tag::Tagged("نقل-عام".into()), of_story(&story)]);
    let slug = story.text.bylines[0].slug.clone();
    let writer = super::writer(State(app.clone()), Path(slug.clone()), before()).await.expect("a writer");
    assert_eq!(writer.tags, [Tag::Writer(slug), of_story(&story)]);
    let archive = super::archive(State(app)).await.expect("the archive");
    assert_eq!(archive.tags, [Tag::Archive]);
}
