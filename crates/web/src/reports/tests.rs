//! Reports, from the form to the answer.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::CommentId;
use newsroom::people::Role;
use newsroom::story::Published;

const WORDS: &str = "رأيت المحطة أمس، وهي واسعة.";

async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    (paper, story)
}

async fn public(paper: &OpenPaper, salma: &Browser<'_>, story: &Published) -> CommentId {
    let comment = Browser::new(paper).comments(story, "هدى", WORDS).await;
    salma.rules(story, comment, "release", "").await;
    comment
}

fn form_of(story: &Published) -> String {
    format!("{}/comments/1/report", address::story(&story.slug))
}

#[tokio::test]
async fn a_guest_reports_gets_a_receipt_and_reads_the_outcome_there() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = public(&paper, &salma, &story).await;
    let guest = Browser::new(&paper);
    let sent = guest.post(&form_of(&story), &[("reason", "insult"), ("words", "فيه إهانة لجارتي")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let receipt = sent.header("location").to_owned();
    let page = guest.get(&receipt).await;
    assert_eq!(page.header("cache-control"), "private, no-store");
    page.assert_order(&["وصل بلاغك", "رقم البلاغ", "إهانة لشخص", "فيه إهانة لجارتي", "لم يُقرَّر بعد", "احفظ هذا العنوان"]);
    assert!(!page.text.contains(WORDS), "a receipt repeats no comment");
    salma.get("/desk/reported").await.assert_order(&["إهانة لشخص", "فيه إهانة لجارتي", WORDS]);
    let again = guest.post(&form_of(&story), &[("reason", "off-topic")]).await;
    let before = guest.get(again.header("location")).await;
    before.assert_order(&["أبلغت عن هذا التعليق من قبل", "فيه إهانة لجارتي"]);
    salma.rules(&story, comment, "refuse", "insult").await;
    let told = Browser::new(&paper).get(receipt.split('?').next().expect("an address")).await;
    told.assert_order(&["أُزيل التعليق", "القاعدة: إهانة لشخص", "قرّر إنسان"]);
    let wrong = receipt.split('.').next().expect("an id").to_owned() + ".AAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(guest.get(&wrong).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_notice_of_what_is_illegal_says_which_law_why_and_who_in_good_faith() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    public(&paper, &salma, &story).await;
    let guest = Browser::new(&paper);
    let bare = guest.post(&form_of(&story), &[("reason", "law"), ("email", "هدى")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    bare.assert_order(&["أي قانون يخالفه", "لماذا ترى", "يلزمه اسم وبريد", "ليس هذا عنوان بريد", "التصريح بحسن النية"]);
    assert!(!bare.text.contains("value=\"unlawful\""), "there is one way to say so");
    let other_word = guest.post(&form_of(&story), &[("reason", "unlawful")]).await;
    assert_eq!(other_word.status, StatusCode::UNPROCESSABLE_ENTITY, "it asks for as much");
    let whole = [
        ("reason", "law"),
        ("law", "قانون الصحافة، المادة 7"),
        ("words", "ينشر عنوان بيتي"),
        ("name", "مريم الساحلي"),
        ("email", "maryam@example.org"),
        ("good_faith", "yes"),
    ];
    let sent = guest.post(&form_of(&story), &whole).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let desk = salma.get("/desk/reported").await;
    desk.assert_order(&[
        "يخالف القانون",
        "قانون الصحافة، المادة 7",
        "ينشر عنوان بيتي",
        "مريم الساحلي",
        "maryam@example.org",
    ]);
    let page = paper.get(&address::story(&story.slug)).await.text;
    assert!(!page.contains("مريم الساحلي") && !page.contains("maryam"), "who reports is nobody's business");
}

#[tokio::test]
async fn a_report_about_a_child_needs_no_name() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    public(&paper, &salma, &story).await;
    let form = [("reason", "law"), ("law", "-"), ("words", "طفل"), ("about_a_child", "yes"), ("good_faith", "yes")];
    let sent = Browser::new(&paper).post(&form_of(&story), &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_trusted_flaggers_reports_stand_first_and_are_marked_until_the_link_is_revoked() {
    let (paper, story) = open().await;
    let owner = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    public(&paper, &owner, &story).await;
    let made = owner.post("/desk/flaggers", &[("name", "مرصد الساحل")]).await;
    let link = made.text.split("/flaggers/").nth(1).and_then(|rest| rest.split('<').next()).expect("a link");
    let link = format!("/flaggers/{link}");
    assert!(!owner.get("/desk/flaggers").await.text.contains(&link), "the link is shown once");
    Browser::new(&paper).post(&form_of(&story), &[("reason", "advertising")]).await;
    let flagger = Browser::new(&paper);
    assert!(flagger.get(&link).await.text.contains("مرصد الساحل"));
    assert_eq!(flagger.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(flagger.get(&form_of(&story)).await.text.contains("باسم «\u{2068}مرصد الساحل"));
    flagger.post(&form_of(&story), &[("reason", "violence")]).await;
    owner.get("/desk/reported").await.assert_order(&["مرصد الساحل", "إعلان أو ترويج"]);
    let id = paper.app.store.flaggers().await.expect("flaggers")[0].id;
    owner.post(&format!("/desk/flaggers/{id}/revocation"), &[]).await;
    assert_eq!(flagger.get(&link).await.status, StatusCode::NOT_FOUND);
    assert!(!flagger.get(&form_of(&story)).await.text.contains("مرصد الساحل"));
    assert!(owner.get("/desk/reported").await.text.contains("مرصد الساحل"), "what was marked stays marked");
}
