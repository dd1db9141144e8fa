//! What was corrected, for everybody.

use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn a_correction_stands_at_its_story_and_on_a_page_of_its_own_while_the_story_is_public() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خط الترام").await;
    let empty = paper.get("/corrections").await;
    empty.assert_order(&["التصويبات", "لا تصويبات بعد"]);
    assert!(empty.tags.contains(&Tag::Corrections));
    let (desk, purged) = (format!("/desk/stories/{}", story.id), paper.app.page_cache.watch());
    for words in ["كان الطول خطأ.", "كان الاسم خطأ."] {
        let form = [("how", "correction"), ("correction", words)];
        assert_eq!(layla.post(&format!("{desk}/changes"), &form).await.status, StatusCode::SEE_OTHER);
    }
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Corrections));
    let page = paper.get("/corrections").await;
    page.assert_order(&["كان الاسم خطأ.", "خط الترام", "كان الطول خطأ."]);
    assert!(page.text.contains(&address::story(&story.slug)) && page.tags.contains(&Tag::Story(story.id)));
    let described = paper.get(&address::story(&story.slug)).await;
    described.assert_order(&[
        "\"correction\":[{",
        "\"@type\":\"CorrectionComment\"",
        "كان الطول خطأ.",
        "كان الاسم خطأ.",
    ]);
    paper.get("/").await.assert_order(&["<footer", "href=\"/corrections\""]);
    layla.post(&format!("{desk}/withdrawal"), &[("sure", "yes")]).await;
    assert!(!paper.get("/corrections").await.text.contains("خط الترام"));
    assert_eq!(paper.get("/corrections?before=nowhere").await.status, StatusCode::NOT_FOUND);
}
