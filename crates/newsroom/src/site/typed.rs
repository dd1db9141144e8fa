//! Menus as somebody typed them, and what is wrong with them.

use super::address::{Https, is_own_path};
use super::{COLUMNS, Column, Label, MOST_FOOTER, MOST_HEADER, MenuLine, Menus, Service, Social, Target};
use arabic::clean;
use arabic::runs::clusters;
use std::collections::BTreeMap;

/// Grapheme clusters of a line's words, and of a column's title.
const MOST_LABEL: usize = 40;
/// The same of the words in the foot.
const MOST_TEXT: usize = 600;

/// A line of a menu as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedLine {
    /// By the tag of a language.
    pub labels: BTreeMap<String, String>,
    /// `section`, `page`, `path`, `address`.
    pub kind: String,
    /// The slug, path or address.
    pub to: String,
    /// Of a line of the foot: which column, from 0.
    pub column: usize,
}

/// Menus as a form has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedMenus {
    /// Lines of the head, in their order.
    pub header: Vec<TypedLine>,
    /// Lines of the foot, in their order.
    pub footer: Vec<TypedLine>,
    /// Titles of the columns.
    pub titles: Vec<String>,
    /// Words in the foot.
    pub text: String,
    /// Addresses at services.
    pub social: Vec<(Service, String)>,
}

/// What there is to lead to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Slugs of sections.
    pub sections: &'a [String],
    /// Slugs of pages.
    pub pages: &'a [String],
}

/// Where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuField {
    /// The head as a whole.
    Header,
    /// A line of the head, from 0.
    HeaderLine(usize),
    /// The foot as a whole.
    Footer,
    /// A line of the foot, from 0.
    FooterLine(usize),
    /// The title of a column, from 0.
    Title(usize),
    /// Words in the foot.
    Text,
    /// The address at a service.
    Social(Service),
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuProblem {
    /// So many lines too many.
    TooMany(usize),
    /// A path or an address has no name of its own to be shown by.
    NoLabel,
    /// So many grapheme clusters too many.
    TooLong(usize),
    /// There is no such section.
    NoSuchSection,
    /// There is no such page.
    NoSuchPage,
    /// No path of the paper that readers may open.
    NoPath,
    /// No address over a secure line.
    NoAddress,
    /// No address at that service.
    OtherHost,
}

impl TypedLine {
    /// A line that was kept, to be typed over.
    pub fn of(line: &MenuLine, column: usize) -> Self {
        let (kind, to) = (line.target.kind().to_owned(), line.target.to().to_owned());
        Self { labels: line.label.0.clone(), kind, to, column }
    }

    /// Nothing was typed into it.
    pub fn is_blank(&self) -> bool {
        self.to.trim().is_empty() && self.labels.values().all(|label| label.trim().is_empty())
    }

    fn read(&self, known: Known<'_>) -> Result<MenuLine, MenuProblem> {
        let mut labels = BTreeMap::new();
        for (tag, label) in &self.labels {
            let label = clean::line(label);
            let over = clusters(&label).saturating_sub(MOST_LABEL);
            if over > 0 {
                return Err(MenuProblem::TooLong(over));
            }
            if clean::visible(&label) {
                labels.insert(tag.clone(), label);
            }
        }
        let to = self.to.trim().to_owned();
        let target = match self.kind.as_str() {
            "section" if known.sections.contains(&to) => Target::Section(to),
            "section" => return Err(MenuProblem::NoSuchSection),
            "page" if known.pages.contains(&to) => Target::Page(to),
            "page" => return Err(MenuProblem::NoSuchPage),
            "path" if is_own_path(&to) => Target::Path(to),
            "path" => return Err(MenuProblem::NoPath),
            _ if Https::read(&to).is_some() => Target::Address(to),
            _ => return Err(MenuProblem::NoAddress),
        };
        let has_a_name = matches!(target, Target::Section(_) | Target::Page(_));
        if labels.is_empty() && !has_a_name {
            return Err(MenuProblem::NoLabel);
        }
        Ok(MenuLine { label: Label(labels), target })
    }
}

impl TypedMenus {
    /// What was kept, to be typed over.
    pub fn of(menus: &Menus) -> Self {
        let columns = menus.footer.iter().enumerate();
        let footer = columns.flat_map(|(at, column)| column.lines.iter().map(move |line| TypedLine::of(line, at)));
        Self {
            header: menus.header.iter().map(|line| TypedLine::of(line, 0)).collect(),
            footer: footer.collect(),
            titles: menus.footer.iter().map(|column| column.title.clone()).collect(),
            text: menus.footer_text.clone(),
            social: menus.social.iter().map(|social| (social.service, social.address.clone())).collect(),
        }
    }

    /// Checks what was typed, and says everything that is wrong. Blank lines and services are left out.
    ///
    /// # Errors
    /// Where what is wrong.
    pub fn read(&self, known: Known<'_>) -> Result<Menus, Vec<(MenuField, MenuProblem)>> {
        let mut problems = Vec::new();
        let header = lines(&self.header, known, MenuField::HeaderLine, &mut problems);
        let header: Vec<MenuLine> = header.into_iter().map(|(_, line)| line).collect();
        let footer = lines(&self.footer, known, MenuField::FooterLine, &mut problems);
        for (field, count, most) in
            [(MenuField::Header, header.len(), MOST_HEADER), (MenuField::Footer, footer.len(), MOST_FOOTER)]
        {
            if count > most {
                problems.push((field, MenuProblem::TooMany(count - most)));
            }
        }
        let titles: Vec<String> = self.titles.iter().map(|title| clean::line(title)).collect();
        for (at, title) in titles.iter().enumerate() {
            too_long(title, MOST_LABEL, MenuField::Title(at), &mut problems);
        }
        let footer_text = clean::lines(&self.text);
        too_long(&footer_text, MOST_TEXT, MenuField::Text, &mut problems);
        let social = self.social_links(&mut problems);
        let footer = columns(titles, footer);
        if problems.is_empty() { Ok(Menus { header, footer, footer_text, social }) } else { Err(problems) }
    }

    fn social_links(&self, problems: &mut Vec<(MenuField, MenuProblem)>) -> Vec<Social> {
        let mut links = Vec::new();
        for service in Service::ALL {
            let typed = self.social.iter().find(|(of, _)| *of == service).map_or("", |(_, address)| address.trim());
            match typed {
                "" => {}
                address if service.is_at(address) => links.push(Social { service, address: address.to_owned() }),
                _ => problems.push((MenuField::Social(service), MenuProblem::OtherHost)),
            }
        }
        links
    }
}

impl MenuProblem {
    /// The end of its key in the locales (`menus.problem.…`), and the count that goes with it.
    pub fn key(self) -> (&'static str, usize) {
        match self {
            Self::TooMany(over) => ("too-many", over),
            Self::NoLabel => ("no-label", 1),
            Self::TooLong(over) => ("too-long", over),
            Self::NoSuchSection => ("no-such-section", 1),
            Self::NoSuchPage => ("no-such-page", 1),
            Self::NoPath => ("no-path", 1),
            Self::NoAddress => ("no-address", 1),
            Self::OtherHost => ("other-host", 1),
        }
    }
}

/// Those lines that are right, each with its column.
fn lines(
    typed: &[TypedLine],
    known: Known<'_>,
    field: fn(usize) -> MenuField,
    problems: &mut Vec<(MenuField, MenuProblem)>,
) -> Vec<(usize, MenuLine)> {
    let mut read = Vec::new();
    for (at, line) in typed.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        match line.read(known) {
            Ok(kept) => read.push((line.column.min(COLUMNS - 1), kept)),
            Err(problem) => problems.push((field(at), problem)),
        }
    }
    read
}

fn too_long(text: &str, most: usize, field: MenuField, problems: &mut Vec<(MenuField, MenuProblem)>) {
    let over = clusters(text).saturating_sub(most);
    if over > 0 {
        problems.push((field, MenuProblem::TooLong(over)));
    }
}

/// Lines in their columns; those at the end without a line are left out, those before stay where they are.
fn columns(titles: Vec<String>, lines: Vec<(usize, MenuLine)>) -> Vec<Column> {
    let mut titles = titles.into_iter();
    let mut columns: Vec<Column> =
        (0..COLUMNS).map(|_| Column { title: titles.next().unwrap_or_default(), lines: Vec::new() }).collect();
    for (at, line) in lines {
        if let Some(column) = columns.get_mut(at) {
            column.lines.push(line);
        }
    }
    while columns.last().is_some_and(|last| last.lines.is_empty()) {
        columns.pop();
    }
    columns
}
