//! Breaking news: one line at most, until somebody or its time ends it.

use crate::paper::{Paper, on_both};
use newsroom::breaking::NewStrip;
use newsroom::people::Actor;
use newsroom::{HappeningId, StoryId, StripId, Timestamp};
use std::time::Duration;
use store::StoreError;

fn new(text: &str, story: Option<StoryId>, until: Timestamp) -> NewStrip {
    NewStrip { text: text.to_owned(), story, until }
}

fn later(at: Timestamp, seconds: u64) -> Timestamp {
    at.saturating_add(Duration::from_secs(seconds)).unwrap()
}

/// The keys of what happened to strips, oldest first, with who did it.
async fn happened(paper: &Paper) -> Vec<(&'static str, Actor)> {
    let all = paper.store.happenings_after(HappeningId(0), 500).await.unwrap();
    let about = all.into_iter().map(|one| (one.what.key(), one.by));
    about.filter(|(key, _)| key.starts_with("strip-")).collect()
}

async fn stands(paper: &Paper, now: Timestamp) -> Option<String> {
    paper.store.standing_strip(now).await.unwrap().map(|strip| strip.text)
}

#[tokio::test]
async fn the_next_strip_ends_the_one_before_and_whoever_saw_another_one_is_told() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let hour = later(now, 3_600);
        let (first, _) = paper.store.raise_strip(&new("أول", None, hour), None, by, now).await.unwrap();
        let late = paper.store.raise_strip(&new("بلا علم", None, hour), None, by, now).await.unwrap_err();
        assert_eq!(late, StoreError::Conflict("strips".into()));
        paper.store.raise_strip(&new("ثان", None, hour), Some(first), by, now).await.unwrap();
        assert_eq!(stands(&paper, now).await.as_deref(), Some("ثان"));
        let all = paper.store.strips(None, 9).await.unwrap();
        assert_eq!(all.iter().map(|strip| strip.text.as_str()).collect::<Vec<_>>(), ["ثان", "أول"]);
        assert_eq!((all[0].ended_at, all[1].ended_at), (None, Some(now)));
        assert_eq!(all[1].ended_by.as_deref(), Some(paper.salma.name.as_str()));
        assert_eq!(paper.store.strips(Some(all[0].id), 1).await.unwrap()[0].id, first);
        let gone = paper.store.end_strip(first, by, now).await.unwrap_err();
        assert_eq!(gone, StoreError::Conflict("strips".into()));
        paper.store.end_strip(all[0].id, by, now).await.unwrap();
        assert_eq!(stands(&paper, now).await, None);
        let staff = Actor::Staff(by);
        assert_eq!(happened(&paper).await, [("strip-raised", staff), ("strip-raised", staff), ("strip-ended", staff)]);
    })
    .await;
}

#[tokio::test]
async fn a_strip_ends_by_itself_once_and_is_gone_at_its_time_even_before_that_is_written_down() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let until = later(now, 900);
        let (id, _) = paper.store.raise_strip(&new("عاجل", None, until), None, by, now).await.unwrap();
        assert_eq!(paper.store.strips_over(now, 9).await.unwrap(), [] as [StripId; 0]);
        assert!(paper.store.end_strip_on_time(id, now).await.unwrap().is_none(), "its time is not over");
        assert_eq!(stands(&paper, until).await, None);
        assert_eq!(paper.store.strips_over(until, 9).await.unwrap(), [id]);
        let after = later(until, 5);
        let ends = || paper.store.end_strip_on_time(id, after);
        let (one, other) = tokio::join!(ends(), ends());
        let told: Vec<_> = [one.unwrap(), other.unwrap()].into_iter().flatten().collect();
        assert_eq!(told.len(), 1, "once, however many try");
        let all = paper.store.strips(None, 9).await.unwrap();
        assert_eq!((all[0].ended_at, all[0].ended_by.as_deref()), (Some(until), None));
        assert_eq!(happened(&paper).await.last(), Some(&("strip-ended", Actor::Program)));
        assert!(paper.store.raise_strip(&new("بعده", None, later(after, 60)), None, by, after).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_strip_leads_to_its_story_only_while_readers_may_open_it() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let story = paper.publishes("الترام يتوقف").await;
        paper.store.raise_strip(&new("توقف", Some(story.id), later(now, 900)), None, by, now).await.unwrap();
        let slug = async || paper.store.standing_strip(now).await.unwrap().unwrap().slug;
        assert_eq!(slug().await.as_deref(), Some(story.slug.as_str()));
        paper.store.withdraw(&story.withdraw("", now), paper.by(), "").await.unwrap();
        assert_eq!(slug().await, None);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_raise_at_once_one_stands() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let (first, second) = (new("أول", None, later(now, 60)), new("ثان", None, later(now, 60)));
        let both = tokio::join!(
            paper.store.raise_strip(&first, None, by, now),
            paper.store.raise_strip(&second, None, by, now),
        );
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let all = paper.store.strips(None, 9).await.unwrap();
        assert_eq!(all.iter().filter(|strip| strip.ended_at.is_none()).count(), 1);
    })
    .await;
}
