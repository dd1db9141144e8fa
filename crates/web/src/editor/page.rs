//! `GET /desk/stories/{id}/edit`: where a story is written. It works as plain boxes; the page's script puts the editor in
//! place of the largest of them.

use super::chosen::language_words;
use super::form::{FormProblem, StoryForm};
use super::guard::Written;
use super::linked::Linked;
use super::taken_up;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::guard::{Member, Writer};
use crate::layout::Frame;
use crate::newsroom_desk::Notes;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::State;
use newsroom::body::Amended;
use newsroom::section::Section;
use newsroom::story::{CommentPolicy, Story, StoryKind, StoryLanguage};
use newsroom::{StoryId, Timestamp};
use store::stories::OnDesk;

/// What the page has to say about what was sent.
#[derive(Debug, Clone, Default)]
pub struct Trouble {
    /// Why it was not kept.
    pub problems: Vec<FormProblem>,
    /// What was kept otherwise than it was sent.
    pub amended: Vec<Amended>,
    /// A colleague kept another text meanwhile.
    pub overtaken: bool,
}

#[derive(Template)]
#[template(path = "editor/page.html")]
struct EditPage {
    frame: Frame,
    shell: Shell,
    id: StoryId,
    typed: StoryForm,
    /// What is known of its pictures.
    pictures: String,
    /// Those that whoever writes may choose from.
    sections: Vec<Section>,
    is_draft: bool,
    /// What readers have, while another text waits here.
    pending: bool,
    problems: Vec<String>,
    amended: Vec<&'static str>,
    /// Who kept another text, when it was another than the one that this was made from.
    overtaken_by: Option<(String, String)>,
    /// What they wrote, to be compared.
    theirs: Vec<super::diff::Part>,
    saved: Option<String>,
    notes: Notes,
    /// Those that are offered, and its own.
    languages: Vec<StoryLanguage>,
    policies: [CommentPolicy; 4],
    kinds: [StoryKind; 7],
    /// The story that what is kept of it answers.
    linked: Option<Linked>,
    /// Why the one that was typed is none.
    link_problem: Option<String>,
}

/// `GET /desk/stories/{id}/edit`.
pub async fn show(writer: Writer, story: Written, State(app): State<App>) -> Answer {
    let mut typed = StoryForm::of(&story.0, policy(&story.0));
    if let Some(name) = taken_up::name_above(&writer, &story.0) {
        typed.typed.bylines = name;
    }
    again(&app, &writer, story.0, typed, Trouble::default()).await
}

/// The page with what was typed.
pub(super) async fn again(app: &App, member: &Member, story: OnDesk, mut typed: StoryForm, trouble: Trouble) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "stories").await?;
    let said = |at: Timestamp| when(&frame.t, &app.paper, at);
    let sections = frame
        .sections
        .iter()
        .filter(|section| member.staff.answers_for(Some(section.id)) || story.text.section == Some(section.id));
    if typed.body.is_none() {
        // Sent without the script: what the script is handed is made of the same text.
        typed.body = serde_json::to_string(&newsroom::body::read_text_form(&typed.text).0).ok();
    }
    let theirs = match trouble.overtaken {
        true => super::diff::of_bodies(&story.text.body, typed.body.as_deref()),
        false => Vec::new(),
    };
    let notes = Notes::open(app, &frame.t, &story, typed.note.typed().2).await?;
    let link_problem = trouble.problems.iter().find(|problem| matches!(problem, FormProblem::Linked(_)));
    let page = EditPage {
        notes,
        pictures: super::pictured::known(app, &story.text).await?,
        linked: Linked::of(app, member, &story.text).await?,
        link_problem: link_problem.map(|problem| problem.words(&frame.t)),
        id: story.story.id(),
        sections: sections.cloned().collect(),
        is_draft: matches!(story.story, Story::Draft(_)),
        pending: story.pending,
        problems: trouble.problems.iter().map(|problem| problem.words(&frame.t)).collect(),
        amended: trouble.amended.iter().map(|what| what.key()).collect(),
        saved: story
            .saved
            .as_ref()
            .map(|(name, at)| frame.t.with("writing.saved-by", 1, &[("name", name), ("time", &said(*at))])),
        overtaken_by: story.saved.filter(|_| trouble.overtaken).map(|(name, at)| (name, said(at))),
        theirs,
        languages: languages(&typed),
        policies: CommentPolicy::ALL,
        kinds: StoryKind::ALL,
        typed,
        frame,
        shell,
    };
    Page::private(&page)
}

/// What readers will be allowed to do under it, or are.
pub(super) fn policy(story: &OnDesk) -> CommentPolicy {
    match &story.story {
        Story::Draft(draft) => draft.comments,
        Story::Published(published) => published.comments,
        Story::Withdrawn(withdrawn) => withdrawn.was.comments,
    }
}

fn languages(form: &StoryForm) -> Vec<StoryLanguage> {
    let own = StoryLanguage::from_tag(&form.typed.language).filter(|own| !own.is_offered());
    StoryLanguage::offered().chain(own).collect()
}

impl EditPage {
    fn body(&self) -> &str {
        self.typed.body.as_deref().unwrap_or("[]")
    }

    /// Which way the story runs.
    fn dir(&self) -> &'static str {
        StoryLanguage::from_tag(&self.typed.typed.language).unwrap_or_default().dir()
    }

    fn language_words(&self, language: &StoryLanguage) -> String {
        language_words(&self.frame.t, language)
    }

    fn policy_words(&self, policy: &CommentPolicy) -> String {
        self.frame.t.s(&format!("desk.policy.{}", policy.key()))
    }

    fn kind_words(&self, kind: &StoryKind) -> String {
        self.frame.t.s(&format!("kind.{}", kind.key()))
    }

    fn has_section(&self, section: &Section) -> bool {
        self.typed.typed.section == section.id.short()
    }
}
