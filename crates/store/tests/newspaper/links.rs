//! Which story answers which: found from both sides while both are public, and from none of a draft.

use crate::paper::{Paper, on_both};
use newsroom::StoryId;
use newsroom::story::{Change, CommentPolicy, Draft, Published, StoryKind, StoryLanguage, StoryText};
use store::stories::Writing;

fn answering(paper: &Paper, headline: &str, kind: StoryKind, answers: StoryId) -> Draft {
    let draft = paper.draft(headline);
    Draft { text: StoryText { kind, answers: Some(answers), ..draft.text }, ..draft }
}

/// Kinds and headlines of what readers of a story are led to, the latest first.
async fn answers_to(paper: &Paper, story: StoryId) -> Vec<(StoryKind, String)> {
    let links = paper.store.links_of(story, &StoryText::default()).await.unwrap();
    links.answering.into_iter().map(|one| (one.kind, one.headline)).collect()
}

/// The headline of what readers of a story are told that it answers.
async fn answered_by(paper: &Paper, story: &Published) -> Option<String> {
    paper.store.links_of(story.id, &story.text).await.unwrap().answered.map(|one| one.headline)
}

#[tokio::test]
async fn a_reply_is_found_from_the_story_once_it_is_public_and_no_longer_once_it_is_withdrawn() {
    on_both(|paper| async move {
        let story = paper.publishes("خبر السوق").await;
        let reply = answering(&paper, "رد أصحاب السوق", StoryKind::RightOfReply, story.id);
        paper.store.keep_draft(&reply, paper.by(), paper.now()).await.unwrap();
        assert_eq!(answers_to(&paper, story.id).await, [], "a draft is nobody's to see");
        let reply = paper.publishes_draft(reply).await;
        let found = (StoryKind::RightOfReply, "رد أصحاب السوق".to_owned());
        assert_eq!(answers_to(&paper, story.id).await, std::slice::from_ref(&found));
        assert_eq!(answered_by(&paper, &reply).await.as_deref(), Some("خبر السوق"));
        assert_eq!(answers_to(&paper, reply.id).await, [], "only one of them answers");
        let withdrawn = reply.clone().withdraw("سهو", paper.now());
        paper.store.withdraw(&withdrawn, paper.by(), "").await.unwrap();
        assert_eq!(answers_to(&paper, story.id).await, []);
        paper.store.publish(&withdrawn.restore(), paper.by(), "", paper.now()).await.unwrap();
        assert_eq!(answers_to(&paper, story.id).await, [found]);
        paper.store.withdraw(&story.clone().withdraw("", paper.now()), paper.by(), "").await.unwrap();
        assert_eq!(answered_by(&paper, &reply).await, None, "the reply stands, and leads nowhere");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn a_link_moves_with_the_text_that_readers_have_and_not_with_what_is_written_beside_it() {
    on_both(|paper| async move {
        let (first, second) = (paper.publishes("خبر أول").await, paper.publishes("خبر ثان").await);
        let notice = paper.publishes_draft(answering(&paper, "بلاغ", StoryKind::Announcement, first.id)).await;
        let text = StoryText { answers: Some(second.id), ..notice.text.clone() };
        let read = paper.store.on_desk(notice.id).await.unwrap().version;
        let writing = Writing { text: text.clone(), comments: CommentPolicy::Closed, read, on_purpose: true };
        paper.store.save_writing(notice.id, &writing, paper.salma.id, paper.now()).await.unwrap();
        let found = [(StoryKind::Announcement, "بلاغ".to_owned())];
        assert_eq!(answers_to(&paper, first.id).await, found);
        let read = paper.store.on_desk(notice.id).await.unwrap().version;
        let changed = Published { text, ..notice };
        paper.store.change_as_read(&changed, read, Change::Minor, paper.by(), paper.now()).await.unwrap();
        assert_eq!(answers_to(&paper, first.id).await, []);
        assert_eq!(answers_to(&paper, second.id).await, found);
        let read = paper.store.on_desk(changed.id).await.unwrap().version;
        let alone = Published { text: StoryText { answers: None, ..changed.text.clone() }, ..changed };
        paper.store.change_as_read(&alone, read, Change::Minor, paper.by(), paper.now()).await.unwrap();
        assert_eq!(answers_to(&paper, second.id).await, []);
    })
    .await;
}

#[tokio::test]
async fn of_several_the_latest_comes_first_and_lists_know_what_kind_each_is() {
    on_both(|paper| async move {
        let story = paper.publishes("وفاة صاحب المكتبة").await;
        paper.publishes_draft(answering(&paper, "نعي", StoryKind::Obituary, story.id)).await;
        paper.publishes_draft(answering(&paper, "رد العائلة", StoryKind::RightOfReply, story.id)).await;
        let found = [(StoryKind::RightOfReply, "رد العائلة".to_owned()), (StoryKind::Obituary, "نعي".to_owned())];
        assert_eq!(answers_to(&paper, story.id).await, found);
        let cards = paper.store.list(&store::listings::List::All, None, 3).await.unwrap();
        let kinds: Vec<_> = cards.iter().map(|card| card.face.kind).collect();
        assert_eq!(kinds, [StoryKind::RightOfReply, StoryKind::Obituary, StoryKind::News]);
        let lines = paper.store.story_lines(None, None, 3).await.unwrap();
        assert_eq!(lines[0].kind, StoryKind::RightOfReply);
    })
    .await;
}

#[tokio::test]
async fn a_story_is_found_in_each_of_its_languages_from_each_of_them() {
    on_both(|paper| async move {
        let original = paper.publishes("خط الترام").await;
        let translated = |headline: &str, tag: &str| {
            let draft = answering(&paper, headline, StoryKind::News, original.id);
            let language = StoryLanguage::from_tag(tag).unwrap();
            Draft { text: StoryText { translates: true, language, ..draft.text }, ..draft }
        };
        let french = paper.publishes_draft(translated("La ligne du tram", "fr")).await;
        let english = paper.publishes_draft(translated("The tram line", "en")).await;
        let same = paper.publishes_draft(translated("خط الترام من جديد", "ar")).await;
        let found = |story: Published| {
            let paper = &paper;
            async move {
                let links = paper.store.links_of(story.id, &story.text).await.unwrap();
                let mut tags: Vec<String> = links.translations.iter().map(|one| one.language.to_string()).collect();
                tags.sort();
                (tags, links.answered.map(|one| one.headline), links.answering.len())
            }
        };
        assert_eq!(found(original.clone()).await, (vec!["en".into(), "fr".into()], None, 1));
        assert_eq!(found(french).await, (vec!["ar".into(), "en".into()], None, 0));
        assert_eq!(
            found(same).await,
            (vec![], Some("خط الترام".into()), 0),
            "in its own language it is no translation"
        );
        paper.store.withdraw(&original.withdraw("", paper.now()), paper.by(), "").await.unwrap();
        assert_eq!(found(english).await, (vec![], None, 0), "what is withdrawn leads nowhere");
    })
    .await;
}
