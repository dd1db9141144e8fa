use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use newsroom::people::Role;

const WORD: &str = "يا قرع";

async fn editor(paper: &OpenPaper) -> Browser<'_> {
    Browser::of_staff(paper, "نادية", Role::Editor).await
}

fn adding<'f>(entries: &'f str, weight: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![("edit", "add-words"), ("list", "house"), ("weight", weight), ("entries", entries), ("unless-near", "")]
}

/// What the page of a trial would send on.
fn hidden<'g>(got: &'g Got, name: &str) -> &'g str {
    let field = format!("name=\"{name}\" value=\"");
    got.text.split(&field).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{}", got.text))
}

/// As a browser reads what a page escaped.
fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

async fn switches_on(editor: &Browser<'_>, tried: &Got, why: &str) -> Got {
    let (text, was) = (unescaped(hidden(tried, "text")), hidden(tried, "was").to_owned());
    editor.post("/desk/rules", &[("text", &text), ("was", &was), ("why", why)]).await
}

#[tokio::test]
async fn a_word_is_tried_on_what_came_in_before_it_is_switched_on_and_is_found_afterwards_without_a_restart() {
    let paper = OpenPaper::open_with_own_rules().await;
    let story = paper.publishes("ترام").await;
    let reader = Browser::new(&paper);
    reader.comments(&story, "هدى", "كلامك فارغ يا قرع الحي").await;
    let editor = editor(&paper).await;
    let tried = editor.post("/desk/rules/trial", &adding(WORD, "500")).await;
    assert_eq!(tried.status, StatusCode::OK);
    tried.assert_order(&["لم يُشغَّل شيء بعد", "يا قرع", "كان سيعلو", "كلامك فارغ"]);
    assert!(paper.app.store.rulebook().await.expect("rules").is_none(), "a trial switches nothing on");

    let without = switches_on(&editor, &tried, "  ").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    assert_eq!(switches_on(&editor, &without, "شتيمة الحي الجديدة").await.status, StatusCode::SEE_OTHER);
    editor.get("/desk/rules/versions").await.assert_order(&["نادية", "تعمل الآن", "شتيمة الحي الجديدة"]);

    let again = reader.comments(&story, "هدى", "قلت لك إنك يا قرع الحي مخطئ").await;
    let entry = paper.app.store.queue_entry(story.id, again).await.expect("a comment");
    assert!(entry.verdict.priority > 0, "{:?}", entry.verdict);
    let kept = paper.app.store.rulebook().await.expect("rules").expect("a version");
    assert_eq!(format!("{:016x}", entry.verdict.under.rulebook), kept.line.fingerprint);
}

#[tokio::test]
async fn what_is_wrong_in_the_text_is_told_beside_its_line_and_the_text_comes_back() {
    let paper = OpenPaper::open_with_own_rules().await;
    let editor = editor(&paper).await;
    let text = "[limits]\nper-hour = 9\nper-minit = 1\n";
    let got = editor.post("/desk/rules/trial", &[("edit", "text"), ("text", text)]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["لم يتغيّر شيء", "السطر \u{2068}3", "per-minit = 1", "per-minute", "per-hour = 9"]);
    let got = editor.post("/desk/rules", &[("text", text), ("why", "سبب"), ("was", "")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(paper.app.store.rulebook().await.expect("rules").is_none());
}

#[tokio::test]
async fn a_form_that_says_nothing_comes_back_with_what_was_typed() {
    let paper = OpenPaper::open_with_own_rules().await;
    let editor = editor(&paper).await;
    let got = editor.post("/desk/rules/trial", &adding(WORD, "كثير")).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["اكتب أرقامًا صحيحة", WORD, "value=\"كثير\""]);
}

#[tokio::test]
async fn two_editors_at_once_do_not_write_over_each_other() {
    let paper = OpenPaper::open_with_own_rules().await;
    let (one, two) = (editor(&paper).await, Browser::of_staff(&paper, "سامي", Role::Owner).await);
    let first = one.post("/desk/rules/trial", &adding(WORD, "300")).await;
    let second = two.post("/desk/rules/trial", &adding("يا فجل", "300")).await;
    assert_eq!(switches_on(&one, &first, "أولى").await.status, StatusCode::SEE_OTHER);
    let late = switches_on(&two, &second, "ثانية").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&["شغّل زميل قواعد أخرى", "يا فجل", "value=\"ثانية\""]);
}

#[tokio::test]
async fn an_earlier_version_is_gone_back_to_by_the_same_way_and_every_step_stays_in_the_list() {
    let paper = OpenPaper::open_with_own_rules().await;
    let editor = editor(&paper).await;
    for (entries, why) in [(WORD, "الأولى"), ("يا فجل", "الثانية")] {
        let tried = editor.post("/desk/rules/trial", &adding(entries, "300")).await;
        assert_eq!(switches_on(&editor, &tried, why).await.status, StatusCode::SEE_OTHER);
    }
    let versions = paper.app.store.rulebooks(None, 10).await.expect("versions");
    let first = versions.last().expect("the first").id;
    let page = editor.get(&format!("/desk/rules/versions/{first}")).await;
    page.assert_order(&["الأولى", WORD, "جرّب العودة إليها"]);
    let text = unescaped(hidden(&page, "text"));
    let tried = editor.post("/desk/rules/trial", &[("edit", "text"), ("text", &text)]).await;
    tried.assert_order(&["−", "يا فجل"]);
    assert_eq!(switches_on(&editor, &tried, "عودة").await.status, StatusCode::SEE_OTHER);
    let whys: Vec<_> =
        paper.app.store.rulebooks(None, 10).await.expect("versions").into_iter().map(|v| v.why).collect();
    assert_eq!(whys, ["عودة", "الثانية", "الأولى"]);
    assert_eq!(paper.app.store.rulebook().await.expect("rules").expect("a version").text, text);
}

#[tokio::test]
async fn rules_out_of_a_file_are_shown_and_not_changed() {
    let paper = OpenPaper::open().await;
    let editor = editor(&paper).await;
    let page = editor.get("/desk/rules").await;
    page.assert_order(&["هذه القواعد من ملف"]);
    assert!(!page.text.contains("name=\"edit\""));
    assert_eq!(editor.post("/desk/rules/trial", &adding(WORD, "300")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(editor.post("/desk/rules", &[("text", ""), ("why", "س")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn another_process_takes_the_rules_up_when_it_follows_what_happened() {
    let paper = OpenPaper::open_with_own_rules().await;
    let other =
        crate::App::new(store::Store::clone(&paper.app.store), crate::Paper::clone(&paper.app.paper), None, None)
            .await
            .expect("another process");
    let mut follower = crate::aftermath::Follower::default();
    crate::aftermath::catch_up(&other, &mut follower).await.expect("a place to begin");
    let editor = editor(&paper).await;
    let limits: Vec<(&str, &str)> = moderation::rulebook::LIMITS.iter().map(|name| (*name, "7")).collect();
    let tried = editor.post("/desk/rules/trial", &[vec![("edit", "limits")], limits].concat()).await;
    assert_eq!(switches_on(&editor, &tried, "أقصر").await.status, StatusCode::SEE_OTHER);
    assert_eq!(paper.app.rules.rulebook().per_hour, 7);
    assert_ne!(other.rules.rulebook().per_hour, 7);
    crate::aftermath::catch_up(&other, &mut follower).await.expect("followed");
    assert_eq!(other.rules.rulebook().per_hour, 7);
}

#[tokio::test]
async fn a_policy_with_times_says_at_the_desk_whether_it_holds_now_and_holds_only_then() {
    let paper = OpenPaper::open_with_own_rules().await;
    let editor = editor(&paper).await;
    let of = |name: &str, from: &str, until: &str| {
        format!("[policy.{name}]\nfrom = \"{from}\"\nuntil = \"{until}\"\nphases = {{ links = false }}\n")
    };
    let text = format!(
        "active = [\"vote\", \"trial\"]\n{}{}",
        of("vote", "2020-01-01", "2200-01-01T08:00"),
        of("trial", "2020-01-01", "2021-01-01")
    );
    let tried = editor.post("/desk/rules/trial", &[("edit", "text"), ("text", &text)]).await;
    assert_eq!(switches_on(&editor, &tried, "انتخابات").await.status, StatusCode::SEE_OTHER, "{}", tried.text);
    let page = editor.get("/desk/rules").await;
    page.assert_order(&["trial", "حتى \u{2068}2021-01-01 00:00", "ليست سارية الآن", "vote", "سارية الآن"]);
    let runs = |rules: &moderation::Rulebook| rules.laws.policy("city").changes.runs("links");
    assert!(!runs(&paper.app.rulebook_now()));
    let later = moderation::Minute::read("2200-01-01T08:00").expect("a minute");
    assert!(runs(&paper.app.rules.rulebook().at(later)));
    let wrong = of("vote", "2026-01-02", "2026-01-01");
    let wrong = editor.post("/desk/rules/trial", &[("edit", "text"), ("text", &wrong)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("policy.vote.until"), "{}", wrong.text);
}
