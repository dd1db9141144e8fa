//! What happens becomes what followers are told, once; and hubs and search machines hear of addresses alone.

use super::{FollowersFollower, Machine, follow, ping, settle_ping};
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::followers::{ChannelKind, ChannelWish, Event, FollowersPart, IndexNowKey, MachineSettings};
use newsroom::people::{Actor, Role};
use newsroom::story::Published;
use serde_json::Value;
use store::channels::NewChannel;

const HUB: &str = "https://hub.example/";

async fn open(settings: MachineSettings) -> OpenPaper {
    let paper = OpenPaper::open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let by = store.add_staff("قلم", Role::Owner, now).await.expect("added").id;
    store.keep_follower_settings((FollowersPart::Machines, None), &settings, by, now).await.expect("kept");
    paper.app.followers.take_up(store).await.expect("read");
    let events = Event::ALL.into_iter().collect();
    let new = NewChannel {
        kind: ChannelKind::Hook,
        name: "برنامج".into(),
        address: "https://hooks.example/a".into(),
        secret: "whsec_AAAA".into(),
        wish: ChannelWish { events, sections: Vec::new() },
    };
    store.add_channel(new, by, now).await.expect("added").expect("there is room");
    paper
}

fn on() -> MachineSettings {
    let key = IndexNowKey::of([7; 16]).0;
    MachineSettings { hub: HUB.into(), indexnow: "https://search.example/indexnow".into(), key }
}

/// What the one channel was told, the last first.
async fn told(paper: &OpenPaper) -> Vec<Event> {
    let channel = paper.app.store.channels().await.expect("channels")[0].channel.id;
    let all = paper.app.store.channel_deliveries(channel, None, 50).await.expect("deliveries");
    all.into_iter().map(|one| one.event).collect()
}

async fn withdraws(paper: &OpenPaper, story: Published) {
    let withdrawn = story.withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("withdrawn");
}

#[tokio::test]
async fn a_happening_is_told_once_whoever_follows_and_what_was_before_is_told_to_nobody() {
    let paper = open(on()).await;
    paper.publishes("خبر من قبل").await;
    let (mut one, mut other) = (FollowersFollower::default(), FollowersFollower::default());
    follow(&paper.app, &mut one).await.expect("the first time");
    let story = paper.publishes("خبر اليوم").await;
    for _ in 0..2 {
        follow(&paper.app, &mut one).await.expect("followed");
        follow(&paper.app, &mut other).await.expect("followed by another process");
    }
    assert_eq!(told(&paper).await.iter().filter(|event| **event == Event::Published).count(), 1);
    withdraws(&paper, story).await;
    follow(&paper.app, &mut other).await.expect("followed");
    follow(&paper.app, &mut one).await.expect("followed");
    assert_eq!(told(&paper).await[0], Event::Withdrawn);
    let now = paper.app.now();
    for machine in Machine::ALL {
        let jobs = paper.app.store.claim_jobs(machine.kind(), now, now, 9).await.expect("jobs");
        assert_eq!(jobs.len(), 2, "{machine:?}: published and withdrawn, each once");
    }
}

#[tokio::test]
async fn of_a_comment_that_nobody_released_followers_hear_nothing() {
    let paper = open(MachineSettings::default()).await;
    let story = paper.publishes("خبر اليوم").await;
    let mut follower = FollowersFollower::default();
    follow(&paper.app, &mut follower).await.expect("the first time");
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let held = huda.comments(&story, "هدى", "كلمة موقوفة").await;
    let refused = huda.comments(&story, "هدى", "كلمة مرفوضة").await;
    salma.rules(&story, refused, "refuse", "insult").await;
    let path = format!("{}/own/{held}/withdrawal", crate::layout::address::story(&story.slug));
    assert_eq!(huda.post(&path, &[("sure", "yes")]).await.status, StatusCode::SEE_OTHER);
    follow(&paper.app, &mut follower).await.expect("followed");
    assert!(told(&paper).await.is_empty(), "neither held, nor refused, nor withdrawn before anybody had it");
    let public = huda.comments(&story, "هدى", "كلمة منشورة").await;
    salma.rules(&story, public, "release", "").await;
    follow(&paper.app, &mut follower).await.expect("followed");
    assert_eq!(told(&paper).await, [Event::CommentReleased]);
    salma.rules(&story, public, "refuse", "insult").await;
    follow(&paper.app, &mut follower).await.expect("followed");
    assert_eq!(told(&paper).await, [Event::CommentRemoved, Event::CommentReleased]);
}

#[tokio::test]
async fn a_hub_hears_which_feeds_changed_and_search_machines_which_addresses_many_at_once() {
    let paper = open(on()).await;
    let store = &paper.app.store;
    let mut follower = FollowersFollower::default();
    follow(&paper.app, &mut follower).await.expect("the first time");
    let (story, other) = (paper.publishes_everything().await, paper.publishes("خبر آخر").await);
    follow(&paper.app, &mut follower).await.expect("followed");
    let later = paper.app.now();
    let jobs = store.claim_jobs(Machine::Hub.kind(), later, later, 9).await.expect("jobs");
    let to_hub = ping(&paper.app, Machine::Hub, &jobs).await.expect("made").expect("something to tell");
    assert_eq!((to_hub.url.as_str(), to_hub.media_type), (HUB, "application/x-www-form-urlencoded"));
    let body = percent_encoding::percent_decode_str(&to_hub.body).decode_utf8().expect("text").into_owned();
    assert!(body.starts_with("hub.mode=publish&hub.url=http"), "{body}");
    for feed in ["/feed/rss", "/feed/atom", "/feed/json", "/sections/city/feed/rss"] {
        assert!(body.contains(&format!("hub.url={}{feed}", paper.app.paper.address)), "{feed}: {body}");
    }
    assert_eq!(body.matches("/feed/rss").count(), body.matches("/feed/atom").count(), "each once");
    settle_ping(&paper.app, &jobs, Some("unreached".into())).await.expect("settled");
    let much_later = later + jiff::SignedDuration::from_mins(2);
    let again = store.claim_jobs(Machine::Hub.kind(), much_later, much_later, 9).await.expect("jobs");
    assert_eq!(again.len(), jobs.len(), "it is tried again");
    let jobs = store.claim_jobs(Machine::IndexNow.kind(), later, later, 9).await.expect("jobs");
    assert_eq!(jobs.len(), 2);
    let to_search = ping(&paper.app, Machine::IndexNow, &jobs).await.expect("made").expect("something to tell");
    let body: Value = serde_json::from_str(&to_search.body).expect("JSON");
    let key = IndexNowKey::of([7; 16]);
    assert_eq!(body["key"].as_str(), Some(key.0.as_str()));
    let list = body["urlList"].as_array().expect("a list");
    for story in [&story, &other] {
        let whole = format!("{}{}", paper.app.paper.address, crate::layout::address::story(&story.slug));
        assert!(list.iter().any(|url| url.as_str() == Some(&whole)), "{list:?}");
    }
    assert_eq!(paper.get(&key.path()).await.text, key.0);
    assert_eq!(paper.get("/indexnow-other.txt").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn feeds_name_their_hub_and_themselves_only_where_there_is_one() {
    let paper = open(on()).await;
    paper.publishes("خبر اليوم").await;
    for (format, words) in [("rss", "<atom:link rel=\"hub\""), ("atom", "<link rel=\"hub\""), ("json", "\"hubs\":[{")] {
        let got = paper.get(&format!("/sections/city/feed/{format}")).await;
        assert!(got.text.contains(words) && got.text.contains(HUB), "{format}");
        let own = format!("{}/sections/city/feed/{format}", paper.app.paper.address);
        assert_eq!(got.header("link"), format!("<{HUB}>; rel=\"hub\", <{own}>; rel=\"self\""));
    }
    let silent = open(MachineSettings::default()).await;
    silent.publishes("خبر اليوم").await;
    let got = silent.get("/feed/rss").await;
    assert!(got.header("link").is_empty() && !got.text.contains("rel=\"hub\""));
    let mut follower = FollowersFollower::default();
    follow(&silent.app, &mut follower).await.expect("the first time");
    silent.publishes("خبر آخر").await;
    follow(&silent.app, &mut follower).await.expect("followed");
    let now = silent.app.now();
    for machine in Machine::ALL {
        assert!(silent.app.store.claim_jobs(machine.kind(), now, now, 9).await.expect("jobs").is_empty());
    }
    assert_eq!(silent.get(&IndexNowKey::of([7; 16]).path()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_moved_in_from_an_old_paper_is_told_to_nobody() {
    let paper = open(MachineSettings::default()).await;
    let mut follower = FollowersFollower::default();
    follow(&paper.app, &mut follower).await.expect("the first time");
    let (draft, now) = (paper.draft("خبر قديم"), paper.app.now());
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("a kept draft");
    let long_ago = now.saturating_sub(SignedDuration::from_hours(700)).expect("a time");
    let published = draft.publish(long_ago).expect("a draft that lacks nothing");
    paper.app.store.publish(&published, Actor::Program, "", now).await.expect("a published story");
    follow(&paper.app, &mut follower).await.expect("followed");
    assert!(told(&paper).await.is_empty(), "its readers have had it for a month");
    paper.publishes("خبر اليوم").await;
    follow(&paper.app, &mut follower).await.expect("followed");
    assert_eq!(told(&paper).await, [Event::Published]);
}
