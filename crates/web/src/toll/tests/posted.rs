//! What becomes of a form while browsers are asked to compute.

use crate::error::PageError;
use crate::layout::address;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use crate::toll::task::solve;
use crate::toll::{Counted, TollAsked};
use axum::http::StatusCode;
use newsroom::people::Role;
use newsroom::story::Published;

const WORDS: &str = "المحطة قريبة من البيت.\nسطر ثانٍ فيه <b>علامة</b>.";

async fn open(toll: TollAsked) -> (OpenPaper, Published) {
    let settings = Paper { toll, posts_per_minute: 1_000, sends_mail: true, ..Paper::default() };
    let paper = OpenPaper::open_as(settings).await;
    let story = paper.publishes("خبر").await;
    (paper, story)
}

fn path(story: &Published) -> String {
    format!("{}/comments", address::story(&story.slug))
}

/// The task that a browser is given before it sends something there; empty where there is none.
async fn task(browser: &Browser<'_>, place: &str) -> String {
    let got = browser.get(&format!("/toll?for={}", address::encoded(place))).await;
    assert_eq!((got.status, got.header("cache-control")), (StatusCode::NO_CONTENT, "no-store"));
    assert_eq!(got.header("set-cookie"), "", "to ask makes no key");
    got.header("midad-toll").to_owned()
}

async fn sends(browser: &Browser<'_>, place: &str, toll: &str) -> Got {
    browser.post(place, &[("name", "هدى"), ("text", WORDS), ("toll", toll)]).await
}

async fn waiting(paper: &OpenPaper) -> i64 {
    paper.app.store.queue_counts().await.expect("counts").0
}

/// Uses up what is taken without an answer.
async fn until_slow(paper: &OpenPaper, story: &Published) -> Got {
    for n in 0..7 {
        let text = format!("كلمة {n}");
        let got = Browser::new(paper).post(&path(story), &[("name", "هدى"), ("text", &text)]).await;
        if got.status != StatusCode::SEE_OTHER {
            assert_eq!(n, 6, "six in an hour without an answer");
            return got;
        }
    }
    panic!("nobody was slowed down");
}

/// Where it is sent, what is sent, and what of it comes back.
type Form<'f> = (&'f str, &'f [(&'f str, &'f str)], &'f str);

#[tokio::test]
async fn in_quiet_times_nothing_is_asked_and_never_is_never() {
    for toll in [TollAsked::UnderAttack, TollAsked::Never] {
        let (paper, story) = open(toll).await;
        let huda = Browser::new(&paper);
        assert_eq!(task(&huda, &path(&story)).await, "");
        assert_eq!(sends(&huda, &path(&story), "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(sends(&huda, &path(&story), "an answer to nothing").await.status, StatusCode::SEE_OTHER);
        assert!(Counted::ALL.iter().all(|what| paper.app.toll.counted(*what) == 0));
    }
}

#[tokio::test]
async fn a_comment_with_an_answer_waits_like_every_comment_and_an_answer_counts_once() {
    let (paper, story) = open(TollAsked::Always).await;
    let (huda, place) = (Browser::new(&paper), path(&story));
    until_slow(&paper, &story).await;
    let before = waiting(&paper).await;
    let answer = solve(&task(&huda, &place).await);
    let got = sends(&huda, &place, &answer).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text);
    assert_eq!(waiting(&paper).await, before + 1);
    let again = sends(&huda, &place, &answer).await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS, "it was used");
    again.assert_order(&["<h1>لم نستلم ما أرسلته بعد</h1>", "role=\"alert\"", "ما كتبته هنا كما هو"]);
    // Now there is a key: what was asked for with it counts for it alone.
    let answer = solve(&task(&huda, &place).await);
    let thief = Browser::new(&paper);
    assert_eq!(sends(&thief, &place, &answer).await.status, StatusCode::TOO_MANY_REQUESTS);
    let other = paper.publishes("خبر آخر").await;
    assert_eq!(sends(&huda, &path(&other), &answer).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(sends(&huda, &place, &answer).await.status, StatusCode::SEE_OTHER, "and was not used up by others");
    let counted = Counted::ALL.map(|what| paper.app.toll.counted(what));
    assert_eq!(counted, [2 + 4, 2, 6, 4], "handed out, solved, slow, refused");
}

#[tokio::test]
async fn a_form_that_is_not_taken_comes_back_with_its_words_and_a_button() {
    let (paper, story) = open(TollAsked::Always).await;
    until_slow(&paper, &story).await;
    let (reader, place) = (Browser::new(&paper), path(&story));
    let form = [("name", "هدى"), ("text", WORDS), ("reply_to", "7"), ("website", ""), ("warned", "")];
    let got = reader.post(&place, &form).await;
    assert_eq!((got.status, got.header("cache-control")), (StatusCode::TOO_MANY_REQUESTS, "private, no-store"));
    assert!(got.header("retry-after").parse::<u64>().is_ok_and(|wait| (1..=600).contains(&wait)));
    assert!(got.header("set-cookie").is_empty(), "nothing was taken");
    got.assert_order(&[
        "لا تشغّل جافاسكربت",
        &format!("action=\"{place}\""),
        "data-toll=\"/assets/",
        "value=\"هدى\"",
        "المحطة قريبة من البيت.\nسطر ثانٍ فيه &#60;b&#62;علامة&#60;/b&#62;.</textarea>",
        "type=\"hidden\" name=\"reply_to\" value=\"7\"",
        "أرسله مرة أخرى",
    ]);
    // A script computes what came with the refusal, wherever it asked before.
    let answer = solve(got.header("midad-toll"));
    assert_eq!(sends(&reader, &place, &answer).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_answer_is_looked_at_before_anything_else_is() {
    let (paper, _) = open(TollAsked::Always).await;
    let reader = Browser::new(&paper);
    // No story stands there: whoever were asked first would say so.
    let got = sends(&reader, "/stories/nothing/comments", "no answer").await;
    assert_eq!(got.status, StatusCode::TOO_MANY_REQUESTS);
    let foreign = [("sec-fetch-site", "cross-site")];
    let got = reader.send("POST", "/stories/nothing/comments", &[("toll", "x")], &foreign).await;
    assert_eq!(got.status, PageError::Forbidden.status(), "forms of other sites come no further than before");
}

#[tokio::test]
async fn what_has_to_be_read_and_what_is_a_right_is_never_kept_back() {
    let (paper, story) = open(TollAsked::Always).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let huda = Browser::new(&paper);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    until_slow_again(&paper, &story).await;
    assert_eq!(huda.get(&address::story(&story.slug)).await.status, StatusCode::OK);
    assert_eq!(salma.rules(&story, comment, "release", "").await.status, StatusCode::SEE_OTHER, "the desk");
    let withdrawal = format!("{}/own/{comment}/withdrawal", address::story(&story.slug));
    assert_eq!(huda.post(&withdrawal, &[]).await.status, StatusCode::SEE_OTHER);
}

async fn until_slow_again(paper: &OpenPaper, story: &Published) {
    for _ in 0..6 {
        Browser::new(paper).post(&path(story), &[("name", "هدى"), ("text", WORDS)]).await;
    }
}

#[tokio::test]
async fn reports_links_and_the_newsletter_are_asked_for_as_comments_are() {
    let (paper, story) = open(TollAsked::Always).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    until_slow_again(&paper, &story).await;
    let report = format!("{}/comments/1/report", address::story(&story.slug));
    let forms: [Form<'_>; 2] = [
        (&report, &[("reason", "insult"), ("words", "فيه إهانة")], "فيه إهانة</textarea>"),
        ("/reader/link", &[("email", "huda@readers.example")], "value=\"huda@readers.example\""),
    ];
    for (place, form, comes_back) in forms {
        let reader = Browser::new(&paper);
        assert!(
            reader.get(if place == report { &report } else { "/reader" }).await.text.contains("data-toll=\"/assets/")
        );
        let got = reader.post(place, form).await;
        assert_eq!(got.status, StatusCode::TOO_MANY_REQUESTS, "{place}");
        assert!(got.text.contains(comes_back), "{place}: {}", got.text);
        let answer = solve(&task(&reader, place).await);
        let got = reader.post(place, &[form, &[("toll", answer.as_str())][..]].concat()).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{place}: {}", got.text);
    }
    let asked = Browser::new(&paper).post("/newsletter", &[("email", "huda@readers.example")]).await;
    assert_eq!(asked.status, StatusCode::TOO_MANY_REQUESTS);
}
