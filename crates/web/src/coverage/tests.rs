//! Live coverage, from the desk to readers.

use crate::clockwork::end_coverages;
use crate::layout::{address, assets};
use crate::live::Told;
use crate::page_cache::Tag;
use crate::routes::router;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use jiff::SignedDuration;
use newsroom::SectionId;
use newsroom::live::NewEntry;
use newsroom::people::{Actor, Role};
use newsroom::story::{CommentPolicy, Published};
use std::time::Duration;
use tower::ServiceExt;

const TEXT: &str = "وصلت <الإطفاء> إلى المرفأ";
const SHOWN: &str = "وصلت &#60;الإطفاء&#62; إلى المرفأ";

fn desk(story: &Published) -> String {
    format!("/desk/stories/{}/live", story.id)
}

fn entries(story: &Published) -> String {
    format!("{}/entries", desk(story))
}

async fn page(paper: &OpenPaper, story: &Published) -> Got {
    paper.get(&address::story(&story.slug)).await
}

/// A story that an editor covers for two hours.
async fn covered(paper: &OpenPaper) -> (Published, Browser<'_>) {
    let (story, layla) =
        (paper.publishes("حريق في المرفأ").await, Browser::of_staff(paper, "ليلى", Role::Editor).await);
    let opened = layla.post(&desk(&story), &[("hours", "2")]).await;
    assert_eq!(opened.header("location"), format!("{}?done=opened", desk(&story)));
    (story, layla)
}

async fn writes(layla: &Browser<'_>, story: &Published, text: &str) {
    let written = layla.post(&entries(story), &[("text", text)]).await;
    assert_eq!(written.header("location"), format!("{}?done=written", desk(story)), "{}", written.text);
}

/// The short id of the newest update.
async fn newest(paper: &OpenPaper, story: &Published) -> String {
    paper.app.store.live_entries_of_desk(story.id, None, 1).await.expect("read")[0].id.short()
}

/// What the page says to machines.
fn described(got: &Got) -> serde_json::Value {
    let json = got.text.split("<script type=\"application/ld+json\">").nth(1).expect("a description");
    serde_json::from_str(json.split("</script>").next().expect("its end")).expect("JSON")
}

#[tokio::test]
async fn an_editor_covers_a_story_and_readers_see_the_updates_newest_first() {
    let paper = OpenPaper::open().await;
    let plain = paper.publishes("خبر بلا تغطية").await;
    let html = page(&paper, &plain).await.text;
    assert!(!html.contains("data-coverage") && !html.contains(assets::address("coverage.js")), "{html}");
    let (story, layla) = covered(&paper).await;
    layla.get(&format!("/desk/stories/{}", story.id)).await.assert_order(&[&desk(&story), "تغطية مباشرة"]);
    page(&paper, &story).await.assert_order(&[
        assets::address("coverage.js"),
        "</header>",
        "مباشر",
        "لا تحديث بعد",
        "class=\"body\"",
    ]);
    writes(&layla, &story, "اندلع الحريق").await;
    let purged = paper.app.page_cache.watch();
    let form = [("headline", "الإطفاء \"هنا\""), ("text", "فقرة\nسطر\n\nأخرى\n\nEn français"), ("important", "yes")];
    layla.post(&entries(&story), &form).await;
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Story(story.id)));
    let id = newest(&paper, &story).await;
    page(&paper, &story).await.assert_order(&[
        "aria-live=\"polite\"",
        &format!("id=\"e-{id}\""),
        &format!("?update={id}#e-{id}"),
        "<time datetime=\"",
        "مهم",
        "<h3>الإطفاء",
        "<p>فقرة<br>سطر</p>",
        "<p>أخرى</p>",
        "<p dir=\"ltr\">En français</p>",
        "اندلع الحريق",
        "class=\"body\"",
    ]);
    layla.get(&desk(&story)).await.assert_order(&["ليلى", "أنهِها الآن", "انشر التحديث", "الإطفاء", "اندلع الحريق"]);
}

#[tokio::test]
async fn whoever_may_not_publish_the_story_writes_no_update() {
    let paper = OpenPaper::open().await;
    let (story, _) = covered(&paper).await;
    let reporter = Browser::of_staff(&paper, "كريم", Role::Reporter).await;
    let elsewhere = Browser::new(&paper);
    elsewhere.signs_in(Role::Editor, &[SectionId(2)], paper.app.now()).await;
    for somebody in [&reporter, &elsewhere] {
        assert_eq!(somebody.get(&desk(&story)).await.status, StatusCode::FORBIDDEN);
        let refused = somebody.post(&entries(&story), &[("text", TEXT)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    assert!(!page(&paper, &story).await.text.contains(SHOWN));
}

#[tokio::test]
async fn what_is_wrong_comes_back_with_what_was_typed() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    let long = "ط".repeat(123);
    let form = [("headline", long.as_str()), ("text", " ـ ")];
    let refused = layla.post(&entries(&story), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&[&long, "العنوان أطول مما ينبغي بـ3 أحرف", "اكتب نص التحديث"]);
    let hours = layla.post(&format!("{}/prolongation", desk(&story)), &[("hours", "99")]).await;
    assert_eq!(hours.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hours.text.contains("اختر عدد الساعات"));
    layla.post(&format!("{}/end", desk(&story)), &[]).await;
    let late = layla.post(&entries(&story), &[("text", TEXT)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&["التغطية ليست مفتوحة", SHOWN]);
    let page = page(&paper, &story).await;
    page.assert_order(&["انتهت التغطية", "لا تحديث بعد"]);
    assert!(!page.text.contains("live-badge") && !page.text.contains(SHOWN));
}

#[tokio::test]
async fn an_update_is_put_right_for_readers_to_see_and_what_it_said_stays_at_the_desk() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    writes(&layla, &story, "جريحان").await;
    layla.post(&format!("{}/end", desk(&story)), &[]).await;
    let path = format!("{}/{}", entries(&story), newest(&paper, &story).await);
    layla.get(&path).await.assert_order(&["name=\"read\" value=\"0\"", "جريحان", "احفظ التعديل"]);
    let form = [("text", "ثلاثة جرحى"), ("read", "0")];
    let changed = layla.post(&path, &form).await;
    assert_eq!(changed.header("location"), format!("{}?done=changed", desk(&story)));
    let page = page(&paper, &story).await;
    page.assert_order(&["عُدّل", "ثلاثة جرحى"]);
    assert!(!page.text.contains("جريحان"));
    layla.get(&path).await.assert_order(&["ثلاثة جرحى", "ما كان فيه قبل", "جريحان"]);
    let blind = layla.post(&path, &[("text", "أربعة جرحى"), ("read", "0")]).await;
    assert_eq!(blind.status, StatusCode::CONFLICT);
    blind.assert_order(&["تغيّر هذا التحديث", "ثلاثة جرحى", "أربعة جرحى"]);
}

#[tokio::test]
async fn a_removed_update_leaves_a_line_and_none_of_its_words() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    writes(&layla, &story, "كهرمانة لم يُتحقق منها").await;
    let id = newest(&paper, &story).await;
    let path = format!("{}/{id}", entries(&story));
    let refused = layla.post(&format!("{path}/removal"), &[("why", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("اكتب سبب الحذف"));
    layla.post(&format!("{path}/removal"), &[("why", "رقم خاطئ")]).await;
    for address in [
        address::story(&story.slug),
        format!("{}?update={id}", address::story(&story.slug)),
        "/".to_owned(),
        "/archive".to_owned(),
    ] {
        let got = paper.get(&address).await;
        assert!(!got.text.contains("كهرمانة") && !got.text.contains("رقم خاطئ"), "{address}");
    }
    page(&paper, &story).await.assert_order(&[&format!("id=\"e-{id}\""), "حُذف تحديث"]);
    layla.get(&path).await.assert_order(&["سبب الحذف", "رقم خاطئ", "كهرمانة"]);
}

#[tokio::test]
async fn older_updates_stand_on_further_pages_and_each_has_an_address() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    for n in 1..=21 {
        writes(&layla, &story, &format!("تحديث رقم {n}.")).await;
    }
    let first = page(&paper, &story).await;
    first.assert_order(&["data-first=\"true\"", "تحديث رقم 21.", "تحديث رقم 2.", "الأقدم"]);
    assert!(!first.text.contains("تحديث رقم 1.") && !first.text.contains("?since="));
    let older = first.text.split("?before=").nth(1).and_then(|rest| rest.split('#').next()).expect("a link");
    let second = paper.get(&format!("{}?before={older}", address::story(&story.slug))).await;
    second.assert_order(&["data-first=\"false\"", "?since=", "الأحدث", "تحديث رقم 1."]);
    assert!(!second.text.contains("?before=") && !second.text.contains("تحديث رقم 2."));
    let all = paper.app.store.live_entries_of_desk(story.id, None, 30).await.expect("read");
    let at = paper.get(&format!("{}?update={}", address::story(&story.slug), all[20].id)).await;
    assert!(at.text.contains(&format!("id=\"e-{}\"", all[20].id)));
    let cut = paper.get(&format!("{}?update=0O&before=!", address::story(&story.slug))).await;
    assert!(cut.text.contains("تحديث رقم 21."), "what cannot be read is as if it had not been said");
}

#[tokio::test]
async fn a_coverage_ends_by_itself_once_and_open_pages_are_told() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("حريق في المرفأ").await;
    let staff = paper.app.store.add_staff("سلمى", Role::Editor, paper.app.now()).await.expect("added");
    let begun = paper.app.now() - SignedDuration::from_hours(2);
    let until = begun + SignedDuration::from_hours(1);
    paper.app.store.open_coverage(story.id, until, staff.id, begun).await.expect("opened");
    page(&paper, &story).await.assert_order(&["انتهت التغطية"]);
    assert!(!page(&paper, &story).await.text.contains("live-badge"), "its time is over, whatever the clock does");
    let (mut open_page, _seat) = paper.app.hub.listen_to_story(story.id).expect("a seat").split();
    let purged = paper.app.page_cache.watch();
    end_coverages(&paper.app).await.expect("the clock");
    end_coverages(&paper.app).await.expect("the clock");
    assert_eq!(purged.try_iter().flatten().filter(|tag| *tag == Tag::Story(story.id)).count(), 1, "once");
    let told = open_page.try_recv().expect("told");
    assert!(matches!(&told, Told::Coverage { html, .. } if html.contains("انتهت التغطية")), "{told:?}");
    assert!(open_page.try_recv().is_err(), "once");
}

#[tokio::test]
async fn open_pages_get_new_changed_and_removed_updates() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    let (by, now) = (Actor::Program, paper.app.now());
    paper.app.store.set_comment_policy(story.id, CommentPolicy::Hidden, by, now).await.expect("no comments");
    let request = Request::get(format!("{}/live", address::story(&story.slug))).body(Body::empty()).expect("a request");
    let answer = router(paper.app.clone()).oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK, "also where there are no comments");
    let mut frames = answer.into_body().into_data_stream();
    let mut hears = async |words: &str| {
        let mut told = String::new();
        while !told.contains(words) {
            let next = tokio::time::timeout(Duration::from_secs(20), frames.next()).await;
            let frame = next.unwrap_or_else(|_| panic!("«{words}» is not among {told}"));
            told.push_str(&String::from_utf8_lossy(&frame.expect("more").expect("bytes")));
        }
        told
    };
    hears("event: coverage").await;
    writes(&layla, &story, TEXT).await;
    let told = hears(SHOWN).await;
    assert!(told.contains("event: entry") && told.contains("\"gone\":false"), "{told}");
    let path = format!("{}/{}", entries(&story), newest(&paper, &story).await);
    layla.post(&path, &[("text", "بعد التصويب"), ("read", "0")]).await;
    hears("بعد التصويب").await;
    layla.post(&format!("{path}/removal"), &[("why", "خطأ")]).await;
    let told = hears("\"gone\":true").await;
    assert!(told.contains("حُذف تحديث"), "{told}");
}

#[tokio::test]
async fn machines_read_a_live_posting_whatever_the_words() {
    let paper = OpenPaper::open().await;
    let plain = paper.publishes("خبر بلا تغطية").await;
    assert_eq!(described(&page(&paper, &plain).await)["@type"], "NewsArticle");
    let (story, layla) = covered(&paper).await;
    let hostile = "قال: \"</script><script>alert('x')</script>\" \\ ثم مضى";
    writes(&layla, &story, hostile).await;
    writes(&layla, &story, "كهرمانة").await;
    let path = format!("{}/{}", entries(&story), newest(&paper, &story).await);
    layla.post(&format!("{path}/removal"), &[("why", "خطأ")]).await;
    let got = page(&paper, &story).await;
    assert!(!got.text.contains("<script>alert") && !got.text.contains("كهرمانة"));
    let said = described(&got);
    assert_eq!(said["@type"], "LiveBlogPosting");
    assert_eq!(said["liveBlogUpdate"].as_array().expect("updates").len(), 1);
    assert_eq!(said["liveBlogUpdate"][0]["articleBody"], hostile);
    assert!(said["coverageStartTime"].is_string() && said["coverageEndTime"].is_string());
}

#[tokio::test]
async fn of_a_story_that_is_withdrawn_nothing_is_shown_and_nothing_written() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    writes(&layla, &story, TEXT).await;
    let withdrawn = story.clone().withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("gone");
    let gone = page(&paper, &story).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(!gone.text.contains(SHOWN));
    assert_eq!(paper.get(&format!("{}/live", address::story(&story.slug))).await.status, StatusCode::GONE);
    let refused = layla.post(&entries(&story), &[("text", "بعد السحب")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.assert_order(&["المادة ليست منشورة", "بعد السحب"]);
}

#[tokio::test]
async fn a_coverage_is_prolonged_and_not_beyond_three_days() {
    let paper = OpenPaper::open().await;
    let (story, layla) = covered(&paper).await;
    let path = format!("{}/prolongation", desk(&story));
    let was = paper.app.store.coverage_of(story.id).await.expect("read").expect("a coverage");
    let seen = was.until.as_millisecond().to_string();
    for _ in 0..2 {
        let form = [("hours", "3"), ("seen", seen.as_str())];
        assert_eq!(layla.post(&path, &form).await.header("location"), format!("{}?done=prolonged", desk(&story)));
    }
    let now = paper.app.store.coverage_of(story.id).await.expect("read").expect("a coverage");
    assert_eq!(now.until.duration_since(was.until).as_hours(), 3, "a press that came twice counts once");
    for _ in 0..2 {
        layla.post(&path, &[("hours", "24")]).await;
    }
    let refused = layla.post(&path, &[("hours", "24")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("أكثر من ثلاثة أيام"));
    let new = NewEntry { headline: String::new(), text: "خبر".to_owned(), important: false };
    let late = now.until - SignedDuration::from_mins(1);
    let by = paper.app.store.staff().await.expect("staff")[0].id;
    assert!(paper.app.store.write_live_entry(story.id, &new, by, late).await.is_ok());
}
