//! What waits for a person.

use crate::paper::{HUDA, KARIM, MAYA, Paper, on_both};
use moderation::Verdict;
use newsroom::comment::State;
use newsroom::{CommentId, StoryId};
use store::StoreError;
use store::queue::{Place, Queue, QueueEntry};

async fn waits(paper: &Paper, story: StoryId, priority: u16) -> CommentId {
    let mut held = paper.submission(HUDA, story, &format!("أولوية {priority}"));
    held.verdict.priority = priority;
    paper.keeps(&held).await;
    held.submitted.id
}

fn place(entry: &QueueEntry) -> Place {
    (entry.verdict.priority.into(), entry.received_at.as_millisecond(), entry.comment)
}

async fn read_through(paper: &Paper, queue: Queue, limit: u32) -> Vec<CommentId> {
    let mut read: Vec<QueueEntry> = Vec::new();
    loop {
        let page = paper.store.queue(queue, read.last().map(place), limit).await.unwrap();
        if page.is_empty() {
            return read.iter().map(|entry| entry.comment).collect();
        }
        assert!(page.len() <= limit as usize);
        read.extend(page);
        assert!(read.len() < 100, "the pages have no end");
    }
}

#[tokio::test]
async fn what_matters_most_waits_in_front_and_then_what_waits_longest() {
    on_both(|paper| async move {
        let (story, other) = (paper.publishes("الترام").await.id, paper.publishes("الجسر").await.id);
        let mut ids = Vec::new();
        for (story, priority) in [(story, 0), (other, 300), (story, 0), (story, 900), (other, 0), (story, 300)] {
            ids.push(waits(&paper, story, priority).await);
        }
        let ruled_on = waits(&paper, story, 1000).await;
        paper.refuses(story, ruled_on).await.unwrap();
        for limit in [1, 2, 4, 100] {
            let all = read_through(&paper, Queue::Waiting, limit).await;
            assert_eq!(all, [ids[3], ids[1], ids[5], ids[0], ids[2], ids[4]], "{limit} a page");
            let of_story = read_through(&paper, Queue::Story(story), limit).await;
            assert_eq!(of_story, [ids[3], ids[5], ids[0], ids[2]], "{limit} a page");
        }
        assert_eq!(paper.store.queue_counts().await.unwrap(), (6, 0));
    })
    .await;
}

#[tokio::test]
async fn two_comments_of_one_moment_both_have_their_place() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let at = paper.now();
        let mut ids = Vec::new();
        for _ in 0..3 {
            let mut held = paper.submission(HUDA, story, "معًا");
            held.submitted.at = at;
            paper.keeps(&held).await;
            ids.push(held.submitted.id);
        }
        assert_eq!(read_through(&paper, Queue::Waiting, 1).await, ids);
    })
    .await;
}

#[tokio::test]
async fn the_desk_sees_a_comment_with_everything_around_it() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await;
        let asked = paper.says(KARIM, story.id, "سؤال").await;
        let mut held = paper.submission(HUDA, story.id, "جواب");
        held.submitted.reply_to = Some(asked);
        held.verdict = Verdict::unexamined();
        paper.keeps(&held).await;
        let entry = paper.store.queue(Queue::Waiting, None, 1).await.unwrap().remove(0);
        assert_eq!((entry.comment, entry.story), (held.submitted.id, story.id));
        assert_eq!((entry.headline.as_str(), entry.slug.as_deref()), ("الترام", Some("الترام")));
        assert_eq!((entry.name.as_str(), entry.text.as_str(), entry.state), ("هدى", "جواب", State::Held));
        assert_eq!(entry.answers, Some(("كريم".into(), "سؤال".into())));
        assert_eq!((entry.number, entry.received_at), (None, held.submitted.at));
        assert_eq!((entry.standing, entry.reports, &entry.verdict), ((0, 0), 0, &held.verdict));
        assert_eq!(paper.store.queue_entry(story.id, held.submitted.id).await.unwrap(), entry);
        let nobody = paper.store.queue_entry(story.id, CommentId(404)).await;
        assert_eq!(nobody, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn every_stored_comment_can_be_judged_again_page_by_page() {
    on_both(|paper| async move {
        let (first, second) = (paper.publishes("الترام").await.id, paper.publishes("المرفأ").await.id);
        let asked = paper.says(KARIM, first, "سؤال").await;
        let mut held = paper.submission(HUDA, first, "جواب");
        held.submitted.reply_to = Some(asked);
        paper.keeps(&held).await;
        let refused = paper.says(HUDA, second, "رأي").await;
        paper.refuses(second, refused).await.unwrap();
        for limit in [1, 2, 10] {
            let (mut all, mut after) = (Vec::new(), (newsroom::StoryId(0), CommentId(0)));
            loop {
                let page = paper.store.judged(after, limit).await.unwrap();
                let Some(last) = page.last() else { break };
                after = (last.story, last.comment);
                all.extend(page);
            }
            let said: Vec<_> = all.iter().map(|one| (one.text.as_str(), one.parent.as_str(), one.state)).collect();
            assert_eq!(said, [("سؤال", "", State::Held), ("جواب", "سؤال", State::Held), ("رأي", "", State::Refused)]);
            assert_eq!((all[2].headline.as_str(), all[2].comment), ("المرفأ", refused));
            assert!(all[0].story_text.contains("الترام"), "{}", all[0].story_text);
        }
    })
    .await;
}

#[tokio::test]
async fn reported_comments_wait_with_the_last_reported_in_front() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let mut ids = Vec::new();
        for text in ["أ", "ب", "ج", "د"] {
            ids.push(paper.shows(HUDA, story, None, text).await.0);
        }
        for (comment, by) in [(ids[0], KARIM), (ids[2], KARIM), (ids[1], KARIM), (ids[0], MAYA)] {
            paper.store.report_comment((story, comment), by, "", None, paper.now()).await.unwrap();
        }
        for limit in [1, 2, 10] {
            assert_eq!(read_through(&paper, Queue::Reported, limit).await, [ids[0], ids[1], ids[2]]);
        }
        let page = paper.store.queue(Queue::Reported, None, 1).await.unwrap();
        assert_eq!(page[0].reports, 2);
        paper.releases(story, ids[0]).await.unwrap();
        let rest = paper.store.queue(Queue::Reported, page.last().map(place), 10).await.unwrap();
        let rest: Vec<_> = rest.iter().map(|entry| entry.comment).collect();
        assert_eq!(rest, [ids[1], ids[2]], "a page goes on from a comment that has left the queue");
        paper.takes_down(story, ids[1]).await.unwrap();
        assert_eq!(read_through(&paper, Queue::Reported, 10).await, [ids[2]]);
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 1));
        paper.agrees_with_itself().await;
    })
    .await;
}
