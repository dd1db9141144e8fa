//! What is brought in from elsewhere.

use crate::paper::{HUDA, KARIM, on_both};
use moderation::Verdict;
use newsroom::CommentId;
use newsroom::comment::{RuledBy, State};
use newsroom::people::Actor;
use newsroom::story::{Published, Story};
use store::StoreError;
use store::imported::{Coming, Imported, ImportedComment, ImportedStory};
use store::queue::Queue;
use store::thread::Sort;

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

#[tokio::test]
async fn comments_of_an_archive_go_public_by_the_old_papers_ruling_or_wait() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let coming = |source: &str, held: newsroom::comment::Held, released: bool| {
            ImportedComment::new(source.to_owned(), held, released)
        };
        let first = coming("wxr:old|1#1", paper.submission(HUDA, story, "أول"), true);
        let mut answer = coming("wxr:old|1#2", paper.submission(KARIM, story, "ثان"), true);
        answer.held.submitted.reply_to = Some(first.held.submitted.id);
        let third = coming("wxr:old|1#3", paper.submission(KARIM, story, "ثالث"), false);
        let all = vec![first, answer, third];
        let new = paper.store.import_archive_comments(all.clone(), "نُقل", paper.now()).await.unwrap();
        assert_eq!(new, [true, true, true]);
        let again = paper.store.import_archive_comments(all.clone(), "نُقل", paper.now()).await.unwrap();
        assert_eq!(again, [false, false, false]);
        let thread = paper.store.thread(story, Sort::Oldest, None, 10).await.unwrap();
        let shown: Vec<_> = thread.entries.iter().map(|entry| (entry.id, entry.number, entry.root)).collect();
        assert_eq!(shown, [(all[0].held.submitted.id, 1, 1), (all[1].held.submitted.id, 2, 1)]);
        assert_eq!(paper.store.queue(Queue::Waiting, None, 10).await.unwrap().len(), 1);
        let log = paper.store.rulings(None, 10).await.unwrap();
        assert_eq!(log.len(), 2);
        assert!(log.iter().all(|line| line.ruling.by == RuledBy::OldPaper && line.ruling.why == "نُقل"));
        assert!(log.iter().all(|line| line.by_name.is_empty() && line.can_be_undone));
        assert_eq!(paper.store.imported_count("wxr:old|").await.unwrap(), (0, 3));
        paper.agrees_with_itself().await;
        // What the old paper decided can be undone, and waits then as if it had just come in.
        paper.store.undo(log[0].ruling.id, story, Actor::Program, paper.now()).await.unwrap();
        assert_eq!(paper.store.queue(Queue::Waiting, None, 10).await.unwrap().len(), 2);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn stories_of_an_archive_come_with_their_old_addresses_once() {
    on_both(|paper| async move {
        let (public, draft) = (paper.draft("الميناء"), paper.draft("مسودة"));
        let published = Published {
            id: public.id,
            slug: "al-mina".to_owned(),
            text: public.text,
            published_at: paper.now(),
            updated_at: None,
            comments: public.comments,
        };
        let draft_id = draft.id;
        let all = vec![
            ImportedStory::new(
                "wxr:old|a".to_owned(),
                Coming::Published(published),
                vec!["/2019/05/الميناء".to_owned(), "/?p=7".to_owned()],
            ),
            ImportedStory::new("wxr:old|b".to_owned(), Coming::Draft(draft), Vec::new()),
        ];
        let came = paper.store.import_stories(all.clone(), Actor::Program, paper.now()).await.unwrap();
        let first = Imported { is_new: true, slug: Some("al-mina".to_owned()), paths: 2 };
        assert_eq!(came, [first, Imported { is_new: true, slug: None, paths: 0 }]);
        let again = paper.store.import_stories(all, Actor::Program, paper.now()).await.unwrap();
        assert!(again.iter().all(|one| !one.is_new));
        let sources = ["wxr:old|a", "wxr:old|b", "wxr:old|c"].map(str::to_owned);
        let known = paper.store.imported_among(&sources).await.unwrap();
        assert_eq!((known.len(), known["wxr:old|b"].story), (2, draft_id));
        let led = paper.store.redirect_of(&["/2019/05/الميناء".to_owned()]).await.unwrap().unwrap();
        assert_eq!(led.slug.as_deref(), Some("al-mina"));
        let lists = vec![("/category/x".to_owned(), "/sections/x".to_owned()), ("/?p=7".to_owned(), "/x".to_owned())];
        assert_eq!(paper.store.put_redirects_to(lists, paper.now()).await.unwrap(), 1, "one leads elsewhere already");
        paper.agrees_with_itself().await;
    })
    .await;
}
