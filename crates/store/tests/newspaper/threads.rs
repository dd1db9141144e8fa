//! What readers see of comments: numbers, answers, pages, tombstones.

use crate::paper::{HUDA, KARIM, MAYA, Paper, on_both};
use newsroom::comment::Decision;
use newsroom::{CommentId, StoryId};
use store::StoreError;
use store::thread::{Sort, Stands, ThreadEntry, ThreadPage};

fn numbers(entries: &[ThreadEntry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.number).collect()
}

/// A thread of nine: 1 with answers 3, 5, 7; 2 with answers 4, 6; 8 and 9 alone.
async fn nine(paper: &Paper) -> (StoryId, Vec<CommentId>) {
    let story = paper.publishes("الترام").await.id;
    let mut ids: Vec<CommentId> = Vec::new();
    for (n, answers) in [None, None, Some(0), Some(1), Some(0), Some(1), Some(2), None, None].into_iter().enumerate() {
        let reply_to = answers.map(|place: usize| ids[place]);
        let (id, number) = paper.shows(HUDA, story, reply_to, &format!("تعليق {}", n + 1)).await;
        assert_eq!(number, i64::try_from(n).unwrap() + 1);
        ids.push(id);
    }
    (story, ids)
}

/// Follows the pages of a thread to its end.
async fn read_through(paper: &Paper, story: StoryId, sort: Sort, limit: u32) -> Vec<ThreadPage> {
    let mut pages: Vec<ThreadPage> = Vec::new();
    loop {
        let after = pages.last().and_then(|page| page.next);
        let page = paper.store.thread(story, sort, after, limit).await.unwrap();
        let more = page.next.is_some();
        pages.push(page);
        assert!(pages.len() < 100, "the pages have no end");
        if !more {
            return pages;
        }
    }
}

#[tokio::test]
async fn a_released_comment_gets_the_next_number_and_keeps_it() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (waits, goes_first) = (paper.says(HUDA, story, "أنا قبله").await, paper.says(KARIM, story, "أنا").await);
        paper.releases(story, goes_first).await.unwrap();
        let release = paper.releases(story, waits).await.unwrap();
        assert_eq!(paper.store.entry_of(story, goes_first).await.unwrap().unwrap().number, 1);
        paper.undoes(story, release).await.unwrap();
        let (_, third) = paper.shows(MAYA, story, None, "ثالثة").await;
        assert_eq!(third, 3, "two is not given again");
        paper.releases(story, waits).await.unwrap();
        assert_eq!(paper.store.entry_of(story, waits).await.unwrap().unwrap().number, 2);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn the_thread_shows_a_comment_as_it_was_sent() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let held = paper.submission(HUDA, story, "سطر\nوآخر https://tram.example");
        paper.keeps(&held).await;
        let decision = Decision::Release { collapsed: true, links: true };
        paper.rules(story, held.submitted.id, decision).await.unwrap();
        let page = paper.store.thread(story, Sort::Oldest, None, 10).await.unwrap();
        let stands = Stands::Comment {
            name: "هدى".into(),
            text: "سطر\nوآخر https://tram.example".into(),
            received_at: held.submitted.at,
            collapsed: true,
            links: true,
            featured: false,
            of_paper: false,
        };
        let entry = ThreadEntry { id: held.submitted.id, number: 1, root: 1, answers: None, stands };
        assert_eq!(page, ThreadPage { entries: vec![entry], released: 1, ..ThreadPage::default() });
    })
    .await;
}

#[tokio::test]
async fn answers_stand_under_their_roots_on_every_page() {
    on_both(|paper| async move {
        let (story, _) = nine(&paper).await;
        for limit in [1, 2, 3, 4, 100] {
            let pages = read_through(&paper, story, Sort::Oldest, limit).await;
            let all: Vec<i64> = pages.iter().flat_map(|page| numbers(&page.entries)).collect();
            assert_eq!(all, [1, 3, 5, 7, 2, 4, 6, 8, 9], "{limit} a page");
            assert!(pages.iter().all(|page| page.released == 9));
            let earlier: Vec<bool> = pages.iter().map(|page| page.has_earlier).collect();
            assert!(!earlier[0] && earlier[1..].iter().all(|earlier| *earlier));
            for page in &pages {
                let first = &page.entries[0];
                let root = page.continued.as_ref().map_or(first.number, |root| root.number);
                assert_eq!(root, first.root, "{limit} a page");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn newest_first_turns_the_threads_around_and_not_their_answers() {
    on_both(|paper| async move {
        let (story, _) = nine(&paper).await;
        for limit in [1, 2, 3, 4, 100] {
            let pages = read_through(&paper, story, Sort::Newest, limit).await;
            let all: Vec<i64> = pages.iter().flat_map(|page| numbers(&page.entries)).collect();
            assert_eq!(all, [9, 8, 2, 4, 6, 1, 3, 5, 7], "{limit} a page");
        }
    })
    .await;
}

#[tokio::test]
async fn a_deeper_answer_says_whom_it_answers() {
    on_both(|paper| async move {
        let (story, ids) = nine(&paper).await;
        let (seventh, root) = paper.store.entry(story, 7).await.unwrap().unwrap();
        assert_eq!((seventh.root, root.map(|root| root.number)), (1, Some(1)));
        assert_eq!(seventh.answers, Some((3, Some("هدى".into()))));
        let (third, root) = paper.store.entry(story, 3).await.unwrap().unwrap();
        assert_eq!((third.answers, root.unwrap().number), (None, 1), "it answers its root");
        assert_eq!(paper.store.entry(story, 1).await.unwrap().unwrap().1, None);
        paper.takes_down(story, ids[2]).await.unwrap();
        let seventh = paper.store.entry_of(story, ids[6]).await.unwrap().unwrap();
        assert_eq!(seventh.answers, Some((3, None)), "the name goes with the comment");
        assert_eq!(paper.store.entry(story, 10).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_what_was_never_public_stands_under_what_that_one_answers() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (root, _) = paper.shows(HUDA, story, None, "جذر").await;
        let never = paper.answers(KARIM, story, Some(root), "لم يُنشر").await;
        let (under, _) = paper.shows(MAYA, story, Some(never), "تحت الجذر").await;
        let alone = paper.says(KARIM, story, "لم يُنشر أيضًا").await;
        let (top, _) = paper.shows(MAYA, story, Some(alone), "وحده").await;
        let (lost, _) = paper.shows(MAYA, story, Some(CommentId(404)), "إلى لا أحد").await;
        let store = &paper.store;
        let under = store.entry_of(story, under).await.unwrap().unwrap();
        assert_eq!((under.root, under.answers), (1, None));
        let top = store.entry_of(story, top).await.unwrap().unwrap();
        assert_eq!((top.root, top.number, top.answers), (3, 3, None));
        let lost = store.entry_of(story, lost).await.unwrap().unwrap();
        assert_eq!((lost.root, lost.number, lost.answers), (4, 4, None));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn the_page_around_a_number_holds_it_and_goes_on() {
    on_both(|paper| async move {
        let (story, _) = nine(&paper).await;
        for limit in 1..=9 {
            for number in 1..=9 {
                let page = paper.store.thread_around(story, number, limit).await.unwrap();
                assert!(numbers(&page.entries).contains(&number), "{number}, {limit} a page");
                let next = page.next.is_some();
                assert_eq!(next, !numbers(&page.entries).contains(&9), "{number}, {limit} a page");
                assert_eq!(page.has_earlier, !numbers(&page.entries).contains(&1), "{number}, {limit} a page");
            }
        }
        let middle = paper.store.thread_around(story, 4, 3).await.unwrap();
        assert_eq!(numbers(&middle.entries), [2, 4, 6]);
        assert_eq!(paper.store.thread_around(story, 10, 3).await, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_away_leaves_a_tombstone_and_nobody_is_renumbered() {
    on_both(|paper| async move {
        let (story, ids) = nine(&paper).await;
        paper.takes_down(story, ids[0]).await.unwrap();
        paper.store.withdraw_comment(story, ids[1], HUDA, paper.now()).await.unwrap();
        let release = paper.store.rulings(None, 100).await.unwrap();
        let of_eight = release.iter().find(|line| line.ruling.comment == ids[7]).unwrap().ruling.id;
        paper.undoes(story, of_eight).await.unwrap();
        let page = paper.store.thread(story, Sort::Oldest, None, 100).await.unwrap();
        assert_eq!(numbers(&page.entries), [1, 3, 5, 7, 2, 4, 6, 8, 9]);
        assert_eq!(page.released, 6);
        assert_eq!(paper.store.released_count(story).await.unwrap(), 6);
        let stands = |number| &page.entries.iter().find(|entry| entry.number == number).unwrap().stands;
        assert_eq!(stands(1), &Stands::TakenDown);
        assert_eq!(stands(2), &Stands::Withdrawn);
        assert_eq!(stands(8), &Stands::UnderReview);
        paper.refuses(story, ids[7]).await.unwrap();
        let refused = paper.store.entry_of(story, ids[7]).await.unwrap().unwrap();
        assert_eq!(refused.stands, Stands::TakenDown, "it was there and is gone");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_story_without_comments_has_an_empty_thread() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for sort in [Sort::Oldest, Sort::Newest] {
            assert_eq!(paper.store.thread(story, sort, None, 10).await.unwrap(), ThreadPage::default());
        }
        assert_eq!(paper.store.released_count(story).await.unwrap(), 0);
    })
    .await;
}
