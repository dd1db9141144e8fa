//! One picture: what is said about it, what is seen of it where it is cut, and the stories in which it stands.

use super::rights::day;
use super::used::Used;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, Writer};
use crate::layout::Frame;
use crate::listing::card::focus;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::StoryId;
use newsroom::people::May;
use serde::Deserialize;
use store::pictures::{LibraryPicture, PictureWords};

/// Letters of each field.
const MOST_LETTERS: usize = 1_000;
/// Stories of its list.
const USES_AT_ONCE: u32 = 40;

/// What is said about a picture, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WordsForm {
    alt: String,
    caption: String,
    credit: String,
    holder: String,
    rights_until: String,
    /// The last day as the page showed it.
    day_read: Option<String>,
    focus_x: String,
    focus_y: String,
}

/// Which part of the list of its stories, and what was just done.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OneQuery {
    before: Option<String>,
    /// Stories in which another one stands in its place now, and those that hold it still.
    replaced: Option<u32>,
    /// Those of the latter that a reason of law keeps as they are.
    held: Option<u32>,
}

/// What the page has to say about what was sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// What was typed about the picture, when it was not kept.
    pub(super) typed: Option<WordsForm>,
    /// Keys of what is wrong.
    pub(super) problems: Vec<&'static str>,
    /// Why it should go, as it was typed.
    pub(super) why: String,
}

#[derive(Template)]
#[template(path = "pictures_desk/one.html")]
struct One {
    frame: Frame,
    shell: Shell,
    picture: LibraryPicture,
    typed: WordsForm,
    problems: Vec<String>,
    used: Vec<Used>,
    next: Option<StoryId>,
    replaced: Option<u32>,
    held: u32,
    /// Who took it down and when, in words.
    taken_down: Option<(String, String)>,
    last_day: String,
    /// Whoever reads this may replace it, take it down and remove it.
    decides: bool,
    why: String,
}

/// `GET /desk/pictures/{name}`.
pub async fn show(
    writer: Writer,
    Path(name): Path<String>,
    Query(query): Query<OneQuery>,
    State(app): State<App>,
) -> Answer {
    page(&app, &writer, &name, (query, Said::default())).await
}

/// `POST /desk/pictures/{name}`: leads back to the picture, or to the form with what was typed.
pub async fn describe(
    writer: Writer,
    Path(name): Path<String>,
    State(app): State<App>,
    Form(form): Form<WordsForm>,
) -> Result<Response, PageError> {
    let picture = app.store.library_picture(&name).await?.ok_or(PageError::NotFound)?;
    let read = form.read().and_then(|words| {
        let words = form.with_day_of(words, &picture.words).ok_or(vec!["picture.day-changed"])?;
        match may_set(&writer, &picture, &words) {
            true => Ok(words),
            false => Err(vec!["picture.rights-by-editors"]),
        }
    });
    match read {
        Ok(words) => {
            let when = (app.today(), app.now());
            let told = app.store.describe_picture(&name, &words, writer.staff.id, when).await?;
            aftermath::tell_each(&app, &told).await;
            Ok(Redirect::to(&format!("/desk/pictures/{}", picture.name)).into_response())
        }
        Err(problems) => {
            // Who was told that the day is another one has read it; nobody else has.
            let form = match problems.contains(&"picture.day-changed") {
                true => WordsForm { day_read: Some(picture.words.rights_until.clone().unwrap_or_default()), ..form },
                false => form,
            };
            let said = Said { typed: Some(form), problems, ..Said::default() };
            let page = again(&app, &writer, &name, said).await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Until when readers are shown a picture that stands in public stories is said by whoever may publish.
fn may_set(member: &Member, picture: &LibraryPicture, words: &PictureWords) -> bool {
    let same = picture.words.rights_until == words.rights_until;
    same || picture.uses.1 == 0 || member.staff.role.may(May::Publish)
}

/// The page with what was typed.
pub(super) async fn again(app: &App, member: &Member, name: &str, said: Said) -> Answer {
    page(app, member, name, (OneQuery::default(), said)).await
}

async fn page(app: &App, member: &Member, name: &str, (query, said): (OneQuery, Said)) -> Answer {
    let picture = app.store.library_picture(name).await?.ok_or(PageError::NotFound)?;
    let (frame, shell) = Shell::of_member(app, member, "pictures").await?;
    let before = query.before.as_deref().and_then(StoryId::from_short);
    let uses = app.store.picture_uses(name, before, USES_AT_ONCE).await?;
    let taken_down = match &picture.taken_down {
        Some(down) => {
            let staff = app.store.staff().await?;
            let by = staff.into_iter().find(|one| Some(one.id) == down.by).map(|one| one.name);
            Some((by.unwrap_or_default(), when(&frame.t, &app.paper, down.at)))
        }
        None => None,
    };
    let one = One {
        problems: said.problems.iter().map(|key| frame.t.s(key)).collect(),
        typed: said.typed.unwrap_or_else(|| WordsForm::of(&picture.words)),
        why: said.why,
        next: uses.last().filter(|_| uses.len() >= USES_AT_ONCE as usize).map(|last| last.story),
        used: uses.into_iter().map(|used| Used::new(&frame, &member.staff, used)).collect(),
        replaced: query.replaced,
        held: query.held.unwrap_or_default(),
        taken_down,
        last_day: day(app, &frame, picture.words.rights_until.as_deref()),
        decides: member.staff.role.may(May::Publish),
        picture,
        frame,
        shell,
    };
    Page::private(&one)
}

impl One {
    /// In how many stories another one was just put in its place, in words.
    fn replaced_words(&self) -> Option<String> {
        self.replaced.map(|n| self.frame.t.n("picture.replaced", n))
    }

    /// Where it is cut, as classes.
    fn focus(&self) -> String {
        focus(self.picture.words.focus)
    }
}

impl WordsForm {
    fn of(words: &PictureWords) -> Self {
        let words = words.clone();
        Self {
            focus_x: words.focus.0.to_string(),
            focus_y: words.focus.1.to_string(),
            day_read: Some(words.rights_until.clone().unwrap_or_default()),
            rights_until: words.rights_until.unwrap_or_default(),
            alt: words.alt,
            caption: words.caption,
            credit: words.credit,
            holder: words.holder,
        }
    }

    /// Whoever did not touch the last day does not put an older one back that a colleague has changed since; nothing where both
    /// have changed it.
    fn with_day_of(&self, typed: PictureWords, kept: &PictureWords) -> Option<PictureWords> {
        let Some(read) = &self.day_read else { return Some(typed) };
        let read = Some(read.clone()).filter(|day| !day.is_empty());
        match (typed.rights_until == read, kept.rights_until == read) {
            (true, _) => Some(PictureWords { rights_until: kept.rights_until.clone(), ..typed }),
            (false, true) => Some(typed),
            (false, false) => (typed.rights_until == kept.rights_until).then_some(typed),
        }
    }

    /// What was typed, or everything that is wrong with it.
    fn read(&self) -> Result<PictureWords, Vec<&'static str>> {
        let western = |text: &str| arabic::digits::to_western(text.trim());
        let mut problems = Vec::new();
        let fields = [&self.alt, &self.caption, &self.credit, &self.holder];
        if fields.iter().any(|text| text.chars().count() > MOST_LETTERS) {
            problems.push("picture.too-long");
        }
        let [alt, caption, credit, holder] = fields.map(|text| arabic::clean::line(&text.replace('\0', "")));
        let day = match western(&self.rights_until).as_str() {
            "" => Ok(None),
            // Kept in one form, for days are compared as text.
            typed => typed.parse::<jiff::civil::Date>().map(|day| Some(day.to_string())),
        };
        if day.is_err() {
            problems.push("picture.no-day");
        }
        let hundredths = |text: &str| western(text).parse().ok().filter(|n| *n <= 100_u8);
        let focus = hundredths(&self.focus_x).zip(hundredths(&self.focus_y));
        if focus.is_none() {
            problems.push("picture.no-focus");
        }
        let rights_until = day.unwrap_or_default();
        match focus.filter(|_| problems.is_empty()) {
            Some(focus) => Ok(PictureWords { alt, caption, credit, holder, rights_until, focus }),
            None => Err(problems),
        }
    }
}
