//! Objections, from the reader's page to the desk and back.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::SectionId;
use newsroom::people::Role;
use newsroom::story::Published;

const WORDS: &str = "رأيت المحطة أمس، وهي واسعة.";

async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    (paper, story)
}

async fn the_appeal(paper: &OpenPaper) -> String {
    let open = paper.app.store.open_appeals(None, None, 5).await.expect("appeals");
    format!("/desk/appeals/{}", open[0].id)
}

#[tokio::test]
async fn a_refusal_is_appealed_decided_by_another_person_and_the_comment_gets_its_number() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let (huda, other) = (Browser::new(&paper), Browser::new(&paper).comments(&story, "كريم", "أنا أولًا.").await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "refuse", "off-topic").await;
    salma.rules(&story, other, "release", "").await;
    let link = format!("/me/{comment}/appeal");
    assert!(huda.get("/me").await.text.contains(&link));
    assert_eq!(Browser::new(&paper).get(&link).await.status, StatusCode::NOT_FOUND, "nobody else's");
    assert_eq!(huda.post(&link, &[("text", "  ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = huda.post(&link, &[("text", "كلامي عن المحطة نفسها")]).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, format!("/me/{comment}").as_str()));
    huda.get("/me").await.assert_order(&["تظلّمك", "ينتظر البتّ"]);
    assert_eq!(huda.post(&link, &[("text", "مرة ثانية")]).await.status, StatusCode::CONFLICT);
    let desk = the_appeal(&paper).await;
    let own = salma.get(&desk).await.text;
    assert!(own.contains("فيبتّ في التظلّم زميل") && !own.contains("value=\"uphold\""));
    let form = [("act", "reverse"), ("answer", "كلامك عن الخبر فعلًا"), ("revision", "0"), ("alone", "yes")];
    assert_eq!(salma.post(&desk, &form).await.status, StatusCode::CONFLICT, "refused by the store too");
    nadia.get("/desk/appeals").await.assert_order(&["تظلّم صاحب تعليق", "افتتاح محطة المرفأ", "كلامي عن المحطة"]);
    nadia.get(&desk).await.assert_order(&["خارج الموضوع", "سلمى", "كلامي عن المحطة نفسها", WORDS]);
    assert_eq!(nadia.post(&desk, &[("act", "reverse")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nadia.post(&desk, &form[..3]).await.status, StatusCode::SEE_OTHER);
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&["(2)", "id=\"c-1\"", "أنا أولًا", "id=\"c-2\"", WORDS]);
    huda.get("/me").await.assert_order(&["منشور", "أُلغي القرار", "كلامك عن الخبر فعلًا"]);
    assert_eq!(nadia.post(&desk, &form[..3]).await.status, StatusCode::CONFLICT, "once");
}

#[tokio::test]
async fn a_takedown_that_is_reversed_stands_at_its_old_number_and_undoing_that_opens_the_appeal_again() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let huda = Browser::new(&paper);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let later = Browser::new(&paper).comments(&story, "كريم", "وأنا بعدها.").await;
    salma.rules(&story, later, "release", "").await;
    salma.rules(&story, comment, "refuse", "repeated").await;
    huda.post(&format!("/me/{comment}/appeal"), &[("text", "لم أكرّر شيئًا")]).await;
    let desk = the_appeal(&paper).await;
    nadia.post(&desk, &[("act", "reverse"), ("answer", "صحيح"), ("revision", "0")]).await;
    paper.get(&address::story(&story.slug)).await.assert_order(&["id=\"c-1\"", WORDS, "id=\"c-2\"", "وأنا بعدها"]);
    let reversal = paper.app.store.rulings(None, 1).await.expect("rulings").remove(0).ruling;
    nadia.post(&format!("/desk/rulings/{}/undo", reversal.id), &[("story", &story.id.short())]).await;
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains(WORDS));
    assert_eq!(the_appeal(&paper).await, desk);
    huda.get("/me").await.assert_order(&["أزاله المشرفون", "ينتظر البتّ"]);
    nadia.post(&desk, &[("act", "uphold"), ("answer", "قرأته من جديد")]).await;
    huda.get("/me").await.assert_order(&["بقي القرار كما هو", "قرأته من جديد"]);
}

#[tokio::test]
async fn whoever_works_alone_decides_alone_on_purpose_and_that_is_told() {
    let (paper, story) = open().await;
    let owner = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    let huda = Browser::new(&paper);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    owner.rules(&story, comment, "refuse", "insult").await;
    huda.post(&format!("/me/{comment}/appeal"), &[("text", "لا إهانة فيه")]).await;
    let desk = the_appeal(&paper).await;
    assert!(owner.get(&desk).await.text.contains("ولا يعمل في الصحيفة غيرك"));
    let form = [("act", "uphold"), ("answer", "بلى"), ("alone", "yes")];
    assert_eq!(owner.post(&desk, &form[..2]).await.status, StatusCode::CONFLICT, "only on purpose");
    assert_eq!(owner.post(&desk, &form).await.status, StatusCode::SEE_OTHER);
    huda.get("/me").await.assert_order(&["بقي القرار كما هو", "من اتخذ القرار الأول"]);
}

#[tokio::test]
async fn a_reporter_objects_to_an_outcome_and_the_comment_is_taken_down_by_another_person() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let guest = Browser::new(&paper);
    let report = format!("{}/comments/1/report", address::story(&story.slug));
    let sent = guest.post(&report, &[("reason", "private-data")]).await;
    let receipt = sent.header("location").split('?').next().expect("an address").to_owned();
    let complaint = format!("{receipt}/complaint");
    assert_eq!(guest.get(&complaint).await.status, StatusCode::CONFLICT, "nothing is decided yet");
    salma.rules(&story, comment, "release", "").await;
    guest.get(&receipt).await.assert_order(&["قُرئ التعليق من جديد وبقي", "اعترض على القرار"]);
    assert_eq!(guest.post(&complaint, &[("text", "فيه عنوان بيت")]).await.status, StatusCode::SEE_OTHER);
    guest.get(&receipt).await.assert_order(&["تظلّمك", "ينتظر البتّ"]);
    let desk = the_appeal(&paper).await;
    let bare = [("act", "reverse"), ("answer", "صحيح، فيه عنوان"), ("revision", "0")];
    assert_eq!(nadia.post(&desk, &bare).await.status, StatusCode::UNPROCESSABLE_ENTITY, "by which rule?");
    let whole = [bare[0], bare[1], bare[2], ("reason", "private-data")];
    assert_eq!(nadia.post(&desk, &whole).await.status, StatusCode::SEE_OTHER);
    guest.get(&receipt).await.assert_order(&["أُزيل التعليق", "كشف معلومات خاصة", "أُلغي القرار", "صحيح، فيه عنوان"]);
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains(WORDS));
}

#[tokio::test]
async fn whoever_is_bound_to_sections_sees_and_counts_only_their_appeals() {
    let (paper, story) = open().await;
    let owner = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    let huda = Browser::new(&paper);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    owner.rules(&story, comment, "refuse", "insult").await;
    huda.post(&format!("/me/{comment}/appeal"), &[("text", "لا إهانة فيه")]).await;
    let (here, elsewhere) = (Browser::new(&paper), Browser::new(&paper));
    here.signs_in(Role::Moderator, &[SectionId(1)], paper.app.now()).await;
    elsewhere.signs_in(Role::Moderator, &[SectionId(2)], paper.app.now()).await;
    let count = "تظلّمات <b class=\"number\">";
    let seen = here.get("/desk/appeals").await.text;
    assert!(seen.contains("لا إهانة فيه") && seen.contains(&format!("{count}1</b>")), "{seen}");
    let unseen = elsewhere.get("/desk/appeals").await.text;
    assert!(!unseen.contains("لا إهانة فيه") && unseen.contains(&format!("{count}0</b>")));
    let desk = the_appeal(&paper).await;
    assert_eq!(elsewhere.get(&desk).await.status, StatusCode::FORBIDDEN);
    here.post(&desk, &[("act", "uphold"), ("answer", "بلى")]).await;
    assert!(here.get("/desk/appeals").await.text.contains(&desk), "among those decided last");
    assert!(!elsewhere.get("/desk/appeals").await.text.contains(&desk));
}

#[tokio::test]
async fn whoever_ruled_first_does_not_undo_a_colleague_s_reversal() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let down = nadia.rules(&story, comment, "refuse", "insult").await;
    let ruling = down.header("location").trim_start_matches("/desk?done=").to_owned();
    let undo = format!("/desk/rulings/{ruling}/undo");
    let log = salma.get("/desk/log").await.text;
    assert!(!log.contains(&undo) && log.contains("قرّر زميلٌ هذا بعد قرارك"), "{log}");
    let form = [("story", story.id.short()), ("back", "log".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(salma.post(&undo, &form).await.status, StatusCode::CONFLICT);
    let many = format!("{}:{ruling}", story.id);
    let many = salma.post("/desk/log/undo", &[("ruling", &many)]).await;
    assert!(many.header("location").contains("undone=0&left=1"));
    assert!(nadia.get("/desk/log").await.text.contains(&undo));
    assert_eq!(nadia.post(&undo, &form).await.status, StatusCode::SEE_OTHER);
    paper.get(&address::story(&story.slug)).await.assert_order(&["id=\"c-1\"", WORDS]);
}
