//! Comments as they come in, and what their authors may do with them.

use crate::paper::{HUDA, KARIM, on_both};
use moderation::Verdict;
use newsroom::comment::{RefusalReason, State};
use newsroom::{CommentId, StoryId};
use store::StoreError;

#[tokio::test]
async fn a_comment_is_kept_as_sent_and_waits() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let text = "  سطر\u{200F}\n\nوآخر ـــ 'مقتبس' \u{1F68B}  ";
        let mut held = paper.submission(HUDA, story, text);
        held.verdict = Verdict::unexamined();
        let happening = paper.keeps(&held).await;
        assert_eq!((happening.what.key(), happening.at), ("comment-held", held.submitted.at));
        let own = paper.store.own_comment(story, held.submitted.id, HUDA).await.unwrap();
        assert_eq!((own.text.as_str(), own.name.as_str(), own.state), (text, "هدى", State::Held));
        assert_eq!((own.number, own.reply_to, own.received_at), (None, None, held.submitted.at));
        let verdict = paper.store.verdict_of(story, held.submitted.id).await.unwrap();
        assert_eq!(verdict, held.verdict);
        assert_eq!(paper.store.queue_counts().await.unwrap(), (1, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_comment_that_comes_in_twice_is_kept_once() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let held = paper.submission(HUDA, story, "شكرًا على الخبر");
        let first = paper.keeps(&held).await;
        paper.refuses(story, held.submitted.id).await.unwrap();
        let mut late = held.clone();
        late.submitted.text = "نص آخر".into();
        assert_eq!(paper.keeps(&late).await, first, "the answer is that of the first time");
        late.submitted.visitor = KARIM;
        let taken = paper.store.keep_comment(&late).await;
        assert_eq!(taken, Err(StoreError::Conflict("comments".into())), "an id drawn twice loses nobody's words");
        let own = paper.store.own_comment(story, held.submitted.id, HUDA).await.unwrap();
        assert_eq!((own.text.as_str(), own.state), ("شكرًا على الخبر", State::Refused));
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0));
        let held_once = paper.happened().await.into_iter().filter(|key| *key == "comment-held");
        assert_eq!(held_once.count(), 1);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_comment_under_no_story_is_not_kept() {
    on_both(|paper| async move {
        let held = paper.submission(HUDA, StoryId(404), "أين أنا؟");
        let kept = paper.store.keep_comment(&held).await;
        assert!(matches!(kept, Err(StoreError::Conflict(_))), "{kept:?}");
        let facts = paper.store.facts_about(&held.submitted).await;
        assert!(matches!(facts, Err(StoreError::NotFound)));
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn the_engine_is_told_what_was_seen_before() {
    on_both(|paper| async move {
        let (story, other) = (paper.publishes("الترام").await.id, paper.publishes("الجسر").await.id);
        let slogan = "الكلام نفسه كل يوم";
        paper.says(HUDA, story, slogan).await;
        paper.says(HUDA, other, slogan).await;
        paper.says(KARIM, story, slogan).await;
        let facts = paper.store.facts_about(&paper.submission(HUDA, story, slogan).submitted).await.unwrap();
        let repeats = facts.repeats;
        assert_eq!((repeats.by_visitor, repeats.on_story, repeats.today), (2, 2, 3));
        assert!(facts.story_text.starts_with("الترام\nمقدمة قصيرة\nنص القصة"), "{}", facts.story_text);
        paper.wait_days(1);
        let again = paper.submission(KARIM, other, slogan).submitted;
        let tomorrow = paper.store.facts_about(&again).await.unwrap().repeats;
        assert_eq!((tomorrow.by_visitor, tomorrow.on_story, tomorrow.today), (1, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_text_of_which_nothing_is_left_repeats_nothing() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        assert_eq!(arabic::fold::print("؟! ..."), 0);
        paper.says(HUDA, story, "؟! ...").await;
        let again = paper.submission(HUDA, story, "؟! ...").submitted;
        let repeats = paper.store.facts_about(&again).await.unwrap().repeats;
        assert_eq!((repeats.by_visitor, repeats.on_story, repeats.today), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn the_engine_is_told_how_fast_a_visitor_writes() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (mut first, mut second) = (paper.submission(HUDA, story, "أ"), paper.submission(HUDA, story, "ب"));
        let now = paper.now();
        first.submitted.at = now - jiff::SignedDuration::from_mins(59);
        second.submitted.at = now - jiff::SignedDuration::from_secs(59);
        for held in [&first, &second, &paper.submission(KARIM, story, "ج")] {
            paper.keeps(held).await;
        }
        let mut next = paper.submission(HUDA, story, "د").submitted;
        next.at = now;
        let facts = paper.store.facts_about(&next).await.unwrap();
        assert_eq!((facts.sent_last_minute, facts.sent_last_hour), (1, 2));
        next.at = now + jiff::SignedDuration::from_mins(2);
        let facts = paper.store.facts_about(&next).await.unwrap();
        assert_eq!((facts.sent_last_minute, facts.sent_last_hour), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn an_author_rewrites_what_waits() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let mut held = paper.submission(HUDA, story, "النص الأول");
        paper.keeps(&held).await;
        let (id, received_at) = (held.submitted.id, held.submitted.at);
        held.submitted.text = "النص الثاني".into();
        held.submitted.at = paper.now();
        held.verdict = Verdict::unexamined();
        let happening = paper.store.rewrite_comment(&held).await.unwrap();
        assert_eq!(happening.what.key(), "comment-rewritten");
        let own = paper.store.own_comment(story, id, HUDA).await.unwrap();
        assert_eq!((own.text.as_str(), own.state, own.received_at), ("النص الثاني", State::Held, received_at));
        assert_eq!(paper.store.queue_entry(story, id).await.unwrap().verdict, held.verdict);
        let seen = |text| {
            let (store, again) = (paper.store.clone(), paper.submission(HUDA, story, text).submitted);
            async move { store.facts_about(&again).await.unwrap().repeats.by_visitor }
        };
        assert_eq!(seen("النص الأول").await, 0);
        assert_eq!(seen("النص الثاني").await, 1);
        assert_eq!(paper.store.find_comments("الأول", 10).await.unwrap(), []);
        assert_eq!(paper.store.find_comments("الثاني", 10).await.unwrap(), [(story, id)]);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_rewrites_what_is_not_theirs_or_does_not_wait() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let held = paper.submission(HUDA, story, "نص");
        paper.keeps(&held).await;
        let mut stranger = held.clone();
        stranger.submitted.visitor = KARIM;
        assert_eq!(paper.store.rewrite_comment(&stranger).await, Err(StoreError::NotFound));
        paper.releases(story, held.submitted.id).await.unwrap();
        assert_eq!(paper.store.rewrite_comment(&held).await, Err(StoreError::NotFound));
        assert!(!paper.happened().await.contains(&"comment-rewritten"));
    })
    .await;
}

#[tokio::test]
async fn an_author_takes_a_waiting_comment_back_without_a_trace_for_readers() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "ندمت").await;
        let stranger = paper.store.withdraw_comment(story, comment, KARIM, paper.now()).await;
        assert_eq!(stranger, Err(StoreError::NotFound));
        let happening = paper.store.withdraw_comment(story, comment, HUDA, paper.now()).await.unwrap();
        assert_eq!(happening.what.key(), "comment-withdrawn");
        let again = paper.store.withdraw_comment(story, comment, HUDA, paper.now()).await;
        assert_eq!(again, Err(StoreError::NotFound));
        assert_eq!(paper.releases(story, comment).await, Err(StoreError::Conflict("withdrawn".into())));
        assert_eq!(paper.store.entry_of(story, comment).await.unwrap(), None);
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_visitor_sees_what_of_theirs_is_not_public() {
    on_both(|paper| async move {
        let (story, other) = (paper.publishes("الترام").await.id, paper.publishes("الجسر").await.id);
        let refused = paper.says(HUDA, story, "مرفوض").await;
        paper.refuses(story, refused).await.unwrap();
        paper.shows(HUDA, story, None, "منشور").await;
        let waiting = paper.says(HUDA, story, "ينتظر").await;
        paper.says(KARIM, story, "لغيرها").await;
        paper.says(HUDA, other, "تحت غيرها").await;
        let own = paper.store.own_comments(story, HUDA, paper.now()).await.unwrap();
        assert_eq!(own.iter().map(|own| own.id).collect::<Vec<_>>(), [waiting, refused]);
        assert_eq!(own[1].reason, Some(RefusalReason::OffTopic));
        paper.wait_days(31);
        let own = paper.store.own_comments(story, HUDA, paper.now()).await.unwrap();
        assert_eq!(own.iter().map(|own| own.id).collect::<Vec<_>>(), [waiting], "a refusal is shown for 30 days");
        let hidden = paper.store.own_comment(story, waiting, KARIM).await;
        assert_eq!(hidden, Err(StoreError::NotFound));
        assert_eq!(paper.store.verdict_of(story, CommentId(404)).await, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn of_many_comments_of_ones_own_the_newest_fifty_are_shown() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        for n in 0..52 {
            paper.says(HUDA, story, &format!("تعليق {n}")).await;
        }
        let own = paper.store.own_comments(story, HUDA, paper.now()).await.unwrap();
        assert_eq!((own.len(), own[0].text.as_str(), own[49].text.as_str()), (50, "تعليق 51", "تعليق 2"));
    })
    .await;
}
