//! The paper's colours and logo, as a page shows them.

use super::Site;
use crate::layout::{Frame, address};
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

    /// Pages need the program's own face of text.
    pub fn has_own_text(&self) -> bool {
        self.site.house.face(FontKind::Text) == Face::Own
    }

    /// Pages need the program's own face of headlines.
    pub fn has_own_headline(&self) -> bool {
        self.site.house.face(FontKind::Headline) == Face::Own
    }
}
