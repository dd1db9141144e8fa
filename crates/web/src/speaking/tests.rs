//! Each member of the staff has the desk in their own language, and readers have the paper's, whoever made it.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;
use newsroom::profile::Language;

/// Chooses a language and is led to the page that says so.
async fn chooses(browser: &Browser<'_>, language: &str) {
    let chosen = browser.post("/desk/me/language", &[("language", language)]).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/desk/me?done=language"));
}

#[tokio::test]
async fn one_reads_the_desk_in_french_and_another_in_arabic() {
    let paper = OpenPaper::open().await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Owner).await;
    chooses(&nadia, "fr").await;
    let story = format!("/desk/stories/{}", paper.publishes("خبر").await.id);
    for path in
        ["/desk", "/desk/stories", &story, "/desk/me", "/desk/plan", "/desk/staff", "/desk/country", "/desk/site"]
    {
        let french = nadia.get(path).await;
        assert_eq!(french.status, StatusCode::OK, "{path}");
        french.assert_order(&["<html lang=\"fr\" dir=\"ltr\">"]);
        salma.get(path).await.assert_order(&["<html lang=\"ar\" dir=\"rtl\">"]);
    }
    chooses(&nadia, "en").await;
    nadia.get("/desk/me?done=language").await.assert_order(&[
        "<html lang=\"en\" dir=\"ltr\">",
        "<p class=\"done\" role=\"status\">",
        "<option value=\"en\" lang=\"en\" selected>English</option>",
    ]);
    chooses(&nadia, "").await;
    nadia.get("/desk/me").await.assert_order(&["<html lang=\"ar\" dir=\"rtl\">"]);
}

#[tokio::test]
async fn errors_of_the_desk_are_in_their_language_and_the_papers_pages_are_not() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Reporter).await;
    chooses(&nadia, "fr").await;
    let refused = nadia.get("/desk/staff").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.assert_order(&["<html lang=\"fr\" dir=\"ltr\">"]);
    let nowhere = nadia.get("/desk/nowhere").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    nowhere.assert_order(&["<html lang=\"fr\" dir=\"ltr\">"]);
    for path in ["/", "/archive", "/desks", &address::story(&story.slug)] {
        nadia.get(path).await.assert_order(&["<html lang=\"ar\" dir=\"rtl\">"]);
    }
    let wrong = nadia.post("/desk/me/language", &[("language", "xx")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_made_for_readers_is_in_the_papers_language_whoever_makes_it() {
    let paper = OpenPaper::open().await;
    paper.publishes("خبر").await;
    let nadia = Browser::of_staff(&paper, "نادية", Role::Owner).await;
    chooses(&nadia, "fr").await;
    let ad = [("html", "<p>كتب</p>"), ("height", "90"), ("seen", "")];
    assert_eq!(nadia.post("/desk/site/ads/front-top", &ad).await.status, StatusCode::SEE_OTHER);
    for path in ["/desk/front/preview", "/desk/site/house/sample?scheme=dark", "/desk/site/ads/front-top/look"] {
        nadia.get(path).await.assert_order(&["<html lang=\"ar\" dir=\"rtl\">"]);
    }
    let begun = nadia.post("/desk/stories", &[]).await;
    let id = begun.header("location").trim_start_matches("/desk/stories/").trim_end_matches("/edit").to_owned();
    let story = newsroom::StoryId::from_short(&id).expect("a story");
    assert_eq!(paper.app.store.story(story).await.expect("begun").text().language, Language::Ar);
}

#[tokio::test]
async fn a_story_in_french_has_its_own_direction_on_every_page() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("Le tramway arrive au port");
    draft.text.language = Language::Fr.into();
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    let own = "lang=\"fr\" dir=\"ltr\"";
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&[
        "<html lang=\"ar\" dir=\"rtl\">",
        &format!("<h1 {own}>"),
        &format!("<div class=\"body\" {own}>"),
    ]);
    for path in ["/", "/sections/city"] {
        let card = format!("\" {own}>");
        let section = "<p class=\"kicker\" lang=\"ar\" dir=\"rtl\">المدينة</p>";
        paper.get(path).await.assert_order(&["<article class=\"card", &card, section, "Le tramway"]);
    }
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let desk = layla.get(&format!("/desk/stories/{}", story.id)).await;
    desk.assert_order(&[&format!("<h2 {own}>Le tramway"), &format!("<div class=\"body\" {own}>")]);
    let writing = layla.get(&format!("/desk/stories/{}/edit", story.id)).await;
    writing.assert_order(&["name=\"text\" rows=\"24\" lang=\"fr\" dir=\"auto\""]);
}
