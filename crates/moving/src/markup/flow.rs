//! The walk through the tree.

use super::address::{Leads, Site};
use super::noted::{Notes, What};
use super::tree::{Kind, Tree, is_block};
use super::words::{Look, Space, Words, joined, paragraphs};
use super::{Around, Dialect, Link, Read};
use newsroom::body::{Block, Body, Span, plain};
use std::collections::HashSet;
use std::rc::Rc;

/// Makes blocks of a tree.
pub(super) struct Maker<'a> {
    pub(super) tree: &'a Tree,
    pub(super) dialect: Dialect,
    pub(super) around: &'a Around<'a>,
    pub(super) site: Site,
    pub(super) notes: Notes,
    /// Nodes whose words were told already: captions and sources.
    pub(super) told: HashSet<usize>,
    links: Vec<Link>,
    pictures: Vec<String>,
    standfirst: Option<String>,
    /// Flows that are made in the flow of the story.
    inner: usize,
}

/// Blocks that are made, and words that are in none yet.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) words: Words,
    /// An address alone on its line is words and no card.
    pub(super) only_words: bool,
}

impl<'a> Maker<'a> {
    pub(super) fn new(tree: &'a Tree, dialect: Dialect, around: &'a Around<'a>, notes: Notes) -> Self {
        Self {
            tree,
            dialect,
            around,
            site: Site::new(around),
            notes,
            told: HashSet::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            standfirst: None,
            inner: 0,
        }
    }

    pub(super) fn read(mut self) -> Read {
        let space = if self.dialect == Dialect::Html { Space::Folds } else { Space::Lines };
        let mut flow = Flow::default();
        self.children(0, &Look { strong: false, emphasis: false, link: None, space }, &mut flow);
        self.flush(&mut flow);
        let mut pictures = HashSet::new();
        self.pictures.retain(|address| pictures.insert(address.clone()));
        Read {
            blocks: flow.blocks,
            standfirst_before_more: self.standfirst,
            links: self.links,
            pictures: self.pictures,
            notes: self.notes.into_all(),
        }
    }

    pub(super) fn children(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        for child in self.tree.inside(at) {
            self.node(*child, look, flow);
        }
    }

    /// What is in a node, on lines of its own.
    pub(super) fn lines_of(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        self.children(at, look, flow);
        self.flush(flow);
    }

    /// What is in a node, apart from what stands around it.
    pub(super) fn apart(&mut self, at: usize, look: &Look, only_words: bool) -> Vec<Block> {
        let mut flow = Flow { only_words, ..Flow::default() };
        self.inner += 1;
        self.children(at, look, &mut flow);
        self.flush(&mut flow);
        self.inner -= 1;
        flow.blocks
    }

    pub(super) fn node(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        if self.told.contains(&at) {
            return;
        }
        let tree = self.tree;
        match tree.kind(at) {
            Kind::Root => {}
            Kind::Text(text) => flow.words.add(text, look, &mut self.notes),
            Kind::More => self.more(flow),
            Kind::NextPage => {
                self.flush(flow);
                self.notes.note(What::Pages, "");
            }
            Kind::Block(name, said) => self.block(at, (name, said), look, flow),
            Kind::Element(name, attributes) => {
                for (attribute, value) in attributes.iter().filter(|(attribute, _)| attribute.starts_with("on")) {
                    self.notes.note(What::Handler, &format!("{attribute}={value}"));
                }
                self.background(at, flow);
                match name.strip_prefix("x-").filter(|_| self.dialect != Dialect::Html) {
                    Some(code) => self.code(at, code, look, flow),
                    None => self.element(at, name, look, flow),
                }
            }
        }
    }

    fn more(&mut self, flow: &mut Flow) {
        self.flush(flow);
        if self.inner == 0 && self.standfirst.is_none() {
            let words = Body(flow.blocks.clone()).plain_text();
            self.standfirst = Some(words).filter(|words| !words.is_empty());
        }
    }

    fn element(&mut self, at: usize, name: &str, look: &Look, flow: &mut Flow) {
        if self.removed(at, name) {
            return;
        }
        match name {
            "iframe" => self.frame(at, flow),
            "object" | "embed" | "applet" => self.plug_in(at, flow),
            "audio" | "video" | "amp-video" | "amp-audio" => self.media(at, flow),
            "br" => flow.words.break_line(),
            "hr" => {
                self.flush(flow);
                flow.blocks.push(Block::Separator);
            }
            "img" | "amp-img" => self.image(at, flow),
            "ul" | "ol" | "menu" | "dir" => self.list(at, name == "ol", look, flow),
            "dl" => self.definitions(at, look, flow),
            "table" => self.table(at, look, flow),
            "blockquote" => self.quote(at, look, flow),
            "figure" => self.figure(at, look, flow),
            "h1" | "h2" => self.heading(at, 2, look, flow),
            "h3" | "h4" | "h5" | "h6" => self.heading(at, 3, look, flow),
            "pre" | "listing" | "xmp" => self.lines_of(at, &Look { space: Space::Counts, ..look.clone() }, flow),
            "a" => self.anchor(at, look, flow),
            "b" | "strong" => self.children(at, &Look { strong: true, ..look.clone() }, flow),
            "i" | "em" | "cite" | "dfn" | "var" => self.children(at, &Look { emphasis: true, ..look.clone() }, flow),
            "del" | "s" | "strike" => {
                self.notes.note(What::Struck, &self.tree.text(at));
                self.children(at, look, flow);
            }
            name if is_block(name) => self.lines_of(at, look, flow),
            _ => self.children(at, look, flow),
        }
    }

    /// What no story of this paper holds.
    fn removed(&mut self, at: usize, name: &str) -> bool {
        let what = match name {
            "script" => What::Script,
            "style" | "link" => What::Style,
            "form" | "input" | "select" | "textarea" | "button" | "option" | "datalist" => What::Form,
            "svg" | "math" | "canvas" | "map" => What::Drawing,
            "frame" | "frameset" | "noframes" | "noembed" | "portal" => What::Frame,
            "head" | "title" | "meta" | "base" | "template" | "param" | "source" | "track" | "area" | "col" => {
                return true;
            }
            _ => return false,
        };
        let source = self.tree.attribute(at, "src").or_else(|| self.tree.attribute(at, "href"));
        let text = source.map_or_else(|| self.tree.text(at), str::to_owned);
        self.notes.note(what, &text);
        true
    }

    fn heading(&mut self, at: usize, level: u8, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        let plain_look = Look { strong: false, space: Space::Folds, ..look.clone() };
        let (mut text, others) = squeezed(self.apart(at, &plain_look, true));
        text.iter_mut().for_each(|span| span.text = span.text.replace('\n', " "));
        if !text.is_empty() {
            flow.blocks.push(Block::Heading { level, text });
        }
        flow.blocks.extend(others);
    }

    fn anchor(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        let tree = self.tree;
        let Some(written) = tree.attribute(at, "href").map(str::trim).filter(|written| !written.is_empty()) else {
            return self.children(at, look, flow);
        };
        let has_picture = tree.below(at).iter().any(|one| matches!(tree.name(*one), "img" | "amp-img"));
        if has_picture && is_picture(written) {
            return self.children(at, look, flow);
        }
        let link = self.linked(written);
        if has_picture && link.is_some() {
            self.notes.note(What::PictureLink, written);
        }
        let link = link.map(Rc::from).or_else(|| look.link.clone());
        self.children(at, &Look { link, ..look.clone() }, flow);
    }

    /// The address under which a link stands in a block; nothing when it leads nowhere.
    pub(super) fn linked(&mut self, written: &str) -> Option<String> {
        match self.site.leads(written) {
            Leads::Here(path) => {
                self.links.push(Link { written: written.to_owned(), path: path.clone() });
                Some(path)
            }
            Leads::Away(address) => Some(address),
            Leads::Nowhere => {
                self.notes.note(What::Address, written);
                None
            }
        }
    }

    /// A card of an address; words where it leads nowhere.
    pub(super) fn card(&mut self, written: &str, title: &str, flow: &mut Flow) {
        self.flush(flow);
        let title = arabic::clean::line(title);
        let title = if title.is_empty() { written.trim().to_owned() } else { title };
        match self.linked(written) {
            Some(address) => flow.blocks.push(Block::LinkCard { address, title, description: None }),
            None => flow.blocks.push(Block::Paragraph { text: vec![Span::plain(without_controls(&title))] }),
        }
    }

    /// Writes down the address of a picture that stands in a block.
    pub(super) fn has_picture(&mut self, address: &str) {
        self.pictures.push(address.to_owned());
    }

    /// Makes paragraphs of the words that were gathered.
    pub(super) fn flush(&mut self, flow: &mut Flow) {
        for lines in paragraphs(flow.words.take()) {
            let mut kept: Vec<Vec<Span>> = Vec::new();
            for line in lines {
                match bare(&line).filter(|_| !flow.only_words) {
                    Some(address) => {
                        push(&mut kept, &mut flow.blocks);
                        self.card(&address, "", flow);
                    }
                    None => kept.push(line),
                }
            }
            push(&mut kept, &mut flow.blocks);
        }
    }
}

fn push(lines: &mut Vec<Vec<Span>>, blocks: &mut Vec<Block>) {
    if !lines.is_empty() {
        blocks.push(Block::Paragraph { text: joined(std::mem::take(lines)) });
    }
}

/// The address of which a line is made, and nothing else.
fn bare(line: &[Span]) -> Option<String> {
    let text = plain(line);
    let text = text.trim();
    let is_alone = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace);
    let leads_there =
        |span: &Span| span.link.as_deref().is_none_or(|link| link.trim_end_matches('/') == text.trim_end_matches('/'));
    (is_alone && line.iter().all(leads_there)).then(|| text.to_owned())
}

/// The words of blocks as one run, each block on lines of its own, and the blocks that are no words.
pub(super) fn squeezed(blocks: Vec<Block>) -> (Vec<Span>, Vec<Block>) {
    let (mut lines, mut others) = (Vec::new(), Vec::new());
    for block in blocks {
        match block {
            Block::Paragraph { text }
            | Block::Heading { text, .. }
            | Block::Note { text }
            | Block::Correction { text }
            | Block::Quote { text, source: None } => lines.push(text),
            Block::List { entries, .. } => lines.extend(entries),
            other => others.push(other),
        }
    }
    (joined(lines), others)
}

/// The words of blocks on one line.
pub(super) fn one_line(blocks: &[Block]) -> String {
    arabic::clean::line(&Body(blocks.to_vec()).plain_text())
}

pub(super) fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// The address of a picture's file.
pub(super) fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let kind = path.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
    kind.is_some_and(|kind| matches!(kind.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "bmp" | "heic"))
}
