//! What is told by mail, to whom, and what is not.

use super::{KIND, Letter, MailFollower, follow, letter};
use crate::layout::address;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::people::Role;
use newsroom::story::Published;

const ALL: [(&str, &str); 4] = [("name", ""), ("language", "ar"), ("replies", "yes"), ("decisions", "yes")];

/// A paper that sends mail, and its follower, which begins now.
async fn open() -> (OpenPaper, MailFollower) {
    let paper = Paper { name: "المرفأ".into(), posts_per_minute: 1_000, sends_mail: true, ..Paper::default() };
    let (paper, mut follower) = (OpenPaper::open_as(paper).await, MailFollower::default());
    paper.publishes("خبر سابق").await;
    follow(&paper.app, &mut follower).await.expect("begun");
    (paper, follower)
}

/// A reader with an account who wants everything told.
async fn reader<'p>(paper: &'p OpenPaper, email: &str) -> Browser<'p> {
    let reader = Browser::of_reader(paper, email).await;
    assert_eq!(reader.post("/reader/profile", &ALL).await.status, StatusCode::SEE_OTHER);
    reader
}

/// What goes out some minutes later.
async fn letters(paper: &OpenPaper, follower: &mut MailFollower) -> Vec<Letter> {
    follow(&paper.app, follower).await.expect("read on");
    let later = paper.app.now() + SignedDuration::from_mins(5);
    let mut letters = Vec::new();
    for job in paper.app.store.claim_jobs(KIND, later, later, 100).await.expect("jobs") {
        letters.extend(letter(&paper.app, &job).await.expect("a letter or none"));
        paper.app.store.finish_job(job.id).await.expect("done");
    }
    letters
}

async fn released(paper: &OpenPaper, by: &Browser<'_>, salma: &Browser<'_>, story: &Published) -> String {
    let comment = by.comments(story, "هدى", "زرت المحطة أمس.").await;
    assert_eq!(salma.rules(story, comment, "release", "").await.status, StatusCode::SEE_OTHER);
    let number = paper.app.store.entry_of(story.id, comment).await.expect("read").expect("public").number;
    number.to_string()
}

#[tokio::test]
async fn an_answer_is_told_once_it_is_public_without_its_words_and_not_once_it_is_taken_back() {
    let (paper, mut follower) = open().await;
    let (story, salma) =
        (paper.publishes("افتتاح المحطة").await, Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let huda = reader(&paper, "huda@readers.example").await;
    let number = released(&paper, &huda, &salma, &story).await;
    assert_eq!(letters(&paper, &mut follower).await.len(), 1, "that it is public");
    let karim = Browser::new(&paper);
    let waits = karim.answers(&story, &number, "كريم", "أوافقك الرأي تمامًا.").await;
    assert!(letters(&paper, &mut follower).await.is_empty(), "what nobody has released is told to nobody");
    salma.rules(&story, waits, "release", "").await;
    let told = letters(&paper, &mut follower).await;
    let [reply] = &told[..] else { panic!("one letter: {told:?}") };
    assert_eq!(reply.to.as_str(), "huda@readers.example");
    let place = format!("{}{}?at=2#c-2", paper.app.paper.address, address::story(&story.slug));
    for part in [&reply.text, &reply.html] {
        assert!(part.contains(&place) && part.contains("كريم") && part.contains("افتتاح المحطة"), "{part}");
        assert!(!part.contains("أوافقك"), "words can be taken back from a page, and not from a letter");
    }
    assert!(reply.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(letters(&paper, &mut follower).await.is_empty(), "once");
    let taken = karim.answers(&story, &number, "كريم", "كلمة تُنشر ثم تُسحب.").await;
    salma.rules(&story, taken, "release", "").await;
    follow(&paper.app, &mut follower).await.expect("read on");
    karim.post(&format!("{}/own/{taken}/withdrawal", address::story(&story.slug)), &[]).await;
    assert!(letters(&paper, &mut follower).await.is_empty(), "not public any more");
    huda.answers(&story, &number, "هدى", "وأضيف.").await;
    let own = huda.answers(&story, &number, "هدى", "وأضيف شيئًا.").await;
    salma.rules(&story, own, "release", "").await;
    assert_eq!(letters(&paper, &mut follower).await.len(), 1, "of an own answer only the decision");
}

#[tokio::test]
async fn a_decision_is_told_to_its_author_with_the_reason_while_it_holds() {
    let (paper, mut follower) = open().await;
    let (story, salma) =
        (paper.publishes("افتتاح المحطة").await, Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let (huda, karim) = (reader(&paper, "huda@readers.example").await, reader(&paper, "karim@readers.example").await);
    let refused = huda.comments(&story, "هدى", "كلام بعيد عن الخبر.").await;
    salma.rules(&story, refused, "refuse", "off-topic").await;
    let told = letters(&paper, &mut follower).await;
    let [decision] = &told[..] else { panic!("one letter: {told:?}") };
    assert_eq!(decision.to.as_str(), "huda@readers.example");
    assert!(decision.text.contains("خارج الموضوع") && decision.text.contains(&format!("/me/{refused}")));
    assert!(!decision.text.contains("سلمى") && !decision.text.contains("كلام بعيد"));
    let undone = karim.comments(&story, "كريم", "كلمة.").await;
    let ruled = salma.rules(&story, undone, "refuse", "insult").await;
    let ruling = ruled.header("location").trim_start_matches("/desk?done=").to_owned();
    follow(&paper.app, &mut follower).await.expect("read on");
    salma.post(&format!("/desk/rulings/{ruling}/undo"), &[("story", &story.id.short())]).await;
    assert!(letters(&paper, &mut follower).await.is_empty(), "undone before it was told");
    let guest = Browser::new(&paper).comments(&story, "ضيف", "كلمة أخرى.").await;
    salma.rules(&story, guest, "refuse", "insult").await;
    assert!(letters(&paper, &mut follower).await.is_empty(), "guests have no address");
}

#[tokio::test]
async fn what_became_of_reports_and_objections_is_told() {
    let (paper, mut follower) = open().await;
    let (story, salma) = (paper.publishes("خبر").await, Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let (huda, rana) =
        (reader(&paper, "huda@readers.example").await, Browser::of_staff(&paper, "رنا", Role::Editor).await);
    let bad = Browser::new(&paper).comments(&story, "ضيف", "كلمة سيئة.").await;
    salma.rules(&story, bad, "release", "").await;
    huda.post(&format!("{}/comments/1/report", address::story(&story.slug)), &[("reason", "insult")]).await;
    salma.rules(&story, bad, "refuse", "insult").await;
    let told = letters(&paper, &mut follower).await;
    let [report] = &told[..] else { panic!("one letter: {told:?}") };
    assert!(report.text.contains("/reports/") && report.text.contains("أُزيل التعليق"), "{}", report.text);
    let refused = huda.comments(&story, "هدى", "كلمة.").await;
    salma.rules(&story, refused, "refuse", "off-topic").await;
    letters(&paper, &mut follower).await;
    huda.post(&format!("/me/{refused}/appeal"), &[("text", "ليس كذلك")]).await;
    let appeal = paper.app.store.open_appeals(None, None, 1).await.expect("appeals")[0].id;
    let decided = rana
        .post(&format!("/desk/appeals/{appeal}"), &[("act", "uphold"), ("answer", "قرأناه من جديد"), ("revision", "0")])
        .await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text);
    let told = letters(&paper, &mut follower).await;
    assert!(told.iter().any(|told| told.text.contains("بقي القرار كما هو")), "{told:?}");
}

#[tokio::test]
async fn one_press_ends_a_kind_of_letters_from_a_mail_program_without_cookies_and_from_a_page() {
    let (paper, mut follower) = open().await;
    let (story, salma) = (paper.publishes("خبر").await, Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let huda = reader(&paper, "huda@readers.example").await;
    released(&paper, &huda, &salma, &story).await;
    let told = letters(&paper, &mut follower).await.pop().expect("a letter");
    let stop = told.unsubscribe.expect("an address");
    let stop = stop.strip_prefix(paper.app.paper.address.as_str()).expect("of this paper").to_owned();
    let program = Browser::new(&paper);
    for _ in 0..2 {
        assert_eq!(program.get(&stop).await.status, StatusCode::OK, "looking ends nothing");
    }
    assert!(huda.get("/reader").await.text.contains("name=\"decisions\" value=\"yes\" checked"));
    // As RFC 8058 has it: no cookie, no page of ours before it.
    let one_click = program.send("POST", &stop, &[("List-Unsubscribe", "One-Click")], &[]).await;
    assert_eq!(one_click.status, StatusCode::OK);
    let page = huda.get("/reader").await.text;
    assert!(!page.contains("name=\"decisions\" value=\"yes\" checked"), "ended");
    assert!(page.contains("name=\"replies\" value=\"yes\" checked"), "and the other kind is as it was");
    released(&paper, &huda, &salma, &story).await;
    assert!(letters(&paper, &mut follower).await.is_empty());
    let (body, seal) = stop.rsplit_once('.').expect("a seal");
    let other = body.replace(".decision", ".reply");
    for forged in [format!("{other}.{seal}"), format!("{body}."), body.to_owned()] {
        assert_eq!(program.send("POST", &forged, &[], &[]).await.status, StatusCode::NOT_FOUND, "{forged}");
    }
    assert_eq!(program.post("/reader/sign-out", &[]).await.status, StatusCode::UNAUTHORIZED, "it opens nothing");
}

#[tokio::test]
async fn a_reader_gets_so_many_letters_a_day_and_a_paper_without_mail_makes_none() {
    let (paper, mut follower) = open().await;
    let (story, salma) = (paper.publishes("خبر").await, Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let huda = reader(&paper, "huda@readers.example").await;
    for _ in 0..22 {
        released(&paper, &huda, &salma, &story).await;
    }
    assert_eq!(letters(&paper, &mut follower).await.len(), 20);
    let silent = OpenPaper::open().await;
    let mut follower = MailFollower::default();
    follow(&silent.app, &mut follower).await.expect("nothing to do");
    assert_eq!(silent.app.store.cursor("mail").await.expect("read"), None);
}
