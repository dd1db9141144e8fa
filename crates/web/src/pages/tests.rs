//! Pages that are no stories.

use crate::page_cache::Tag;
use crate::tests::open_paper::OpenPaper;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use newsroom::body::read_text_form;
use store::pages::Page;

async fn paper_with_rules() -> OpenPaper {
    let paper = OpenPaper::open().await;
    let page = Page {
        slug: "house-rules".into(),
        title: "قواعد التعليق".into(),
        body: read_text_form("## أولًا\n\nناقش الفكرة.").0,
        changed_at: paper.app.now(),
    };
    paper.app.store.keep_page(&page).await.expect("a kept page");
    paper
}

#[tokio::test]
async fn a_page_is_printed_and_every_footer_leads_to_it() {
    let paper = paper_with_rules().await;
    let got = paper.get("/pages/house-rules").await;
    got.assert_order(&["<h1>قواعد التعليق</h1>", "<h2>أولًا</h2>", "ناقش الفكرة.", "آخر تعديل"]);
    paper.get("/").await.assert_order(&["<footer", "href=\"/pages/house-rules\">قواعد التعليق"]);
    assert_eq!(paper.get("/pages/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_declares_itself() {
    let paper = paper_with_rules().await;
    let page = super::show(State(paper.app.clone()), Path("house-rules".into())).await.expect("a page");
    assert_eq!(page.tags, [Tag::Page("house-rules".into())]);
}
