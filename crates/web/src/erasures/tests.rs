//! A reader's data go, by the reader's own hand or by an editor's.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

/// Stands in whatever is to go.
const MARK: &str = "كهرمانة";

#[tokio::test]
async fn a_reader_types_the_word_and_everything_goes_at_once_with_tombstones_kept() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, karim) = (Browser::new(&paper), Browser::new(&paper));
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    let public = huda.comments(&story, MARK, &format!("{MARK} المحطة جميلة.")).await;
    salma.rules(&story, public, "release", "").await;
    let answer = karim.answers(&story, "1", "كريم", "صحيح ما قيل.").await;
    salma.rules(&story, answer, "release", "").await;
    huda.comments(&story, MARK, &format!("{MARK} وهذا ينتظر.")).await;
    let refused = huda.comments(&story, MARK, &format!("{MARK} وهذا مرفوض.")).await;
    salma.rules(&story, refused, "refuse", "insult").await;
    let page = huda.get("/me/erasure").await;
    page.assert_order(&["ما يُمحى", "ما يبقى", "رقمه", "اكتب الكلمة"]);
    let wrong = huda.post("/me/erasure", &[("word", "نعم")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["ليست كلمة التأكيد", "value=\"نعم\""]);
    assert!(paper.get(&address::story(&story.slug)).await.text.contains(MARK), "nothing is gone yet");
    let done = huda.post("/me/erasure", &[("word", " محو ")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let receipt = done.header("location").to_owned();
    assert!(huda.jar().get("midad_visitor").is_none_or(String::is_empty), "the device key is taken away");
    let thread = paper.get(&address::story(&story.slug)).await;
    assert!(!thread.text.contains(MARK));
    thread.assert_order(&["id=\"c-1\"", "صحيح ما قيل"]);
    let search = format!("/desk/search?words={}", address::encoded(MARK));
    for path in ["/desk", "/desk/log", search.as_str(), "/desk/erasures"] {
        let text = salma.get(path).await.text;
        assert!(!text.replace(&format!("value=\"{MARK}\""), "").contains(MARK), "{path}");
    }
    let status = Browser::new(&paper).get(&receipt).await;
    assert_eq!((status.status, status.header("cache-control")), (StatusCode::OK, "private, no-store"));
    status.assert_order(&[
        "كل ما أُرسل من جهاز",
        "مُحيت 3 تعليقات",
        "من الصفحات والسجلات",
        "تم.",
        "في غضون يوم",
        "النسخ الاحتياطية",
    ]);
    super::look_after(&paper.app).await.expect("the files are cleaned");
    assert!(!paper.get(&receipt).await.text.contains("في غضون يوم"));
    assert_eq!(paper.app.store.check().await.expect("asked"), []);
    assert_eq!(paper.get(&format!("{receipt}a")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_comment_goes_and_the_others_stay() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let huda = Browser::new(&paper);
    let gone = huda.comments(&story, "هدى", &format!("{MARK} هذا يذهب.")).await;
    huda.comments(&story, "هدى", "وهذا يبقى.").await;
    assert!(huda.get("/me").await.text.contains(&format!("/me/{gone}/erasure")));
    let path = format!("/me/{gone}/erasure");
    assert_eq!(Browser::new(&paper).get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(Browser::new(&paper).post(&path, &[("word", "محو")]).await.status, StatusCode::NOT_FOUND);
    let page = huda.get(&path).await;
    assert!(page.text.contains("هذا يذهب") && !page.text.contains("وهذا يبقى"));
    let done = huda.post(&path, &[("word", "محو")]).await;
    assert!(done.header("location").starts_with("/erasures/"));
    let mine = huda.get("/me").await.text;
    assert!(!mine.contains(MARK) && mine.contains("وهذا يبقى"));
    assert!(!huda.get("/me/data.json").await.text.contains(MARK));
}

#[tokio::test]
async fn a_reader_who_is_signed_in_is_told_what_goes_of_the_account_and_not_of_the_device() {
    let paper = OpenPaper::open().await;
    let huda = Browser::new(&paper);
    huda.reads_as_account(paper.app.now()).await;
    let page = huda.get("/me/erasure").await.text;
    assert!(page.contains("حسابك: اسمه وعنوان بريده") && page.contains("لو كان على الحساب إيقاف"));
    assert!(!page.contains("ما يُعرف به هذا الجهاز"));
}

#[tokio::test]
async fn a_banned_reader_may_erase_words_and_stays_banned_until_somebody_lifts_it() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, layla) = (Browser::new(&paper), Browser::of_staff(&paper, "ليلى", Role::Editor).await);
    let comment = huda.comments(&story, "هدى", &format!("{MARK} كلام.")).await;
    let visitor = paper.app.store.author_of(story.id, comment).await.expect("an author");
    let ban = [("kind", "ban"), ("days", ""), ("why", MARK)];
    layla.post(&format!("/desk/visitors/{visitor}/measures"), &ban).await;
    assert!(huda.get("/me/erasure").await.text.contains("يبقى ساريًا"));
    huda.post("/me/erasure", &[("word", "محو")]).await;
    let send = format!("{}/comments", address::story(&story.slug));
    let again = huda.post(&send, &[("name", "هدى"), ("text", "كلام جديد.")]).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    assert!(again.text.contains("مُحيت كلمات السبب") && !again.text.contains(MARK));
    assert_eq!(layla.get(&format!("/desk/visitors/{visitor}")).await.status, StatusCode::NOT_FOUND);
    let list = layla.get("/desk/erasures").await.text;
    let lift = list.split("action=\"/desk/measures/").nth(1).and_then(|rest| rest.split('"').next()).expect("a ban");
    let lifted = layla.post(&format!("/desk/measures/{lift}"), &[("why", "كتبت إلينا")]).await;
    assert_eq!(lifted.status, StatusCode::SEE_OTHER);
    assert_eq!(huda.post(&send, &[("name", "هدى"), ("text", "كلام جديد.")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_editor_erases_for_one_who_wrote_by_mail_and_says_why() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, layla) = (Browser::new(&paper), Browser::of_staff(&paper, "ليلى", Role::Editor).await);
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = huda.comments(&story, "هدى", &format!("{MARK} كلام.")).await;
    let visitor = paper.app.store.author_of(story.id, comment).await.expect("an author");
    let path = format!("/desk/visitors/{visitor}/erasure");
    assert!(layla.get(&format!("/desk/visitors/{visitor}")).await.text.contains(&path));
    assert!(!salma.get(&format!("/desk/visitors/{visitor}")).await.text.contains(&path));
    assert_eq!(salma.post(&path, &[("why", "طلبت"), ("word", "محو")]).await.status, StatusCode::FORBIDDEN);
    let no_reason = layla.post(&path, &[("why", ""), ("word", "محو")]).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = layla.post(&path, &[("why", "طلب بالبريد في السابع"), ("word", "محو")]).await;
    assert_eq!(done.header("location"), "/desk/erasures");
    layla.get("/desk/erasures").await.assert_order(&["كل ما أُرسل من جهاز", "ليلى", "طلب بالبريد في السابع"]);
    assert!(!huda.get("/me").await.text.contains(MARK));
}

#[tokio::test]
async fn what_was_broken_off_is_finished_by_the_clock() {
    let paper = OpenPaper::open_as(crate::paper::Paper { posts_per_minute: 400, ..Default::default() }).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let huda = Browser::new(&paper);
    let mut last = None;
    for number in 0..25 {
        last = Some(huda.comments(&story, "هدى", &format!("{MARK} {number}.")).await);
    }
    let (store, now) = (&paper.app.store, paper.app.now());
    let visitor = store.author_of(story.id, last.expect("a comment")).await.expect("an author");
    let scope = store::erasures::Scope::Everything(newsroom::VisitorId(-5));
    let by = newsroom::people::Actor::Visitor(visitor);
    let asked = store.ask_erasure(visitor, scope, (by, ""), now).await.expect("asked");
    assert!(!store.carry_on_erasure(asked, now).await.expect("some").done, "and then the power went");
    assert!(huda.get("/me").await.text.contains(MARK));
    super::look_after(&paper.app).await.expect("done");
    assert!(!huda.get("/me").await.text.contains(MARK));
    let erasure = store.erasure(asked).await.expect("it is there");
    assert!(erasure.rows_done.is_some() && erasure.bytes_done.is_some());
}
