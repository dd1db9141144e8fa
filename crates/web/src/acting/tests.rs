use crate::aftermath::{Follower, catch_up};
use crate::app::App;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use newsroom::CommentId;
use newsroom::acting::ActingRule;
use newsroom::comment::State;
use newsroom::happening::What;
use newsroom::people::{Actor, Role};
use newsroom::story::Published;

const ADDRESS: &str = "/desk/rules/acting";
const REFUSED: &str = "حافلات المدينة القديمة كلها معطلة ومن يركبها يدفع ضعف الثمن لشركة واحدة تعرفونها";

async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("ترام").await;
    (paper, story)
}

async fn editor(paper: &OpenPaper) -> Browser<'_> {
    Browser::of_staff(paper, "نادية", Role::Editor).await
}

/// The form as it stands, with some fields filled in otherwise.
fn form<'f>(changes: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut form = vec![
        ("was", ""),
        ("scope-near-copies", "off"),
        ("scope-blocked-links", "off"),
        ("scope-limits", "off"),
        ("scope-trusted-readers", "off"),
        ("percent", "٧٠"),
        ("hosts", ""),
        ("links-reason", "advertising"),
        ("limits-reason", "other"),
        ("released", "5"),
        ("days", "90"),
        ("why", "ليلة الانتخابات"),
    ];
    for (name, value) in changes {
        form.retain(|(kept, _)| kept != name || *name == "section-trusted-readers");
        form.push((name, value));
    }
    form
}

async fn switches_on(editor: &Browser<'_>, changes: &[(&str, &str)]) {
    let got = editor.post(ADDRESS, &form(changes)).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text);
}

async fn state(paper: &OpenPaper, story: &Published, comment: CommentId) -> State {
    paper.app.store.queue_entry(story.id, comment).await.expect("a comment").state
}

fn chosen(got: &Got) -> Vec<String> {
    let parts = got.text.split("name=\"ruling\" value=\"").skip(1);
    parts.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn as_shipped_every_rule_is_off_and_everything_waits() {
    let (paper, story) = open().await;
    let editor = editor(&paper).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let reader = Browser::new(&paper);
    let first = reader.comments(&story, "هدى", REFUSED).await;
    salma.rules(&story, first, "refuse", "insult").await;
    let copy = Browser::new(&paper).comments(&story, "كريم", REFUSED).await;
    assert_eq!(state(&paper, &story, copy).await, State::Held);
    editor.get(ADDRESS).await.assert_order(&["لم تُشغَّل قاعدة من قبل"]);
}

#[tokio::test]
async fn a_near_copy_of_what_a_person_refused_is_refused_and_a_copy_of_what_a_rule_refused_waits() {
    let (paper, story) = open().await;
    let editor = editor(&paper).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let first = Browser::new(&paper).comments(&story, "هدى", REFUSED).await;
    salma.rules(&story, first, "refuse", "insult").await;
    switches_on(&editor, &[("scope-near-copies", "everywhere")]).await;
    let reader = Browser::new(&paper);
    let copy = reader.comments(&story, "كريم", &REFUSED.replace("كلها", "كُلُّها")).await;
    assert_eq!(state(&paper, &story, copy).await, State::Refused);

    let ruling = paper.app.store.rulings(None, 1).await.expect("rulings").remove(0).ruling;
    let acting = ruling.by.rule().expect("a rule");
    assert_eq!(acting.rule, ActingRule::NearCopies);
    let version = paper.app.store.acting().await.expect("read").expect("a version");
    assert_eq!((acting.under, version.by_name.as_str()), (version.id, "نادية"));
    let stated = paper.app.store.statement(ruling.id).await.expect("read").expect("a statement");
    assert_eq!(stated.automated_decision, "AUTOMATED_DECISION_FULLY");
    assert_eq!(stated.decided_by_rule.as_deref(), Some("near-copies"));
    assert_eq!(stated.incompatible_content_ground, "insult", "the reason is the person's");
    let told = paper.app.store.log(None, 50).await.expect("a log");
    let told = told.iter().find(|one| matches!(one.what, What::CommentRefused { comment, .. } if comment == copy));
    assert_eq!(told.expect("a happening").by, Actor::Rule(acting));

    let undo = paper.app.store.rulings(None, 10).await.expect("rulings");
    let persons = undo.iter().find(|line| line.ruling.comment == first).expect("the person's").ruling.id;
    salma.post(&format!("/desk/rulings/{persons}/undo"), &[("story", &story.id.short())]).await;
    let third = Browser::new(&paper).comments(&story, "ليلى", REFUSED).await;
    assert_eq!(state(&paper, &story, third).await, State::Held, "what a rule refused is nobody's model");
}

#[tokio::test]
async fn what_a_rule_decided_is_undone_together_and_the_log_says_which_rule_it_was() {
    let (paper, story) = open().await;
    let editor = editor(&paper).await;
    let on = [("scope-blocked-links", "everywhere"), ("hosts", "https://www.shop.example/x?y\ngo.example")];
    let host = [("scope-blocked-links", "everywhere"), ("hosts", "shop.example\nwww.go.example")];
    assert_eq!(editor.post(ADDRESS, &form(&on)).await.status, StatusCode::SEE_OTHER);
    let version = paper.app.store.acting().await.expect("read").expect("a version");
    assert_eq!(version.rules.blocked_links.hosts, ["go.example", "shop.example"], "an address stands for its host");
    let late = editor.post(ADDRESS, &form(&host)).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "another version was switched on since");

    let mut comments = Vec::new();
    for n in 0..3 {
        let text = format!("انظروا https://shop.example/{n}");
        comments.push(Browser::new(&paper).comments(&story, "هدى", &text).await);
    }
    for comment in &comments {
        assert_eq!(state(&paper, &story, *comment).await, State::Refused);
    }
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    salma.rules(&story, comments[0], "release", "").await;
    let log = salma.get("/desk/log?rule=blocked-links").await;
    log.assert_order(&["قاعدة «\u{2068}روابط محجوبة\u{2069}»", "رُفض تعليق"]);
    assert!(salma.get("/desk/log?rule=limits").await.text.contains("لا قرارات بعد"));
    let bound = Browser::new(&paper);
    bound.signs_in(Role::Moderator, &[newsroom::SectionId(2)], paper.app.now()).await;
    let chosen = chosen(&log);
    assert_eq!(chosen.len(), 2, "one was ruled on by a person since");
    let mut sent = vec![("rule", "blocked-links")];
    sent.extend(chosen.iter().map(|ids| ("ruling", ids.as_str())));
    assert_eq!(bound.post("/desk/log/undo", &sent).await.status, StatusCode::FORBIDDEN, "not their section");
    let done = salma.post("/desk/log/undo", &sent).await;
    assert_eq!(done.header("location"), "/desk/log?rule=blocked-links&undone=2&left=0");
    salma.get(done.header("location")).await.assert_order(&["تراجعت عن قرارين", "تراجع"]);
    assert_eq!(state(&paper, &story, comments[1]).await, State::Held);
    assert_eq!(state(&paper, &story, comments[0]).await, State::Released, "the person's ruling stands");
    let again = salma.post("/desk/log/undo", &sent).await;
    assert_eq!(again.header("location"), "/desk/log?rule=blocked-links&undone=0&left=2");
}

#[tokio::test]
async fn a_trusted_reader_is_let_through_in_the_chosen_section_only_and_never_with_a_finding() {
    let rules = moderation::Rulebook::parse("[phases]\nlikely = false\nrate = false").expect("a rulebook");
    let settings = Paper { name: "المرفأ".into(), posts_per_minute: 600, ..Paper::default() };
    let paper = OpenPaper::open_under(settings, Some(rules)).await;
    let editor = editor(&paper).await;
    let story = paper.publishes("ترام").await;
    let mut draft = paper.draft("معرض");
    draft.text.section = Some(newsroom::SectionId(2));
    let elsewhere = paper.publishes_draft(draft, paper.app.now()).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let (huda, stranger) = (Browser::new(&paper), Browser::new(&paper));
    for text in ["ركبت الترام اليوم", "المقاعد مريحة", "الوقت مضبوط", "أحب اللون الأزرق", "شكرا للسائقين"]
    {
        let comment = huda.comments(&story, "هدى", text).await;
        salma.rules(&story, comment, "release", "").await;
    }
    let none = form(&[("scope-trusted-readers", "sections")]);
    let got = editor.post(ADDRESS, &none).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "no section is chosen");
    got.assert_order(&["اختر قسمًا واحدًا على الأقل"]);
    let on = [("scope-trusted-readers", "sections"), ("section-trusted-readers", "city")];
    let tried = editor.post("/desk/rules/acting/trial", &form(&on)).await;
    tried.assert_order(&["لو كانت تعمل من قبل", "قراء لهم سجلّ حسن", "ما كانت ستقرّر في شيء"]);
    assert!(paper.app.acting.now().is_none(), "a trial switches nothing on");
    switches_on(&editor, &on).await;

    let path = format!("{}/comments", crate::layout::address::story(&story.slug));
    let sent = huda.post(&path, &[("name", "هدى"), ("text", "والتذاكر رخيصة"), ("reply_to", "")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = paper.get(&crate::layout::address::story(&story.slug)).await;
    assert!(page.text.contains("والتذاكر رخيصة"), "it is public");
    let (link, other) = (
        huda.comments(&story, "هدى", "انظروا https://shop.example/a").await,
        huda.comments(&elsewhere, "هدى", "معرض جميل").await,
    );
    assert_eq!(state(&paper, &story, link).await, State::Held, "something was found in it");
    assert_eq!(state(&paper, &elsewhere, other).await, State::Held, "the rule is off in that section");
    let unknown = stranger.comments(&story, "هدى", "كلام طيب مثل غيره").await;
    assert_eq!(state(&paper, &story, unknown).await, State::Held, "the same name is not the same person");

    let at = paper.app.now();
    let review = newsroom::people::Measure {
        id: newsroom::MeasureId(paper.app.store.id(at)),
        visitor: paper.app.store.author_of(story.id, link).await.expect("an author"),
        kind: newsroom::people::MeasureKind::Review,
        why: "نقرأ كل ما تكتب".to_owned(),
        by: paper.app.store.staff().await.expect("the staff")[0].id,
        at,
        until: None,
        acknowledged: None,
    };
    paper.app.store.take_measure(&review).await.expect("a measure");
    let watched = huda.comments(&story, "هدى", "مساء الخير جميعا").await;
    assert_eq!(state(&paper, &story, watched).await, State::Held, "the staff reads everything of theirs");
    let lifted = paper.app.store.lift_measure(review.id, Actor::Program, "", paper.app.now()).await;
    lifted.expect("lifted");

    salma.rules(&story, link, "refuse", "advertising").await;
    let after = huda.comments(&story, "هدى", "صباح الخير جميعا").await;
    assert_eq!(state(&paper, &story, after).await, State::Held, "a refusal ends the trust");
}

#[tokio::test]
async fn a_rule_never_rules_on_words_that_it_did_not_read() {
    let (paper, story) = open().await;
    let editor = editor(&paper).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة أولى").await;
    switches_on(&editor, &[("scope-limits", "everywhere")]).await;
    let under = paper.app.acting.now().expect("a version").id;
    let by = newsroom::comment::RuledBy::Rule(newsroom::acting::Acting { rule: ActingRule::TrustedReaders, under });
    let at = paper.app.now();
    let ruling = newsroom::comment::Ruling {
        id: newsroom::RulingId(paper.app.store.id(at)),
        story: story.id,
        comment,
        decision: newsroom::comment::Decision::Release { collapsed: false, links: false },
        by,
        at,
        why: String::new(),
    };
    let got = paper.app.store.rule_as_read(&ruling, "كلمة أخرى").await;
    assert!(matches!(got, Err(store::StoreError::Conflict(_))), "{got:?}");
    assert_eq!(state(&paper, &story, comment).await, State::Held);
    paper.app.store.rule_as_read(&ruling, "كلمة أولى").await.expect("the words it read");
    let again = newsroom::comment::Ruling { id: newsroom::RulingId(paper.app.store.id(at)), ..ruling };
    let got = paper.app.store.rule_as_read(&again, "كلمة أولى").await;
    assert!(matches!(got, Err(store::StoreError::Conflict(_))), "it does not wait any more: {got:?}");
}

#[tokio::test]
async fn another_process_takes_a_change_up_and_a_wrong_form_comes_back_as_typed() {
    let (paper, _) = open().await;
    let editor = editor(&paper).await;
    let other =
        App::new(store::Store::clone(&paper.app.store), Paper::default(), None, None).await.expect("a second process");
    let mut follower = Follower::default();
    catch_up(&other, &mut follower).await.expect("begun");
    let wrong = form(&[("percent", "20"), ("hosts", "ليس موقعا"), ("why", "")]);
    let got = editor.post(ADDRESS, &wrong).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["درجة التطابق رقم من ٥٠ إلى ١٠٠", "اكتب موقعًا واحدًا", "اكتب سببًا", "ليس موقعا"]);
    switches_on(&editor, &[("scope-limits", "everywhere")]).await;
    assert!(other.acting.now().is_none());
    catch_up(&other, &mut follower).await.expect("caught up");
    assert_eq!(other.acting.now().map(|version| version.id), paper.app.acting.now().map(|version| version.id));
}

#[tokio::test]
async fn the_author_is_told_that_a_rule_decided_and_that_nobody_has_read_it() {
    let (paper, story) = open().await;
    let editor = editor(&paper).await;
    switches_on(&editor, &[("scope-blocked-links", "everywhere"), ("hosts", "shop.example")]).await;
    let reader = Browser::new(&paper);
    reader.comments(&story, "هدى", "انظروا https://shop.example/a").await;
    let told = reader.get("/me").await;
    told.assert_order(&["القرار آلي", "روابط محجوبة"]);
    assert!(!told.text.contains("قرّر إنسان"));
}

#[tokio::test]
async fn what_a_person_took_back_from_a_rule_waits_for_a_person_also_when_it_is_saved_anew() {
    let (paper, story) = open().await;
    let (editor, reader) = (editor(&paper).await, Browser::new(&paper));
    switches_on(&editor, &[("scope-blocked-links", "everywhere"), ("hosts", "shop.example")]).await;
    let text = "انظروا https://shop.example/a";
    let comment = reader.comments(&story, "هدى", text).await;
    assert_eq!(state(&paper, &story, comment).await, State::Refused);
    let ruling = paper.app.store.rulings(None, 1).await.expect("rulings").remove(0).ruling.id;
    editor.post(&format!("/desk/rulings/{ruling}/undo"), &[("story", &story.id.short())]).await;
    let edit = format!("{}/own/{comment}/edit", crate::layout::address::story(&story.slug));
    for text in [text, "انظروا https://shop.example/b"] {
        assert_eq!(reader.post(&edit, &[("text", text)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(state(&paper, &story, comment).await, State::Held, "{text}");
    }
}

#[tokio::test]
async fn of_a_rules_decision_nobody_says_that_the_desk_read_it_until_somebody_has() {
    let (paper, story) = open().await;
    let (editor, reader) = (editor(&paper).await, Browser::new(&paper));
    switches_on(&editor, &[("scope-blocked-links", "everywhere"), ("hosts", "shop.example")]).await;
    let comment = reader.comments(&story, "هدى", "انظروا https://shop.example/a").await;
    let told = reader.get("/me").await;
    told.assert_order(&["طُبِّقت عليه القاعدة آليًا", "روابط محجوبة", "ولم يقرأ إنسان التعليق بعد"]);
    assert!(!told.text.contains("من تلقاء نفسه"), "the desk had not seen it");
    let lines = editor.get("/desk/statements.json").await.text;
    let line: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    let facts = line["decision_facts"].as_str().expect("a text");
    assert!(facts.contains("روابط محجوبة") && !facts.contains("قُرئ"), "{facts}");

    reader.post(&format!("/me/{comment}/appeal"), &[("text", "هو موقع جمعية")]).await;
    let appeal = paper.app.store.appeal_of(
        (story.id, comment),
        None,
        newsroom::comment::Side::Author,
        newsroom::people::Visitor { id: paper.app.store.author_of(story.id, comment).await.expect("an author") },
    );
    let appeal = appeal.await.expect("read").expect("an objection").id;
    let upheld = [("act", "uphold"), ("answer", "قرأناه، والرابط إعلان")];
    assert_eq!(editor.post(&format!("/desk/appeals/{appeal}"), &upheld).await.status, StatusCode::SEE_OTHER);
    let told = reader.get("/me").await;
    told.assert_order(&["القرار آلي", "قرأ إنسان التعليق بعد تظلّمك"]);
    assert!(!told.text.contains("ولم يقرأ إنسان"));
}

#[tokio::test]
async fn a_trial_compares_with_what_people_decided_and_not_with_itself() {
    let (paper, story) = open().await;
    let editor = editor(&paper).await;
    let on = [("scope-blocked-links", "everywhere"), ("hosts", "shop.example")];
    let texts = ["انظروا https://shop.example/a", "وهنا https://shop.example/b"];
    let by_a_person = Browser::new(&paper).comments(&story, "هدى", texts[0]).await;
    editor.rules(&story, by_a_person, "refuse", "advertising").await;
    switches_on(&editor, &on).await;
    let by_the_rule = Browser::new(&paper).comments(&story, "كريم", texts[1]).await;
    assert_eq!(state(&paper, &story, by_the_rule).await, State::Refused);
    let tried = editor.post("/desk/rules/acting/trial", &form(&on)).await;
    tried.assert_order(&["كانت ستقرّر في تعليقين. الناس قرّروا مثلها في \u{2068}1\u{2069} وغيرها في \u{2068}0\u{2069}"]);
}
