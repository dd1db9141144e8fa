//! A batch as it was kept → what the store takes.

use super::address::compared;
use super::batch::{Batch, Piece};
use super::bring::{BringOptions, Tallied};
use super::left::{Place, WhyChanged, WhyLeft};
use super::made::{Made, Making, called, sample};
use super::media::Media;
use super::model::{CommentState, OldComment, OldKind, OldState, OldStory, TermKind};
use super::report::{Report, SAMPLED};
use super::survey::Survey;
use super::thread::in_order;
use crate::page::{guarded, signing};
use moderation::{Facts, Repeats, StoryFacts, Submission, Verdict};
use newsroom::comment::Submitted;
use newsroom::page::PageText;
use newsroom::people::{Actor, Visitor};
use newsroom::slug::Slug;
use newsroom::story::{Draft, Published, StoryText};
use newsroom::{CommentId, SectionId, StoryId, Timestamp, VisitorId, policy};
use std::collections::{HashMap, HashSet};
use store::imported::{Coming, ImportedComment, ImportedStory, Known};
use store::redirects::Leads;
use store::{Store, StoreError};

/// Signs of the slug of a story or page.
const MOST_SLUG: usize = 120;
/// `-2` to this, where a page's address is taken.
const MOST_TRIES: usize = 20;
/// Signs of a page's title.
const MOST_TITLE: usize = 100;

/// A batch, ready to be written.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) stories: Vec<ImportedStory>,
    pub(super) comments: Vec<ImportedComment>,
    /// Of each story: it is a page that became a draft.
    are_pages: Vec<bool>,
}

impl Prepared {
    pub(super) fn tallied(&self) -> Tallied {
        let public = self.stories.iter().map(|one| matches!(one.story, Coming::Published(_)));
        Tallied {
            stories: self.are_pages.iter().copied().zip(public).collect(),
            comments: self.comments.iter().map(|one| one.released).collect(),
        }
    }
}

/// What is known while batches are made.
pub(super) struct Preparing<'p> {
    pub(super) store: &'p Store,
    survey: &'p Survey,
    sections: &'p HashMap<String, SectionId>,
    options: &'p BringOptions,
    pub(super) media: Media,
    pub(super) now: Timestamp,
    /// Keys of stories of this run, by their small numbers.
    seen: HashSet<u64>,
    /// Old tags that public stories have, and the slugs that they have here; the same of writers.
    pub(super) tags: HashMap<String, String>,
    pub(super) writers: HashMap<String, String>,
    sampled: Vec<(u64, String)>,
}

/// Under what comments come in.
struct Under<'u> {
    story: StoryId,
    headline: &'u str,
    text: &'u str,
}

impl<'p> Preparing<'p> {
    pub(super) fn new(
        store: &'p Store,
        survey: &'p Survey,
        sections: &'p HashMap<String, SectionId>,
        options: &'p BringOptions,
        media: Media,
        now: Timestamp,
    ) -> Self {
        let (tags, writers) = (HashMap::new(), HashMap::new());
        let (seen, sampled) = (HashSet::new(), Vec::new());
        Self { store, survey, sections, options, media, now, seen, tags, writers, sampled }
    }

    /// Makes everything of a batch that is not there yet.
    pub(super) async fn prepare(&mut self, batch: Batch, report: &mut Report) -> Result<Prepared, StoreError> {
        let keys: Vec<String> = batch.pieces.iter().flat_map(keys_of).collect();
        let known = self.store.imported_among(&keys).await?;
        let mut prepared = Prepared::default();
        for piece in batch.pieces {
            let Piece { place, story, key, comments } = piece;
            report.comments.read += comments.len() as u64;
            let (id, text) = match story {
                Some(story) => self.story(story, &place, &known, &mut prepared, report).await?,
                None => (self.story_of(&key, &known).await?, None),
            };
            let Some(id) = id else {
                let why = if self.survey.has_piece(&key) { WhyLeft::UnderPage } else { WhyLeft::NoStory };
                leave_all(&comments, why, report);
                continue;
            };
            let told = text.as_ref().map(|text| text.plain_text()).unwrap_or_default();
            let headline = text.as_ref().map_or("", |text| text.headline.as_str());
            let under = Under { story: id, headline, text: &told };
            self.comments(&under, comments, &known, &mut prepared, report);
        }
        Ok(prepared)
    }

    /// A story whose comments stand elsewhere: by its key, or by its address.
    async fn story_of(&self, key: &str, known: &HashMap<String, Known>) -> Result<Option<StoryId>, StoreError> {
        if let Some(known) = known.get(key) {
            return Ok(Some(known.story));
        }
        let Some(path) = compared(key) else { return Ok(None) };
        let found = self.store.redirect_of(&[path]).await?;
        Ok(found.and_then(|found| match found.leads {
            Leads::Story(story) => Some(story),
            Leads::To(_) => None,
        }))
    }

    async fn story(
        &mut self,
        story: OldStory,
        place: &Place,
        known: &HashMap<String, Known>,
        prepared: &mut Prepared,
        report: &mut Report,
    ) -> Result<(Option<StoryId>, Option<StoryText>), StoreError> {
        let is_page = matches!(story.kind, OldKind::Page { .. });
        let kinds = if is_page { &mut report.pages } else { &mut report.stories };
        kinds.read += 1;
        let again = !self.seen.insert(super::address::small(&story.key));
        let why = match (again, &story.state) {
            (true, _) => Some(WhyLeft::Again),
            (false, OldState::Trash) => Some(WhyLeft::Trash),
            _ => None,
        };
        if let Some(why) = why {
            kinds.left += 1;
            report.leave_out(&called(&story), why, place);
            return Ok((known.get(&story.key).map(|known| known.story), None));
        }
        if let Some(before) = known.get(&story.key) {
            kinds.known += 1;
            self.note_lists(&story);
            self.fill(before.story, place, report).await?;
            return Ok((Some(before.story), None));
        }
        report.note_unread(&story.unread);
        let is_timed = story.published_at.is_some_and(|at| at > self.now);
        if is_page && story.state == OldState::Public && self.options.publish && !is_timed {
            self.page(&story, place, report).await?;
            return Ok((None, None));
        }
        let Some(mut made) = self.making().make(&story, place, report) else {
            let kinds = if is_page { &mut report.pages } else { &mut report.stories };
            kinds.left += 1;
            report.leave_out(&called(&story), WhyLeft::Empty, place);
            return Ok((None, None));
        };
        let pictures = made.text.lead.iter_mut().chain(made.text.body.pictures_mut()).collect();
        self.media.supply(self.store, pictures, place, report, self.now).await?;
        if is_page {
            report.change(&called(&story), WhyChanged::PageAsDraft, place);
            made.is_public = false;
        }
        if made.is_public {
            self.note_lists(&story);
        }
        let id = StoryId(self.store.id(self.now));
        let text = made.text.clone();
        self.take(story, id, made, is_page, prepared, report);
        Ok((Some(id), Some(text)))
    }

    fn making(&self) -> Making<'_> {
        Making {
            survey: self.survey,
            sections: self.sections,
            section: self.options.section,
            language: self.options.language,
            publish: self.options.publish,
            now: self.now,
        }
    }

    fn take(
        &mut self,
        story: OldStory,
        id: StoryId,
        made: Made,
        is_page: bool,
        prepared: &mut Prepared,
        report: &mut Report,
    ) {
        let Made { text, slug, paths, comments, at, updated_at, is_public } = made;
        if is_public {
            for path in &paths {
                sample(&mut self.sampled, path, SAMPLED);
            }
        }
        let coming = if is_public {
            let slug = slug.or_else(|| arabic::slug::slug(&text.headline, MOST_SLUG)).unwrap_or_else(|| id.short());
            Coming::Published(Published { id, slug, text, published_at: at, updated_at, comments })
        } else {
            Coming::Draft(Draft { id, text, comments, begun_at: at })
        };
        if self.options.dry_run {
            let kinds = if is_page { &mut report.pages } else { &mut report.stories };
            *(if is_public { &mut kinds.public } else { &mut kinds.inside }) += 1;
            report.addresses.to_stories += paths.len() as u64;
        }
        prepared.are_pages.push(is_page);
        prepared.stories.push(ImportedStory::new(story.key, coming, paths));
    }

    /// Lists in which a public story stands: their old addresses lead to the new ones.
    fn note_lists(&mut self, story: &OldStory) {
        for slug in &story.tags {
            let name = self.survey.name_of(TermKind::Tag, slug);
            if let Some(tag) = super::made::tag_of(slug, &name) {
                self.tags.insert(slug.clone(), tag.slug);
            }
        }
        for key in &story.writers {
            let writer = self.survey.writers.get(key);
            let name = writer.map_or(key.as_str(), |writer| &writer.name);
            let slug = writer.map_or(key, |writer| &writer.slug);
            if let Some(ours) = arabic::slug::slug(&arabic::clean::line(&crate::markup::title_text(name)), 60) {
                self.writers.insert(slug.clone(), ours);
            }
        }
    }

    /// A page that readers had becomes one; where another stands at its address, at the next free one.
    async fn page(&mut self, story: &OldStory, place: &Place, report: &mut Report) -> Result<(), StoreError> {
        let paths = super::survey::addresses(story);
        let before = self.store.redirect_of(&paths).await?;
        if matches!(before.map(|before| before.leads), Some(Leads::To(target)) if target.starts_with("/pages/")) {
            report.pages.known += 1;
            return Ok(());
        }
        let (mut body, words) = self.making().body(story, place, report);
        let title = called(story);
        if super::made::is_empty(&body) || title.is_empty() && words.is_empty() {
            report.pages.left += 1;
            report.leave_out(&title, WhyLeft::Empty, place);
            return Ok(());
        }
        self.media.supply(self.store, body.pictures_mut().collect(), place, report, self.now).await?;
        let short: String = title.chars().take(MOST_TITLE).collect();
        let wanted = Slug::of(&story.slug).or_else(|| Slug::of(&title));
        let wanted =
            wanted.map_or_else(|| format!("page-{}", story.number.unwrap_or(1)), |slug| slug.as_str().to_owned());
        if self.options.dry_run {
            report.pages.public += 1;
            return Ok(());
        }
        match self.keep_page(&wanted, &PageText { title: short, body }).await? {
            Some((slug, is_new)) => {
                *(if is_new { &mut report.pages.public } else { &mut report.pages.known }) += 1;
                if slug != wanted {
                    report.change(&title, WhyChanged::PageElsewhere, place);
                }
                let led = paths.into_iter().map(|path| (path, format!("/pages/{slug}"))).collect();
                report.addresses.to_lists += self.store.put_redirects_to(led, self.now).await?;
            }
            None => {
                report.pages.left += 1;
                report.leave_out(&title, WhyLeft::Doubled, place);
            }
        }
        Ok(())
    }

    /// The address at which the page stands, and whether it was put there now.
    async fn keep_page(&self, wanted: &str, text: &PageText) -> Result<Option<(String, bool)>, StoreError> {
        for n in 1..=MOST_TRIES {
            let typed = if n == 1 { wanted.to_owned() } else { format!("{wanted}-{n}") };
            let Some(slug) = Slug::new(&typed).ok().or_else(|| Slug::of(&typed)) else { return Ok(None) };
            match self.store.page(slug.as_str()).await? {
                Some(page) if page.title == text.title && page.body == text.body => {
                    return Ok(Some((slug.as_str().to_owned(), false)));
                }
                Some(_) => {}
                None => {
                    if self.store.put_page(&slug, text, Actor::Program, self.now).await?.is_some() {
                        return Ok(Some((slug.as_str().to_owned(), true)));
                    }
                }
            }
        }
        Ok(None)
    }

    fn comments(
        &self,
        under: &Under<'_>,
        comments: Vec<(Place, OldComment)>,
        known: &HashMap<String, Known>,
        prepared: &mut Prepared,
        report: &mut Report,
    ) {
        let mut ids: HashMap<String, CommentId> = HashMap::new();
        for (_, comment) in &comments {
            let before = known.get(&comment.key).and_then(|known| known.comment);
            ids.extend(before.map(|id| (comment.key.clone(), id)));
        }
        let came = |key: &str| known.contains_key(key);
        let living = in_order(comments, &came, report);
        let mut copies: HashMap<i64, u32> = HashMap::new();
        for (at, one) in living.into_iter().enumerate() {
            let key = one.comment.key;
            let seen = copies.entry(arabic::fold::print(&one.text)).or_default();
            let repeats = Repeats { on_story: *seen, ..Repeats::default() };
            *seen += 1;
            if ids.contains_key(&key) {
                report.comments.known += 1;
                continue;
            }
            let Ok((name, is_other)) = signing::name(&one.name, at + 1) else {
                report.comments.left += 1;
                report.leave_out(&one.name, WhyLeft::EmptyComment, &one.place);
                continue;
            };
            if is_other {
                report.change(&one.name, WhyChanged::NameChanged, &one.place);
            }
            let released = self.options.release_approved && one.comment.state == CommentState::Released;
            let id = CommentId(self.store.id(self.now));
            let verdict = self.verdict(under, &one.text, name.as_str(), repeats, released);
            let submitted = Submitted {
                id,
                story: under.story,
                visitor: Visitor { id: VisitorId(self.store.id(self.now)) },
                name,
                text: one.text,
                reply_to: one.parent.as_ref().and_then(|parent| ids.get(parent).copied()),
                at: one.comment.at.unwrap_or(self.now),
            };
            ids.insert(key.clone(), id);
            if self.options.dry_run {
                *(if released { &mut report.comments.public } else { &mut report.comments.inside }) += 1;
            }
            let held = policy::receive(submitted, verdict);
            prepared.comments.push(ImportedComment::new(key, held, released));
        }
    }

    /// What the engine says of a comment that waits. One that goes public by the old paper's decision was examined by people.
    fn verdict(&self, under: &Under<'_>, text: &str, name: &str, repeats: Repeats, released: bool) -> Verdict {
        if released {
            return Verdict::default();
        }
        let story = StoryFacts { headline: under.headline, text: under.text, ..StoryFacts::default() };
        let facts = Facts { repeats, story, ..Facts::default() };
        let submission = Submission { text, name };
        guarded(|| moderation::examine(&submission, &facts, &self.options.rulebook, &self.options.models))
    }

    /// Old categories and the slugs of their sections.
    pub(super) async fn used_sections(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sections = self.store.sections().await?;
        let slug =
            |id: &SectionId| sections.iter().find(|section| section.id == *id).map(|section| section.slug.clone());
        let mut used: Vec<(String, String)> =
            self.sections.iter().filter_map(|(old, id)| Some((old.clone(), slug(id)?))).collect();
        used.sort();
        Ok(used)
    }

    /// Some of the old addresses, the same in every run.
    pub(super) fn sampled(&self, most: usize) -> Vec<String> {
        let mut sampled = self.sampled.clone();
        sampled.sort_unstable();
        sampled.into_iter().take(most).map(|(_, path)| path).collect()
    }
}

fn keys_of(piece: &Piece) -> Vec<String> {
    let parents = piece.comments.iter().filter_map(|(_, comment)| comment.parent.clone());
    let comments = piece.comments.iter().map(|(_, comment)| comment.key.clone());
    std::iter::once(piece.key.clone()).chain(comments).chain(parents).collect()
}

fn leave_all(comments: &[(Place, OldComment)], why: WhyLeft, report: &mut Report) {
    for (place, comment) in comments {
        report.comments.left += 1;
        report.leave_out(&comment.name, why, place);
    }
}
