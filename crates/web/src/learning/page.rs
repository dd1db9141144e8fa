//! The page: what is used, what was taught, before and after, and who switched what.

use super::shown::{HeadWords, least, sentences};
use crate::app::App;
use crate::comments::when;
use crate::desk::{Shell, excerpt};
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::State;
use moderation::Advice;
use newsroom::LayerId;
use newsroom::learning::Moved;
use serde::Deserialize;
use store::learning::{LayerLine, LearningRun, LearningVersion, RunState, Used};

/// Layers and versions on the page.
const SHOWN: u32 = 20;

#[derive(Template)]
#[template(path = "learning/page.html")]
struct LearningPage {
    frame: Frame,
    shell: Shell,
    used: Used,
    was: String,
    why: String,
    unusable: bool,
    run: Option<LearningRun>,
    open: bool,
    layers: Vec<Layer>,
    newest: Option<Newest>,
    versions: Vec<(LearningVersion, String)>,
    notice: Option<String>,
}

/// A layer in the list.
struct Layer {
    id: LayerId,
    /// When, by whom, by how many decisions.
    words: String,
    /// It was taught over heads that this program does not have.
    of_other_heads: bool,
}

/// Before and after of the layer that was taught last.
struct Newest {
    measured: String,
    heads: Vec<HeadWords>,
    raised: u64,
    lowered: u64,
    all: u64,
    moved: Vec<MovedCard>,
}

/// A comment that would stand elsewhere.
struct MovedCard {
    moved: Moved,
    step: String,
    name: String,
    headline: String,
    excerpt: String,
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    pub(super) was: String,
    pub(super) layer: String,
    pub(super) weekly: String,
    pub(super) suggestions: String,
    pub(super) why: String,
}

/// `GET /desk/learning`.
pub async fn show(editor: ManagingEditor, State(app): State<App>) -> Answer {
    page(&app, &editor, Sent::default(), None).await
}

/// The page, with what was typed where a form comes back.
///
/// # Errors
/// When the store cannot answer.
pub async fn page(app: &App, editor: &ManagingEditor, sent: Sent, notice: Option<&str>) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "learning").await?;
    let (versions, lines) = (app.store.learnings(SHOWN).await?, app.store.layers(SHOWN).await?);
    let holds = versions.first().map(|version| version.used).unwrap_or_default();
    let was = versions.first().map(|version| version.id.short()).unwrap_or_default();
    let run = app.store.learning_run().await?;
    let timed = |version: LearningVersion| {
        let at = when(&frame.t, &app.paper, version.at);
        (version, at)
    };
    let heads = format!("{:016x}", app.models.fingerprint());
    let page = LearningPage {
        open: run.is_some_and(|run| run.is_open(app.now())),
        newest: match lines.first() {
            Some(line) => Some(Newest::of(app, &frame, line).await?),
            None => None,
        },
        layers: lines.iter().map(|line| Layer::of(app, &frame, line, &heads)).collect(),
        used: sent.used().unwrap_or(holds),
        versions: versions.into_iter().map(timed).collect(),
        unusable: app.own.is_unusable(),
        notice: notice.map(|key| frame.t.s(key)),
        why: sent.why,
        frame,
        shell,
        was,
        run,
    };
    Page::private(&page)
}

impl Sent {
    /// As it was ticked; none where nothing was sent.
    fn used(&self) -> Option<Used> {
        let layer = match self.layer.as_str() {
            "" => return None,
            id => LayerId::from_short(id),
        };
        Some(Used { layer, weekly: !self.weekly.is_empty(), suggestions: !self.suggestions.is_empty() })
    }
}

impl Layer {
    fn of(app: &App, frame: &Frame, line: &LayerLine, heads: &str) -> Self {
        let (t, time) = (&frame.t, when(&frame.t, &app.paper, line.at));
        let by = if line.by_name.is_empty() { t.s("learning.by-clock") } else { line.by_name.clone() };
        let words = t.with("learning.layer", line.decisions, &[("time", &time), ("name", &by)]);
        Self { id: line.id, words, of_other_heads: line.heads != heads }
    }
}

impl Newest {
    async fn of(app: &App, frame: &Frame, line: &LayerLine) -> Result<Self, PageError> {
        let (t, report) = (&frame.t, &line.report);
        let which = report.moved.iter().map(|moved| (moved.story, moved.comment)).collect();
        let judged = app.store.judged_of(which).await?;
        // Where the words had their time there is nothing left to show.
        let cards = judged.into_iter().filter(|comment| !comment.text.is_empty()).filter_map(|comment| {
            let moved = *report.moved.iter().find(|moved| moved.comment == comment.comment)?;
            let (name, headline, excerpt) = (comment.name, comment.headline, excerpt(&comment.text));
            Some(MovedCard { step: step(frame, &moved), moved, name, headline, excerpt })
        });
        Ok(Self {
            measured: t.with("learning.last", report.measured, &[("taught", &t.number(report.taught))]),
            heads: sentences(t, report),
            raised: report.raised,
            lowered: report.lowered,
            all: report.measured,
            moved: cards.collect(),
        })
    }
}

/// From one advice to another, with the places in the queue.
fn step(frame: &Frame, moved: &Moved) -> String {
    let t = &frame.t;
    let side = |(advice, priority): (Advice, u16)| {
        format!("{} ({})", t.s(&format!("advice.{}", advice.name())), t.number(priority))
    };
    t.with("rules.moves", 1, &[("was", &side(moved.was)), ("now", &side(moved.now))])
}

impl LearningPage {
    fn is_used(&self, layer: &Layer) -> bool {
        self.used.layer == Some(layer.id)
    }

    fn least(&self) -> String {
        least(&self.frame.t)
    }

    /// How the last time went, where that is worth a word.
    fn went(&self) -> Option<String> {
        let run = self.run.filter(|_| !self.open)?;
        match run.state {
            RunState::TooFew => Some(self.frame.t.s("learning.run.too-few")),
            RunState::Done => None,
            RunState::Failed | RunState::Asked | RunState::Running => Some(self.frame.t.s("learning.run.failed")),
        }
    }

    fn steps(&self) -> (u64, u64) {
        self.run.map(|run| run.steps).unwrap_or_default()
    }

    fn progress(&self) -> String {
        let (done, all) = self.steps();
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(0);
        self.frame.t.n("learning.progress", percent)
    }

    /// What a version switched, in words.
    fn switched(&self, version: &LearningVersion) -> String {
        let t = &self.frame.t;
        let layer = match version.used.layer.and_then(|id| self.layers.iter().find(|layer| layer.id == id)) {
            Some(layer) => layer.words.clone(),
            None if version.used.layer.is_some() => t.s("learning.older"),
            None => t.s("learning.none-used"),
        };
        let weekly = version.used.weekly.then(|| t.s("learning.weekly"));
        let suggestions = version.used.suggestions.then(|| t.s("learning.suggestions"));
        [Some(layer), weekly, suggestions].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
