//! Stories as they are written, by one and by two.

mod kinds;

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use newsroom::people::Role;
use serde_json::{Value, json};

impl Browser<'_> {
    /// What the page's script sends.
    async fn sends_json(&self, path: &str, what: &Value) -> (StatusCode, Value) {
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, cookies.join("; "))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(what.to_string()))
            .expect("a request");
        let got = self.paper.send(request).await;
        (got.status, serde_json::from_str(&got.text).unwrap_or_default())
    }

    /// Begins a story; its address on the desk.
    async fn begins(&self) -> String {
        let begun = self.post("/desk/stories", &[]).await;
        begun.header("location").trim_end_matches("/edit").to_owned()
    }
}

fn saved(version: i64, headline: &str, words: &str) -> Value {
    let body = json!([{ "block": "paragraph", "text": [{ "text": words }] }]);
    json!({ "version": version, "fields": { "headline": headline, "language": "ar" }, "body": body })
}

fn version(got: &Got) -> &str {
    got.text.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version")
}

#[tokio::test]
async fn a_story_is_begun_written_without_a_script_and_published() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = layla.begins().await;
    let page = layla.get(&format!("{story}/edit")).await;
    page.assert_order(&["كتابة المادة", "name=\"headline\"", "name=\"text\"", "احفظ"]);
    let section = newsroom::SectionId(1).short();
    let fields = [
        ("version", version(&page)),
        ("headline", "افتتاح الجسر"),
        ("front_headline", "الجسر مفتوح"),
        ("bylines", "هدى سالم"),
        ("section", &section),
        ("language", "ar"),
        ("text", "فُتح الجسر صباحًا.\n\n| الجهة | العدد |\n| --- | --- |\n| الشرق | 12 |\n\n!~ العدد 12 لا 13."),
    ];
    let kept = layla.post(&format!("{story}/text"), &fields).await;
    assert_eq!(kept.header("location"), story);
    layla.get(&story).await.assert_order(&["مسودة", "افتتاح الجسر", "فُتح الجسر صباحًا.", "<th scope=\"col\""]);
    let published = layla.post(&format!("{story}/publication"), &[]).await;
    let public = paper.get(published.header("location")).await;
    public.assert_order(&["افتتاح الجسر", "<th scope=\"col\"", "الشرق", "تصويب:", "العدد 12 لا 13."]);
    paper.get("/").await.assert_order(&["الجسر مفتوح"]);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = layla.begins().await;
    let long = "س".repeat(151);
    let fields = [("version", "0"), ("kicker", long.as_str()), ("text", "كلام\n\n![بلا نهاية](a.png")];
    let refused = layla.post(&format!("{story}/text"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["السطر", "العنوان التمهيدي", &long, "![بلا نهاية](a.png"]);
    let link = json!([{ "block": "paragraph", "text": [{ "text": "هنا", "link": "javascript:x" }] }]).to_string();
    let amended = layla.post(&format!("{story}/text"), &[("version", "0"), ("body", &link)]).await;
    assert_eq!(amended.status, StatusCode::OK);
    assert!(amended.text.contains("حُذف وبقيت كلماته"), "{}", amended.text);
}

#[tokio::test]
async fn two_editors_do_not_write_over_each_other_and_see_each_other() {
    let paper = OpenPaper::open().await;
    let (layla, salma) = (
        Browser::of_staff(&paper, "ليلى", Role::Editor).await,
        Browser::of_staff(&paper, "سلمى", Role::SubEditor).await,
    );
    let story = layla.begins().await;
    let (autosave, presence) = (format!("{story}/autosave"), format!("{story}/presence"));
    assert_eq!(layla.sends_json(&presence, &Value::Null).await.1["others"], json!([]));
    assert_eq!(salma.sends_json(&presence, &Value::Null).await.1["others"][0]["name"], "ليلى");
    let (status, first) = layla.sends_json(&autosave, &saved(0, "عنوان", "نص ليلى")).await;
    assert_eq!((status, &first["version"]), (StatusCode::OK, &json!(1)));
    let again = layla.sends_json(&autosave, &saved(1, "عنوان", "نص ليلى")).await;
    assert_eq!(again.1["version"], json!(1), "nothing new is kept");
    let (status, theirs) = salma.sends_json(&autosave, &saved(0, "عنوان سلمى", "نص سلمى")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(
        (&theirs["by"], &theirs["version"], &theirs["fields"]["headline"]),
        (&json!("ليلى"), &json!(1), &json!("عنوان"))
    );
    assert_eq!(theirs["body"][0]["text"][0]["text"], "نص ليلى");
    let fields = [("version", "0"), ("headline", "عنوان سلمى"), ("text", "نص سلمى")];
    let overtaken = salma.post(&format!("{story}/text"), &fields).await;
    assert_eq!(overtaken.status, StatusCode::CONFLICT);
    overtaken.assert_order(&["ليلى", "<del>", "data-version=\"1\"", "نص سلمى"]);
}

#[tokio::test]
async fn a_public_story_is_changed_beside_itself_until_somebody_publishes_the_changes() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let was = paper.publishes("خبر الترام").await;
    let (desk, public) = (format!("/desk/stories/{}", was.id), address::story(&was.slug));
    let read: i64 = version(&layla.get(&format!("{desk}/edit")).await).parse().expect("a number");
    let section = newsroom::SectionId(1).short();
    let mut sent = saved(read, "خبر الترام", "وصل الترام مساءً.");
    sent["fields"]["section"] = json!(section);
    assert_eq!(layla.sends_json(&format!("{desk}/autosave"), &sent).await.0, StatusCode::OK);
    assert!(!paper.get(&public).await.text.contains("مساءً"), "readers see nothing yet");
    layla.get(&desk).await.assert_order(&["تعديلات لم تُنشر بعد", "<ins>مساءً"]);
    let nothing = layla.post(&format!("{desk}/changes"), &[("how", "correction"), ("correction", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    layla.post(&format!("{desk}/changes"), &[("how", "minor")]).await;
    let page = paper.get(&public).await;
    assert!(page.text.contains("مساءً") && !page.text.contains("class=\"updated\""), "a slip of the pen moves nothing");
    layla.post(&format!("{desk}/changes"), &[("how", "correction"), ("correction", "وصل مساءً لا صباحًا.")]).await;
    paper.get(&public).await.assert_order(&["class=\"updated\"", "وصل مساءً لا صباحًا."]);
}

/// The day and minute under a key of the description that search machines read.
fn described<'t>(text: &'t str, key: &str) -> &'t str {
    text.split(&format!("\"{key}\":\"")).nth(1).and_then(|rest| rest.split('"').next()).expect("a time")
}

#[tokio::test]
async fn new_facts_move_the_time_of_a_story_without_a_correction_and_a_slip_moves_nothing() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let hour_ago = paper.app.now() - jiff::SignedDuration::from_hours(1);
    let was = paper.publishes_draft(paper.draft("حريق في الميناء"), hour_ago).await;
    let (desk, public) = (format!("/desk/stories/{}", was.id), address::story(&was.slug));
    let write = async |words: &str| {
        let version = version(&layla.get(&format!("{desk}/edit")).await).to_owned();
        let section = newsroom::SectionId(1).short();
        let fields =
            [("version", version.as_str()), ("headline", "حريق في الميناء"), ("section", &section), ("text", words)];
        assert_eq!(layla.post(&format!("{desk}/text"), &fields).await.status, StatusCode::SEE_OTHER);
    };
    let change = async |how: &str, correction: &str| {
        layla.post(&format!("{desk}/changes"), &[("how", how), ("correction", correction)]).await.status
    };
    assert_eq!(change("update", "").await, StatusCode::BAD_REQUEST, "nothing is written that readers do not have");
    write("شبّ حريق في الميناء.").await;
    layla.get(&desk).await.assert_order(&[
        "value=\"correction\"",
        "value=\"update\"",
        "value=\"minor\"",
        "التحديث يغيّر",
    ]);
    assert_eq!(change("", "").await, StatusCode::BAD_REQUEST, "somebody says what it is");
    let refused = layla.post(&format!("{desk}/changes"), &[("how", "minor"), ("correction", "كان العدد تسعة.")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["كان العدد تسعة.", "role=\"alert\"", "انشره تصويبًا"]);
    assert_eq!(change("minor", "").await, StatusCode::SEE_OTHER);
    let page = paper.get(&public).await.text;
    assert!(page.contains("شبّ حريق") && !page.contains("class=\"updated\""));
    assert_eq!(described(&page, "dateModified"), described(&page, "datePublished"));
    let feed_was = paper.get("/feed/atom").await.text;
    write("شبّ حريق في الميناء، وأُخمد مساءً.").await;
    assert_eq!(change("update", "").await, StatusCode::SEE_OTHER);
    let page = paper.get(&public).await;
    page.assert_order(&["class=\"updated\"", "وأُخمد مساءً"]);
    assert!(!page.text.contains("class=\"corrections\""), "nothing was wrong");
    let (published, modified) = (described(&page.text, "datePublished"), described(&page.text, "dateModified"));
    assert!(modified > published, "{modified} {published}");
    let updated = |feed: &str| {
        feed.split("<entry").nth(1).and_then(|entry| entry.split("<updated>").nth(1)).map(|at| at[..19].to_owned())
    };
    let feed = paper.get("/feed/atom").await.text;
    assert!(updated(&feed).is_some() && updated(&feed) > updated(&feed_was));
    assert!(!paper.get("/corrections").await.text.contains("حريق"));
    assert!(!layla.get("/desk/stories").await.text.contains("state-corrected"));
}

#[tokio::test]
async fn an_earlier_text_says_what_else_was_chosen_for_the_story() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let answered = paper.publishes("خبر الأمس").await;
    let story = layla.begins().await;
    let (city, culture) = (newsroom::SectionId(1).short(), newsroom::SectionId(2).short());
    let answers = answered.id.short();
    for (read, kind, section, language, answers) in
        [("0", "news", &city, "ar", ""), ("1", "right-of-reply", &culture, "ber-Latn", answers.as_str())]
    {
        let fields = [
            ("version", read),
            ("headline", "عنوان"),
            ("kind", kind),
            ("section", section),
            ("language", language),
            ("answers", answers),
            ("text", "الجملة كما هي."),
        ];
        assert_eq!(layla.post(&format!("{story}/text"), &fields).await.status, StatusCode::SEE_OTHER, "{kind}");
    }
    let list = layla.get(&format!("{story}/revisions")).await.text;
    let first = list.split(&format!("href=\"{story}/revisions/")).nth(2).and_then(|rest| rest.split('"').next());
    let page = layla.get(&format!("{story}/revisions/{}", first.expect("the earlier one"))).await;
    page.assert_order(&[
        "نوع المادة",
        "حق",
        "المادة التي يردّ عليها",
        "خبر الأمس",
        "القسم",
        "المدينة",
        "الثقافة",
        "لغة المادة",
        "الأمازيغية",
    ]);
    assert!(!page.text.contains("language.ber"), "a language is said in words");
    let same = list.split(&format!("href=\"{story}/revisions/")).nth(1).and_then(|rest| rest.split('"').next());
    let page = layla.get(&format!("{story}/revisions/{}", same.expect("the last one"))).await;
    assert!(!page.text.contains("لغة المادة"), "what did not change is no row");
}

#[tokio::test]
async fn an_earlier_text_stands_beside_the_present_one_and_comes_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = layla.begins().await;
    for (read, words) in [("0", "الجملة الأولى كما كانت هنا."), ("1", "الجملة الثانية كما صارت هنا.")]
    {
        layla.post(&format!("{story}/text"), &[("version", read), ("headline", "عنوان"), ("text", words)]).await;
    }
    let list = layla.get(&format!("{story}/revisions")).await;
    let links: Vec<&str> = list.text.split(&format!("href=\"{story}/revisions/")).skip(1).collect();
    assert_eq!(links.len(), 2, "each text that was kept on purpose");
    let first = links[1].split('"').next().expect("an id");
    let page = layla.get(&format!("{story}/revisions/{first}")).await;
    page.assert_order(&["<del>", "الأولى", "<ins>", "الثانية", "استعد هذه النسخة"]);
    layla.post(&format!("{story}/revisions/{first}/restoration"), &[]).await;
    assert!(layla.get(&story).await.text.contains("الجملة الأولى"));
    let list = layla.get(&format!("{story}/revisions")).await;
    assert_eq!(list.text.matches("/revisions/").count(), 3, "what was written in between is kept");
}

#[tokio::test]
async fn a_reporter_writes_own_stories_and_hands_them_over() {
    let paper = OpenPaper::open().await;
    let (huda, layla) =
        (Browser::of_staff(&paper, "هدى", Role::Reporter).await, Browser::of_staff(&paper, "ليلى", Role::Editor).await);
    let (own, other) = (huda.begins().await, layla.begins().await);
    huda.post(&format!("{own}/text"), &[("version", "0"), ("headline", "خبر هدى"), ("text", "نص")]).await;
    let list = huda.get("/desk/stories").await;
    assert!(list.text.contains("خبر هدى") && !list.text.contains(&other));
    assert_eq!(huda.get(&other).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        huda.post(&format!("{own}/stage"), &[("from", "writing"), ("to", "ready")]).await.status,
        StatusCode::FORBIDDEN
    );
    huda.post(&format!("{own}/stage"), &[("from", "writing"), ("to", "proof")]).await;
    assert_eq!(huda.get(&format!("{own}/edit")).await.status, StatusCode::FORBIDDEN, "somebody reads it now");
    huda.get(&own).await.assert_order(&["في التدقيق", "خبر هدى"]);
    layla.post(&format!("{own}/stage"), &[("from", "proof"), ("to", "ready")]).await;
    let killed = layla.post(&format!("{own}/stage"), &[("from", "ready"), ("to", "killed")]).await;
    assert_eq!(killed.status, StatusCode::UNPROCESSABLE_ENTITY, "why is to be said");
    layla.post(&format!("{own}/stage"), &[("from", "ready"), ("to", "killed"), ("why", "لم تُؤكَّد")]).await;
    huda.get(&own).await.assert_order(&["ملغاة", "لم تُؤكَّد"]);
    let published = layla.post(&format!("{own}/publication"), &[]).await;
    assert_eq!(published.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn typography_is_proofread_in_the_units_of_scripts() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let asked = json!({ "language": "ar", "texts": ["🙂 قال  نعم", "سليم"] });
    let (_, told) = layla.sends_json("/desk/typography", &asked).await;
    let expected = json!([[{ "start": 6, "end": 8, "kind": "double-space", "replacement": " " }], []]);
    assert_eq!(told["suggestions"], expected);
    let french = json!({ "language": "fr", "texts": ["Il dit  oui ?"] });
    assert_eq!(layla.sends_json("/desk/typography", &french).await.1["suggestions"], json!([[]]));
}

#[tokio::test]
async fn a_story_in_ones_hands_outside_of_ones_sections_is_written_and_not_decided_about() {
    let paper = OpenPaper::open().await;
    let layla = Browser::new(&paper);
    let staff = layla.signs_in(Role::Editor, &[newsroom::SectionId(2)], paper.app.now()).await;
    let (draft, now) = (paper.draft("خبر من قسم آخر"), paper.app.now());
    let work = newsroom::story::Work { assigned_to: Some(staff.id), ..Default::default() };
    paper.app.store.begin_story(&draft, &work, staff.id, now).await.expect("begun");
    let desk = format!("/desk/stories/{}", draft.id);
    assert_eq!(layla.get(&format!("{desk}/edit")).await.status, StatusCode::OK);
    let page = layla.get(&desk).await;
    assert!(!page.text.contains("/publication") && page.text.contains("value=\"proof\""), "{}", page.text);
    for (step, form) in [
        ("publication", vec![]),
        ("time", vec![("embargo", "2030-01-01T00:00")]),
        ("assignment", vec![("to", "")]),
        ("stage", vec![("from", "writing"), ("to", "ready")]),
    ] {
        let got = layla.post(&format!("{desk}/{step}"), &form).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{step}");
    }
    assert_eq!(paper.get("/stories/خبر-من-قسم-آخر").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_writer_chooses_the_language_and_the_lines_run_as_it_does() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = layla.begins().await;
    let page = layla.get(&format!("{story}/edit")).await;
    let named = ["name=\"headline\" value=\"\" dir=\"rtl\"", "value=\"zgh\" data-dir=\"ltr\">الأمازيغية بحرف تيفيناغ"];
    page.assert_order(&named);
    let fields = [("version", version(&page)), ("headline", "«مداد» de retour"), ("language", "es"), ("text", "Hola.")];
    layla.post(&format!("{story}/text"), &fields).await;
    layla
        .get(&story)
        .await
        .assert_order(&["<h2 lang=\"es\" dir=\"ltr\">", "<div class=\"body\" lang=\"es\" dir=\"ltr\">"]);
    layla
        .get(&format!("{story}/edit"))
        .await
        .assert_order(&["dir=\"ltr\" autocomplete", "value=\"es\" data-dir=\"ltr\" selected"]);
    let again = layla.get(&format!("{story}/edit")).await;
    let nonsense = [("version", version(&again)), ("headline", "x"), ("language", "\"><b>"), ("text", "Hola.")];
    layla.post(&format!("{story}/text"), &nonsense).await;
    layla.get(&story).await.assert_order(&["lang=\"es\""]);
}
