//! The front page, as a reader finds it.

use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::open_paper::{OpenPaper, of_story};
use jiff::SignedDuration;
use newsroom::SectionId;
use newsroom::front::{Layout, Pin, Row, RowKind};
use newsroom::people::Actor;
use newsroom::story::Published;
use store::front::NewLaunch;

#[tokio::test]
async fn a_paper_without_stories_says_so_and_is_a_page_all_the_same() {
    let paper = OpenPaper::open().await;
    let empty = ["<h1 class=\"name\">", "المرفأ", "العدد الأول قيد الإعداد", "midad import page", "href=\"/desk\""];
    let got = paper.get("/").await;
    got.assert_order(&empty);
    assert!(!got.text.contains("midad section add"), "it has sections");
    for id in [1, 2] {
        let id = newsroom::SectionId(id);
        paper.app.store.remove_section(id, Actor::Program, paper.app.now()).await.expect("removed");
    }
    paper.get("/").await.assert_order(&["العدد الأول قيد الإعداد", "midad section add \"محليات\"", "midad import page"]);
    paper.publishes("خبر منشور").await;
    assert!(!paper.get("/").await.text.contains("midad"), "a paper with stories speaks to readers alone");
}

#[tokio::test]
async fn the_story_an_editor_leads_with_stands_at_the_head() {
    let paper = OpenPaper::open().await;
    let earlier = paper.app.now().checked_sub(SignedDuration::from_hours(5)).expect("a time");
    let lead = paper.publishes_draft(paper.draft("الخبر الأول"), earlier).await;
    paper.publishes("خبر أحدث").await;
    paper.app.store.lead_with(lead.id, paper.app.now()).await.expect("a lead");
    let got = paper.get("/").await;
    got.assert_order(&["card-lead", "الخبر الأول", "آخر الأخبار", "خبر أحدث"]);
    assert!(got.text.contains(&address::story(&lead.slug)));
}

#[tokio::test]
async fn the_lead_is_not_said_again_in_its_section() {
    let paper = OpenPaper::open().await;
    let lead = paper.publishes("الخبر الوحيد").await;
    let alone = paper.get("/").await;
    assert_eq!(alone.text.matches(&address::story(&lead.slug)).count(), 1);
    assert!(!alone.text.contains("front-section\""), "a section of that one story has no block");
    for n in 1..=7 {
        paper.publishes(&format!("خبر {n}")).await;
    }
    paper.app.store.lead_with(lead.id, paper.app.now()).await.expect("a lead");
    let all = paper.get("/").await;
    all.assert_order(&[
        "card-lead",
        "الخبر الوحيد",
        "آخر الأخبار",
        "خبر 7",
        "خبر 2",
        "front-section\"",
        "المدينة",
        "خبر 1",
    ]);
    assert_eq!(all.text.matches(&address::story(&lead.slug)).count(), 1);
    assert_eq!(all.text.matches(">خبر 7<").count(), 1, "no story stands twice");
}

#[tokio::test]
async fn a_draft_is_nowhere_on_the_front_page() {
    let paper = OpenPaper::open().await;
    paper.publishes("خبر منشور").await;
    let draft = paper.draft("مسودة سرية");
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("a kept draft");
    let got = paper.get("/").await;
    assert!(got.text.contains("خبر منشور"));
    assert!(!got.text.contains("مسودة سرية"));
    assert!(!got.text.contains(&draft.id.short()));
}

#[tokio::test]
async fn the_most_read_are_a_numbered_list() {
    let paper = OpenPaper::open().await;
    let (less, more) = (paper.publishes("الأقل قراءة").await, paper.publishes("الأكثر رواجًا").await);
    paper.app.store.add_reads(&[(less.id, 3), (more.id, 30)], paper.app.now()).await.expect("counted reads");
    let got = paper.get("/").await;
    got.assert_order(&["id=\"most-read\"", "<ol>", "الأكثر رواجًا", "الأقل قراءة", "</ol>"]);
}

#[tokio::test]
async fn every_story_on_it_is_declared() {
    let paper = OpenPaper::open().await;
    let (one, two) = (paper.publishes("خبر أول").await, paper.publishes("خبر ثان").await);
    let page = super::front(paper.app.clone()).await.expect("a page");
    for tag in [Tag::Front, of_story(&one), of_story(&two)] {
        assert!(page.tags.contains(&tag), "{tag:?} is not declared");
    }
}

#[tokio::test]
async fn a_page_that_was_laid_out_shows_its_rows_in_their_order() {
    let paper = OpenPaper::open().await;
    let (chosen, pictured) = (paper.publishes("رأي موقَّع").await, paper.publishes_everything().await);
    let mut elsewhere = paper.draft("رأي من قسم آخر");
    elsewhere.text.kind = newsroom::story::StoryKind::Opinion;
    elsewhere.text.section = Some(SectionId(2));
    paper.publishes_draft(elsewhere, paper.app.now()).await;
    for n in 1..=3 {
        paper.publishes(&format!("خبر {n}")).await;
    }
    let city = SectionId(1);
    let row = |kind, slots| Row { kind, slots };
    let pin = |story: &Published, headline: &str| Pin { story: story.id, headline: headline.into(), picture: None };
    let rows = vec![
        row(RowKind::Lead, vec![None]),
        row(RowKind::Pictures, vec![None]),
        row(RowKind::Opinion(city), vec![Some(pin(&chosen, "بعنوان الصفحة"))]),
        row(RowKind::Secondary, vec![None]),
        row(RowKind::MostDiscussed, Vec::new()),
        row(RowKind::OpinionPieces, vec![None; 2]),
    ];
    let new = NewLaunch { layout: Layout { rows }, by: None, seen: None, draft: None };
    paper.app.store.launch_front(&new, paper.app.now()).await.expect("launched");
    let got = paper.get("/").await;
    let title = &pictured.text.headline;
    got.assert_order(&["card-lead", "خبر 3", "بالصور", "card-picture", "/pictures/tram.png", title, "المدينة"]);
    got.assert_order(&["card-opinion", "بعنوان الصفحة", "آخر الأخبار", "card-big", "خبر 2"]);
    got.assert_order(&["card-big", "id=\"opinion-pieces\">آراء</h2>", "card-opinion", "رأي من قسم آخر"]);
    assert!(!got.text.contains("الأكثر نقاشًا"), "nobody has said anything yet");
    assert!(!got.text.contains("رأي موقَّع"));
    for story in [&chosen, &pictured] {
        assert!(got.tags.contains(&of_story(story)));
    }
}
