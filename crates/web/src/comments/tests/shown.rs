//! What readers find.

use super::{WORDS, of, open};
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;
use newsroom::story::CommentPolicy;

#[tokio::test]
async fn what_was_released_stands_on_the_page_with_its_number() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let answer = Browser::new(&paper).answers(&story, "1", "كريم", "وأنا كذلك.").await;
    salma.rules(&story, answer, "release", "").await;
    let page = paper.get(&of(&story)).await;
    let near = address::story(&story.id.short());
    page.assert_order(&[
        "تعليقات الزوار",
        "(2)",
        "id=\"c-1\"",
        &format!("href=\"{near}/comments/1\""),
        "هدى",
        WORDS,
        "class=\"comment answer\" id=\"c-2\"",
        "كريم",
    ]);
    let alone = paper.get(&format!("{}/comments/2", of(&story))).await;
    alone.assert_order(&["rel=\"canonical\"", "id=\"c-1\"", "id=\"c-2\"", "وأنا كذلك"]);
    assert_eq!(paper.get(&format!("{}/comments/3", of(&story))).await.status, StatusCode::NOT_FOUND);
    // By the story's number, as the links at a comment lead, it is the same page.
    for end in ["comments/2", "comments/2/report", "reply/2"] {
        let (by_number, by_headline) = (format!("{near}/{end}"), format!("{}/{end}", of(&story)));
        assert!(page.text.contains(&format!("href=\"{by_number}\"")), "{end}");
        let (shown, meant) = (paper.get(&by_number).await, paper.get(&by_headline).await);
        assert_eq!((shown.status, shown.text), (StatusCode::OK, meant.text), "{end}");
    }
}

#[tokio::test]
async fn a_thread_is_read_page_by_page_and_says_whose_answers_go_on() {
    let paper =
        OpenPaper::open_as(crate::paper::Paper { comments_per_page: 2, ..crate::paper::Paper::default() }).await;
    let story = paper.publishes("خبر يطول حديثه").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for (number, text) in [("", "الأول"), ("1", "رد أول"), ("1", "رد ثانٍ"), ("", "الأخير")] {
        let comment = Browser::new(&paper).answers(&story, number, "قارئ", text).await;
        salma.rules(&story, comment, "release", "").await;
    }
    let first = paper.get(&of(&story)).await;
    first.assert_order(&["id=\"c-1\"", "id=\"c-2\"", "rel=\"next\""]);
    assert!(!first.text.contains("id=\"c-3\""));
    let second = paper.get(&format!("{}?after=1-2", of(&story))).await;
    second.assert_order(&["تتمة الردود", "?at=1#c-1", "id=\"c-3\"", "id=\"c-4\""]);
    let newest = paper.get(&format!("{}?sort=newest", of(&story))).await;
    newest.assert_order(&["id=\"c-4\"", "id=\"c-1\""]);
    let around = paper.get(&format!("{}?at=3", of(&story))).await;
    assert!(around.text.contains("id=\"c-3\""));
    for cut in ["?at=", "?at=x", "?after=1-", "?sort=%D9%82"] {
        assert_eq!(paper.get(&format!("{}{cut}", of(&story))).await.status, StatusCode::OK, "{cut}");
    }
}

#[tokio::test]
async fn links_are_words_until_a_moderator_lets_them_through() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let text = "المصدر: https://example.org/news?a=1 للمراجعة";
    for act in ["release", "release-links"] {
        let comment = Browser::new(&paper).comments(&story, "هدى", text).await;
        salma.rules(&story, comment, act, "").await;
    }
    let page = paper.get(&of(&story)).await.text;
    let (dead, live) = page.split_once("id=\"c-2\"").expect("two comments");
    assert!(dead.contains("https://<b>example.org</b>/news?a=1") && !dead.contains("href=\"https://example.org"));
    assert!(live.contains(
        "<a class=\"address\" dir=\"ltr\" href=\"https://example.org/news?a=1\" rel=\"nofollow ugc noopener\">"
    ));
}

#[tokio::test]
async fn closed_and_hidden_threads_take_nothing() {
    for (policy, shown) in [(CommentPolicy::Closed, true), (CommentPolicy::Hidden, false)] {
        let (paper, story) = open().await;
        let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
        let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
        salma.rules(&story, comment, "release", "").await;
        let (by, now) = (newsroom::people::Actor::Program, paper.app.now());
        paper.app.store.set_comment_policy(story.id, policy, by, now).await.expect("a policy");
        let form = [("name", "كريم"), ("text", "كلمة")];
        let refused = Browser::new(&paper).post(&format!("{}/comments", of(&story)), &form).await;
        assert!(matches!(refused.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{policy:?}");
        let page = paper.get(&of(&story)).await.text;
        assert_eq!((page.contains(WORDS), page.contains("comment-form")), (shown, false), "{policy:?}");
    }
}

#[tokio::test]
async fn a_hostile_text_stays_inside_its_own_comment() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let text = format!(
        "<script>alert(1)</script> \"><img src=x onerror=y>\n\u{202E}مقلوب \u{2067}معزول\n\n{}\nب{}\nههههههههههههههههه",
        "ـ".repeat(145),
        "\u{64E}".repeat(60)
    );
    let comment = Browser::new(&paper).comments(&story, "هدى", &text).await;
    let card = salma.get("/desk").await.text;
    assert!(!card.contains("<script>alert") && card.contains("U+202E") && !card.contains('\u{202E}'));
    salma.rules(&story, comment, "release", "").await;
    let page = paper.get(&of(&story)).await.text;
    let shown = page.split_once("id=\"c-1\"").expect("the comment").1;
    let shown = shown.split_once("</article>").expect("its end").0;
    assert!(!shown.contains("<script") && !shown.contains("<img") && shown.contains("&#60;script&#62;"));
    let opened = shown.matches(['\u{202E}', '\u{2067}', '\u{2068}']).count();
    assert_eq!(opened, shown.matches(['\u{202C}', '\u{2069}']).count(), "direction controls are closed");
    assert!(!shown.contains("ــــ") && shown.contains("class=\"rule\" title=\"145 مرة\""));
    assert!(shown.matches('\u{64E}').count() < 6 && shown.contains("ههه…"));
}

#[tokio::test]
async fn a_long_comment_is_folded_and_a_short_one_is_not() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for text in ["كلمة واحدة", &"سطر من السطور\n".repeat(14)] {
        let comment = Browser::new(&paper).comments(&story, "هدى", text).await;
        salma.rules(&story, comment, "release", "").await;
    }
    let page = paper.get(&of(&story)).await.text;
    assert!(!page.contains("id=\"open-1\"") && page.contains("id=\"open-2\""));
}
