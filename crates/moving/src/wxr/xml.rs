//! Elements and texts, by the address of their namespace.

use super::clean::{cleaned, named, referred};
use super::counted::{Counted, is_too_long};
use crate::old::{Broken, Place, WhyBroken};
use quick_xml::NsReader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::io::BufRead;
use std::sync::Arc;

/// The most bytes of one text.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// The most elements in one another.
const MOST_DEPTH: usize = 64;

/// Which vocabulary a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS itself.
    None,
    /// `http://wordpress.org/export/1.x/`.
    Wp,
    /// `http://purl.org/rss/1.0/modules/content/`.
    Content,
    /// `http://wordpress.org/export/1.x/excerpt/`.
    Excerpt,
    /// `http://purl.org/dc/elements/1.1/`.
    Dc,
    /// Another one, or one that only looks like one of these.
    Other,
}

/// An element that begins.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) space: Space,
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name == name
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Token {
    Open(Tag),
    Close,
    /// Words between tags.
    Words(String),
    /// Words that were marked as such.
    Marked(String),
    End,
}

/// A stream of them.
pub(super) struct Xml {
    reader: NsReader<Counted<Box<dyn BufRead + Send>>>,
    file: Arc<str>,
    buffer: Vec<u8>,
    depth: usize,
}

impl Xml {
    pub(super) fn new(file: Arc<str>, text: Box<dyn BufRead + Send>) -> Self {
        let mut reader = NsReader::from_reader(Counted::new(text));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, file, buffer: Vec::new(), depth: 0 }
    }

    /// Where it is.
    pub(super) fn place(&mut self) -> Place {
        let (line, column) = self.reader.get_mut().place();
        Place { file: Arc::clone(&self.file), line, column }
    }

    pub(super) fn broken(&mut self, why: WhyBroken, said: &str) -> Broken {
        Broken { place: self.place(), why, said: said.chars().take(200).collect() }
    }

    /// The next element or text.
    pub(super) fn next(&mut self) -> Result<Token, Broken> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().begin();
            let token = match self.reader.read_resolved_event_into(&mut self.buffer) {
                Ok((space, event)) => token(&space, event),
                Err(problem) => {
                    let (why, said) = why(&problem);
                    return Err(self.broken(why, &said));
                }
            };
            match token {
                Ok(Some(Token::Open(tag))) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(self.broken(WhyBroken::TooDeep, &tag.name));
                    }
                    return Ok(Token::Open(tag));
                }
                Ok(Some(Token::Close)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::Close);
                }
                Ok(Some(Token::End)) if self.depth > 0 => return Err(self.broken(WhyBroken::Cut, "")),
                Ok(Some(token)) => return Ok(token),
                Ok(None) => {}
                Err((why, said)) => return Err(self.broken(why, &said)),
            }
        }
    }

    /// The words of the element that has begun, up to its end. White space around marked words is none of theirs.
    pub(super) fn text(&mut self) -> Result<String, Broken> {
        let (mut text, mut loose, mut depth) = (String::new(), String::new(), 0_usize);
        let mut is_marked = false;
        loop {
            match self.next()? {
                Token::Open(_) => depth += 1,
                Token::Close if depth == 0 => break,
                Token::Close => depth -= 1,
                Token::Words(words) => loose.push_str(&words),
                Token::Marked(words) => {
                    keep_loose(&mut text, &mut loose);
                    is_marked = true;
                    text.push_str(&words);
                }
                Token::End => return Err(self.broken(WhyBroken::Cut, "")),
            }
            if text.len() + loose.len() > MOST_TEXT {
                return Err(self.broken(WhyBroken::TooLong, ""));
            }
        }
        if is_marked {
            keep_loose(&mut text, &mut loose);
        } else {
            text = loose;
        }
        Ok(cleaned(text))
    }

    /// The same without white space around it: a name, a number, a time.
    pub(super) fn word(&mut self) -> Result<String, Broken> {
        Ok(self.text()?.trim().to_owned())
    }

    /// Passes over the element that has begun.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                Token::Open(_) => depth += 1,
                Token::Close if depth == 0 => return Ok(()),
                Token::Close => depth -= 1,
                Token::Words(_) | Token::Marked(_) => {}
                Token::End => return Err(self.broken(WhyBroken::Cut, "")),
            }
        }
    }

    /// The WordPress elements in the one that has begun, each with its words; `without` are passed over.
    pub(super) fn parts(&mut self, without: &[&str]) -> Result<Vec<(String, String)>, Broken> {
        let mut parts = Vec::new();
        loop {
            match self.next()? {
                Token::Open(tag) if tag.space == Space::Wp && !without.contains(&tag.name.as_str()) => {
                    let text = self.text()?;
                    parts.push((tag.name, text));
                }
                Token::Open(_) => self.skip()?,
                Token::Close => return Ok(parts),
                Token::Words(_) | Token::Marked(_) => {}
                Token::End => return Err(self.broken(WhyBroken::Cut, "")),
            }
        }
    }
}

/// Words beside marked ones belong to them, but for the white space in which a file was set.
fn keep_loose(text: &mut String, loose: &mut String) {
    if !loose.trim().is_empty() {
        text.push_str(loose);
    }
    loose.clear();
}

type Said = (WhyBroken, String);

fn token(space: &ResolveResult<'_>, event: Event<'_>) -> Result<Option<Token>, Said> {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Some(match event {
        Event::Start(tag) | Event::Empty(tag) => Token::Open(opened(space, &tag)),
        Event::End(_) => Token::Close,
        Event::Text(text) => Token::Words(lossy(&text)),
        Event::CData(text) => Token::Marked(lossy(&text)),
        Event::GeneralRef(name) => {
            let name = lossy(&name);
            // A name that XML does not know may be one of HTML's: what reads the text as HTML knows it.
            let letter = referred(&name).or_else(|| named(&name));
            Token::Words(letter.map_or_else(|| format!("&{name};"), |letter| letter.to_string()))
        }
        Event::DocType(said) => {
            let said = lossy(&said);
            if said.contains("<!ENTITY") {
                return Err((WhyBroken::Entity, said));
            }
            return Ok(None);
        }
        Event::Eof => Token::End,
        Event::Comment(_) | Event::Decl(_) | Event::PI(_) => return Ok(None),
    }))
}

fn opened(space: &ResolveResult<'_>, tag: &BytesStart<'_>) -> Tag {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let attributes = attributes.flatten();
    Tag {
        space: space_of(space),
        name: text(tag.local_name().as_ref()),
        attributes: attributes.map(|one| (text(one.key.local_name().as_ref()), unescaped(&text(&one.value)))).collect(),
    }
}

/// An attribute's references, resolved.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name = rest.bytes().take(11).position(|byte| byte == b';').map(|end| &rest[..end]);
        match name.and_then(|name| Some((name, referred(name).or_else(|| named(name))?))) {
            Some((name, letter)) => {
                out.push(letter);
                rest = &rest[name.len() + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    cleaned(out)
}

fn space_of(space: &ResolveResult<'_>) -> Space {
    let address = match space {
        ResolveResult::Bound(address) => address.as_ref(),
        ResolveResult::Unbound => return Space::None,
        ResolveResult::Unknown(_) => return Space::Other,
    };
    match address {
        b"http://purl.org/rss/1.0/modules/content/" => Space::Content,
        b"http://purl.org/dc/elements/1.1/" => Space::Dc,
        b"" => Space::None,
        // Exports that were set to HTTPS as a whole have it here as well.
        other => match [&b"http://"[..], b"https://"]
            .iter()
            .find_map(|scheme| other.strip_prefix(*scheme))
            .and_then(|rest| rest.strip_prefix(b"wordpress.org/export/"))
        {
            Some(b"1.0/" | b"1.1/" | b"1.2/") => Space::Wp,
            Some(b"1.0/excerpt/" | b"1.1/excerpt/" | b"1.2/excerpt/") => Space::Excerpt,
            _ => Space::Other,
        },
    }
}

fn why(problem: &Error) -> Said {
    let why = match problem {
        Error::Io(problem) if is_too_long(problem) => WhyBroken::TooLong,
        Error::Io(_) => WhyBroken::Unread,
        Error::Syntax(SyntaxError::UnclosedTag | SyntaxError::UnclosedCData | SyntaxError::UnclosedComment) => {
            WhyBroken::Cut
        }
        Error::Encoding(_) => WhyBroken::Encoding,
        _ => WhyBroken::Form,
    };
    (why, problem.to_string())
}
