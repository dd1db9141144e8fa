use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::Timestamp;
use newsroom::people::Role;

/// The desk decides now; the sample of this week is drawn as if it were over.
async fn drawn(paper: &OpenPaper) -> i64 {
    let last = super::last_week(paper.app.now());
    let week = store::quality::Week { from: last.from, to: paper.app.now() + super::WEEK };
    paper.app.store.draw_sample(week, 7).await.expect("a sample")
}

#[test]
fn a_week_begins_on_a_monday_and_is_over() {
    let week = super::last_week("2026-03-04T12:00:00Z".parse::<Timestamp>().expect("a time"));
    assert_eq!(week.from.to_string(), "2026-02-23T00:00:00Z");
    assert_eq!(week.to.to_string(), "2026-03-02T00:00:00Z");
}

#[tokio::test]
async fn a_second_look_is_blind_and_by_somebody_else_and_disagreement_is_listed() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("ترام").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadir = Browser::of_staff(&paper, "نادر", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة عن الترام").await;
    salma.rules(&story, comment, "refuse", "insult").await;
    assert_eq!(drawn(&paper).await, 1);
    assert_eq!(drawn(&paper).await, 1, "a week is drawn once");

    assert!(salma.get("/desk/quality").await.text.contains("لا شيء ينتظر"), "nobody looks at her own decision");
    let page = nadir.get("/desk/quality").await;
    page.assert_order(&["ترام", "هدى", "كلمة عن الترام"]);
    assert!(!page.text.contains("القرار الأول"), "the first decision is not told");
    let ruling = page.text.split("name=\"ruling\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let ruling = ruling.expect("a card").to_owned();
    let look = |act| [("ruling", ruling.as_str()), ("act", act), ("reason", "")];
    assert_eq!(nadir.post("/desk/quality", &look("refuse")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(salma.post("/desk/quality", &look("release")).await.status, StatusCode::CONFLICT);
    assert_eq!(nadir.post("/desk/quality", &look("release")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(nadir.post("/desk/quality", &look("release")).await.status, StatusCode::CONFLICT, "once is enough");
    let page = salma.get("/desk/quality").await;
    page.assert_order(&["نظرة ثانية واحدة حتى الآن", "كلمة عن الترام", "إهانة لشخص أو جماعة", "النظرة الثانية", "نُشر"]);
    let entry = paper.app.store.queue_entry(story.id, comment).await.expect("a comment");
    assert_eq!(entry.state.key(), "refused", "a second look decides nothing");
}
