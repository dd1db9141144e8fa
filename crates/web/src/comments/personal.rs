//! What stands above a thread and may be another one for a single visitor: the form, what keeps them from it, their own comments
//! that nobody else sees. Everything else on a story's page is the same for everybody; so a page that is ready for all becomes
//! theirs by this part alone.

use super::form::{CommentForm, FormView};
use super::look::Look;
use super::measured::Told;
use super::own;
use crate::app::App;
use crate::error::PageError;
use crate::guard::kept_as;
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use newsroom::people::{Measures, Visitor};
use newsroom::story::{CommentPolicy, Published, Story};
use newsroom::{StoryId, Timestamp};
use store::comments::OwnComment;

/// Before and behind this part in a page that is the same for everybody. No text of anybody can hold it: templates escape `<`.
pub const AROUND: (&str, &str) = ("<!--own-->", "<!--/own-->");

/// A page that holds this part, for whoever keeps answers: of which story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HasOwnPart(pub StoryId);

/// For whom a page is made.
#[derive(Debug, Clone, Default)]
pub struct Whose {
    /// Whoever has sent something before.
    pub visitor: Option<Visitor>,
    /// The name that their account signs with; empty where there is none.
    pub name: String,
}

/// What a visitor has of their own under a story.
#[derive(Debug, Default)]
pub(super) struct Personal {
    own: Vec<OwnComment>,
    measures: Measures,
    /// To sign with.
    name: String,
    /// It is the account's.
    has_account: bool,
}

#[derive(Template)]
#[template(path = "comments/top.html")]
struct Top<'t> {
    t: Words,
    look: &'t Look,
    form: Option<Rendered>,
    /// In the form's place, where the reader may not comment now.
    barred: Option<Rendered>,
    own: Vec<Rendered>,
}

/// What a visitor sees in this part; none where they see what everybody sees.
///
/// # Errors
/// When the store cannot answer or a template cannot be rendered.
pub async fn for_one(app: &App, story: StoryId, who: Whose) -> Result<Option<Rendered>, PageError> {
    let personal = Personal::of(app, story, who, app.now()).await?;
    if !personal.is_there() {
        return Ok(None);
    }
    match app.store.story(story).await? {
        Story::Published(story) if story.comments != CommentPolicy::Hidden => {
            Ok(Some(personal.render(app, &Look::new(app, &story), &story)?))
        }
        Story::Published(_) | Story::Withdrawn(_) | Story::Draft(_) => Ok(None),
    }
}

impl Personal {
    pub(super) async fn of(app: &App, story: StoryId, who: Whose, now: Timestamp) -> Result<Self, PageError> {
        let Some(visitor) = who.visitor else { return Ok(Self::default()) };
        let own = app.store.own_comments(story, visitor, now).await?;
        let measures = app.store.measures_on_either(visitor.id, kept_as(app, visitor.id), now).await?;
        // Signed as last time, when the page is for this visitor alone anyway.
        let has_account = !who.name.is_empty();
        let name = if has_account { who.name } else { own.first().map(|own| own.name.clone()).unwrap_or_default() };
        Ok(Self { own, measures, name, has_account })
    }

    /// This visitor sees something that others do not.
    pub(super) fn is_there(&self) -> bool {
        !self.own.is_empty() || self.has_account || self.measures.bar().or(self.measures.warning()).is_some()
    }

    pub(super) fn render(&self, app: &App, look: &Look, story: &Published) -> Result<Rendered, askama::Error> {
        let told = |measure| Rendered::of(&Told::of(app, look.t, measure));
        let barred = self.measures.bar().filter(|_| look.open).map(told).transpose()?;
        let warning = self.measures.warning().map(told).transpose()?;
        let form = (look.open && barred.is_none()).then(|| fresh_form(look, story, self.name.clone(), warning));
        let own = self.own.iter().map(|own| own::render(look, own)).collect::<Result<_, _>>()?;
        Rendered::of(&Top { t: look.t, look, form: form.transpose()?, barred, own })
    }
}

/// With a name to sign with, where one is known.
fn fresh_form(
    look: &Look,
    story: &Published,
    name: String,
    warning: Option<Rendered>,
) -> Result<Rendered, askama::Error> {
    let typed = CommentForm { name, ..CommentForm::default() };
    let action = format!("{}/comments", look.address);
    let (story, problems, accounts) = (story.id, Vec::new(), look.accounts);
    Rendered::of(&FormView { t: look.t, action: &action, story, typed, problems, warning, accounts })
}
