//! Vectors go with the texts of which they were made: a story's with what readers have, a comment's with its waiting.

use crate::paper::{HUDA, KARIM, Paper, on_both};
use newsroom::story::Published;
use newsroom::{CommentId, StoryId};
use store::meaning::{CommentToRead, StoryVector};

const WEIGHTS: &str = "w1";

async fn due(paper: &Paper) -> Vec<StoryId> {
    let due = paper.store.stories_to_read(WEIGHTS, 100).await.unwrap();
    due.into_iter().map(|story| story.story).collect()
}

/// Reads what is due; whether all of it was kept.
async fn reads(paper: &Paper) -> bool {
    let mut kept = true;
    for story in paper.store.stories_to_read(WEIGHTS, 100).await.unwrap() {
        let made = StoryVector {
            story: story.story,
            words: story.words,
            language: story.language,
            weights: WEIGHTS.into(),
            vector: vec![7; 516],
        };
        kept &= paper.store.keep_story_vector(&made, paper.now()).await.unwrap();
    }
    kept
}

async fn related(paper: &Paper, story: StoryId) -> Vec<StoryId> {
    paper.store.related_stories(story).await.unwrap().into_iter().map(|card| card.id).collect()
}

async fn held(paper: &Paper) -> Vec<StoryId> {
    let rows = paper.store.story_vectors_since(WEIGHTS, (0, StoryId(0)), 100).await.unwrap();
    rows.into_iter().map(|row| row.story).collect()
}

async fn withdraws(paper: &Paper, story: &Published) {
    let withdrawn = story.clone().withdraw("سُحب", paper.now());
    paper.store.withdraw(&withdrawn, paper.by(), "").await.unwrap();
}

#[tokio::test]
async fn a_storys_vector_and_its_neighbours_go_with_what_readers_have() {
    on_both(|paper| async move {
        let tram = paper.publishes("خط الترام").await;
        let train = paper.publishes("قطار الضواحي").await;
        let bus = paper.publishes("حافلات الليل").await;
        let draft = paper.draft("مسودة");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        assert_eq!(due(&paper).await, [bus.id, train.id, tram.id], "the newest first, and no draft");
        assert!(reads(&paper).await);
        assert_eq!(held(&paper).await.len(), 3);
        paper.store.keep_story_kin(tram.id, &[(train.id, 800), (bus.id, 600), (draft.id, 900)]).await.unwrap();
        assert_eq!(related(&paper, tram.id).await, [train.id, bus.id]);
        assert_eq!(related(&paper, bus.id).await, [tram.id], "both ways");
        for story in [train.id, bus.id] {
            paper.store.keep_story_kin(story, &[(tram.id, 700)]).await.unwrap();
        }
        assert_eq!(due(&paper).await, [] as [StoryId; 0]);

        let mut changed = train.clone();
        changed.text.headline = "قطار الضواحي يتأخر".into();
        let before = paper.store.stories_to_read(WEIGHTS, 1).await.unwrap();
        assert!(before.is_empty());
        paper.store.correct(&changed, paper.by(), "", paper.now()).await.unwrap();
        let anew = paper.store.stories_to_read(WEIGHTS, 100).await.unwrap();
        assert_eq!((anew.len(), anew[0].story, anew[0].kept.clone()), (1, train.id, None));
        let late = StoryVector {
            story: train.id,
            words: "قطار الضواحي".into(),
            language: "ar".into(),
            weights: WEIGHTS.into(),
            vector: vec![1; 516],
        };
        assert!(!paper.store.keep_story_vector(&late, paper.now()).await.unwrap(), "those words are gone");
        assert!(reads(&paper).await);
        assert_eq!(due(&paper).await, [train.id, tram.id], "who had it as a neighbour finds others");

        withdraws(&paper, &changed).await;
        assert!(!held(&paper).await.contains(&train.id));
        assert_eq!(related(&paper, tram.id).await, [bus.id]);
        let left = paper.store.stories_to_read(WEIGHTS, 100).await.unwrap();
        assert_eq!(left.len(), 1);
        assert!(left[0].kept.is_some(), "its own words are read already");
        paper.store.keep_story_kin(train.id, &[(bus.id, 900)]).await.unwrap();
        assert_eq!(related(&paper, bus.id).await, [tram.id], "nothing is near to what readers do not have");
    })
    .await;
}

#[tokio::test]
async fn eight_neighbours_are_kept_and_other_weights_read_everything_anew() {
    on_both(|paper| async move {
        let mut stories = Vec::new();
        for n in 0..11 {
            stories.push(paper.publishes(&format!("مادة {n}")).await.id);
        }
        assert!(reads(&paper).await);
        for (n, story) in stories.iter().enumerate().skip(1) {
            paper.store.keep_story_kin(*story, &[(stories[0], 500 + n as i64)]).await.unwrap();
        }
        let nearest: Vec<StoryId> = stories.iter().skip(3).rev().copied().collect();
        assert_eq!(related(&paper, stories[0]).await, nearest);
        paper.store.keep_story_kin(stories[0], &[]).await.unwrap();
        assert_eq!(due(&paper).await, [] as [StoryId; 0]);
        paper.store.renew_vectors("w2").await.unwrap();
        assert_eq!(paper.store.stories_to_read("w2", 100).await.unwrap().len(), 11);
        assert_eq!(paper.store.meaning_due().await.unwrap(), 11);
    })
    .await;
}

async fn to_read(paper: &Paper) -> Vec<CommentToRead> {
    paper.store.comments_to_read(100).await.unwrap()
}

async fn reads_comments(paper: &Paper) {
    let read = to_read(paper).await.into_iter().map(|comment| (comment, Some(vec![3; 516])));
    paper.store.keep_comment_vectors(read.collect(), WEIGHTS).await.unwrap();
}

async fn with_vectors(paper: &Paper) -> Vec<CommentId> {
    let waiting = paper.store.waiting_vectors(WEIGHTS, jiff::Timestamp::UNIX_EPOCH, 100).await.unwrap();
    waiting.into_iter().map(|one| one.comment).collect()
}

#[tokio::test]
async fn a_comments_vector_goes_with_its_waiting_and_with_its_words() {
    on_both(|paper| async move {
        let story = paper.publishes("خط الترام").await.id;
        let first = paper.says(HUDA, story, "متى يصل؟").await;
        let second = paper.says(KARIM, story, "لن يصل").await;
        assert_eq!(to_read(&paper).await.len(), 2);
        reads_comments(&paper).await;
        assert_eq!(with_vectors(&paper).await, [second, first], "those that came in last first");
        assert!(to_read(&paper).await.is_empty());

        let mut again = paper.submission(HUDA, story, "متى يصل إلى المرفأ؟");
        again.submitted.id = first;
        let early =
            CommentToRead {
                story, comment: first, revision: newsroom::comment::Revision(0), text: "متى يصل؟".into()
            };
        paper.store.rewrite_comment(&again).await.unwrap();
        assert_eq!(with_vectors(&paper).await, [second], "the earlier words are forgotten at once");
        paper.store.keep_comment_vectors(vec![(early, Some(vec![9; 516]))], WEIGHTS).await.unwrap();
        assert_eq!(with_vectors(&paper).await, [second], "and nothing of them comes back");
        reads_comments(&paper).await;
        assert_eq!(with_vectors(&paper).await, [second, first]);

        let ruling = paper.releases(story, second).await.unwrap();
        assert_eq!(with_vectors(&paper).await, [first]);
        paper.undoes(story, ruling).await.unwrap();
        assert_eq!(to_read(&paper).await.len(), 1, "it waits again");
        reads_comments(&paper).await;
        assert_eq!(with_vectors(&paper).await, [second, first]);
        paper.refuses(story, second).await.unwrap();
        assert_eq!(with_vectors(&paper).await, [first]);
        paper.store.withdraw_comment(story, first, HUDA, paper.now()).await.unwrap();
        assert!(with_vectors(&paper).await.is_empty() && to_read(&paper).await.is_empty());
    })
    .await;
}
