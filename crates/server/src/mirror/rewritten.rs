//! Pages as they stand in a mirror: links lead from file to file, forms and programs are left out, and a line at the top says
//! what this is.

use super::places::Place;
use super::search;
use anyhow::{Result, anyhow};
use lol_html::html_content::{ContentType, Element};
use lol_html::{HandlerResult, RewriteStrSettings, element, rewrite_str, text};
use std::cell::RefCell;

/// What every page needs to know.
pub struct Pages {
    /// The paper's whole address, without a slash at its end.
    address: String,
    note: String,
    go_there: String,
}

/// A page, ready to be kept.
pub struct Page {
    /// As it is kept.
    pub html: String,
    /// Addresses of the paper that it needs or leads to.
    pub links: Vec<String>,
    /// What the search knows of it.
    pub told: Told,
}

/// What the search knows of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Its heading.
    pub heading: String,
    /// What it says of itself in a line.
    pub about: String,
    /// When it went public, as machines write it.
    pub published: String,
}

/// The links of a page as they are met.
struct Links<'p> {
    pages: &'p Pages,
    place: &'p Place,
    found: RefCell<Vec<String>>,
}

impl Pages {
    /// `note` and `go_there` are said on every page; `address` is the paper's own.
    pub fn new(address: &str, note: &str, go_there: &str) -> Self {
        let address = address.trim_end_matches('/').to_owned();
        Self { address, note: note.to_owned(), go_there: go_there.to_owned() }
    }

    /// A page as it is kept.
    ///
    /// # Errors
    /// When it cannot be read as HTML.
    pub fn page(&self, place: &Place, html: &str) -> Result<Page> {
        let links = Links { pages: self, place, found: RefCell::new(Vec::new()) };
        let told = RefCell::new(Told::default());
        let handlers = vec![
            element!("script", without_programs),
            element!("link[rel=preload], link[rel=manifest], iframe", |of| {
                of.remove();
                Ok(())
            }),
            element!("form", |of| links.form(of)),
            element!("a[href], link[href]", |of| links.turn(of, "href")),
            element!("img[src]", |of| links.turn(of, "src")),
            element!("img[srcset], source[srcset]", |of| links.turn_set(of)),
            element!("meta[name=description]", |of| {
                told.borrow_mut().about = of.get_attribute("content").unwrap_or_default();
                Ok(())
            }),
            element!("meta[property='article:published_time']", |of| {
                told.borrow_mut().published = of.get_attribute("content").unwrap_or_default();
                Ok(())
            }),
            text!("h1", |of| {
                told.borrow_mut().heading.push_str(of.as_str());
                Ok(())
            }),
            element!("body", |of| {
                of.prepend(&self.said(), ContentType::Html);
                if place.file == search::PAGE {
                    of.append(&search::scripts(place), ContentType::Html);
                }
                Ok(())
            }),
        ];
        let settings = handlers
            .into_iter()
            .fold(RewriteStrSettings::new(), |settings, handler| settings.append_element_content_handler(handler));
        let html = rewrite_str(html, settings).map_err(|problem| anyhow!("{problem}"))?;
        Ok(Page { html, links: links.found.into_inner(), told: told.into_inner() })
    }

    /// A page that leads on to where an address leads.
    pub fn moved(&self, place: &Place, to: &str) -> String {
        let to = escaped(&self.turned(place, to).0);
        format!(
            "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url={to}\"><a href=\"{to}\">{to}</a>\n"
        )
    }

    fn said(&self) -> String {
        let (note, address, go_there) = (escaped(&self.note), escaped(&self.address), escaped(&self.go_there));
        format!(
            "<p class=\"mirror soft\" role=\"note\">{note} <a href=\"{address}/\" rel=\"external\">{go_there}</a></p>"
        )
    }

    /// A link as it stands in a file, and the address that is needed for it.
    fn turned(&self, place: &Place, link: &str) -> (String, Option<String>) {
        if !link.starts_with('/') || link.starts_with("//") {
            return (link.to_owned(), None);
        }
        let (address, fragment) = match link.split_once('#') {
            Some((address, fragment)) => (address, format!("#{fragment}")),
            None => (link, String::new()),
        };
        match Place::of(address) {
            Some(to) => (format!("{}{fragment}", place.way_to(&to)), Some(address.to_owned())),
            None => (format!("{}{link}", self.address), None),
        }
    }
}

impl Links<'_> {
    fn turn(&self, of: &mut Element<'_, '_>, name: &str) -> HandlerResult {
        let Some(link) = of.get_attribute(name) else { return Ok(()) };
        of.set_attribute(name, &self.turned(&link))?;
        Ok(())
    }

    fn turn_set(&self, of: &mut Element<'_, '_>) -> HandlerResult {
        let Some(set) = of.get_attribute("srcset") else { return Ok(()) };
        let one = |one: &str| match one.trim().split_once(' ') {
            Some((link, width)) => format!("{} {width}", self.turned(link)),
            None => self.turned(one.trim()),
        };
        of.set_attribute("srcset", &set.split(',').map(one).collect::<Vec<_>>().join(", "))?;
        Ok(())
    }

    /// Only what looks for something stays.
    fn form(&self, of: &mut Element<'_, '_>) -> HandlerResult {
        match of.get_attribute("action") {
            Some(action) if action == "/search" => of.set_attribute("action", &self.turned("/search"))?,
            _ => of.remove(),
        }
        Ok(())
    }

    fn turned(&self, link: &str) -> String {
        let (turned, needed) = self.pages.turned(self.place, &link.replace("&amp;", "&"));
        self.found.borrow_mut().extend(needed);
        turned
    }
}

/// What runs is left out; what tells machines about the page stays.
fn without_programs(of: &mut Element<'_, '_>) -> HandlerResult {
    if of.get_attribute("type").as_deref() != Some("application/ld+json") {
        of.remove();
    }
    Ok(())
}

/// Style rules as they are kept, and the files that they need.
pub fn style(place: &Place, css: &str) -> (String, Vec<String>) {
    let (mut out, mut links, mut rest) = (String::with_capacity(css.len()), Vec::new(), css);
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + 4);
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let link = after[..end].trim_matches(['"', '\'', ' ']);
        match Place::of(link).filter(|_| link.starts_with('/')) {
            Some(to) => {
                out.push_str(&format!("\"{}\"", place.way_to(&to)));
                links.push(link.to_owned());
            }
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    (out, links)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
