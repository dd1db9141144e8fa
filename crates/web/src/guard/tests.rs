//! The device key of a visitor, and what members of the staff answer for.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::SectionId;
use newsroom::people::{Actor, Role};

#[tokio::test]
async fn a_key_is_made_once_and_no_other_is_believed() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    let huda = Browser::new(&paper);
    huda.comments(&story, "هدى", "كلمة أولى").await;
    let key = huda.jar().get("midad_visitor").cloned().expect("a key");
    huda.comments(&story, "هدى", "كلمة ثانية").await;
    assert_eq!(huda.jar().get("midad_visitor"), Some(&key), "a fresh key stays");
    let page = address::story(&story.slug);
    assert!(huda.get(&page).await.text.contains("كلمة أولى"));
    let (body, seal) = key.split_once('.').expect("two parts");
    let turned: String = body.chars().rev().collect();
    for forged in [format!("{turned}.{seal}"), format!("{body}."), body.to_owned(), format!("{body}.{}", &seal[1..])] {
        let thief = Browser::new(&paper);
        thief.jar().insert("midad_visitor".into(), forged.clone());
        assert!(!thief.get(&page).await.text.contains("كلمة أولى"), "{forged}");
    }
}

/// Binds somebody to «الثقافة»; what tests publish stands in «المدينة».
async fn bind(paper: &OpenPaper, name: &str, role: Role) {
    let staff = paper.app.store.staff().await.expect("staff").into_iter().find(|staff| staff.name == name);
    let id = staff.expect("somebody of that name").id;
    let placed = paper.app.store.place_staff(id, (role, &[SectionId(2)]), Actor::Program, paper.app.now()).await;
    placed.expect("bound");
}

#[tokio::test]
async fn another_sections_moderator_touches_no_comment_and_is_bound_at_once() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر من المدينة").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let done = salma.rules(&story, comment, "release", "").await;
    let ruling = done.header("location").trim_start_matches("/desk?done=").to_owned();
    bind(&paper, "سلمى", Role::Moderator).await;
    let other = Browser::new(&paper).comments(&story, "هدى", "كلمة أخرى").await;
    assert_eq!(salma.rules(&story, other, "release", "").await.status, StatusCode::FORBIDDEN);
    let undo = salma.post(&format!("/desk/rulings/{ruling}/undo"), &[("story", &story.id.short())]).await;
    assert_eq!(undo.status, StatusCode::FORBIDDEN);
    assert_eq!(salma.get(&format!("/desk?story={}", story.id)).await.status, StatusCode::FORBIDDEN);
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains("كلمة أخرى"));
    assert_eq!(salma.get("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_sections_editor_touches_no_story_and_sees_none_in_the_list() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر من المدينة").await;
    let mut culture = paper.draft("خبر من الثقافة");
    culture.text.section = Some(SectionId(2));
    let culture = paper.publishes_draft(culture, paper.app.now()).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    bind(&paper, "ليلى", Role::Editor).await;
    let list = layla.get("/desk/stories").await.text;
    assert!(list.contains("خبر من الثقافة") && !list.contains("خبر من المدينة"));
    let (theirs, mine) = (format!("/desk/stories/{}", story.id), format!("/desk/stories/{}", culture.id));
    assert_eq!(layla.get(&theirs).await.status, StatusCode::FORBIDDEN);
    for step in ["publication", "withdrawal", "comment-policy", "lead"] {
        let form = [("sure", "yes"), ("policy", "hidden")];
        assert_eq!(layla.post(&format!("{theirs}/{step}"), &form).await.status, StatusCode::FORBIDDEN, "{step}");
    }
    assert_eq!(layla.get(&mine).await.status, StatusCode::OK);
    let policy = [("policy", "closed")];
    assert_eq!(layla.post(&format!("{mine}/comment-policy"), &policy).await.status, StatusCode::SEE_OTHER);
    assert_eq!(layla.post(&format!("{mine}/lead"), &[]).await.status, StatusCode::FORBIDDEN, "it is the whole paper's");
    assert!(!layla.get(&mine).await.text.contains("/lead\""));
}

#[tokio::test]
async fn a_sub_editor_reads_every_story_and_changes_none() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    let rana = Browser::of_staff(&paper, "رنا", Role::SubEditor).await;
    assert!(rana.get("/desk/stories").await.text.contains("خبر"));
    let page = rana.get(&format!("/desk/stories/{}", story.id)).await;
    assert_eq!(page.status, StatusCode::OK);
    for absent in ["/withdrawal", "/comment-policy", "/lead", "href=\"/desk\"", "href=\"/desk/sections\"", "data-live"]
    {
        assert!(!page.text.contains(absent), "{absent}");
    }
    let lead = rana.post(&format!("/desk/stories/{}/lead", story.id), &[]).await;
    assert_eq!(lead.status, StatusCode::FORBIDDEN);
    assert_eq!(rana.get("/desk").await.status, StatusCode::FORBIDDEN);
}
