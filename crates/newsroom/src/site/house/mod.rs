//! The paper's own colours, typefaces and logo. Of the many tokens that pages are made of these few are chosen; the others
//! follow, and every pair of colours that pages use is read well, by WCAG 2.2.

mod fonts;
#[cfg(test)]
mod tests;

pub use fonts::{FontKind, FontProblem, MOST_FONT, check_font};

use super::Colour;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What text needs on its ground (WCAG 2.2, 1.4.3).
pub const FOR_TEXT: f64 = 4.5;
/// What white words need on the band of the head where its dark shade is made of the light one.
const FOR_DARK_BAND: f64 = 7.0;
/// Hundredths of the mark that lie over the paper under a comment that somebody came to.
const LIT: u16 = 45;

/// Light or dark, as a reader's screen asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark words on light paper.
    Light,
    /// Light words on dark paper.
    Dark,
}

/// The program's own colours in one scheme, as `tokens.css` has them.
#[derive(Debug, Clone, Copy)]
pub struct Standard {
    /// Each token's name and colour.
    pub tokens: [(&'static str, Colour); 10],
}

const LIGHT: Standard = Standard {
    tokens: [
        ("ink", Colour([0x1a, 0x1a, 0x1c])),
        ("ink-soft", Colour([0x54, 0x55, 0x5b])),
        ("paper", Colour([0xfb, 0xfa, 0xf7])),
        ("surface", Colour([0xf2, 0xf0, 0xea])),
        ("line", Colour([0xd9, 0xd5, 0xca])),
        ("rule", Colour([0x1a, 0x1a, 0x1c])),
        ("accent", Colour([0x8c, 0x1d, 0x18])),
        ("accent-ink", Colour::WHITE),
        ("danger", Colour([0xa3, 0x16, 0x0f])),
        ("mark", Colour([0xfb, 0xe7, 0xa1])),
    ],
};
const DARK: Standard = Standard {
    tokens: [
        ("ink", Colour([0xec, 0xe9, 0xe2])),
        ("ink-soft", Colour([0xb0, 0xad, 0xa5])),
        ("paper", Colour([0x15, 0x16, 0x17])),
        ("surface", Colour([0x20, 0x22, 0x24])),
        ("line", Colour([0x3a, 0x3c, 0x3f])),
        ("rule", Colour([0x8b, 0x89, 0x81])),
        ("accent", Colour([0xf0, 0x95, 0x8c])),
        ("accent-ink", Colour([0x1d, 0x0b, 0x0a])),
        ("danger", Colour([0xff, 0x9d, 0x94])),
        ("mark", Colour([0x47, 0x3a, 0x0c])),
    ],
};

/// A colour that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tint {
    /// Labels, links under the finger, marks, buttons.
    AccentLight,
    /// The same on dark paper; none: a shade of the light one.
    AccentDark,
    /// Behind the paper's name.
    BandLight,
    /// The same on dark paper; none: a shade of the light one.
    BandDark,
    /// Behind breaking news; none: the accent.
    StripLight,
    /// The same on dark paper; none: as on light paper.
    StripDark,
}

/// A typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// The one that the program brings.
    #[default]
    Own,
    /// A face with feet that the reader's device has.
    SystemSerif,
    /// A face without feet that the reader's device has.
    SystemSans,
    /// The paper's own, from a file that somebody put in.
    House,
}

/// A picture of the paper's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogoKind {
    /// Instead of the paper's name in the head.
    Light,
    /// The same on dark paper.
    Dark,
    /// Square, for the browser's tab and a telephone's home screen.
    Icon,
}

/// A picture of the paper's own as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Its name in the store.
    pub name: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// What the paper chose; what it did not choose is as the program has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct House {
    /// Its colours.
    pub tints: BTreeMap<Tint, Colour>,
    /// Of text.
    pub text: Face,
    /// Of headlines and labels.
    pub headline: Face,
    /// Its logo and its sign.
    pub logos: BTreeMap<LogoKind, Logo>,
    /// Files of its own letters, by their names in the store.
    pub fonts: BTreeMap<FontKind, String>,
}

impl Scheme {
    /// The program's own colours in it.
    pub fn standard(self) -> &'static Standard {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }

    /// What accents stand on as text, each with the end of its key in the locales (`house.ground.…`).
    pub fn grounds(self) -> [(&'static str, Colour); 3] {
        let standard = self.standard();
        let (paper, mark) = (standard.colour("paper"), standard.colour("mark"));
        [("paper", paper), ("surface", standard.colour("surface")), ("lit", mark.over(paper, LIT))]
    }

    /// The word of forms and of CSS.
    pub fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Standard {
    /// A token's colour; black for a name that is not there.
    pub fn colour(&self, token: &str) -> Colour {
        self.tokens.iter().find(|(name, _)| *name == token).map_or(Colour::BLACK, |(_, colour)| *colour)
    }
}

impl Tint {
    /// Every tint, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::AccentLight, Self::AccentDark, Self::BandLight, Self::BandDark, Self::StripLight, Self::StripDark];

    /// The word of forms and locales (`house.accent-light` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::AccentLight => "accent-light",
            Self::AccentDark => "accent-dark",
            Self::BandLight => "band-light",
            Self::BandDark => "band-dark",
            Self::StripLight => "strip-light",
            Self::StripDark => "strip-dark",
        }
    }

    /// In which scheme it is seen.
    pub fn scheme(self) -> Scheme {
        match self {
            Self::AccentLight | Self::BandLight | Self::StripLight => Scheme::Light,
            Self::AccentDark | Self::BandDark | Self::StripDark => Scheme::Dark,
        }
    }

    /// What it stands on as text. A band and a strip are grounds themselves: their words are white or black, by what is read.
    pub fn stands_on(self) -> Vec<(&'static str, Colour)> {
        match self {
            Self::AccentLight | Self::AccentDark => self.scheme().grounds().to_vec(),
            Self::BandLight | Self::BandDark | Self::StripLight | Self::StripDark => Vec::new(),
        }
    }

    /// It is read well on everything that it stands on.
    pub fn is_read(self, colour: Colour) -> bool {
        self.stands_on().iter().all(|(_, ground)| colour.contrast(*ground) >= FOR_TEXT)
    }
}

impl Face {
    /// Every face, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Own, Self::SystemSerif, Self::SystemSans, Self::House];

    /// The word of forms and locales (`house.face.system-sans` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::SystemSerif => "system-serif",
            Self::SystemSans => "system-sans",
            Self::House => "house",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.key() == key)
    }

    /// As style rules name it; none: as the program has it. What the paper's own lacks comes from the device.
    fn stack(self) -> Option<&'static str> {
        match self {
            Self::Own | Self::House => None,
            Self::SystemSerif => {
                Some(r#""Noto Naskh Arabic", "Sakkal Majalla", "Times New Roman", "Geeza Pro", Georgia, serif"#)
            }
            Self::SystemSans => {
                Some(r#"system-ui, "Segoe UI", "Noto Sans Arabic", "Geeza Pro", Tahoma, Arial, sans-serif"#)
            }
        }
    }
}

impl LogoKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Icon];

    /// The word of addresses and locales (`house.logo.icon` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Icon => "icon",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// A picture of this size can be one. A sign is square, and large enough for a telephone.
    pub fn takes(self, (width, height): (u32, u32)) -> bool {
        self != Self::Icon || (width == height && width >= 192)
    }
}

impl House {
    /// Something is chosen that style rules say.
    pub fn is_dressed(&self) -> bool {
        !self.tints.is_empty() || self.text != Face::Own || self.headline != Face::Own
    }

    /// The accent in a scheme; none: the program's own.
    pub fn accent(&self, scheme: Scheme) -> Option<Colour> {
        let light = self.tints.get(&Tint::AccentLight).copied();
        match scheme {
            Scheme::Light => light,
            Scheme::Dark => {
                let made = || light.and_then(|light| light.nearest(|shade| Tint::AccentDark.is_read(shade)));
                self.tints.get(&Tint::AccentDark).copied().or_else(made)
            }
        }
    }

    /// What lies behind the paper's name in a scheme.
    pub fn band(&self, scheme: Scheme) -> Option<Colour> {
        let light = self.tints.get(&Tint::BandLight).copied();
        match scheme {
            Scheme::Light => light,
            Scheme::Dark => {
                let is_dark = |shade: Colour| shade.contrast(Colour::WHITE) >= FOR_DARK_BAND;
                let made = || light.and_then(|light| light.nearest(is_dark));
                self.tints.get(&Tint::BandDark).copied().or_else(made)
            }
        }
    }

    /// What lies behind breaking news in a scheme; none: the accent.
    pub fn strip(&self, scheme: Scheme) -> Option<Colour> {
        let light = self.tints.get(&Tint::StripLight);
        let own = if scheme == Scheme::Dark { self.tints.get(&Tint::StripDark) } else { None };
        own.or(light).copied()
    }

    /// The style rules for readers' pages. Paper has no colours: what is printed stays black on white.
    pub fn css(&self) -> String {
        let (light, dark) = (self.tokens(Scheme::Light), self.tokens(Scheme::Dark));
        let mut css = String::new();
        if !light.is_empty() {
            css.push_str(&format!("@media screen {{ :root {{ {} }} }}\n", rules(&light)));
        }
        if !dark.is_empty() {
            let dark = rules(&dark);
            css.push_str(&format!("@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"));
        }
        css + &self.faces()
    }

    /// The same for one scheme, whatever the screen asks for: every colour is said.
    pub fn css_in(&self, scheme: Scheme) -> String {
        let own = self.tokens(scheme);
        let standard = scheme.standard().tokens.into_iter();
        let standard: Vec<_> = standard.filter(|(name, _)| !own.iter().any(|(chosen, _)| chosen == name)).collect();
        let (key, all) = (scheme.key(), rules(&[standard, own].concat()));
        format!(":root {{ color-scheme: {key}; {all} }}\n{}", self.faces())
    }

    /// The same house in other colours and faces; its files stay.
    pub fn dressed_as(self, other: Self) -> Self {
        Self { logos: self.logos, fonts: self.fonts, ..other }
    }

    /// The face of one kind as it is in force: the paper's own only while its file is there.
    pub fn face(&self, kind: FontKind) -> Face {
        let chosen = if kind == FontKind::Text { self.text } else { self.headline };
        if chosen == Face::House && !self.fonts.contains_key(&kind) { Face::Own } else { chosen }
    }

    /// Puts a file of letters in and chooses it, or takes it out.
    pub fn set_font(&mut self, kind: FontKind, file: Option<String>) {
        let chosen = if kind == FontKind::Text { &mut self.text } else { &mut self.headline };
        match file {
            Some(file) => {
                *chosen = Face::House;
                self.fonts.insert(kind, file);
            }
            None => {
                *chosen = if *chosen == Face::House { Face::Own } else { *chosen };
                self.fonts.remove(&kind);
            }
        }
    }

    /// Where the letters of a kind are, while they are in force.
    pub fn font(&self, kind: FontKind) -> Option<String> {
        let file = self.fonts.get(&kind).filter(|_| self.face(kind) == Face::House)?;
        Some(format!("/house/{file}"))
    }

    fn faces(&self) -> String {
        FontKind::ALL.into_iter().filter_map(|kind| self.face_rules(kind)).collect()
    }

    fn face_rules(&self, kind: FontKind) -> Option<String> {
        let token = kind.key();
        let Some(file) = self.font(kind) else {
            return self.face(kind).stack().map(|stack| format!(":root {{ --face-{token}: {stack}; }}\n"));
        };
        let (family, weights) = kind.family();
        // What its letters lack comes from the device.
        let rest = Face::SystemSans.stack()?;
        let rules = format!("font-family: \"{family}\"; src: url({file}) format(\"woff2\"); font-weight: {weights};");
        Some(format!(
            "@font-face {{ {rules} font-display: swap; }}\n:root {{ --face-{token}: \"{family}\", {rest}; }}\n"
        ))
    }

    fn tokens(&self, scheme: Scheme) -> Vec<(&'static str, Colour)> {
        let pair = |ground: Option<Colour>, names: [&'static str; 2]| {
            ground.map(|ground| [(names[0], ground), (names[1], ground.ink())]).into_iter().flatten()
        };
        let accent = pair(self.accent(scheme), ["accent", "accent-ink"]);
        let band = pair(self.band(scheme), ["band", "band-ink"]);
        let strip = pair(self.strip(scheme), ["strip", "strip-ink"]);
        accent.chain(band).chain(strip).collect()
    }
}

fn rules(tokens: &[(&'static str, Colour)]) -> String {
    let rules: Vec<String> = tokens.iter().map(|(name, colour)| format!("--{name}: {colour};")).collect();
    rules.join(" ")
}
