//! What an editor types about another site.

use crate::app::App;
use crate::error::PageError;
use newsroom::SectionId;
use newsroom::outside::{MOST_LINES, Pages, Rules};
use newsroom::section::Section;
use newsroom::story::CommentPolicy;
use serde::Deserialize;
use std::collections::BTreeSet;
use store::outside::{OtherSite, SaidOfSite};

/// The longest name, in letters.
const MOST_NAME: usize = 100;
/// The longest name of a query that is kept, in bytes.
const MOST_KEPT: usize = 60;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SiteForm {
    pub name: String,
    /// A host, or a host and the beginning of a path, a line each.
    pub pages: String,
    /// Names of the query, parted by spaces or commas.
    pub keep: String,
    pub policy: String,
    pub section: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No name, or one that is too long.
    Name,
    /// Another site has it.
    Taken,
    /// No line of pages, or too many.
    NoPages,
    /// A line that is no host.
    Line(String),
    /// Too many names of the query, or one that is too long.
    Keep,
}

impl Problem {
    /// Its sentence.
    pub fn words(&self, t: &crate::words::Words) -> String {
        match self {
            Self::Name => t.s("embeds.problem.name"),
            Self::Taken => t.s("embeds.problem.taken"),
            Self::NoPages => t.s("embeds.problem.no-pages"),
            Self::Line(line) => t.with("embeds.problem.line", 1, &[("line", line)]),
            Self::Keep => t.s("embeds.problem.keep"),
        }
    }
}

impl SiteForm {
    /// The form as it is filled in for a site that is there.
    pub fn of(site: &OtherSite) -> Self {
        let lines: Vec<String> = site.said.rules.pages.iter().map(Pages::line).collect();
        let keep: Vec<&str> = site.said.rules.keep.iter().map(String::as_str).collect();
        Self {
            name: site.said.name.clone(),
            pages: lines.join("\n"),
            keep: keep.join(" "),
            policy: site.said.policy.key().to_owned(),
            section: site.said.section.map(SectionId::short).unwrap_or_default(),
        }
    }

    /// What is to hold, or everything that is wrong.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn check(&self, app: &App) -> Result<Result<SaidOfSite, Vec<Problem>>, PageError> {
        let sections = app.store.sections().await?;
        let name = arabic::clean::line(&self.name.replace('\0', ""));
        let name = Some(name).filter(|name| !name.is_empty() && name.chars().count() <= MOST_NAME);
        let (pages, keep) = (self.pages(), self.keep());
        let policy = CommentPolicy::from_key(&self.policy).ok_or(PageError::BadRequest("no such policy"))?;
        let section = SectionId::from_short(&self.section);
        let section = section.filter(|id| sections.iter().any(|section| section.id == *id));
        Ok(match (name.ok_or(Problem::Name), pages, keep) {
            (Ok(name), Ok(pages), Ok(keep)) => Ok(SaidOfSite { name, rules: Rules { pages, keep }, policy, section }),
            (name, pages, keep) => Err([name.err(), pages.err(), keep.err()].into_iter().flatten().collect()),
        })
    }

    fn pages(&self) -> Result<Vec<Pages>, Problem> {
        let lines: Vec<&str> = self.pages.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() || lines.len() > MOST_LINES {
            return Err(Problem::NoPages);
        }
        lines.into_iter().map(|line| Pages::read(line).ok_or_else(|| Problem::Line(line.to_owned()))).collect()
    }

    fn keep(&self) -> Result<BTreeSet<String>, Problem> {
        let cut = |sign: char| sign.is_whitespace() || ",،".contains(sign);
        let names: BTreeSet<String> = self.keep.split(cut).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let fits = names.len() <= MOST_LINES && names.iter().all(|name| name.len() <= MOST_KEPT);
        if fits && !self.keep.contains('\0') { Ok(names) } else { Err(Problem::Keep) }
    }

    /// This is the section in the form.
    pub fn is_in(&self, section: &Section) -> bool {
        self.section == section.id.short()
    }
}
