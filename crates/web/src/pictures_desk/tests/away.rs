//! What keeps a picture from readers.

use super::{UNDER, in_library, with_picture};
use crate::clockwork;
use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::{Actor, Role};

fn form<'f>(day: &'f str, focus: &'f str) -> [(&'static str, &'f str); 4] {
    [("alt", "عربة"), ("focus_x", focus), ("focus_y", "70"), ("rights_until", day)]
}

#[tokio::test]
async fn a_picture_is_for_the_desk_alone_until_a_story_with_it_is_public() {
    let paper = OpenPaper::open().await;
    let name = in_library(&paper, "عربة").await;
    let small = name.replace(".jpg", "-480.jpg");
    let (salma, reader) = (Browser::of_staff(&paper, "سلمى", Role::Reporter).await, Browser::new(&paper));
    let moderator = Browser::of_staff(&paper, "مالك", Role::Moderator).await;
    let draft = with_picture(&paper, "خبر الميناء", &name);
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("kept");
    for name in [&name, &small] {
        let path = format!("/pictures/{name}");
        assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(moderator.get(&path).await.status, StatusCode::NOT_FOUND);
        let got = salma.get(&path).await;
        assert_eq!((got.status, got.header("cache-control")), (StatusCode::OK, "private, max-age=600"));
    }
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    let page = reader.get(&address::story(&story.slug)).await.text;
    let under = format!("<img class=\"under\" src=\"{UNDER}\" alt=\"\" aria-hidden=\"true\">");
    assert_eq!(page.matches(&under).count(), 2, "at its head and in its body: {page}");
    let got = reader.get(&format!("/pictures/{small}")).await;
    assert_eq!((got.status, got.header("cache-control")), (StatusCode::OK, "public, max-age=300"));
    let tag = got.header("etag").to_owned();
    let again = reader.send("GET", &format!("/pictures/{small}"), &[], &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn a_picture_whose_rights_ran_out_is_on_no_page_until_they_are_extended() {
    let paper = OpenPaper::open().await;
    let name = in_library(&paper, "عربة").await;
    let print = name.trim_end_matches(".jpg").to_owned();
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let reporter = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let story = paper.publishes_draft(with_picture(&paper, "خبر الميناء", &name), paper.app.now()).await;
    let (desk, public) = (format!("/desk/pictures/{name}"), address::story(&story.slug));
    let pages = ["/", "/sections/city", public.as_str()];
    for page in pages {
        assert!(paper.get(page).await.text.contains(&print), "{page}");
    }
    paper.get("/").await.assert_order(&["focus-x-5 focus-y-5"]);
    let (yesterday, soon) =
        (paper.app.today().yesterday().expect("a day"), paper.app.today().tomorrow().expect("a day"));
    let soon = soon.to_string();
    let refused = reporter.post(&desk, &form(&soon, "30")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["يغيّره من يحقّ له النشر"]);
    assert_eq!(editor.post(&desk, &form(&soon, "30")).await.status, StatusCode::SEE_OTHER);
    paper.get("/").await.assert_order(&["focus-x-3 focus-y-7"]);
    for page in ["/desk/stories", "/desk/pictures"] {
        reporter.get(page).await.assert_order(&["حقوق صورة مستعملة تنتهي قريبًا"]);
    }
    reporter.get("/desk/pictures/rights").await.assert_order(&["حقوق تنتهي قريبًا", &name, "مستعملة في مادّة واحدة"]);
    let at_desk = format!("/desk/stories/{}", story.id);
    editor.get(&at_desk).await.assert_order(&["حقوق صور في هذه المادة تنتهي قريبًا", &name, "آخر يوم يجوز فيه عرضها"]);
    reporter.get("/desk/plan").await.assert_order(&["plan-rights", "حقوق صورة مستعملة تنتهي قريبًا"]);
    let plan = reporter.get(&format!("/desk/plan?day={soon}")).await;
    plan.assert_order(&["حقوق صور تنتهي", &name]);
    assert!(!reporter.get(&format!("/desk/plan?day={yesterday}")).await.text.contains("plan-rights"));
    clockwork::end_rights(&paper.app).await.expect("the clock");
    assert!(paper.get("/").await.text.contains(&print), "it has days left");
    let past = store::pictures::PictureWords {
        rights_until: Some(yesterday.to_string()),
        focus: (30, 70),
        ..Default::default()
    };
    let before = (yesterday, paper.app.now());
    let by = newsroom::StaffId(paper.app.store.staff().await.expect("staff")[0].id.0);
    paper.app.store.describe_picture(&name, &past, by, before).await.expect("described");
    let purged = paper.app.page_cache.watch();
    clockwork::end_rights(&paper.app).await.expect("the clock");
    clockwork::end_rights(&paper.app).await.expect("the clock");
    let tags: Vec<Tag> = purged.try_iter().flatten().collect();
    assert!(tags.contains(&Tag::Story(story.id)) && tags.contains(&Tag::Front), "{tags:?}");
    let log = paper.app.store.log(None, 50).await.expect("the log");
    let ended = log.iter().filter(|told| told.what.key() == "picture-rights-ended").count();
    assert_eq!(ended, 1, "once");
    for page in pages {
        let got = paper.get(page).await;
        assert!(got.status == StatusCode::OK && !got.text.contains(&print), "{page}");
    }
    assert_eq!(paper.get(&format!("/pictures/{print}-480.jpg")).await.status, StatusCode::GONE);
    assert_eq!(editor.get(&format!("/pictures/{name}")).await.status, StatusCode::OK);
    editor.get(&format!("/desk/stories/{}", story.id)).await.assert_order(&[
        "صور لا يراها القرّاء",
        &desk,
        "انتهت حقوقها",
    ]);
    assert!(!editor.get("/desk/pictures.json").await.text.contains(&name), "nobody takes it for another story");
    assert_eq!(editor.post(&desk, &form(&soon, "30")).await.status, StatusCode::SEE_OTHER);
    for page in pages {
        assert!(paper.get(page).await.text.contains(&print), "{page}");
    }
}

#[tokio::test]
async fn a_picture_is_taken_down_with_a_reason_put_back_and_removed_when_unused() {
    let paper = OpenPaper::open().await;
    let name = in_library(&paper, "عربة").await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes_draft(with_picture(&paper, "خبر الميناء", &name), paper.app.now()).await;
    let (desk, public) = (format!("/desk/pictures/{name}"), address::story(&story.slug));
    let without = editor.post(&format!("{desk}/takedown"), &[("why", " ")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    without.assert_order(&["role=\"alert\"", "اكتب سبب السحب"]);
    assert_eq!(
        editor.post(&format!("{desk}/takedown"), &[("why", "اعترض صاحبها")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!paper.get(&public).await.text.contains(&name));
    assert_eq!(paper.get(&format!("/pictures/{name}")).await.status, StatusCode::GONE);
    editor.get(&desk).await.assert_order(&["سُحبت من الصفحات", "ليلى", "اعترض صاحبها", "/return"]);
    editor.get("/desk/pictures/rights").await.assert_order(&["صور لا يراها القرّاء", &name]);
    assert_eq!(editor.post(&format!("{desk}/return"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(paper.get(&public).await.text.contains(&name));
    let sure = [("sure", "yes")];
    assert_eq!(editor.post(&format!("{desk}/removal"), &sure).await.status, StatusCode::CONFLICT, "a story holds it");
    let unused = in_library(&paper, "سوق").await;
    let page = format!("/desk/pictures/{unused}");
    editor.get(&page).await.assert_order(&["غير مستعملة", "/removal"]);
    assert_eq!(editor.post(&format!("{page}/removal"), &[]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(editor.post(&format!("{page}/removal"), &sure).await.header("location"), "/desk/pictures");
    assert_eq!(editor.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(editor.get(&format!("/pictures/{unused}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_did_not_touch_the_last_day_puts_no_older_one_back() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    let name = in_library(&paper, "عربة").await;
    let path = format!("/desk/pictures/{name}");
    let sent = |day: &'static str, read: &'static str| [form(day, "50").as_slice(), &[("day_read", read)]].concat();
    // Day by day as text: another form of the same day is kept in the one form.
    assert_eq!(salma.post(&path, &sent("20300105", "")).await.status, StatusCode::SEE_OTHER);
    let kept = async || paper.app.store.library_picture(&name).await.unwrap().unwrap().words;
    assert_eq!(kept().await.rights_until.as_deref(), Some("2030-01-05"));
    // A page that was opened before that day was set, and changes other words only.
    assert_eq!(salma.post(&path, &sent("", "")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept().await.rights_until.as_deref(), Some("2030-01-05"), "a colleague's day stays");
    // Both have changed it.
    let got = salma.post(&path, &sent("2031-01-01", "")).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["role=\"alert\"", "غيّر زميل", "2031-01-01"]);
    assert_eq!(kept().await.rights_until.as_deref(), Some("2030-01-05"));
    assert_eq!(salma.post(&path, &sent("2031-01-01", "2030-01-05")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept().await.rights_until.as_deref(), Some("2031-01-01"));
    // Nor does whoever slips in another field, and had not read the day of now.
    let slip = salma.post(&path, &[form("2030-01-05", "").as_slice(), &[("day_read", "2030-01-05")]].concat()).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    slip.assert_order(&["name=\"day_read\" value=\"2030-01-05\""]);
    assert_eq!(salma.post(&path, &sent("2030-01-05", "2030-01-05")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept().await.rights_until.as_deref(), Some("2031-01-01"));
}
