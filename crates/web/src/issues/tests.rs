//! The printed issue, from the desk to readers.

use super::range::{Wanted, wanted};
use crate::clockwork::publish_issues;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::people::Role;
use newsroom::printed::NewIssue;
use store::issues::NewIssueFile;

#[path = "../../../darkroom/tests/pdfs/mod.rs"]
mod pdfs;

const DESK: &str = "/desk/issues";

/// Sends a form with a file in it from a page of the paper.
async fn sends(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Got {
    let cookies: Vec<String> = browser.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let name = if file.is_some() { "a1-tonight.pdf" } else { "" };
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend(file.unwrap_or_default());
    body.extend(b"\r\n--edge--\r\n");
    let request = Request::post(path)
        .header("cookie", cookies.join("; "))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body.into())
        .expect("a request");
    browser.paper.send(request).await
}

/// Puts in an issue that readers have at once; its address at the desk.
async fn prints(layla: &Browser<'_>, number: &str, day: &str, file: &[u8]) -> String {
    let got = sends(layla, DESK, &[("number", number), ("day", day), ("when", "now")], Some(file)).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text);
    got.header("location").split('?').next().expect("an address").to_owned()
}

/// The version that a page of the desk shows.
async fn read(layla: &Browser<'_>, desk: &str) -> String {
    let page = layla.get(desk).await;
    let after = page.text.split("name=\"read\" value=\"").nth(1).expect("a version");
    after.split('"').next().expect("a value").to_owned()
}

async fn asks(paper: &OpenPaper, path: &str, headers: &[(&str, &str)]) -> Got {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    paper.send(request.body(Body::empty()).expect("a request")).await
}

fn in_zone(paper: &OpenPaper, at: Timestamp) -> String {
    at.to_zoned(paper.app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

#[tokio::test]
async fn an_editor_puts_in_tonights_issue_and_readers_find_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    paper.get("/issues").await.assert_order(&["<h1>الأعداد الورقية</h1>", "لا أعداد ورقية بعد"]);
    prints(&layla, "4500", "2026-03-01", &pdfs::issue(8)).await;
    let purged = paper.app.page_cache.watch();
    let desk = prints(&layla, "عدد خاص 3", "2026-03-02", &pdfs::issue(2)).await;
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Issues));
    layla.get(&format!("{desk}?done=published")).await.assert_order(&[
        "عدد خاص 3",
        "نُشر العدد",
        "منشور منذ",
        "a1-tonight.pdf",
    ]);
    let archive = paper.get("/issues").await;
    archive.assert_order(&[
        "2026</h2>",
        "first-page/",
        "-480.jpg",
        "عدد خاص 3",
        "datetime=\"2026-03-02\"",
        "/issues/4500",
    ]);
    assert_eq!(archive.tags, [Tag::Issues]);
    let page = paper.get("/issues/4500").await;
    page.assert_order(&["<h1>العدد", "4500", "datetime=\"2026-03-01\"", "alt=\"الصفحة الأولى من", "width=\"1200\""]);
    page.assert_order(&["8 صفحات", "ميغابايت", "href=\"/issues/4500/issue.pdf\"", "اقرأ العدد", "download", "التالي:"]);
    assert!(!page.text.contains("السابق:"), "it is the first");
    let picture = page.text.split("src=\"/issues").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    let picture = paper.get(&format!("/issues{picture}")).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/jpeg"));
    for path in
        ["/issues/4499", "/issues?before=x", "/issues/4500/first-page/x-480.jpg", "/issues/4500/first-page/480.jpg"]
    {
        assert_eq!(paper.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_file_is_sent_whole_or_the_bytes_that_are_asked_for() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let file = pdfs::heavy(600_000);
    let whole = String::from_utf8(file.clone()).expect("text");
    prints(&layla, "٤٥٠١", "2026-03-01", &file).await;
    let path = "/issues/4501/issue.pdf";
    let got = asks(&paper, path, &[("accept-encoding", "gzip")]).await;
    assert_eq!((got.status, got.header("content-length")), (StatusCode::OK, &*file.len().to_string()));
    assert!(got.text == whole, "every byte of it");
    assert_eq!((got.header("content-type"), got.header("accept-ranges")), ("application/pdf", "bytes"));
    assert_eq!((got.header("content-encoding"), got.header("x-content-type-options")), ("", "nosniff"));
    assert!(got.header("content-security-policy").starts_with("default-src 'none'"));
    let named = got.header("content-disposition");
    assert!(named.starts_with("inline; filename=\"issue-4501.pdf\"; filename*=UTF-8''%D8%A7"), "{named}");
    let tag = got.header("etag").to_owned();
    for (range, from, to) in
        [("bytes=0-9", 0, 10), ("bytes=262140-262150", 262_140, 262_151), ("bytes=-7", file.len() - 7, file.len())]
    {
        let part = asks(&paper, path, &[("range", range)]).await;
        assert_eq!((part.status, part.text.as_str()), (StatusCode::PARTIAL_CONTENT, &whole[from..to]), "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{}", to - 1, file.len()));
        assert_eq!(part.header("content-length"), (to - from).to_string());
    }
    let rest = asks(&paper, path, &[("range", "bytes=300000-"), ("if-range", &tag)]).await;
    assert_eq!((rest.status, rest.text.len()), (StatusCode::PARTIAL_CONTENT, file.len() - 300_000));
    let other = asks(&paper, path, &[("range", "bytes=0-9"), ("if-range", "\"another\"")]).await;
    assert_eq!((other.status, other.text.len()), (StatusCode::OK, file.len()));
    let beyond = asks(&paper, path, &[("range", "bytes=9000000-")]).await;
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, &*format!("bytes */{}", file.len()))
    );
    assert_eq!(asks(&paper, path, &[("if-none-match", &tag)]).await.status, StatusCode::NOT_MODIFIED);
}

#[test]
fn ranges_are_read_as_the_standard_says() {
    let part = |from, to| Wanted::Part { from, to };
    for (range, found) in [
        ("bytes=0-0", part(0, 0)),
        ("bytes=90-", part(90, 99)),
        ("Bytes=90-900", part(90, 99)),
        ("bytes=-10", part(90, 99)),
        ("bytes=-1000", part(0, 99)),
        ("bytes=100-", Wanted::Beyond),
        ("bytes=200-100", Wanted::Beyond),
        ("bytes=-0", Wanted::Beyond),
        ("bytes=99999999999999999999-", Wanted::Beyond),
        ("bytes=9-5", Wanted::Whole),
        ("bytes=0-1,5-6", Wanted::Whole),
        ("bytes=-", Wanted::Whole),
        ("bytes=+1-5", Wanted::Whole),
        ("pages=0-1", Wanted::Whole),
        ("0-1", Wanted::Whole),
    ] {
        assert_eq!(wanted(Some(range), None, "\"a\"", 100), found, "{range}");
    }
    assert_eq!(wanted(None, None, "\"a\"", 100), Wanted::Whole);
    assert_eq!(wanted(Some("bytes=0-1"), Some("\"a\""), "\"a\"", 100), part(0, 1));
    assert_eq!(wanted(Some("bytes=0-1"), Some("W/\"a\""), "\"a\"", 100), Wanted::Whole);
    assert_eq!(wanted(Some("bytes=0-1"), None, "\"a\"", 0), Wanted::Whole);
}

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed_and_its_file_need_not_be_sent_again() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    prints(&layla, "4500", "2026-03-01", &pdfs::issue(1)).await;
    let fields = [("number", "٤٥٠٠"), ("day", "2026-03-02"), ("when", "later"), ("goes_at", "غدًا")];
    let wrong = sends(&layla, DESK, &fields, Some(&pdfs::issue(2))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&[
        "value=\"٤٥٠٠\"",
        "value=\"2026-03-02\"",
        "name=\"kept\"",
        "a1-tonight.pdf",
        "فلا حاجة إلى رفعه",
        "اكتب يومًا ووقتًا",
    ]);
    let kept =
        wrong.text.split("name=\"kept\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a file");
    let fields = [("number", "٤٥٠٠"), ("day", "2026-03-02"), ("when", "not-yet"), ("kept", kept)];
    let taken = sends(&layla, DESK, &fields, None).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    taken.assert_order(&["لعدد آخر هذا الرقم", "name=\"kept\""]);
    let other = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    let theirs = sends(&other, DESK, &[("number", "4502"), ("day", "2026-03-02"), ("kept", kept)], None).await;
    theirs.assert_order(&["اختر ملف العدد"]);
    let fields = [("number", "4501"), ("day", "2026-03-02"), ("when", "not-yet"), ("kept", kept)];
    let done = sends(&layla, DESK, &fields, None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(done.header("location").ends_with("?done=kept"));
    for path in ["/issues/4501", "/issues/4501/issue.pdf"] {
        assert_eq!(paper.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(layla.get("/issues/4501/issue.pdf").await.header("cache-control"), "private, no-store");
}

#[tokio::test]
async fn what_is_no_issue_is_refused_in_words() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let whole = pdfs::issue(2);
    for (file, words) in [
        (None, "اختر ملف العدد"),
        (Some(b"<html><script>alert(1)</script>".as_slice()), "ليس هذا ملف PDF"),
        (Some(&whole[..whole.len() / 2]), "الملف مبتور"),
        (Some(&pdfs::locked()), "مقفل بكلمة مرور"),
        (Some(&pdfs::issue(0)), "ليس في الملف صفحات"),
        (Some(b""), "الملف فارغ"),
        (Some(&vec![b'7'; darkroom::MOST_PDF_BYTES + 1]), "أكبر من 60 ميغابايت"),
    ] {
        let got = sends(&layla, DESK, &[("number", "4501"), ("day", "2026-03-02"), ("when", "now")], file).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        got.assert_order(&["value=\"4501\"", "value=\"2026-03-02\"", "role=\"alert\"", words]);
    }
    assert_eq!(paper.app.store.issues(None, 9).await.expect("issues"), []);
}

#[tokio::test]
async fn what_cannot_be_drawn_or_acts_is_taken_and_the_desk_is_told() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let thread = pdfs::of_objects(&pdfs::objects(1, (10, 14_400), pdfs::BAR), "");
    let desk = prints(&layla, "1", "2026-03-01", &thread).await;
    layla.get(&desk).await.assert_order(&["لا صورة للصفحة الأولى", "لم نتمكن من رسم الصفحة الأولى"]);
    paper.get("/issues/1").await.assert_order(&["alt=\"لا صورة للصفحة الأولى", "width=\"1200\" height=\"1680\""]);
    let desk = prints(&layla, "2", "2026-03-02", &pdfs::scripted()).await;
    layla.get(&desk).await.assert_order(&["الصفحة الأولى من", "ما يعمل من نفسه عند فتحه"]);
}

#[tokio::test]
async fn the_clock_publishes_an_issue_at_its_minute_and_once() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let later = in_zone(&paper, paper.app.now() + SignedDuration::from_hours(1));
    let fields = [("number", "4501"), ("day", "2026-03-02"), ("when", "later"), ("goes_at", &later)];
    let put = sends(&layla, DESK, &fields, Some(&pdfs::issue(1))).await;
    let desk = put.header("location").split('?').next().expect("an address").to_owned();
    layla.get(&desk).await.assert_order(&["يُنشر", "ألغِ الموعد"]);
    publish_issues(&paper.app).await.expect("the clock");
    assert_eq!(paper.get("/issues/4501").await.status, StatusCode::NOT_FOUND);
    let past = [("act", "later"), ("goes_at", "2020-01-01T10:00"), ("read", "2")];
    let past = layla.post(&format!("{desk}/publication"), &past).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    past.assert_order(&["value=\"2020-01-01T10:00\"", "مضى هذا الوقت"]);
    let id = newsroom::IssueId::from_short(desk.rsplit('/').next().expect("an id")).expect("an id");
    let minute = paper.app.now() - SignedDuration::from_secs(5);
    let by = layla_id(&paper).await;
    paper.app.store.time_issue((id, 2), Some(minute), by, paper.app.now()).await.expect("timed");
    let purged = paper.app.page_cache.watch();
    let (one, other) = tokio::join!(publish_issues(&paper.app), publish_issues(&paper.app));
    one.and(other).expect("the clock");
    assert_eq!(purged.try_iter().flatten().filter(|tag| *tag == Tag::Issues).count(), 1, "once");
    assert_eq!(paper.get("/issues/4501").await.status, StatusCode::OK);
    let stale = layla.post(&format!("{desk}/publication"), &[("act", "call-off"), ("read", "3")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "it has gone");
}

async fn layla_id(paper: &OpenPaper) -> newsroom::StaffId {
    paper.app.store.staff().await.expect("staff")[0].id
}

#[tokio::test]
async fn a_withdrawn_issue_is_gone_with_a_note_and_comes_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let desk = prints(&layla, "4501", "2026-03-02", &pdfs::issue(1)).await;
    let version = read(&layla, &desk).await;
    let withdrawal = format!("{desk}/withdrawal");
    let silent = layla.post(&withdrawal, &[("why", " . "), ("read", &version)]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.assert_order(&["اكتب السبب"]);
    let gone = layla.post(&withdrawal, &[("why", "خطأ في <الصفحة> الثالثة"), ("read", &version)]).await;
    assert_eq!(gone.header("location"), format!("{desk}?done=withdrawn"));
    for path in ["/issues/4501", "/issues/4501/issue.pdf"] {
        let got = paper.get(path).await;
        assert_eq!(got.status, StatusCode::GONE, "{path}");
        got.assert_order(&["سُحب هذا العدد", "خطأ في &#60;الصفحة&#62; الثالثة"]);
    }
    assert!(!paper.get("/issues").await.text.contains("4501"));
    assert_eq!(layla.get("/issues/4501/issue.pdf").await.status, StatusCode::OK, "the desk reads it");
    layla.get(&desk).await.assert_order(&["سحبه", "ليلى", "الثالثة", "أعده إلى القراء"]);
    let version = read(&layla, &desk).await;
    let back = layla.post(&format!("{desk}/publication"), &[("act", "now"), ("read", &version)]).await;
    assert_eq!(back.header("location"), format!("{desk}?done=published"));
    assert_eq!(paper.get("/issues/4501").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_number_that_is_put_right_leads_on_and_a_file_is_replaced_with_a_reason() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let desk = prints(&layla, "4510", "2026-03-02", &pdfs::issue(1)).await;
    let (before, version) = (paper.get("/issues/4510/issue.pdf").await, read(&layla, &desk).await);
    let wrong = layla.post(&desk, &[("number", "—"), ("day", "2026-02-30"), ("read", &version)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["value=\"—\"", "اكتب رقم العدد", "value=\"2026-02-30\"", "اكتب تاريخ العدد"]);
    let right = layla.post(&desk, &[("number", "4501"), ("day", "2026-03-03"), ("read", &version)]).await;
    assert_eq!(right.header("location"), format!("{desk}?done=corrected"));
    for path in ["/issues/4510", "/issues/%D9%A4%D9%A5%D9%A0%D9%A1", "/issues/%D9%A4%D9%A5%D9%A1%D9%A0"] {
        leads(&paper, path, "/issues/4501").await;
    }
    prints(&layla, "4510", "2026-03-12", &pdfs::issue(1)).await;
    assert_eq!(paper.get("/issues/4510").await.status, StatusCode::OK, "the number is another issue's now");
    let (file, version) = (format!("{desk}/file"), read(&layla, &desk).await);
    let silent = sends(&layla, &file, &[("read", &version)], Some(&pdfs::issue(3))).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let broken = sends(&layla, &file, &[("read", &version), ("why", "صفحة ناقصة")], Some(b"GIF89a")).await;
    broken.assert_order(&["value=\"صفحة ناقصة\"", "ليس هذا ملف PDF"]);
    let done = sends(&layla, &file, &[("read", &version), ("why", "صفحة ناقصة")], Some(&pdfs::issue(3))).await;
    assert_eq!(done.header("location"), format!("{desk}?done=replaced"), "{}", done.text);
    layla.get(&desk).await.assert_order(&["3 صفحات", "ملفات سبقت", "a1-tonight.pdf", "ليلى", "صفحة ناقصة"]);
    let after = paper.get("/issues/4501/issue.pdf").await;
    assert_ne!(before.header("etag"), after.header("etag"));
}

/// An address leads to another one for now: browsers ask again each time.
async fn leads(paper: &OpenPaper, path: &str, to: &str) {
    let moved = paper.get(path).await;
    let found = (moved.status, moved.header("location"), moved.header("cache-control"));
    assert_eq!(found, (StatusCode::MOVED_PERMANENTLY, to, "no-cache"), "{path}");
}

/// Puts number and day of an issue right.
async fn corrects(layla: &Browser<'_>, desk: &str, number: &str) {
    let version = read(layla, desk).await;
    let got = layla.post(desk, &[("number", number), ("day", "2026-03-02"), ("read", &version)]).await;
    assert_eq!(got.header("location"), format!("{desk}?done=corrected"), "{}", got.text);
}

#[tokio::test]
async fn what_was_shared_of_a_former_number_leads_on_however_often_it_was_put_right() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let desk = prints(&layla, "4510", "2026-03-02", &pdfs::issue(1)).await;
    let page = paper.get("/issues/4510").await;
    let picture = page.text.split("src=\"/issues/4510/").nth(1).and_then(|rest| rest.split('"').next());
    let picture = picture.expect("a picture").to_owned();
    corrects(&layla, &desk, "4511").await;
    corrects(&layla, &desk, "4501").await;
    for former in ["4510", "4511"] {
        leads(&paper, &format!("/issues/{former}"), "/issues/4501").await;
        leads(&paper, &format!("/issues/{former}/issue.pdf"), "/issues/4501/issue.pdf").await;
        leads(&paper, &format!("/issues/{former}/{picture}"), &format!("/issues/4501/{picture}")).await;
    }
    assert_eq!(paper.get(&format!("/issues/4501/{picture}")).await.status, StatusCode::OK);
    let version = read(&layla, &desk).await;
    layla.post(&format!("{desk}/withdrawal"), &[("why", "صفحة ناقصة"), ("read", &version)]).await;
    for path in ["/issues/4510", "/issues/4511/issue.pdf"] {
        let gone = paper.get(path).await;
        assert_eq!(gone.status, StatusCode::GONE, "{path}");
        gone.assert_order(&["سُحب هذا العدد", "صفحة ناقصة"]);
    }
    let put = [("number", "4511"), ("day", "2026-03-12"), ("when", "not-yet")];
    let other = sends(&layla, DESK, &put, Some(&pdfs::issue(2))).await;
    let other = other.header("location").split('?').next().expect("an address").to_owned();
    assert_eq!(paper.get("/issues/4511").await.status, StatusCode::GONE, "readers do not have the other one yet");
    assert_eq!(layla.get("/issues/4511/issue.pdf").await.status, StatusCode::OK, "the desk has it");
    layla.post(&format!("{other}/publication"), &[("act", "now"), ("read", "1")]).await;
    for path in ["/issues/4511", "/issues/4511/issue.pdf"] {
        assert_eq!(paper.get(path).await.status, StatusCode::OK, "{path}: a number that is in use goes before");
    }
}

#[tokio::test]
async fn nobody_writes_over_what_a_colleague_changed_meanwhile() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    let desk = prints(&layla, "4510", "2026-03-02", &pdfs::issue(1)).await;
    let seen = read(&layla, &desk).await;
    let day = [("number", "4510"), ("day", "2026-03-03"), ("read", &*seen)];
    assert_eq!(salma.post(&desk, &day).await.status, StatusCode::SEE_OTHER);
    let wrong = layla.post(&desk, &[("number", "—"), ("day", "2026-03-02"), ("read", &seen)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["value=\"—\"", "value=\"2026-03-02\""]);
    assert!(wrong.text.matches("name=\"read\"").count() > 1, "several forms");
    let carried = format!("name=\"read\" value=\"{seen}\"");
    assert_eq!(wrong.text.matches(&carried).count(), wrong.text.matches("name=\"read\"").count());
    let over = layla.post(&desk, &[("number", "4511"), ("day", "2026-03-02"), ("read", &seen)]).await;
    assert_eq!(over.status, StatusCode::CONFLICT);
    let silent = layla.post(&format!("{desk}/withdrawal"), &[("why", "."), ("read", &seen)]).await;
    silent.assert_order(&["اكتب السبب"]);
    assert!(silent.text.contains(&carried), "of a withdrawal as well");
    layla.get(&desk).await.assert_order(&["value=\"4510\"", "value=\"2026-03-03\""]);
}

/// The file that a form has come back with.
fn waits(got: &Got) -> String {
    let after = got.text.split("name=\"kept\" value=\"").nth(1);
    after.and_then(|rest| rest.split('"').next()).expect("a file").to_owned()
}

#[tokio::test]
async fn a_file_that_was_to_replace_another_is_kept_while_its_form_is_wrong_or_overtaken() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let desk = prints(&layla, "4510", "2026-03-02", &pdfs::issue(1)).await;
    let (file, seen) = (format!("{desk}/file"), read(&layla, &desk).await);
    corrects(&layla, &desk, "4501").await;
    let silent = sends(&layla, &file, &[("read", &seen), ("why", " ")], Some(&pdfs::issue(3))).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.assert_order(&["اكتب السبب", "a1-tonight.pdf", "فلا حاجة إلى رفعه"]);
    let fields = [("read", &*seen), ("why", "صفحة ناقصة"), ("kept", &waits(&silent))];
    let overtaken = sends(&layla, &file, &fields, None).await;
    assert_eq!(overtaken.status, StatusCode::CONFLICT);
    overtaken.assert_order(&["value=\"صفحة ناقصة\"", "فلا حاجة إلى رفعه", "غيّر زميل هذا العدد"]);
    let direct = sends(&layla, &file, &[("read", &seen), ("why", "صفحة")], Some(&pdfs::issue(4))).await;
    assert_eq!((direct.status, waits(&direct).is_empty()), (StatusCode::CONFLICT, false), "nothing that came is lost");
    let now = overtaken.text.split("name=\"read\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [("read", now.expect("a version")), ("why", "صفحة ناقصة"), ("kept", &waits(&overtaken))];
    let done = sends(&layla, &file, &fields, None).await;
    assert_eq!(done.header("location"), format!("{desk}?done=replaced"), "{}", done.text);
    layla.get(&desk).await.assert_order(&["3 صفحات", "ملفات سبقت", "صفحة ناقصة"]);
}

/// Sends a part by script.
async fn sends_part(browser: &Browser<'_>, path: &str, bytes: &[u8]) -> (StatusCode, serde_json::Value) {
    let cookies: Vec<String> = browser.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::post(path).header("cookie", cookies.join("; ")).header("sec-fetch-site", "same-origin");
    let got = browser.paper.send(request.body(bytes.to_vec().into()).expect("a request")).await;
    (got.status, serde_json::from_str(&got.text).unwrap_or_default())
}

#[tokio::test]
async fn a_file_comes_part_by_part_and_waits_for_its_form() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let begins = async |path: &str, length: usize| {
        let got = layla.post(path, &[("length", &length.to_string()), ("name", "a1-tonight.pdf")]).await;
        let told: serde_json::Value = serde_json::from_str(&got.text).expect("JSON");
        (got.status, told)
    };
    for (length, words) in [(0, "فارغ"), (darkroom::MOST_PDF_BYTES + 1, "60 ميغابايت")] {
        let (status, told) = begins("/desk/issues/parts", length).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told["said"].as_str().is_some_and(|said| said.contains(words)), "{told}");
    }
    let file = pdfs::issue(5);
    let (first, rest) = file.split_at(300);
    let (_, told) = begins("/desk/issues/parts", file.len()).await;
    let number = told["part"].as_str().expect("a number").to_owned();
    let part = format!("/desk/issues/parts/{number}");
    let (status, told) = sends_part(&layla, &format!("{part}?at=0"), first).await;
    assert_eq!((status, told["at"].as_u64()), (StatusCode::ACCEPTED, Some(300)));
    let (status, told) = sends_part(&layla, &format!("{part}?at=0"), first).await;
    assert_eq!((status, told["at"].as_u64()), (StatusCode::CONFLICT, Some(300)), "the line broke behind it");
    let (status, _) = sends_part(&layla, &format!("/desk/pictures/parts/{number}?at=300"), rest).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "it is no picture");
    let (status, told) = sends_part(&layla, &format!("{part}?at=300"), rest).await;
    let kept = told["kept"].as_str().expect("a file").to_owned();
    assert_eq!(status, StatusCode::OK);
    let (_, again) = sends_part(&layla, &format!("{part}?at={}", file.len()), b"").await;
    assert_eq!(again, told, "whoever did not hear the answer asks for it");
    let fields = [("number", "4501"), ("day", "2026-03-02"), ("when", "now"), ("kept", &kept)];
    let put = sends(&layla, DESK, &fields, None).await;
    let desk = put.header("location").split('?').next().expect("an address").to_owned();
    layla.get(&desk).await.assert_order(&["a1-tonight.pdf", "5 صفحات"]);
    let (_, told) = begins("/desk/issues/parts", 6).await;
    let part = format!("/desk/issues/parts/{}", told["part"].as_str().expect("a number"));
    let (status, told) = sends_part(&layla, &format!("{part}?at=0"), b"GIF89a").await;
    assert_eq!((status, &told["kept"]), (StatusCode::OK, &serde_json::Value::Null));
    assert!(told["said"].as_str().is_some_and(|said| said.contains("ليس هذا ملف PDF")), "{told}");
    let (_, told) = begins("/desk/issues/parts", 6).await;
    let part = format!("/desk/issues/parts/{}", told["part"].as_str().expect("a number"));
    assert_eq!(layla.post(&format!("{part}/removal"), &[]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(sends_part(&layla, &part, b"GIF").await.0, StatusCode::NOT_FOUND, "nobody waits for it any more");
}

#[tokio::test]
async fn the_archive_is_read_page_by_page_and_year_by_year() {
    let paper = OpenPaper::open().await;
    Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (store, now, by) = (&paper.app.store, paper.app.now(), layla_id(&paper).await);
    for n in 1..=27_u32 {
        let (name, print, pictures) = ("a.pdf".into(), "0".repeat(64), vec![(1, vec![1])]);
        let (pages, size, drawn, acts) = (1, (1, 1), true, false);
        let file = NewIssueFile { name, bytes: vec![1], print, pages, size, drawn, acts, pictures };
        let file = store.keep_issue_file(file, by, now).await.expect("kept");
        let day = format!("{}-01-{:02}", if n <= 3 { 2025 } else { 2026 }, n);
        let new = NewIssue::new(&format!("10{n:02}"), &day, paper.app.today()).expect("an issue");
        let (id, _) = store.keep_issue(&new, file, by, now).await.expect("put in");
        store.publish_issue((id, 1), by, now).await.expect("published");
    }
    let first = paper.get("/issues").await;
    first.assert_order(&[
        "/issues?year=2026",
        "/issues?year=2025",
        "2026</h2>",
        "/issues/1027",
        "/issues/1004",
        "أعداد أقدم",
    ]);
    assert!(!first.text.contains("/issues/1003"), "24 to a page");
    let older =
        first.text.split("href=\"/issues?before=").nth(1).and_then(|rest| rest.split('"').next()).expect("more");
    let second = paper.get(&format!("/issues?before={older}")).await;
    second.assert_order(&["noindex", "2025</h2>", "/issues/1003", "/issues/1001", "أحدث الأعداد"]);
    assert!(!second.text.contains("أعداد أقدم"));
    let year = paper.get("/issues?year=2025").await;
    year.assert_order(&["2025</h2>", "/issues/1003"]);
    assert!(!year.text.contains("/issues/1004"));
    paper.get("/issues/1003").await.assert_order(&["السابق:", "1002", "التالي:", "1004"]);
}
