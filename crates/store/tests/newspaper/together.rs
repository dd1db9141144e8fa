//! Many at the same moment.

use crate::paper::{HUDA, KARIM, Paper, on_both};
use newsroom::comment::Decision;
use newsroom::people::Visitor;
use newsroom::{CommentId, VisitorId};
use store::StoreError;
use store::acting::NewActing;
use store::rulebooks::NewRulebook;
use store::thread::Sort;

async fn all<T: Send + 'static>(jobs: impl IntoIterator<Item = tokio::task::JoinHandle<T>>) -> Vec<T> {
    let mut done = Vec::new();
    for job in jobs {
        done.push(job.await.unwrap());
    }
    done
}

async fn says_at_once(paper: &Paper, story: newsroom::StoryId, how_many: i64) -> Vec<CommentId> {
    let jobs = (0..how_many).map(|n| {
        let paper = paper.clone();
        tokio::spawn(async move { paper.says(Visitor { id: VisitorId(100 + n % 3) }, story, "الكلام نفسه").await })
    });
    all(jobs.collect::<Vec<_>>()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn comments_of_one_moment_are_all_kept_and_all_counted() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        says_at_once(&paper, story, 60).await;
        assert_eq!(paper.store.queue_counts().await.unwrap(), (60, 0));
        let again = paper.submission(HUDA, story, "الكلام نفسه").submitted;
        let repeats = paper.store.facts_about(&again).await.unwrap().repeats;
        assert_eq!(repeats.on_story, 60);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn releases_of_one_moment_get_numbers_without_a_gap() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let ids = says_at_once(&paper, story, 30).await;
        let jobs = ids.into_iter().map(|comment| {
            let paper = paper.clone();
            tokio::spawn(async move { paper.releases(story, comment).await.unwrap() })
        });
        all(jobs.collect::<Vec<_>>()).await;
        let page = paper.store.thread(story, Sort::Oldest, None, 100).await.unwrap();
        let numbers: Vec<i64> = page.entries.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
        assert_eq!(page.released, 30);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_moderators_one_is_faster() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for _ in 0..10 {
            let comment = paper.says(KARIM, story, "رأي").await;
            let refuse = |paper: Paper| tokio::spawn(async move { paper.refuses(story, comment).await });
            let ended = all([refuse(paper.clone()), refuse(paper.clone())]).await;
            let late = ended.iter().filter(|end| **end == Err(StoreError::Conflict("refused".into())));
            assert_eq!(late.count(), 1, "{ended:?}");
        }
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_an_author_and_a_moderator_at_one_moment_the_log_and_the_state_agree() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for _ in 0..10 {
            let comment = paper.says(KARIM, story, "رأي").await;
            let desk = paper.clone();
            let decision = Decision::Release { collapsed: false, links: false };
            let releases = tokio::spawn(async move { desk.rules(story, comment, decision).await.is_ok() });
            let author = paper.clone();
            let takes_back = tokio::spawn(async move {
                author.store.withdraw_comment(story, comment, KARIM, author.now()).await.is_ok()
            });
            let (released, _) = (releases.await.unwrap(), assert!(takes_back.await.unwrap()));
            let tombstone = paper.store.entry_of(story, comment).await.unwrap().is_some();
            assert_eq!(tombstone, released, "a tombstone stands only where a comment stood");
        }
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stories_of_one_moment_with_one_headline_have_addresses_of_their_own() {
    on_both(|paper| async move {
        let jobs = (0..12).map(|_| {
            let paper = paper.clone();
            tokio::spawn(async move { paper.publishes("عاجل").await.slug })
        });
        let mut slugs = all(jobs.collect::<Vec<_>>()).await;
        slugs.sort();
        slugs.dedup();
        assert_eq!(slugs.len(), 12);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_editors_who_change_the_rules_at_one_moment_one_is_faster() {
    on_both(|paper| async move {
        let jobs = (0..8).map(|_| {
            let paper = paper.clone();
            tokio::spawn(async move {
                let (by, why) = (paper.salma.id, "ليلة الانتخابات".to_owned());
                let acting = NewActing { was: None, rules: Default::default(), by, why: why.clone() };
                let rulebook = NewRulebook { was: None, text: "#".into(), fingerprint: "aa".into(), by, why };
                (
                    paper.store.keep_acting(acting, paper.now()).await.map(drop),
                    paper.store.keep_rulebook(rulebook, paper.now()).await.map(drop),
                )
            })
        });
        let (acting, rulebooks): (Vec<_>, Vec<_>) = all(jobs.collect::<Vec<_>>()).await.into_iter().unzip();
        for kept in [acting, rulebooks] {
            assert_eq!(kept.iter().filter(|one| one.is_ok()).count(), 1, "{kept:?}");
            assert!(kept.iter().all(|one| matches!(one, Ok(()) | Err(StoreError::Conflict(_)))), "{kept:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_that_comes_in_while_the_first_is_ruled_on_leaves_no_place_behind() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for number in 0..25 {
            let text = format!("الكلام نفسه مرة بعد مرة رقم {number}");
            let first = paper.says(HUDA, story, &text).await;
            let (desk, reader) = (paper.clone(), paper.clone());
            let releases = tokio::spawn(async move { desk.releases(story, first).await.map(drop) });
            let copies = tokio::spawn(async move { reader.says(KARIM, story, &text).await });
            releases.await.unwrap().unwrap();
            copies.await.unwrap();
        }
        paper.agrees_with_itself().await;
    })
    .await;
}
