//! The front page in the hands of editors.

use crate::clockwork::launch_due;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::front::RowKind;
use newsroom::people::Role;
use newsroom::story::Published;
use newsroom::{SectionId, Timestamp};

/// The value of a hidden field, as the page has it first.
fn field(got: &Got, name: &str) -> String {
    let after = got.text.split(&format!("name=\"{name}\" value=\"")).nth(1).expect(name);
    after.split('"').next().expect("a value").to_owned()
}

async fn read(layla: &Browser<'_>) -> String {
    field(&layla.get("/desk/front").await, "read")
}

/// Puts a story into a slot of the draft.
async fn puts(layla: &Browser<'_>, slot: &str, story: &Published) -> Got {
    let (read, story) = (read(layla).await, story.id.short());
    layla.post(&format!("/desk/front/slots/{slot}"), &[("read", &read), ("story", &story)]).await
}

async fn does(layla: &Browser<'_>, form: &[(&str, &str)]) -> Got {
    let read = read(layla).await;
    layla.post("/desk/front", &[&[("read", read.as_str())], form].concat()).await
}

async fn launches(layla: &Browser<'_>, more: &[(&str, &str)]) -> Got {
    let page = layla.get("/desk/front").await;
    let (read, seen) = (field(&page, "read"), field(&page, "seen"));
    layla.post("/desk/front/launches", &[&[("read", read.as_str()), ("seen", &seen)], more].concat()).await
}

const NOW: &[(&str, &str)] = &[("act", "now")];

#[tokio::test]
async fn an_editor_lays_the_page_out_looks_at_it_launches_it_and_takes_it_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (old, _) = (paper.publishes("خبر قديم").await, paper.publishes("خبر أحدث").await);
    layla.get("/desk/front").await.assert_order(&[
        "لم يُطلق أحد صفحة بعد",
        "الخبر الرئيسي",
        "خبر أحدث",
        "الأحدث من نفسها",
    ]);
    let put = puts(&layla, "lead/0", &old).await;
    assert_eq!((put.status, put.header("location")), (StatusCode::SEE_OTHER, "/desk/front#lead-0"));
    layla.get("/desk/front").await.assert_order(&["حفظها", "ليلى", "خبر قديم", "مثبَّتة", "خبر أحدث"]);
    paper.get("/").await.assert_order(&["card-lead", "خبر أحدث", "خبر قديم"]);
    layla.get("/desk/front/preview").await.assert_order(&["<base target", "card-lead", "خبر قديم", "خبر أحدث"]);
    let purged = paper.app.page_cache.watch();
    let launched = launches(&layla, NOW).await;
    let in_force = paper.app.store.front_in_force().await.expect("read").expect("a launch").id.short();
    assert_eq!(launched.header("location"), format!("/desk/front?done=launched&launch={in_force}"));
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Front));
    paper.get("/").await.assert_order(&["card-lead", "خبر قديم", "خبر أحدث"]);
    does(&layla, &[("act", "free"), ("row", "lead"), ("slot", "0")]).await;
    let launched = launches(&layla, NOW).await;
    paper.get("/").await.assert_order(&["card-lead", "خبر أحدث", "خبر قديم"]);
    let page = layla.get(launched.header("location")).await;
    page.assert_order(&["أُطلقت الصفحة", "تراجع", "لا تغييرات في المسودة", "ما أُطلق", "عند القراء الآن"]);
    let undo = page.text.split("/again\"").next().expect("a form").rsplit("action=\"").next().expect("an address");
    let undone = layla.post(&format!("{undo}/again"), &[("seen", &field(&page, "seen"))]).await;
    assert!(undone.header("location").starts_with("/desk/front?done=launched&launch="));
    paper.get("/").await.assert_order(&["card-lead", "خبر قديم", "خبر أحدث"]);
    let page = layla.get(launched.header("location")).await.text;
    let said = page.split("class=\"done\"").nth(1).expect("what was done").split("</div>").next().expect("words");
    assert!(!said.contains("/again"), "readers have another page since");
    layla.get("/desk/front/launches").await.assert_order(&["عند القراء الآن", "أعد هذه", "أعد هذه"]);
}

#[tokio::test]
async fn a_slot_is_filled_from_a_search_with_a_headline_and_a_picture_of_its_own() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (tram, other) = (paper.publishes_everything().await, paper.publishes("سوق السمك").await);
    let slot = "/desk/front/slots/lead/0";
    let found = layla.get(&format!("{slot}?q=السمك")).await;
    found.assert_order(&["المواد المنشورة", "سوق السمك", "ضعها هنا"]);
    assert!(!found.text.contains("خط الترام"));
    layla.get(&format!("{slot}?q=كركدن")).await.assert_order(&["لا مادة منشورة بهذه الكلمات"]);
    puts(&layla, "secondary/1", &tram).await;
    layla.get(slot).await.assert_order(&["خط الترام يصل إلى المرفأ", "أخبار إلى جانب الرئيسي", "ضعها هنا"]);
    puts(&layla, "lead/0", &tram).await;
    let page = layla.get(slot).await;
    page.assert_order(&["العنوان في الصفحة الأولى", "value=\"tram.png\"", "في هذا الموضع"]);
    let (version, story) = (field(&page, "read"), tram.id.short());
    let long = "ط".repeat(201);
    let form = |headline| [("read", version.as_str()), ("story", story.as_str()), ("headline", headline)];
    let refused = layla.post(slot, &form(&long)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "أطول من 200 حرف", &long]);
    let unknown = layla.post(slot, &[&form("")[..], &[("picture", "nowhere.jpg")]].concat()).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    layla.post(slot, &[&form("الترام <أخيرًا>")[..], &[("picture", "tram.png")]].concat()).await;
    let page = layla.get("/desk/front").await;
    page.assert_order(&["/pictures/tram.png", "الترام &#60;أخيرًا&#62;", "بعنوان أو صورة لهذه الصفحة", "سوق السمك"]);
    layla.get("/desk/front/preview").await.assert_order(&["card-lead", "الترام &#60;أخيرًا&#62;", "سوق السمك"]);
    paper
        .app
        .store
        .withdraw(&tram.withdraw("", paper.app.now()), newsroom::people::Actor::Program, "")
        .await
        .expect("gone");
    layla.get("/desk/front").await.assert_order(&["سوق السمك", "المثبَّتة غير منشورة"]);
    layla.get(slot).await.assert_order(&["المثبَّتة غير منشورة"]);
    let _ = other;
    assert_eq!(layla.get("/desk/front/slots/lead/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(layla.get("/desk/front/slots/nowhere/0").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn slots_and_rows_are_moved_by_buttons_and_by_a_drop() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (one, two) = (paper.publishes("واحد").await, paper.publishes("اثنان").await);
    puts(&layla, "lead/0", &one).await;
    puts(&layla, "secondary/0", &two).await;
    let lead = async || field_of_lead(&layla.get("/desk/front/preview").await);
    assert_eq!(lead().await, "واحد");
    does(&layla, &[("act", "down"), ("row", "lead"), ("slot", "0")]).await;
    assert_eq!(lead().await, "اثنان");
    does(&layla, &[("act", "exchange"), ("row", "secondary"), ("slot", "0"), ("to", "lead/0")]).await;
    assert_eq!(lead().await, "واحد");
    let city = RowKind::Section(SectionId(1)).key();
    let moved = does(&layla, &[("act", "row-up"), ("row", &city)]).await;
    assert_eq!(moved.header("location"), format!("/desk/front#{city}"));
    layla.get("/desk/front").await.assert_order(&["id=\"secondary\"", &format!("id=\"{city}\""), "id=\"most-read\""]);
    does(&layla, &[("act", "row-to"), ("row", "most-read"), ("to", "1")]).await;
    layla.get("/desk/front").await.assert_order(&["id=\"most-read\"", "id=\"secondary\""]);
    does(&layla, &[("act", "add"), ("row", "pictures")]).await;
    let more = does(&layla, &[("act", "more"), ("row", "pictures")]).await;
    assert_eq!(more.header("location"), "/desk/front#pictures");
    layla.get("/desk/front").await.assert_order(&["id=\"pictures-4\""]);
    does(&layla, &[("act", "fewer"), ("row", "pictures")]).await;
    does(&layla, &[("act", "remove"), ("row", &city)]).await;
    let page = layla.get("/desk/front").await.text;
    assert!(!page.contains("id=\"pictures-4\"") && !page.contains(&format!("id=\"{city}\"")));
    for (act, row, why) in [("remove", "lead", "أول الصفحة دائمًا"), ("add", "pictures", "هذا الصف في الصفحة")]
    {
        let refused = does(&layla, &[("act", act), ("row", row)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.assert_order(&["role=\"alert\"", why]);
    }
    assert_eq!(does(&layla, &[("act", "add"), ("row", "nowhere")]).await.status, StatusCode::BAD_REQUEST);
}

/// The headline at the head of a page.
fn field_of_lead(got: &Got) -> String {
    let lead = got.text.split("card-lead").nth(1).expect("a lead").split("</a>").next().expect("a link");
    lead.rsplit('>').next().expect("words").to_owned()
}

#[tokio::test]
async fn whoever_comes_second_sees_what_the_first_one_did_and_loses_nothing() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let karim = Browser::of_staff(&paper, "كريم", Role::Editor).await;
    let (one, two) = (paper.publishes("واحد").await, paper.publishes("اثنان").await);
    let seen_by_karim = read(&karim).await;
    puts(&layla, "lead/0", &one).await;
    let form = [("read", seen_by_karim.as_str()), ("story", &two.id.short()), ("headline", "بعنوان كريم")];
    let late = karim.post("/desk/front/slots/secondary/0", &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&[
        "role=\"alert\"",
        "ليلى",
        "لم يُحفظ تغييرك",
        "value=\"بعنوان كريم\"",
        "نفّذ تغييري",
        "واحد",
        "مثبَّتة",
    ]);
    let again = [("read", field(&late, "read")), ("story", two.id.short()), ("headline", "بعنوان كريم".into())];
    let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(karim.post("/desk/front/slots/secondary/0", &again).await.status, StatusCode::SEE_OTHER);
    layla.get("/desk/front").await.assert_order(&["كريم", "واحد", "بعنوان كريم"]);

    let page = karim.get("/desk/front").await;
    let (version, seen) = (field(&page, "read"), field(&page, "seen"));
    layla.post(&format!("/desk/stories/{}/lead", two.id), &[]).await;
    launches(&layla, NOW).await;
    puts(&layla, "lead/0", &two).await;
    let stale = [("read", version.as_str()), ("seen", seen.as_str()), ("act", "now")];
    let late = karim.post("/desk/front/launches", &stale).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "the draft is another one");
    late.assert_order(&["لم يُحفظ تغييرك", "نفّذ تغييري"]);
    let late =
        karim.post("/desk/front/launches", &[("read", &field(&late, "read")), ("seen", ""), ("act", "now")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "readers have another page");
    late.assert_order(&["أطلق", "ليلى", "لم تُطلق صفحتك", "أطلق صفحتي مكانها"]);
    assert_eq!(field_of_lead(&paper.get("/").await), "واحد");
    assert_eq!(launches(&karim, NOW).await.status, StatusCode::SEE_OTHER);
    assert_eq!(field_of_lead(&paper.get("/").await), "اثنان");
}

#[tokio::test]
async fn the_clock_launches_what_was_timed_and_a_time_that_cannot_be_comes_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (one, _) = (paper.publishes("واحد").await, paper.publishes("اثنان").await);
    puts(&layla, "lead/0", &one).await;
    let zoned = |at: Timestamp| at.to_zoned(paper.app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let now = paper.app.now();
    for (typed, why) in [("غدًا".to_owned(), "اكتب يومًا ووقتًا"), (zoned(now), "مضى هذا الوقت")]
    {
        let refused = launches(&layla, &[("act", "later"), ("goes_at", &typed)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.assert_order(&["role=\"alert\"", why, &format!("value=\"{typed}\""), "aria-invalid"]);
    }
    let hour = zoned(now + SignedDuration::from_hours(1));
    let page = layla.get("/desk/front").await;
    let (version, seen) = (field(&page, "read"), field(&page, "seen"));
    let form = [("read", &*version), ("seen", &*seen), ("act", "later"), ("goes_at", &*hour)];
    for _ in 0..2 {
        assert_eq!(layla.post("/desk/front/launches", &form).await.header("location"), "/desk/front?done=timed");
    }
    assert_eq!(paper.app.store.fronts_waiting(None, 9).await.expect("read").len(), 1, "a press counts once");
    let page = layla.get("/desk/front").await;
    page.assert_order(&["لم يُطلق أحد صفحة بعد", "مجدولة", "عرض", "ألغِ الموعد", "ضعها في المسودة"]);
    let off = page.text.split("/calling-off").next().expect("a form").rsplit("action=\"").next().expect("an address");
    layla.get(&off.replace("/launches/", "/look?of=")).await.assert_order(&["<iframe", "/desk/front/preview?of="]);
    layla.post(&format!("{off}/calling-off"), &[]).await;
    assert_eq!(layla.post(&format!("{off}/calling-off"), &[]).await.status, StatusCode::CONFLICT);
    let back = layla.post(&format!("{off}/draft"), &[("read", &read(&layla).await)]).await;
    assert_eq!(back.header("location"), "/desk/front?done=copied");
    let moment = paper.app.now() + SignedDuration::from_millis(1);
    let draft = paper.app.store.front_draft().await.expect("a draft");
    let by = draft.saved.expect("saved").0;
    paper.app.store.time_front(&draft.layout.expect("laid out"), None, moment, by, now).await.expect("timed");
    while paper.app.now() <= moment {
        tokio::task::yield_now().await;
    }
    let purged = paper.app.page_cache.watch();
    launch_due(&paper.app).await.expect("the clock");
    launch_due(&paper.app).await.expect("the clock");
    assert_eq!(purged.try_iter().flatten().filter(|tag| *tag == Tag::Front).count(), 1, "once");
    assert_eq!(field_of_lead(&paper.get("/").await), "واحد");
}

#[tokio::test]
async fn a_step_on_the_draft_is_taken_back_and_taken_again() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (one, two) = (paper.publishes("واحد").await, paper.publishes("اثنان").await);
    let (back, again) = ("action=\"/desk/front/draft/undo\"", "action=\"/desk/front/draft/redo\"");
    let bare = layla.get("/desk/front").await.text;
    assert!(!bare.contains(back) && !bare.contains(again), "nobody has taken a step");
    puts(&layla, "lead/0", &two).await;
    puts(&layla, "lead/0", &one).await;
    let lead = async || field_of_lead(&layla.get("/desk/front/preview").await);
    assert_eq!(lead().await, "واحد");
    let page = layla.get("/desk/front").await;
    page.assert_order(&["حفظها", "ليلى", back, "تراجع عن آخر تغيير"]);
    assert!(!page.text.contains(again));
    let seen = field(&page, "read");
    let undone = layla.post("/desk/front/draft/undo", &[("read", &seen)]).await;
    assert_eq!((undone.status, undone.header("location")), (StatusCode::SEE_OTHER, "/desk/front?done=undone"));
    assert_eq!(lead().await, "اثنان");
    let page = layla.get(undone.header("location")).await;
    page.assert_order(&["role=\"status\"", "أُلغي آخر تغيير", back, again, "أعد التغيير"]);
    let stale = layla.post("/desk/front/draft/undo", &[("read", &seen)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.assert_order(&["role=\"alert\"", "تغيّرت المسودة"]);
    let redone = layla.post("/desk/front/draft/redo", &[("read", &field(&page, "read"))]).await;
    assert_eq!(redone.header("location"), "/desk/front?done=redone");
    assert_eq!(lead().await, "واحد");
    launches(&layla, NOW).await;
    assert!(!layla.get("/desk/front").await.text.contains(back), "it is done");
}

#[tokio::test]
async fn who_is_bound_to_sections_prepares_and_does_not_launch() {
    let paper = OpenPaper::open().await;
    let bound = Browser::new(&paper);
    bound.signs_in(Role::Editor, &[SectionId(2)], paper.app.now()).await;
    let story = paper.publishes("خبر").await;
    assert_eq!(puts(&bound, "lead/0", &story).await.status, StatusCode::SEE_OTHER);
    let page = bound.get("/desk/front").await;
    page.assert_order(&["يُطلق الصفحة محرر يعمل للجريدة كلها"]);
    assert!(!page.text.contains("أطلق الآن"));
    let version = field(&page, "read");
    let refused = bound.post("/desk/front/launches", &[("read", &version), ("act", "now")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let asked = bound.post("/desk/front/draft/removal", &[("read", &version)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    asked.assert_order(&["role=\"alert\"", "تغييرات لم تُطلق، حفظها", "نعم، اتركها", "مثبَّتة"]);
    bound.get("/desk/front").await.assert_order(&["مثبَّتة"]);
    bound.post("/desk/front/draft/removal", &[("read", &version), ("sure", &field(&asked, "sure"))]).await;
    bound.get("/desk/front").await.assert_order(&["لم يُطلق أحد صفحة بعد"]);
}

#[tokio::test]
async fn only_pages_of_the_desk_show_the_page_in_a_frame() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let policy = async |path: &str| layla.get(path).await.header("content-security-policy").to_owned();
    let preview = policy("/desk/front/preview").await;
    assert!(preview.contains("frame-ancestors 'self';") && !preview.contains("frame-src"), "{preview}");
    let look = policy("/desk/front/look").await;
    assert!(look.contains("frame-ancestors 'none';") && look.contains("frame-src 'self'"), "{look}");
    let public = policy("/").await;
    assert!(public.contains("frame-ancestors 'none';") && !public.contains("frame-src"), "{public}");
    let got = layla.get("/desk/front/preview").await;
    assert_eq!(got.header("cache-control"), "private, no-store");
    assert!(!got.text.contains("<script"), "its frame runs none");
    assert!(layla.get("/").await.text.contains("<script"));
}

#[tokio::test]
async fn what_was_launched_after_a_draft_was_begun_is_replaced_only_knowingly() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let karim = Browser::of_staff(&paper, "كريم", Role::Editor).await;
    let (one, two) = (paper.publishes("واحد").await, paper.publishes("اثنان").await);
    puts(&layla, "lead/0", &one).await;
    launches(&layla, NOW).await;
    puts(&layla, "secondary/0", &two).await;
    karim.post(&format!("/desk/stories/{}/lead", two.id), &[]).await;
    assert_eq!(field_of_lead(&paper.get("/").await), "اثنان");
    let hour = paper.app.now() + SignedDuration::from_hours(1);
    let hour = hour.to_zoned(paper.app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let timed = launches(&layla, &[("act", "later"), ("goes_at", &hour)]).await;
    assert_eq!(timed.status, StatusCode::CONFLICT);
    timed.assert_order(&["role=\"alert\"", "كريم", "لم تُطلق صفحتك", "جدول صفحتي مع ذلك"]);
    assert_eq!(paper.app.store.fronts_waiting(None, 9).await.expect("read").len(), 0);
    let asked = launches(&layla, NOW).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "the page was seen, but what is not in the draft was not");
    asked.assert_order(&["role=\"alert\"", "كريم", "لم تُطلق صفحتك", "أطلق صفحتي مكانها"]);
    assert_eq!(field_of_lead(&paper.get("/").await), "اثنان");
    let again = ["read", "seen", "over"].map(|name| (name, field(&asked, name)));
    let mut again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    again.push(NOW[0]);
    assert_eq!(layla.post("/desk/front/launches", &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(field_of_lead(&paper.get("/").await), "واحد");
}

#[tokio::test]
async fn a_press_counts_once_and_nobody_is_offered_a_draft_that_is_gone() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let karim = Browser::of_staff(&paper, "كريم", Role::Editor).await;
    let (one, two) = (paper.publishes("واحد").await, paper.publishes("اثنان").await);
    puts(&layla, "lead/0", &one).await;
    let page = layla.get("/desk/front").await;
    let (version, seen) = (field(&page, "read"), field(&page, "seen"));
    let form = [("read", &*version), ("seen", &*seen), NOW[0]];
    for _ in 0..2 {
        let launched = layla.post("/desk/front/launches", &form).await;
        assert!(launched.header("location").starts_with("/desk/front?done=launched&launch="), "{}", launched.text);
    }
    let all = paper.app.store.front_launches(None, 9).await.expect("read");
    assert_eq!(all.len(), 1);
    let late = karim.post("/desk/front/launches", &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&["role=\"alert\"", "ليلى", "لم تُطلق صفحتك"]);
    assert!(!late.text.contains("أطلق صفحتي مكانها"), "there is none");

    puts(&layla, "lead/0", &two).await;
    let copy = format!("/desk/front/launches/{}/draft", all[0].id.short());
    let asked = karim.post(&copy, &[("read", &read(&karim).await)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    asked.assert_order(&["role=\"alert\"", "تغييرات لم تُطلق، حفظها", "ليلى", "نعم، ضعها مكانها"]);
    assert_eq!(field_of_lead(&layla.get("/desk/front/preview").await), "اثنان");
    let sure = [("read", field(&asked, "read")), ("sure", field(&asked, "sure"))];
    let sure: Vec<(&str, &str)> = sure.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(karim.post(&copy, &sure).await.header("location"), "/desk/front?done=copied");
    assert_eq!(field_of_lead(&layla.get("/desk/front/preview").await), "واحد");
}

/// Keeps a picture of the library; its name.
async fn in_library(paper: &OpenPaper, print: &str) -> String {
    let (print, placeholder, words) = (print.to_owned(), String::new(), Default::default());
    let name = format!("{print}.jpg");
    let new = store::pictures::NewPicture {
        print,
        size: (1200, 800),
        placeholder,
        words,
        bytes: vec![1],
        sizes: Vec::new(),
        more: false,
    };
    paper.app.store.keep_in_library(&new, None, paper.app.now()).await.expect("kept");
    name
}

#[tokio::test]
async fn a_picture_that_readers_may_not_have_is_neither_offered_nor_shown() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (tram, slot) = (paper.publishes_everything().await, "/desk/front/slots/lead/0");
    let (name, unused) = (in_library(&paper, "aa").await, in_library(&paper, "bb").await);
    puts(&layla, "lead/0", &tram).await;
    assert!(!layla.get(slot).await.text.contains("/pictures/aa"), "no public story has it");
    let chooses = async || {
        let (version, story) = (read(&layla).await, tram.id.short());
        layla.post(slot, &[("read", &version), ("story", &story), ("picture", &name)]).await
    };
    let refused = chooses().await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "لا صورة بهذا الاسم عند القراء", "tram.png"]);
    let mut other = paper.draft("خبر بها");
    let (file, alt) = (name.clone(), "عربة".to_owned());
    other.text.lead = Some(newsroom::body::Picture {
        file,
        alt,
        caption: None,
        credit: None,
        size: (1200, 800),
        ..Default::default()
    });
    paper.publishes_draft(other, paper.app.now()).await;
    layla.get(slot).await.assert_order(&["/pictures/aa"]);
    assert_eq!(chooses().await.status, StatusCode::SEE_OTHER);
    launches(&layla, NOW).await;
    let lead = async || {
        let page = paper.get("/").await.text;
        page.split("card-lead").nth(1).expect("a lead").split("</section>").next().expect("its end").to_owned()
    };
    assert!(lead().await.contains("/pictures/aa"));
    layla.post(&format!("/desk/pictures/{name}/takedown"), &[("why", "اعترض صاحبها")]).await;
    let without = lead().await;
    assert!(without.contains("/pictures/tram.png") && !without.contains("/pictures/aa"), "{without}");
    let page = layla.get(slot).await.text;
    assert!(page.contains("/pictures/tram.png") && !page.contains("/pictures/aa"), "{page}");
    let purged = paper.app.page_cache.watch();
    layla.post(&format!("/desk/pictures/{unused}/removal"), &[("sure", "yes")]).await;
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Front), "a slot may have named it");
}

#[tokio::test]
async fn what_is_not_public_is_put_nowhere_and_read_only_by_those_who_may() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let bound = Browser::new(&paper);
    bound.signs_in(Role::Editor, &[SectionId(2)], paper.app.now()).await;
    let (story, draft) = (paper.publishes("خبر المدينة").await, paper.draft("سر لم يُنشر"));
    let program = newsroom::people::Actor::Program;
    paper.app.store.keep_draft(&draft, program, paper.app.now()).await.expect("kept");
    let slot = "/desk/front/slots/lead/0";
    let form = [("read", read(&layla).await), ("story", draft.id.short())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for editor in [&bound, &layla] {
        let refused = editor.post(slot, &form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(!refused.text.contains("سر لم يُنشر"));
    }
    assert_eq!(puts(&bound, "lead/0", &story).await.status, StatusCode::SEE_OTHER);
    bound.get(slot).await.assert_order(&["خبر المدينة", "العنوان في الصفحة الأولى"]);
    let withdrawn = story.clone().withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, newsroom::people::Actor::Program, "").await.expect("gone");
    let page = bound.get(slot).await;
    page.assert_order(&["مادة غير منشورة من قسم لا تعمل فيه", "المثبَّتة غير منشورة", "ارفع التثبيت"]);
    assert!(!page.text.contains("خبر المدينة") && !page.text.contains("name=\"headline\""));
    layla.get(slot).await.assert_order(&["خبر المدينة", "المثبَّتة غير منشورة", "name=\"headline\""]);
    let form = [("read", read(&layla).await), ("story", story.id.short()), ("headline", "حين تعود".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(layla.post(slot, &form).await.status, StatusCode::SEE_OTHER, "it stands there");
    let elsewhere = layla.post("/desk/front/slots/secondary/0", &form).await;
    assert_eq!(elsewhere.status, StatusCode::CONFLICT);
}
