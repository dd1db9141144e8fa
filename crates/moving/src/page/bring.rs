//! A saved page → a story and its waiting comments.

use super::{Decoded, Part, SavedPage, decode, read, signing, source};
use crate::report::{Became, Comments, Need, Outcome, Report, StoryLine, StoryState};
use crate::{MovingError, Unreadable};
use jiff::SignedDuration;
use moderation::{Facts, Models, Repeats, Rulebook, StoryFacts, Submission, Verdict};
use newsroom::body::{Block, Body, Picture, Span};
use newsroom::byline::Byline;
use newsroom::comment::{Held, Submitted};
use newsroom::happening::What;
use newsroom::languages::language_of;
use newsroom::people::{Actor, Visitor};
use newsroom::profile::Language;
use newsroom::story::{Draft, Story, StoryText};
use newsroom::{CommentId, SectionId, StoryId, Timestamp, VisitorId, policy};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::Store;

/// How a page is brought in.
#[derive(Debug, Clone, Default)]
pub struct PageOptions {
    /// Look and report, keep nothing.
    pub dry_run: bool,
    /// Publish the story. Its comments wait all the same.
    pub publish: bool,
    /// The story's section; without one it cannot be published.
    pub section: Option<SectionId>,
    /// When the old paper published it; it counts when the story is published. Saved pages do not say.
    pub published_at: Option<Timestamp>,
    /// The house rules by which the comments are examined.
    pub rulebook: Rulebook,
    /// What the engine that examines them has learned.
    pub models: Models,
    /// The story's language, where its words do not show another.
    pub language: Language,
}

/// Brings a saved page in: a draft (or, if asked, a published story) and its comments, all of them held. `name` is what
/// the report calls the file. Bringing the same page in again changes nothing; a page with one more comment adds that one.
///
/// # Errors
/// [`MovingError::Unreadable`] when it is no text or an empty one, [`MovingError::Store`]. When the store fails half-way,
/// bringing it in again does the rest.
pub async fn bring_page(
    store: &Store,
    name: &str,
    bytes: &[u8],
    options: &PageOptions,
    now: Timestamp,
) -> Result<Report, MovingError> {
    let decoded = decode(bytes);
    let page = read(&decoded.text);
    readable(name, &decoded, &page)?;
    let source = source::of_story(&page);
    let carrier = Carrier { store, file: name, options, now, source: &source };
    let brought = carrier.bring_story(&page).await?;
    let (comments, renamed) = carrier.bring_comments(&page, &brought).await?;
    carrier.note(&brought, &comments).await?;
    let mut needs = needs(&brought, options, &page, decoded.replaced);
    needs.extend(renamed);
    Ok(Report {
        file: name.to_owned(),
        encoding: decoded.encoding,
        dry_run: options.dry_run,
        became: became(&page),
        story: brought.line,
        comments,
        dropped: page.dropped,
        needs,
    })
}

/// A text never holds U+0000; pictures and archives nearly always do.
fn readable(name: &str, decoded: &Decoded, page: &SavedPage) -> Result<(), MovingError> {
    let unreadable = |line, why| Err(MovingError::Unreadable { file: name.to_owned(), line, why });
    if let Some(at) = decoded.text.find('\0') {
        return unreadable(decoded.text[..at].matches('\n').count() + 1, Unreadable::NotText);
    }
    if page.headline.text.is_empty() {
        return unreadable(1, Unreadable::Empty);
    }
    Ok(())
}

/// What all steps need.
struct Carrier<'a> {
    store: &'a Store,
    file: &'a str,
    options: &'a PageOptions,
    now: Timestamp,
    source: &'a str,
}

/// The story as it now stands in the paper (or would, in a dry run).
struct Brought {
    id: StoryId,
    text: StoryText,
    line: StoryLine,
}

impl Carrier<'_> {
    async fn bring_story(&self, page: &SavedPage) -> Result<Brought, MovingError> {
        if let Some(id) = self.store.imported_story(self.source).await? {
            let story = self.store.story(id).await?;
            return self.publish_if_asked(story, Outcome::Unchanged).await;
        }
        let id = StoryId(self.store.id(self.now));
        let text = story_text(page, self.options);
        let draft = Draft { id, text, comments: Default::default(), begun_at: self.now };
        if !self.options.dry_run {
            self.store.import_draft(self.source, &draft, Actor::Program, self.now).await?;
        }
        self.publish_if_asked(Story::Draft(draft), Outcome::New).await
    }

    /// Publishes a draft when that was asked for and nothing is missing. What was withdrawn since stays withdrawn.
    async fn publish_if_asked(&self, story: Story, outcome: Outcome) -> Result<Brought, MovingError> {
        let mut draft = match story {
            Story::Draft(draft) => draft,
            other => return Ok(Brought::new(&other, outcome)),
        };
        if !self.options.publish {
            return Ok(Brought::new(&Story::Draft(draft), outcome));
        }
        draft.text.section = draft.text.section.or(self.options.section);
        match draft.publish(self.options.published_at.unwrap_or(self.now)) {
            Ok(published) if self.options.dry_run => {
                Ok(Brought::new(&Story::Published(published), outcome.published()))
            }
            Ok(published) => {
                let (published, _) = self.store.publish(&published, Actor::Program, "", self.now).await?;
                Ok(Brought::new(&Story::Published(published), outcome.published()))
            }
            Err(not_ready) => {
                let mut brought = Brought::new(&Story::Draft(*not_ready.draft), outcome);
                brought.line.missing = not_ready.missing;
                Ok(brought)
            }
        }
    }

    async fn bring_comments(&self, page: &SavedPage, brought: &Brought) -> Result<(Comments, Vec<Need>), MovingError> {
        let sources = source::of_comments(self.source, &page.comments);
        let (held, renamed) = self.hold(page, brought)?;
        let with_findings = held.iter().filter(|held| !held.verdict.findings.is_empty()).count() as u64;
        let all = held.len() as u64;
        let batch: Vec<(String, Held)> = sources.into_iter().zip(held).collect();
        let new =
            if self.options.dry_run { self.unknown(&batch).await? } else { self.store.import_comments(&batch).await? };
        Ok((Comments { new, known: all.saturating_sub(new), with_findings }, renamed))
    }

    /// How many of them are not in the paper yet.
    async fn unknown(&self, batch: &[(String, Held)]) -> Result<u64, MovingError> {
        let mut unknown = 0;
        for (source, _) in batch {
            unknown += u64::from(self.store.imported_comment(source).await?.is_none());
        }
        Ok(unknown)
    }

    /// Makes waiting comments in the order of the list. Each has a visitor of its own: the same name is not the same person.
    fn hold(&self, page: &SavedPage, brought: &Brought) -> Result<(Vec<Held>, Vec<Need>), MovingError> {
        let story_text = brought.text.plain_text();
        let mut copies: HashMap<i64, u32> = HashMap::new();
        let (mut held, mut renamed) = (Vec::with_capacity(page.comments.len()), Vec::new());
        for saved in &page.comments {
            let (name, is_other) = signing::name(&saved.name, saved.position).map_err(|_| {
                let (file, line) = (self.file.to_owned(), saved.lines.start);
                MovingError::Unreadable { file, line, why: Unreadable::Name }
            })?;
            if is_other {
                let (printed, now) = (saved.name.clone(), name.as_str().to_owned());
                renamed.push(Need::NameChanged { position: saved.position, printed, now });
            }
            let seen = copies.entry(arabic::fold::print(&saved.text)).or_default();
            let repeats = Repeats { on_story: *seen, ..Repeats::default() };
            *seen += 1;
            let story = StoryFacts { headline: &brought.text.headline, text: &story_text, ..StoryFacts::default() };
            let facts = Facts { repeats, story, ..Facts::default() };
            let submission = Submission { text: &saved.text, name: name.as_str() };
            let verdict =
                guarded(|| moderation::examine(&submission, &facts, &self.options.rulebook, &self.options.models));
            let submitted = Submitted {
                id: CommentId(self.store.id(self.now)),
                story: brought.id,
                visitor: Visitor { id: VisitorId(self.store.id(self.now)) },
                name,
                text: saved.text.clone(),
                reply_to: None,
                at: self.moment(saved.position),
            };
            held.push(policy::receive(submitted, verdict));
        }
        Ok((held, renamed))
    }

    /// The moment of the import and one millisecond per place: the original order, whoever sorts by time.
    fn moment(&self, position: usize) -> Timestamp {
        let later = SignedDuration::from_millis(i64::try_from(position).unwrap_or_default());
        self.now.checked_add(later).unwrap_or(self.now)
    }

    /// Writes down that something came in; nothing when nothing did.
    async fn note(&self, brought: &Brought, comments: &Comments) -> Result<(), MovingError> {
        let stories = u64::from(brought.line.outcome.is_new());
        if !self.options.dry_run && stories + comments.new > 0 {
            let what = What::Imported { source: self.source.to_owned(), stories, comments: comments.new };
            self.store.note(Actor::Program, what, "", self.now).await?;
        }
        Ok(())
    }
}

impl Brought {
    fn new(story: &Story, outcome: Outcome) -> Self {
        let state = StoryState::of(story);
        Self {
            id: story.id(),
            text: story.text().clone(),
            line: StoryLine { outcome, id: story.id(), state, missing: Vec::new() },
        }
    }
}

/// The engine's advice. An engine that breaks down is one more reason to look, none to lose a comment.
pub(crate) fn guarded(examine: impl FnOnce() -> Verdict) -> Verdict {
    catch_unwind(AssertUnwindSafe(examine)).unwrap_or_else(|_| Verdict::unexamined())
}

fn story_text(page: &SavedPage, options: &PageOptions) -> StoryText {
    let blocks = page.body.iter().map(|part| match part {
        Part::Paragraph(stretch) => Block::Paragraph { text: vec![Span::plain(&stretch.text)] },
        Part::Picture(stretch) => Block::Picture(to_be_supplied(&stretch.text)),
    });
    let byline = page.byline.as_ref().and_then(|byline| Byline::new(&byline.name, Some(&byline.outlet)));
    let told: String =
        [page.headline.text.as_str()].into_iter().chain(page.paragraphs()).flat_map(|part| [part, "\n"]).collect();
    StoryText {
        headline: page.headline.text.clone(),
        body: Body(blocks.collect()),
        lead: page.lead.as_ref().map(|lead| to_be_supplied(&lead.text)),
        bylines: byline.into_iter().collect(),
        section: options.section,
        language: language_of(&told, options.language).into(),
        ..StoryText::default()
    }
}

fn to_be_supplied(file: &str) -> Picture {
    Picture {
        file: file.to_owned(),
        alt: String::new(),
        caption: None,
        credit: None,
        size: (0, 0),
        ..Default::default()
    }
}

fn became(page: &SavedPage) -> Vec<Became> {
    let mut became = vec![Became::Headline { text: page.headline.text.clone() }];
    became.extend(page.lead.iter().map(|lead| Became::LeadPicture { file: lead.text.clone() }));
    let paragraphs = page.paragraphs().count();
    became.push(Became::Paragraphs { count: paragraphs });
    let pictures = page.body.len() - paragraphs;
    became.extend((pictures > 0).then_some(Became::Pictures { count: pictures }));
    let byline = page.byline.as_ref();
    became.extend(byline.map(|byline| Became::Byline { name: byline.name.clone(), outlet: byline.outlet.clone() }));
    became.push(Became::Comments { count: page.comments.len() });
    became
}

/// What a person must still do, asked of the story as it now stands.
fn needs(brought: &Brought, options: &PageOptions, page: &SavedPage, replaced: usize) -> Vec<Need> {
    let text = &brought.text;
    let mut needs = Vec::new();
    for picture in text.lead.iter().chain(text.body.pictures()) {
        let file = || picture.file.clone();
        needs.extend((!picture.is_supplied()).then(|| Need::MissingPicture { file: file() }));
        needs.extend(picture.alt.trim().is_empty().then(|| Need::MissingAltText { file: file() }));
    }
    // A draft keeps no date of publication: whoever publishes it later must know the date then. One that was published
    // before has it.
    let has_date = match brought.line.state {
        StoryState::Draft => false,
        StoryState::Published => options.published_at.is_some() || brought.line.outcome == Outcome::Unchanged,
        StoryState::Withdrawn => true,
    };
    let checks = [
        (!has_date, Need::MissingDate),
        (text.section.is_none(), Need::MissingSection),
        (text.bylines.is_empty(), Need::MissingByline),
        (text.body.plain_text().trim().is_empty(), Need::MissingBody),
        (page.comments.is_empty(), Need::NoComments),
        (replaced > 0, Need::BrokenLetters { count: replaced }),
    ];
    needs.extend(checks.into_iter().filter_map(|(lacks, need)| lacks.then_some(need)));
    needs
}
