//! The paper's colours and logo, as a page shows them.

use super::Site;
use crate::layout::{Frame, address, assets};
use newsroom::profile::Language;
use newsroom::site::{Face, FontKind, Logo, LogoKind, Scheme};

/// A picture of the paper's own, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoView {
    /// Where it is.
    pub href: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl LogoView {
    pub(super) fn of(logo: &Logo) -> Self {
        Self { href: address::picture(&logo.name), size: logo.size }
    }
}

impl Frame {
    /// The logo in place of the paper's name; none: its name.
    pub fn logo(&self) -> Option<LogoView> {
        self.site.house.logos.get(&LogoKind::Light).map(LogoView::of)
    }

    /// The same for dark paper, where there is one of its own.
    pub fn dark_logo(&self) -> Option<LogoView> {
        self.site.house.logos.get(&LogoKind::Dark).map(LogoView::of)
    }

    /// The paper's sign in tabs and on home screens; none: the program's.
    pub fn sign(&self) -> Option<LogoView> {
        self.site.house.logos.get(&LogoKind::Icon).map(LogoView::of)
    }

    /// The logo was made for a band that stands on readers' pages alone.
    pub fn has_band(&self) -> bool {
        self.site.house.band(Scheme::Light).is_some() || self.site.house.band(Scheme::Dark).is_some()
    }

    /// Where the style rules of the paper's colours and typefaces are.
    pub fn house_css(&self) -> Option<String> {
        Site::house_css_address(&self.site)
    }

    /// What browsers paint around a page, in one scheme.
    pub fn theme_colour(&self, scheme: Scheme) -> String {
        let band = self.site.house.band(scheme);
        band.unwrap_or_else(|| scheme.standard().colour("paper")).to_string()
    }

    /// Where the paper's own letters are, as far as they are chosen.
    pub fn own_letters(&self) -> Vec<String> {
        FontKind::ALL.into_iter().filter_map(|kind| self.site.house.font(kind)).collect()
    }

    /// The program's own faces that every page in this language needs. Latin letters in a page in Arabic are set in faces of the
    /// device, and so is the text of French and English.
    pub fn own_faces(&self) -> Vec<&'static str> {
        let is_own = |kind| self.site.house.face(kind) == Face::Own;
        let is_arabic = self.t.language() == Language::Ar;
        let headline = if is_arabic { "headline.woff2" } else { "headline-latin.woff2" };
        let needed = [("text.woff2", is_arabic && is_own(FontKind::Text)), (headline, is_own(FontKind::Headline))];
        needed.into_iter().filter(|(_, is_needed)| *is_needed).map(|(name, _)| assets::address(name)).collect()
    }
}
