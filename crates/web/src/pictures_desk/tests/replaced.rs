//! Where a picture is used, and another one in its place.

use super::{in_library, with_picture};
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::SectionId;
use newsroom::people::{Actor, Role};
use store::stories::{Saved, Writing};

#[tokio::test]
async fn the_page_of_a_picture_lists_its_stories_and_tells_nobody_of_what_is_not_theirs() {
    let paper = OpenPaper::open().await;
    let name = in_library(&paper, "عربة").await;
    let story = paper.publishes_draft(with_picture(&paper, "خبر الميناء", &name), paper.app.now()).await;
    let draft = with_picture(&paper, "لم يُنشر بعد", &name);
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("kept");
    let (editor, reporter) =
        (Browser::of_staff(&paper, "ليلى", Role::Editor).await, Browser::of_staff(&paper, "هدى", Role::Reporter).await);
    let page = format!("/desk/pictures/{name}");
    editor.get("/desk/pictures").await.assert_order(&[&name, "مستعملة في مادّتين"]);
    let got = editor.get(&page).await;
    let links =
        [format!("/desk/stories/{}", draft.id), format!("/desk/stories/{}", story.id), address::story(&story.slug)];
    got.assert_order(&["مستعملة في مادّتين", &links[0], "لم يُنشر بعد", &links[1], "خبر الميناء", &links[2]]);
    let got = reporter.get(&page).await;
    got.assert_order(&["ليست من أقسامك", "خبر الميناء"]);
    assert!(!got.text.contains("لم يُنشر بعد") && !got.text.contains(&links[0]), "a draft of somebody else's");
    assert!(!got.text.contains("/replacement") && !got.text.contains("/takedown"), "a reporter decides nothing here");
}

#[tokio::test]
async fn another_picture_takes_its_place_in_every_story_after_a_look_at_the_list() {
    let paper = OpenPaper::open().await;
    let (old, new) = (in_library(&paper, "عربة").await, in_library(&paper, "قاطرة").await);
    let story = paper.publishes_draft(with_picture(&paper, "خبر الميناء", &old), paper.app.now()).await;
    let mut elsewhere = with_picture(&paper, "خبر الثقافة", &old);
    elsewhere.text.section = Some(SectionId(2));
    let elsewhere = paper.publishes_draft(elsewhere, paper.app.now()).await;
    let bound = Browser::new(&paper);
    let layla = bound.signs_in(Role::Editor, &[SectionId(1)], paper.app.now()).await;
    let form = format!("/desk/pictures/{old}/replacement");
    bound.get(&format!("{form}?q=قاطرة")).await.assert_order(&["name=\"with\"", &new, "قاطرة"]);
    let look = bound.get(&format!("{form}?with={new}")).await;
    look.assert_order(&["المواد التي ستتغيّر", "خبر الميناء", "ليست من أقسامك تبقى كما هي", "ضعها في مادّة واحدة"]);
    assert!(!look.text.contains("خبر الثقافة"));
    let read = paper.app.store.on_desk(story.id).await.expect("a story").version;
    let done = bound.post(&form, &[("with", &new), ("captions", "keep")]).await;
    assert_eq!(done.header("location"), format!("/desk/pictures/{old}?replaced=1"));
    bound.get(done.header("location")).await.assert_order(&["استُبدلت في مادّة واحدة", "بقيت في مادّة واحدة"]);
    let page = paper.get(&address::story(&story.slug)).await;
    assert!(!page.text.contains(&old), "nowhere in the story");
    page.assert_order(&["og:image", &new, "alt=\"قاطرة\"", "كما كُتب هنا", "الأرشيف"]);
    assert!(paper.get("/sections/city").await.text.contains(&new), "on its card as well");
    assert!(paper.get(&address::story(&elsewhere.slug)).await.text.contains(&old), "another section's story stays");
    let text = paper.app.store.on_desk(story.id).await.expect("a story").text;
    let late = Writing { text, comments: story.comments, read, on_purpose: false };
    let late = paper.app.store.save_writing(story.id, &late, layla.id, paper.app.now()).await.expect("asked");
    assert_eq!(late, Saved::Overtaken, "whoever had it open is told");
    assert_eq!(bound.get(&format!("/desk/stories/{}/revisions", story.id)).await.status, StatusCode::OK);
    let owner = Browser::of_staff(&paper, "سلمى", Role::Owner).await;
    let same = owner.post(&form, &[("with", &old)]).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    owner.post(&format!("/desk/pictures/{new}/takedown"), &[("why", "خطأ")]).await;
    let away = owner.post(&form, &[("with", &new)]).await;
    assert_eq!(away.status, StatusCode::UNPROCESSABLE_ENTITY);
    away.assert_order(&["role=\"alert\"", "لا يراها القرّاء"]);
    assert!(paper.get(&address::story(&elsewhere.slug)).await.text.contains(&old));
}

#[tokio::test]
async fn a_story_that_the_law_holds_stays_as_readers_have_it_and_is_counted() {
    let paper = OpenPaper::open().await;
    let (old, new) = (in_library(&paper, "عربة").await, in_library(&paper, "قاطرة").await);
    let story = paper.publishes_draft(with_picture(&paper, "خبر أمام القضاء", &old), paper.app.now()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.post(&format!("/desk/stories/{}/hold", story.id), &[("why", "دعوى")]).await;
    let done = layla.post(&format!("/desk/pictures/{old}/replacement"), &[("with", &new), ("captions", "keep")]).await;
    assert_eq!(done.header("location"), format!("/desk/pictures/{old}?replaced=0&held=1"));
    let told = layla.get(done.header("location")).await;
    told.assert_order(&["لم تُستبدل في أيّ مادّة", "بقيت في مادّة واحدة", "مادّة واحدة منها موقوفة قانونيًّا"]);
    assert!(paper.get(&address::story(&story.slug)).await.text.contains(&old));
}
