//! HTML → a shallow tree. The words and tags are cut as browsers cut them (html5ever's tokenizer); the tree is our own: it is
//! never deeper than [`DEEPEST`], and a closing tag looks no further than that.

use super::noted::{Notes, What};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, CommentToken, EndTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use serde_json::Value;
use std::cell::RefCell;

/// Elements one in another.
const DEEPEST: usize = 60;

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The whole.
    Root,
    /// An element, its name in lower case.
    Element(String, Vec<(String, String)>),
    /// A block of WordPress: its name without `core/`, and what its comment says.
    Block(String, Value),
    /// Words.
    Text(String),
    /// `<!--more-->`.
    More,
    /// `<!--nextpage-->`.
    NextPage,
}

/// A node and what is in it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) inside: Vec<usize>,
}

/// Nodes; the first is the whole.
#[derive(Debug)]
pub(super) struct Tree(Vec<Node>);

impl Tree {
    pub(super) fn kind(&self, at: usize) -> &Kind {
        &self.0[at].kind
    }

    pub(super) fn inside(&self, at: usize) -> &[usize] {
        &self.0[at].inside
    }

    /// The name of an element; empty for what is none.
    pub(super) fn name(&self, at: usize) -> &str {
        match self.kind(at) {
            Kind::Element(name, _) => name,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, at: usize, name: &str) -> Option<&str> {
        match self.kind(at) {
            Kind::Element(_, attributes) => {
                attributes.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    /// All that is below a node, in reading order.
    pub(super) fn below(&self, at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut left: Vec<usize> = self.inside(at).iter().rev().copied().collect();
        while let Some(one) = left.pop() {
            out.push(one);
            left.extend(self.inside(one).iter().rev());
        }
        out
    }

    /// The words below a node, as they stand.
    pub(super) fn text(&self, at: usize) -> String {
        let words = |one: &usize| match self.kind(*one) {
            Kind::Text(text) => Some(text.as_str()),
            _ => None,
        };
        self.below(at).iter().filter_map(words).collect()
    }
}

/// Grows the tree of a text.
pub(super) fn grow(html: &str, notes: &mut Notes) -> Tree {
    let growing =
        Growing { nodes: vec![Node { kind: Kind::Root, inside: Vec::new() }], open: vec![0], beyond: 0, deep: false };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(growing)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A script may give the word back after itself; nothing runs it.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let grown = tokenizer.sink.0.into_inner();
    if grown.deep {
        notes.note(What::Deep, "");
    }
    Tree(grown.nodes)
}

struct Sink(RefCell<Growing>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut growing = self.0.borrow_mut();
        match token {
            CharacterTokens(words) => growing.words(&words),
            CommentToken(words) => growing.comment(words.trim()),
            TagToken(tag) if tag.kind == EndTag => growing.close(&tag.name),
            TagToken(tag) => return growing.open(tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

struct Growing {
    nodes: Vec<Node>,
    /// From the whole to the innermost.
    open: Vec<usize>,
    /// Elements that are open and deeper than any may be.
    beyond: usize,
    deep: bool,
}

impl Growing {
    fn add(&mut self, kind: Kind) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node { kind, inside: Vec::new() });
        let parent = self.open.last().copied().unwrap_or_default();
        self.nodes[parent].inside.push(at);
        at
    }

    fn words(&mut self, words: &str) {
        let parent = self.open.last().copied().unwrap_or_default();
        let last = self.nodes[parent].inside.last().copied();
        if let Some(Kind::Text(text)) = last.map(|at| &mut self.nodes[at].kind) {
            text.push_str(words);
        } else {
            self.add(Kind::Text(words.to_owned()));
        }
    }

    fn push(&mut self, at: usize) {
        if self.open.len() < DEEPEST {
            self.open.push(at);
        } else {
            self.beyond += 1;
            self.deep = true;
        }
    }

    fn open(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        self.close_implied(&name);
        let attributes = tag.attrs.into_iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
        let at = self.add(Kind::Element(name.clone(), attributes));
        if is_void(&name) || tag.self_closing && name.starts_with("x-") {
            return TokenSinkResult::Continue;
        }
        self.push(at);
        match name.as_str() {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Closes what an opening tag ends without a word.
    fn close_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            name if is_block(name) => (&["p"], &["table", "td", "th", "li", "blockquote", "figure", "div"]),
            _ => return,
        };
        for depth in (1..self.open.len()).rev() {
            let Kind::Element(open, _) = &self.nodes[self.open[depth]].kind else { return };
            if ends.contains(&open.as_str()) {
                self.open.truncate(depth);
                return;
            }
            if within.contains(&open.as_str()) || open.starts_with("x-") {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        if name == "br" {
            self.add(Kind::Element("br".to_owned(), Vec::new()));
            return;
        }
        if self.beyond > 0 && !is_void(name) {
            self.beyond -= 1;
            return;
        }
        let is_inline = !is_block(name);
        for depth in (1..self.open.len()).rev() {
            // What stands in a block of WordPress ends with it.
            let Kind::Element(open, _) = &self.nodes[self.open[depth]].kind else { return };
            if open == name {
                self.open.truncate(depth);
                return;
            }
            if is_inline && is_block(open) {
                return;
            }
        }
    }

    fn comment(&mut self, words: &str) {
        if let Some(name) = words.strip_prefix("/wp:") {
            return self.close_block(block_name(name.trim()));
        }
        if let Some(said) = words.strip_prefix("wp:") {
            return self.open_block(said);
        }
        if words == "more" || words.starts_with("more ") {
            self.add(Kind::More);
        } else if words == "nextpage" {
            self.add(Kind::NextPage);
        }
    }

    fn open_block(&mut self, said: &str) {
        let (said, closes_itself) = said.strip_suffix('/').map_or((said, false), |said| (said, true));
        let (name, json) = said.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((said, ""));
        let json = serde_json::from_str(json.trim()).unwrap_or(Value::Null);
        let at = self.add(Kind::Block(block_name(name).to_owned(), json));
        if !closes_itself {
            self.push(at);
        }
    }

    fn close_block(&mut self, name: &str) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let is_it = |at: &usize| matches!(&self.nodes[*at].kind, Kind::Block(open, _) if open == name);
        if let Some(depth) = self.open.iter().rposition(is_it) {
            self.open.truncate(depth);
        }
    }
}

fn block_name(name: &str) -> &str {
    name.strip_prefix("core/").unwrap_or(name)
}

/// Elements that hold nothing (HTML, 13.1.2 "void elements").
fn is_void(name: &str) -> bool {
    let void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    void.contains(&name)
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tr",
        "ul",
        "video",
    ];
    BLOCKS.contains(&name)
        || matches!(name, "thead" | "tfoot" | "th" | "xmp" | "audio" | "iframe")
        || name.starts_with("x-")
}
