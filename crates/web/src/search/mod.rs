//! What readers look for: `/search`, in public stories and in public comments. What is asked stands in the address, works
//! without a script, and is kept by nobody on the way: no tag says when a result has changed.

mod form;
mod hits;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::PageError;
use crate::guard::SearchPace;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use form::SearchForm;
use hits::{CommentHit, StoryHit};
use store::search::{Asked, How};

/// Results on a page.
const AT_ONCE: u32 = 20;

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    frame: Frame,
    form: SearchForm,
    wrong: Vec<String>,
    /// Something was asked and looked for.
    is_asked: bool,
    /// What was found by other words than those that were asked: the words, and their address.
    meant: Option<(String, String)>,
    /// None had every word.
    only_some: bool,
    stories: Vec<StoryHit>,
    comments: Vec<CommentHit>,
    next: Option<String>,
}

/// `GET /search`.
pub async fn show(_: SearchPace, Query(form): Query<SearchForm>, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app.for_everybody(), app.now()).await?;
    let page = SearchPage::of(frame, form);
    match page.form.read(&page.frame) {
        Err(wrong) => Ok(Page::private(&SearchPage { wrong, ..page })?.with_status(StatusCode::UNPROCESSABLE_ENTITY)),
        Ok(asked) if asked.query.is_empty() => Page::private(&page),
        Ok(asked) if page.form.is_for_comments() => Page::private(&page.with_comments(&asked).await?),
        Ok(asked) => Page::private(&page.with_stories(&asked).await?),
    }
}

impl SearchPage {
    fn of(frame: Frame, form: SearchForm) -> Self {
        Self {
            frame,
            form,
            wrong: Vec::new(),
            is_asked: false,
            meant: None,
            only_some: false,
            stories: Vec::new(),
            comments: Vec::new(),
            next: None,
        }
    }

    async fn with_stories(self, asked: &Asked) -> Result<Self, PageError> {
        let (app, before) = (&self.frame.app, self.form.story_before()?);
        let near = app.meaning.found(&asked.query).await;
        let found = app.store.search_stories_near(asked, &near, before, AT_ONCE).await?;
        let query = found.query;
        let stories = found.stories.into_iter().map(|story| StoryHit::new(&self.frame, &query, story)).collect();
        let next = found.next.map(|(rank, story)| self.form.after(&format!("{rank}-{}", story.short())));
        let meant = (found.how == How::PutRight).then(|| (query.typed.clone(), self.form.with_words(&query.typed)));
        Ok(Self { is_asked: true, only_some: found.how == How::SomeWords, meant, stories, next, ..self })
    }

    async fn with_comments(self, asked: &Asked) -> Result<Self, PageError> {
        let found = self.frame.app.store.search_comments(asked, self.form.comment_before()?, AT_ONCE).await?;
        let hits = found.comments.into_iter();
        let comments = hits.filter_map(|found| CommentHit::new(&self.frame, &asked.query, found)).collect();
        let next = found.next.map(|comment| self.form.after(&comment.short()));
        Ok(Self { is_asked: true, comments, next, ..self })
    }

    fn title(&self) -> String {
        let words = self.form.q.trim();
        if words.is_empty() || !self.wrong.is_empty() {
            return self.frame.t.s("search.title");
        }
        self.frame.t.with("search.title-of", 1, &[("words", words)])
    }

    fn is_first(&self) -> bool {
        self.form.after.is_empty()
    }

    /// Something was filled in, but no word to look for.
    fn lacks_a_word(&self) -> bool {
        !self.is_asked && self.wrong.is_empty() && (!self.form.q.trim().is_empty() || self.form.is_narrow())
    }

    fn has_none(&self) -> bool {
        self.is_asked && self.stories.is_empty() && self.comments.is_empty()
    }

    /// The picture's address: its smallest width.
    fn picture(&self, picture: &newsroom::body::Picture) -> String {
        address::smallest(&picture.file, &picture.size)
    }
}
