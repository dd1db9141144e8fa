//! Saved queues, what stands beside a card, second opinions, and the search.

use super::open;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::SectionId;
use newsroom::people::Role;

const LONG: &str = "اشتروا أجود أنواع السجاد من متجرنا القريب من الميناء قبل نهاية الشهر الحالي بسعر مناسب جدا";

async fn in_culture(paper: &OpenPaper) -> newsroom::story::Published {
    let mut draft = paper.draft("معرض الكتاب");
    draft.text.section = Some(SectionId(2));
    paper.publishes_draft(draft, paper.app.now()).await
}

#[tokio::test]
async fn each_saved_queue_has_its_address_and_its_count() {
    let (paper, story) = open().await;
    let fair = in_culture(&paper).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    Browser::new(&paper).comments(&story, "هدى", "عن المحطة").await;
    Browser::new(&paper).comments(&fair, "كريم", "عن الكتب https://example.org/b").await;
    let section = SectionId(2).short();
    let desk = salma.get("/desk").await.text;
    for saved in [format!("/desk?section={section}"), "/desk?finding=links".into(), "/desk?queue=copies".into()] {
        assert!(desk.contains(&format!("href=\"{saved}\"")), "{saved}");
    }
    let of_section = salma.get(&format!("/desk?section={section}")).await.text;
    assert!(of_section.contains("عن الكتب") && !of_section.contains("عن المحطة"));
    let with_links = salma.get("/desk?finding=links").await.text;
    assert!(with_links.contains("عن الكتب") && !with_links.contains("عن المحطة"));
    assert_eq!(salma.get("/desk?finding=nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn copies_are_one_card_that_says_how_many_and_leads_to_all() {
    let (paper, story) = open().await;
    let fair = in_culture(&paper).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    Browser::new(&paper).comments(&story, "هدى", LONG).await;
    Browser::new(&paper).comments(&fair, "كريم", LONG).await;
    Browser::new(&paper).comments(&fair, "مايا", &format!("{LONG} يا ناس")).await;
    let desk = salma.get("/desk").await.text;
    assert_eq!(desk.matches("data-card ").count(), 1);
    assert!(desk.contains("٣ نسخ") || desk.contains("3 نسخ"), "{desk}");
    let all = desk.split("href=\"/desk?kin=").nth(1).and_then(|rest| rest.split('"').next()).expect("a way to all");
    let all = salma.get(&format!("/desk?kin={all}")).await.text;
    assert_eq!(all.matches("data-card ").count(), 3);
    let bound = Browser::new(&paper);
    bound.signs_in(Role::Moderator, &[SectionId(1)], paper.app.now()).await;
    let theirs = bound.get("/desk").await.text;
    assert_eq!(theirs.matches("data-card ").count(), 1);
    assert!(!theirs.contains("كريم"), "another section's comments are not theirs to see");
}

#[tokio::test]
async fn whoever_asks_for_a_second_opinion_is_told_that_another_one_decides() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadir = Browser::of_staff(&paper, "نادر", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let (of, id) = (story.id.short(), comment.short());
    let about = [("story", of.as_str()), ("comment", id.as_str())];
    let form = [&about[..], &[("act", "escalate"), ("note", "هل هذا رأي أم إهانة؟")]].concat();
    let card = salma.post_by_script("/desk/care", &form).await;
    card.assert_order(&["سلمى\u{2069} يطلب رأيًا ثانيًا", "هل هذا رأي أم إهانة؟", "أنت من طلب رأيًا ثانيًا"]);
    assert!(nadir.get("/desk?queue=escalated").await.text.contains("هل هذا رأي أم إهانة؟"));
    let alone = salma.rules(&story, comment, "release", "").await;
    assert_eq!(alone.status, StatusCode::CONFLICT);
    assert!(alone.text.contains("فالقرار فيه لغيرك"));
    let back = [&about[..], &[("act", "take-escalation-back")]].concat();
    assert_eq!(nadir.post("/desk/care", &back).await.status, StatusCode::FORBIDDEN, "another's question stays");
    assert_eq!(nadir.rules(&story, comment, "release", "").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn notes_and_disputes_stand_on_the_card_and_nowhere_else() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "انظر https://example.org/c").await;
    let (of, id) = (story.id.short(), comment.short());
    let about = [("story", of.as_str()), ("comment", id.as_str())];
    let noted = salma.post("/desk/care", &[&about[..], &[("act", "note"), ("note", "اتصلت بالمحررة")]].concat()).await;
    assert_eq!(noted.header("location"), format!("/desk/comments/{of}/{id}"));
    let empty = salma.post("/desk/care", &[&about[..], &[("act", "note"), ("note", " ")]].concat()).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    let dispute = |reason: &'static str| [&about[..], &[("act", "dispute"), ("reason", reason)]].concat();
    assert_eq!(salma.post("/desk/care", &dispute("finding.rush")).await.status, StatusCode::BAD_REQUEST);
    let card = salma.post_by_script("/desk/care", &dispute("finding.link")).await;
    card.assert_order(&["قيل إنها خاطئة", "اتصلت بالمحررة"]);
    assert!(salma.get("/desk/disputes").await.text.contains("اعتراض واحد"));
    salma.rules(&story, comment, "release", "").await;
    let public = paper.get(&address::story(&story.slug)).await.text;
    assert!(public.contains("انظر") && !public.contains("اتصلت بالمحررة"));
}

#[tokio::test]
async fn the_paper_chooses_a_comment_answers_it_and_closes_the_thread() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "متى يعمل الخط؟").await;
    let (of, id) = (story.id.short(), comment.short());
    let about = [("story", of.as_str()), ("comment", id.as_str())];
    let early = salma.post("/desk/care", &[&about[..], &[("act", "feature")]].concat()).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "what waits is not chosen");
    let early = salma.post("/desk/replies", &[&about[..], &[("text", "غدًا")]].concat()).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "and not answered in public");
    salma.rules(&story, comment, "release", "").await;
    salma.post("/desk/care", &[&about[..], &[("act", "feature")]].concat()).await;
    let answered = salma.post("/desk/replies", &[&about[..], &[("text", "يعمل غدًا صباحًا")]].concat()).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&["comments-chosen", "متى يعمل الخط؟", "class=\"thread\"", "من الصحيفة", "يعمل غدًا صباحًا"]);
    let log = salma.get("/desk/log").await.text;
    assert!(log.contains("نُشر بروابط مفعّلة"), "links of the paper's own answer are live");
    assert_eq!(log.matches("<li class=\"log-line").count(), 2, "its release is a ruling like any other");
    salma.post("/desk/care", &[&about[..], &[("act", "unfeature")]].concat()).await;
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains("comments-chosen"));
    salma.post("/desk/threads", &[("story", of.as_str()), ("policy", "closed")]).await;
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains("name=\"text\""));
    assert!(salma.get(&format!("/desk?story={of}")).await.text.contains("أعد فتح التعليق"));
    salma.post("/desk/threads", &[("story", of.as_str()), ("policy", "open-after-review")]).await;
    assert!(paper.get(&address::story(&story.slug)).await.text.contains("name=\"text\""));
    let hiding = salma.post("/desk/threads", &[("story", of.as_str()), ("policy", "hidden")]).await;
    assert_eq!(hiding.status, StatusCode::BAD_REQUEST, "a whole thread is hidden by editors");
}

#[tokio::test]
async fn the_search_finds_folded_words_in_every_state_and_marks_them() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let refused = Browser::new(&paper).comments(&story, "هدى", "وصلت المدرسة أمس").await;
    salma.rules(&story, refused, "refuse", "off-topic").await;
    Browser::new(&paper).comments(&story, "كريم", "مدرسه قريبة من الرصيف").await;
    let found = salma.get("/desk/search?words=%D8%A7%D9%84%D9%85%D8%AF%D8%B1%D8%B3%D9%87").await;
    found.assert_order(&["<mark>مدرسه</mark>", "<mark>المدرسة</mark>"]);
    let refused = salma.get("/desk/search?words=%D9%85%D8%AF%D8%B1%D8%B3%D9%87&state=refused").await.text;
    assert!(refused.contains("وصلت") && !refused.contains("قريبة"));
    assert!(salma.get("/desk/search?words=zzz").await.text.contains("لا تعليق بهذا الوصف"));
    assert!(!salma.get("/desk/search").await.text.contains("log-line"), "nothing asked, nothing looked for");
    assert_eq!(salma.get("/desk/search?from=2026-13-99&state=burnt&words=%00").await.status, StatusCode::OK);
    let later = salma.get("/desk/search?from=2999-01-01&words=%D9%85%D8%AF%D8%B1%D8%B3%D9%87").await.text;
    assert!(later.contains("لا تعليق بهذا الوصف"));
}

#[tokio::test]
async fn long_and_hurtful_texts_are_shown_when_they_are_asked_for() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    Browser::new(&paper).comments(&story, "هدى", &"كلمة أخرى مختلفة عن غيرها ".repeat(50)).await;
    assert!(!salma.get("/desk").await.text.contains("data-veiled"));
    salma.post("/desk/settings", &[("blur", "yes"), ("one_card", "yes")]).await;
    let desk = salma.get("/desk").await.text;
    assert!(desk.contains("data-veiled") && desk.contains("cards-waiting one-card"));
    salma.post("/desk/settings", &[]).await;
    assert!(!salma.get("/desk").await.text.contains("data-veiled"));
}

#[tokio::test]
async fn a_story_with_many_alike_is_pointed_out_and_nothing_is_done_about_it() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for name in ["هدى", "كريم", "مايا", "سامي"] {
        Browser::new(&paper).comments(&story, name, LONG).await;
    }
    for text in ["كلام عن المحطة", "وكلام عن الرصيف"] {
        Browser::new(&paper).comments(&story, "نبيل", text).await;
    }
    let desk = salma.get("/desk").await;
    desk.assert_order(&["class=\"story-advice\"", "افتتاح محطة المرفأ", "متشابهة", "والقرار لك"]);
    assert!(paper.get(&address::story(&story.slug)).await.text.contains("name=\"text\""), "comments are still taken");
}

#[tokio::test]
async fn a_card_that_a_colleague_has_open_says_so() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let nadir = Browser::of_staff(&paper, "نادر", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let (of, id) = (story.id.short(), comment.short());
    let about = [("story", of.as_str()), ("comment", id.as_str())];
    assert_eq!(salma.post("/desk/claims", &about).await.status, StatusCode::NO_CONTENT);
    assert_eq!(nadir.post("/desk/claims", &about).await.text, "سلمى");
    assert!(nadir.get("/desk").await.text.contains("مفتوح الآن عند \u{2068}سلمى"));
    assert!(!salma.get("/desk").await.text.contains("مفتوح الآن عند \u{2068}"), "her own card is her own");
}

#[tokio::test]
async fn under_a_held_thread_comments_are_taken_and_nobody_lets_one_through_until_it_is_lifted() {
    let (paper, story) = open().await;
    let (salma, huda) = (Browser::of_staff(&paper, "سلمى", Role::Moderator).await, Browser::new(&paper));
    let first = huda.comments(&story, "هدى", "كلمة منشورة").await;
    salma.rules(&story, first, "release", "").await;
    let waiting = huda.comments(&story, "هدى", "كلمة تنتظر").await;
    let id = story.id.short();
    let set = |policy: &'static str| [("story", id.clone()), ("policy", policy.to_owned())];
    let pairs = |form: &[(&'static str, String); 2]| form.clone().map(|(name, value)| (name, value));
    let held = pairs(&set("held-back"));
    let held: Vec<(&str, &str)> = held.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(salma.post("/desk/threads", &held).await.status, StatusCode::SEE_OTHER);
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&["لا يُنشر تعليق جديد", "id=\"comment-form\"", "كلمة منشورة"]);
    let later = Browser::new(&paper).comments(&story, "كريم", "كلمة بعد الإمساك").await;
    for comment in [waiting, later] {
        let got = salma.rules(&story, comment, "release", "").await;
        assert_eq!(got.status, StatusCode::CONFLICT);
        assert!(got.text.contains("ممسوك"), "{}", got.text);
    }
    let which = format!("{}.{later}.0", story.id);
    salma.post("/desk/bulk", &[("sent_as", "held-1"), ("act", "release"), ("which", &which)]).await;
    let text = paper.get(&address::story(&story.slug)).await.text;
    assert!(!text.contains("كلمة تنتظر") && !text.contains("بعد الإمساك"));
    assert_eq!(salma.rules(&story, later, "refuse", "insult").await.status, StatusCode::SEE_OTHER, "refusing goes on");
    assert!(salma.get(&format!("/desk?story={id}")).await.text.contains("يُستلم ولا يُنشر"));
    let lifted = pairs(&set("open-after-review"));
    let lifted: Vec<(&str, &str)> = lifted.iter().map(|(name, value)| (*name, value.as_str())).collect();
    salma.post("/desk/threads", &lifted).await;
    assert_eq!(salma.rules(&story, waiting, "release", "").await.status, StatusCode::SEE_OTHER);
    let page = paper.get(&address::story(&story.slug)).await.text;
    assert!(page.contains("كلمة تنتظر") && !page.contains("لا يُنشر تعليق جديد"));
}
