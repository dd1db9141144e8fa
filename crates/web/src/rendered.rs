//! HTML that one of our own templates made, ready to stand in another one.
//!
//! It has one maker, a template, which escapes what it prints; so this is the one type that pages print as it is.

use crate::traced;
use askama::{FastWritable, Template, filters::HtmlSafe};
use std::fmt;

/// Part of a page, made by a template.
#[derive(Debug, Clone, Default)]
pub struct Rendered(String);

/// Words by themselves.
#[derive(Template)]
#[template(source = "{{ words }}", ext = "html")]
struct Plain<'w> {
    words: &'w str,
}

impl Rendered {
    /// Words that stand many times on a page, escaped once. Nothing but memory is written to, which cannot fail.
    pub fn words(words: &str) -> Self {
        Self::of(&Plain { words }).unwrap_or_default()
    }

    /// What a template makes.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn of(template: &impl Template) -> Result<Self, askama::Error> {
        template.render().map(Self)
    }

    /// What several templates make, each on lines of its own, in one go.
    ///
    /// # Errors
    /// When one of them cannot be rendered.
    pub fn of_each<T: Template>(templates: impl IntoIterator<Item = T>) -> Result<Self, askama::Error> {
        let _span = traced::rendering::<T>();
        let (mut html, templates) = (String::new(), templates.into_iter());
        let more = templates.size_hint().0.saturating_sub(1);
        for (at, template) in templates.enumerate() {
            html.push('\n');
            template.render_into(&mut html)?;
            if at == 0 {
                // The others are about as long.
                html.reserve(html.len() * more);
            }
        }
        Ok(Self(html))
    }

    /// Several, one after the other.
    pub fn joined(parts: impl IntoIterator<Item = Self>) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }

    /// Nothing is to be seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it goes over the wire.
    pub fn into_html(self) -> String {
        self.0
    }
}

impl fmt::Display for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Rendered {}

impl FastWritable for Rendered {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}
