//! Finding stories and comments by their words.

use crate::paper::{HUDA, KARIM, on_both};
use newsroom::body::{Block, Body};
use store::listings::StoryCard;

fn headlines(cards: &[StoryCard]) -> Vec<&str> {
    cards.iter().map(|card| card.face.headline.as_str()).collect()
}

#[tokio::test]
async fn a_story_is_found_by_every_word_however_it_is_spelled() {
    on_both(|paper| async move {
        paper.publishes("افتتاح المكتبة الكبيرة").await;
        paper.publishes("المكتبة تغلق أبوابها").await;
        let find = |words: &'static str| {
            let store = paper.store.clone();
            async move { store.find_stories(words, 10).await.unwrap() }
        };
        assert_eq!(headlines(&find("المكتبه").await), ["المكتبة تغلق أبوابها", "افتتاح المكتبة الكبيرة"]);
        assert_eq!(headlines(&find("مكتبة إفتتاح").await), ["افتتاح المكتبة الكبيرة"]);
        assert_eq!(headlines(&find("ليلى النجار").await).len(), 2, "by the names above it");
        assert_eq!(find("المكتبة والمطار").await, [], "every word must be there");
        assert_eq!(find("").await, []);
        assert_eq!(find("؟!").await, []);
        assert_eq!(paper.store.find_stories("المكتبة", 1).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_corrected_story_is_found_by_its_new_words_only() {
    on_both(|paper| async move {
        let story = paper.publishes("افتتاح المطار").await;
        let mut corrected = story.correct("ليس المطار", paper.now());
        corrected.text.headline = "افتتاح المرفأ".into();
        corrected.text.body = Body(vec![Block::Separator]);
        paper.store.correct(&corrected, paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(paper.store.find_stories("المطار", 10).await.unwrap(), []);
        assert_eq!(paper.store.find_stories("المرفأ", 10).await.unwrap().len(), 1);
        paper.store.rebuild_search().await.unwrap();
        assert_eq!(paper.store.find_stories("المرفأ النجار", 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_a_query_is_never_read_as_a_command() {
    on_both(|paper| async move {
        let story = paper.publishes("ثمن الخبز 3.5 دينار").await.id;
        let mean =
            ["\"", "'", "a\" OR \"b", "x' | 'y", "خبز*", "NOT خبز", "words:خبز", "\\", "() & ! <->", "\u{0}", "^خبز"];
        for words in mean {
            paper.store.find_stories(words, 10).await.unwrap();
            paper.store.find_comments(words, 10).await.unwrap();
        }
        assert_eq!(paper.store.find_stories("3.5", 10).await.unwrap().len(), 1);
        let long = "طويل".repeat(2_000);
        let comment = paper.says(HUDA, story, &long).await;
        assert_eq!(paper.store.find_comments(&long, 10).await.unwrap(), [(story, comment)]);
    })
    .await;
}

#[tokio::test]
async fn the_desk_finds_comments_in_every_state_by_text_and_name() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let held = paper.says(HUDA, story, "سؤال عن التذاكر").await;
        let refused = paper.says(KARIM, story, "التذاكر غالية").await;
        paper.refuses(story, refused).await.unwrap();
        let (public, _) = paper.shows(HUDA, story, None, "التذاكر رخيصة").await;
        let all = paper.store.find_comments("تذاكر", 10).await.unwrap();
        assert_eq!(all, [(story, public), (story, refused), (story, held)]);
        assert_eq!(paper.store.find_comments("تذاكر", 1).await.unwrap(), [(story, public)]);
        assert_eq!(paper.store.find_comments("كريم التذاكر", 10).await.unwrap(), [(story, refused)]);
        assert_eq!(paper.store.find_comments("القطار", 10).await.unwrap(), []);
        assert_eq!(paper.store.find_stories("تذاكر", 10).await.unwrap(), [], "comments are not stories");
    })
    .await;
}
