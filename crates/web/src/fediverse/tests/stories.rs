//! What other servers read of the paper, and what those who follow are told.

use super::net::{Net, far, person};
use crate::fediverse::place::story as address_of;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::body::{Block, Picture};
use newsroom::followers::Followed;
use newsroom::people::{Actor, Role};
use newsroom::profile::Language;
use newsroom::story::Published;
use serde_json::{Value, json};
use store::pictures::{NewPicture, PictureWords};

const PAPER: &str = "https://marfa.example/fediverse/paper";

async fn read(paper: &OpenPaper, path: &str) -> Value {
    let got = paper.get(path).await;
    assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.text);
    serde_json::from_str(&got.text).expect("JSON")
}

async fn follows(paper: &OpenPaper, net: &Net, actor: &str, whom: &str) {
    let far = far(actor);
    net.says(actor, Ok(person(&far, "rami")));
    let follow =
        json!({ "id": format!("{actor}/follows/{}", whom.len()), "type": "Follow", "actor": actor, "object": whom });
    far.tells(paper, net, &follow).await;
}

async fn withdraws(paper: &OpenPaper, story: Published) {
    let withdrawn = story.withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("withdrawn");
}

#[tokio::test]
async fn the_paper_and_its_sections_are_found_by_their_handles() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let found = read(&paper, "/.well-known/webfinger?resource=acct:paper@marfa.example").await;
    assert_eq!((&found["subject"], &found["links"][0]["href"]), (&json!("acct:paper@marfa.example"), &json!(PAPER)));
    let found = read(&paper, "/.well-known/webfinger?resource=acct%3Acity%40marfa.example").await;
    let section = found["links"][0]["href"].as_str().expect("an address").to_owned();
    let actor = read(&paper, section.trim_start_matches("https://marfa.example")).await;
    assert_eq!((&actor["preferredUsername"], &actor["id"]), (&json!("city"), &json!(section)));
    let by_address = read(&paper, &format!("/.well-known/webfinger?resource={section}")).await;
    assert_eq!(by_address["subject"], "acct:city@marfa.example");
    for (resource, status) in [
        ("?resource=acct:paper@other.example", StatusCode::NOT_FOUND),
        ("?resource=acct:nobody@marfa.example", StatusCode::NOT_FOUND),
        ("", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(paper.get(&format!("/.well-known/webfinger{resource}")).await.status, status, "{resource}");
    }
    let actor = read(&paper, "/fediverse/paper").await;
    assert_eq!(actor["type"], "Organization");
    assert_eq!(actor["publicKey"]["publicKeyPem"], json!(super::net::paper_pem()));
    assert_eq!(actor["endpoints"]["sharedInbox"], "https://marfa.example/fediverse/inbox");
    let icon = json!({ "type": "Image", "mediaType": "image/png", "url": "https://marfa.example/icon.png" });
    assert_eq!(actor["icon"], icon, "many servers show no drawings");
    assert!(actor["summary"].as_str().expect("words").contains("المرفأ"));
    let nodes = read(&paper, "/.well-known/nodeinfo").await;
    let path =
        nodes["links"][0]["href"].as_str().expect("an address").trim_start_matches("https://marfa.example").to_owned();
    assert_eq!(read(&paper, &path).await["protocols"], json!(["activitypub"]));
}

#[tokio::test]
async fn nothing_stands_there_before_an_editor_switches_it_on() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر").await;
    for path in [
        "/.well-known/webfinger?resource=acct:paper@localhost".to_owned(),
        "/.well-known/nodeinfo".to_owned(),
        "/nodeinfo/2.1".to_owned(),
        "/fediverse/paper".to_owned(),
        "/fediverse/paper/outbox".to_owned(),
        format!("/fediverse/stories/{}", story.id),
    ] {
        assert_eq!(paper.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = paper.get(&address::story(&story.slug)).await;
    assert!(!page.text.contains("activity+json"));
    let got = super::net::posts(&paper, "https://x.example/fediverse/inbox", "{}", &[]).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_story_is_an_article_with_what_readers_have_of_it() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let story = paper.publishes_everything().await;
    let said = read(&paper, &format!("/fediverse/stories/{}", story.id)).await;
    let whole = address_of(&paper.app.paper, story.id);
    assert_eq!((&said["id"], &said["type"], &said["attributedTo"]), (&json!(whole), &json!("Article"), &json!(PAPER)));
    assert_eq!((&said["name"], &said["nameMap"]["ar"]), (&json!(story.text.headline), &json!(story.text.headline)));
    assert!(
        said["content"].as_str().expect("HTML").contains("وصل الترام") && said["contentMap"]["ar"] == said["content"]
    );
    assert_eq!(said["to"], json!(["https://www.w3.org/ns/activitystreams#Public"]));
    assert_eq!(said["image"]["name"], "عربة ترام بيضاء");
    assert_eq!(said["tag"][0]["name"], "#نقل_عام");
    assert!(said["url"].as_str().expect("an address").starts_with("https://marfa.example/stories/"));
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&["<link rel=\"alternate\" type=\"application/activity+json\"", &whole]);
    let mut french = paper.draft("Le tramway");
    french.text.language = Language::Fr.into();
    let french = paper.publishes_draft(french, paper.app.now()).await;
    assert!(read(&paper, &format!("/fediverse/stories/{}", french.id)).await["contentMap"]["fr"].is_string());
}

#[tokio::test]
async fn nothing_of_what_is_not_public_is_anywhere_and_what_was_is_a_tombstone() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    follows(&paper, &net, "https://social.example/users/a", PAPER).await;
    let draft = paper.draft("خبر محظور إلى الغد");
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("kept");
    let gone = paper.publishes("خبر مسحوب").await;
    withdraws(&paper, gone.clone()).await;
    let public = paper.publishes("خبر منشور").await;
    net.settles(&paper).await;
    assert_eq!(paper.get(&format!("/fediverse/stories/{}", draft.id)).await.status, StatusCode::NOT_FOUND);
    let stone = paper.get(&format!("/fediverse/stories/{}", gone.id)).await;
    assert_eq!(stone.status, StatusCode::GONE);
    assert!(stone.text.contains("Tombstone") && !stone.text.contains("مسحوب"));
    let outbox = read(&paper, "/fediverse/paper/outbox?page=true").await;
    assert_eq!(outbox["orderedItems"].as_array().expect("items").len(), 1);
    assert_eq!(outbox["orderedItems"][0]["object"], json!(address_of(&paper.app.paper, public.id)));
    let told: String = net.sent_to("https://social.example/inbox").iter().map(Value::to_string).collect();
    assert!(told.contains("منشور") && !told.contains("محظور") && !told.contains("مسحوب"), "{told}");
}

#[tokio::test]
async fn the_outbox_is_read_in_pages() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    for turn in 0..45 {
        let at = paper.app.now() - SignedDuration::from_mins(turn);
        paper.publishes_draft(paper.draft(&format!("خبر {turn}")), at).await;
    }
    let list = read(&paper, "/fediverse/paper/outbox").await;
    assert_eq!((&list["type"], &list["totalItems"]), (&json!("OrderedCollection"), &json!(45)));
    let (mut next, mut seen) = (list["first"].as_str().map(str::to_owned), std::collections::BTreeSet::new());
    let mut pages = 0;
    while let Some(url) = next {
        let page = read(&paper, url.trim_start_matches("https://marfa.example")).await;
        seen.extend(page["orderedItems"].as_array().expect("items").iter().map(|item| item["object"].to_string()));
        (next, pages) = (page["next"].as_str().map(str::to_owned), pages + 1);
    }
    assert_eq!((pages, seen.len()), (3, 45));
}

#[tokio::test]
async fn those_who_follow_are_told_of_a_story_its_correction_and_its_end_once_for_each_server() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let section = format!("https://marfa.example/fediverse/sections/{}", newsroom::SectionId(1));
    follows(&paper, &net, "https://social.example/users/a", PAPER).await;
    follows(&paper, &net, "https://social.example/users/b", PAPER).await;
    follows(&paper, &net, "https://far.example/users/c", &section).await;
    let story = paper.publishes("خط الترام").await;
    net.settles(&paper).await;
    let inboxes = ["https://social.example/inbox", "https://far.example/inbox"];
    let kinds = || inboxes.map(|inbox| net.sent_to(inbox).iter().map(|one| one["type"].clone()).collect::<Vec<_>>());
    assert_eq!(kinds(), [vec![json!("Create")], vec![json!("Announce")]], "one for a whole server");
    let create = &net.sent_to(inboxes[0])[0];
    assert_eq!(
        (&create["object"]["name"], &create["cc"][0]),
        (&json!("خط الترام"), &json!(format!("{PAPER}/followers")))
    );
    let announce = &net.sent_to(inboxes[1])[0];
    assert_eq!((&announce["actor"], &announce["object"]), (&json!(section), &create["object"]["id"]));
    let form = [("how", "correction"), ("correction", "كان الطول ثمانية.")];
    assert_eq!(layla.post(&format!("/desk/stories/{}/changes", story.id), &form).await.status, StatusCode::SEE_OTHER);
    net.settles(&paper).await;
    let newsroom::story::Story::Published(now) = paper.app.store.story(story.id).await.expect("there") else {
        panic!()
    };
    withdraws(&paper, now).await;
    net.settles(&paper).await;
    let after = ["Update", "Delete"].map(|kind| json!(kind));
    assert_eq!(kinds().map(|kinds| kinds[1..].to_vec()), [after.to_vec(), after.to_vec()]);
    assert_eq!(net.sent_to(inboxes[0])[2]["object"]["type"], "Tombstone");
}

#[tokio::test]
async fn what_moved_in_from_an_old_paper_is_not_announced() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    follows(&paper, &net, "https://social.example/users/a", PAPER).await;
    let (draft, now) = (paper.draft("خبر قديم"), paper.app.now());
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("a kept draft");
    let published = draft.publish(now - SignedDuration::from_hours(700)).expect("a draft that lacks nothing");
    paper.app.store.publish(&published, Actor::Program, "", now).await.expect("a published story");
    net.settles(&paper).await;
    assert!(net.sent_to("https://social.example/inbox").is_empty());
    assert!(paper.get(&format!("/fediverse/stories/{}", published.id)).await.status.is_success(), "it is there");
}

#[tokio::test]
async fn a_server_that_is_gone_is_forgotten_and_one_that_fails_is_tried_again() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    follows(&paper, &net, "https://gone.example/users/a", PAPER).await;
    follows(&paper, &net, "https://tired.example/users/b", PAPER).await;
    net.answers("https://gone.example/inbox", 410);
    net.answers("https://tired.example/inbox", 503);
    paper.publishes("خبر").await;
    net.settles(&paper).await;
    let store = &paper.app.store;
    assert_eq!(store.count_far_followers(Followed::Paper).await.expect("counted"), 1, "the other one stays");
    let failing = store.failing_far_inboxes().await.expect("read");
    assert_eq!((failing[0].host.as_str(), failing[0].why.as_str()), ("tired.example", "status 503"));
    let soon = paper.app.now() + SignedDuration::from_mins(2);
    let jobs = store.claim_jobs(store::fediverse::FEDIVERSE_OUT, soon, soon, 9).await.expect("jobs");
    assert_eq!(jobs.len(), 1, "in a minute");
    let log = store.fediverse_log().await.expect("read");
    assert!(log.iter().any(|line| (line.what.as_str(), line.host.as_str()) == ("dropped", "gone.example")));
}

#[tokio::test]
async fn a_picture_that_was_taken_from_readers_is_told_to_nobody() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let print = "7".repeat(32);
    let (name, words) = (format!("{print}.jpg"), PictureWords { alt: "عربة".into(), ..PictureWords::default() });
    let (size, bytes, placeholder) = ((1200, 800), vec![0xff, 0xd8, 0xff], "data:image/png;base64,AA==".to_owned());
    let new = NewPicture { print: print.clone(), size, placeholder, words, bytes, sizes: vec![], more: false };
    store.keep_in_library(&new, None, now).await.expect("kept");
    let mut draft = paper.draft("خبر الميناء");
    let picture = Picture { file: name.clone(), alt: "عربة".into(), size, ..Default::default() };
    draft.text.lead = Some(picture.clone());
    draft.text.body.0.push(Block::Picture(picture));
    let story = paper.publishes_draft(draft, now).await;
    let article = format!("/fediverse/stories/{}", story.id);
    assert!(read(&paper, &article).await.to_string().matches(&print).count() > 1, "at its head and in its text");
    let owner = store.add_staff("ليلى", Role::Owner, now).await.expect("added").id;
    store.take_picture_down(&name, "حق محفوظ", owner, now).await.expect("taken down");
    let said = read(&paper, &article).await;
    assert!(!said.to_string().contains(&print) && said.get("image").is_none(), "{said}");
}
