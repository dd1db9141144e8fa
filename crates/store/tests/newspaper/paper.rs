//! One small newspaper and the people around it. Its clock is set by hand: a minute passes with everything that is done.

use moderation::{Advice, Verdict};
use newsroom::body::{Block, Body, Span};
use newsroom::byline::Byline;
use newsroom::comment::{Decision, DisplayName, Held, RefusalReason, Revision, RuledBy, Ruling, Submitted};
use newsroom::happening::Happening;
use newsroom::people::{Actor, Role, Staff, Visitor};
use newsroom::section::{Section, Tag};
use newsroom::story::{Draft, Published, StoryText};
use newsroom::{CommentId, RulingId, SectionId, StoryId, Timestamp, VisitorId};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{Store, StoreError};

/// 2026-03-10T08:00:00Z.
const OPENING_MS: i64 = 1_773_129_600_000;

pub const HUDA: Visitor = Visitor { id: VisitorId(11) };
pub const KARIM: Visitor = Visitor { id: VisitorId(12) };
pub const MAYA: Visitor = Visitor { id: VisitorId(13) };

#[derive(Clone)]
pub struct Paper {
    pub store: Store,
    pub salma: Staff,
    clock: Arc<AtomicI64>,
}

/// Tells a story about a paper with two sections and one moderator, on every engine present.
pub async fn on_both<F, S>(story: S)
where
    S: Fn(Paper) -> F + Clone + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    crate::both::on_both(move |store| {
        let story = story.clone();
        async move {
            let paper = Paper::open(store).await;
            story(paper).await;
        }
    })
    .await;
}

impl Paper {
    pub async fn open(store: Store) -> Self {
        let clock = Arc::new(AtomicI64::new(OPENING_MS));
        let now = Timestamp::from_millisecond(OPENING_MS).unwrap();
        for (id, slug, name) in [(1, "المدينة", "المدينة"), (2, "الثقافة", "الثقافة")] {
            let section = Section { id: SectionId(id), slug: slug.into(), name: name.into(), position: id };
            store.keep_section(&section).await.unwrap();
        }
        let salma = store.add_staff("سلمى", Role::Moderator, now).await.unwrap();
        Self { store, salma, clock }
    }

    /// A minute later than before.
    pub fn now(&self) -> Timestamp {
        let ms = self.clock.fetch_add(60_000, Ordering::Relaxed);
        Timestamp::from_millisecond(ms).unwrap()
    }

    pub fn wait_days(&self, days: i64) {
        self.clock.fetch_add(days * 24 * 60 * 60 * 1000, Ordering::Relaxed);
    }

    pub fn by(&self) -> Actor {
        Actor::Staff(self.salma.id)
    }

    /// A draft with everything that it needs.
    pub fn draft(&self, headline: &str) -> Draft {
        let now = self.now();
        let words = Span { text: format!("نص القصة عن {headline}."), ..Span::default() };
        let text = StoryText {
            headline: headline.into(),
            standfirst: "مقدمة قصيرة".into(),
            body: Body(vec![Block::Paragraph { text: vec![words] }]),
            bylines: vec![Byline::new("ليلى النجار", None).unwrap()],
            section: Some(SectionId(1)),
            tags: vec![Tag { slug: "ترام".into(), name: "ترام".into() }],
            ..StoryText::default()
        };
        Draft { id: StoryId(self.store.id(now)), text, comments: Default::default(), begun_at: now }
    }

    pub async fn publishes(&self, headline: &str) -> Published {
        self.publishes_draft(self.draft(headline)).await
    }

    pub async fn publishes_draft(&self, draft: Draft) -> Published {
        self.store.keep_draft(&draft, self.by(), self.now()).await.unwrap();
        let now = self.now();
        let published = draft.publish(now).unwrap();
        self.store.publish(&published, self.by(), "", now).await.unwrap().0
    }

    pub fn submission(&self, visitor: Visitor, story: StoryId, text: &str) -> Held {
        let at = self.now();
        let submitted = Submitted {
            id: CommentId(self.store.id(at)),
            story,
            visitor,
            name: DisplayName::new(name_of(visitor), []).unwrap(),
            text: text.into(),
            reply_to: None,
            at,
        };
        Held { submitted, verdict: Verdict { priority: 0, advice: Advice::Release, ..Verdict::default() } }
    }

    pub async fn keeps(&self, held: &Held) -> Happening {
        self.store.keep_comment(held).await.unwrap()
    }

    /// A visitor comments; the comment waits.
    pub async fn says(&self, visitor: Visitor, story: StoryId, text: &str) -> CommentId {
        self.answers(visitor, story, None, text).await
    }

    pub async fn answers(
        &self,
        visitor: Visitor,
        story: StoryId,
        reply_to: Option<CommentId>,
        text: &str,
    ) -> CommentId {
        let mut held = self.submission(visitor, story, text);
        held.submitted.reply_to = reply_to;
        self.keeps(&held).await;
        held.submitted.id
    }

    /// A comment that is public at once, and its number.
    pub async fn shows(
        &self,
        visitor: Visitor,
        story: StoryId,
        reply_to: Option<CommentId>,
        text: &str,
    ) -> (CommentId, i64) {
        let comment = self.answers(visitor, story, reply_to, text).await;
        self.releases(story, comment).await.unwrap();
        let entry = self.store.entry_of(story, comment).await.unwrap().unwrap();
        (comment, entry.number)
    }

    pub fn ruling(&self, story: StoryId, comment: CommentId, decision: Decision) -> Ruling {
        let at = self.now();
        let id = RulingId(self.store.id(at));
        Ruling {
            id, story, comment, decision, by: RuledBy::Staff(self.salma.id), at, why: "حسب قواعد الدار".into()
        }
    }

    pub async fn rules(&self, story: StoryId, comment: CommentId, decision: Decision) -> Result<RulingId, StoreError> {
        let ruling = self.ruling(story, comment, decision);
        self.store.rule(&ruling, Revision::FIRST).await.map(|_| ruling.id)
    }

    /// Rules on a comment that was rewritten since it came in.
    pub async fn rules_on_words(
        &self,
        story: StoryId,
        comment: CommentId,
        decision: Decision,
        read: Revision,
    ) -> Result<RulingId, StoreError> {
        let ruling = self.ruling(story, comment, decision);
        self.store.rule(&ruling, read).await.map(|_| ruling.id)
    }

    pub async fn releases(&self, story: StoryId, comment: CommentId) -> Result<RulingId, StoreError> {
        self.rules(story, comment, RELEASE).await
    }

    pub async fn refuses(&self, story: StoryId, comment: CommentId) -> Result<RulingId, StoreError> {
        self.rules(story, comment, Decision::Refuse { reason: RefusalReason::OffTopic }).await
    }

    pub async fn takes_down(&self, story: StoryId, comment: CommentId) -> Result<RulingId, StoreError> {
        self.rules(story, comment, Decision::TakeDown { reason: RefusalReason::PrivateData }).await
    }

    pub async fn undoes(&self, story: StoryId, ruling: RulingId) -> Result<Happening, StoreError> {
        self.store.undo(ruling, story, self.by(), self.now()).await
    }

    /// Everything that is counted agrees with what is there.
    pub async fn agrees_with_itself(&self) {
        assert_eq!(self.store.check().await.unwrap(), []);
    }

    /// The keys of everything that happened so far, first to last.
    pub async fn happened(&self) -> Vec<&'static str> {
        let log = self.store.log(None, 1000).await.unwrap();
        log.iter().rev().map(|happening| happening.what.key()).collect()
    }
}

pub const RELEASE: Decision = Decision::Release { collapsed: false, links: false };

pub fn name_of(visitor: Visitor) -> &'static str {
    match visitor {
        HUDA => "هدى",
        KARIM => "كريم",
        _ => "مايا",
    }
}
