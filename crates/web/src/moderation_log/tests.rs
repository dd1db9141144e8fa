//! What everybody may read of decisions.

use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn decisions_are_shown_without_words_or_names_and_only_where_the_paper_says_so() {
    for public_log in [false, true] {
        let paper = OpenPaper::open_as(Paper { public_log, ..Paper::default() }).await;
        let story = paper.publishes("افتتاح محطة المرفأ").await;
        let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
        let comment = Browser::new(&paper).comments(&story, "هدى", "كلام لم يُنشر.").await;
        salma.rules(&story, comment, "refuse", "advertising").await;
        let page = paper.get("/moderation-log").await;
        if !public_log {
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            continue;
        }
        page.assert_order(&["رُفض تعليق", "إعلان أو ترويج", "افتتاح محطة المرفأ"]);
        for private in ["كلام لم يُنشر", "هدى", "سلمى"] {
            assert!(!page.text.contains(private), "{private}");
        }
    }
}
