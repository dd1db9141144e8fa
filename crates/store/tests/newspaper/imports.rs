//! What is brought in from elsewhere.

use crate::paper::{HUDA, KARIM, on_both};
use moderation::Verdict;
use newsroom::CommentId;
use newsroom::comment::State;
use newsroom::people::Actor;
use newsroom::story::Story;
use store::StoreError;
use store::queue::Queue;

#[tokio::test]
async fn a_draft_is_brought_in_once() {
    on_both(|paper| async move {
        let draft = paper.draft("من الورق القديم");
        let import = |draft: newsroom::story::Draft| {
            let (store, now) = (paper.store.clone(), paper.now());
            async move { store.import_draft("page:abc", &draft, Actor::Program, now).await.unwrap() }
        };
        assert_eq!(paper.store.imported_story("page:abc").await.unwrap(), None);
        assert!(import(draft.clone()).await);
        assert_eq!(paper.store.imported_story("page:abc").await.unwrap(), Some(draft.id));
        let before = paper.happened().await;
        assert!(!import(paper.draft("من الورق القديم")).await);
        assert_eq!(paper.happened().await, before);
        assert_eq!(paper.store.imported_story("page:abc").await.unwrap(), Some(draft.id));
        assert_eq!(paper.store.story(draft.id).await.unwrap(), Story::Draft(draft));
        assert_eq!(paper.store.story_lines(None, None, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn comments_are_brought_in_once_and_wait_like_every_other() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let first = ("page:abc#1".to_owned(), paper.submission(HUDA, story, "أول"));
        let second = ("page:abc#2".to_owned(), paper.submission(KARIM, story, "ثان"));
        let id = first.1.submitted.id;
        assert_eq!(paper.store.import_comments(std::slice::from_ref(&first)).await.unwrap(), 1);
        assert_eq!(paper.store.import_comments(&[first.clone(), second]).await.unwrap(), 1);
        assert_eq!(paper.store.imported_comment("page:abc#1").await.unwrap(), Some((story, id)));
        assert_eq!(paper.store.imported_comment("page:abc#3").await.unwrap(), None);
        assert_eq!(paper.store.imported_story("page:abc#1").await.unwrap(), None, "a comment is no story");
        let waiting = paper.store.queue(Queue::Waiting, None, 10).await.unwrap();
        assert_eq!(waiting.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["أول", "ثان"]);
        assert!(waiting.iter().all(|entry| entry.state == State::Held));
        let log = paper.store.log(None, 1).await.unwrap();
        assert_eq!((log[0].what.key(), log[0].by), ("comment-held", Actor::Program));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn of_comments_that_cannot_all_be_brought_in_none_is() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let good = ("page:abc#1".to_owned(), paper.submission(HUDA, story, "أول"));
        let lost = ("page:abc#2".to_owned(), paper.submission(HUDA, newsroom::StoryId(404), "ثان"));
        assert!(matches!(paper.store.import_comments(&[good, lost]).await, Err(StoreError::Conflict(_))));
        assert_eq!(paper.store.imported_comment("page:abc#1").await.unwrap(), None);
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_waiting_comment_can_be_judged_again() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (calm, urgent) = (paper.says(HUDA, story, "أ").await, paper.says(KARIM, story, "ب").await);
        paper.store.keep_verdict(story, urgent, &Verdict::unexamined()).await.unwrap();
        let waiting = paper.store.queue(Queue::Waiting, None, 10).await.unwrap();
        assert_eq!(waiting.iter().map(|entry| entry.comment).collect::<Vec<_>>(), [urgent, calm]);
        assert_eq!(paper.store.verdict_of(story, urgent).await.unwrap(), Verdict::unexamined());
        paper.releases(story, urgent).await.unwrap();
        for comment in [urgent, CommentId(404)] {
            let late = paper.store.keep_verdict(story, comment, &Verdict::default()).await;
            assert_eq!(late, Err(StoreError::NotFound));
        }
    })
    .await;
}
