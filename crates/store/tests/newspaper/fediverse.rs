//! Other servers: who follows from there, what they are told, what comes from there, and who is not heard.

use crate::paper::{Paper, on_both};
use jiff::SignedDuration;
use newsroom::comment::DisplayName;
use newsroom::followers::Followed;
use newsroom::people::{Role, Visitor};
use newsroom::{ArrivalId, FarFollowerId, FarInboxId, FarMessageId, HappeningId, SectionId, StoryId, VisitorId};
use serde_json::Value;
use store::StoreError;
use store::fediverse::{FEDIVERSE_IN, FEDIVERSE_OUT, FarMessage, MessageKind, NewArrival, NewFollower, NewNote};

fn follower(user: &str, host: &str, followed: Followed) -> NewFollower {
    let actor = format!("https://{host}/users/{user}");
    NewFollower {
        followed,
        host: host.into(),
        inbox: format!("https://{host}/inbox"),
        own_inbox: format!("{actor}/inbox"),
        follow: format!("{actor}#follow"),
        actor,
    }
}

/// What jobs of a kind say, all that are due.
async fn jobs(paper: &Paper, kind: &str) -> Vec<Value> {
    let now = paper.now() + SignedDuration::from_secs(1);
    let until = now + SignedDuration::from_hours(100);
    let jobs = paper.store.claim_jobs(kind, now, until, 50).await.unwrap();
    jobs.iter().map(|job| serde_json::from_str(&job.payload).unwrap()).collect()
}

#[tokio::test]
async fn a_message_goes_once_to_each_server_where_somebody_is_told_it() {
    on_both(|paper| async move {
        let (store, now, city) = (&paper.store, paper.now(), Followed::Section(SectionId(1)));
        for new in [
            follower("a", "social.example", Followed::Paper),
            follower("b", "social.example", Followed::Paper),
            follower("c", "far.example", city),
            follower("d", "other.example", Followed::Section(SectionId(2))),
        ] {
            assert!(store.keep_far_follower(&new, now).await.unwrap());
        }
        let accepts = jobs(&paper, FEDIVERSE_OUT).await;
        assert_eq!(accepts.len(), 4);
        let first = FarFollowerId(accepts[0]["accept"].as_i64().unwrap());
        assert!(store.far_follower(first).await.unwrap().is_some());
        assert_eq!(store.count_far_followers(Followed::Paper).await.unwrap(), 2);
        let what = (MessageKind::Published, StoryId(5), Some(SectionId(1)));
        assert!(store.put_far_message(HappeningId(1), what, now).await.unwrap());
        assert!(!store.put_far_message(HappeningId(1), what, now).await.unwrap(), "once");
        while store.fill_far_messages(1, now).await.unwrap() > 0 {}
        let told = jobs(&paper, FEDIVERSE_OUT).await;
        let mut by: Vec<i64> = told.iter().map(|job| job["by"].as_i64().unwrap()).collect();
        by.sort_unstable();
        assert_eq!(by, [0, 1], "one for a server, by the paper or the section");
        let message = FarMessageId(told[0]["message"].as_i64().unwrap());
        let kept = store.far_message(message).await.unwrap().unwrap();
        assert_eq!((kept.kind, kept.story, kept.section), what);
        assert_eq!(FarMessage { at: now, ..kept }, FarMessage { at: now, id: message, ..kept });
        let withdrawn = (MessageKind::Withdrawn, StoryId(5), Some(SectionId(1)));
        store.put_far_message(HappeningId(2), withdrawn, now).await.unwrap();
        while store.fill_far_messages(2, now).await.unwrap() > 0 {}
        let told = jobs(&paper, FEDIVERSE_OUT).await;
        assert_eq!(told.iter().filter(|job| job["by"] == 0).count(), 2, "the paper takes back wherever it was told");
        store.sweep_fediverse(paper.now() + SignedDuration::from_hours(1), now).await.unwrap();
        assert_eq!(store.far_message(message).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_inbox_goes_when_nobody_is_told_there_when_it_is_gone_and_after_days() {
    on_both(|paper| async move {
        let (store, now) = (&paper.store, paper.now());
        for host in ["one.example", "two.example", "three.example"] {
            store.keep_far_follower(&follower("a", host, Followed::Paper), now).await.unwrap();
        }
        store.put_far_message(HappeningId(1), (MessageKind::Published, StoryId(5), None), now).await.unwrap();
        while store.fill_far_messages(9, now).await.unwrap() > 0 {}
        let told = jobs(&paper, FEDIVERSE_OUT).await;
        let mut inboxes: Vec<FarInboxId> =
            told.iter().filter_map(|job| job["inbox"].as_i64().map(FarInboxId)).collect();
        inboxes.sort_unstable();
        let [one, two, three] = inboxes[..] else { panic!("three inboxes") };
        assert_eq!(store.far_inbox(one).await.unwrap().unwrap().1, "one.example");
        store.far_inbox_failed(one, ("unreached", false), now).await.unwrap();
        store.far_inbox_failed(two, ("unreached", false), now).await.unwrap();
        assert_eq!(store.failing_far_inboxes().await.unwrap().len(), 2);
        store.far_inbox_told(one).await.unwrap();
        store.far_inbox_failed(two, ("unreached", false), now + SignedDuration::from_hours(24 * 8)).await.unwrap();
        store.far_inbox_failed(three, ("status 410", true), now).await.unwrap();
        assert!(store.failing_far_inboxes().await.unwrap().is_empty());
        assert_eq!(store.count_far_followers(Followed::Paper).await.unwrap(), 1);
        let actor = "https://one.example/users/a";
        assert!(store.follows_from_afar(actor).await.unwrap());
        store.drop_far_follower(actor, Err("https://one.example/other"), ("one.example", now)).await.unwrap();
        assert!(store.follows_from_afar(actor).await.unwrap(), "something else was taken back");
        for _ in 0..2 {
            store.drop_far_follower(actor, Ok(Followed::Paper), ("one.example", now)).await.unwrap();
        }
        assert_eq!(store.far_inbox(one).await.unwrap(), None);
        store.keep_far_follower(&follower("a", "one.example", Followed::Paper), now).await.unwrap();
        store.drop_far_account(actor, "one.example").await.unwrap();
        assert!(!store.follows_from_afar(actor).await.unwrap());
        let log: Vec<String> = store.fediverse_log().await.unwrap().into_iter().map(|line| line.what).collect();
        assert_eq!(log.iter().filter(|what| *what == "dropped").count(), 2);
        assert_eq!(log.iter().filter(|what| *what == "unfollowed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_came_waits_to_be_looked_at_and_one_server_fills_nothing() {
    on_both(|paper| async move {
        let (store, now) = (&paper.store, paper.now());
        let new = NewArrival {
            host: "social.example".into(),
            actor: "https://social.example/users/a".into(),
            key_name: "https://social.example/users/a#main-key".into(),
            signed: "host: x".into(),
            signature: "AA".into(),
            body: "{}".into(),
        };
        assert!(store.keep_arrival(new.clone(), now).await.unwrap());
        let job = jobs(&paper, FEDIVERSE_IN).await.remove(0);
        let id = ArrivalId(job["arrival"].as_i64().unwrap());
        assert_eq!(store.arrival(id).await.unwrap().unwrap().what, new);
        store.drop_arrival(id).await.unwrap();
        assert_eq!(store.arrival(id).await.unwrap(), None);
        let mut kept = 0;
        while store.keep_arrival(new.clone(), now).await.unwrap() {
            kept += 1;
        }
        assert_eq!(kept, 500);
        let other = NewArrival { host: "other.example".into(), ..new };
        assert!(store.keep_arrival(other, now).await.unwrap());
        let actor = "https://social.example/users/a";
        store.keep_far_actor(actor, "{}", now).await.unwrap();
        store.keep_far_actor(actor, "{\"a\":1}", now).await.unwrap();
        assert_eq!(store.far_actor(actor, now).await.unwrap().unwrap(), "{\"a\":1}");
        assert_eq!(store.far_actor(actor, now + SignedDuration::from_secs(1)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_note_is_one_comment_and_its_author_is_forgotten_with_their_data() {
    on_both(|paper| async move {
        let store = &paper.store;
        let story = paper.publishes("خط الترام").await;
        assert_eq!(store.known_far_person("ab").await.unwrap(), None);
        let visitor: Visitor = store.far_person("ab", paper.now()).await.unwrap();
        assert_eq!(store.far_person("ab", paper.now()).await.unwrap(), visitor);
        let mut held = paper.submission(visitor, story.id, "وصل الترام");
        held.submitted.name = DisplayName::from_afar("سلوى", "salwa", "social.example").unwrap();
        store.keep_far_comment(&held, &NewNote("note".into())).await.unwrap();
        let again = paper.submission(visitor, story.id, "وصل الترام");
        let conflict = store.keep_far_comment(&again, &NewNote("note".into())).await;
        assert!(matches!(conflict, Err(StoreError::Conflict(_))));
        let known = store.far_comment("note").await.unwrap().unwrap();
        assert_eq!((known.story, known.comment), (story.id, held.submitted.id));
        let scope = store::erasures::Scope::Everything(VisitorId(-5));
        let id = store.ask_erasure(visitor.id, scope, (paper.by(), ""), paper.now()).await.unwrap();
        for _ in 0..20 {
            store.carry_on_erasure(id, paper.now()).await.unwrap();
        }
        assert_eq!(store.known_far_person("ab").await.unwrap(), None, "nobody knows any more who it was");
        assert!(store.far_comment("note").await.unwrap().is_some(), "and it does not come again");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_blocked_server_is_told_nothing_and_all_below_it_neither() {
    on_both(|paper| async move {
        let (store, now) = (&paper.store, paper.now());
        let by = store.add_staff("ليلى", Role::Editor, now).await.unwrap().id;
        for host in ["a.social.example", "social.example", "notsocial.example"] {
            store.keep_far_follower(&follower("a", host, Followed::Paper), now).await.unwrap();
        }
        store.block_far_host("social.example", "كلام كثير", by, now).await.unwrap();
        store.block_far_host("social.example", "كلام كثير جدًّا", by, now).await.unwrap();
        assert_eq!(store.count_far_followers(Followed::Paper).await.unwrap(), 1);
        for (host, blocked) in [
            ("social.example", true),
            ("a.b.social.example:8443", true),
            ("notsocial.example", false),
            ("example", false),
        ] {
            assert_eq!(store.is_far_host_blocked(host).await.unwrap(), blocked, "{host}");
        }
        let blocks = store.far_blocks().await.unwrap();
        assert_eq!((blocks.len(), blocks[0].why.as_str(), blocks[0].by.as_str()), (1, "كلام كثير جدًّا", "ليلى"));
        store.unblock_far_host("social.example", by, now).await.unwrap();
        let again = store.unblock_far_host("social.example", by, now).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        store.log_fediverse(("forged", "social.example", ""), now).await.unwrap();
        assert_eq!(store.fediverse_log().await.unwrap()[0].what, "forged");
        assert_eq!(store.known_secret("fediverse-key").await.unwrap(), None);
    })
    .await;
}
