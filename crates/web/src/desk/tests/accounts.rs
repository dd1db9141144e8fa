//! Accounts of what was decided, and the words of reasons.

use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn a_period_is_accounted_for_as_a_page_a_table_and_statements() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    assert!(nadia.get("/desk/transparency").await.text.contains("لا قرارات في هذه المدة"));
    for (text, act, reason) in [("كلمة أولى", "release", ""), ("كلمة ثانية", "refuse", "advertising")]
    {
        let comment = Browser::new(&paper).comments(&story, "هدى", text).await;
        nadia.rules(&story, comment, act, reason).await;
    }
    let page = nadia.get("/desk/transparency").await;
    page.assert_order(&["عدد القرارات", ">2<", "إعلان أو ترويج", ">1<"]);
    let table = nadia.get("/desk/transparency.csv").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        table
            .text
            .contains("refuse,DECISION_VISIBILITY_CONTENT_DISABLED,DECISION_GROUND_INCOMPATIBLE_CONTENT,advertising")
    );
    let lines = nadia.get("/desk/statements.json").await.text;
    let line: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!(line["decision_visibility"][0], "DECISION_VISIBILITY_CONTENT_DISABLED");
    assert_eq!(line["incompatible_content_ground"], "إعلان أو ترويج");
    assert_eq!(line["automated_decision"], "AUTOMATED_DECISION_NOT_AUTOMATED");
    assert!(!lines.contains("كلمة ثانية") && !lines.contains("هدى"));
    assert_eq!(nadia.get("/desk/statements.json?from=2020-01-01&to=2020-02-01").await.text, "");
}

#[tokio::test]
async fn an_editors_words_beside_a_reason_are_told_and_stay_with_the_decision() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let huda = Browser::new(&paper);
    let kept = nadia.post("/desk/reasons/insult", &[("ar", "ناقش الفكرة لا صاحبها."), ("fr", "Discutez l’idée.")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let comment = huda.comments(&story, "هدى", "كلمة.").await;
    nadia.rules(&story, comment, "refuse", "insult").await;
    nadia.post("/desk/reasons/insult", &[("ar", "كلام آخر.")]).await;
    huda.get("/me").await.assert_order(&["إهانة لشخص", "ناقش الفكرة لا صاحبها"]);
    nadia.get("/desk/reasons").await.assert_order(&["إهانة لشخص", "كلام آخر"]);
    let long = "ا".repeat(1_001);
    let got = nadia.post("/desk/reasons/insult", &[("en", &long)]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains(&long), "nothing typed is lost");
}

#[tokio::test]
async fn the_words_of_what_was_refused_go_when_they_have_had_their_time() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let (huda, karim) = (Browser::new(&paper), Browser::new(&paper));
    let gone = huda.comments(&story, "هدى", "كلمة تذهب.").await;
    let objected = karim.comments(&story, "كريم", "كلمة ينتظر تظلّمها.").await;
    for comment in [gone, objected] {
        nadia.rules(&story, comment, "refuse", "off-topic").await;
    }
    karim.post(&format!("/me/{objected}/appeal"), &[("text", "هي عن الخبر")]).await;
    let later = paper.app.now() + jiff::SignedDuration::from_hours(24);
    assert_eq!(paper.app.store.sweep_refused(later, later, 10).await.expect("swept"), 1);
    assert_eq!(paper.app.store.sweep_refused(later, later, 10).await.expect("swept"), 0);
    let page = huda.get("/me").await;
    page.assert_order(&["لم يعد نص هذا التعليق محفوظًا", "خارج الموضوع"]);
    assert!(!page.text.contains("كلمة تذهب") && !nadia.get("/desk/log").await.text.contains("كلمة تذهب"));
    let released = nadia.rules(&story, gone, "release", "").await;
    assert_eq!(released.status, StatusCode::CONFLICT, "nobody publishes an empty comment");
    karim.get("/me").await.assert_order(&["كلمة ينتظر تظلّمها"]);
    assert_eq!(paper.app.store.check().await.expect("checked"), vec![]);
}
