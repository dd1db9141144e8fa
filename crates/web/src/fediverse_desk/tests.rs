//! The Fediverse at the desk.

use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn an_editor_switches_it_on_where_the_papers_address_is_safe() {
    let plain = OpenPaper::open_as(Paper { address: "http://marfa.example".into(), ..Paper::default() }).await;
    let editor = Browser::of_staff(&plain, "ليلى", Role::Editor).await;
    let got = editor.post("/desk/fediverse", &[("on", "yes")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    let paper = OpenPaper::open_as(Paper { address: "https://marfa.example".into(), ..Paper::default() }).await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let page = editor.get("/desk/fediverse").await;
    page.assert_order(&[
        "@paper@marfa.example",
        "@city@marfa.example",
        "class=\"empty\"",
        "class=\"empty\"",
        "class=\"empty\"",
    ]);
    assert_eq!(paper.get("/fediverse/paper").await.status, StatusCode::NOT_FOUND);
    let got = editor.post("/desk/fediverse", &[("on", "yes")]).await;
    assert_eq!(got.header("location"), "/desk/fediverse?done=on");
    let actor = paper.get("/fediverse/paper").await;
    assert_eq!(actor.status, StatusCode::OK);
    assert!(actor.text.contains("BEGIN PUBLIC KEY"), "a key was made");
    assert_eq!(editor.post("/desk/fediverse", &[]).await.status, StatusCode::CONFLICT, "another one saw less");
}

#[tokio::test]
async fn a_server_is_blocked_with_a_reason_and_heard_again() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let blocks = "/desk/fediverse/blocks";
    for (host, why) in [("noise.example", ""), ("لا شيء", "كثرة")] {
        let got = editor.post(blocks, &[("host", host), ("why", why)]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{host}");
        assert!(got.text.contains(host), "what was typed is there");
    }
    let typed = [("host", "https://Noise.Example/@somebody"), ("why", "رسائل كثيرة")];
    assert_eq!(editor.post(blocks, &typed).await.header("location"), "/desk/fediverse?done=blocked");
    let page = editor.get("/desk/fediverse?done=blocked").await;
    page.assert_order(&["class=\"done\"", "<code dir=\"ltr\">noise.example</code>", "رسائل كثيرة", "ليلى"]);
    let got = editor.post("/desk/fediverse/blocks/removal", &[("host", "noise.example")]).await;
    assert_eq!(got.header("location"), "/desk/fediverse?done=unblocked");
    assert!(paper.app.store.far_blocks().await.expect("read").is_empty());
}
