//! One `<item>` as it stands in the file: nothing is decided.

use super::xml::{Space, Tag, Token, Xml};
use crate::old::{Broken, Place, WhyBroken};

/// Letters of a value that is only told of.
const TOLD: usize = 200;
/// Values that are used and kept whole.
const USED: [&str; 12] = [
    "_thumbnail_id",
    "_wp_attached_file",
    "_wp_attachment_image_alt",
    "_wp_old_slug",
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
    "newspack_post_subtitle",
    "newspack_primary_category",
    "_media_credit",
    "_wp_attachment_credit",
    "_locale",
    "_wp_desired_post_slug",
];

/// A term as an item names it.
#[derive(Debug, Default)]
pub(super) struct RawTerm {
    pub(super) domain: String,
    pub(super) slug: String,
    pub(super) name: String,
}

/// A comment as the file has it, without what is not read: mail, site and network of whoever wrote it.
#[derive(Debug, Default)]
pub(super) struct RawComment {
    pub(super) place: Option<Place>,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) date: String,
    pub(super) date_gmt: String,
    pub(super) text: String,
    pub(super) approved: String,
    pub(super) kind: String,
    pub(super) parent: String,
}

/// An item.
#[derive(Debug, Default)]
pub(super) struct RawItem {
    pub(super) title: String,
    pub(super) link: String,
    pub(super) pub_date: String,
    pub(super) creator: String,
    pub(super) guid: String,
    pub(super) content: String,
    pub(super) excerpt: String,
    pub(super) id: String,
    pub(super) date: String,
    pub(super) date_gmt: String,
    pub(super) modified: String,
    pub(super) modified_gmt: String,
    pub(super) comment_status: String,
    pub(super) name: String,
    pub(super) status: String,
    pub(super) parent: String,
    pub(super) kind: String,
    pub(super) password: String,
    pub(super) sticky: String,
    pub(super) attachment: String,
    pub(super) terms: Vec<RawTerm>,
    pub(super) metas: Vec<(String, String)>,
    pub(super) comments: Vec<RawComment>,
}

impl RawItem {
    /// Reads the item that has begun.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, Broken> {
        let mut item = Self::default();
        loop {
            match xml.next()? {
                Token::Open(tag) => item.take(&tag, xml)?,
                Token::Close => return Ok(item),
                Token::Words(_) | Token::Marked(_) => {}
                Token::End => return Err(xml.broken(WhyBroken::Cut, &item.title)),
            }
        }
    }

    fn take(&mut self, tag: &Tag, xml: &mut Xml) -> Result<(), Broken> {
        match (tag.space, tag.name.as_str()) {
            (Space::None, "category") => self.take_term(tag, xml),
            (Space::Wp, "postmeta") => self.take_meta(xml),
            (Space::Wp, "comment") => self.take_comment(xml),
            (space, name) => match self.place_of(space, name) {
                // Of two that say the same the first one counts.
                Some(place) if place.is_empty() => {
                    *place = xml.text()?;
                    if !matches!((space, name), (Space::Content | Space::Excerpt, _) | (Space::None, "title")) {
                        *place = place.trim().to_owned();
                    }
                    Ok(())
                }
                _ => xml.skip(),
            },
        }
    }

    fn place_of(&mut self, space: Space, name: &str) -> Option<&mut String> {
        Some(match (space, name) {
            (Space::None, "title") => &mut self.title,
            (Space::None, "link") => &mut self.link,
            (Space::None, "pubDate") => &mut self.pub_date,
            (Space::None, "guid") => &mut self.guid,
            (Space::Dc, "creator") => &mut self.creator,
            (Space::Content, "encoded") => &mut self.content,
            (Space::Excerpt, "encoded") => &mut self.excerpt,
            (Space::Wp, name) => return self.own(name),
            _ => return None,
        })
    }

    fn own(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "post_id" => &mut self.id,
            "post_date" => &mut self.date,
            "post_date_gmt" => &mut self.date_gmt,
            "post_modified" => &mut self.modified,
            "post_modified_gmt" => &mut self.modified_gmt,
            "comment_status" => &mut self.comment_status,
            "post_name" => &mut self.name,
            "status" => &mut self.status,
            "post_parent" => &mut self.parent,
            "post_type" => &mut self.kind,
            "post_password" => &mut self.password,
            "is_sticky" => &mut self.sticky,
            "attachment_url" => &mut self.attachment,
            _ => return None,
        })
    }

    fn take_term(&mut self, tag: &Tag, xml: &mut Xml) -> Result<(), Broken> {
        let said = |name: &str| tag.attribute(name).unwrap_or_default().trim().to_owned();
        self.terms.push(RawTerm { domain: said("domain"), slug: said("nicename"), name: xml.word()? });
        Ok(())
    }

    fn take_meta(&mut self, xml: &mut Xml) -> Result<(), Broken> {
        let mut meta = (String::new(), String::new());
        for (name, text) in xml.parts(&[])? {
            match name.as_str() {
                "meta_key" => meta.0 = text.trim().to_owned(),
                "meta_value" => meta.1 = text,
                _ => {}
            }
        }
        if !USED.contains(&meta.0.as_str()) {
            meta.1 = meta.1.chars().take(TOLD).collect();
        }
        if !meta.0.is_empty() {
            self.metas.push(meta);
        }
        Ok(())
    }

    fn take_comment(&mut self, xml: &mut Xml) -> Result<(), Broken> {
        let mut comment = RawComment { place: Some(xml.place()), ..RawComment::default() };
        for (name, text) in xml.parts(&["commentmeta"])? {
            let place = match name.as_str() {
                "comment_content" => {
                    comment.text = text;
                    continue;
                }
                "comment_id" => &mut comment.id,
                "comment_author" => &mut comment.name,
                "comment_date" => &mut comment.date,
                "comment_date_gmt" => &mut comment.date_gmt,
                "comment_approved" => &mut comment.approved,
                "comment_type" => &mut comment.kind,
                "comment_parent" => &mut comment.parent,
                _ => continue,
            };
            text.trim().clone_into(place);
        }
        self.comments.push(comment);
        Ok(())
    }

    /// The value of a name, where it has one.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas
            .iter()
            .find(|(known, value)| known == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// All of them.
    pub(super) fn metas_of<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i str> + Clone {
        self.metas.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }
}

/// Whether the paper uses what stands under this name.
pub(super) fn is_used(name: &str) -> bool {
    USED.contains(&name)
}
