//! The owner's pages of the staff.

use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::SectionId;
use newsroom::people::Role;

#[tokio::test]
async fn somebody_is_invited_comes_in_once_by_the_link_and_is_bound_to_their_sections() {
    let paper = OpenPaper::open().await;
    let (layla, salma) = (Browser::new(&paper), Browser::new(&paper));
    layla.signs_in(Role::Owner, &[], paper.app.now()).await;
    let section = SectionId(2).short();
    let form = [("name", "سلمى"), ("email", "Salma@Example.org"), ("role", "moderator"), ("section", section.as_str())];
    let invited = layla.post("/desk/staff", &form).await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.text);
    let link = invited.text.split("/sign-in/").nth(1).and_then(|rest| rest.split('<').next()).expect("a link");
    let link = format!("/sign-in/{link}");
    assert!(link.ends_with("?to=me") && invited.text.matches(&link).count() == 2, "alone, and in a letter");
    assert!(!layla.get("/desk/staff").await.text.contains("/sign-in/"), "shown once");
    layla.get("/desk/staff").await.assert_order(&["سلمى", "إشراف على التعليقات", "الثقافة", "لم يضع مفتاحًا بعد"]);
    assert!(salma.get(&link).await.text.contains("name=\"to\" value=\"me\""));
    let path = link.trim_end_matches("?to=me");
    assert_eq!(salma.post(path, &[("to", "me")]).await.header("location"), "/desk/me");
    assert_eq!(Browser::new(&paper).post(path, &[]).await.status, StatusCode::GONE);
    let page = salma.get("/desk/me").await.text;
    assert!(page.contains("الثقافة") && !page.contains("href=\"/desk/staff\""));
    layla.get("/desk/staff").await.assert_order(&["ما جرى أخيرًا", "دخل \u{2068}سلمى", "جعل", "أضاف"]);
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_told_and_the_form_comes_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::new(&paper);
    layla.signs_in(Role::Owner, &[], paper.app.now()).await;
    layla.post("/desk/staff", &[("name", "سلمى"), ("role", "reporter")]).await;
    for (name, email, why) in [
        ("", "", "اكتب اسمًا"),
        ("a@b.example", "", "اكتب اسمًا"),
        ("نادر", "nadir", "ليس عنوان بريد"),
        ("سلمى", "", "مأخوذ"),
    ] {
        let form = [("name", name), ("email", email), ("role", "sub-editor")];
        let got = layla.post("/desk/staff", &form).await;
        assert!(got.status == StatusCode::UNPROCESSABLE_ENTITY && got.text.contains(why), "{name}: {why}");
        assert!(got.text.contains("value=\"sub-editor\" selected"), "what was chosen stays chosen");
    }
}

#[tokio::test]
async fn a_colleague_is_placed_anew_leaves_and_comes_back_and_the_last_owner_stays() {
    let paper = OpenPaper::open().await;
    let (layla, salma) = (Browser::new(&paper), Browser::new(&paper));
    let owner = layla.signs_in(Role::Owner, &[], paper.app.now()).await;
    let staff = salma.signs_in(Role::Moderator, &[], paper.app.now()).await;
    let (path, own) = (format!("/desk/staff/{}", staff.id), format!("/desk/staff/{}", owner.id));
    assert_eq!(salma.get("/desk").await.status, StatusCode::OK);
    layla.post(&format!("{path}/place"), &[("role", "reporter")]).await;
    assert_eq!(salma.get("/desk").await.status, StatusCode::FORBIDDEN, "at once");
    for step in ["place", "leave"] {
        let got = layla.post(&format!("{own}/{step}"), &[("role", "editor")]).await;
        assert!(got.status == StatusCode::CONFLICT && got.text.contains("لا بد للصحيفة"), "{step}");
    }
    layla.post(&format!("{path}/leave"), &[]).await;
    assert_eq!(salma.get("/desk/me").await.header("location"), "/sign-in");
    assert!(layla.get(&path).await.text.contains("الحساب موقوف"));
    layla.post(&format!("{path}/return"), &[]).await;
    let link = layla.post(&format!("{path}/link"), &[]).await;
    let link = link.text.split("/sign-in/").nth(1).and_then(|rest| rest.split('?').next()).expect("a link").to_owned();
    assert_eq!(salma.post(&format!("/sign-in/{link}"), &[]).await.header("location"), "/desk/stories");
    layla.post(&format!("{path}/sessions/end"), &[]).await;
    assert_eq!(salma.get("/desk/me").await.header("location"), "/sign-in");
    assert_eq!(layla.get("/desk/staff/nothing-such").await.status, StatusCode::NOT_FOUND);
}
