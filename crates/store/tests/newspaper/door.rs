//! What nobody has ruled on never leaks: everything that readers are shown, asked for what they must not see.

use crate::paper::{HUDA, KARIM, MAYA, Paper, on_both};
use newsroom::comment::RefusalReason;
use newsroom::search::Query;
use newsroom::{CommentId, StoryId};
use store::StoreError;
use store::listings::List;
use store::search::{Asked, Narrow};
use store::thread::{Sort, ThreadPage};

/// Everything that the store says to readers about a story, as one text.
async fn everything_readers_see(paper: &Paper, story: StoryId, comments: &[CommentId]) -> String {
    let store = &paper.store;
    let mut seen = String::new();
    for sort in [Sort::Oldest, Sort::Newest] {
        seen += &format!("{:?}", store.thread(story, sort, None, 100).await.unwrap());
    }
    for number in 0..10 {
        seen += &format!("{:?}", store.entry(story, number).await.unwrap());
        seen += &format!("{:?}", store.thread_around(story, number, 3).await);
    }
    for comment in comments {
        seen += &format!("{:?}", store.entry_of(story, *comment).await.unwrap());
    }
    seen += &format!("{:?}", store.list(&List::All, None, 10).await.unwrap());
    seen += &format!("{:?}", store.front_page(paper.now()).await.unwrap());
    let asked = Asked { query: Query::read("مخفي"), narrow: Narrow::default() };
    seen += &format!("{:?}", store.search_comments(&asked, None, 10).await.unwrap());
    seen += &format!("{:?}", store.search_stories(&asked, None, 10).await.unwrap().stories);
    seen + &format!("{:?}", store.find_stories("مخفي", 10).await.unwrap())
}

#[tokio::test]
async fn the_public_door_shows_nothing_of_what_was_never_released() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let held = paper.says(HUDA, story, "مخفي ينتظر").await;
        let refused = paper.says(KARIM, story, "مخفي مرفوض").await;
        paper.refuses(story, refused).await.unwrap();
        let withdrawn = paper.says(MAYA, story, "مخفي مسحوب").await;
        paper.store.withdraw_comment(story, withdrawn, MAYA, paper.now()).await.unwrap();
        let seen = everything_readers_see(&paper, story, &[held, refused, withdrawn]).await;
        for secret in ["مخفي", "هدى", "كريم", "مايا"] {
            assert!(!seen.contains(secret), "{secret} in {seen}");
        }
        for sort in [Sort::Oldest, Sort::Newest] {
            assert_eq!(paper.store.thread(story, sort, None, 100).await.unwrap(), ThreadPage::default());
        }
        assert_eq!(paper.store.released_count(story).await.unwrap(), 0);
        assert_eq!(paper.store.list(&List::All, None, 1).await.unwrap()[0].comments, 0);
        for comment in [held, refused, withdrawn] {
            assert_eq!(paper.store.entry_of(story, comment).await.unwrap(), None);
            let report = paper.store.report_comment((story, comment), MAYA, "", None, paper.now()).await;
            assert_eq!(report, Err(StoreError::NotFound), "not even that it is there");
        }
    })
    .await;
}

#[tokio::test]
async fn a_tombstone_holds_no_word_and_no_name_of_what_stood_there() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (taken_down, _) = paper.shows(HUDA, story, None, "مخفي أول").await;
        let (withdrawn, _) = paper.shows(KARIM, story, None, "مخفي ثان").await;
        let undone = paper.says(MAYA, story, "مخفي ثالث").await;
        let release = paper.releases(story, undone).await.unwrap();
        paper.takes_down(story, taken_down).await.unwrap();
        paper.store.withdraw_comment(story, withdrawn, KARIM, paper.now()).await.unwrap();
        paper.undoes(story, release).await.unwrap();
        let seen = everything_readers_see(&paper, story, &[taken_down, withdrawn, undone]).await;
        for secret in ["مخفي", "هدى", "كريم", "مايا", RefusalReason::PrivateData.key()] {
            assert!(!seen.contains(secret), "{secret} in {seen}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_there_again_word_by_word_once_it_is_released() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let held = paper.says(HUDA, story, "مخفي ينتظر").await;
        paper.releases(story, held).await.unwrap();
        let seen = everything_readers_see(&paper, story, &[held]).await;
        assert!(seen.contains("مخفي ينتظر") && seen.contains("هدى"), "or the door shows nothing at all");
    })
    .await;
}

/// The guarantee stands in the file itself: what readers see is read from the view and from the counts, and from nothing
/// else, whatever somebody adds there.
#[test]
fn the_door_reads_the_public_view_and_nothing_else() {
    let words: Vec<&str> = include_str!("../../src/thread.rs").split_whitespace().collect();
    let read_from = words.windows(2).filter(|pair| ["from", "join"].contains(&pair[0]) && pair[1].contains('_'));
    let tables = words.windows(2).filter(|pair| ["from", "join"].contains(&pair[0])).map(|pair| pair[1]);
    let forbidden = ["comments", "comment_revisions", "comment_words", "visitor_comments"];
    assert!(tables.clone().all(|table| !forbidden.contains(&table)), "{:?}", tables.collect::<Vec<_>>());
    assert!(read_from.count() >= 3, "or the texts are no longer found here");
}
