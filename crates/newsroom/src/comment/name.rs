//! The name a visitor signs with.

use arabic::fold::{Level, folded};

/// Most grapheme clusters of a name.
const MOST_CLUSTERS: usize = 50;

/// Letters of the name that somebody from another server has there, and bytes of the parts of a handle, at most.
const MOST_CALLED: usize = 40;
const MOST_USER: usize = 64;
const MOST_HOST: usize = 120;

/// A cleaned name: letters of any script, marks, digits, spaces and a few signs that stand in names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing readable in it.
    Missing,
    /// More than 50 grapheme clusters.
    TooLong,
    /// Signs that do not stand in names.
    Signs,
    /// It looks like the name of somebody who works here.
    Reserved,
}

impl NameProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "name.missing",
            Self::TooLong => "name.too-long",
            Self::Signs => "name.signs",
            Self::Reserved => "name.reserved",
        }
    }
}

impl DisplayName {
    /// Cleans and checks a name. `reserved` are the names of the staff and the paper: a name that looks like one of them
    /// after folding (hamza, ى/ي, look-alike letters of other scripts, spaces) is not taken.
    pub fn new<'a>(typed: &str, reserved: impl IntoIterator<Item = &'a str>) -> Result<Self, NameProblem> {
        let name = arabic::clean::line(typed);
        let looks = folded(&name, Level::Name);
        if looks.is_empty() {
            return Err(NameProblem::Missing);
        }
        if arabic::runs::clusters(&name) > MOST_CLUSTERS {
            return Err(NameProblem::TooLong);
        }
        if !name.chars().all(stands_in_names) {
            return Err(NameProblem::Signs);
        }
        if reserved.into_iter().any(|other| folded(other, Level::Name) == looks) {
            return Err(NameProblem::Reserved);
        }
        Ok(Self(name))
    }

    /// The name of somebody who writes from another server of the Fediverse: as they call themselves there, with their handle
    /// behind it. A name that is typed here holds no `@`, so that nobody here can look as if they came from there. None: the
    /// handle is none.
    pub fn from_afar(called: &str, user: &str, host: &str) -> Option<Self> {
        let is_user = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':');
        let fits = (1..=MOST_USER).contains(&user.len()) && (1..=MOST_HOST).contains(&host.len());
        if !fits || !user.chars().all(is_user) || !host.chars().all(is_host) {
            return None;
        }
        let kept: String = called.chars().filter(|c| stands_in_names(*c)).take(MOST_CALLED).collect();
        let called = arabic::clean::line(&kept);
        let handle = format!("@{user}@{host}");
        let is_name = !folded(&called, Level::Name).is_empty() && arabic::runs::clusters(&called) <= MOST_CLUSTERS;
        Some(Self(if is_name { format!("{called} ({handle})") } else { handle }))
    }

    /// A name that was kept, as it was kept: it was looked at when it came in.
    pub fn kept(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters, digits and marks of any script, spaces, tatweel and joiners, and `. - ' ’ ،`.
fn stands_in_names(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '\u{060C}' | '\u{200C}' | '\u{200D}' | '\u{0640}')
        || is_mark(c)
}

/// Whether a sign joins the letter before it. The shades of skin in pictures join as well, and are no marks.
fn is_mark(c: char) -> bool {
    let on_a_letter: String = ['\u{0627}', c].iter().collect();
    arabic::runs::clusters(&on_a_letter) == 1 && !matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}
