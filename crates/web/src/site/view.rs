//! The lines of head and foot, as a page shows them.

use super::Site;
use crate::layout::{Frame, address};
use newsroom::site::{MenuLine, Service, Target};

/// A line that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteLine {
    /// Where.
    pub href: String,
    /// What it says.
    pub words: String,
    /// To another site.
    pub leaves: bool,
    /// The page that is shown belongs there.
    pub is_here: bool,
}

/// Lines under a title, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Above them.
    pub title: String,
    /// The lines.
    pub lines: Vec<SiteLine>,
}

impl Frame {
    /// The lines of the head, where editors chose them; none: the sections.
    pub fn header_lines(&self) -> Vec<SiteLine> {
        self.site.menus.header.iter().filter_map(|line| self.line(line)).collect()
    }

    /// The columns of the foot, where editors chose them; none: the paper's pages.
    pub fn footer_columns(&self) -> Vec<Lines> {
        let lines = |lines: &[MenuLine]| lines.iter().filter_map(|line| self.line(line)).collect();
        let columns = self.site.menus.footer.iter();
        columns.map(|column| Lines { title: column.title.clone(), lines: lines(&column.lines) }).collect()
    }

    /// Where else the paper is: words and address.
    pub fn social_links(&self) -> Vec<(String, &str)> {
        let social = self.site.menus.social.iter();
        social.map(|link| (self.service_words(link.service), link.address.as_str())).collect()
    }

    /// A service by its name.
    pub fn service_words(&self, service: Service) -> String {
        self.t.s(&format!("social.{}", service.key()))
    }

    /// Paragraphs in the foot.
    pub fn footer_text(&self) -> impl Iterator<Item = &str> {
        self.site.menus.footer_text.lines().filter(|line| !line.is_empty())
    }

    /// Where own style rules are.
    pub fn own_css(&self) -> Option<String> {
        Site::css_address(&self.site)
    }

    /// A line as it is shown; nothing where its section or page is gone.
    fn line(&self, line: &MenuLine) -> Option<SiteLine> {
        let (href, named) = match &line.target {
            Target::Section(slug) => {
                let section = self.sections.iter().find(|section| section.slug == *slug)?;
                (address::section(slug), section.name.clone())
            }
            Target::Page(slug) => {
                let (_, title) = self.pages.iter().find(|(page, _)| page == slug)?;
                (address::page(slug), title.clone())
            }
            Target::Path(path) => (path.clone(), path.clone()),
            Target::Address(address) => (address.clone(), address.clone()),
        };
        let is_here = matches!(&line.target, Target::Section(slug) if self.is_here(slug));
        let words = line.label.words(self.t.language()).map_or(named, str::to_owned);
        Some(SiteLine { href, words, leaves: matches!(line.target, Target::Address(_)), is_here })
    }
}
