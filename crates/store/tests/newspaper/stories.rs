//! Drafts, publication, correction, withdrawal, addresses.

use crate::paper::{HUDA, on_both};
use newsroom::people::Actor;
use newsroom::story::{CommentPolicy, Story};
use newsroom::{SectionId, StoryId};
use store::StoreError;
use store::listings::List;
use store::stories::Found;

#[tokio::test]
async fn a_draft_is_kept_and_changed_and_found_by_no_reader() {
    on_both(|paper| async move {
        let mut draft = paper.draft("الترام الجديد");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        draft.text.kicker = "نقل".into();
        let happening = paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        assert_eq!(happening.what.story(), Some(draft.id));
        assert_eq!(paper.store.story(draft.id).await.unwrap(), Story::Draft(draft.clone()));
        assert_eq!(paper.store.find_story("الترام-الجديد").await.unwrap(), None);
        assert_eq!(paper.store.find_story(&draft.id.short()).await.unwrap(), None);
        assert!(paper.store.find_stories("الترام", 10).await.unwrap().is_empty());
        assert!(paper.store.list(&List::All, None, 10).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_published_story_stands_at_its_address_and_cannot_become_a_draft_again() {
    on_both(|paper| async move {
        let draft = paper.draft("الترام الجديد");
        let published = paper.publishes_draft(draft.clone()).await;
        assert_eq!(published.slug, "الترام-الجديد");
        let stands = Story::Published(published.clone());
        assert_eq!(paper.store.story(published.id).await.unwrap(), stands);
        assert_eq!(paper.store.find_story(&published.slug).await.unwrap(), Some(Found::Here(Box::new(stands))));
        let again = paper.store.keep_draft(&draft, paper.by(), paper.now()).await;
        assert_eq!(again, Err(StoreError::Conflict("published".into())));
        assert_eq!(paper.happened().await[1..], ["story-drafted", "story-published"]);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn there_is_no_story_that_nobody_wrote() {
    on_both(|paper| async move {
        let nobody = StoryId(404);
        assert_eq!(paper.store.story(nobody).await, Err(StoreError::NotFound));
        assert_eq!(paper.store.find_story("لا-شيء").await.unwrap(), None);
        assert_eq!(paper.store.find_story("").await.unwrap(), None);
        assert_eq!(paper.store.lead_with(nobody, paper.now()).await, Err(StoreError::NotFound));
        let closed = paper.store.set_comment_policy(nobody, CommentPolicy::Closed, Actor::Program, paper.now()).await;
        assert_eq!(closed, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn two_stories_with_one_headline_have_two_addresses() {
    on_both(|paper| async move {
        let first = paper.publishes("سوق المدينة").await;
        let second = paper.publishes("سوق المدينة").await;
        let third = paper.publishes("سوق المدينة").await;
        assert_eq!([&first.slug, &second.slug, &third.slug], ["سوق-المدينة", "سوق-المدينة-2", "سوق-المدينة-3"]);
        let found = paper.store.find_story("سوق-المدينة-2").await.unwrap();
        assert_eq!(found, Some(Found::Here(Box::new(Story::Published(second)))));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn old_addresses_short_ids_and_retyped_addresses_lead_to_the_present_one() {
    on_both(|paper| async move {
        let mut story = paper.publishes("أخبار المدرسة").await;
        story.slug = "المدرسة-اليوم".into();
        let (story, _) = paper.store.publish(&story, paper.by(), "أوضح", paper.now()).await.unwrap();
        let there = Some(Found::Moved { slug: "المدرسة-اليوم".into() });
        assert_eq!(paper.store.find_story("أخبار-المدرسة").await.unwrap(), there);
        assert_eq!(paper.store.find_story(&story.id.short()).await.unwrap(), there);
        assert_eq!(paper.store.find_story("المدرسه-اليوم").await.unwrap(), there, "ه for ة");
        assert_eq!(paper.store.find_story("اخبار-المدرسة").await.unwrap(), there, "an old one, without its hamza");
        let other = paper.publishes("أخبار المدرسة").await;
        assert_eq!(other.slug, "أخبار-المدرسة-2", "an address is never given to another story");
        let mut back = story.clone();
        back.slug = "أخبار-المدرسة".into();
        let (back, _) = paper.store.publish(&back, paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(back.slug, "أخبار-المدرسة", "but its own it may have again");
        let there = Some(Found::Moved { slug: back.slug });
        assert_eq!(paper.store.find_story("المدرسة-اليوم").await.unwrap(), there);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_kept_and_moves_the_story_between_lists() {
    on_both(|paper| async move {
        let story = paper.publishes("حديقة جديدة").await;
        let mut corrected = story.clone().correct("الحديقة في الحي الشرقي", paper.now());
        corrected.text.tags.clear();
        corrected.text.section = Some(newsroom::SectionId(2));
        let happening = paper.store.correct(&corrected, paper.by(), "خطأ في المكان", paper.now()).await.unwrap();
        assert_eq!((happening.what.key(), happening.why.as_str()), ("story-corrected", "خطأ في المكان"));
        assert_eq!(paper.store.story(story.id).await.unwrap(), Story::Published(corrected.clone()));
        let listed = |list: List| {
            let store = paper.store.clone();
            async move { store.list(&list, None, 10).await.unwrap().len() }
        };
        assert_eq!(listed(List::Tag("ترام".into())).await, 0);
        assert_eq!(listed(List::Section("المدينة".into())).await, 0);
        assert_eq!(listed(List::Section("الثقافة".into())).await, 1);
        let cards = paper.store.list(&List::All, None, 10).await.unwrap();
        assert_eq!(cards[0].updated_at, corrected.updated_at);
        assert_eq!(paper.store.months().await.unwrap()[0].stories, 1);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn only_a_public_story_is_corrected_withdrawn_or_put_at_the_head() {
    on_both(|paper| async move {
        let draft = paper.draft("مسودة");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        let as_if = draft.publish(paper.now()).unwrap();
        let before = paper.store.story(as_if.id).await.unwrap();
        assert_eq!(paper.store.correct(&as_if, paper.by(), "", paper.now()).await, Err(StoreError::NotFound));
        assert_eq!(paper.store.lead_with(as_if.id, paper.now()).await, Err(StoreError::NotFound));
        let withdrawn = as_if.clone().withdraw("", paper.now());
        assert_eq!(paper.store.withdraw(&withdrawn, paper.by(), "").await, Err(StoreError::NotFound));
        assert_eq!(paper.store.story(as_if.id).await.unwrap(), before);
        assert_eq!(paper.happened().await[1..], ["story-drafted"]);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_story_leaves_every_list_and_comes_back_where_it_was() {
    on_both(|paper| async move {
        let story = paper.publishes("افتتاح الجسر").await;
        paper.store.lead_with(story.id, paper.now()).await.unwrap();
        paper.store.add_reads(&[(story.id, 9)], story.published_at).await.unwrap();
        let withdrawn = story.clone().withdraw("سُحبت للتحقق", paper.now());
        paper.store.withdraw(&withdrawn, paper.by(), "").await.unwrap();
        assert_nowhere(&paper).await;
        let stands = Story::Withdrawn(withdrawn.clone());
        assert_eq!(paper.store.find_story(&story.slug).await.unwrap(), Some(Found::Here(Box::new(stands))));
        paper.agrees_with_itself().await;
        let restored = withdrawn.restore();
        let (back, _) = paper.store.publish(&restored, paper.by(), "صحيحة", paper.now()).await.unwrap();
        assert_eq!(back, story);
        assert_eq!(paper.store.story(story.id).await.unwrap(), Story::Published(story.clone()));
        assert_eq!(paper.store.list(&List::All, None, 10).await.unwrap()[0].published_at, story.published_at);
        assert_eq!(paper.store.months().await.unwrap()[0].stories, 1);
        assert_eq!(paper.store.find_stories("الجسر", 10).await.unwrap().len(), 1);
        paper.agrees_with_itself().await;
    })
    .await;
}

async fn assert_nowhere(paper: &crate::paper::Paper) {
    let store = &paper.store;
    let lists =
        [List::All, List::Section("المدينة".into()), List::Tag("ترام".into()), List::Writer("ليلى-النجار".into())];
    for list in lists {
        assert_eq!(store.list(&list, None, 10).await.unwrap(), [], "{list:?}");
    }
    assert_eq!(store.front_page(paper.now()).await.unwrap().cards().count(), 0);
    assert_eq!(store.months().await.unwrap(), []);
    assert_eq!(store.find_stories("الجسر", 10).await.unwrap(), []);
}

#[tokio::test]
async fn the_newsroom_sees_what_was_touched_last_and_what_waits_under_it() {
    on_both(|paper| async move {
        let old = paper.publishes("قديمة").await;
        let draft = paper.draft("مسودة");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        let lines = paper.store.story_lines(None, None, 10).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.headline.as_str()).collect::<Vec<_>>(), ["مسودة", "قديمة"]);
        assert_eq!((lines[0].state.as_str(), lines[0].slug.as_deref()), ("draft", None));
        assert_eq!((lines[1].state.as_str(), lines[1].slug.as_deref()), ("published", Some("قديمة")));
        for text in ["أولًا", "ثانيًا"] {
            paper.says(HUDA, old.id, text).await;
        }
        let closed = paper.now();
        paper.store.set_comment_policy(old.id, CommentPolicy::Closed, paper.by(), closed).await.unwrap();
        let first = paper.store.story_lines(None, None, 1).await.unwrap();
        assert_eq!((first[0].id, first[0].waiting, first[0].comments), (old.id, 2, CommentPolicy::Closed));
        assert_eq!(first[0].touched_at, closed);
        let rest = paper.store.story_lines(None, Some((first[0].touched_at, first[0].id)), 10).await.unwrap();
        assert_eq!(rest.iter().map(|line| line.id).collect::<Vec<_>>(), [draft.id]);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_bound_to_sections_sees_the_stories_of_those() {
    on_both(|paper| async move {
        let mut ids = Vec::new();
        for (headline, section) in [("أ", Some(1)), ("ب", Some(2)), ("ج", None), ("د", Some(3)), ("ه", Some(1))] {
            let mut draft = paper.draft(headline);
            draft.text.section = section.map(SectionId);
            paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
            assert_eq!(paper.store.section_of(draft.id).await.unwrap(), section.map(SectionId));
            ids.push(draft.id);
        }
        let within = [SectionId(1), SectionId(3)];
        let first = paper.store.story_lines(Some(&within), None, 2).await.unwrap();
        assert_eq!(first.iter().map(|line| line.headline.as_str()).collect::<Vec<_>>(), ["ه", "د"]);
        let rest = paper.store.story_lines(Some(&within), Some((first[1].touched_at, first[1].id)), 2).await.unwrap();
        assert_eq!(rest.iter().map(|line| line.headline.as_str()).collect::<Vec<_>>(), ["أ"]);
        assert_eq!(paper.store.story_lines(Some(&[]), None, 9).await.unwrap(), []);

        let mut moved = paper.draft("ب");
        (moved.id, moved.text.section) = (ids[1], Some(SectionId(3)));
        paper.store.keep_draft(&moved, paper.by(), paper.now()).await.unwrap();
        assert_eq!(paper.store.section_of(ids[1]).await.unwrap(), Some(SectionId(3)));
        let published = moved.publish(paper.now()).unwrap();
        paper.store.publish(&published, paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(paper.store.section_of(ids[1]).await.unwrap(), Some(SectionId(3)));
        assert!(matches!(paper.store.section_of(StoryId(7)).await, Err(StoreError::NotFound)));
    })
    .await;
}
