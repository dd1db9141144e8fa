//! Who is told, and when nobody is.

use super::hub::{MOST_LISTENERS, MOST_OF_A_NETWORK};
use super::{Hub, Told};
use crate::aftermath::{Follower, catch_up};
use crate::app::App;
use crate::page_cache::Tag;
use crate::paper::Paper;
use crate::routes::router;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use newsroom::StoryId;
use newsroom::happening::What;
use newsroom::people::{Actor, Role};
use std::time::Duration;
use store::{Place, Store};
use tower::ServiceExt;

#[test]
fn a_channel_goes_with_its_last_listener() {
    let hub = Hub::default();
    let story = StoryId(1);
    assert!(!hub.has_story_listeners(story));
    let (first, second) = (hub.listen_to_story(story).expect("a seat"), hub.listen_to_story(story).expect("a seat"));
    drop(first);
    assert!(hub.has_story_listeners(story));
    drop(second.split());
    assert!(!hub.has_story_listeners(story));
}

#[tokio::test]
async fn what_happened_is_told_though_whoever_caused_it_hung_up() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "وصل القطار في وقته.").await;
    let mut open_page = paper.app.hub.listen_to_story(story.id).expect("a seat").split().0;
    let busy = paper.app.telling.lock().await;
    let hung_up = tokio::time::timeout(Duration::from_millis(300), salma.rules(&story, comment, "release", ""));
    assert!(hung_up.await.is_err(), "the answer waited for its turn");
    drop(busy);
    let told = tokio::time::timeout(Duration::from_secs(20), open_page.recv()).await;
    assert!(matches!(told, Ok(Ok(Told::Comment { .. }))), "{told:?}");
}

#[tokio::test]
async fn only_those_at_the_same_story_are_told() {
    let hub = Hub::default();
    let (mut here, _seat) = hub.listen_to_story(StoryId(1)).expect("a seat").split();
    let (mut there, _other) = hub.listen_to_story(StoryId(2)).expect("a seat").split();
    hub.tell_story(StoryId(1), Told::Count(7));
    assert_eq!(here.recv().await.expect("told"), Told::Count(7));
    assert!(there.try_recv().is_err());
}

#[tokio::test]
async fn a_closing_house_ends_every_stream_and_lets_nobody_in() {
    let hub = Hub::default();
    let (mut ear, _seat) = hub.listen_to_desk().expect("a seat").split();
    hub.close();
    assert!(ear.recv().await.is_err());
    assert!(hub.listen_to_desk().is_none());
}

#[test]
fn readers_fill_the_house_and_the_desk_hears_all_the_same() {
    let hub = Hub::default();
    let mut readers: Vec<_> = (0..MOST_LISTENERS).map(|_| hub.listen_to_paper().expect("a seat")).collect();
    assert!(hub.listen_to_paper().is_none() && hub.listen_to_story(StoryId(1)).is_none());
    let desk = hub.listen_to_desk().expect("a seat of its own");
    readers.pop();
    drop(desk);
    let last = hub.listen_to_story(StoryId(1)).expect("the seat that one left");
    assert!(hub.listen_to_paper().is_none(), "the desk left none");
    drop(last);
    assert!(hub.listen_to_paper().is_some());
}

#[test]
fn one_network_never_fills_the_house() {
    let hub = Hub::default();
    let from = |network: [u8; 4]| hub.of_network(hub.listen_to_paper(), network.into());
    let mut seats: Vec<_> = (0..MOST_OF_A_NETWORK).map(|_| from([192, 0, 2, 1]).expect("a seat")).collect();
    assert!(from([192, 0, 2, 1]).is_none() && from([192, 0, 2, 2]).is_some());
    seats.pop();
    let last = from([192, 0, 2, 1]).expect("the seat that one left");
    assert!(from([192, 0, 2, 1]).is_none());
    drop((last, seats));
    assert!(from([192, 0, 2, 1]).is_some() && !hub.has_readers(), "nobody is left");
}

#[tokio::test]
async fn another_process_is_told_once_also_of_what_was_committed_late() {
    let paper = OpenPaper::open().await;
    let beside =
        App::new(store::Store::clone(&paper.app.store), Paper::default(), None, None).await.expect("a second process");
    let mut follower = Follower::default();
    catch_up(&beside, &mut follower).await.expect("a beginning");
    let (mut ear, _seat) = beside.hub.listen_to_desk().expect("a seat").split();
    let import = |turn: &str| What::Imported { source: turn.to_owned(), stories: 0, comments: 1 };
    let now = paper.app.now();
    paper.app.store.note(Actor::Program, import("in time"), "", now).await.expect("noted");
    catch_up(&beside, &mut follower).await.expect("caught up");
    assert_eq!(ear.try_recv().expect("told"), Told::Desk(Default::default()));

    // Another program took an id five seconds ago and commits only now: its row stands before the cursor.
    let slow = Store::open(&Place::Folder(paper.folder.clone())).await.expect("another program");
    let before = now.saturating_sub(Duration::from_secs(5)).expect("a time");
    let late = slow.note(Actor::Program, import("late"), "", before).await.expect("noted");
    assert!(late.at < now);
    catch_up(&beside, &mut follower).await.expect("caught up");
    assert!(ear.try_recv().is_ok(), "told of what came late");
    catch_up(&beside, &mut follower).await.expect("caught up");
    assert!(ear.try_recv().is_err(), "told once");
}

#[tokio::test]
async fn a_process_that_is_behind_forgets_pages_before_it_has_told_anybody() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "وصل القطار في وقته.").await;
    let beside =
        App::new(store::Store::clone(&paper.app.store), Paper::default(), None, None).await.expect("a second process");
    let mut follower = Follower::default();
    catch_up(&beside, &mut follower).await.expect("a beginning");
    catch_up(&beside, &mut follower).await.expect("caught up");
    salma.rules(&story, comment, "release", "").await;
    let purged = beside.page_cache.watch();
    // Somebody who listens slowly, or a long row of news.
    let busy = beside.telling.lock().await;
    let behind = tokio::time::timeout(Duration::from_millis(300), catch_up(&beside, &mut follower)).await;
    assert!(behind.is_err(), "it waits for its turn to tell");
    let purged: Vec<_> = purged.try_iter().flatten().collect();
    assert!(purged.contains(&Tag::Story(story.id)) && purged.contains(&Tag::Front), "{purged:?}");
    drop(busy);
}

#[tokio::test]
async fn the_clock_writes_reads_down_when_it_stops_and_ends_the_streams() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر مقروء").await;
    paper.get(&crate::layout::address::story(&story.slug)).await;
    let (mut ear, _seat) = paper.app.hub.listen_to_desk().expect("a seat").split();
    crate::clockwork::run(paper.app.clone(), async {}).await;
    let today = paper.app.today();
    let most_read = paper.app.store.most_read(today, today, 5).await.expect("a list");
    assert_eq!(most_read.iter().map(|card| card.id).collect::<Vec<_>>(), [story.id]);
    assert!(ear.recv().await.is_err());
}

#[tokio::test]
async fn a_desk_that_begins_to_listen_hears_what_was_claimed_and_decided_since_its_page_was_made() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let (first, second) = (huda.comments(&story, "هدى", "أولى.").await, huda.comments(&story, "هدى", "ثانية.").await);
    salma.rules(&story, first, "release", "").await;
    let back = salma.rules(&story, second, "release", "").await;
    let ruling = back.header("location").trim_start_matches("/desk?done=").to_owned();
    let undone = salma.post(&format!("/desk/rulings/{ruling}/undo"), &[("story", &story.id.short())]).await;
    assert_eq!(undone.header("location"), "/desk", "{}", undone.text);
    let karim = Browser::of_staff(&paper, "كريم", Role::Moderator).await;
    let cookies = karim.jar().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let made = paper.app.now().as_millisecond() - 60_000;
    let request = Request::get(format!("/desk/live?since={made}"))
        .header("cookie", cookies.clone())
        .body(Body::empty())
        .expect("a request");
    let answer = router(paper.app.clone()).oneshot(request).await.expect("an answer");
    let (mut frames, mut told) = (answer.into_body().into_data_stream(), String::new());
    while let Ok(Some(Ok(frame))) = tokio::time::timeout(Duration::from_millis(500), frames.next()).await {
        told.push_str(&String::from_utf8_lossy(&frame));
    }
    let settled = told.lines().filter(|line| line.contains("سلمى") && line.contains(&first.short()));
    assert_eq!(settled.count(), 1, "{told}");
    let bare =
        Request::get("/desk/live").header("cookie", cookies).header("last-event-id", (made + 600_000).to_string());
    let bare =
        router(paper.app.clone()).oneshot(bare.body(Body::empty()).expect("a request")).await.expect("an answer");
    let (mut frames, mut later) = (bare.into_body().into_data_stream(), String::new());
    while let Ok(Some(Ok(frame))) = tokio::time::timeout(Duration::from_millis(500), frames.next()).await {
        later.push_str(&String::from_utf8_lossy(&frame));
    }
    assert!(later.contains("event: waiting") && !later.contains("settled"), "it has heard of that: {later}");
    assert!(told.contains("event: settled") && !told.contains(&second.short()), "what was undone waits: {told}");
}
