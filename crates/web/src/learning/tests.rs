use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use moderation::{Facts, Score, Submission};
use newsroom::CommentId;
use newsroom::people::Role;
use newsroom::story::Published;
use store::learning::RunState;

/// Enough to be taught, and a third more to be measured on.
const EACH: usize = 78;
const SUBJECTS: [&str; 6] = ["السائق", "المفتش", "الجار", "الكاتب", "المعلق", "المدير"];
const PLACES: [&str; 13] = [
    "المرفأ",
    "السوق",
    "الجسر",
    "المكتبة",
    "الجامعة",
    "المحطة",
    "الحديقة",
    "الساحة",
    "المسرح",
    "المدرسة",
    "المتحف",
    "الملعب",
    "الرصيف",
];

fn rude(n: usize) -> String {
    format!("هذا {} عند {} ترامواي مقلوب كعادته", SUBJECTS[n % 6], PLACES[n % 13])
}

fn kind(n: usize) -> String {
    format!("رأيت {} عند {} صباح اليوم وهو يبتسم", SUBJECTS[n % 6], PLACES[n % 13])
}

/// A paper that refuses what nobody else would, with two moderators.
async fn decided(paper: &OpenPaper, story: &Published) {
    let moderators = [
        Browser::of_staff(paper, "سلمى", Role::Moderator).await,
        Browser::of_staff(paper, "نادر", Role::Moderator).await,
    ];
    let reader = Browser::new(paper);
    for n in 0..EACH {
        for (text, act, reason) in [(rude(n), "refuse", "insult"), (kind(n), "release", "")] {
            let comment = reader.comments(story, "هدى", &text).await;
            let ruled = moderators[n % 2].rules(story, comment, act, reason).await;
            assert_eq!(ruled.status, StatusCode::SEE_OTHER, "{}", ruled.text);
        }
    }
}

async fn open() -> OpenPaper {
    let settings = crate::paper::Paper { posts_per_minute: 10_000, ..crate::paper::Paper::default() };
    OpenPaper::open_under(settings, None).await
}

/// Waits for what goes on in the background, as a person does who loads the page anew.
async fn taught(paper: &OpenPaper) -> RunState {
    loop {
        let run = paper.app.store.learning_run().await.expect("an answer").expect("a run");
        if !run.is_open(paper.app.now()) {
            return run.state;
        }
        tokio::task::yield_now().await;
    }
}

async fn abuse(paper: &OpenPaper, story: &Published, comment: CommentId) -> Score {
    let entry = paper.app.store.queue_entry(story.id, comment).await.expect("a comment");
    entry.verdict.scores.abuse
}

/// The value of the first radio button of a layer on the page.
fn layer(page: &str) -> String {
    let values = page.split("name=\"layer\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.into_iter().find(|value| *value != "none").expect("a layer").to_owned()
}

fn was(page: &str) -> String {
    page.split("name=\"was\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version").to_owned()
}

#[tokio::test]
async fn a_paper_without_decisions_is_told_that_they_are_too_few() {
    let paper = open().await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let page = nadia.get("/desk/learning").await;
    page.assert_order(&["التعلّم من قراراتنا", "تعلّم الآن", "لم تتعلّم الآلة من قراراتكم بعد", "50 مرفوضًا"]);
    assert_eq!(nadia.post("/desk/learning/runs", &[]).await.header("location"), "/desk/learning");
    assert_eq!(taught(&paper).await, RunState::TooFew);
    assert!(nadia.get("/desk/learning").await.text.contains("القرارات قليلة بعد"));
    assert!(paper.app.store.layers(1).await.expect("layers").is_empty());
}

#[tokio::test]
async fn decisions_teach_a_layer_that_an_editor_sees_switches_on_and_takes_back() {
    let paper = open().await;
    let story = paper.publishes("ترام").await;
    decided(&paper, &story).await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    nadia.post("/desk/learning/runs", &[]).await;
    assert_eq!(taught(&paper).await, RunState::Done);
    let page = nadia.get("/desk/learning").await;
    page.assert_order(&[
        "قبل وبعد",
        "قيس على آخر 52 قرارًا",
        "إساءة",
        "مما رفضتم",
        "بطلب \u{2068}نادية\u{2069}، من 156 قرارًا",
    ]);
    let layer = layer(&page.text);

    // Nothing is used yet.
    let (reader, new) = (Browser::new(&paper), "هذا النادل عند المقهى ترامواي مقلوب كعادته");
    let shipped = paper.app.examine_for_others(&Submission { text: new, name: "كريم" }, &Facts::default()).scores.abuse;
    let before = reader.comments(&story, "كريم", new).await;
    assert_eq!(abuse(&paper, &story, before).await, shipped);
    let form = |was: String, layer: &str, why: &str| {
        [("was", was), ("layer", layer.to_owned()), ("why", why.to_owned())].map(|(name, value)| (name, value))
    };
    let send = |form: [(&'static str, String); 3]| {
        let nadia = &nadia;
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            nadia.post("/desk/learning", &form).await
        }
    };
    let no_reason = send(form(was(&page.text), &layer, " ")).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    no_reason.assert_order(&["اكتب سببًا", &format!("value=\"{layer}\" checked")]);
    assert_eq!(send(form(was(&page.text), &layer, "جرّبناها")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(send(form(was(&page.text), "none", "لا")).await.status, StatusCode::CONFLICT, "somebody was faster");

    let after = Browser::new(&paper).comments(&story, "كريم", new).await;
    assert!(abuse(&paper, &story, after).await > shipped, "what this paper refuses is likelier here");
    let entry = paper.app.store.queue_entry(story.id, after).await.expect("a comment");
    let bytes =
        paper.app.store.layer_of_models(&format!("{:016x}", entry.verdict.under.models)).await.expect("an answer");
    let used = paper.app.own.layer().expect("a layer in force");
    assert_eq!(bytes.expect("the layer of the verdict"), used.to_bytes(), "a verdict can be made again");
    // Other systems are answered by the heads as they ship.
    assert!(paper.app.models.own.is_none());

    let page = nadia.get("/desk/learning").await;
    page.assert_order(&[&format!("value=\"{layer}\" checked"), "نادية", "جرّبناها"]);
    assert_eq!(send(form(was(&page.text), "none", "عدنا عنها")).await.status, StatusCode::SEE_OTHER);
    let off = Browser::new(&paper).comments(&story, "كريم", &format!("{new} اليوم")).await;
    let again = paper.app.store.queue_entry(story.id, off).await.expect("a comment").verdict;
    assert_eq!(again.under.models, paper.app.models.fingerprint());
    let page = nadia.get("/desk/learning").await;
    page.assert_order(&["عدنا عنها", "جرّبناها"]);
}

#[tokio::test]
async fn a_moved_finding_says_at_the_desk_that_the_papers_own_decisions_moved_it() {
    let t = crate::Words::new(newsroom::profile::Language::Ar, arabic::digits::Digits::Western);
    let finding = |was, now| {
        let reason = moderation::Reason::OwnDecisions { head: moderation::Head::Abuse, was, now };
        crate::explain(&t, &moderation::Finding::whole(reason, 0))
    };
    let raised = finding(20, 51);
    assert!(raised.sentence.contains("قرارات هذه الجريدة رفعت") && raised.sentence.contains("51"), "{raised:?}");
    let lowered = finding(51, 20);
    assert!(lowered.sentence.contains("قرارات هذه الجريدة خفضت") && !lowered.unless.is_empty(), "{lowered:?}");
}

#[tokio::test]
async fn once_a_week_the_clock_asks_where_an_editor_says_so() {
    let paper = open().await;
    super::ask_weekly(&paper.app).await.expect("nothing to ask for");
    assert!(paper.app.store.learning_run().await.expect("an answer").is_none());
    let nadia = Browser::of_staff(&paper, "نادية", Role::Editor).await;
    let weekly = [("was", ""), ("layer", "none"), ("weekly", "1"), ("why", "كل أسبوع")];
    assert_eq!(nadia.post("/desk/learning", &weekly).await.status, StatusCode::SEE_OTHER);
    super::ask_weekly(&paper.app).await.expect("asked");
    super::take_up_what_was_asked(&paper.app).await.expect("taken up");
    let run = paper.app.store.learning_run().await.expect("an answer").expect("a run");
    assert_eq!((run.by, run.state), (None, RunState::TooFew));
    super::ask_weekly(&paper.app).await.expect("not so soon");
    assert_eq!(paper.app.store.learning_run().await.expect("an answer"), Some(run));
}
