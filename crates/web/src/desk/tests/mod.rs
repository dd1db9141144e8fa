//! The desk as moderators use it.

mod accounts;
mod many;
mod queues;
mod reread;

use super::findings::lines;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use crate::words::Words;
use arabic::digits::Digits;
use axum::http::StatusCode;
use moderation::{Finding, Head, Reason};
use newsroom::people::Role;
use newsroom::profile::Language;
use newsroom::story::Published;

async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    (paper, story)
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_shown_the_way_and_a_form_is_told_so() {
    let (paper, _) = open().await;
    let (nobody, forged) = (Browser::new(&paper), Browser::new(&paper));
    forged.jar().insert("midad_desk".into(), "x".repeat(43));
    for stranger in [&nobody, &forged] {
        let got = stranger.get("/desk").await;
        assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
        assert_eq!(stranger.post("/desk/rulings", &[]).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_card_says_what_was_found_where_and_when_it_is_no_reason() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let huda = Browser::new(&paper);
    huda.comments(&story, "هدى", "شاهدوا https://example.org/a الآن").await;
    let card = salma.get("/desk").await;
    card.assert_order(&[
        "هدى",
        "زائر جديد",
        "افتتاح محطة المرفأ",
        "class=\"marked\" href=\"#why-",
        "<mark>https://example.org/a</mark>",
        "رابط إلى \u{2068}example.org\u{2069}",
        "قد لا يكون سببًا للرفض إن كان مصدرًا",
        "data-key=\"KeyA\"",
        "data-key=\"KeyL\"",
        "data-key=\"Digit8\"",
    ]);
    assert_eq!(card.header("cache-control"), "private, no-store");
    huda.comments(&story, "هدى", "شاهدوا https://example.org/a الآن").await;
    assert!(salma.get("/desk").await.text.contains("أرسله الزائر نفسه قبل الآن مرة واحدة"));
}

#[test]
fn what_a_head_calls_abuse_and_the_kinds_of_it_are_one_line() {
    let likely = |head, weight| Finding::whole(Reason::Likely { head, percent: 71 }, weight);
    let findings = [
        Finding::whole(Reason::Unreadable, 250),
        likely(Head::Abuse, 620),
        likely(Head::Insult, 0),
        likely(Head::Threat, 0),
        likely(Head::Support, 350),
    ];
    let lines = lines(&Words::new(Language::Ar, Digits::Western), &findings);
    let places: Vec<usize> = lines.iter().map(|line| line.at).collect();
    assert_eq!(places, [0, 1, 4]);
    let kinds: Vec<(usize, &str)> = lines[1].kinds.iter().map(|(at, kind)| (*at, kind.as_str())).collect();
    let expected = [
        (2, "\u{2068}شتم\u{2069} (\u{2068}71\u{2069} من مئة)"),
        (3, "\u{2068}تهديد\u{2069} (\u{2068}71\u{2069} من مئة)"),
    ];
    assert_eq!(kinds, expected);
    assert!(lines[0].kinds.is_empty() && lines[2].kinds.is_empty());
}

#[tokio::test]
async fn an_empty_desk_says_so() {
    let (paper, _) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    assert!(salma.get("/desk").await.text.contains("لا تعليقات تنتظر"));
    assert!(salma.get("/desk/log").await.text.contains("لا قرارات بعد"));
}

#[tokio::test]
async fn a_ruling_can_be_undone_and_the_log_keeps_both() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة طيبة").await;
    let done = salma.rules(&story, comment, "release", "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let flash = salma.get(done.header("location")).await;
    flash.assert_order(&["نُشر تعليق", "هدى", "تراجع"]);
    let ruling = done.header("location").trim_start_matches("/desk?done=").to_owned();
    let undo = format!("/desk/rulings/{ruling}/undo");
    let card = salma.post_by_script(&undo, &[("story", &story.id.short())]).await;
    assert!(card.text.starts_with("<article class=\"card") && card.text.contains("كلمة طيبة"));
    assert_eq!(salma.post(&undo, &[("story", &story.id.short())]).await.status, StatusCode::CONFLICT);
    let page = paper.get(&address::story(&story.slug)).await;
    assert!(!page.text.contains("كلمة طيبة") && page.text.contains("قيد المراجعة من جديد"));
    assert!(salma.get("/desk/log?by=me").await.text.contains("نُشر تعليق"), "one's own");
    let karim = Browser::of_staff(&paper, "كريم", Role::Moderator).await;
    assert!(!karim.get("/desk/log?by=me").await.text.contains("نُشر تعليق"), "and nobody else's");
    salma.get("/desk/log").await.assert_order(&["سلمى", "نُشر تعليق", "تراجع \u{2068}سلمى\u{2069} عن هذا القرار"]);
    salma.rules(&story, comment, "release", "").await;
    assert!(paper.get(&address::story(&story.slug)).await.text.contains("id=\"c-1\""), "its number is its own");
}

#[tokio::test]
async fn whoever_comes_second_is_told_and_loses_nothing() {
    let (paper, story) = open().await;
    let (salma, nadir) = (
        Browser::of_staff(&paper, "سلمى", Role::Moderator).await,
        Browser::of_staff(&paper, "نادر", Role::Editor).await,
    );
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    salma.rules(&story, comment, "refuse", "insult").await;
    let (story_id, comment_id) = (story.id.short(), comment.short());
    let seen_before = [
        ("story", story_id.as_str()),
        ("comment", comment_id.as_str()),
        ("state", "held"),
        ("act", "release"),
        ("why", "رأيته مناسبًا"),
    ];
    let late = nadir.post("/desk/rulings", &seen_before).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&["تغيّرت حال هذا التعليق", "مرفوض", "كلمة"]);
    assert!(
        !paper.get(&address::story(&story.slug)).await.text.contains("كلمة</p>"),
        "a colleague is not overruled unseen"
    );
    let card = nadir.post_by_script("/desk/rulings", &seen_before).await;
    assert_eq!(card.status, StatusCode::CONFLICT);
    assert!(card.text.starts_with("<article"));
}

#[tokio::test]
async fn a_refusal_needs_a_rule_and_another_reason_needs_words() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    for reason in ["", "other", "x"] {
        let got = salma.rules(&story, comment, "refuse", reason).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert!(got.text.contains("اختر القاعدة"));
    }
    assert_eq!(salma.rules(&story, comment, "burn", "").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(salma.rules(&story, comment, "refuse", "insult").await.status, StatusCode::SEE_OTHER);
    salma.get("/desk/log").await.assert_order(&["رُفض تعليق", "إهانة لشخص أو جماعة"]);
}

#[tokio::test]
async fn a_folded_comment_is_opened_by_whoever_wants_to_read_it() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة مطوية").await;
    salma.rules(&story, comment, "release-collapsed", "").await;
    paper.get(&address::story(&story.slug)).await.assert_order(&[
        "<details class=\"comment-collapsed\">",
        "كلمة مطوية",
        "</details>",
    ]);
    salma.rules(&story, comment, "unfold", "").await;
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains("comment-collapsed"));
}

#[tokio::test]
async fn what_is_kept_after_a_report_stays_shown_as_it_was() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "شاهدوا https://example.org/a الآن").await;
    let shown = || async {
        let entry = paper.app.store.queue_entry(story.id, comment).await.expect("a comment");
        (entry.collapsed, entry.links)
    };
    salma.rules(&story, comment, "release-links", "").await;
    salma.rules(&story, comment, "release-collapsed", "").await;
    assert_eq!(shown().await, (true, true), "folding takes no links away");
    let report = format!("{}/comments/1/report", address::story(&story.slug));
    let receipt = Browser::new(&paper).post(&report, &[("reason", "insult")]).await.header("location").to_owned();
    let card = salma.get("/desk/reported").await;
    card.assert_order(&["أبقه منشورًا", "value=\"unfold\"", "أظهره كاملًا", "value=\"unlink\"", "أوقف تفعيل روابطه"]);
    salma.rules(&story, comment, "release", "").await;
    assert_eq!(shown().await, (true, true));
    Browser::new(&paper).get(&receipt).await.assert_order(&["بقي مطويًا", "قرّر إنسان", "اعترض"]);
    salma.rules(&story, comment, "unlink", "").await;
    assert_eq!(shown().await, (true, false));
    salma.rules(&story, comment, "unfold", "").await;
    assert_eq!(shown().await, (false, false));
    let other = Browser::new(&paper).comments(&story, "كريم", "كلمة أخرى").await;
    let early = salma.rules(&story, other, "unfold", "").await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST, "it is not public yet");
}

#[tokio::test]
async fn what_is_written_for_colleagues_has_an_end_and_comes_back_when_it_is_too_long() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let (of, id, why) = (story.id.short(), comment.short(), "سبب طويل ".repeat(112));
    let form = |why| {
        [
            ("story", of.as_str()),
            ("comment", id.as_str()),
            ("state", "held"),
            ("revision", "0"),
            ("act", "refuse"),
            ("reason", "insult"),
            ("why", why),
        ]
    };
    let long = salma.post("/desk/rulings", &form(&why)).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    long.assert_order(&["أطول من ألف حرف", why.as_str()]);
    let which = format!("{}.{comment}.0", story.id);
    let many = [
        ("which", which.as_str()),
        ("act", "refuse"),
        ("reason", "insult"),
        ("why", why.as_str()),
        ("sent_as", "act-1"),
    ];
    for path in ["/desk/bulk/preview", "/desk/bulk"] {
        let long = salma.post(path, &many).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        long.assert_order(&["أطول من ألف حرف", why.trim()]);
    }
    assert_eq!(paper.app.store.rulings(None, 5).await.expect("rulings"), []);
    let fits = salma.post("/desk/rulings", &form("سبب قصير")).await;
    assert_eq!(fits.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nothing_is_given_to_somebody_who_has_left() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let nadir = store.add_staff("نادر", Role::Moderator, now).await.expect("added staff").id;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let offered = format!("<option value=\"{nadir}\"");
    assert!(salma.get("/desk").await.text.contains(&offered));
    store.disable_staff(nadir, newsroom::people::Actor::Program, now).await.expect("has left");
    assert!(!salma.get("/desk").await.text.contains(&offered));
    let (of, id, to) = (story.id.short(), comment.short(), nadir.short());
    let form = [("story", of.as_str()), ("comment", id.as_str()), ("act", "assign"), ("to", to.as_str())];
    assert_eq!(salma.post("/desk/care", &form).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_desk_shows_one_story_alone_when_asked() {
    let (paper, story) = open().await;
    let other = paper.publishes("خبر آخر").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    Browser::new(&paper).comments(&story, "هدى", "عن المحطة").await;
    Browser::new(&paper).comments(&other, "كريم", "عن الخبر الآخر").await;
    let desk = salma.get(&format!("/desk?story={}", story.id)).await.text;
    assert!(desk.contains("عن المحطة") && !desk.contains("عن الخبر الآخر"));
    assert_eq!(salma.get("/desk?story=nothing-such").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_queue_goes_on_where_its_page_ended() {
    let paper =
        OpenPaper::open_as(crate::paper::Paper { posts_per_minute: 100, ..crate::paper::Paper::default() }).await;
    let story = paper.publishes("خبر").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for number in 0..23 {
        Browser::new(&paper).comments(&story, "هدى", &format!("تعليق رقم {number} في القائمة")).await;
    }
    let first = salma.get("/desk").await.text;
    let next = first.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page");
    let second = salma.get(&format!("/desk{}", next.replace("&#38;", "&"))).await.text;
    let cards = |page: &str| page.matches("data-card ").count();
    assert_eq!((cards(&first), cards(&second)), (20, 3));
}
