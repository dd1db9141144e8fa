//! Everybody, and the form by which somebody is invited.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::guard::{Member, Owner};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::State;
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Role};
use newsroom::section::Section;
use store::people::StaffLine;

/// Lines of the log that the page shows.
const LATELY: u32 = 30;

#[derive(Template)]
#[template(path = "staff_desk/list.html")]
struct List {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    lately: Vec<String>,
    typed: Typed,
    problems: Vec<String>,
    proven: bool,
}

struct Line {
    line: StaffLine,
    role: String,
    sections: Vec<String>,
    seen: Option<String>,
}

/// What was typed and could not be kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Option<Role>,
    pub(super) sections: Vec<newsroom::SectionId>,
}

/// `GET /desk/staff`.
pub async fn list(owner: Owner, State(app): State<App>) -> Answer {
    page(&app, &owner, Typed::default(), Vec::new()).await
}

pub(super) async fn page(app: &App, owner: &Member, typed: Typed, problems: Vec<String>) -> Answer {
    let (frame, shell) = Shell::of_member(app, owner, "staff").await?;
    let all = app.store.staff_lines(app.issuer()).await?;
    let log = app.store.staff_log(LATELY).await?;
    let lately = log.iter().map(|happening| said(app, &frame, &all, happening)).collect();
    let proven = owner.is_proven(frame.now) || !app.store.keys_of(owner.staff.id).await?.any(app.issuer());
    let lines = all.into_iter().map(|line| Line::new(&frame, line)).collect();
    Page::private(&List { frame, shell, lines, lately, typed, problems, proven })
}

impl Line {
    fn new(frame: &Frame, line: StaffLine) -> Self {
        let bound = line.staff.bound_to().unwrap_or_default();
        let named = |id: &newsroom::SectionId| {
            frame.sections.iter().find(|section| section.id == *id).map(|section| section.name.clone())
        };
        Self {
            role: frame.t.s(&format!("role.{}", line.staff.role.key())),
            sections: bound.iter().filter_map(named).collect(),
            seen: line.seen_at.map(|at| frame.date(at)),
            line,
        }
    }
}

/// What happened, in a sentence: when, who, what.
fn said(app: &App, frame: &Frame, all: &[StaffLine], happening: &Happening) -> String {
    let by = match happening.by {
        Actor::Staff(id) => all.iter().find(|line| line.staff.id == id).map(|line| line.staff.name.clone()),
        Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => None,
    };
    let by = by.unwrap_or_else(|| frame.t.s("staff.log.program"));
    let (name, role, key) = match &happening.what {
        What::StaffAdded { name }
        | What::StaffDisabled { name }
        | What::StaffEnabled { name }
        | What::StaffLinked { name }
        | What::SignInRefused { name }
        | What::SessionsEnded { name } => (name.as_str(), String::new(), happening.what.key().to_owned()),
        What::StaffPlaced { name, role, .. } => {
            (name.as_str(), frame.t.s(&format!("role.{}", role.key())), "staff-placed".to_owned())
        }
        What::SignInChanged { change } => ("", String::new(), format!("sign-in-changed.{}", change.key())),
        other => ("", String::new(), other.key().to_owned()),
    };
    let time = when(&frame.t, &app.paper, happening.at);
    let texts = [("by", by.as_str()), ("name", name), ("role", &role), ("time", &time)];
    frame.t.with(&format!("staff.log.{key}"), 1, &texts)
}

impl List {
    fn roles(&self) -> [Role; 5] {
        Role::ALL
    }

    fn role_words(&self, role: &Role) -> String {
        self.frame.t.s(&format!("role.{}", role.key()))
    }

    fn is_role(&self, role: &Role) -> bool {
        self.typed.role.unwrap_or(Role::Moderator) == *role
    }

    fn is_ticked(&self, section: &Section) -> bool {
        self.typed.sections.contains(&section.id)
    }
}
