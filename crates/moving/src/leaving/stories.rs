//! Stories and pages as pieces.

use super::body::{classed, html, plain};
use super::item::{Piece, clock, login, slug_of_wordpress};
use super::{Leaving, ROWS};
use crate::everything::WholeError;
use newsroom::Timestamp;
use newsroom::body::Body;
use newsroom::story::{CommentPolicy, Story, StoryText};
use std::collections::HashSet;
use std::io::Write;
use store::leaving::LeavingStory;
use store::live::{LivePlace, Shows};

impl<W: Write + Send> Leaving<'_, W> {
    /// Pages that are no stories.
    pub(super) async fn pages(&mut self) -> Result<(), WholeError> {
        for (slug, _) in self.store.pages().await? {
            let Some(page) = self.store.page(&slug).await? else { continue };
            let text = StoryText { body: page.body, ..StoryText::default() };
            let away = self.bring_pictures(&text, page.changed_at).await?;
            let link = format!("{}/pages/{}", self.paper.address, slug_of_wordpress(&slug));
            let piece = Piece {
                number: self.next_piece(),
                kind: "page",
                status: "publish",
                title: plain(&page.title),
                guid: link.clone(),
                link,
                content: self.html(&text.body, &away),
                at: Some(page.changed_at),
                was_public: true,
                slug: slug_of_wordpress(&slug),
                ..Piece::default()
            };
            self.begin(&piece)?;
            self.end()?;
            self.departed.pages += 1;
        }
        Ok(())
    }

    /// Stories in whatever state, each with its comments.
    pub(super) async fn stories(&mut self, progress: &mut (dyn FnMut(u64) + Send)) -> Result<(), WholeError> {
        let mut after = None;
        loop {
            let stories = self.store.leaving_stories(after, ROWS).await?;
            let Some(last) = stories.last() else { return Ok(()) };
            after = Some(last.story.id());
            for one in &stories {
                self.story(one).await?;
                progress(self.pieces);
            }
        }
    }

    async fn story(&mut self, one: &LeavingStory) -> Result<(), WholeError> {
        let facts = Facts::of(&one.story);
        let text = one.story.text();
        let away = self.bring_pictures(text, facts.at).await?;
        let mut content = self.html(&text.body, &away);
        for correction in &text.corrections {
            let when = clock(correction.at, &self.paper.zone);
            let head = format!("<strong>{} {}</strong>", plain(&self.paper.correction), &when[..10]);
            content.push_str(&format!(
                "\n\n{}",
                classed("midad-correction", &format!("{head} {}", plain(&correction.words)))
            ));
        }
        content.push_str(&self.updates(one).await?);
        let slug = facts.slug.map(slug_of_wordpress).unwrap_or_default();
        let path = if slug.is_empty() { String::new() } else { format!("stories/{slug}") };
        let piece = Piece {
            number: self.next_piece(),
            kind: "post",
            status: facts.status,
            title: plain(&text.headline),
            link: format!("{}/{path}", self.paper.address),
            guid: format!("{}/?story={}", self.paper.address, one.story.id().short()),
            creator: text.bylines.first().map(|byline| login(&byline.slug)).unwrap_or_default(),
            content,
            excerpt: plain(&text.standfirst),
            at: Some(facts.at),
            was_public: facts.slug.is_some(),
            changed_at: facts.changed_at,
            slug,
            takes_comments: matches!(facts.policy, CommentPolicy::OpenAfterReview | CommentPolicy::HeldBack),
            leads: one.leads,
            file: None,
            terms: self.terms(text),
            metas: self.metas(one, &away),
        };
        self.begin(&piece)?;
        self.comments_of(one.story.id(), facts.policy != CommentPolicy::Hidden).await?;
        self.end()?;
        *(match facts.status {
            "publish" => &mut self.departed.public,
            "private" => &mut self.departed.withdrawn,
            _ => &mut self.departed.drafts,
        }) += 1;
        Ok(())
    }

    fn html(&self, body: &Body, away: &HashSet<String>) -> String {
        html(body, &self.paper.address, &|picture| self.shown(picture, away))
    }

    /// Section, tags, and all writers (in the way of Co-Authors Plus, where there are several).
    fn terms(&self, text: &StoryText) -> Vec<(&'static str, String, String)> {
        let section = text.section.and_then(|id| self.sections.get(&id));
        let mut terms: Vec<_> =
            section.map(|(slug, name)| ("category", slug.clone(), name.clone())).into_iter().collect();
        terms.extend(text.tags.iter().map(|tag| ("post_tag", slug_of_wordpress(&tag.slug), tag.name.clone())));
        if text.bylines.len() > 1 {
            let named = text.bylines.iter();
            terms.extend(named.map(|byline| ("author", format!("cap-{}", login(&byline.slug)), byline.name.clone())));
        }
        terms
    }

    /// What WordPress knows by these names, and under names of our own what it has no place for.
    fn metas(&self, one: &LeavingStory, away: &HashSet<String>) -> Vec<(&'static str, String)> {
        let text = one.story.text();
        let lead = text.lead.as_ref().and_then(|lead| self.shown(lead, away));
        let mut metas: Vec<_> = lead.map(|(number, _)| ("_thumbnail_id", number.to_string())).into_iter().collect();
        metas.extend(one.former_slugs.iter().map(|slug| ("_wp_old_slug", slug_of_wordpress(slug))));
        let own = [
            ("midad_kicker", text.kicker.as_str()),
            ("midad_dateline", &text.dateline),
            ("midad_headline_in_lists", &text.front_headline),
            ("midad_language", text.language.tag()),
        ];
        metas.extend(own.into_iter().filter(|(_, said)| !said.is_empty()).map(|(name, said)| (name, said.to_owned())));
        metas
    }

    /// The updates of a live coverage that readers have, the newest first, below the body.
    async fn updates(&self, one: &LeavingStory) -> Result<String, WholeError> {
        let story = one.story.id();
        let (mut out, mut place) = (String::new(), LivePlace::Newest);
        if self.store.coverage_of(story).await?.is_none() {
            return Ok(out);
        }
        loop {
            let page = self.store.live_page(story, place, ROWS).await?;
            for entry in &page.entries {
                let Shows::Words { headline, text, .. } = &entry.shows else { continue };
                let head = format!("<strong>{} {}</strong>", clock(entry.at, &self.paper.zone), plain(headline));
                let text = plain(text).replace('\n', "<br>");
                out.push_str(&format!("\n\n{}", classed("midad-update", &format!("{head}<br>{text}"))));
            }
            match page.entries.last().filter(|_| page.older) {
                Some(last) => place = LivePlace::OlderThan(last.id),
                None => return Ok(out),
            }
        }
    }
}

/// What the state of a story says.
struct Facts<'f> {
    status: &'static str,
    slug: Option<&'f str>,
    at: Timestamp,
    changed_at: Option<Timestamp>,
    policy: CommentPolicy,
}

impl<'f> Facts<'f> {
    fn of(story: &'f Story) -> Self {
        let (status, published) = match story {
            Story::Draft(draft) => {
                let policy = draft.comments;
                return Self { status: "draft", slug: None, at: draft.begun_at, changed_at: None, policy };
            }
            Story::Published(published) => ("publish", published),
            Story::Withdrawn(withdrawn) => ("private", &withdrawn.was),
        };
        let (at, changed_at) = (published.published_at, published.updated_at);
        Self { status, slug: Some(&published.slug), at, changed_at, policy: published.comments }
    }
}
