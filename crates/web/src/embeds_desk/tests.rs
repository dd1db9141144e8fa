//! Other sites at the desk.

use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

const FORM: [(&str, &str); 5] = [
    ("name", "الميناء"),
    ("pages", "www.port.example\nport.example/blog"),
    ("keep", "p, id"),
    ("policy", "open-after-review"),
    ("section", ""),
];

#[tokio::test]
async fn an_editor_lets_a_site_show_threads_and_stops_it() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let wrong = editor.post("/desk/embeds", &[("name", ""), ("pages", "لا شيء هنا"), ("policy", "closed")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("لا شيء هنا</textarea>"), "what was typed is there");
    let added = editor.post("/desk/embeds", &FORM).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let place = added.header("location").to_owned();
    let page = editor.get(&place).await;
    page.assert_order(&["embed.js", "data-site=", "midad-comments"]);
    assert!(page.text.contains("port.example/blog"));
    assert_eq!(editor.post("/desk/embeds", &FORM).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the name is taken");
    assert_eq!(editor.post(&format!("{place}/closing"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(paper.app.store.other_sites().await.expect("sites")[0].closed_at.is_some());
    assert_eq!(editor.post(&place, &FORM).await.status, StatusCode::SEE_OTHER, "saved is opened");
    assert!(paper.app.store.other_sites().await.expect("sites")[0].closed_at.is_none());
}

#[tokio::test]
async fn a_shared_secret_is_shown_once_and_a_public_key_is_read_as_it_is_pasted() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let place = editor.post("/desk/embeds", &FORM).await.header("location").to_owned();
    let keys = format!("{place}/keys");
    let made = editor.post(&keys, &[("kid", "one"), ("way", "HS256")]).await;
    let site = paper.app.store.other_sites().await.expect("sites")[0].id;
    let secret = paper.app.store.live_site_key(site, "one").await.expect("read").expect("a key").material;
    assert!(made.text.contains(&secret));
    assert!(!editor.get(&place).await.text.contains(&secret));
    let unreadable = editor.post(&keys, &[("kid", "two"), ("way", "EdDSA"), ("public", "AAAA")]).await;
    assert_eq!(unreadable.status, StatusCode::UNPROCESSABLE_ENTITY);
    let x = "A".repeat(43);
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    assert_eq!(editor.post(&keys, &[("kid", "two"), ("way", "EdDSA"), ("public", &jwk)]).await.status, StatusCode::OK);
    let third = editor.post(&keys, &[("kid", "three"), ("way", "HS256")]).await;
    assert_eq!(third.status, StatusCode::UNPROCESSABLE_ENTITY, "two hold");
    let removed = editor.post(&format!("{keys}/removal"), &[("kid", "one")]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert_eq!(paper.app.store.live_site_key(site, "one").await.expect("read"), None);
}
